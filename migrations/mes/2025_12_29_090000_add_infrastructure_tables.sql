-- @description Phase 10.1: audit log by trigger, notifications, settings, file uploads, SAP mappings and sync logs

INSERT INTO feature_flags (flag_key, description)
VALUES ('sap_integration', 'Phase 10: exchange with SAP');
SELECT create_message_queue('sap_sync');

CREATE TABLE audit_logs (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  table_name text NOT NULL,
  record_id bigint,
  action varchar(10) NOT NULL CHECK (action IN ('INSERT', 'UPDATE', 'DELETE')),
  old_values jsonb,
  new_values jsonb,
  changed_columns text[],
  user_id integer,
  ip_address inet,
  user_agent text,
  request_id text
);
CREATE INDEX idx_audit_logs_record ON audit_logs (organization_id, table_name, record_id, happened_at DESC);
CREATE INDEX idx_audit_logs_time ON audit_logs (organization_id, happened_at DESC);
COMMENT ON TABLE audit_logs IS 'Filled by triggers from the settings app.user_id, app.ip_address, app.user_agent and app.request_id; nobody changes it';
COMMENT ON COLUMN audit_logs.old_values IS 'The changed columns before (UPDATE), with the key where the row has no id, or the whole row (DELETE)';

CREATE TABLE notifications (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL,
  user_id integer NOT NULL,
  kind varchar(50) NOT NULL,
  title varchar(200) NOT NULL,
  body text,
  entity_type varchar(30),
  entity_id integer,
  read_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_notifications_unread ON notifications (organization_id, user_id, created_at DESC) WHERE read_at IS NULL;

CREATE TABLE system_settings (
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  setting_key varchar(100) NOT NULL,
  value jsonb NOT NULL,
  updated_by integer,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, setting_key),
  FOREIGN KEY (organization_id, updated_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (updated_by)
);

CREATE TABLE file_uploads (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  storage_key text NOT NULL,
  file_name varchar(255) NOT NULL,
  content_type varchar(100) NOT NULL,
  size_bytes bigint CHECK (size_bytes >= 0),
  checksum varchar(64) CHECK (checksum ~ '^[0-9a-f]{64}$'),
  status varchar(20) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'stored', 'failed', 'deleted')),
  entity_type varchar(30),
  entity_id integer,
  uploaded_by integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  stored_at timestamptz,
  CONSTRAINT uq_file_upload_key UNIQUE (organization_id, storage_key),
  CONSTRAINT stored_file_is_known CHECK (status <> 'stored' OR (size_bytes IS NOT NULL AND checksum IS NOT NULL AND stored_at IS NOT NULL)),
  FOREIGN KEY (organization_id, uploaded_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (uploaded_by)
);
CREATE INDEX idx_file_uploads_entity ON file_uploads (organization_id, entity_type, entity_id);

CREATE TABLE sap_mappings (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  entity_type varchar(30) NOT NULL CHECK (entity_type IN ('material', 'work_order', 'project', 'ncr', 'customer', 'plant')),
  entity_id integer NOT NULL,
  sap_object varchar(50) NOT NULL,
  sap_key varchar(100) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_sap_mapping_entity UNIQUE (organization_id, entity_type, entity_id),
  CONSTRAINT uq_sap_mapping_key UNIQUE (organization_id, sap_object, sap_key)
);

CREATE TABLE sap_sync_logs (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  direction varchar(10) NOT NULL CHECK (direction IN ('outbound', 'inbound')),
  entity_type varchar(30) NOT NULL,
  entity_id integer,
  status varchar(20) NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'succeeded', 'retrying', 'failed')),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  request jsonb,
  response jsonb,
  error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CONSTRAINT finished_when_final CHECK ((status IN ('succeeded', 'failed')) = (finished_at IS NOT NULL))
);
CREATE INDEX idx_sap_sync_logs_open ON sap_sync_logs (organization_id, created_at) WHERE status IN ('queued', 'retrying');

SELECT secure_tenant_table(t::regclass)
FROM unnest(ARRAY['audit_logs', 'notifications', 'system_settings', 'file_uploads', 'sap_mappings', 'sap_sync_logs']) t;
REVOKE INSERT, UPDATE, DELETE ON audit_logs FROM mes_app, mes_worker;

