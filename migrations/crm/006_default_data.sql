-- @description Phase 5, default data: default role permissions, from now on required, and utility views
-- @lock-timeout 5s
-- @statement-timeout 5min

-- Marks what the audit triggers write here, so that the rollback can take exactly that away again.
SET LOCAL crm.change_reason = 'migration 006: default role permissions';

-- Admins have everything. Managers and agents have what the policies of the old schema let them do; managers read the
-- change log and the permissions besides. The id tells a default row from one that an admin added.
INSERT INTO public.role_permissions (id, role, permission, resource)
SELECT encode(substr(sha256(convert_to(concat_ws(' ', 'default', d.role, d.permission, d.resource), 'UTF8')), 1, 16), 'hex')::uuid,
  d.role, d.permission, d.resource
FROM (
  SELECT 'admin'::public.user_role AS role, p.permission, r.resource
  FROM unnest(enum_range(NULL::public.permission_type)) p(permission)
  CROSS JOIN unnest(enum_range(NULL::public.resource_type)) r(resource)
  UNION ALL
  SELECT m.role::public.user_role, p.permission, m.resource::public.resource_type
  FROM (VALUES
    ('manager', 'profile', '{read,update}'),
    ('manager', 'dispensary', '{create,read,update}'),
    ('manager', 'product', '{create,read,update}'),
    ('manager', 'communication', '{read}'),
    ('manager', 'task', '{create,read,update}'),
    ('manager', 'order', '{read,update}'),
    ('manager', 'order_item', '{read}'),
    ('manager', 'permission', '{read}'),
    ('manager', 'change_log', '{read}'),
    ('manager', 'report', '{read,export}'),
    ('agent', 'profile', '{read,update}'),
    ('agent', 'dispensary', '{read,update}'),
    ('agent', 'product', '{read}'),
    ('agent', 'communication', '{create,read,update}'),
    ('agent', 'task', '{create,read,update}'),
    ('agent', 'order', '{create,read,update}'),
    ('agent', 'order_item', '{create,read,update,delete}')
  ) m(role, resource, permissions)
  CROSS JOIN unnest(m.permissions::public.permission_type[]) p(permission)
) d
ON CONFLICT ON CONSTRAINT role_permissions_role_permission_resource_key DO NOTHING;

SET LOCAL crm.change_reason = '';

-- The old policies say which rows; these say that the permission is needed as well. They come with the defaults, and not
-- in phase 4: between the two steps nobody but admins could work.
CREATE POLICY profiles_needs_read ON public.profiles AS RESTRICTIVE FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'profile')));
CREATE POLICY profiles_needs_create ON public.profiles AS RESTRICTIVE FOR INSERT TO crm_admin, crm_manager, crm_agent
  WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'profile')));
CREATE POLICY profiles_needs_update ON public.profiles AS RESTRICTIVE FOR UPDATE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'profile')));
CREATE POLICY profiles_needs_delete ON public.profiles AS RESTRICTIVE FOR DELETE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'delete', 'profile')));
CREATE POLICY dispensary_profiles_needs_read ON public.dispensary_profiles AS RESTRICTIVE FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'dispensary')));
CREATE POLICY dispensary_profiles_needs_create ON public.dispensary_profiles AS RESTRICTIVE FOR INSERT TO crm_admin, crm_manager, crm_agent
  WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'dispensary')));
CREATE POLICY dispensary_profiles_needs_update ON public.dispensary_profiles AS RESTRICTIVE FOR UPDATE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'dispensary')));
CREATE POLICY dispensary_profiles_needs_delete ON public.dispensary_profiles AS RESTRICTIVE FOR DELETE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'delete', 'dispensary')));
CREATE POLICY products_needs_read ON public.products AS RESTRICTIVE FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'product')));
CREATE POLICY products_needs_create ON public.products AS RESTRICTIVE FOR INSERT TO crm_admin, crm_manager, crm_agent
  WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'product')));
CREATE POLICY products_needs_update ON public.products AS RESTRICTIVE FOR UPDATE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'product')));
CREATE POLICY products_needs_delete ON public.products AS RESTRICTIVE FOR DELETE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'delete', 'product')));
CREATE POLICY communications_needs_read ON public.communications AS RESTRICTIVE FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'communication')));
CREATE POLICY communications_needs_create ON public.communications AS RESTRICTIVE FOR INSERT TO crm_admin, crm_manager, crm_agent
  WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'communication')));
