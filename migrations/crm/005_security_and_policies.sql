-- @description Phase 4, security: row-level security on the new tables, permission-based policies, existing policies updated for soft delete
-- @lock-timeout 5s
-- @statement-timeout 5min
--
-- The owner is not bound (no FORCE): user_has_permission and the log functions, which these policies and tables depend
-- on, act as the owner.

ALTER TABLE public.user_permissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.role_permissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_activity_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.change_log ENABLE ROW LEVEL SECURITY;

-- Both logs are written by functions only, and nobody changes them.
GRANT SELECT ON public.user_permissions, public.role_permissions, public.user_activity_log, public.change_log
  TO crm_admin, crm_manager, crm_agent;
GRANT INSERT, UPDATE, DELETE ON public.user_permissions TO crm_admin, crm_manager;
-- Since when a role has a permission, and the id that tells a default one, are the database's.
GRANT INSERT (role, permission, resource), UPDATE (role, permission, resource), DELETE ON public.role_permissions TO crm_admin;

-- Someone who is deactivated or in the bin has no role any more.
CREATE OR REPLACE FUNCTION public.current_user_role() RETURNS public.user_role
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.role FROM public.profiles p WHERE p.id = auth.uid() AND p.is_active AND p.deleted_at IS NULL
$$;

CREATE POLICY user_permissions_read ON public.user_permissions FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((user_id = (SELECT auth.uid()) AND (SELECT public.current_user_role()) IS NOT NULL)
    OR (SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'permission')));
CREATE POLICY user_permissions_admin ON public.user_permissions FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');
-- A manager who was given this may not touch his own permissions, and may give only what he has, and no longer than he has
-- it; taking a denial away is giving, too.
GRANT EXECUTE ON FUNCTION public.may_give_permission(public.permission_type, public.resource_type, timestamptz) TO crm_manager;
CREATE POLICY user_permissions_manage ON public.user_permissions FOR ALL TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'permission'))
    AND user_id <> (SELECT auth.uid())
    AND (granted OR public.may_give_permission(permission, resource, NULL)))
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'permission'))
    AND user_id <> (SELECT auth.uid())
    AND (NOT granted OR public.may_give_permission(permission, resource, expires_at)));

CREATE POLICY role_permissions_read ON public.role_permissions FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IS NOT NULL);
CREATE POLICY role_permissions_admin ON public.role_permissions FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');

CREATE POLICY user_activity_log_read ON public.user_activity_log FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((user_id = (SELECT auth.uid()) AND (SELECT public.current_user_role()) IS NOT NULL)
    OR (SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'activity_log')));
CREATE POLICY change_log_read ON public.change_log FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((changed_by = (SELECT auth.uid()) AND (SELECT public.current_user_role()) IS NOT NULL)
    OR (SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'change_log')));

-- Existing policies, updated for soft delete. PostgreSQL asks the SELECT policies also for the row that an UPDATE leaves
-- behind, so a deleter still sees the row he deletes, until his transaction ends; now() is that transaction's start.
-- Admins go on seeing every row, those in the bin included.
ALTER POLICY profiles_manager_read ON public.profiles
  USING ((SELECT public.current_user_role()) = 'manager'
    AND deleted_at IS NULL);
ALTER POLICY profiles_self_read ON public.profiles
  USING ((SELECT public.current_user_role()) = 'agent'
    AND id = (SELECT auth.uid())
    AND deleted_at IS NULL);
ALTER POLICY profiles_self_update ON public.profiles
  USING (id = (SELECT auth.uid())
    AND deleted_at IS NULL)
  WITH CHECK (id = (SELECT auth.uid())
    AND deleted_at IS NULL);

ALTER POLICY dispensary_profiles_manager_read ON public.dispensary_profiles
  USING ((SELECT public.current_user_role()) = 'manager'
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY dispensary_profiles_manager_insert ON public.dispensary_profiles
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND deleted_at IS NULL);
ALTER POLICY dispensary_profiles_manager_update ON public.dispensary_profiles
  USING ((SELECT public.current_user_role()) = 'manager'
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY dispensary_profiles_agent_read ON public.dispensary_profiles
  USING ((SELECT public.current_user_role()) = 'agent'
    AND assigned_agent_id = (SELECT auth.uid())
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY dispensary_profiles_agent_update ON public.dispensary_profiles
  USING ((SELECT public.current_user_role()) = 'agent'
    AND assigned_agent_id = (SELECT auth.uid())
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND assigned_agent_id = (SELECT auth.uid())
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));

ALTER POLICY products_read ON public.products
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY products_manager_insert ON public.products
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND deleted_at IS NULL);
ALTER POLICY products_manager_update ON public.products
  USING ((SELECT public.current_user_role()) = 'manager'
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));

ALTER POLICY communications_manager_read ON public.communications
  USING ((SELECT public.current_user_role()) = 'manager'
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY communications_agent_read ON public.communications
  USING ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY communications_agent_insert ON public.communications
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND deleted_at IS NULL);
ALTER POLICY communications_agent_update ON public.communications
  USING ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));

