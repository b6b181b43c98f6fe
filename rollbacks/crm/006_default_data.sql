-- @description Removes the utility views, the requirement of permissions, and the default role permissions
-- @lock-timeout 5s
-- @deletes public.role_permissions
-- @deletes public.change_log
-- @deletes public.user_activity_log
--
-- Role permissions that an admin added stay, and so does what the logs say of them.

DROP VIEW public.recent_changes;
DROP VIEW public.agent_workload;
DROP VIEW public.dispensary_activity;
DROP VIEW public.effective_permissions;
DROP VIEW public.active_profiles;

DROP POLICY order_items_needs_delete ON public.order_items;
DROP POLICY order_items_needs_update ON public.order_items;
DROP POLICY order_items_needs_create ON public.order_items;
DROP POLICY order_items_needs_read ON public.order_items;
DROP POLICY orders_needs_delete ON public.orders;
DROP POLICY orders_needs_update ON public.orders;
DROP POLICY orders_needs_create ON public.orders;
DROP POLICY orders_needs_read ON public.orders;
DROP POLICY tasks_needs_delete ON public.tasks;
DROP POLICY tasks_needs_update ON public.tasks;
DROP POLICY tasks_needs_create ON public.tasks;
DROP POLICY tasks_needs_read ON public.tasks;
DROP POLICY communications_needs_delete ON public.communications;
DROP POLICY communications_needs_update ON public.communications;
DROP POLICY communications_needs_create ON public.communications;
DROP POLICY communications_needs_read ON public.communications;
DROP POLICY products_needs_delete ON public.products;
DROP POLICY products_needs_update ON public.products;
DROP POLICY products_needs_create ON public.products;
DROP POLICY products_needs_read ON public.products;
DROP POLICY dispensary_profiles_needs_delete ON public.dispensary_profiles;
DROP POLICY dispensary_profiles_needs_update ON public.dispensary_profiles;
DROP POLICY dispensary_profiles_needs_create ON public.dispensary_profiles;
DROP POLICY dispensary_profiles_needs_read ON public.dispensary_profiles;
DROP POLICY profiles_needs_delete ON public.profiles;
DROP POLICY profiles_needs_update ON public.profiles;
DROP POLICY profiles_needs_create ON public.profiles;
DROP POLICY profiles_needs_read ON public.profiles;

SET LOCAL crm.change_reason = 'migration 006: default role permissions';

DELETE FROM public.role_permissions
WHERE id = encode(substr(sha256(convert_to(concat_ws(' ', 'default', role, permission, resource), 'UTF8')), 1, 16), 'hex')::uuid;

SET LOCAL crm.change_reason = '';

DELETE FROM public.change_log
WHERE table_name = 'role_permissions' AND changed_by IS NULL AND reason = 'migration 006: default role permissions';
DELETE FROM public.user_activity_log
WHERE activity = 'permission_change' AND user_id IS NULL AND details ->> 'reason' = 'migration 006: default role permissions';
