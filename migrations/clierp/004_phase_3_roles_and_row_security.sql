-- @description Phase 3: roles and permissions per organization, row security on every table
-- @lock-timeout 5s

-- Roles and permissions ---------------------------------------------------------------------------

CREATE TABLE permissions (
  id          SERIAL PRIMARY KEY,
  name        VARCHAR(100) UNIQUE NOT NULL,
  resource    VARCHAR(100) NOT NULL,
  action      VARCHAR(50) NOT NULL,
  description TEXT,
  CHECK (name = resource || '.' || action)
);
COMMENT ON TABLE permissions IS 'What there is to permit; the same for every organization and changed by migrations only.';

CREATE TABLE roles (
  id              SERIAL PRIMARY KEY,
  organization_id INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  name            VARCHAR(100) NOT NULL,
  description     TEXT,
  is_system_role  BOOLEAN NOT NULL DEFAULT false,
  UNIQUE (organization_id, name),
  UNIQUE (organization_id, id)
);
COMMENT ON COLUMN roles.is_system_role IS 'One of the roles every organization has; they follow users.role and can''t be changed.';

CREATE TABLE role_permissions (
  role_id         INTEGER NOT NULL,
  permission_id   INTEGER NOT NULL REFERENCES permissions (id),
  organization_id INTEGER NOT NULL DEFAULT working_organization_id(),
  PRIMARY KEY (role_id, permission_id),
  CONSTRAINT role_permissions_role_id_fkey
    FOREIGN KEY (organization_id, role_id) REFERENCES roles (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_role_permissions_organization ON role_permissions (organization_id, role_id);

CREATE TABLE user_roles (
  user_id         INTEGER NOT NULL,
  role_id         INTEGER NOT NULL,
  granted_by      INTEGER,
  granted_at      TIMESTAMP DEFAULT NOW(),
  organization_id INTEGER NOT NULL DEFAULT working_organization_id(),
  PRIMARY KEY (user_id, role_id),
  CONSTRAINT user_roles_user_id_fkey
    FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE,
  CONSTRAINT user_roles_role_id_fkey
    FOREIGN KEY (organization_id, role_id) REFERENCES roles (organization_id, id) ON DELETE CASCADE,
  CONSTRAINT user_roles_granted_by_fkey
    FOREIGN KEY (organization_id, granted_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (granted_by)
);
CREATE INDEX idx_user_roles_organization ON user_roles (organization_id, user_id);
COMMENT ON COLUMN user_roles.granted_by IS 'Who granted the role; NULL when it came with users.role and nobody was signed in.';

INSERT INTO permissions (resource, action, name, description)
SELECT resource, action, resource || '.' || action, format('%s %s', initcap(action), replace(resource, '_', ' '))
FROM unnest(ARRAY[
  'departments', 'employees', 'users', 'attendances', 'payrolls', 'accounts', 'transactions', 'categories',
  'products', 'product_attachments', 'inventory', 'stock_movements', 'suppliers', 'purchase_orders',
  'purchase_order_items', 'customers', 'leads', 'deals', 'activities', 'campaigns', 'campaign_leads'
     ]) WITH ORDINALITY AS r (resource, position),
     unnest(ARRAY['read', 'write']) AS action
ORDER BY position, action;
INSERT INTO permissions (resource, action, name, description) VALUES
  ('audit_logs', 'read', 'audit_logs.read', 'Read the audit log'),
  ('configuration', 'write', 'configuration.write', 'Change settings of the organization'),
  ('feature_flags', 'write', 'feature_flags.write', 'Switch features on and off'),
  ('products', 'import', 'products.import', 'Import products from a file'),
  ('purchase_orders', 'create', 'purchase_orders.create', 'Create purchase orders'),
  ('purchase_orders', 'approve', 'purchase_orders.approve', 'Approve purchase orders'),
  ('purchase_orders', 'receive', 'purchase_orders.receive', 'Receive goods of purchase orders'),
  ('roles', 'manage', 'roles.manage', 'Define roles and grant them'),
  ('workflows', 'define', 'workflows.define', 'Define workflows');

CREATE FUNCTION create_system_roles(p_organization_id integer) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  INSERT INTO roles (organization_id, name, description, is_system_role) VALUES
    (p_organization_id, 'admin', 'May do everything', true),
    (p_organization_id, 'manager', 'Runs the business; no roles, settings or audit log', true),
    (p_organization_id, 'supervisor', 'Reads everything but pay; buys, receives and adjusts stock', true),
    (p_organization_id, 'employee', 'Reads goods, stock and customers', true),
    (p_organization_id, 'auditor', 'Reads everything, with the audit log', true);
  INSERT INTO role_permissions (role_id, permission_id, organization_id)
  SELECT r.id, p.id, p_organization_id
  FROM roles AS r
  CROSS JOIN permissions AS p
  WHERE r.organization_id = p_organization_id AND r.is_system_role AND CASE r.name
    WHEN 'admin' THEN true
    WHEN 'manager' THEN p.resource NOT IN ('audit_logs', 'configuration', 'feature_flags', 'roles', 'users')
    WHEN 'supervisor' THEN (p.action = 'read' AND p.resource NOT IN ('audit_logs', 'payrolls'))
      OR p.name IN ('inventory.write', 'stock_movements.write', 'purchase_orders.create', 'purchase_orders.receive')
    WHEN 'employee' THEN p.action = 'read'
      AND p.resource IN ('categories', 'products', 'inventory', 'suppliers', 'customers', 'activities')
    WHEN 'auditor' THEN p.action = 'read'
  END;
END
$$;
COMMENT ON FUNCTION create_system_roles(integer) IS 'Gives an organization the five roles the CLI has always known.';

CREATE FUNCTION add_system_roles() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  PERFORM create_system_roles(NEW.id);
  RETURN NULL;
END
$$;
CREATE TRIGGER organizations_system_roles AFTER INSERT ON organizations
  FOR EACH ROW EXECUTE FUNCTION add_system_roles();

SELECT create_system_roles(id) FROM organizations ORDER BY id;
INSERT INTO user_roles (user_id, role_id, organization_id, granted_at)
SELECT u.id, r.id, u.organization_id, u.created_at
FROM users AS u
JOIN roles AS r ON r.organization_id = u.organization_id AND r.name = u.role AND r.is_system_role;
ANALYZE permissions, roles, role_permissions, user_roles;

-- Old statements go on writing users.role; the granted role follows it.
CREATE FUNCTION follow_user_role() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM user_roles AS g USING roles AS r
    WHERE g.user_id = NEW.id AND r.id = g.role_id AND r.is_system_role AND r.name = OLD.role;
  END IF;
  INSERT INTO user_roles (user_id, role_id, organization_id, granted_by)
  SELECT NEW.id, r.id, NEW.organization_id, nullif(current_user_id(), NEW.id)
  FROM roles AS r
  WHERE r.organization_id = NEW.organization_id AND r.is_system_role AND r.name = NEW.role
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER users_role_insert AFTER INSERT ON users
  FOR EACH ROW EXECUTE FUNCTION follow_user_role();
CREATE TRIGGER users_role_update AFTER UPDATE OF role ON users
  FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION follow_user_role();

CREATE TRIGGER roles_audit AFTER INSERT OR UPDATE OR DELETE ON roles
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER role_permissions_audit AFTER UPDATE OR DELETE ON role_permissions
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit('role_id');
-- Not what a new organization starts with: it is always the same, and much. Those whom row security binds found none.
CREATE TRIGGER role_permissions_audit_insert AFTER INSERT ON role_permissions
  FOR EACH ROW WHEN (pg_trigger_depth() = 0 OR row_security_active('role_permissions'))
  EXECUTE FUNCTION write_enhanced_audit('role_id');
CREATE TRIGGER user_roles_audit AFTER INSERT OR UPDATE OR DELETE ON user_roles
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit('user_id');

CREATE FUNCTION user_has_permission(p_user_id integer, p_permission text) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_permission_id integer;
BEGIN
  SELECT id INTO v_permission_id FROM permissions WHERE name = p_permission;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'permission "%" does not exist', p_permission USING ERRCODE = 'undefined_object';
  END IF;
  RETURN EXISTS (
    SELECT FROM users AS u
    JOIN user_roles AS g ON g.user_id = u.id
    JOIN role_permissions AS rp ON rp.role_id = g.role_id
    WHERE u.id = p_user_id AND u.is_active AND rp.permission_id = v_permission_id);
END
$$;
COMMENT ON FUNCTION user_has_permission(integer, text) IS
  'Whether an active user has a role with the permission. Runs with the caller''s rights: of a user in another organization it knows nothing and says false. Refuses a permission that does not exist (42704).';

CREATE OR REPLACE FUNCTION assert_permission(p_user_id integer, p_permission text) RETURNS void
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM users
                 WHERE id = p_user_id AND is_active AND organization_id = working_organization_id()) THEN
    RAISE EXCEPTION 'user % is not an active user of this organization', p_user_id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF p_permission IS NOT NULL AND NOT user_has_permission(p_user_id, p_permission) THEN
    RAISE EXCEPTION 'user % lacks the permission %', p_user_id, p_permission
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

CREATE FUNCTION guard_workflow_permissions() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_unknown text;
BEGIN
  SELECT string_agg(DISTINCT p::text, ', ') INTO v_unknown
  FROM jsonb_path_query(NEW.definition, '$.transitions[*].permission') AS p
  WHERE NOT EXISTS (SELECT FROM permissions AS x WHERE x.name = p #>> '{}');
  IF v_unknown IS NOT NULL THEN
    RAISE EXCEPTION 'workflow "%" asks for permissions that do not exist: %', NEW.name, v_unknown
      USING ERRCODE = 'undefined_object';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER workflow_definitions_permissions BEFORE INSERT OR UPDATE OF definition ON workflow_definitions
  FOR EACH ROW EXECUTE FUNCTION guard_workflow_permissions();

CREATE FUNCTION may_hand_on(p_user_id integer, p_role_id integer) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT NOT EXISTS (
    SELECT FROM role_permissions AS wanted
    WHERE wanted.role_id = p_role_id AND NOT EXISTS (
      SELECT FROM users AS u
      JOIN user_roles AS g ON g.user_id = u.id
      JOIN role_permissions AS held ON held.role_id = g.role_id
      WHERE u.id = p_user_id AND u.is_active AND held.permission_id = wanted.permission_id))
$$;
COMMENT ON FUNCTION may_hand_on(integer, integer) IS
  'Whether an active user holds every permission of the role: nobody gives more than they have.';

CREATE FUNCTION keep_an_admin() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  -- The old CLI could always do so, and its statements still work.
  IF current_user = 'clierp_cli' OR NOT EXISTS (
    SELECT FROM roles AS r
    WHERE r.organization_id = OLD.organization_id AND r.name = 'admin' AND r.is_system_role
      AND CASE TG_TABLE_NAME
            WHEN 'user_roles' THEN r.id = (to_jsonb(OLD) ->> 'role_id')::integer
            ELSE EXISTS (SELECT FROM user_roles AS g WHERE g.role_id = r.id AND g.user_id = (to_jsonb(OLD) ->> 'id')::integer)
          END) THEN
    RETURN NULL;
  END IF;
  -- One after the other: two admins who take it from each other at once must not leave nobody.
  PERFORM pg_advisory_xact_lock(hashtext('clierp.admins'), OLD.organization_id);
  IF EXISTS (SELECT FROM organizations WHERE id = OLD.organization_id)
     AND EXISTS (SELECT FROM users WHERE organization_id = OLD.organization_id AND is_active)
     AND NOT EXISTS (
       SELECT FROM user_roles AS g JOIN roles AS r ON r.id = g.role_id JOIN users AS u ON u.id = g.user_id
       WHERE r.organization_id = OLD.organization_id AND r.name = 'admin' AND r.is_system_role AND u.is_active) THEN
    RAISE EXCEPTION 'the organization would have no active admin' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_an_admin() IS 'Refuses (55000) what takes the last active admin from an organization that has active users, whatever the statement.';
CREATE TRIGGER user_roles_keep_an_admin AFTER UPDATE OR DELETE ON user_roles
  FOR EACH ROW EXECUTE FUNCTION keep_an_admin();
CREATE TRIGGER users_keep_an_admin AFTER UPDATE OF is_active ON users
  FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION keep_an_admin();

CREATE FUNCTION grant_role(p_user_id integer, p_role text, p_granted_by integer) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_role_id integer;
  v_caller text := current_setting('app.user_id', true);
BEGIN
  PERFORM assert_permission(p_granted_by, 'roles.manage');
  IF NOT EXISTS (SELECT FROM users WHERE id = p_user_id AND organization_id = working_organization_id()) THEN
    RAISE EXCEPTION 'user % does not exist in this organization', p_user_id USING ERRCODE = 'no_data_found';
  END IF;
  SELECT id INTO v_role_id FROM roles WHERE name = p_role AND organization_id = working_organization_id();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'role "%" does not exist in this organization', p_role USING ERRCODE = 'no_data_found';
  END IF;
  IF NOT may_hand_on(p_granted_by, v_role_id) THEN
    RAISE EXCEPTION 'user % does not hold all permissions of the role "%"', p_granted_by, p_role
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_id', p_granted_by::text, true);
  INSERT INTO user_roles (user_id, role_id, granted_by, organization_id)
  VALUES (p_user_id, v_role_id, p_granted_by, working_organization_id())
  ON CONFLICT DO NOTHING;
  PERFORM set_config('app.user_id', coalesce(v_caller, ''), true);
END
$$;
COMMENT ON FUNCTION grant_role(integer, text, integer) IS
  'Grants a role of the session''s organization. Refuses a granter without roles.manage or without a permission of the role (42501), a missing user or role (P0002); granting twice changes nothing.';

CREATE FUNCTION revoke_role(p_user_id integer, p_role text, p_revoked_by integer) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_role_id integer;
  v_caller text := current_setting('app.user_id', true);
BEGIN
  PERFORM assert_permission(p_revoked_by, 'roles.manage');
  SELECT r.id INTO v_role_id
  FROM roles AS r
  JOIN user_roles AS g ON g.role_id = r.id
  WHERE r.name = p_role AND r.organization_id = working_organization_id() AND g.user_id = p_user_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'user % does not have the role "%"', p_user_id, p_role USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM set_config('app.user_id', p_revoked_by::text, true);
  DELETE FROM user_roles WHERE user_id = p_user_id AND role_id = v_role_id;
  PERFORM set_config('app.user_id', coalesce(v_caller, ''), true);
END
$$;
COMMENT ON FUNCTION revoke_role(integer, text, integer) IS
  'Takes a role away. Refuses without roles.manage (42501), a role the user does not have (P0002), and, as every statement, the last active admin (55000).';

-- Who the session works for -----------------------------------------------------------------------

CREATE FUNCTION security_context(
  OUT user_id integer, OUT organization_id integer, OUT roles text[], OUT permissions text[]
) RETURNS record
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  PERFORM assert_permission(current_user_id(), NULL);
  user_id := current_user_id();
  organization_id := working_organization_id();
  security_context.roles := ARRAY(
    SELECT r.name FROM user_roles AS g JOIN public.roles AS r ON r.id = g.role_id
    WHERE g.user_id = current_user_id() ORDER BY r.name);
  security_context.permissions := ARRAY(
    SELECT DISTINCT p.name FROM user_roles AS g
    JOIN role_permissions AS rp ON rp.role_id = g.role_id
    JOIN public.permissions AS p ON p.id = rp.permission_id
    WHERE g.user_id = current_user_id() ORDER BY p.name);
END
$$;
COMMENT ON FUNCTION security_context() IS
  'User, organization, roles and permissions of the session. Refuses (42501) when app.user_id is not an active user of app.organization_id.';

CREATE FUNCTION can_access(p_resource text, p_entity_id bigint) RETURNS boolean
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_visible boolean;
BEGIN
  -- Only names out of the permission catalog reach the statement below.
  IF NOT coalesce(user_has_permission(current_user_id(), p_resource || '.read'), false) THEN
    RETURN false;
  END IF;
  EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE id = $1)', p_resource) INTO v_visible USING p_entity_id;
  RETURN v_visible;
END
$$;
COMMENT ON FUNCTION can_access(text, bigint) IS
  'Whether the session''s user may read the row: has <resource>.read, and row security shows it. Refuses an unknown resource (42704).';

-- Row security ------------------------------------------------------------------------------------
-- It is forced on the owner of the tables, too: without this right the owner would see no row from now on,
-- and later migrations would change none.
DO $owner$
BEGIN
  IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
    RAISE EXCEPTION 'the migrating role % would be subject to row security', current_user
      USING ERRCODE = 'insufficient_privilege', HINT = 'Give it BYPASSRLS.';
  END IF;
END
$owner$;

-- An application names its organization in app.organization_id; without it there is not one row.
-- The old CLI (clierp_cli) names none: it works for the default organization and sees no other.

ALTER TABLE departments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE employees ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_logs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE attendances ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE payrolls ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE transactions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE categories ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE products ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE product_attachments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE inventory ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE stock_movements ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE suppliers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE purchase_orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE purchase_order_items ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE leads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE deals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE activities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE campaign_leads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE system_configurations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE feature_flags ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE enhanced_audit_logs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE workflow_definitions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE workflow_instances ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE domain_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE roles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE role_permissions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE user_roles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY departments_organization ON departments TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY departments_old_cli ON departments TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY employees_organization ON employees TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY employees_old_cli ON employees TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY users_organization ON users TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY users_old_cli ON users TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY audit_logs_organization ON audit_logs TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY audit_logs_old_cli ON audit_logs TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY attendances_organization ON attendances TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY attendances_old_cli ON attendances TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY payrolls_organization ON payrolls TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY payrolls_old_cli ON payrolls TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY accounts_organization ON accounts TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY accounts_old_cli ON accounts TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY transactions_organization ON transactions TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY transactions_old_cli ON transactions TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY categories_organization ON categories TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY categories_old_cli ON categories TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY products_organization ON products TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY products_old_cli ON products TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY product_attachments_organization ON product_attachments TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY product_attachments_old_cli ON product_attachments TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY inventory_organization ON inventory TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY inventory_old_cli ON inventory TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY stock_movements_organization ON stock_movements TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY stock_movements_old_cli ON stock_movements TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY suppliers_organization ON suppliers TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY suppliers_old_cli ON suppliers TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY purchase_orders_organization ON purchase_orders TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY purchase_orders_old_cli ON purchase_orders TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY purchase_order_items_organization ON purchase_order_items TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY purchase_order_items_old_cli ON purchase_order_items TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY customers_organization ON customers TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY customers_old_cli ON customers TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY leads_organization ON leads TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY leads_old_cli ON leads TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY deals_organization ON deals TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY deals_old_cli ON deals TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY activities_organization ON activities TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY activities_old_cli ON activities TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY campaigns_organization ON campaigns TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY campaigns_old_cli ON campaigns TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));
CREATE POLICY campaign_leads_organization ON campaign_leads TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY campaign_leads_old_cli ON campaign_leads TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));

