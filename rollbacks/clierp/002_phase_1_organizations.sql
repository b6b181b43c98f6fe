-- @description Back to one company: the old tables, keys and references as they were
-- @lock-timeout 5s
-- @deletes organizations
-- @deletes system_configurations
-- @deletes feature_flags
-- @deletes enhanced_audit_logs
-- @deletes workflow_definitions
-- @deletes workflow_instances

-- The old shape holds one company. Rows of a second one would silently become the first one's.
DO $refuse$
DECLARE
  v_found text;
BEGIN
  IF default_organization_id() IS NULL THEN
    RAISE EXCEPTION 'no organization has the code "default"' USING ERRCODE = 'object_not_in_prerequisite_state',
      HINT = 'Give it to the organization whose rows the old tables are to hold, then roll back again.';
  END IF;
  SELECT string_agg(format('%s (%s)', table_name, row_count), ', ' ORDER BY table_name) INTO v_found
  FROM (
    SELECT 'departments' AS table_name, count(*) AS row_count FROM departments WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'employees' AS table_name, count(*) AS row_count FROM employees WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'users' AS table_name, count(*) AS row_count FROM users WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'audit_logs' AS table_name, count(*) AS row_count FROM audit_logs WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'attendances' AS table_name, count(*) AS row_count FROM attendances WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'payrolls' AS table_name, count(*) AS row_count FROM payrolls WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'accounts' AS table_name, count(*) AS row_count FROM accounts WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'transactions' AS table_name, count(*) AS row_count FROM transactions WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'categories' AS table_name, count(*) AS row_count FROM categories WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'products' AS table_name, count(*) AS row_count FROM products WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'product_attachments' AS table_name, count(*) AS row_count FROM product_attachments WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'inventory' AS table_name, count(*) AS row_count FROM inventory WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'stock_movements' AS table_name, count(*) AS row_count FROM stock_movements WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'suppliers' AS table_name, count(*) AS row_count FROM suppliers WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'purchase_orders' AS table_name, count(*) AS row_count FROM purchase_orders WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'purchase_order_items' AS table_name, count(*) AS row_count FROM purchase_order_items WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'customers' AS table_name, count(*) AS row_count FROM customers WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'leads' AS table_name, count(*) AS row_count FROM leads WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'deals' AS table_name, count(*) AS row_count FROM deals WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'activities' AS table_name, count(*) AS row_count FROM activities WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'campaigns' AS table_name, count(*) AS row_count FROM campaigns WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'campaign_leads' AS table_name, count(*) AS row_count FROM campaign_leads WHERE organization_id IS DISTINCT FROM default_organization_id()
    UNION ALL
    SELECT 'organizations' AS table_name, count(*) AS row_count FROM organizations WHERE id IS DISTINCT FROM default_organization_id()
  ) AS foreign_rows
  WHERE row_count > 0;
  IF v_found IS NOT NULL THEN
    RAISE EXCEPTION 'rows of further organizations would be mixed with those of the default one: %', v_found
      USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Move them to a database of their own, or delete them, then roll back again.';
  END IF;
END
$refuse$;

-- What the old-shape views show now; the check after the rollback compares the tables with it.
CREATE TEMPORARY TABLE clierp_002_undo ON COMMIT DROP AS
SELECT 'departments' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.departments AS t
UNION ALL
SELECT 'employees' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.employees AS t
UNION ALL
SELECT 'users' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.users AS t
UNION ALL
SELECT 'audit_logs' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.audit_logs AS t
UNION ALL
SELECT 'attendances' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.attendances AS t
UNION ALL
SELECT 'payrolls' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.payrolls AS t
UNION ALL
SELECT 'accounts' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.accounts AS t
UNION ALL
SELECT 'transactions' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.transactions AS t
UNION ALL
SELECT 'categories' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.categories AS t
UNION ALL
SELECT 'products' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.products AS t
UNION ALL
SELECT 'product_attachments' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.product_attachments AS t
UNION ALL
SELECT 'inventory' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.inventory AS t
UNION ALL
SELECT 'stock_movements' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.stock_movements AS t
UNION ALL
SELECT 'suppliers' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.suppliers AS t
UNION ALL
SELECT 'purchase_orders' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.purchase_orders AS t
UNION ALL
SELECT 'purchase_order_items' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.purchase_order_items AS t
UNION ALL
SELECT 'customers' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.customers AS t
UNION ALL
SELECT 'leads' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.leads AS t
UNION ALL
SELECT 'deals' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.deals AS t
UNION ALL
SELECT 'activities' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.activities AS t
UNION ALL
SELECT 'campaigns' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.campaigns AS t
UNION ALL
SELECT 'campaign_leads' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.campaign_leads AS t;

