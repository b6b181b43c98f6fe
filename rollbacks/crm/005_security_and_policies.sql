-- @description Restores the policies, grants and the role function of the old schema, and removes those of phase 4
-- @lock-timeout 5s

DROP POLICY order_items_permitted_delete ON public.order_items;
DROP POLICY order_items_permitted_update ON public.order_items;
DROP POLICY order_items_permitted_insert ON public.order_items;
DROP POLICY orders_permitted_insert ON public.orders;
DROP POLICY communications_permitted_update ON public.communications;
DROP POLICY communications_permitted_insert ON public.communications;
DROP POLICY products_permitted_update ON public.products;
DROP POLICY products_permitted_insert ON public.products;
DROP POLICY dispensary_profiles_permitted_insert ON public.dispensary_profiles;
DROP POLICY order_items_manage ON public.order_items;
DROP POLICY orders_manage ON public.orders;
DROP POLICY tasks_manage ON public.tasks;
DROP POLICY communications_manage ON public.communications;
DROP POLICY products_manage ON public.products;
DROP POLICY dispensary_profiles_manage ON public.dispensary_profiles;
DROP POLICY profiles_manage ON public.profiles;
DROP POLICY change_log_read ON public.change_log;
DROP POLICY user_activity_log_read ON public.user_activity_log;
DROP POLICY role_permissions_admin ON public.role_permissions;
DROP POLICY role_permissions_read ON public.role_permissions;
DROP POLICY user_permissions_manage ON public.user_permissions;
DROP POLICY user_permissions_admin ON public.user_permissions;
DROP POLICY user_permissions_read ON public.user_permissions;

ALTER POLICY profiles_manager_read ON public.profiles
  USING ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY profiles_self_read ON public.profiles
  USING ((SELECT public.current_user_role()) = 'agent'
    AND id = (SELECT auth.uid()));
ALTER POLICY profiles_self_update ON public.profiles
  USING (id = (SELECT auth.uid()))
  WITH CHECK (id = (SELECT auth.uid()));

ALTER POLICY dispensary_profiles_manager_read ON public.dispensary_profiles
  USING ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY dispensary_profiles_manager_insert ON public.dispensary_profiles
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY dispensary_profiles_manager_update ON public.dispensary_profiles
  USING ((SELECT public.current_user_role()) = 'manager')
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY dispensary_profiles_agent_read ON public.dispensary_profiles
  USING ((SELECT public.current_user_role()) = 'agent'
    AND assigned_agent_id = (SELECT auth.uid()));
ALTER POLICY dispensary_profiles_agent_update ON public.dispensary_profiles
  USING ((SELECT public.current_user_role()) = 'agent'
    AND assigned_agent_id = (SELECT auth.uid()))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND assigned_agent_id = (SELECT auth.uid()));

ALTER POLICY products_read ON public.products
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent'));
ALTER POLICY products_manager_insert ON public.products
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY products_manager_update ON public.products
  USING ((SELECT public.current_user_role()) = 'manager')
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');

ALTER POLICY communications_manager_read ON public.communications
  USING ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY communications_agent_read ON public.communications
  USING ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid()));
ALTER POLICY communications_agent_insert ON public.communications
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid()));
ALTER POLICY communications_agent_update ON public.communications
  USING ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid()))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid()));

ALTER POLICY tasks_manager_read ON public.tasks
  USING ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY tasks_manager_insert ON public.tasks
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY tasks_manager_update ON public.tasks
  USING ((SELECT public.current_user_role()) = 'manager')
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY tasks_agent_read ON public.tasks
  USING ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT auth.uid()) IN (assigned_to, created_by));
ALTER POLICY tasks_agent_insert ON public.tasks
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND created_by = (SELECT auth.uid()));
ALTER POLICY tasks_agent_update ON public.tasks
  USING ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT auth.uid()) IN (assigned_to, created_by))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND (SELECT auth.uid()) IN (assigned_to, created_by));

ALTER POLICY orders_manager_read ON public.orders
  USING ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY orders_manager_update ON public.orders
  USING ((SELECT public.current_user_role()) = 'manager')
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY orders_agent_read ON public.orders
  USING ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid()));
ALTER POLICY orders_agent_insert ON public.orders
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted'));
ALTER POLICY orders_agent_update ON public.orders
  USING ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted'))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted', 'cancelled'));

ALTER POLICY order_items_manager_read ON public.order_items
  USING ((SELECT public.current_user_role()) = 'manager');
ALTER POLICY order_items_agent_read ON public.order_items
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id));
ALTER POLICY order_items_agent_insert ON public.order_items
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft'));
ALTER POLICY order_items_agent_update ON public.order_items
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft'))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft'));
ALTER POLICY order_items_agent_delete ON public.order_items
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft'));

REVOKE INSERT, UPDATE, DELETE ON public.order_items FROM crm_manager;
REVOKE INSERT ON public.orders FROM crm_manager;
REVOKE INSERT, UPDATE ON public.communications FROM crm_manager;
REVOKE INSERT, UPDATE ON public.products FROM crm_agent;
REVOKE INSERT ON public.dispensary_profiles FROM crm_agent;
REVOKE EXECUTE ON FUNCTION public.may_give_permission(public.permission_type, public.resource_type, timestamptz) FROM crm_manager;
REVOKE ALL ON public.change_log, public.user_activity_log, public.role_permissions, public.user_permissions
  FROM crm_admin, crm_manager, crm_agent;

CREATE OR REPLACE FUNCTION public.current_user_role() RETURNS public.user_role
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.role FROM public.profiles p WHERE p.id = auth.uid()
$$;

ALTER TABLE public.change_log DISABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_activity_log DISABLE ROW LEVEL SECURITY;
ALTER TABLE public.role_permissions DISABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_permissions DISABLE ROW LEVEL SECURITY;
