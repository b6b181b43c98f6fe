-- @description Phase 3, functions and triggers: permission test, activity log, audit of permissions, change tracking, soft delete
-- @lock-timeout 5s
-- @statement-timeout 5min

-- pg_temp is named last in every search_path: left out it would be searched first, and types that the caller made there
-- would be taken in functions with their owner's rights.

-- SECURITY DEFINER so that current_user is the owner; the setting `role` still names the role the caller acts as.
CREATE FUNCTION public.session_is_trusted() RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_has_role(coalesce(nullif(current_setting('role', true), 'none'), session_user::text), current_user, 'MEMBER')
$$;
COMMENT ON FUNCTION public.session_is_trusted() IS
  'True for the schema''s owner and its members (migrations, back office), false for the roles of the application';

-- SECURITY DEFINER: policies call it for roles that may not read these tables, and those tables' policies call it.
CREATE FUNCTION public.user_has_permission(
  p_user_id uuid,
  p_permission public.permission_type,
  p_resource public.resource_type
) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_role public.user_role;
  v_granted boolean;
BEGIN
  IF p_user_id IS NULL OR p_permission IS NULL OR p_resource IS NULL THEN
    RETURN false;
  END IF;
  IF p_user_id IS DISTINCT FROM auth.uid()
    AND NOT public.session_is_trusted()
    AND NOT public.user_has_permission(auth.uid(), 'read', 'permission')
  THEN
    RAISE EXCEPTION 'to ask what somebody else is permitted needs the permission read on permission'
      USING ERRCODE = 'insufficient_privilege';
  END IF;

  SELECT p.role INTO v_role
  FROM public.profiles p
  WHERE p.id = p_user_id AND p.is_active AND p.deleted_at IS NULL;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF v_role = 'admin' THEN
    RETURN true;
  END IF;

  SELECT u.granted INTO v_granted
  FROM public.user_permissions u
  WHERE u.user_id = p_user_id AND u.permission = p_permission AND u.resource = p_resource
    AND (u.expires_at IS NULL OR u.expires_at > now());
  IF FOUND THEN
    RETURN v_granted;
  END IF;
  RETURN EXISTS (
    SELECT FROM public.role_permissions r
    WHERE r.role = v_role AND r.permission = p_permission AND r.resource = p_resource
  );
END
$$;
COMMENT ON FUNCTION public.user_has_permission(uuid, public.permission_type, public.resource_type) IS
  'An active admin may do everything; for others an unexpired row of user_permissions decides, else role_permissions; inactive, deleted and unknown users may do nothing';

