-- @description Phase 1.1: roles, user_roles and user_plant_access, filled from the users' old free-text role

INSERT INTO feature_flags (flag_key, description)
VALUES ('rbac', 'Phase 1: users see the plants given to them only');

CREATE FUNCTION valid_permissions(candidate jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN jsonb_typeof(candidate) = 'object' AND NOT jsonb_path_exists(candidate,
  'strict $.* ? (@.type() != "array" || @.size() == 0)', silent => true)
  AND NOT jsonb_path_exists(candidate, 'strict $.*[*] ? (@.type() != "string" || @ == "")', silent => true);
COMMENT ON FUNCTION valid_permissions(jsonb) IS 'True for an object of resource -> non-empty array of actions';

CREATE TABLE roles (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  role_name varchar(100) NOT NULL,
  role_code varchar(50) NOT NULL,
  description text,
  is_system_role boolean NOT NULL DEFAULT false,
  permissions jsonb NOT NULL DEFAULT '{}' CONSTRAINT role_permissions_are_valid CHECK (valid_permissions(permissions)),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_role_code_per_org UNIQUE (organization_id, role_code),
  CONSTRAINT uq_roles_org_id UNIQUE (organization_id, id)
);
CREATE INDEX idx_role_org ON roles (organization_id);
COMMENT ON COLUMN roles.permissions IS 'Resource -> actions, e.g. {"materials": ["read", "write"]}; * stands for all';

CREATE TABLE user_roles (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  user_id integer NOT NULL,
  role_id integer NOT NULL,
  granted_by integer,
  granted_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  CONSTRAINT uq_user_role UNIQUE (organization_id, user_id, role_id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, role_id) REFERENCES roles (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, granted_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (granted_by)
);
CREATE INDEX idx_user_role_role ON user_roles (organization_id, role_id);

CREATE TABLE user_plant_access (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  user_id integer NOT NULL,
  plant_id integer NOT NULL,
  access_level varchar(10) NOT NULL DEFAULT 'read' CHECK (access_level IN ('read', 'write', 'admin')),
  granted_by integer,
  granted_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_user_plant UNIQUE (organization_id, user_id, plant_id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, plant_id) REFERENCES plants (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, granted_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (granted_by)
);
CREATE INDEX idx_user_plant_access_plant ON user_plant_access (organization_id, plant_id);

SELECT secure_tenant_table('roles');
SELECT secure_tenant_table('user_roles');
SELECT secure_tenant_table('user_plant_access');

CREATE FUNCTION guard_system_role() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    -- the roles of an organisation that is being deleted go with it
    IF OLD.is_system_role AND EXISTS (SELECT FROM organizations WHERE id = OLD.organization_id) THEN
      RAISE EXCEPTION 'the system role % cannot be deleted', OLD.role_code USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.is_system_role AND (NEW.role_code, NEW.is_system_role, NEW.organization_id)
       IS DISTINCT FROM (OLD.role_code, OLD.is_system_role, OLD.organization_id) THEN
    RAISE EXCEPTION 'the system role % keeps its code', OLD.role_code USING ERRCODE = 'restrict_violation';
  END IF;
  NEW.updated_at := now();
  RETURN NEW;
END
$$;
CREATE TRIGGER roles_guard_system_role BEFORE UPDATE OR DELETE ON roles
  FOR EACH ROW EXECUTE FUNCTION guard_system_role();

CREATE FUNCTION seed_system_roles(organization integer) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO roles (organization_id, role_name, role_code, is_system_role, permissions, description)
  VALUES
    (organization, 'Administrator', 'ADMIN', true, '{"*": ["*"]}', 'Everything within the organisation'),
    (organization, 'Plant manager', 'MANAGER', true,
     '{"materials": ["*"], "work_orders": ["*"], "projects": ["*"], "ncrs": ["*"], "shipments": ["*"], "documents": ["*"],
       "reports": ["*"], "dashboards": ["*"], "custom_fields": ["*"], "workflows": ["read"], "lots": ["*"],
       "inspections": ["*"], "roles": ["read"], "plants": ["all"], "settings": ["read"], "barcodes": ["*"]}',
     'Runs the plants'),
    (organization, 'Shift supervisor', 'SUPERVISOR', true,
     '{"materials": ["read"], "work_orders": ["read", "write"], "ncrs": ["read", "write"], "shipments": ["read", "write"],
       "lots": ["read", "write"], "inspections": ["read"], "reports": ["read", "execute"], "barcodes": ["*"]}',
     'Leads a shift'),
    (organization, 'Quality engineer', 'QUALITY', true,
     '{"materials": ["read"], "work_orders": ["read"], "ncrs": ["*"], "inspections": ["*"], "lots": ["*"],
       "reports": ["read", "execute"], "documents": ["read", "write"]}',
     'Inspects and settles non-conformances'),
    (organization, 'Operator', 'OPERATOR', true,
     '{"materials": ["read"], "work_orders": ["read"], "ncrs": ["read", "create"], "barcodes": ["scan"],
       "inspections": ["read", "measure"], "lots": ["read"]}',
     'Works at a machine'),
    (organization, 'Viewer', 'VIEWER', true,
     '{"materials": ["read"], "work_orders": ["read"], "projects": ["read"], "ncrs": ["read"], "reports": ["read"]}',
     'Looks only')