CREATE POLICY communications_needs_update ON public.communications AS RESTRICTIVE FOR UPDATE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'communication')));
CREATE POLICY communications_needs_delete ON public.communications AS RESTRICTIVE FOR DELETE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'delete', 'communication')));
CREATE POLICY tasks_needs_read ON public.tasks AS RESTRICTIVE FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'task')));
CREATE POLICY tasks_needs_create ON public.tasks AS RESTRICTIVE FOR INSERT TO crm_admin, crm_manager, crm_agent
  WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'task')));
CREATE POLICY tasks_needs_update ON public.tasks AS RESTRICTIVE FOR UPDATE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'task')));
CREATE POLICY tasks_needs_delete ON public.tasks AS RESTRICTIVE FOR DELETE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'delete', 'task')));
CREATE POLICY orders_needs_read ON public.orders AS RESTRICTIVE FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'order')));
CREATE POLICY orders_needs_create ON public.orders AS RESTRICTIVE FOR INSERT TO crm_admin, crm_manager, crm_agent
  WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'order')));
CREATE POLICY orders_needs_update ON public.orders AS RESTRICTIVE FOR UPDATE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'order')));
CREATE POLICY orders_needs_delete ON public.orders AS RESTRICTIVE FOR DELETE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'delete', 'order')));
CREATE POLICY order_items_needs_read ON public.order_items AS RESTRICTIVE FOR SELECT TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'order_item')));
CREATE POLICY order_items_needs_create ON public.order_items AS RESTRICTIVE FOR INSERT TO crm_admin, crm_manager, crm_agent
  WITH CHECK ((SELECT public.user_has_permission((SELECT auth.uid()), 'create', 'order_item')));
CREATE POLICY order_items_needs_update ON public.order_items AS RESTRICTIVE FOR UPDATE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'update', 'order_item')));
CREATE POLICY order_items_needs_delete ON public.order_items AS RESTRICTIVE FOR DELETE TO crm_admin, crm_manager, crm_agent
  USING ((SELECT public.user_has_permission((SELECT auth.uid()), 'delete', 'order_item')));

-- The views show what the policies let their reader see.
CREATE VIEW public.active_profiles WITH (security_invoker = true) AS
SELECT p.id, p.email, p.full_name, p.phone, p.role, p.last_login_at, p.login_count
FROM public.profiles p
WHERE p.is_active AND p.deleted_at IS NULL;

-- Only people whose permissions the reader may see in full: a row hidden by a policy would make the answer wrong.
CREATE VIEW public.effective_permissions WITH (security_invoker = true) AS
SELECT p.id AS user_id, p.email, p.role, t.permission, s.resource,
  CASE WHEN p.role = 'admin' THEN true WHEN u.id IS NOT NULL THEN u.granted ELSE r.id IS NOT NULL END AS granted,
  CASE WHEN p.role = 'admin' THEN 'admin' WHEN u.id IS NOT NULL THEN 'user' WHEN r.id IS NOT NULL THEN 'role' ELSE 'none' END AS source,
  u.expires_at
FROM public.profiles p
CROSS JOIN unnest(enum_range(NULL::public.permission_type)) t(permission)
CROSS JOIN unnest(enum_range(NULL::public.resource_type)) s(resource)
LEFT JOIN public.user_permissions u ON u.user_id = p.id AND u.permission = t.permission AND u.resource = s.resource
  AND (u.expires_at IS NULL OR u.expires_at > now())
LEFT JOIN public.role_permissions r ON r.role = p.role AND r.permission = t.permission AND r.resource = s.resource
WHERE p.is_active AND p.deleted_at IS NULL
  AND (NOT row_security_active('public.user_permissions')
    OR p.id = (SELECT auth.uid())
    OR (SELECT public.user_has_permission((SELECT auth.uid()), 'read', 'permission')));
COMMENT ON VIEW public.effective_permissions IS 'What each active person may do, and whether that comes from being admin, from user_permissions or from the role';