CREATE POLICY organizations_own ON organizations FOR SELECT TO clierp_app, clierp_worker
  USING (id = (SELECT current_organization_id()));
CREATE POLICY organizations_change ON organizations FOR UPDATE TO clierp_app
  USING (id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'configuration.write')));
CREATE POLICY organizations_old_cli ON organizations FOR SELECT TO clierp_cli
  USING (code = 'default');

CREATE POLICY system_configurations_read ON system_configurations FOR SELECT TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()) OR organization_id IS NULL);
CREATE POLICY system_configurations_insert ON system_configurations FOR INSERT TO clierp_app
  WITH CHECK (organization_id = (SELECT current_organization_id())
              AND (SELECT user_has_permission(current_user_id(), 'configuration.write')));
CREATE POLICY system_configurations_update ON system_configurations FOR UPDATE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'configuration.write')));
CREATE POLICY system_configurations_delete ON system_configurations FOR DELETE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'configuration.write')));
CREATE POLICY system_configurations_old_cli ON system_configurations FOR SELECT TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()) OR organization_id IS NULL);

CREATE POLICY feature_flags_read ON feature_flags FOR SELECT TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()) OR organization_id IS NULL);
CREATE POLICY feature_flags_insert ON feature_flags FOR INSERT TO clierp_app
  WITH CHECK (organization_id = (SELECT current_organization_id())
              AND (SELECT user_has_permission(current_user_id(), 'feature_flags.write')));