DROP VIEW clierp_legacy.campaign_leads;
DROP VIEW clierp_legacy.campaigns;
DROP VIEW clierp_legacy.activities;
DROP VIEW clierp_legacy.deals;
DROP VIEW clierp_legacy.leads;
DROP VIEW clierp_legacy.customers;
DROP VIEW clierp_legacy.purchase_order_items;
DROP VIEW clierp_legacy.purchase_orders;
DROP VIEW clierp_legacy.suppliers;
DROP VIEW clierp_legacy.stock_movements;
DROP VIEW clierp_legacy.inventory;
DROP VIEW clierp_legacy.product_attachments;
DROP VIEW clierp_legacy.products;
DROP VIEW clierp_legacy.categories;
DROP VIEW clierp_legacy.transactions;
DROP VIEW clierp_legacy.accounts;
DROP VIEW clierp_legacy.payrolls;
DROP VIEW clierp_legacy.attendances;
DROP VIEW clierp_legacy.audit_logs;
DROP VIEW clierp_legacy.users;
DROP VIEW clierp_legacy.employees;
DROP VIEW clierp_legacy.departments;
DROP SCHEMA clierp_legacy;

DROP TRIGGER campaign_leads_audit ON campaign_leads;
DROP TRIGGER campaigns_audit ON campaigns;
DROP TRIGGER activities_audit ON activities;
DROP TRIGGER deals_audit ON deals;
DROP TRIGGER leads_audit ON leads;
DROP TRIGGER customers_audit ON customers;
DROP TRIGGER purchase_order_items_audit ON purchase_order_items;
DROP TRIGGER purchase_orders_audit ON purchase_orders;
DROP TRIGGER suppliers_audit ON suppliers;
DROP TRIGGER stock_movements_audit ON stock_movements;
DROP TRIGGER inventory_audit ON inventory;
DROP TRIGGER product_attachments_audit ON product_attachments;
DROP TRIGGER products_audit ON products;
DROP TRIGGER categories_audit ON categories;
DROP TRIGGER transactions_audit ON transactions;
DROP TRIGGER accounts_audit ON accounts;
DROP TRIGGER payrolls_audit ON payrolls;
DROP TRIGGER attendances_audit ON attendances;
DROP TRIGGER users_audit ON users;
DROP TRIGGER employees_audit ON employees;
DROP TRIGGER departments_audit ON departments;

DROP FUNCTION cancel_workflow(bigint, integer, text);
DROP FUNCTION advance_workflow(bigint, text, integer, text, jsonb);
DROP FUNCTION start_workflow(integer, bigint, integer, jsonb);
DROP TABLE workflow_instances;
DROP FUNCTION guard_workflow_instance();
DROP TABLE workflow_definitions;
DROP FUNCTION guard_workflow_definition();
DROP FUNCTION workflow_transition(jsonb, text, text);
DROP FUNCTION workflow_definition_problems(jsonb);
DROP FUNCTION assert_permission(integer, text);
DROP FUNCTION require_feature(text);
DROP FUNCTION feature_enabled(text, integer);
DROP TABLE feature_flags;
DROP FUNCTION get_configuration(text, jsonb);
DROP TABLE system_configurations;
DROP TABLE enhanced_audit_logs;
DROP FUNCTION write_enhanced_audit();
DROP FUNCTION guard_enhanced_audit();

DROP INDEX idx_campaign_leads_organization_campaign_id;
DROP INDEX idx_activities_organization_activity_date;
DROP INDEX idx_purchase_order_items_organization_po_id;
DROP INDEX idx_purchase_orders_organization_created_at;
DROP INDEX idx_stock_movements_organization_movement_date;
DROP INDEX idx_inventory_organization_product_id;
DROP INDEX idx_product_attachments_organization_product_id;
DROP INDEX idx_products_organization_name;
DROP INDEX idx_transactions_organization_transaction_date;
DROP INDEX idx_payrolls_organization_period;
DROP INDEX idx_attendances_organization_date;
DROP INDEX idx_audit_logs_organization_changed_at;