CREATE VIEW public.dispensary_activity WITH (security_invoker = true) AS
SELECT d.id, d.name, d.city, d.assigned_agent_id, o.order_count, o.delivered_amount, o.last_ordered_at,
  c.last_contact_at, c.next_follow_up_at, t.open_tasks
FROM public.dispensary_profiles d
CROSS JOIN LATERAL (
  SELECT count(*) AS order_count,
    coalesce(sum(o.total_amount) FILTER (WHERE o.status = 'delivered'), 0) AS delivered_amount,
    max(o.ordered_at) AS last_ordered_at
  FROM public.orders o
  WHERE o.dispensary_id = d.id AND o.status <> 'cancelled' AND o.deleted_at IS NULL
) o
CROSS JOIN LATERAL (
  SELECT max(c.occurred_at) AS last_contact_at, min(c.follow_up_at) FILTER (WHERE c.follow_up_at > now()) AS next_follow_up_at
  FROM public.communications c
  WHERE c.dispensary_id = d.id AND c.deleted_at IS NULL
) c
CROSS JOIN LATERAL (
  SELECT count(*) AS open_tasks
  FROM public.tasks t
  WHERE t.dispensary_id = d.id AND t.status IN ('open', 'in_progress') AND t.deleted_at IS NULL
) t
WHERE d.deleted_at IS NULL;
COMMENT ON VIEW public.dispensary_activity IS 'Live dispensaries with their orders (cancelled ones left out), contacts and open tasks';

-- MATERIALIZED: the planner takes the policies to let few rows through, and would count the same rows for each agent anew.
CREATE VIEW public.agent_workload WITH (security_invoker = true) AS
WITH task_counts AS MATERIALIZED (
  SELECT t.assigned_to AS agent_id, count(*) AS open_tasks, count(*) FILTER (WHERE t.due_date < current_date) AS overdue_tasks
  FROM public.tasks t
  WHERE t.status IN ('open', 'in_progress') AND t.deleted_at IS NULL
  GROUP BY t.assigned_to
), follow_up_counts AS MATERIALIZED (
  SELECT c.agent_id, count(*) AS due_follow_ups
  FROM public.communications c
  WHERE c.follow_up_at BETWEEN now() - interval '30 days' AND now() AND c.deleted_at IS NULL
  GROUP BY c.agent_id
), order_counts AS MATERIALIZED (
  SELECT o.agent_id, count(*) AS open_orders
  FROM public.orders o
  WHERE o.status IN ('draft', 'submitted', 'approved') AND o.deleted_at IS NULL
  GROUP BY o.agent_id
)
SELECT p.id AS agent_id, p.full_name, coalesce(t.open_tasks, 0) AS open_tasks, coalesce(t.overdue_tasks, 0) AS overdue_tasks,
  coalesce(f.due_follow_ups, 0) AS due_follow_ups, coalesce(o.open_orders, 0) AS open_orders
FROM public.profiles p
LEFT JOIN task_counts t ON t.agent_id = p.id
LEFT JOIN follow_up_counts f ON f.agent_id = p.id
LEFT JOIN order_counts o ON o.agent_id = p.id
WHERE p.role = 'agent' AND p.is_active AND p.deleted_at IS NULL;
COMMENT ON VIEW public.agent_workload IS 'Active agents with their open and overdue tasks, the follow-ups due in the last 30 days, and their open orders';

CREATE VIEW public.recent_changes WITH (security_invoker = true) AS
SELECT l.changed_at, l.table_name, l.record_id, l.operation, l.changed_fields, l.old_values, l.new_values, l.version,
  l.changed_by, p.full_name AS changed_by_name, l.database_user, l.ip_address, l.user_agent, l.reason
FROM public.change_log l
LEFT JOIN public.profiles p ON p.id = l.changed_by
WHERE l.changed_at > now() - interval '30 days';
COMMENT ON VIEW public.recent_changes IS 'The change log of the last 30 days with the editors'' names, where the reader may see them';

GRANT SELECT ON public.active_profiles, public.effective_permissions, public.dispensary_activity, public.agent_workload,
  public.recent_changes TO crm_admin, crm_manager, crm_agent;