CREATE POLICY feature_flags_update ON feature_flags FOR UPDATE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'feature_flags.write')));
CREATE POLICY feature_flags_delete ON feature_flags FOR DELETE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'feature_flags.write')));
CREATE POLICY feature_flags_old_cli ON feature_flags FOR SELECT TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()) OR organization_id IS NULL);

CREATE POLICY enhanced_audit_logs_read ON enhanced_audit_logs FOR SELECT TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'audit_logs.read')));
CREATE POLICY enhanced_audit_logs_old_cli_read ON enhanced_audit_logs FOR SELECT TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));

CREATE POLICY workflow_definitions_read ON workflow_definitions FOR SELECT TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY workflow_definitions_insert ON workflow_definitions FOR INSERT TO clierp_app
  WITH CHECK (organization_id = (SELECT current_organization_id())
              AND (SELECT user_has_permission(current_user_id(), 'workflows.define')));
CREATE POLICY workflow_definitions_update ON workflow_definitions FOR UPDATE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'workflows.define')));
CREATE POLICY workflow_definitions_delete ON workflow_definitions FOR DELETE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'workflows.define')));
CREATE POLICY workflow_instances_organization ON workflow_instances TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));

-- The worker hands on the events of all organizations.
CREATE POLICY domain_events_organization ON domain_events TO clierp_app
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY domain_events_dispatch ON domain_events TO clierp_worker
  USING (true);
