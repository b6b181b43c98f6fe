-- @description Phase 1: organizations on every table, configuration, feature flags, audit with context, workflows, views in the old shape
-- @lock-timeout 5s

-- What every old table holds before the change; the step's check compares the old-shape views with it.
CREATE TEMPORARY TABLE clierp_002_before ON COMMIT DROP AS
SELECT 'departments' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM departments AS t
UNION ALL
SELECT 'employees' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM employees AS t
UNION ALL
SELECT 'users' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM users AS t
UNION ALL
SELECT 'audit_logs' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM audit_logs AS t
UNION ALL
SELECT 'attendances' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM attendances AS t
UNION ALL
SELECT 'payrolls' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM payrolls AS t
UNION ALL
SELECT 'accounts' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM accounts AS t
UNION ALL
SELECT 'transactions' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM transactions AS t
UNION ALL
SELECT 'categories' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM categories AS t
UNION ALL
SELECT 'products' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM products AS t
UNION ALL
SELECT 'product_attachments' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM product_attachments AS t
UNION ALL
SELECT 'inventory' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM inventory AS t
UNION ALL
SELECT 'stock_movements' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM stock_movements AS t
UNION ALL
SELECT 'suppliers' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM suppliers AS t
UNION ALL
SELECT 'purchase_orders' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM purchase_orders AS t
UNION ALL
SELECT 'purchase_order_items' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM purchase_order_items AS t
UNION ALL
SELECT 'customers' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM customers AS t
UNION ALL
SELECT 'leads' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM leads AS t
UNION ALL
SELECT 'deals' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM deals AS t
UNION ALL
SELECT 'activities' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM activities AS t
UNION ALL
SELECT 'campaigns' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM campaigns AS t
UNION ALL
SELECT 'campaign_leads' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM campaign_leads AS t;

-- Organizations -----------------------------------------------------------------------------------

CREATE TABLE organizations (
  id         SERIAL PRIMARY KEY,
  code       VARCHAR(50) UNIQUE NOT NULL,
  name       VARCHAR(255) NOT NULL,
  settings   JSONB DEFAULT '{}',
  created_at TIMESTAMP DEFAULT NOW(),
  updated_at TIMESTAMP DEFAULT NOW()
);
COMMENT ON TABLE organizations IS 'Companies that share this database. All data from before belongs to the one with code default.';
-- As old as its oldest account.
INSERT INTO organizations (code, name, created_at, updated_at)
SELECT 'default', 'Default organization', min(created_at), min(created_at) FROM users;

CREATE FUNCTION current_organization_id() RETURNS integer
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN nullif(current_setting('app.organization_id', true), '')::integer;
COMMENT ON FUNCTION current_organization_id() IS
  'The organization the session works for (setting app.organization_id), or NULL when none was set.';

CREATE FUNCTION current_user_id() RETURNS integer
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN nullif(current_setting('app.user_id', true), '')::integer;
COMMENT ON FUNCTION current_user_id() IS 'The CLIERP user who acts (setting app.user_id), or NULL when none was set.';

CREATE FUNCTION default_organization_id() RETURNS integer
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id FROM organizations WHERE code = 'default' $$;

CREATE FUNCTION working_organization_id() RETURNS integer
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce(current_organization_id(), default_organization_id()) $$;
COMMENT ON FUNCTION working_organization_id() IS
  'The session''s organization, else the default one: what a statement of the old CLI means, which knows of no organization.';

CREATE FUNCTION touch_updated_at() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  NEW.updated_at := CURRENT_TIMESTAMP;
  RETURN NEW;
END
$$;
CREATE TRIGGER organizations_touch BEFORE UPDATE ON organizations
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- organization_id on every table: the constant default fills old rows without rewriting them ------

ALTER TABLE departments ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE employees ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE users ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE audit_logs ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE attendances ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE payrolls ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE accounts ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE transactions ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE categories ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE products ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE product_attachments ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE inventory ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE stock_movements ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE suppliers ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE purchase_orders ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE purchase_order_items ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE customers ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE leads ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE deals ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE activities ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE campaigns ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);
ALTER TABLE campaign_leads ADD COLUMN organization_id INTEGER NOT NULL DEFAULT 1 REFERENCES organizations (id);

-- From now on a new row belongs to the organization the session works for.
ALTER TABLE departments ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE employees ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE users ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE audit_logs ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE attendances ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE payrolls ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE accounts ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE transactions ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE categories ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE products ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE product_attachments ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE inventory ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE stock_movements ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE suppliers ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE purchase_orders ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE purchase_order_items ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE customers ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE leads ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE deals ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE activities ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE campaigns ALTER COLUMN organization_id SET DEFAULT working_organization_id();
ALTER TABLE campaign_leads ALTER COLUMN organization_id SET DEFAULT working_organization_id();

-- Names and codes are unique within an organization, no longer across all of them.
ALTER TABLE departments DROP CONSTRAINT departments_name_key,
  ADD CONSTRAINT departments_organization_id_name_key UNIQUE (organization_id, name);
ALTER TABLE employees DROP CONSTRAINT employees_employee_code_key,
  ADD CONSTRAINT employees_organization_id_employee_code_key UNIQUE (organization_id, employee_code);
ALTER TABLE employees DROP CONSTRAINT employees_email_key,
  ADD CONSTRAINT employees_organization_id_email_key UNIQUE (organization_id, email);
ALTER TABLE users DROP CONSTRAINT users_username_key,
  ADD CONSTRAINT users_organization_id_username_key UNIQUE (organization_id, username);
ALTER TABLE users DROP CONSTRAINT users_email_key,
  ADD CONSTRAINT users_organization_id_email_key UNIQUE (organization_id, email);
ALTER TABLE accounts DROP CONSTRAINT accounts_account_code_key,
  ADD CONSTRAINT accounts_organization_id_account_code_key UNIQUE (organization_id, account_code);
ALTER TABLE categories DROP CONSTRAINT categories_name_key,
  ADD CONSTRAINT categories_organization_id_name_key UNIQUE (organization_id, name);
ALTER TABLE products DROP CONSTRAINT products_sku_key,
  ADD CONSTRAINT products_organization_id_sku_key UNIQUE (organization_id, sku);
ALTER TABLE products DROP CONSTRAINT products_barcode_key,
  ADD CONSTRAINT products_organization_id_barcode_key UNIQUE (organization_id, barcode);
