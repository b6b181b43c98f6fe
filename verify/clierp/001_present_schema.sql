-- @check the tables of the CLI exist
-- @expect value = 22
SELECT count(*) FROM pg_catalog.pg_tables
WHERE schemaname = 'public' AND tablename IN (
  'departments', 'employees', 'users', 'audit_logs', 'attendances', 'payrolls', 'accounts', 'transactions',
  'categories', 'products', 'product_attachments', 'inventory', 'stock_movements', 'suppliers', 'purchase_orders',
  'purchase_order_items', 'customers', 'leads', 'deals', 'activities', 'campaigns', 'campaign_leads');

-- @check no table knows of organizations yet
-- @expect rows = 0
-- @until 001
SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'organization_id';

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
-- @check a second product with the same SKU is refused
-- @expect error 23505
INSERT INTO products (sku, name, category_id) VALUES ('CHECK-1', 'Two', 990000001);

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
-- @check a negative price is refused
-- @expect error 23514
INSERT INTO products (sku, name, category_id, unit_price) VALUES ('CHECK-1', 'One', 990000001, -1);

-- @check a purchase order needs a supplier that exists
-- @expect error 23503
INSERT INTO purchase_orders (po_number, supplier_id, order_date) VALUES ('CHECK-1', 2147483647, '2024-03-01');

-- @check an unknown status is refused
-- @expect error 23514
INSERT INTO suppliers (supplier_code, name, status) VALUES ('CHECK-1', 'One', 'perhaps');

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'clerk', '2024-03-01');
-- @check a payroll period is a month
-- @expect error 23514
INSERT INTO payrolls (employee_id, period, base_salary, net_salary) VALUES (990000001, '2024-13', 1, 1);

-- @setup
INSERT INTO departments (id, name) VALUES (990000001, 'check');
INSERT INTO employees (id, employee_code, name, department_id, position, hire_date)
VALUES (990000001, 'CHECK-1', 'One', 990000001, 'head', '2024-03-01');
UPDATE departments SET manager_id = 990000001 WHERE id = 990000001;
UPDATE employees SET department_id = 990000001 WHERE id = 990000001;
INSERT INTO departments (id, name, manager_id) VALUES (990000002, 'check too', 990000001);
DELETE FROM employees WHERE id = 990000001;
-- @check a department outlives its manager
-- @expect value = 2
SELECT count(*) FROM departments WHERE id IN (990000001, 990000002) AND manager_id IS NULL;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
-- @check a minimum above the maximum is refused
-- @expect error 23514
INSERT INTO inventory (product_id, min_stock_level, max_stock_level) VALUES (990000001, 11, 10);

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO inventory (product_id, quantity, last_updated) VALUES (990000001, 5, '2001-01-01');
UPDATE inventory SET quantity = 6 WHERE product_id = 990000001;
-- @check a change of stock is dated
-- @expect value = true
SELECT last_updated > '2020-01-01' FROM inventory WHERE product_id = 990000001;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id, is_active) VALUES
  (990000001, 'CHECK-1', 'short', 990000001, true), (990000002, 'CHECK-2', 'enough', 990000001, true),
  (990000003, 'CHECK-3', 'short, but given up', 990000001, false);
INSERT INTO inventory (product_id, quantity, min_stock_level)
VALUES (990000001, 1, 5), (990000002, 5, 5), (990000003, 1, 5);
-- @check the low stock report shows active products below their minimum
-- @expect result = [{"sku": "CHECK-1"}]
SELECT sku FROM low_stock_products WHERE product_id BETWEEN 990000001 AND 990000003;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO suppliers (id, supplier_code, name) VALUES (990000001, 'CHECK-1', 'O''Neil & Söhne');
INSERT INTO purchase_orders (id, po_number, supplier_id, order_date, total_amount)
VALUES (990000001, 'CHECK-1', 990000001, '2024-03-01', 30);
INSERT INTO purchase_order_items (po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000001, 1, 10, 10), (990000001, 990000001, 2, 10, 20);
-- @check the order report counts the items
-- @expect result = [{"po_number": "CHECK-1", "supplier_name": "O'Neil & Söhne", "item_count": 2}]
SELECT po_number, supplier_name, item_count::integer FROM purchase_order_summary WHERE id = 990000001;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO suppliers (id, supplier_code, name) VALUES (990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, po_number, supplier_id, order_date) VALUES (990000001, 'CHECK-1', 990000001, '2024-03-01');
INSERT INTO purchase_order_items (po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000001, 1, 10, 10);
DELETE FROM purchase_orders WHERE id = 990000001;
-- @check the items of an order go with it
-- @expect rows = 0
SELECT id FROM purchase_order_items WHERE po_id = 990000001;

-- @check the old CLI may read and write every table
-- @expect every allowed = true
SELECT tablename, has_table_privilege('clierp_cli', format('public.%I', tablename), 'SELECT')
  AND has_table_privilege('clierp_cli', format('public.%I', tablename), 'INSERT')
  AND has_table_privilege('clierp_cli', format('public.%I', tablename), 'UPDATE')
  AND has_table_privilege('clierp_cli', format('public.%I', tablename), 'DELETE') AS allowed
FROM unnest(ARRAY[
  'departments', 'employees', 'users', 'audit_logs', 'attendances', 'payrolls', 'accounts', 'transactions',
  'categories', 'products', 'product_attachments', 'inventory', 'stock_movements', 'suppliers', 'purchase_orders',
  'purchase_order_items', 'customers', 'leads', 'deals', 'activities', 'campaigns', 'campaign_leads']) AS tablename;

-- @check a statement of the old CLI runs as it always did
-- @expect value = CHECK-1
-- @as clierp_cli
INSERT INTO suppliers (supplier_code, name, payment_terms) VALUES ('CHECK-1', 'One', '30 days') RETURNING supplier_code;

-- @check the old CLI can't empty a table
-- @expect error 42501
-- @as clierp_cli
TRUNCATE campaign_leads;

-- @check the new application has no rights before its phase
-- @expect error 42501
-- @until 003
-- @as clierp_app
SELECT count(*) FROM products;

-- @check nothing of the CLI is left
-- @when rolled-back
-- @expect rows = 0
SELECT c.relname FROM pg_catalog.pg_class AS c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S') AND c.relname ~ (
  '^(departments|employees|users|audit_logs|attendances|payrolls|accounts|transactions|categories|products'
  '|product_attachments|inventory|stock_movements|suppliers|purchase_orders|purchase_order_items|customers|leads'
  '|deals|activities|campaigns|campaign_leads|low_stock_products|purchase_order_summary)(_id_seq)?$')
UNION ALL
SELECT proname FROM pg_catalog.pg_proc WHERE pronamespace = 'public'::regnamespace AND proname = 'touch_inventory';

-- @check the accounts of the CLI own nothing in this database any more
-- @when rolled-back
-- @expect rows = 0
SELECT r.rolname, d.classid::regclass
FROM pg_catalog.pg_shdepend AS d
JOIN pg_catalog.pg_roles AS r ON r.oid = d.refobjid
WHERE d.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND r.rolname IN ('clierp_cli', 'clierp_app', 'clierp_worker');