ALTER TABLE campaign_leads DROP CONSTRAINT campaign_leads_lead_id_fkey;
ALTER TABLE campaign_leads DROP CONSTRAINT campaign_leads_campaign_id_fkey;
ALTER TABLE activities DROP CONSTRAINT activities_lead_id_fkey;
ALTER TABLE activities DROP CONSTRAINT activities_deal_id_fkey;
ALTER TABLE activities DROP CONSTRAINT activities_customer_id_fkey;
ALTER TABLE activities DROP CONSTRAINT activities_assigned_to_fkey;
ALTER TABLE deals DROP CONSTRAINT deals_lead_id_fkey;
ALTER TABLE deals DROP CONSTRAINT deals_assigned_to_fkey;
ALTER TABLE leads DROP CONSTRAINT leads_customer_id_fkey;
ALTER TABLE leads DROP CONSTRAINT leads_assigned_to_fkey;
ALTER TABLE purchase_order_items DROP CONSTRAINT purchase_order_items_product_id_fkey;
ALTER TABLE purchase_order_items DROP CONSTRAINT purchase_order_items_po_id_fkey;
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_supplier_id_fkey;
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_created_by_fkey;
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_approved_by_fkey;
ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_product_id_fkey;
ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_moved_by_fkey;
ALTER TABLE inventory DROP CONSTRAINT inventory_product_id_fkey;
ALTER TABLE product_attachments DROP CONSTRAINT product_attachments_uploaded_by_fkey;
ALTER TABLE product_attachments DROP CONSTRAINT product_attachments_product_id_fkey;
ALTER TABLE products DROP CONSTRAINT products_category_id_fkey;
ALTER TABLE categories DROP CONSTRAINT categories_parent_id_fkey;
ALTER TABLE transactions DROP CONSTRAINT transactions_created_by_fkey;
ALTER TABLE transactions DROP CONSTRAINT transactions_account_id_fkey;
ALTER TABLE accounts DROP CONSTRAINT accounts_parent_id_fkey;
ALTER TABLE payrolls DROP CONSTRAINT payrolls_employee_id_fkey;
ALTER TABLE attendances DROP CONSTRAINT attendances_employee_id_fkey;
ALTER TABLE audit_logs DROP CONSTRAINT audit_logs_user_id_fkey;
ALTER TABLE users DROP CONSTRAINT users_employee_id_fkey;
ALTER TABLE employees DROP CONSTRAINT employees_department_id_fkey;
ALTER TABLE departments DROP CONSTRAINT departments_manager_id_fkey;
ALTER TABLE departments DROP CONSTRAINT departments_organization_id_id_key;
ALTER TABLE employees DROP CONSTRAINT employees_organization_id_id_key;
ALTER TABLE users DROP CONSTRAINT users_organization_id_id_key;
ALTER TABLE accounts DROP CONSTRAINT accounts_organization_id_id_key;
ALTER TABLE categories DROP CONSTRAINT categories_organization_id_id_key;
ALTER TABLE products DROP CONSTRAINT products_organization_id_id_key;
ALTER TABLE suppliers DROP CONSTRAINT suppliers_organization_id_id_key;
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_organization_id_id_key;
ALTER TABLE customers DROP CONSTRAINT customers_organization_id_id_key;
ALTER TABLE leads DROP CONSTRAINT leads_organization_id_id_key;
ALTER TABLE deals DROP CONSTRAINT deals_organization_id_id_key;
ALTER TABLE campaigns DROP CONSTRAINT campaigns_organization_id_id_key;

ALTER TABLE departments DROP CONSTRAINT departments_organization_id_name_key,
  ADD CONSTRAINT departments_name_key UNIQUE (name);
ALTER TABLE employees DROP CONSTRAINT employees_organization_id_employee_code_key,
  ADD CONSTRAINT employees_employee_code_key UNIQUE (employee_code);
ALTER TABLE employees DROP CONSTRAINT employees_organization_id_email_key,
  ADD CONSTRAINT employees_email_key UNIQUE (email);
ALTER TABLE users DROP CONSTRAINT users_organization_id_username_key,
  ADD CONSTRAINT users_username_key UNIQUE (username);
ALTER TABLE users DROP CONSTRAINT users_organization_id_email_key,
  ADD CONSTRAINT users_email_key UNIQUE (email);
ALTER TABLE accounts DROP CONSTRAINT accounts_organization_id_account_code_key,
  ADD CONSTRAINT accounts_account_code_key UNIQUE (account_code);
ALTER TABLE categories DROP CONSTRAINT categories_organization_id_name_key,
  ADD CONSTRAINT categories_name_key UNIQUE (name);
ALTER TABLE products DROP CONSTRAINT products_organization_id_sku_key,
  ADD CONSTRAINT products_sku_key UNIQUE (sku);
ALTER TABLE products DROP CONSTRAINT products_organization_id_barcode_key,
  ADD CONSTRAINT products_barcode_key UNIQUE (barcode);
ALTER TABLE suppliers DROP CONSTRAINT suppliers_organization_id_supplier_code_key,
  ADD CONSTRAINT suppliers_supplier_code_key UNIQUE (supplier_code);
ALTER TABLE purchase_orders DROP CONSTRAINT purchase_orders_organization_id_po_number_key,
  ADD CONSTRAINT purchase_orders_po_number_key UNIQUE (po_number);