ALTER TABLE suppliers DROP CONSTRAINT suppliers_supplier_code_key,
  ADD CONSTRAINT suppliers_organization_id_supplier_code_key UNIQUE (organization_id, supplier_code);
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_po_number_key,
  ADD CONSTRAINT purchase_orders_organization_id_po_number_key UNIQUE (organization_id, po_number);
ALTER TABLE customers DROP CONSTRAINT customers_customer_code_key,
  ADD CONSTRAINT customers_organization_id_customer_code_key UNIQUE (organization_id, customer_code);

-- A reference never leaves its organization: the keys referred to carry it, and so do the foreign keys.
ALTER TABLE departments ADD CONSTRAINT departments_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE employees ADD CONSTRAINT employees_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE users ADD CONSTRAINT users_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE accounts ADD CONSTRAINT accounts_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE categories ADD CONSTRAINT categories_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE products ADD CONSTRAINT products_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE suppliers ADD CONSTRAINT suppliers_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE purchase_orders ADD CONSTRAINT purchase_orders_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE customers ADD CONSTRAINT customers_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE leads ADD CONSTRAINT leads_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE deals ADD CONSTRAINT deals_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_organization_id_id_key UNIQUE (organization_id, id);
ALTER TABLE departments DROP CONSTRAINT departments_manager_id_fkey,
  ADD CONSTRAINT departments_manager_id_fkey FOREIGN KEY (organization_id, manager_id) REFERENCES employees (organization_id, id) ON DELETE SET NULL (manager_id);
ALTER TABLE employees DROP CONSTRAINT employees_department_id_fkey,
  ADD CONSTRAINT employees_department_id_fkey FOREIGN KEY (organization_id, department_id) REFERENCES departments (organization_id, id);
ALTER TABLE users DROP CONSTRAINT users_employee_id_fkey,
  ADD CONSTRAINT users_employee_id_fkey FOREIGN KEY (organization_id, employee_id) REFERENCES employees (organization_id, id);
ALTER TABLE audit_logs DROP CONSTRAINT audit_logs_user_id_fkey,
  ADD CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id);
ALTER TABLE attendances DROP CONSTRAINT attendances_employee_id_fkey,
  ADD CONSTRAINT attendances_employee_id_fkey FOREIGN KEY (organization_id, employee_id) REFERENCES employees (organization_id, id);
ALTER TABLE payrolls DROP CONSTRAINT payrolls_employee_id_fkey,
  ADD CONSTRAINT payrolls_employee_id_fkey FOREIGN KEY (organization_id, employee_id) REFERENCES employees (organization_id, id);
ALTER TABLE accounts DROP CONSTRAINT accounts_parent_id_fkey,
  ADD CONSTRAINT accounts_parent_id_fkey FOREIGN KEY (organization_id, parent_id) REFERENCES accounts (organization_id, id);
ALTER TABLE transactions DROP CONSTRAINT transactions_account_id_fkey,
  ADD CONSTRAINT transactions_account_id_fkey FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id);
ALTER TABLE transactions DROP CONSTRAINT transactions_created_by_fkey,
  ADD CONSTRAINT transactions_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id);
ALTER TABLE categories DROP CONSTRAINT categories_parent_id_fkey,
  ADD CONSTRAINT categories_parent_id_fkey FOREIGN KEY (organization_id, parent_id) REFERENCES categories (organization_id, id);
ALTER TABLE products DROP CONSTRAINT products_category_id_fkey,
  ADD CONSTRAINT products_category_id_fkey FOREIGN KEY (organization_id, category_id) REFERENCES categories (organization_id, id);
ALTER TABLE product_attachments DROP CONSTRAINT product_attachments_product_id_fkey,
  ADD CONSTRAINT product_attachments_product_id_fkey FOREIGN KEY (organization_id, product_id) REFERENCES products (organization_id, id) ON DELETE CASCADE;
ALTER TABLE product_attachments DROP CONSTRAINT product_attachments_uploaded_by_fkey,
  ADD CONSTRAINT product_attachments_uploaded_by_fkey FOREIGN KEY (organization_id, uploaded_by) REFERENCES users (organization_id, id);
ALTER TABLE inventory DROP CONSTRAINT inventory_product_id_fkey,
  ADD CONSTRAINT inventory_product_id_fkey FOREIGN KEY (organization_id, product_id) REFERENCES products (organization_id, id);
ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_moved_by_fkey,
  ADD CONSTRAINT stock_movements_moved_by_fkey FOREIGN KEY (organization_id, moved_by) REFERENCES users (organization_id, id);
ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_product_id_fkey,
  ADD CONSTRAINT stock_movements_product_id_fkey FOREIGN KEY (organization_id, product_id) REFERENCES products (organization_id, id);
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_approved_by_fkey,
  ADD CONSTRAINT purchase_orders_approved_by_fkey FOREIGN KEY (organization_id, approved_by) REFERENCES users (organization_id, id);
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_created_by_fkey,
  ADD CONSTRAINT purchase_orders_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id);
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_supplier_id_fkey,
  ADD CONSTRAINT purchase_orders_supplier_id_fkey FOREIGN KEY (organization_id, supplier_id) REFERENCES suppliers (organization_id, id);
ALTER TABLE purchase_order_items DROP CONSTRAINT purchase_order_items_po_id_fkey,
  ADD CONSTRAINT purchase_order_items_po_id_fkey FOREIGN KEY (organization_id, po_id) REFERENCES purchase_orders (organization_id, id) ON DELETE CASCADE;
ALTER TABLE purchase_order_items DROP CONSTRAINT purchase_order_items_product_id_fkey,
  ADD CONSTRAINT purchase_order_items_product_id_fkey FOREIGN KEY (organization_id, product_id) REFERENCES products (organization_id, id);
ALTER TABLE leads DROP CONSTRAINT leads_assigned_to_fkey,
  ADD CONSTRAINT leads_assigned_to_fkey FOREIGN KEY (organization_id, assigned_to) REFERENCES employees (organization_id, id);
ALTER TABLE leads DROP CONSTRAINT leads_customer_id_fkey,
  ADD CONSTRAINT leads_customer_id_fkey FOREIGN KEY (organization_id, customer_id) REFERENCES customers (organization_id, id);
ALTER TABLE deals DROP CONSTRAINT deals_assigned_to_fkey,
  ADD CONSTRAINT deals_assigned_to_fkey FOREIGN KEY (organization_id, assigned_to) REFERENCES employees (organization_id, id);