CREATE POLICY domain_events_old_cli ON domain_events FOR INSERT TO clierp_cli
  WITH CHECK (organization_id = (SELECT default_organization_id()));

CREATE POLICY roles_read ON roles FOR SELECT TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY roles_insert ON roles FOR INSERT TO clierp_app
  WITH CHECK (organization_id = (SELECT current_organization_id())
              AND (SELECT user_has_permission(current_user_id(), 'roles.manage'))
         AND NOT is_system_role);
CREATE POLICY roles_update ON roles FOR UPDATE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'roles.manage'))
         AND NOT is_system_role);
CREATE POLICY roles_delete ON roles FOR DELETE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'roles.manage'))
         AND NOT is_system_role);
CREATE POLICY roles_old_cli ON roles FOR SELECT TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));

CREATE POLICY role_permissions_read ON role_permissions FOR SELECT TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY role_permissions_insert ON role_permissions FOR INSERT TO clierp_app
  WITH CHECK (organization_id = (SELECT current_organization_id())
              AND (SELECT user_has_permission(current_user_id(), 'roles.manage'))
         AND EXISTS (SELECT FROM roles AS r WHERE r.id = role_id AND NOT r.is_system_role)
         AND user_has_permission(current_user_id(), (SELECT p.name FROM permissions AS p WHERE p.id = permission_id)));