CREATE FUNCTION public.request_ip() RETURNS inet
  LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN coalesce(
    nullif(btrim(split_part(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-forwarded-for', ',', 1)), '')::inet,
    inet_client_addr());
EXCEPTION
  -- A header that the client made up must not stop the work that is being logged.
  WHEN data_exception THEN
    RETURN inet_client_addr();
END
$$;
COMMENT ON FUNCTION public.request_ip() IS 'Client address from the request''s headers as the gateway sets them, else that of the connection';

CREATE FUNCTION public.request_user_agent() RETURNS text
  LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN nullif(current_setting('request.headers', true), '')::jsonb ->> 'user-agent';
EXCEPTION
  WHEN data_exception THEN
    RETURN NULL;
END
$$;

-- For the functions below only: whoever may call it can write whatever he likes into the log.
CREATE FUNCTION public.record_activity(
  p_user_id uuid,
  p_activity public.activity_type,
  p_resource public.resource_type,
  p_resource_id uuid,
  p_details jsonb,
  p_ip_address inet,
  p_user_agent text
) RETURNS uuid
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  IF to_regclass('public.user_activity_log_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')) IS NULL THEN
    PERFORM public.create_activity_log_partitions((now() AT TIME ZONE 'UTC')::date, 1);
  END IF;
  INSERT INTO public.user_activity_log (user_id, activity, resource, resource_id, details, ip_address, user_agent)
  VALUES (p_user_id, p_activity, p_resource, p_resource_id, p_details, p_ip_address, p_user_agent)
  RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

-- SECURITY DEFINER: the roles may not write to the log themselves, and a missing month needs the owner.
CREATE FUNCTION public.log_user_activity(
  p_user_id uuid,
  p_activity public.activity_type,
  p_resource public.resource_type,
  p_resource_id uuid DEFAULT NULL,
  p_details jsonb DEFAULT '{}',
  p_ip_address inet DEFAULT NULL,
  p_user_agent text DEFAULT NULL
) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF p_user_id IS NULL OR p_activity IS NULL OR p_resource IS NULL THEN
    RAISE EXCEPTION 'user, activity and resource are needed' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  IF jsonb_typeof(p_details) <> 'object' THEN
    RAISE EXCEPTION 'details must be a JSON object, not %', jsonb_typeof(p_details) USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF p_user_id IS DISTINCT FROM auth.uid()
    AND NOT public.session_is_trusted()
    AND NOT public.user_has_permission(auth.uid(), 'create', 'activity_log')
  THEN
    RAISE EXCEPTION 'to log for somebody else needs the permission create on activity_log' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF p_activity = 'permission_change' AND NOT public.session_is_trusted() THEN
    RAISE EXCEPTION 'a permission change is logged by the change itself' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM public.profiles p WHERE p.id = p_user_id) THEN
    RAISE EXCEPTION 'there is no profile %', p_user_id USING ERRCODE = 'foreign_key_violation';
  END IF;

  IF p_activity = 'login' THEN
    UPDATE public.profiles p
    SET last_login_at = now(), login_count = p.login_count + 1
    WHERE p.id = p_user_id AND p.is_active AND p.deleted_at IS NULL;
  END IF;
  -- What the gateway says of the request counts before what the caller says of himself.
  RETURN public.record_activity(p_user_id, p_activity, p_resource, p_resource_id, coalesce(p_details, '{}'),
    coalesce(public.request_ip(), p_ip_address), coalesce(public.request_user_agent(), p_user_agent));
END
$$;
COMMENT ON FUNCTION public.log_user_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text) IS
  'Writes one entry of the activity log, making the month''s partition if it is missing, and returns its id; a login is counted on an active profile';

-- Not SECURITY DEFINER: it must see whether a role of the application writes or the owner, as whom the foreign key acts
-- when it takes the purged profile out of granted_by.
CREATE FUNCTION public.stamp_permission() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_bound boolean := row_security_active(TG_RELID);
BEGIN
  IF TG_OP = 'INSERT' OR (NEW.user_id, NEW.permission, NEW.resource, NEW.granted, NEW.expires_at)
    IS DISTINCT FROM (OLD.user_id, OLD.permission, OLD.resource, OLD.granted, OLD.expires_at)
  THEN
    NEW.granted_by := coalesce(auth.uid(), NEW.granted_by);
    IF v_bound OR TG_OP = 'UPDATE' THEN
      NEW.granted_at := now();
    END IF;
  ELSIF v_bound THEN
    NEW.granted_by := OLD.granted_by;
    NEW.granted_at := OLD.granted_at;
  END IF;
  RETURN NEW;
END
$$;

-- SECURITY DEFINER: one who manages permissions need not be able to read his own.
CREATE FUNCTION public.may_give_permission(
  p_permission public.permission_type,
  p_resource public.resource_type,
  p_until timestamptz
) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.user_has_permission(auth.uid(), p_permission, p_resource) AND NOT EXISTS (
    SELECT FROM public.user_permissions u
    JOIN public.profiles p ON p.id = u.user_id
    WHERE u.user_id = auth.uid() AND u.permission = p_permission AND u.resource = p_resource
      AND u.granted AND u.expires_at > now() AND u.expires_at < coalesce(p_until, 'infinity')
      AND p.role <> 'admin'
      AND NOT EXISTS (
        SELECT FROM public.role_permissions r
        WHERE r.role = p.role AND r.permission = p_permission AND r.resource = p_resource
      )
  )
$$;
COMMENT ON FUNCTION public.may_give_permission(public.permission_type, public.resource_type, timestamptz) IS
  'Whether the signed-in profile has the permission itself, and until then; NULL: without end';

-- SECURITY DEFINER: the roles may not write to the log themselves.
CREATE FUNCTION public.audit_permission_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.record_activity(
    auth.uid(), 'permission_change', 'permission', coalesce(NEW.id, OLD.id),
    jsonb_strip_nulls(jsonb_build_object(
      'table', TG_TABLE_NAME,
      'operation', TG_OP,
      'before', to_jsonb(OLD),
      'after', to_jsonb(NEW),
      'reason', nullif(current_setting('crm.change_reason', true), ''))),
    public.request_ip(), public.request_user_agent());
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION public.audit_permission_change() IS 'Trigger: one entry of the activity log for every change to a permission';