CREATE FUNCTION keep_audit_log() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- an organisation that is deleted takes its log along
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM organizations WHERE id = OLD.organization_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is not changed' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_logs_keep BEFORE UPDATE OR DELETE ON audit_logs
  FOR EACH ROW EXECUTE FUNCTION keep_audit_log();

CREATE FUNCTION audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- SECURITY DEFINER: the application may not write the log by itself
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  changed text[];
  kept text[];
  organization integer := (coalesce(after, before) ->> 'organization_id')::integer;
BEGIN
  IF NOT EXISTS (SELECT FROM organizations WHERE id = organization) THEN
    RETURN NULL; -- the organisation itself is being deleted
  END IF;
  IF TG_OP = 'UPDATE' THEN
    changed := ARRAY(SELECT key FROM jsonb_each(after) WHERE value IS DISTINCT FROM before -> key AND key <> 'updated_at' ORDER BY key);
    IF changed = '{}' THEN
      RETURN NULL;
    END IF;
    -- a row without an id is known by its key only
    kept := changed || CASE WHEN after ? 'id' THEN '{}' ELSE ARRAY['setting_key', 'flag_key'] END;
    before := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(before) WHERE key = ANY (kept));
    after := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(after) WHERE key = ANY (kept));
  END IF;
  INSERT INTO audit_logs (organization_id, table_name, record_id, action, old_values, new_values, changed_columns, user_id,
    ip_address, user_agent, request_id)
  VALUES (organization, TG_TABLE_NAME, (CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END ->> 'id')::bigint, TG_OP,
    before, after, changed, current_user_id(), nullif(current_setting('app.ip_address', true), '')::inet,
    nullif(current_setting('app.user_agent', true), ''), nullif(current_setting('app.request_id', true), ''));
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION audit_row() FROM PUBLIC;
DO $$
DECLARE
  audited text;
BEGIN
  FOREACH audited IN ARRAY ARRAY['users', 'roles', 'user_roles', 'user_plant_access', 'materials', 'projects', 'work_orders', 'ncrs',
    'custom_fields', 'workflows', 'approvals', 'shipments', 'inspection_plans', 'lot_numbers', 'branding_configs', 'system_settings',
    'organization_feature_flags'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit_row()',
                   audited || '_audit', audited);
  END LOOP;
END
$$;

CREATE FUNCTION notify_user(recipient integer, kind_of_news text, headline text, details text DEFAULT NULL,
  about_type text DEFAULT NULL, about_id integer DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  made bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM users WHERE organization_id = organization AND id = recipient AND is_active) THEN
    RAISE EXCEPTION 'there is no active user %', recipient USING ERRCODE = 'no_data_found';
  END IF;
  INSERT INTO notifications (organization_id, user_id, kind, title, body, entity_type, entity_id)
  VALUES (organization, recipient, kind_of_news, headline, details, about_type, about_id) RETURNING id INTO made;
  PERFORM enqueue_message('notifications', 'in_app', jsonb_build_object('notification_id', made, 'user_id', recipient));
  -- for the gateway that keeps the WebSocket connections; ids only, a channel has no policies
  PERFORM pg_notify('mes_notifications', json_build_object('organization_id', organization, 'user_id', recipient, 'id', made)::text);
  RETURN made;
END
$$;