ALTER POLICY tasks_manager_read ON public.tasks
  USING ((SELECT public.current_user_role()) = 'manager'
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY tasks_manager_insert ON public.tasks
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND deleted_at IS NULL);
ALTER POLICY tasks_manager_update ON public.tasks
  USING ((SELECT public.current_user_role()) = 'manager'
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY tasks_agent_read ON public.tasks
  USING ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT auth.uid()) IN (assigned_to, created_by)
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY tasks_agent_insert ON public.tasks
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND created_by = (SELECT auth.uid())
    AND deleted_at IS NULL);
ALTER POLICY tasks_agent_update ON public.tasks
  USING ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT auth.uid()) IN (assigned_to, created_by)
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT auth.uid()) IN (assigned_to, created_by)
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));

ALTER POLICY orders_manager_read ON public.orders
  USING ((SELECT public.current_user_role()) = 'manager'
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY orders_manager_update ON public.orders
  USING ((SELECT public.current_user_role()) = 'manager'
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY orders_agent_read ON public.orders
  USING ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY orders_agent_insert ON public.orders
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted')
    AND deleted_at IS NULL);
ALTER POLICY orders_agent_update ON public.orders
  USING ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted')
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted', 'cancelled')
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));

ALTER POLICY order_items_manager_read ON public.order_items
  USING ((SELECT public.current_user_role()) = 'manager'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id)
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY order_items_agent_read ON public.order_items
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id)
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY order_items_agent_insert ON public.order_items
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft')
    AND deleted_at IS NULL);
ALTER POLICY order_items_agent_update ON public.order_items
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft')
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft')
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
ALTER POLICY order_items_agent_delete ON public.order_items
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft')
    AND deleted_at IS NULL);

-- manage reaches every row, also those of others and those in the bin; what one may do there the other permissions say.
CREATE POLICY profiles_manage ON public.profiles FOR ALL TO crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'profile')))
  WITH CHECK ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'profile')));
CREATE POLICY dispensary_profiles_manage ON public.dispensary_profiles FOR ALL TO crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'dispensary')))
  WITH CHECK ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'dispensary')));
CREATE POLICY products_manage ON public.products FOR ALL TO crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'product')))
  WITH CHECK ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'product')));
CREATE POLICY communications_manage ON public.communications FOR ALL TO crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'communication')))
  WITH CHECK ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'communication')));
CREATE POLICY tasks_manage ON public.tasks FOR ALL TO crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'task')))
  WITH CHECK ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'task')));
CREATE POLICY orders_manage ON public.orders FOR ALL TO crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'order')))
  WITH CHECK ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'order')));
CREATE POLICY order_items_manage ON public.order_items FOR ALL TO crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'order_item')))
  WITH CHECK ((SELECT public.current_user_role()) IN ('manager', 'agent')
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'manage', 'order_item')));

-- What a role could not do at all before, and may now where a permission was given.
GRANT INSERT ON public.dispensary_profiles TO crm_agent;
GRANT INSERT, UPDATE ON public.products TO crm_agent;
GRANT INSERT, UPDATE ON public.communications TO crm_manager;
GRANT INSERT ON public.orders TO crm_manager;
GRANT INSERT, UPDATE, DELETE ON public.order_items TO crm_manager;

CREATE POLICY dispensary_profiles_permitted_insert ON public.dispensary_profiles FOR INSERT TO crm_agent
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'dispensary'))
    AND assigned_agent_id = (SELECT auth.uid())
    AND deleted_at IS NULL);
CREATE POLICY products_permitted_insert ON public.products FOR INSERT TO crm_agent
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'product'))
    AND deleted_at IS NULL);
CREATE POLICY products_permitted_update ON public.products FOR UPDATE TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'product'))
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'product'))
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
CREATE POLICY communications_permitted_insert ON public.communications FOR INSERT TO crm_manager
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'communication'))
    AND deleted_at IS NULL);
CREATE POLICY communications_permitted_update ON public.communications FOR UPDATE TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'communication'))
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'communication'))
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
CREATE POLICY orders_permitted_insert ON public.orders FOR INSERT TO crm_manager
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'order'))
    AND deleted_at IS NULL);
CREATE POLICY order_items_permitted_insert ON public.order_items FOR INSERT TO crm_manager
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'order_item'))
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft')
    AND deleted_at IS NULL);
CREATE POLICY order_items_permitted_update ON public.order_items FOR UPDATE TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'order_item'))
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft')
    AND deleted_at IS NULL)
  WITH CHECK ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'order_item'))
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft')
    AND (deleted_at IS NULL OR (deleted_at = now() AND deleted_by = (SELECT auth.uid()))));
CREATE POLICY order_items_permitted_delete ON public.order_items FOR DELETE TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager'
    AND (SELECT public.user_has_permission((SELECT auth.uid()), 'delete', 'order_item'))
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft')
    AND deleted_at IS NULL);