-- SECURITY DEFINER: the roles may not write to the log themselves.
CREATE FUNCTION public.audit_role_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.record_activity(
    auth.uid(), 'permission_change', 'profile', NEW.id,
    jsonb_strip_nulls(jsonb_build_object(
      'table', TG_TABLE_NAME,
      'operation', TG_OP,
      'before', jsonb_build_object('role', OLD.role),
      'after', jsonb_build_object('role', NEW.role),
      'reason', nullif(current_setting('crm.change_reason', true), ''))),
    public.request_ip(), public.request_user_agent());
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION public.audit_role_change() IS
  'Trigger: one entry of the activity log for every change of a role, which changes what a person may do';

-- SECURITY DEFINER: it has to see every admin.
CREATE FUNCTION public.keep_an_admin() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF public.session_is_trusted() THEN
    RETURN NULL;
  END IF;
  -- One after the other: two admins who take it from each other at once must not leave nobody.
  PERFORM pg_advisory_xact_lock(hashtext('crm.admins'));
  IF NOT EXISTS (SELECT FROM public.profiles p WHERE p.role = 'admin' AND p.is_active AND p.deleted_at IS NULL) THEN
    RAISE EXCEPTION 'there would be no active admin' USING ERRCODE = 'object_not_in_prerequisite_state',
      HINT = 'Make somebody else an admin first.';
  END IF;
  -- An older snapshot may still show an admin who is none any more; to lock the row then fails (40001).
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM FROM public.profiles p WHERE p.role = 'admin' AND p.is_active AND p.deleted_at IS NULL FOR SHARE;
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION public.keep_an_admin() IS
  'Trigger: refuses (55000) what takes the last active admin away; the owner and its members may';

-- Not SECURITY DEFINER: it must see whether a role of the application writes or log_user_activity, which acts as the owner.
CREATE FUNCTION public.keep_sign_ins() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF row_security_active(TG_RELID) THEN
    NEW.last_login_at := CASE WHEN TG_OP = 'UPDATE' THEN OLD.last_login_at END;
    NEW.login_count := CASE WHEN TG_OP = 'UPDATE' THEN OLD.login_count ELSE 0 END;
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION public.keep_sign_ins() IS 'Trigger: sign-ins are counted by log_user_activity only';

-- Counts edits and guards the bin; its triggers are named to run before set_updated_at, which makes every row differ.
-- SECURITY DEFINER: a role that may update a table needs no rights on what is asked here.
CREATE FUNCTION public.track_edit() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_user_id uuid := auth.uid();
  v_needed public.permission_type;
  v_before record;
BEGIN
  -- These columns are the database's, whatever the client sends.
  NEW.edit_count := OLD.edit_count;
  NEW.version := OLD.version;
  NEW.last_edited_at := OLD.last_edited_at;
  NEW.last_edited_by := OLD.last_edited_by;

  -- What is in the bin stays there as it was put.
  IF v_user_id IS NOT NULL AND OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NOT NULL THEN
    NEW.deleted_at := OLD.deleted_at;
  END IF;

  IF NEW.deleted_at IS DISTINCT FROM OLD.deleted_at THEN
    v_needed := CASE WHEN NEW.deleted_at IS NULL THEN 'restore' ELSE 'delete' END;
    IF v_user_id IS NOT NULL AND NOT public.user_has_permission(v_user_id, v_needed, TG_ARGV[0]::public.resource_type) THEN
      RAISE EXCEPTION 'the permission % on % is needed', v_needed, TG_ARGV[0] USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.deleted_at IS NULL THEN
      NEW.deleted_by := NULL;
    ELSIF v_user_id IS NOT NULL THEN
      NEW.deleted_at := now();
      NEW.deleted_by := v_user_id;
    END IF;
    IF v_user_id IS NOT NULL THEN
      PERFORM public.record_activity(v_user_id, v_needed::text::public.activity_type, TG_ARGV[0]::public.resource_type, NEW.id,
        '{}', public.request_ip(), public.request_user_agent());
    END IF;
    NEW.version := OLD.version + 1;
  ELSIF NEW.deleted_by IS NOT NULL OR EXISTS (SELECT FROM public.profiles p WHERE p.id = OLD.deleted_by) THEN
    -- NULL is let through for a profile that is gone: that is what the foreign key does when it is purged.
    NEW.deleted_by := OLD.deleted_by;
  END IF;

  -- Signing in is no edit, and neither is moving a row into or out of the bin.
  v_before := OLD;
  v_before.version := NEW.version;
  v_before.deleted_at := NEW.deleted_at;
  v_before.deleted_by := NEW.deleted_by;
  v_before.updated_at := NEW.updated_at;
  IF TG_TABLE_NAME = 'profiles' THEN
    v_before.last_login_at := NEW.last_login_at;
    v_before.login_count := NEW.login_count;
  END IF;
  IF v_before IS DISTINCT FROM NEW THEN
    NEW.version := OLD.version + 1;
    NEW.edit_count := OLD.edit_count + 1;
    NEW.last_edited_at := now();
    NEW.last_edited_by := v_user_id;
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION public.track_edit() IS
  'Trigger: keeps edit_count, version and the last editor; its argument is the resource whose delete or restore permission a move into or out of the bin needs, and as which the activity log tells of it';