ALTER TABLE deals DROP CONSTRAINT deals_lead_id_fkey,
  ADD CONSTRAINT deals_lead_id_fkey FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id);
ALTER TABLE activities DROP CONSTRAINT activities_assigned_to_fkey,
  ADD CONSTRAINT activities_assigned_to_fkey FOREIGN KEY (organization_id, assigned_to) REFERENCES employees (organization_id, id);
ALTER TABLE activities DROP CONSTRAINT activities_customer_id_fkey,
  ADD CONSTRAINT activities_customer_id_fkey FOREIGN KEY (organization_id, customer_id) REFERENCES customers (organization_id, id);
ALTER TABLE activities DROP CONSTRAINT activities_deal_id_fkey,
  ADD CONSTRAINT activities_deal_id_fkey FOREIGN KEY (organization_id, deal_id) REFERENCES deals (organization_id, id);
ALTER TABLE activities DROP CONSTRAINT activities_lead_id_fkey,
  ADD CONSTRAINT activities_lead_id_fkey FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id);
ALTER TABLE campaign_leads DROP CONSTRAINT campaign_leads_campaign_id_fkey,
  ADD CONSTRAINT campaign_leads_campaign_id_fkey FOREIGN KEY (organization_id, campaign_id) REFERENCES campaigns (organization_id, id) ON DELETE CASCADE;
ALTER TABLE campaign_leads DROP CONSTRAINT campaign_leads_lead_id_fkey,
  ADD CONSTRAINT campaign_leads_lead_id_fkey FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id) ON DELETE CASCADE;

-- Lists of one organization in their usual order.
CREATE INDEX idx_audit_logs_organization_changed_at ON audit_logs (organization_id, changed_at);
CREATE INDEX idx_attendances_organization_date ON attendances (organization_id, date);
CREATE INDEX idx_payrolls_organization_period ON payrolls (organization_id, period);
CREATE INDEX idx_transactions_organization_transaction_date ON transactions (organization_id, transaction_date);
CREATE INDEX idx_products_organization_name ON products (organization_id, name);
CREATE INDEX idx_product_attachments_organization_product_id ON product_attachments (organization_id, product_id);
CREATE INDEX idx_inventory_organization_product_id ON inventory (organization_id, product_id);
CREATE INDEX idx_stock_movements_organization_movement_date ON stock_movements (organization_id, movement_date);
CREATE INDEX idx_purchase_orders_organization_created_at ON purchase_orders (organization_id, created_at);
CREATE INDEX idx_purchase_order_items_organization_po_id ON purchase_order_items (organization_id, po_id);
CREATE INDEX idx_activities_organization_activity_date ON activities (organization_id, activity_date);
CREATE INDEX idx_campaign_leads_organization_campaign_id ON campaign_leads (organization_id, campaign_id);

-- Without statistics of the new column the planner takes it to be rare, and lists of one organization get
-- plans for a handful of rows.
ANALYZE
  departments (organization_id), employees (organization_id), users (organization_id),
  audit_logs (organization_id), attendances (organization_id), payrolls (organization_id),
  accounts (organization_id), transactions (organization_id), categories (organization_id),
  products (organization_id), product_attachments (organization_id), inventory (organization_id),
  stock_movements (organization_id), suppliers (organization_id), purchase_orders (organization_id),
  purchase_order_items (organization_id), customers (organization_id), leads (organization_id),
  deals (organization_id), activities (organization_id), campaigns (organization_id),
  campaign_leads (organization_id);

-- Master data: configuration and feature flags ----------------------------------------------------

CREATE TABLE system_configurations (
  id              SERIAL PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id),
  config_key      VARCHAR(100) NOT NULL,
  config_value    JSONB NOT NULL,
  is_active       BOOLEAN DEFAULT true,
  created_at      TIMESTAMP DEFAULT NOW(),
  UNIQUE NULLS NOT DISTINCT (organization_id, config_key)
);
COMMENT ON TABLE system_configurations IS
  'Settings; a row without an organization holds for every organization that has no active row of its own.';
INSERT INTO system_configurations (config_key, config_value, created_at) VALUES
  ('cli.session_idle_minutes', '480', NULL),
  ('import.batch_size', '100', NULL);

CREATE FUNCTION get_configuration(p_key text, p_default jsonb DEFAULT NULL) RETURNS jsonb
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT coalesce(
    (SELECT config_value FROM system_configurations
      WHERE config_key = p_key AND is_active AND organization_id = working_organization_id()),
    (SELECT config_value FROM system_configurations
      WHERE config_key = p_key AND is_active AND organization_id IS NULL),
    p_default)
$$;

CREATE TABLE feature_flags (
  id              SERIAL PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id),
  flag            VARCHAR(100) NOT NULL CHECK (flag ~ '^[a-z][a-z0-9_]*$'),
  is_enabled      BOOLEAN NOT NULL DEFAULT false,
  description     TEXT,
  created_at      TIMESTAMP DEFAULT NOW(),
  updated_at      TIMESTAMP DEFAULT NOW(),
  UNIQUE NULLS NOT DISTINCT (organization_id, flag)
);
COMMENT ON TABLE feature_flags IS
  'Switches for a quick way back: the row without an organization declares a flag, rows with one override it.';
-- One for each thing of the later phases that can be switched off without taking the phase back.
INSERT INTO feature_flags (flag, is_enabled, description, created_at, updated_at) VALUES
  ('transactional_receiving', true, 'receive_purchase_order_items() may be used', NULL, NULL),
  ('domain_events', true, 'Triggers write domain events', NULL, NULL),
  ('bulk_import', true, 'Products may be imported from files', NULL, NULL),
  ('job_queue', true, 'Jobs may be put into the queue', NULL, NULL),
  ('stock_reorder', true, 'The stock reorder job may create purchase orders', NULL, NULL);
CREATE TRIGGER feature_flags_touch BEFORE UPDATE ON feature_flags
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE FUNCTION feature_enabled(p_flag text, p_organization_id integer DEFAULT NULL) RETURNS boolean
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_enabled boolean;
BEGIN
  SELECT is_enabled INTO v_enabled FROM feature_flags
  WHERE flag = p_flag
    AND (organization_id IS NULL OR organization_id = coalesce(p_organization_id, working_organization_id()))
  ORDER BY organization_id NULLS LAST
  LIMIT 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'feature flag "%" does not exist', p_flag USING ERRCODE = 'undefined_object';
  END IF;
  RETURN v_enabled;