CREATE POLICY role_permissions_update ON role_permissions FOR UPDATE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'roles.manage'))
         AND EXISTS (SELECT FROM roles AS r WHERE r.id = role_id AND NOT r.is_system_role))
  WITH CHECK (organization_id = (SELECT current_organization_id())
         AND EXISTS (SELECT FROM roles AS r WHERE r.id = role_id AND NOT r.is_system_role)
         AND user_has_permission(current_user_id(), (SELECT p.name FROM permissions AS p WHERE p.id = permission_id)));
CREATE POLICY role_permissions_delete ON role_permissions FOR DELETE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'roles.manage'))
         AND EXISTS (SELECT FROM roles AS r WHERE r.id = role_id AND NOT r.is_system_role));
CREATE POLICY role_permissions_old_cli ON role_permissions FOR SELECT TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));

CREATE POLICY user_roles_read ON user_roles FOR SELECT TO clierp_app, clierp_worker
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY user_roles_insert ON user_roles FOR INSERT TO clierp_app
  WITH CHECK (organization_id = (SELECT current_organization_id())
              AND (SELECT user_has_permission(current_user_id(), 'roles.manage'))
              -- NULL only with one's own users.role: see follow_user_role.
              AND coalesce(granted_by, user_id) = (SELECT current_user_id())
              AND may_hand_on(current_user_id(), role_id));