CREATE FUNCTION mark_notifications_read(wanted bigint[] DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  marked integer;
BEGIN
  IF current_user_id() IS NULL THEN
    RAISE EXCEPTION 'no user is set for this session' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE notifications SET read_at = now()
  WHERE organization_id = require_organization() AND user_id = current_user_id() AND read_at IS NULL
    AND (wanted IS NULL OR id = ANY (wanted));
  GET DIAGNOSTICS marked = ROW_COUNT;
  RETURN marked;
END
$$;
COMMENT ON FUNCTION mark_notifications_read(bigint[]) IS 'Marks these, or all, of the user''s own notifications and tells how many';

CREATE FUNCTION setting_definition(wanted text, OUT value_type text, OUT default_value jsonb, OUT allowed jsonb)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT d.t, d.v, d.a INTO value_type, default_value, allowed
  FROM (VALUES
    ('default_language', 'string', '"en"'::jsonb, '["en", "de", "es", "fr", "hi", "zh"]'::jsonb),
    ('date_format', 'string', '"YYYY-MM-DD"', '["YYYY-MM-DD", "DD.MM.YYYY", "MM/DD/YYYY"]'),
    ('session_timeout_minutes', 'number', '30', NULL),
    ('require_two_factor', 'boolean', 'false', NULL),
    ('scrap_alert_percent', 'number', '5', NULL),
    ('sap_max_attempts', 'number', '5', NULL)) AS d (k, t, v, a)
  WHERE d.k = wanted;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no setting %', wanted USING ERRCODE = 'invalid_parameter_value';
  END IF;
END
$$;

CREATE FUNCTION get_setting(wanted text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((SELECT value FROM system_settings WHERE organization_id = require_organization() AND setting_key = wanted),
                  (setting_definition(wanted)).default_value)
$$;

CREATE FUNCTION check_setting() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  definition record;
BEGIN
  SELECT * INTO definition FROM setting_definition(NEW.setting_key);
  IF jsonb_typeof(NEW.value) <> definition.value_type
     OR (definition.value_type = 'number' AND (NEW.value #>> '{}')::numeric < 0)
     OR NOT coalesce(definition.allowed @> jsonb_build_array(NEW.value), true) THEN
    RAISE EXCEPTION 'the setting % cannot be %', NEW.setting_key, NEW.value USING ERRCODE = 'check_violation';
  END IF;
  NEW.updated_at := now();
  RETURN NEW;
END
$$;
CREATE TRIGGER system_settings_check BEFORE INSERT OR UPDATE ON system_settings
  FOR EACH ROW EXECUTE FUNCTION check_setting();

CREATE FUNCTION set_setting(wanted text, new_value jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM require_permission('settings', 'write');
  INSERT INTO system_settings (organization_id, setting_key, value, updated_by)
  VALUES (require_organization(), wanted, new_value, current_user_id())
  ON CONFLICT (organization_id, setting_key) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by;
END
$$;

CREATE FUNCTION finish_upload(upload integer, size bigint, sha256 text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE file_uploads SET status = 'stored', size_bytes = size, checksum = sha256, stored_at = now()
  WHERE organization_id = require_organization() AND id = upload AND status = 'pending';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no pending upload %', upload USING ERRCODE = 'no_data_found';
  END IF;
END
$$;

CREATE FUNCTION start_sap_sync(kind text, entity integer, payload jsonb) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  started bigint;
BEGIN
  PERFORM require_feature('sap_integration');
  IF NOT EXISTS (SELECT FROM sap_mappings WHERE organization_id = organization AND entity_type = kind AND entity_id = entity) THEN
    RAISE EXCEPTION '% % is not mapped to SAP', kind, entity USING ERRCODE = 'no_data_found';
  END IF;
  INSERT INTO sap_sync_logs (organization_id, direction, entity_type, entity_id, request)
  VALUES (organization, 'outbound', kind, entity, payload) RETURNING id INTO started;
  PERFORM enqueue_message('sap_sync', 'outbound', jsonb_build_object('sync_id', started));
  RETURN started;
END
$$;

CREATE FUNCTION finish_sap_sync(sync bigint, answer jsonb, problem text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  present sap_sync_logs;
  outcome text;
BEGIN
  SELECT * INTO present FROM sap_sync_logs WHERE organization_id = organization AND id = sync FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no SAP exchange %', sync USING ERRCODE = 'no_data_found';
  ELSIF present.status NOT IN ('queued', 'retrying') THEN
    RAISE EXCEPTION 'the SAP exchange % has %', sync, present.status USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  outcome := CASE WHEN problem IS NULL THEN 'succeeded'
    WHEN present.attempts + 1 >= (get_setting('sap_max_attempts') #>> '{}')::integer THEN 'failed' ELSE 'retrying' END;
  UPDATE sap_sync_logs SET status = outcome, attempts = attempts + 1, response = answer, error = problem,
    finished_at = CASE WHEN outcome <> 'retrying' THEN now() END
  WHERE id = sync;
  IF outcome = 'retrying' THEN
    -- 1, 2, 4, 8 .. minutes, an hour at most
    PERFORM enqueue_message('sap_sync', present.direction::text, jsonb_build_object('sync_id', sync),
      least(60 * 2 ^ present.attempts, 3600)::integer);
  END IF;
  RETURN outcome;
END
$$;
COMMENT ON FUNCTION finish_sap_sync(bigint, jsonb, text) IS 'Records the end of an exchange; after a problem it is queued again, later each time, until sap_max_attempts';

SELECT cron.schedule('mes-purge-notifications', '45 2 * * *',
  $$DELETE FROM public.notifications WHERE read_at < now() - interval '90 days'$$);
