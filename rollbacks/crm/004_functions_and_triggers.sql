-- @description Removes the triggers and functions of phase 3
-- @lock-timeout 5s
--
-- What was written to the two logs stays.

DROP TRIGGER crm_keep_an_admin_purged ON public.profiles;
DROP TRIGGER crm_keep_an_admin ON public.profiles;
DROP TRIGGER crm_audit_role ON public.profiles;
DROP TRIGGER crm_audit_permission ON public.role_permissions;
DROP TRIGGER crm_audit_permission ON public.user_permissions;
DROP TRIGGER crm_stamp_permission ON public.user_permissions;
DROP TRIGGER crm_log_delete ON public.role_permissions;
DROP TRIGGER crm_log_update ON public.role_permissions;
DROP TRIGGER crm_log_insert ON public.role_permissions;
DROP TRIGGER crm_log_delete ON public.user_permissions;
DROP TRIGGER crm_log_update ON public.user_permissions;
DROP TRIGGER crm_log_insert ON public.user_permissions;
DROP TRIGGER crm_log_delete ON public.order_items;
DROP TRIGGER crm_log_update ON public.order_items;
DROP TRIGGER crm_log_insert ON public.order_items;
DROP TRIGGER crm_log_delete ON public.orders;
DROP TRIGGER crm_log_update ON public.orders;
DROP TRIGGER crm_log_insert ON public.orders;
DROP TRIGGER crm_log_delete ON public.tasks;
DROP TRIGGER crm_log_update ON public.tasks;
DROP TRIGGER crm_log_insert ON public.tasks;
DROP TRIGGER crm_log_delete ON public.communications;
DROP TRIGGER crm_log_update ON public.communications;
DROP TRIGGER crm_log_insert ON public.communications;
DROP TRIGGER crm_log_delete ON public.products;
DROP TRIGGER crm_log_update ON public.products;
DROP TRIGGER crm_log_insert ON public.products;
DROP TRIGGER crm_log_delete ON public.dispensary_profiles;
DROP TRIGGER crm_log_update ON public.dispensary_profiles;
DROP TRIGGER crm_log_insert ON public.dispensary_profiles;
DROP TRIGGER crm_log_delete ON public.profiles;
DROP TRIGGER crm_log_update ON public.profiles;
DROP TRIGGER crm_log_insert ON public.profiles;
DROP TRIGGER crm_track_edit ON public.order_items;
DROP TRIGGER crm_track_edit ON public.orders;
DROP TRIGGER crm_track_edit ON public.tasks;
DROP TRIGGER crm_track_edit ON public.communications;
DROP TRIGGER crm_track_edit ON public.products;
DROP TRIGGER crm_track_edit ON public.dispensary_profiles;
DROP TRIGGER crm_track_edit ON public.profiles;
DROP TRIGGER crm_track_insert ON public.order_items;
DROP TRIGGER crm_track_insert ON public.orders;
DROP TRIGGER crm_track_insert ON public.tasks;
DROP TRIGGER crm_track_insert ON public.communications;
DROP TRIGGER crm_track_insert ON public.products;
DROP TRIGGER crm_track_insert ON public.dispensary_profiles;
DROP TRIGGER crm_track_insert ON public.profiles;

DROP FUNCTION public.restore_deleted(public.resource_type, uuid);
DROP FUNCTION public.soft_delete(public.resource_type, uuid);
DROP FUNCTION public.log_change();
DROP FUNCTION public.track_insert();
DROP FUNCTION public.track_edit();
DROP FUNCTION public.keep_an_admin();
DROP FUNCTION public.audit_role_change();
DROP FUNCTION public.audit_permission_change();
DROP FUNCTION public.may_give_permission(public.permission_type, public.resource_type, timestamptz);
DROP FUNCTION public.stamp_permission();
DROP FUNCTION public.log_user_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text);
DROP FUNCTION public.record_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text);
DROP FUNCTION public.request_user_agent();
DROP FUNCTION public.request_ip();
DROP FUNCTION public.user_has_permission(uuid, public.permission_type, public.resource_type);
DROP FUNCTION public.session_is_trusted();