END
$$;

CREATE FUNCTION require_feature(p_flag text) RETURNS void
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF NOT feature_enabled(p_flag) THEN
    RAISE EXCEPTION 'feature "%" is switched off for this organization', p_flag
      USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Set is_enabled in feature_flags to switch it on.';
  END IF;
END
$$;

-- Audit with context ------------------------------------------------------------------------------

CREATE TABLE enhanced_audit_logs (
  id              BIGSERIAL PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id),
  user_id         INTEGER REFERENCES users (id),
  session_id      UUID,
  table_name      VARCHAR(100) NOT NULL,
  record_id       BIGINT NOT NULL,
  action          VARCHAR(20) NOT NULL,
  old_values      JSONB,
  new_values      JSONB,
  ip_address      INET,
  user_agent      TEXT,
  reason          TEXT,
  created_at      TIMESTAMP DEFAULT NOW()
);
CREATE INDEX idx_enhanced_audit_logs_record ON enhanced_audit_logs (organization_id, table_name, record_id);
CREATE INDEX idx_enhanced_audit_logs_created ON enhanced_audit_logs (organization_id, created_at);
COMMENT ON TABLE enhanced_audit_logs IS
  'Who changed what, from where and why. Written by triggers only; nothing in it can be changed or removed.';
COMMENT ON COLUMN enhanced_audit_logs.old_values IS 'The columns that changed, as they were; the whole row of a DELETE.';
COMMENT ON COLUMN enhanced_audit_logs.new_values IS 'The columns that changed, as they are; the whole row of an INSERT.';

CREATE FUNCTION guard_enhanced_audit() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  -- Depth 1 is this trigger alone: somebody writes the entry by hand.
  IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'enhanced_audit_logs is written by the audit triggers only and never changed'
    USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER enhanced_audit_logs_guard BEFORE INSERT OR UPDATE OR DELETE ON enhanced_audit_logs
  FOR EACH ROW EXECUTE FUNCTION guard_enhanced_audit();
CREATE TRIGGER enhanced_audit_logs_guard_truncate BEFORE TRUNCATE ON enhanced_audit_logs
  FOR EACH STATEMENT EXECUTE FUNCTION guard_enhanced_audit();

-- With its owner's rights: who changes a row needs no right to write entries, and so can forge none.
CREATE FUNCTION write_enhanced_audit() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_key text := coalesce(TG_ARGV[0], 'id');
  v_old jsonb;
  v_new jsonb;
  v_row jsonb;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    v_old := to_jsonb(OLD);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    v_new := to_jsonb(NEW);
  END IF;
  v_row := coalesce(v_new, v_old);
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(n.key, o.value), jsonb_object_agg(n.key, n.value) INTO v_old, v_new
    FROM jsonb_each(v_new) AS n
    JOIN jsonb_each(v_old) AS o ON o.key = n.key
    WHERE o.value IS DISTINCT FROM n.value AND n.key NOT IN ('updated_at', 'last_updated');
    IF v_new IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  -- A secret's change is worth an entry, its value is not.
  IF v_old ? 'password_hash' THEN
    v_old := jsonb_set(v_old, '{password_hash}', '"[redacted]"');
  END IF;
  IF v_new ? 'password_hash' THEN
    v_new := jsonb_set(v_new, '{password_hash}', '"[redacted]"');
  END IF;
  INSERT INTO enhanced_audit_logs (organization_id, user_id, session_id, table_name, record_id, action,
                                   old_values, new_values, ip_address, user_agent, reason)
  VALUES ((v_row ->> 'organization_id')::integer,
          current_user_id(),
          nullif(current_setting('app.session_id', true), '')::uuid,
          TG_TABLE_NAME,
          (v_row ->> v_key)::bigint,
          TG_OP, v_old, v_new,
          nullif(current_setting('app.ip_address', true), '')::inet,
          nullif(current_setting('app.user_agent', true), ''),
          nullif(current_setting('app.reason', true), ''));
  RETURN NULL;
END
$$;
-- A trigger needs no right to run it, only whoever makes one: of a temporary table of one's own, say.
REVOKE EXECUTE ON FUNCTION write_enhanced_audit() FROM PUBLIC;
COMMENT ON FUNCTION write_enhanced_audit() IS
  'One audit entry per changed row, with app.user_id, app.session_id, app.ip_address, app.user_agent and app.reason. Argument: the key column, id when left out.';

-- Every table with business data is audited; audit_logs is itself a log.
CREATE TRIGGER departments_audit AFTER INSERT OR UPDATE OR DELETE ON departments
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER employees_audit AFTER INSERT OR UPDATE OR DELETE ON employees
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER users_audit AFTER INSERT OR UPDATE OR DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER attendances_audit AFTER INSERT OR UPDATE OR DELETE ON attendances
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER payrolls_audit AFTER INSERT OR UPDATE OR DELETE ON payrolls
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER accounts_audit AFTER INSERT OR UPDATE OR DELETE ON accounts
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER transactions_audit AFTER INSERT OR UPDATE OR DELETE ON transactions
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER categories_audit AFTER INSERT OR UPDATE OR DELETE ON categories
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER products_audit AFTER INSERT OR UPDATE OR DELETE ON products
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER product_attachments_audit AFTER INSERT OR UPDATE OR DELETE ON product_attachments
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER inventory_audit AFTER INSERT OR UPDATE OR DELETE ON inventory
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER stock_movements_audit AFTER INSERT OR UPDATE OR DELETE ON stock_movements
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER suppliers_audit AFTER INSERT OR UPDATE OR DELETE ON suppliers
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER purchase_orders_audit AFTER INSERT OR UPDATE OR DELETE ON purchase_orders
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER purchase_order_items_audit AFTER INSERT OR UPDATE OR DELETE ON purchase_order_items
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER customers_audit AFTER INSERT OR UPDATE OR DELETE ON customers
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER leads_audit AFTER INSERT OR UPDATE OR DELETE ON leads
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER deals_audit AFTER INSERT OR UPDATE OR DELETE ON deals
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER activities_audit AFTER INSERT OR UPDATE OR DELETE ON activities
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER campaigns_audit AFTER INSERT OR UPDATE OR DELETE ON campaigns
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER campaign_leads_audit AFTER INSERT OR UPDATE OR DELETE ON campaign_leads
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER system_configurations_audit AFTER INSERT OR UPDATE OR DELETE ON system_configurations
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER feature_flags_audit AFTER INSERT OR UPDATE OR DELETE ON feature_flags
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();