$$;
REVOKE EXECUTE ON FUNCTION seed_system_roles(integer) FROM PUBLIC;

CREATE FUNCTION system_role_for(free_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE
  WHEN lower(btrim(free_text)) IN ('admin', 'administrator', 'superuser') THEN 'ADMIN'
  WHEN lower(btrim(free_text)) IN ('manager', 'plant manager', 'plant_manager') THEN 'MANAGER'
  WHEN lower(btrim(free_text)) IN ('supervisor', 'shift lead', 'shift supervisor') THEN 'SUPERVISOR'
  WHEN lower(btrim(free_text)) IN ('quality', 'inspector', 'quality engineer') THEN 'QUALITY'
  WHEN lower(btrim(free_text)) = 'operator' THEN 'OPERATOR'
  ELSE 'VIEWER'
END;
COMMENT ON FUNCTION system_role_for(text) IS 'System role for a value of the old users.role; what is not known may only look';

SELECT seed_system_roles(id) FROM organizations ORDER BY id;

INSERT INTO user_roles (organization_id, user_id, role_id, granted_at)
SELECT u.organization_id, u.id, r.id, u.created_at
FROM users u
JOIN roles r ON r.organization_id = u.organization_id AND r.role_code = system_role_for(u.role)
ORDER BY u.id;

INSERT INTO user_plant_access (organization_id, user_id, plant_id, access_level, granted_at)
SELECT u.organization_id, u.id, p.id,
       CASE system_role_for(u.role) WHEN 'MANAGER' THEN 'admin' WHEN 'VIEWER' THEN 'read' ELSE 'write' END,
       u.created_at
FROM users u
JOIN plants p ON p.organization_id = u.organization_id AND p.id = u.home_plant_id
ORDER BY u.id;

CREATE FUNCTION seed_roles_of_new_organization() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- SECURITY DEFINER: whoever creates an organisation has no session in it yet
BEGIN
  PERFORM seed_system_roles(NEW.id);
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION seed_roles_of_new_organization() FROM PUBLIC;
CREATE TRIGGER organizations_seed_roles AFTER INSERT ON organizations
  FOR EACH ROW EXECUTE FUNCTION seed_roles_of_new_organization();

CREATE FUNCTION grant_role_of_new_user() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- the old application goes on creating users with the free-text role only
  INSERT INTO user_roles (organization_id, user_id, role_id)
  SELECT NEW.organization_id, NEW.id, r.id
  FROM roles r
  WHERE r.organization_id = NEW.organization_id AND r.role_code = system_role_for(NEW.role);
  INSERT INTO user_plant_access (organization_id, user_id, plant_id, access_level)
  SELECT NEW.organization_id, NEW.id, NEW.home_plant_id,
         CASE system_role_for(NEW.role) WHEN 'MANAGER' THEN 'admin' WHEN 'VIEWER' THEN 'read' ELSE 'write' END
  WHERE NEW.home_plant_id IS NOT NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER users_grant_role AFTER INSERT ON users
  FOR EACH ROW EXECUTE FUNCTION grant_role_of_new_user();

CREATE FUNCTION user_has_permission(subject integer, resource text, action text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM user_roles ur
    JOIN roles r ON r.organization_id = ur.organization_id AND r.id = ur.role_id
    JOIN users u ON u.organization_id = ur.organization_id AND u.id = ur.user_id
    WHERE ur.organization_id = current_organization_id() AND ur.user_id = subject AND u.is_active
      AND (ur.expires_at IS NULL OR ur.expires_at > now())
      AND (r.permissions -> resource ?| ARRAY[action, '*'] OR r.permissions -> '*' ?| ARRAY[action, '*']))
$$;
COMMENT ON FUNCTION user_has_permission(integer, text, text) IS 'Whether an active user holds an unexpired role that allows the action';

CREATE FUNCTION require_permission(resource text, action text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user_id() IS NULL OR NOT user_has_permission(current_user_id(), resource, action) THEN
    RAISE EXCEPTION 'user % may not % %', coalesce(current_user_id()::text, '(none)'), action, resource
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

CREATE FUNCTION assign_role(subject integer, wanted_role text, until timestamptz DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  chosen roles;
  beyond text;
  assigned integer;
BEGIN
  PERFORM require_permission('roles', 'assign');
  SELECT * INTO chosen FROM roles WHERE organization_id = organization AND role_code = wanted_role;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no role % in organisation %', wanted_role, organization USING ERRCODE = 'no_data_found';
  END IF;
  IF NOT EXISTS (SELECT FROM users WHERE organization_id = organization AND id = subject) THEN
    RAISE EXCEPTION 'there is no user % in organisation %', subject, organization USING ERRCODE = 'no_data_found';
  END IF;
  IF until <= now() THEN
    RAISE EXCEPTION 'a role cannot end in the past (%)', until USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- nobody hands out more than they hold
  SELECT format('%s %s', a.action, p.resource) INTO beyond
  FROM jsonb_each(chosen.permissions) AS p (resource, actions)
  CROSS JOIN LATERAL jsonb_array_elements_text(p.actions) AS a (action)
  WHERE NOT user_has_permission(current_user_id(), p.resource, a.action) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'only who may % assigns the role %', beyond, wanted_role USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO user_roles AS ur (organization_id, user_id, role_id, granted_by, expires_at)
  VALUES (organization, subject, chosen.id, current_user_id(), until)
  ON CONFLICT ON CONSTRAINT uq_user_role
  DO UPDATE SET granted_by = excluded.granted_by, granted_at = now(), expires_at = excluded.expires_at
  RETURNING ur.id INTO assigned;
  RETURN assigned;
END
$$;

CREATE FUNCTION revoke_role(subject integer, unwanted_role text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
BEGIN
  PERFORM require_permission('roles', 'assign');
  DELETE FROM user_roles ur USING roles r
  WHERE r.organization_id = ur.organization_id AND r.id = ur.role_id AND r.role_code = unwanted_role
    AND ur.organization_id = organization AND ur.user_id = subject;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'user % does not hold the role %', subject, unwanted_role USING ERRCODE = 'no_data_found';
  END IF;
  IF NOT EXISTS (SELECT FROM user_roles ur JOIN roles r ON r.id = ur.role_id
                 JOIN users u ON u.organization_id = ur.organization_id AND u.id = ur.user_id AND u.is_active
                 WHERE ur.organization_id = organization AND r.role_code = 'ADMIN'
                   AND (ur.expires_at IS NULL OR ur.expires_at > now())) THEN
    RAISE EXCEPTION 'the last administrator of organisation % stays', organization USING ERRCODE = 'restrict_violation';
  END IF;
END
$$;

CREATE FUNCTION accessible_plant_ids() RETURNS integer[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN user_has_permission(current_user_id(), 'plants', 'all')
    THEN (SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM plants WHERE organization_id = current_organization_id())
    ELSE (SELECT coalesce(array_agg(plant_id ORDER BY plant_id), '{}') FROM user_plant_access
          WHERE organization_id = current_organization_id() AND user_id = current_user_id())
  END
$$;
COMMENT ON FUNCTION accessible_plant_ids() IS 'Plants the user of the session may see: all of them with the permission plants:all';

CREATE FUNCTION plants_are_restricted() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user_id() IS NULL THEN
    RETURN false;
  END IF;
  RETURN feature_enabled('rbac');
END
$$;
COMMENT ON FUNCTION plants_are_restricted() IS
  'Whether the session sees the plants of its user only: once the organisation switched rbac on, and not for a service without a user';

CREATE FUNCTION user_has_plant_access(subject integer, plant integer, needed text DEFAULT 'read') RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF needed NOT IN ('read', 'write', 'admin') THEN
    RAISE EXCEPTION 'unknown access level %', needed USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN EXISTS (SELECT FROM plants WHERE organization_id = current_organization_id() AND id = plant)
    AND (user_has_permission(subject, 'plants', 'all')
      OR EXISTS (SELECT FROM user_plant_access a
                 WHERE a.organization_id = current_organization_id() AND a.user_id = subject AND a.plant_id = plant
                   AND array_position(ARRAY['read', 'write', 'admin'], a.access_level::text)
                     >= array_position(ARRAY['read', 'write', 'admin'], needed)));
END
$$;

CREATE FUNCTION grant_plant_access(subject integer, plant integer, level text DEFAULT 'read') RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  granted integer;
BEGIN
  PERFORM require_permission('roles', 'assign');
  INSERT INTO user_plant_access AS a (organization_id, user_id, plant_id, access_level, granted_by)
  VALUES (organization, subject, plant, level, current_user_id())
  ON CONFLICT ON CONSTRAINT uq_user_plant
  DO UPDATE SET access_level = excluded.access_level, granted_by = excluded.granted_by, granted_at = now()
  RETURNING a.id INTO granted;
  RETURN granted;
END
$$;

CREATE VIEW casbin_rule WITH (security_invoker = true) AS
SELECT 'p'::text AS ptype, r.role_code::text AS v0, r.organization_id::text AS v1, p.resource AS v2, a.action AS v3
FROM roles r
CROSS JOIN LATERAL jsonb_each(r.permissions) AS p (resource, actions)
CROSS JOIN LATERAL jsonb_array_elements_text(p.actions) AS a (action)
UNION ALL
SELECT 'g', ur.user_id::text, r.role_code, ur.organization_id::text, NULL
FROM user_roles ur
JOIN roles r ON r.organization_id = ur.organization_id AND r.id = ur.role_id
WHERE ur.expires_at IS NULL OR ur.expires_at > now();
COMMENT ON VIEW casbin_rule IS
  'The roles as a Casbin adapter reads them: p, role, organisation, resource, action; g, user, role, organisation';
GRANT SELECT ON casbin_rule TO mes_app, mes_worker;