ALTER TABLE customers DROP CONSTRAINT customers_organization_id_customer_code_key,
  ADD CONSTRAINT customers_customer_code_key UNIQUE (customer_code);

ALTER TABLE departments DROP COLUMN organization_id;
ALTER TABLE employees DROP COLUMN organization_id;
ALTER TABLE users DROP COLUMN organization_id;
ALTER TABLE audit_logs DROP COLUMN organization_id;
ALTER TABLE attendances DROP COLUMN organization_id;
ALTER TABLE payrolls DROP COLUMN organization_id;
ALTER TABLE accounts DROP COLUMN organization_id;
ALTER TABLE transactions DROP COLUMN organization_id;
ALTER TABLE categories DROP COLUMN organization_id;
ALTER TABLE products DROP COLUMN organization_id;
ALTER TABLE product_attachments DROP COLUMN organization_id;
ALTER TABLE inventory DROP COLUMN organization_id;
ALTER TABLE stock_movements DROP COLUMN organization_id;
ALTER TABLE suppliers DROP COLUMN organization_id;
ALTER TABLE purchase_orders DROP COLUMN organization_id;
ALTER TABLE purchase_order_items DROP COLUMN organization_id;
ALTER TABLE customers DROP COLUMN organization_id;
ALTER TABLE leads DROP COLUMN organization_id;
ALTER TABLE deals DROP COLUMN organization_id;
ALTER TABLE activities DROP COLUMN organization_id;
ALTER TABLE campaigns DROP COLUMN organization_id;
ALTER TABLE campaign_leads DROP COLUMN organization_id;

ALTER TABLE departments ADD CONSTRAINT departments_manager_id_fkey FOREIGN KEY (manager_id) REFERENCES employees (id) ON DELETE SET NULL;
ALTER TABLE employees ADD CONSTRAINT employees_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments (id);
ALTER TABLE users ADD CONSTRAINT users_employee_id_fkey FOREIGN KEY (employee_id) REFERENCES employees (id);
ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE attendances ADD CONSTRAINT attendances_employee_id_fkey FOREIGN KEY (employee_id) REFERENCES employees (id);
ALTER TABLE payrolls ADD CONSTRAINT payrolls_employee_id_fkey FOREIGN KEY (employee_id) REFERENCES employees (id);
ALTER TABLE accounts ADD CONSTRAINT accounts_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES accounts (id);
ALTER TABLE transactions ADD CONSTRAINT transactions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
ALTER TABLE transactions ADD CONSTRAINT transactions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id);
ALTER TABLE categories ADD CONSTRAINT categories_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES categories (id);
ALTER TABLE products ADD CONSTRAINT products_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories (id);
ALTER TABLE product_attachments ADD CONSTRAINT product_attachments_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE;
ALTER TABLE product_attachments ADD CONSTRAINT product_attachments_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES users (id);
ALTER TABLE inventory ADD CONSTRAINT inventory_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id);
ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_moved_by_fkey FOREIGN KEY (moved_by) REFERENCES users (id);
ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id);
ALTER TABLE purchase_orders ADD CONSTRAINT purchase_orders_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES users (id);
ALTER TABLE purchase_orders ADD CONSTRAINT purchase_orders_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id);
ALTER TABLE purchase_orders ADD CONSTRAINT purchase_orders_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES suppliers (id);
ALTER TABLE purchase_order_items ADD CONSTRAINT purchase_order_items_po_id_fkey FOREIGN KEY (po_id) REFERENCES purchase_orders (id) ON DELETE CASCADE;
ALTER TABLE purchase_order_items ADD CONSTRAINT purchase_order_items_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id);
ALTER TABLE leads ADD CONSTRAINT leads_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES employees (id);
ALTER TABLE leads ADD CONSTRAINT leads_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE deals ADD CONSTRAINT deals_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES employees (id);
ALTER TABLE deals ADD CONSTRAINT deals_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads (id);
ALTER TABLE activities ADD CONSTRAINT activities_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES employees (id);
ALTER TABLE activities ADD CONSTRAINT activities_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE activities ADD CONSTRAINT activities_deal_id_fkey FOREIGN KEY (deal_id) REFERENCES deals (id);
ALTER TABLE activities ADD CONSTRAINT activities_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads (id);
ALTER TABLE campaign_leads ADD CONSTRAINT campaign_leads_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE;
ALTER TABLE campaign_leads ADD CONSTRAINT campaign_leads_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads (id) ON DELETE CASCADE;

DROP TABLE organizations;
DROP FUNCTION touch_updated_at();
DROP FUNCTION working_organization_id();
DROP FUNCTION default_organization_id();
DROP FUNCTION current_user_id();
DROP FUNCTION current_organization_id();