-- The tracking columns of a new row are the database's too. SECURITY DEFINER as for track_edit.
CREATE FUNCTION public.track_insert() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Who loads data as the owner brings its history along.
  IF NOT public.session_is_trusted() THEN
    NEW.edit_count := 0;
    NEW.version := 1;
    NEW.last_edited_at := NULL;
    NEW.last_edited_by := NULL;
    IF NEW.deleted_at IS NULL THEN
      NEW.deleted_by := NULL;
    ELSE
      NEW.deleted_at := now();
      NEW.deleted_by := auth.uid();
    END IF;
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION public.track_insert() IS 'Trigger: a row that the application makes starts with no edits and version 1';

-- SECURITY DEFINER: the roles may not write to the log themselves. Once per statement, from its transition tables.
CREATE FUNCTION public.log_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  c_unlogged CONSTANT text[] := ARRAY['updated_at', 'edit_count', 'version', 'last_edited_at', 'last_edited_by',
    'last_login_at', 'login_count'];
  v_user_id uuid := auth.uid();
  v_ip inet := public.request_ip();
  v_agent text := public.request_user_agent();
  v_reason text := nullif(current_setting('crm.change_reason', true), '');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO public.change_log
      (table_name, record_id, operation, new_values, version, changed_by, ip_address, user_agent, reason)
    SELECT TG_TABLE_NAME, n.id, 'INSERT', to_jsonb(n), (to_jsonb(n) ->> 'version')::integer, v_user_id, v_ip, v_agent, v_reason
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO public.change_log
      (table_name, record_id, operation, old_values, version, changed_by, ip_address, user_agent, reason)
    SELECT TG_TABLE_NAME, o.id, 'DELETE', to_jsonb(o), (to_jsonb(o) ->> 'version')::integer, v_user_id, v_ip, v_agent, v_reason
    FROM old_rows o;
  ELSE
    -- A full join also keeps a row whose id was changed, and can't be planned as a nested loop. OFFSET 0 keeps the planner
    -- from making the JSON of a row again for each of its columns.
    INSERT INTO public.change_log
      (table_name, record_id, operation, changed_fields, old_values, new_values, version, changed_by, ip_address, user_agent, reason)
    SELECT TG_TABLE_NAME, j.id, 'UPDATE', d.fields, d.old_values, d.new_values,
      (j.new_row ->> 'version')::integer, v_user_id, v_ip, v_agent, v_reason
    FROM (
      SELECT coalesce(o.id, n.id) AS id, to_jsonb(o) AS old_row, to_jsonb(n) AS new_row
      FROM old_rows o
      FULL JOIN new_rows n ON n.id = o.id
      OFFSET 0
    ) j
    CROSS JOIN LATERAL (
      SELECT array_agg(k.key ORDER BY k.key) AS fields,
        jsonb_object_agg(k.key, j.old_row -> k.key) AS old_values,
        jsonb_object_agg(k.key, j.new_row -> k.key) AS new_values
      FROM jsonb_object_keys(coalesce(j.new_row, j.old_row)) k(key)
      WHERE j.old_row -> k.key IS DISTINCT FROM j.new_row -> k.key AND k.key <> ALL (c_unlogged)
    ) d
    WHERE d.fields IS NOT NULL;
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION public.log_change() IS
  'Trigger: writes the change log; counters, the last editor and sign-ins are left out, so an update of nothing else leaves no entry';