CREATE POLICY user_roles_update ON user_roles FOR UPDATE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'roles.manage')))
  WITH CHECK (organization_id = (SELECT current_organization_id())
              AND coalesce(granted_by, user_id) = (SELECT current_user_id())
              AND may_hand_on(current_user_id(), role_id));
CREATE POLICY user_roles_delete ON user_roles FOR DELETE TO clierp_app
  USING (organization_id = (SELECT current_organization_id())
         AND (SELECT user_has_permission(current_user_id(), 'roles.manage')));
CREATE POLICY user_roles_old_cli ON user_roles TO clierp_cli
  USING (organization_id = (SELECT default_organization_id()));

-- Reports that read all rows of an organization -------------------------------------------------
-- From now on every row read costs a comparison of its organization. What follows pays for that.

-- The low stock report reads no row of inventory that is not low.
CREATE INDEX idx_inventory_organization_low ON inventory (organization_id, product_id)
  WHERE quantity < min_stock_level;
-- The latest orders are read from an index that holds all a list of them shows. The one of created_at alone goes:
-- every query brings an organization now, and PostgreSQL would take it, with a filter, for its lower start-up cost.
DROP INDEX idx_purchase_orders_created, idx_purchase_orders_organization_created_at;
CREATE INDEX idx_purchase_orders_organization_latest ON purchase_orders (organization_id, created_at)
  INCLUDE (id, po_number, supplier_id, total_amount);