-- Workflow engine ---------------------------------------------------------------------------------

CREATE FUNCTION assert_permission(p_user_id integer, p_permission text) RETURNS void
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_role text;
BEGIN
  SELECT role INTO v_role FROM users
  WHERE id = p_user_id AND is_active AND organization_id = working_organization_id();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'user % is not an active user of this organization', p_user_id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- The present CLI knows no permissions, only roles: these three may do what is guarded.
  IF p_permission IS NOT NULL AND v_role NOT IN ('admin', 'manager', 'supervisor') THEN
    RAISE EXCEPTION 'user % lacks the permission %', p_user_id, p_permission
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;
COMMENT ON FUNCTION assert_permission(integer, text) IS
  'Refuses (42501) unless the user is active, of the session''s organization, and may do what the permission names.';

CREATE FUNCTION workflow_definition_problems(p_definition jsonb) RETURNS text[]
  LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_problems text[] := '{}';
  v_steps text[];
  v_finals text[];
  v_reached text[];
  v_ending text[];
  v_more text[];
  v_edges jsonb := '[]';
  v_item jsonb;
  v_text text;
  v_place text;
  v_index integer := 0;
BEGIN
  IF p_definition IS NULL OR jsonb_typeof(p_definition) <> 'object' THEN
    RETURN ARRAY['the definition must be an object'];
  END IF;
  FOR v_text IN SELECT k FROM jsonb_object_keys(p_definition) AS k ORDER BY k LOOP
    IF v_text NOT IN ('initial', 'final', 'steps', 'transitions') THEN
      v_problems := v_problems || format('unknown key "%s"', v_text);
    END IF;
  END LOOP;
  FOREACH v_text IN ARRAY ARRAY['steps', 'final', 'transitions'] LOOP
    IF jsonb_typeof(p_definition -> v_text) IS DISTINCT FROM 'array' THEN
      v_problems := v_problems || format('"%s" must be an array', v_text);
    END IF;
  END LOOP;
  IF cardinality(v_problems) > 0 THEN
    RETURN v_problems;
  END IF;

  FOR v_item IN SELECT e FROM jsonb_array_elements(p_definition -> 'steps') AS e LOOP
    IF jsonb_typeof(v_item) <> 'string' OR length(v_item #>> '{}') NOT BETWEEN 1 AND 100 THEN
      v_problems := v_problems || format('a step must be a name of 1 to 100 characters, not %s', v_item);
    ELSIF (v_item #>> '{}') = ANY (v_steps) THEN
      v_problems := v_problems || format('step "%s" is named twice', v_item #>> '{}');
    ELSE
      v_steps := v_steps || (v_item #>> '{}');
    END IF;
  END LOOP;
  IF v_steps IS NULL THEN
    RETURN v_problems || ARRAY['there must be at least one step'];
  END IF;
  -- A number is not the name that it would be written as: what reads the definition compares texts.
  IF jsonb_typeof(p_definition -> 'initial') IS DISTINCT FROM 'string'
     OR (p_definition ->> 'initial') <> ALL (v_steps) THEN
    v_problems := v_problems || ARRAY['"initial" must name one of the steps'];
  END IF;
  FOR v_item IN SELECT e FROM jsonb_array_elements(p_definition -> 'final') AS e LOOP
    IF jsonb_typeof(v_item) <> 'string' OR (v_item #>> '{}') <> ALL (v_steps) THEN
      v_problems := v_problems || format('final step %s is not one of the steps', v_item);
    ELSE
      v_finals := v_finals || (v_item #>> '{}');
    END IF;
  END LOOP;
  IF v_finals IS NULL THEN
    v_problems := v_problems || ARRAY['there must be at least one final step'];
  END IF;

  FOR v_item IN SELECT e FROM jsonb_array_elements(p_definition -> 'transitions') AS e LOOP
    v_index := v_index + 1;
    v_place := format('transition %s', v_index);
    IF jsonb_typeof(v_item) <> 'object' THEN
      v_problems := v_problems || format('%s must be an object', v_place);
      CONTINUE;
    END IF;
    FOR v_text IN SELECT k FROM jsonb_object_keys(v_item) AS k ORDER BY k LOOP
      IF v_text NOT IN ('from', 'to', 'permission', 'requires', 'needs_reason') THEN
        v_problems := v_problems || format('%s: unknown key "%s"', v_place, v_text);
      END IF;
    END LOOP;
    FOREACH v_text IN ARRAY ARRAY['from', 'to'] LOOP
      IF jsonb_typeof(v_item -> v_text) IS DISTINCT FROM 'string' OR (v_item ->> v_text) <> ALL (v_steps) THEN
        v_problems := v_problems || format('%s: "%s" must name one of the steps', v_place, v_text);
      END IF;
    END LOOP;
    IF v_item -> 'from' = v_item -> 'to' THEN
      v_problems := v_problems || format('%s leads to where it comes from', v_place);
    END IF;
    IF (v_item ->> 'from') = ANY (v_finals) THEN
      v_problems := v_problems || format('%s leads away from the final step "%s"', v_place, v_item ->> 'from');
    END IF;
    IF v_item ? 'permission' AND jsonb_typeof(v_item -> 'permission') <> 'string' THEN
      v_problems := v_problems || format('%s: "permission" must be a name', v_place);
    END IF;
    IF v_item ? 'needs_reason' AND jsonb_typeof(v_item -> 'needs_reason') <> 'boolean' THEN
      v_problems := v_problems || format('%s: "needs_reason" must be true or false', v_place);
    END IF;
    IF v_item ? 'requires' AND (jsonb_typeof(v_item -> 'requires') <> 'array'
       OR jsonb_path_exists(v_item, '$.requires[*] ? (@.type() != "string")')) THEN
      v_problems := v_problems || format('%s: "requires" must be an array of field names', v_place);
    END IF;
    IF v_edges @> jsonb_build_array(jsonb_build_object('from', v_item -> 'from', 'to', v_item -> 'to')) THEN
      v_problems := v_problems || format('%s repeats "%s" to "%s"', v_place, v_item ->> 'from', v_item ->> 'to');
    END IF;
    v_edges := v_edges || jsonb_build_array(jsonb_build_object('from', v_item -> 'from', 'to', v_item -> 'to'));
  END LOOP;
  IF cardinality(v_problems) > 0 THEN
    RETURN v_problems;
  END IF;

  v_reached := ARRAY[p_definition ->> 'initial'];
  LOOP
    SELECT array_agg(DISTINCT e ->> 'to') INTO v_more
    FROM jsonb_array_elements(v_edges) AS e
    WHERE (e ->> 'from') = ANY (v_reached) AND (e ->> 'to') <> ALL (v_reached);
    EXIT WHEN v_more IS NULL;
    v_reached := v_reached || v_more;
  END LOOP;
  v_ending := v_finals;
  LOOP
    SELECT array_agg(DISTINCT e ->> 'from') INTO v_more
    FROM jsonb_array_elements(v_edges) AS e
    WHERE (e ->> 'to') = ANY (v_ending) AND (e ->> 'from') <> ALL (v_ending);
    EXIT WHEN v_more IS NULL;
    v_ending := v_ending || v_more;
  END LOOP;
  FOREACH v_text IN ARRAY v_steps LOOP
    IF v_text <> ALL (v_reached) THEN
      v_problems := v_problems || format('step "%s" can''t be reached', v_text);
    END IF;
    IF v_text <> ALL (v_ending) THEN
      v_problems := v_problems || format('from step "%s" no final step can be reached', v_text);
    END IF;
  END LOOP;
  RETURN v_problems;
END
$$;
COMMENT ON FUNCTION workflow_definition_problems(jsonb) IS
  'What is wrong with a workflow definition, in sentences; empty when it is valid.';

CREATE FUNCTION workflow_transition(p_definition jsonb, p_from text, p_to text) RETURNS jsonb
  LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT t FROM jsonb_array_elements(p_definition -> 'transitions') AS t
  WHERE t ->> 'from' = p_from AND t ->> 'to' = p_to
$$;
COMMENT ON FUNCTION workflow_transition(jsonb, text, text) IS 'The transition between two steps, or NULL when there is none.';

CREATE TABLE workflow_definitions (
  id              SERIAL PRIMARY KEY,
  organization_id INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  name            VARCHAR(255) NOT NULL,
  entity_type     VARCHAR(100) NOT NULL,
  definition      JSONB NOT NULL,
  is_active       BOOLEAN DEFAULT true,
  created_at      TIMESTAMP DEFAULT NOW(),
  UNIQUE (organization_id, name),
  UNIQUE (organization_id, id),
  CONSTRAINT workflow_definitions_valid CHECK (cardinality(workflow_definition_problems(definition)) = 0)
);
COMMENT ON COLUMN workflow_definitions.definition IS
  'Object: steps (names), initial, final (names), transitions ({from, to, permission?, requires? (fields of data), needs_reason?}). workflow_definition_problems() says what is wrong.';

CREATE TABLE workflow_instances (
  id                     BIGSERIAL PRIMARY KEY,
  organization_id        INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  workflow_definition_id INTEGER NOT NULL,
  entity_id              BIGINT NOT NULL,
  current_step           VARCHAR(100),
  status                 VARCHAR(50) NOT NULL DEFAULT 'pending'
                         CHECK (status IN ('pending', 'running', 'completed', 'cancelled')),
  data                   JSONB DEFAULT '{}' CHECK (jsonb_typeof(data) = 'object'),
  created_at             TIMESTAMP DEFAULT NOW(),
  updated_at             TIMESTAMP DEFAULT NOW(),
  CONSTRAINT workflow_instances_workflow_definition_id_fkey
    FOREIGN KEY (organization_id, workflow_definition_id) REFERENCES workflow_definitions (organization_id, id)
);
CREATE UNIQUE INDEX workflow_instances_one_open ON workflow_instances (workflow_definition_id, entity_id)
  WHERE status IN ('pending', 'running');
CREATE INDEX idx_workflow_instances_organization ON workflow_instances (organization_id, status);

CREATE FUNCTION guard_workflow_definition() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_lost text;
BEGIN
  -- Waits for transactions that start or move an instance by the old definition; they wait for this one.
  PERFORM pg_advisory_xact_lock(hashtext('clierp.workflow'), NEW.id);
  SELECT string_agg(DISTINCT format('"%s"', current_step), ', ') INTO v_lost
  FROM workflow_instances
  WHERE workflow_definition_id = NEW.id AND status IN ('pending', 'running')
    AND (NOT (NEW.definition -> 'steps') ? current_step OR (NEW.definition -> 'final') ? current_step);
  IF v_lost IS NOT NULL THEN
    RAISE EXCEPTION 'open instances of workflow "%" stand on steps that the new definition lacks or ends at: %', NEW.name, v_lost
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER workflow_definitions_guard BEFORE UPDATE OF definition ON workflow_definitions
  FOR EACH ROW EXECUTE FUNCTION guard_workflow_definition();

CREATE FUNCTION guard_workflow_instance() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_workflow workflow_definitions;
  v_definition jsonb;
  v_transition jsonb;
  v_missing text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('clierp.workflow'), NEW.workflow_definition_id);
  SELECT * INTO v_workflow FROM workflow_definitions WHERE id = NEW.workflow_definition_id;
  IF NOT FOUND THEN
    RETURN NEW;  -- the foreign key has the word
  END IF;
  v_definition := v_workflow.definition;
  IF TG_OP = 'INSERT' THEN
    IF NOT coalesce(v_workflow.is_active, false) THEN
      RAISE EXCEPTION 'workflow "%" is not active', v_workflow.name USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    NEW.current_step := coalesce(NEW.current_step, v_definition ->> 'initial');
    IF NEW.current_step <> v_definition ->> 'initial' THEN
      RAISE EXCEPTION 'a workflow starts at step "%", not at "%"', v_definition ->> 'initial', NEW.current_step
        USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status NOT IN ('pending', 'running') THEN
      RAISE EXCEPTION 'a workflow can''t start as %', NEW.status USING ERRCODE = 'check_violation';
    END IF;
  ELSE
    IF OLD.status IN ('completed', 'cancelled') THEN
      RAISE EXCEPTION 'workflow instance % is % and stays as it is', OLD.id, OLD.status
        USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF (NEW.workflow_definition_id, NEW.entity_id, NEW.organization_id)
       IS DISTINCT FROM (OLD.workflow_definition_id, OLD.entity_id, OLD.organization_id) THEN
      RAISE EXCEPTION 'workflow instance % keeps its definition, entity and organization', OLD.id
        USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.current_step IS DISTINCT FROM OLD.current_step THEN
      IF NEW.status = 'cancelled' THEN
        RAISE EXCEPTION 'workflow instance % is moved or cancelled, not both at once', OLD.id
          USING ERRCODE = 'check_violation';
      END IF;
      v_transition := workflow_transition(v_definition, OLD.current_step, NEW.current_step);
      IF v_transition IS NULL THEN
        RAISE EXCEPTION 'the workflow has no transition from "%" to "%"', OLD.current_step, NEW.current_step
          USING ERRCODE = 'check_violation',
                DETAIL = format('From "%s" it allows: %s.', OLD.current_step, coalesce((
                  SELECT string_agg(format('"%s"', t ->> 'to'), ', ')
                  FROM jsonb_array_elements(v_definition -> 'transitions') AS t
                  WHERE t ->> 'from' = OLD.current_step), 'nothing'));
      END IF;
      IF v_transition ? 'permission' THEN
        PERFORM assert_permission(current_user_id(), v_transition ->> 'permission');
      END IF;
      IF (v_transition ->> 'needs_reason')::boolean AND coalesce(btrim(current_setting('app.reason', true)), '') = '' THEN
        RAISE EXCEPTION 'going from "%" to "%" needs a reason', OLD.current_step, NEW.current_step
          USING ERRCODE = 'invalid_parameter_value';
      END IF;
      SELECT string_agg(field, ', ') INTO v_missing
      FROM jsonb_array_elements_text(coalesce(v_transition -> 'requires', '[]')) AS field
      WHERE nullif(NEW.data -> field, 'null') IS NULL;
      IF v_missing IS NOT NULL THEN
        RAISE EXCEPTION 'going from "%" to "%" needs the data: %', OLD.current_step, NEW.current_step, v_missing
          USING ERRCODE = 'invalid_parameter_value';
      END IF;
      NEW.status := 'running';
    ELSIF NEW.status = 'completed' THEN
      RAISE EXCEPTION 'workflow instance % is completed by reaching a final step only', OLD.id
        USING ERRCODE = 'check_violation';
    ELSIF NEW.status = 'cancelled' AND coalesce(btrim(current_setting('app.reason', true)), '') = '' THEN
      RAISE EXCEPTION 'cancelling a workflow needs a reason' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    NEW.updated_at := CURRENT_TIMESTAMP;
  END IF;
  IF (v_definition -> 'final') ? NEW.current_step THEN
    NEW.status := 'completed';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER workflow_instances_guard BEFORE INSERT OR UPDATE ON workflow_instances
  FOR EACH ROW EXECUTE FUNCTION guard_workflow_instance();

CREATE TRIGGER workflow_definitions_audit AFTER INSERT OR UPDATE OR DELETE ON workflow_definitions
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();
CREATE TRIGGER workflow_instances_audit AFTER INSERT OR UPDATE OR DELETE ON workflow_instances
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();

CREATE FUNCTION start_workflow(
  p_definition_id integer, p_entity_id bigint, p_user_id integer, p_data jsonb DEFAULT '{}'
) RETURNS workflow_instances
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_instance workflow_instances;
  v_caller text := current_setting('app.user_id', true);
BEGIN
  PERFORM assert_permission(p_user_id, NULL);
  IF NOT EXISTS (SELECT FROM workflow_definitions
                 WHERE id = p_definition_id AND organization_id = working_organization_id()) THEN
    RAISE EXCEPTION 'workflow definition % does not exist', p_definition_id USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM set_config('app.user_id', p_user_id::text, true);
  INSERT INTO workflow_instances (organization_id, workflow_definition_id, entity_id, data)
  VALUES (working_organization_id(), p_definition_id, p_entity_id, coalesce(p_data, '{}'))
  RETURNING * INTO v_instance;
  PERFORM set_config('app.user_id', coalesce(v_caller, ''), true);
  RETURN v_instance;
END
$$;
COMMENT ON FUNCTION start_workflow(integer, bigint, integer, jsonb) IS
  'Starts a workflow for an entity at the initial step. Refuses a missing (P0002) or inactive (55000) definition, a foreign or inactive user (42501), and a second open instance for the same entity (23505).';

CREATE FUNCTION advance_workflow(
  p_instance_id bigint, p_to_step text, p_user_id integer, p_reason text DEFAULT NULL, p_data jsonb DEFAULT '{}'
) RETURNS workflow_instances
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_instance workflow_instances;
  v_caller text := current_setting('app.user_id', true);
  v_reason text := current_setting('app.reason', true);
BEGIN
  SELECT * INTO v_instance FROM workflow_instances
  WHERE id = p_instance_id AND organization_id = working_organization_id()
  FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'workflow instance % does not exist', p_instance_id USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM assert_permission(p_user_id, NULL);
  -- An UPDATE to the same step is a change of data, which asks the guard for no transition.
  IF p_to_step = v_instance.current_step AND v_instance.status IN ('pending', 'running') THEN
    RAISE EXCEPTION 'workflow instance % stands on "%" already', p_instance_id, p_to_step
      USING ERRCODE = 'check_violation';
  END IF;
  PERFORM set_config('app.user_id', p_user_id::text, true);
  PERFORM set_config('app.reason', coalesce(p_reason, v_reason, ''), true);
  -- The guard refuses what the definition does not allow to this user with these data, and what is over.
  UPDATE workflow_instances
  SET current_step = p_to_step, data = coalesce(data, '{}') || coalesce(p_data, '{}')
  WHERE id = p_instance_id
  RETURNING * INTO v_instance;
  PERFORM set_config('app.user_id', coalesce(v_caller, ''), true);
  PERFORM set_config('app.reason', coalesce(v_reason, ''), true);
  RETURN v_instance;
END
$$;
COMMENT ON FUNCTION advance_workflow(bigint, text, integer, text, jsonb) IS
  'Moves an instance to another step. Refuses what the definition does not allow (23514), a finished instance (55000), a missing one (P0002), a user without the transition''s permission (42501), and missing data or reason (22023).';

CREATE FUNCTION cancel_workflow(p_instance_id bigint, p_user_id integer, p_reason text) RETURNS workflow_instances
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_instance workflow_instances;
  v_caller text := current_setting('app.user_id', true);
  v_reason text := current_setting('app.reason', true);
BEGIN
  PERFORM assert_permission(p_user_id, NULL);
  PERFORM set_config('app.user_id', p_user_id::text, true);
  -- The reason of the session is no reason to cancel: it may be of something else.
  PERFORM set_config('app.reason', coalesce(p_reason, ''), true);
  UPDATE workflow_instances SET status = 'cancelled'
  WHERE id = p_instance_id AND organization_id = working_organization_id()
  RETURNING * INTO v_instance;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'workflow instance % does not exist', p_instance_id USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM set_config('app.user_id', coalesce(v_caller, ''), true);
  PERFORM set_config('app.reason', coalesce(v_reason, ''), true);
  RETURN v_instance;
END
$$;
COMMENT ON FUNCTION cancel_workflow(bigint, integer, text) IS
  'Cancels an open instance. Refuses a foreign or inactive user (42501), a missing instance (P0002), one that is over (55000), and no reason (22023).';

-- Old statements ----------------------------------------------------------------------------------
-- The tables keep their names, so most old statements run as they are. These views have exactly the
-- old columns, for SELECT * and INSERT without a column list: search_path = clierp_legacy, public.

CREATE SCHEMA clierp_legacy;
COMMENT ON SCHEMA clierp_legacy IS 'The tables in the shape the CLI knew before organizations, for one organization at a time.';
CREATE VIEW clierp_legacy.departments WITH (security_invoker = true) AS
SELECT id, name, description, manager_id, created_at, updated_at
FROM public.departments WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.employees WITH (security_invoker = true) AS
SELECT id, employee_code, name, email, phone, department_id, position, hire_date, salary, status,
       created_at, updated_at
FROM public.employees WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.users WITH (security_invoker = true) AS
SELECT id, username, email, password_hash, employee_id, role, is_active, last_login, created_at, updated_at
FROM public.users WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.audit_logs WITH (security_invoker = true) AS
SELECT id, user_id, table_name, record_id, action, old_values, new_values, changed_at
FROM public.audit_logs WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.attendances WITH (security_invoker = true) AS
SELECT id, employee_id, date, check_in, check_out, break_minutes, overtime_minutes, status, notes,
       created_at
FROM public.attendances WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.payrolls WITH (security_invoker = true) AS
SELECT id, employee_id, period, base_salary, overtime_pay, bonuses, deductions, net_salary, payment_date,
       status, created_at, updated_at
FROM public.payrolls WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.accounts WITH (security_invoker = true) AS
SELECT id, account_code, account_name, account_type, parent_id, balance, is_active, created_at, updated_at
FROM public.accounts WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.transactions WITH (security_invoker = true) AS
SELECT id, account_id, transaction_date, amount, debit_credit, description, reference, created_by,
       created_at
FROM public.transactions WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.categories WITH (security_invoker = true) AS
SELECT id, name, description, parent_id, is_active, created_at, updated_at
FROM public.categories WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.products WITH (security_invoker = true) AS
SELECT id, sku, name, description, category_id, barcode, unit_price, cost_price, unit, is_active,
       created_at, updated_at
FROM public.products WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.product_attachments WITH (security_invoker = true) AS
SELECT id, product_id, file_name, file_path, mime_type, file_size, is_primary, uploaded_by, uploaded_at
FROM public.product_attachments WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.inventory WITH (security_invoker = true) AS
SELECT id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level, location, last_updated
FROM public.inventory WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.stock_movements WITH (security_invoker = true) AS
SELECT id, product_id, movement_type, quantity, unit_cost, reference_type, reference_id, notes, moved_by,
       movement_date
FROM public.stock_movements WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.suppliers WITH (security_invoker = true) AS
SELECT id, supplier_code, name, contact_person, email, phone, address, payment_terms, status, created_at,
       updated_at
FROM public.suppliers WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.purchase_orders WITH (security_invoker = true) AS
SELECT id, po_number, supplier_id, order_date, expected_date, status, total_amount, notes, created_by,
       approved_by, approved_at, created_at, updated_at
FROM public.purchase_orders WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.purchase_order_items WITH (security_invoker = true) AS
SELECT id, po_id, product_id, quantity, unit_cost, total_cost, received_quantity, status, created_at
FROM public.purchase_order_items WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.customers WITH (security_invoker = true) AS
SELECT id, customer_code, name, email, phone, address, customer_type, credit_limit, created_at, updated_at
FROM public.customers WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.leads WITH (security_invoker = true) AS
SELECT id, customer_id, source, status, estimated_value, probability, expected_close_date, assigned_to,
       notes, created_at, updated_at
FROM public.leads WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.deals WITH (security_invoker = true) AS
SELECT id, lead_id, deal_name, stage, deal_value, close_date, probability, assigned_to, notes, created_at,
       updated_at
FROM public.deals WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.activities WITH (security_invoker = true) AS
SELECT id, activity_type, subject, description, activity_date, duration_minutes, customer_id, lead_id,
       deal_id, assigned_to, completed, created_at
FROM public.activities WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.campaigns WITH (security_invoker = true) AS
SELECT id, name, description, campaign_type, start_date, end_date, budget, spent, target_audience, status,
       created_at, updated_at
FROM public.campaigns WHERE organization_id = (SELECT public.working_organization_id());
CREATE VIEW clierp_legacy.campaign_leads WITH (security_invoker = true) AS
SELECT id, campaign_id, lead_id, created_at
FROM public.campaign_leads WHERE organization_id = (SELECT public.working_organization_id());

GRANT USAGE ON SCHEMA clierp_legacy TO clierp_cli;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  clierp_legacy.departments, clierp_legacy.employees, clierp_legacy.users, clierp_legacy.audit_logs,
  clierp_legacy.attendances, clierp_legacy.payrolls, clierp_legacy.accounts, clierp_legacy.transactions,
  clierp_legacy.categories, clierp_legacy.products, clierp_legacy.product_attachments, clierp_legacy.inventory,
  clierp_legacy.stock_movements, clierp_legacy.suppliers, clierp_legacy.purchase_orders,
  clierp_legacy.purchase_order_items, clierp_legacy.customers, clierp_legacy.leads, clierp_legacy.deals,
  clierp_legacy.activities, clierp_legacy.campaigns, clierp_legacy.campaign_leads
TO clierp_cli;

-- Old statements reach the new tables through triggers and defaults.
GRANT SELECT ON organizations, system_configurations, feature_flags TO clierp_cli;
GRANT SELECT ON enhanced_audit_logs TO clierp_cli;