CREATE FUNCTION public.soft_delete(p_resource public.resource_type, p_id uuid) RETURNS void
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_table text := CASE p_resource
    WHEN 'profile' THEN 'profiles' WHEN 'dispensary' THEN 'dispensary_profiles' WHEN 'product' THEN 'products'
    WHEN 'communication' THEN 'communications' WHEN 'task' THEN 'tasks' WHEN 'order' THEN 'orders'
    WHEN 'order_item' THEN 'order_items' END;
  v_rows bigint;
BEGIN
  IF v_table IS NULL THEN
    RAISE EXCEPTION 'a % has no bin', p_resource USING ERRCODE = 'feature_not_supported';
  END IF;
  EXECUTE format('UPDATE public.%I SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL', v_table) USING p_id;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  IF v_rows = 0 THEN
    RAISE EXCEPTION 'there is no live % with id %', p_resource, p_id USING ERRCODE = 'no_data_found';
  END IF;
END
$$;
COMMENT ON FUNCTION public.soft_delete(public.resource_type, uuid) IS
  'Moves a row into the bin: with the caller''s own rights, and the permission delete';

CREATE FUNCTION public.restore_deleted(p_resource public.resource_type, p_id uuid) RETURNS void
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_table text := CASE p_resource
    WHEN 'profile' THEN 'profiles' WHEN 'dispensary' THEN 'dispensary_profiles' WHEN 'product' THEN 'products'
    WHEN 'communication' THEN 'communications' WHEN 'task' THEN 'tasks' WHEN 'order' THEN 'orders'
    WHEN 'order_item' THEN 'order_items' END;
  v_rows bigint;
BEGIN
  IF v_table IS NULL THEN
    RAISE EXCEPTION 'a % has no bin', p_resource USING ERRCODE = 'feature_not_supported';
  END IF;
  EXECUTE format('UPDATE public.%I SET deleted_at = NULL WHERE id = $1 AND deleted_at IS NOT NULL', v_table) USING p_id;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  IF v_rows = 0 THEN
    RAISE EXCEPTION 'there is no deleted % with id %', p_resource, p_id USING ERRCODE = 'no_data_found';
  END IF;
END
$$;
COMMENT ON FUNCTION public.restore_deleted(public.resource_type, uuid) IS
  'Takes a row out of the bin: with the caller''s own rights, and the permission restore';

CREATE TRIGGER crm_track_insert BEFORE INSERT ON public.profiles FOR EACH ROW EXECUTE FUNCTION public.track_insert();
CREATE TRIGGER crm_track_insert BEFORE INSERT ON public.dispensary_profiles FOR EACH ROW EXECUTE FUNCTION public.track_insert();
CREATE TRIGGER crm_track_insert BEFORE INSERT ON public.products FOR EACH ROW EXECUTE FUNCTION public.track_insert();
CREATE TRIGGER crm_track_insert BEFORE INSERT ON public.communications FOR EACH ROW EXECUTE FUNCTION public.track_insert();
CREATE TRIGGER crm_track_insert BEFORE INSERT ON public.tasks FOR EACH ROW EXECUTE FUNCTION public.track_insert();
CREATE TRIGGER crm_track_insert BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.track_insert();
CREATE TRIGGER crm_track_insert BEFORE INSERT ON public.order_items FOR EACH ROW EXECUTE FUNCTION public.track_insert();
CREATE TRIGGER crm_track_edit BEFORE UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION public.track_edit('profile');
CREATE TRIGGER crm_track_edit BEFORE UPDATE ON public.dispensary_profiles FOR EACH ROW EXECUTE FUNCTION public.track_edit('dispensary');
CREATE TRIGGER crm_track_edit BEFORE UPDATE ON public.products FOR EACH ROW EXECUTE FUNCTION public.track_edit('product');
CREATE TRIGGER crm_track_edit BEFORE UPDATE ON public.communications FOR EACH ROW EXECUTE FUNCTION public.track_edit('communication');
CREATE TRIGGER crm_track_edit BEFORE UPDATE ON public.tasks FOR EACH ROW EXECUTE FUNCTION public.track_edit('task');
CREATE TRIGGER crm_track_edit BEFORE UPDATE ON public.orders FOR EACH ROW EXECUTE FUNCTION public.track_edit('order');
CREATE TRIGGER crm_track_edit BEFORE UPDATE ON public.order_items FOR EACH ROW EXECUTE FUNCTION public.track_edit('order_item');

