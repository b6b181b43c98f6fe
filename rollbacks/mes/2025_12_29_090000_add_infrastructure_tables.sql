-- @description Remove audit log, notifications, settings, uploads and SAP tables
-- @deletes organization_feature_flags
-- @deletes maintenance_jobs
-- @deletes pgmq.meta

SELECT cron.unschedule('mes-purge-notifications');
DROP FUNCTION finish_sap_sync(bigint, jsonb, text);
DROP FUNCTION start_sap_sync(text, integer, jsonb);
DROP FUNCTION finish_upload(integer, bigint, text);
DROP FUNCTION set_setting(text, jsonb);
DROP FUNCTION get_setting(text);
DROP FUNCTION mark_notifications_read(bigint[]);
DROP FUNCTION notify_user(integer, text, text, text, text, integer);
DO $$
DECLARE
  audited text;
BEGIN
  FOREACH audited IN ARRAY ARRAY['users', 'roles', 'user_roles', 'user_plant_access', 'materials', 'projects', 'work_orders', 'ncrs',
    'custom_fields', 'workflows', 'approvals', 'shipments', 'inspection_plans', 'lot_numbers', 'branding_configs', 'system_settings',
    'organization_feature_flags'] LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', audited || '_audit', audited);
  END LOOP;
END
$$;
DROP FUNCTION audit_row();
DROP TABLE sap_sync_logs;
DROP TABLE sap_mappings;
DROP TABLE file_uploads;
DROP TABLE system_settings;
DROP TABLE notifications;
DROP TABLE audit_logs;
DROP FUNCTION keep_audit_log();
DROP FUNCTION check_setting();
DROP FUNCTION setting_definition(text);
SELECT pgmq.drop_queue('sap_sync');
DELETE FROM feature_flags WHERE flag_key = 'sap_integration';