-- So are the names of their suppliers.
CREATE INDEX idx_suppliers_id_name ON suppliers (id) INCLUDE (organization_id, name);
-- Many narrow rows: below 8 MB PostgreSQL would read them with one process, and then all that is joined to them.
ALTER TABLE inventory SET (parallel_workers = 1);
-- Without it the planner takes every movement to be a month of its own, and sums up with one process as well.
CREATE STATISTICS stock_movements_by_month ON date_trunc('month', movement_date), movement_type FROM stock_movements;
ANALYZE stock_movements, categories;

-- A view runs with its owner's rights unless told otherwise, and the owner may see every organization.
ALTER VIEW low_stock_products SET (security_invoker = true);
ALTER VIEW purchase_order_summary SET (security_invoker = true);

-- Now that rows are guarded, the application and the worker may come in.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  departments, employees, users, audit_logs, attendances, payrolls, accounts, transactions, categories,
  products, product_attachments, inventory, stock_movements, suppliers, purchase_orders, purchase_order_items,
  customers, leads, deals, activities, campaigns, campaign_leads
TO clierp_app, clierp_worker;
GRANT USAGE ON SEQUENCE
  departments_id_seq, employees_id_seq, users_id_seq, audit_logs_id_seq, attendances_id_seq, payrolls_id_seq,
  accounts_id_seq, transactions_id_seq, categories_id_seq, products_id_seq, product_attachments_id_seq,
  inventory_id_seq, stock_movements_id_seq, suppliers_id_seq, purchase_orders_id_seq,
  purchase_order_items_id_seq, customers_id_seq, leads_id_seq, deals_id_seq, activities_id_seq,
  campaigns_id_seq, campaign_leads_id_seq
TO clierp_app, clierp_worker;
GRANT SELECT ON low_stock_products, purchase_order_summary TO clierp_app, clierp_worker;
GRANT SELECT ON organizations, permissions TO clierp_app, clierp_worker;
GRANT UPDATE (name, settings) ON organizations TO clierp_app;
GRANT SELECT ON system_configurations, feature_flags, workflow_definitions, roles, role_permissions, user_roles
TO clierp_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON system_configurations, feature_flags, workflow_definitions, roles, role_permissions, user_roles
TO clierp_app;
GRANT SELECT, INSERT, UPDATE ON workflow_instances TO clierp_app, clierp_worker;
GRANT SELECT ON enhanced_audit_logs TO clierp_app;
GRANT SELECT, INSERT ON domain_events TO clierp_app;
GRANT SELECT, INSERT, UPDATE ON domain_events TO clierp_worker;
GRANT SELECT ON permissions, roles, role_permissions TO clierp_cli;
GRANT SELECT, INSERT, DELETE ON user_roles TO clierp_cli;
GRANT USAGE ON SEQUENCE
  domain_events_id_seq, workflow_instances_id_seq
TO clierp_app, clierp_worker;
GRANT USAGE ON SEQUENCE
  system_configurations_id_seq, feature_flags_id_seq, workflow_definitions_id_seq, roles_id_seq
TO clierp_app;