CREATE TRIGGER crm_log_insert AFTER INSERT ON public.profiles REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.profiles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.profiles REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_insert AFTER INSERT ON public.dispensary_profiles REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.dispensary_profiles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.dispensary_profiles REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_insert AFTER INSERT ON public.products REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.products REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.products REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_insert AFTER INSERT ON public.communications REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.communications REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.communications REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_insert AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.tasks REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_insert AFTER INSERT ON public.orders REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.orders REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_insert AFTER INSERT ON public.order_items REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.order_items REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.order_items REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_insert AFTER INSERT ON public.user_permissions REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.user_permissions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.user_permissions REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_insert AFTER INSERT ON public.role_permissions REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_update AFTER UPDATE ON public.role_permissions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();
CREATE TRIGGER crm_log_delete AFTER DELETE ON public.role_permissions REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.log_change();

CREATE TRIGGER crm_stamp_permission BEFORE INSERT OR UPDATE ON public.user_permissions FOR EACH ROW EXECUTE FUNCTION public.stamp_permission();
CREATE TRIGGER crm_audit_permission AFTER INSERT OR UPDATE OR DELETE ON public.user_permissions
  FOR EACH ROW EXECUTE FUNCTION public.audit_permission_change();
CREATE TRIGGER crm_audit_permission AFTER INSERT OR UPDATE OR DELETE ON public.role_permissions
  FOR EACH ROW EXECUTE FUNCTION public.audit_permission_change();

CREATE TRIGGER crm_audit_role AFTER UPDATE OF role ON public.profiles
  FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION public.audit_role_change();
CREATE TRIGGER crm_keep_sign_ins BEFORE INSERT OR UPDATE OF last_login_at, login_count ON public.profiles
  FOR EACH ROW EXECUTE FUNCTION public.keep_sign_ins();
CREATE TRIGGER crm_keep_an_admin AFTER UPDATE OF role, is_active, deleted_at ON public.profiles
  FOR EACH ROW WHEN (OLD.role = 'admin' AND OLD.is_active AND OLD.deleted_at IS NULL
    AND NOT (NEW.role = 'admin' AND NEW.is_active AND NEW.deleted_at IS NULL)) EXECUTE FUNCTION public.keep_an_admin();
CREATE TRIGGER crm_keep_an_admin_purged AFTER DELETE ON public.profiles
  FOR EACH ROW WHEN (OLD.role = 'admin' AND OLD.is_active AND OLD.deleted_at IS NULL) EXECUTE FUNCTION public.keep_an_admin();

REVOKE ALL ON FUNCTION public.audit_role_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.keep_an_admin() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.keep_sign_ins() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.session_is_trusted() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.user_has_permission(uuid, public.permission_type, public.resource_type) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.request_ip() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.request_user_agent() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.record_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.log_user_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.stamp_permission() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.may_give_permission(public.permission_type, public.resource_type, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.audit_permission_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.track_insert() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.track_edit() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.log_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.soft_delete(public.resource_type, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.restore_deleted(public.resource_type, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.user_has_permission(uuid, public.permission_type, public.resource_type)
  TO crm_admin, crm_manager, crm_agent;
GRANT EXECUTE ON FUNCTION public.log_user_activity(uuid, public.activity_type, public.resource_type, uuid, jsonb, inet, text)
  TO crm_admin, crm_manager, crm_agent;
GRANT EXECUTE ON FUNCTION public.soft_delete(public.resource_type, uuid)
  TO crm_admin, crm_manager, crm_agent;
GRANT EXECUTE ON FUNCTION public.restore_deleted(public.resource_type, uuid)
  TO crm_admin, crm_manager, crm_agent;
