-- @check no workflow asks for a permission that will not exist
-- @when before
-- @expect rows = 0
SELECT d.id, d.name, t ->> 'permission' AS permission
FROM workflow_definitions AS d CROSS JOIN LATERAL jsonb_array_elements(d.definition -> 'transitions') AS t
WHERE t ? 'permission' AND t ->> 'permission' NOT IN (
  SELECT resource || '.' || action FROM unnest(ARRAY[
    'departments', 'employees', 'users', 'attendances', 'payrolls', 'accounts', 'transactions', 'categories',
    'products', 'product_attachments', 'inventory', 'stock_movements', 'suppliers', 'purchase_orders',
    'purchase_order_items', 'customers', 'leads', 'deals', 'activities', 'campaigns', 'campaign_leads'
  ]) AS resource, unnest(ARRAY['read', 'write']) AS action
  UNION ALL
  SELECT unnest(ARRAY['audit_logs.read', 'configuration.write', 'feature_flags.write', 'products.import',
    'purchase_orders.create', 'purchase_orders.approve', 'purchase_orders.receive', 'roles.manage', 'workflows.define']));

-- @check the users to be given roles have a role that exists
-- @when before
-- @expect rows = 0
SELECT id, role FROM users WHERE role NOT IN ('admin', 'manager', 'supervisor', 'employee', 'auditor');

-- @check stock value per category
-- @when before
-- @expect rows >= 0
SELECT c.name, count(*), sum(i.quantity::bigint * p.cost_price)
FROM inventory AS i JOIN products AS p ON p.id = i.product_id JOIN categories AS c ON c.id = p.category_id
GROUP BY c.name;

-- @check stock value per category
-- @when step
-- @expect within 10% of before
-- @severity warning
-- @as clierp_app
-- @set app.organization_id = 1
SELECT c.name, count(*), sum(i.quantity::bigint * p.cost_price)
FROM inventory AS i JOIN products AS p ON p.id = i.product_id JOIN categories AS c ON c.id = p.category_id
GROUP BY c.name;

-- @check low stock report
-- @when before
-- @expect rows >= 0
SELECT * FROM low_stock_products;

-- @check low stock report
-- @when step
-- @expect within 10% of before
-- @severity warning
-- @as clierp_app
-- @set app.organization_id = 1
SELECT * FROM low_stock_products;

-- @check latest purchase orders with their items
-- @when before
-- @expect rows >= 0
SELECT o.po_number, s.name, o.total_amount, (SELECT count(*) FROM purchase_order_items AS i WHERE i.po_id = o.id)
FROM purchase_orders AS o JOIN suppliers AS s ON s.id = o.supplier_id
ORDER BY o.created_at DESC LIMIT 500;

-- @check latest purchase orders with their items
-- @when step
-- @expect within 10% of before
-- @severity warning
-- @as clierp_app
-- @set app.organization_id = 1
SELECT o.po_number, s.name, o.total_amount, (SELECT count(*) FROM purchase_order_items AS i WHERE i.po_id = o.id)
FROM purchase_orders AS o JOIN suppliers AS s ON s.id = o.supplier_id
ORDER BY o.created_at DESC LIMIT 500;

-- @check monthly movements of stock
-- @when before
-- @expect rows >= 0
SELECT date_trunc('month', movement_date), movement_type, sum(quantity) FROM stock_movements GROUP BY 1, 2;

-- @check monthly movements of stock
-- @when step
-- @expect within 10% of before
-- @severity warning
-- @as clierp_app
-- @set app.organization_id = 1
SELECT date_trunc('month', movement_date), movement_type, sum(quantity) FROM stock_movements GROUP BY 1, 2;

-- @check reports over all rows of an organization have what makes up for row security
-- @expect rows = 0
SELECT missing
FROM (VALUES
  ('index of low stock', EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = to_regclass('public.idx_inventory_organization_low') AND indisvalid
      AND pg_get_expr(indpred, indrelid) = '(quantity < min_stock_level)'
      AND pg_get_indexdef(indexrelid) LIKE '%(organization\_id, product\_id)%')),
  ('index of the latest orders', EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = to_regclass('public.idx_purchase_orders_organization_latest') AND indisvalid
      AND pg_get_indexdef(indexrelid)
        LIKE '%(organization\_id, created\_at) INCLUDE (id, po\_number, supplier\_id, total\_amount)')),
  ('index of the names of suppliers', EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = to_regclass('public.idx_suppliers_id_name') AND indisvalid
      AND pg_get_indexdef(indexrelid) LIKE '%(id) INCLUDE (organization\_id, name)')),
  ('no other index that orders are read in this order by', NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indrelid = 'public.purchase_orders'::regclass
      AND indexrelid <> to_regclass('public.idx_purchase_orders_organization_latest')
      AND pg_get_indexdef(indexrelid) LIKE '%created\_at%')),
  ('inventory read in parallel', EXISTS (
    SELECT FROM pg_catalog.pg_class
    WHERE oid = 'public.inventory'::regclass AND 'parallel_workers=1' = ANY (reloptions))),
  ('statistics of months', EXISTS (
    SELECT FROM pg_catalog.pg_statistic_ext
    WHERE stxrelid = 'public.stock_movements'::regclass AND stxname = 'stock_movements_by_month'
      AND pg_get_statisticsobjdef_expressions(oid)::text LIKE '%date_trunc%'))
) AS e (missing, there)
WHERE NOT there;

-- @check low stock of an organization is found by its index
-- @as clierp_app
-- @set app.organization_id = 1
-- @set enable_seqscan = off
-- @expect plan uses index idx_inventory_organization_low
SELECT * FROM low_stock_products;

-- @check every user has the role of the old column
-- @when step
-- @expect rows = 0
SELECT u.id, u.role FROM users AS u
WHERE NOT EXISTS (SELECT FROM user_roles AS g JOIN roles AS r ON r.id = g.role_id
                  WHERE g.user_id = u.id AND r.name = u.role AND r.is_system_role AND r.organization_id = u.organization_id);

-- @check permissions has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('id', 'integer'),
  ('name', 'character varying(100)'),
  ('resource', 'character varying(100)'),
  ('action', 'character varying(50)'),
  ('description', 'text')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'permissions'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check roles has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('id', 'integer'),
  ('organization_id', 'integer'),
  ('name', 'character varying(100)'),
  ('description', 'text'),
  ('is_system_role', 'boolean')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'roles'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check role_permissions has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('role_id', 'integer'),
  ('permission_id', 'integer')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'role_permissions'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check user_roles has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('user_id', 'integer'),
  ('role_id', 'integer'),
  ('granted_by', 'integer'),
  ('granted_at', 'timestamp without time zone')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'user_roles'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check a permission is named after its resource and action
-- @expect error 23514
INSERT INTO permissions (name, resource, action) VALUES ('check.read', 'check', 'write');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
-- @check a new organization has the five roles of the CLI
-- @expect result = [{"roles": "admin auditor employee manager supervisor"}]
SELECT string_agg(name, ' ' ORDER BY name) AS roles FROM roles WHERE organization_id = 990000001 AND is_system_role;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
-- @check two organizations may have a role of the same name
-- @expect rows = 2
INSERT INTO roles (organization_id, name) VALUES (990000001, 'buyer'), (990000002, 'buyer') RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
-- @check an organization has a role once
-- @expect error 23505
INSERT INTO roles (organization_id, name) VALUES (990000001, 'admin');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a user can't have another organization's role
-- @expect error 23503
INSERT INTO user_roles (user_id, role_id, organization_id)
SELECT 990000001, id, 990000001 FROM roles WHERE organization_id = 990000002 AND name = 'admin';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin has every permission
-- @expect rows = 0
SELECT name FROM permissions WHERE NOT user_has_permission(990000001, name);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an employee may read products and not approve orders
-- @expect result = [{"reads": true, "approves": false}]
SELECT user_has_permission(990000002, 'products.read') AS reads, user_has_permission(990000002, 'purchase_orders.approve') AS approves;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
UPDATE users SET role = 'manager' WHERE id = 990000002;
-- @check a manager may approve orders and not manage roles
-- @expect result = [{"approves": true, "manages": false}]
SELECT user_has_permission(990000002, 'purchase_orders.approve') AS approves, user_has_permission(990000002, 'roles.manage') AS manages;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
UPDATE users SET role = 'supervisor' WHERE id = 990000002;
-- @check a supervisor receives goods and does not see pay
-- @expect result = [{"receives": true, "pay": false}]
SELECT user_has_permission(990000002, 'purchase_orders.receive') AS receives, user_has_permission(990000002, 'payrolls.read') AS pay;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
UPDATE users SET role = 'auditor' WHERE id = 990000002;
-- @check an auditor reads everything and writes nothing
-- @expect every allowed = true
SELECT name, user_has_permission(990000002, name) = (action = 'read') AS allowed FROM permissions;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an inactive user has no permission
-- @expect value = false
SELECT user_has_permission(990000003, 'products.read');

-- @check a user who does not exist has no permission
-- @expect value = false
SELECT user_has_permission(2147483647, 'products.read');

-- @check no user at all has no permission
-- @expect value = false
SELECT user_has_permission(NULL, 'products.read');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a permission that does not exist is refused
-- @expect error 42704
SELECT user_has_permission(990000001, 'products.fly');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check another organization's users are unknown to user_has_permission
-- @expect value = false
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT user_has_permission(990000004, 'products.read');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000001, 990000001, 'approver');
INSERT INTO role_permissions (role_id, permission_id, organization_id) SELECT 990000001, id, 990000001 FROM permissions WHERE name = 'purchase_orders.approve';
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'approver', 990000001);
-- @check a role with a permission of its own gives just that
-- @expect result = [{"approves": true, "writes": false}]
SELECT user_has_permission(990000002, 'purchase_orders.approve') AS approves, user_has_permission(990000002, 'products.write') AS writes;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'auditor', 990000001);
-- @check a granted role says who granted it
-- @expect result = [{"granted_by": 990000001, "dated": true}]
SELECT g.granted_by, g.granted_at IS NOT NULL AS dated FROM user_roles AS g JOIN roles AS r ON r.id = g.role_id
WHERE g.user_id = 990000002 AND r.name = 'auditor';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'auditor', 990000001);
-- @check every grant has an audit entry
-- @expect result = [{"action": "INSERT", "user_id": 990000001}]
SELECT action, user_id FROM enhanced_audit_logs
WHERE table_name = 'user_roles' AND record_id = 990000002 AND user_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
DELETE FROM roles WHERE id = 990000002;
-- @check a role that is deleted leaves entries of its permissions
-- @expect value = 1
SELECT count(*) FROM enhanced_audit_logs WHERE table_name = 'role_permissions' AND record_id = 990000002 AND action = 'DELETE';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
SELECT set_config('app.organization_id', '990000001', true);
SELECT set_config('app.user_id', '990000001', true);
SET LOCAL ROLE clierp_app;
CREATE TEMPORARY TABLE check_hidden (role_id integer, permission_id integer);
CREATE FUNCTION pg_temp.hide() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.role_permissions (role_id, permission_id) VALUES (NEW.role_id, NEW.permission_id);
  RETURN NEW;
END
$$;
CREATE TRIGGER hidden AFTER INSERT ON check_hidden FOR EACH ROW EXECUTE FUNCTION pg_temp.hide();
INSERT INTO check_hidden SELECT 990000002, id FROM permissions WHERE name = 'products.read';
RESET ROLE;
-- @check a trigger of one's own hides no new permission of a role from the audit log
-- @expect value = 1
SELECT count(*) FROM enhanced_audit_logs WHERE table_name = 'role_permissions' AND record_id = 990000002 AND action = 'INSERT';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check what a new organization starts with leaves no entries of permissions
-- @expect value = 0
SELECT count(*) FROM enhanced_audit_logs WHERE table_name = 'role_permissions' AND organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'auditor', 990000001), grant_role(990000002, 'auditor', 990000001);
-- @check granting twice changes nothing
-- @expect value = 2
SELECT count(*) FROM user_roles WHERE user_id = 990000002;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true), set_config('app.reason', 'of the session', true);
SELECT grant_role(990000002, 'manager', 990000001);
-- @check grant_role gives the session's user back
-- @expect value = 990000002
SELECT current_user_id();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check granting needs roles.manage
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT grant_role(990000002, 'admin', 990000002);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check granting to another organization's user is refused
-- @expect error P0002
-- @set app.organization_id = 990000001
SELECT grant_role(990000004, 'auditor', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check granting a role that does not exist is refused
-- @expect error P0002
-- @set app.organization_id = 990000001
SELECT grant_role(990000002, 'king', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check another organization's admin grants nothing here
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT grant_role(990000002, 'auditor', 990000004);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'auditor', 990000001);
SELECT revoke_role(990000002, 'auditor', 990000001);
-- @check a role can be taken away
-- @expect value = false
SELECT user_has_permission(990000002, 'audit_logs.read');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'one', false), (990000002, 990000001, 'two', false);
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000001, 990000001, 990000001), (990000002, 990000002, 990000001, 990000001), (990000003, 990000001, 990000001, 990000001);
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true);
SELECT revoke_role(990000002, 'one', 990000001);
-- @check one role is taken away from one user
-- @expect result = [{"user_id": 990000002, "role_id": 990000002}, {"user_id": 990000003, "role_id": 990000001}]
SELECT user_id, role_id FROM user_roles WHERE role_id IN (990000001, 990000002) ORDER BY 1, 2;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'one', false), (990000002, 990000001, 'two', false);
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000001, 990000001, 990000001), (990000002, 990000002, 990000001, 990000001), (990000003, 990000001, 990000001, 990000001);
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true);
SELECT revoke_role(990000002, 'one', 990000001);
-- @check a role is taken away in the name of the user who is given
-- @expect value = 990000001
SELECT user_id FROM enhanced_audit_logs WHERE table_name = 'user_roles' AND record_id = 990000002 AND action = 'DELETE';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'one', false), (990000002, 990000001, 'two', false);
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000001, 990000001, 990000001), (990000002, 990000002, 990000001, 990000001), (990000003, 990000001, 990000001, 990000001);
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true);
SELECT revoke_role(990000002, 'one', 990000001);
-- @check revoke_role gives the session's user back
-- @expect value = 990000002
SELECT current_user_id();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check revoking needs roles.manage
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT revoke_role(990000001, 'admin', 990000002);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check revoking a role the user does not have is refused
-- @expect error P0002
-- @set app.organization_id = 990000001
SELECT revoke_role(990000002, 'auditor', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check the last active admin stays
-- @expect error 55000
-- @set app.organization_id = 990000001
SELECT revoke_role(990000001, 'admin', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin who takes the last admin role away by hand is refused
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
DELETE FROM user_roles WHERE user_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check the last active admin is not made inactive
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE users SET is_active = false WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'admin', 990000001);
UPDATE users SET role = 'employee' WHERE id = 990000001;
-- @check who was granted the last admin role stays active, whatever the old column says
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE users SET is_active = false WHERE id = 990000002;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
-- @check others are made inactive as before
-- @expect value = false
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE users SET is_active = false WHERE id = 990000002 RETURNING is_active;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check the last active admin is not made an employee
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE users SET role = 'employee' WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check the admin of another organization is no admin here
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE users SET is_active = false WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
UPDATE users SET is_active = false WHERE id IN (990000002, 990000003);
-- @check the only active user of an organization may go, admin or not
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE users SET is_active = false WHERE id = 990000001 RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check the last active admin is not deleted
-- @expect error 55000
-- @set app.organization_id = 990000001
DELETE FROM users WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SET LOCAL ROLE clierp_cli;
UPDATE clierp_legacy.users SET is_active = false;
RESET ROLE;
-- @check an old statement may do so as before
-- @expect rows = 0
SELECT id FROM users WHERE organization_id = default_organization_id() AND is_active;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'clerk', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000001, id, 990000001 FROM permissions WHERE name IN ('roles.manage', 'products.read');
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) VALUES (990000002, 990000001, 990000001);
-- @check nobody grants more than they hold
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT grant_role(990000002, 'admin', 990000002);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'clerk', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000001, id, 990000001 FROM permissions WHERE name IN ('roles.manage', 'products.read');
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) VALUES (990000002, 990000001, 990000001);
-- @check nobody grants more than they hold by hand
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO user_roles (user_id, role_id, organization_id) SELECT 990000002, id, 990000001 FROM roles WHERE organization_id = 990000001 AND name = 'admin';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'clerk', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000001, id, 990000001 FROM permissions WHERE name IN ('roles.manage', 'products.read');
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) VALUES (990000002, 990000001, 990000001);
-- @check nobody makes more of a role they granted
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE user_roles SET role_id = (SELECT id FROM roles WHERE organization_id = 990000001 AND name = 'admin') WHERE user_id = 990000002 AND role_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'clerk', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000001, id, 990000001 FROM permissions WHERE name IN ('roles.manage', 'products.read');
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) VALUES (990000002, 990000001, 990000001);
-- @check nobody puts a permission they lack into a role
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO role_permissions (role_id, permission_id, organization_id) SELECT 990000001, id, 990000001 FROM permissions WHERE name = 'payrolls.read';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'clerk', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000001, id, 990000001 FROM permissions WHERE name IN ('roles.manage', 'products.read');
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) VALUES (990000002, 990000001, 990000001);
-- @check nobody grants in the name of another
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES (990000003, 990000002, 990000001, 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
-- @check nobody grants in the name of nobody
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO user_roles (user_id, role_id, organization_id) VALUES (990000003, 990000002, 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES (990000003, 990000002, 990000001, 990000001);
-- @check who granted a role is not made nobody
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE user_roles SET granted_by = NULL WHERE user_id = 990000003 AND role_id = 990000002;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000001, 990000001, 'clerk', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000001, id, 990000001 FROM permissions WHERE name IN ('roles.manage', 'products.read');
INSERT INTO roles (id, organization_id, name, is_system_role) VALUES (990000002, 990000001, 'reader', false);
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000002, id, 990000001 FROM permissions WHERE name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) VALUES (990000002, 990000001, 990000001);
-- @check what one holds can be handed on
-- @expect value = 990000002
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES (990000003, 990000002, 990000002, 990000001) RETURNING granted_by;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'admin', 990000001);
SELECT revoke_role(990000001, 'admin', 990000002);
-- @check the last admin but one may go
-- @expect value = false
SELECT user_has_permission(990000001, 'roles.manage');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'auditor', 990000001);
UPDATE users SET role = 'manager' WHERE id = 990000002;
-- @check users.role is followed by the granted role
-- @expect result = [{"roles": "auditor manager"}]
SELECT string_agg(r.name, ' ' ORDER BY r.name) AS roles FROM user_roles AS g JOIN roles AS r ON r.id = g.role_id WHERE g.user_id = 990000002;

-- @setup
INSERT INTO users (id, username, email, password_hash) VALUES (990000009, 'check', 'check@example.org', 'x');
SET LOCAL ROLE clierp_cli;
DELETE FROM clierp_legacy.users WHERE id = 990000009;
RESET ROLE;
-- @check an old statement that deletes a user takes the granted roles along
-- @expect rows = 0
SELECT role_id FROM user_roles WHERE user_id = 990000009;

-- @setup
SET LOCAL ROLE clierp_cli;
INSERT INTO clierp_legacy.users (id, username, email, password_hash, role) VALUES (990000009, 'check', 'check@example.org', 'x', 'supervisor');
RESET ROLE;
-- @check an old statement that creates a user gives the role
-- @expect rows = 1
SELECT g.role_id FROM user_roles AS g JOIN roles AS r ON r.id = g.role_id WHERE g.user_id = 990000009 AND r.name = 'supervisor';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check security_context tells user, organization, roles and permissions
-- @expect result = [{"user_id": 990000002, "organization_id": 990000001, "roles": ["employee"], "first": "activities.read", "count": 6}]
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
SELECT user_id, organization_id, to_jsonb(roles) AS roles, permissions[1] AS first, cardinality(permissions) AS count FROM security_context();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check security_context refuses another organization's user
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000004
SELECT * FROM security_context();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check security_context refuses a session without a user
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT * FROM security_context();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check can_access says yes to a row of the own organization
-- @expect value = true
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
SELECT can_access('products', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check can_access says no to another organization's row
-- @expect value = false
-- @as clierp_app
-- @set app.organization_id = 990000002
-- @set app.user_id = 990000004
SELECT can_access('products', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check can_access says no without the permission
-- @expect value = false
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
SELECT can_access('purchase_orders', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check can_access says no to a row that does not exist
-- @expect value = false
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
SELECT can_access('products', 2147483647);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check can_access refuses what is no resource
-- @expect error 42704
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
SELECT can_access('pg_authid', 1);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO departments (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO employees (id, organization_id, employee_code, name, department_id, position, hire_date)
SELECT id, organization_id, 'C' || id, 'check', id, 'clerk', '2024-03-01' FROM check_orgs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO audit_logs (id, organization_id, table_name, record_id, action) SELECT id, organization_id, 'users', id, 'INSERT' FROM check_orgs;
INSERT INTO attendances (id, organization_id, employee_id, date) SELECT id, organization_id, id, '2024-03-01' FROM check_orgs;
INSERT INTO payrolls (id, organization_id, employee_id, period, base_salary, net_salary) SELECT id, organization_id, id, '2024-03', 1, 1 FROM check_orgs;
INSERT INTO accounts (id, organization_id, account_code, account_name, account_type) SELECT id, organization_id, 'C' || id, 'check', 'asset' FROM check_orgs;
INSERT INTO transactions (id, organization_id, account_id, transaction_date, amount, debit_credit, description)
SELECT id, organization_id, id, '2024-03-01', 1, 'debit', 'check' FROM check_orgs;
INSERT INTO categories (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO products (id, organization_id, sku, name, category_id) SELECT id, organization_id, 'C' || id, 'check', id FROM check_orgs;
INSERT INTO product_attachments (id, organization_id, product_id, file_name, file_path, file_size) SELECT id, organization_id, id, 'a', 'a', 1 FROM check_orgs;
INSERT INTO inventory (id, organization_id, product_id, quantity, min_stock_level) SELECT id, organization_id, id, 1, 5 FROM check_orgs;
INSERT INTO stock_movements (id, organization_id, product_id, movement_type, quantity) SELECT id, organization_id, id, 'in', 1 FROM check_orgs;
INSERT INTO suppliers (id, organization_id, supplier_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date) SELECT id, organization_id, 'C' || id, id, '2024-03-01' FROM check_orgs;
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) SELECT id, organization_id, id, id, 1, 1, 1 FROM check_orgs;
INSERT INTO customers (id, organization_id, customer_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO leads (id, organization_id, customer_id, source) SELECT id, organization_id, id, 'web' FROM check_orgs;
INSERT INTO deals (id, organization_id, lead_id, deal_name) SELECT id, organization_id, id, 'check' FROM check_orgs;
INSERT INTO activities (id, organization_id, activity_type, subject, activity_date) SELECT id, organization_id, 'call', 'check', '2024-03-01' FROM check_orgs;
INSERT INTO campaigns (id, organization_id, name, campaign_type) SELECT id, organization_id, 'check', 'mail' FROM check_orgs;
INSERT INTO campaign_leads (id, organization_id, campaign_id, lead_id) SELECT id, organization_id, id, id FROM check_orgs;
INSERT INTO system_configurations (organization_id, config_key, config_value) SELECT organization_id, 'check', '1' FROM check_orgs;
INSERT INTO feature_flags (organization_id, flag) SELECT organization_id, 'check_flag' FROM check_orgs;
INSERT INTO roles (id, organization_id, name) SELECT id, organization_id, 'check' FROM check_orgs;
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT c.id, p.id, c.organization_id FROM check_orgs AS c, permissions AS p WHERE p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) SELECT id, id, organization_id FROM check_orgs;
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT id, organization_id, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}' FROM check_orgs;
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) SELECT id, organization_id, id, 7 FROM check_orgs;
CREATE TEMPORARY TABLE check_found (relation text, verb text, outcome text);
DO $probe$
DECLARE
  v_me text := current_user;
  v_found jsonb := '[]';
  v_table text;
  v_statement text[];
  v_count bigint;
  v_outcome text;
BEGIN
  PERFORM set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000001', true);
  SET LOCAL ROLE clierp_app;
  FOREACH v_table IN ARRAY ARRAY[
    'departments', 'employees', 'users', 'audit_logs', 'attendances', 'payrolls', 'accounts',
    'transactions', 'categories', 'products', 'product_attachments', 'inventory', 'stock_movements',
    'suppliers', 'purchase_orders', 'purchase_order_items', 'customers', 'leads', 'deals',
    'activities', 'campaigns', 'campaign_leads', 'system_configurations', 'feature_flags',
    'enhanced_audit_logs', 'workflow_definitions', 'workflow_instances', 'domain_events', 'roles',
    'role_permissions', 'user_roles'
  ] LOOP
    FOREACH v_statement SLICE 1 IN ARRAY ARRAY[
      ARRAY['sees own', 'SELECT FROM %I WHERE organization_id = 990000001'],
      ARRAY['sees others', 'SELECT FROM %I WHERE organization_id <> 990000001'],
      ARRAY['changes others', 'UPDATE %I SET organization_id = organization_id WHERE organization_id <> 990000001'],
      ARRAY['gives away', 'UPDATE %I SET organization_id = 990000002 WHERE organization_id = 990000001'],
      ARRAY['deletes others', 'DELETE FROM %I WHERE organization_id <> 990000001'],
      ARRAY['adds to others', 'INSERT INTO %I (organization_id) VALUES (990000002)']
    ] LOOP
      BEGIN
        EXECUTE format(v_statement[2], v_table);
        GET DIAGNOSTICS v_count = ROW_COUNT;
        v_outcome := CASE WHEN v_count = 0 THEN 'nothing' ELSE 'rows' END;
      EXCEPTION
        WHEN insufficient_privilege THEN v_outcome := 'refused';
        WHEN OTHERS THEN v_outcome := SQLSTATE;
      END;
      v_found := v_found || jsonb_build_object('relation', v_table, 'verb', v_statement[1], 'outcome', v_outcome);
    END LOOP;
  END LOOP;
  EXECUTE format('SET LOCAL ROLE %I', v_me);
  INSERT INTO check_found SELECT * FROM jsonb_to_recordset(v_found) AS f (relation text, verb text, outcome text);
END
$probe$;
-- @check the application sees and changes its own organization only, on every table
-- @expect every ok = true
SELECT relation, verb, outcome, CASE verb
  WHEN 'sees own' THEN outcome = 'rows'
  WHEN 'sees others' THEN outcome = 'nothing'
  WHEN 'changes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'gives away' THEN outcome = CASE relation WHEN 'workflow_instances' THEN '23514' ELSE 'refused' END
  WHEN 'deletes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'adds to others' THEN outcome = 'refused' END AS ok
FROM check_found
WHERE true;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO departments (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO employees (id, organization_id, employee_code, name, department_id, position, hire_date)
SELECT id, organization_id, 'C' || id, 'check', id, 'clerk', '2024-03-01' FROM check_orgs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO audit_logs (id, organization_id, table_name, record_id, action) SELECT id, organization_id, 'users', id, 'INSERT' FROM check_orgs;
INSERT INTO attendances (id, organization_id, employee_id, date) SELECT id, organization_id, id, '2024-03-01' FROM check_orgs;
INSERT INTO payrolls (id, organization_id, employee_id, period, base_salary, net_salary) SELECT id, organization_id, id, '2024-03', 1, 1 FROM check_orgs;
INSERT INTO accounts (id, organization_id, account_code, account_name, account_type) SELECT id, organization_id, 'C' || id, 'check', 'asset' FROM check_orgs;
INSERT INTO transactions (id, organization_id, account_id, transaction_date, amount, debit_credit, description)
SELECT id, organization_id, id, '2024-03-01', 1, 'debit', 'check' FROM check_orgs;
INSERT INTO categories (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO products (id, organization_id, sku, name, category_id) SELECT id, organization_id, 'C' || id, 'check', id FROM check_orgs;
INSERT INTO product_attachments (id, organization_id, product_id, file_name, file_path, file_size) SELECT id, organization_id, id, 'a', 'a', 1 FROM check_orgs;
INSERT INTO inventory (id, organization_id, product_id, quantity, min_stock_level) SELECT id, organization_id, id, 1, 5 FROM check_orgs;
INSERT INTO stock_movements (id, organization_id, product_id, movement_type, quantity) SELECT id, organization_id, id, 'in', 1 FROM check_orgs;
INSERT INTO suppliers (id, organization_id, supplier_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date) SELECT id, organization_id, 'C' || id, id, '2024-03-01' FROM check_orgs;
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) SELECT id, organization_id, id, id, 1, 1, 1 FROM check_orgs;
INSERT INTO customers (id, organization_id, customer_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO leads (id, organization_id, customer_id, source) SELECT id, organization_id, id, 'web' FROM check_orgs;
INSERT INTO deals (id, organization_id, lead_id, deal_name) SELECT id, organization_id, id, 'check' FROM check_orgs;
INSERT INTO activities (id, organization_id, activity_type, subject, activity_date) SELECT id, organization_id, 'call', 'check', '2024-03-01' FROM check_orgs;
INSERT INTO campaigns (id, organization_id, name, campaign_type) SELECT id, organization_id, 'check', 'mail' FROM check_orgs;
INSERT INTO campaign_leads (id, organization_id, campaign_id, lead_id) SELECT id, organization_id, id, id FROM check_orgs;
INSERT INTO system_configurations (organization_id, config_key, config_value) SELECT organization_id, 'check', '1' FROM check_orgs;
INSERT INTO feature_flags (organization_id, flag) SELECT organization_id, 'check_flag' FROM check_orgs;
INSERT INTO roles (id, organization_id, name) SELECT id, organization_id, 'check' FROM check_orgs;
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT c.id, p.id, c.organization_id FROM check_orgs AS c, permissions AS p WHERE p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) SELECT id, id, organization_id FROM check_orgs;
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT id, organization_id, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}' FROM check_orgs;
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) SELECT id, organization_id, id, 7 FROM check_orgs;
CREATE TEMPORARY TABLE check_found (relation text, verb text, outcome text);
DO $probe$
DECLARE
  v_me text := current_user;
  v_found jsonb := '[]';
  v_table text;
  v_statement text[];
  v_count bigint;
  v_outcome text;
BEGIN
  PERFORM set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000001', true);
  SET LOCAL ROLE clierp_worker;
  FOREACH v_table IN ARRAY ARRAY[
    'departments', 'employees', 'users', 'audit_logs', 'attendances', 'payrolls', 'accounts',
    'transactions', 'categories', 'products', 'product_attachments', 'inventory', 'stock_movements',
    'suppliers', 'purchase_orders', 'purchase_order_items', 'customers', 'leads', 'deals',
    'activities', 'campaigns', 'campaign_leads', 'system_configurations', 'feature_flags',
    'enhanced_audit_logs', 'workflow_definitions', 'workflow_instances', 'domain_events', 'roles',
    'role_permissions', 'user_roles'
  ] LOOP
    FOREACH v_statement SLICE 1 IN ARRAY ARRAY[
      ARRAY['sees own', 'SELECT FROM %I WHERE organization_id = 990000001'],
      ARRAY['sees others', 'SELECT FROM %I WHERE organization_id <> 990000001'],
      ARRAY['changes others', 'UPDATE %I SET organization_id = organization_id WHERE organization_id <> 990000001'],
      ARRAY['gives away', 'UPDATE %I SET organization_id = 990000002 WHERE organization_id = 990000001'],
      ARRAY['deletes others', 'DELETE FROM %I WHERE organization_id <> 990000001'],
      ARRAY['adds to others', 'INSERT INTO %I (organization_id) VALUES (990000002)']
    ] LOOP
      BEGIN
        EXECUTE format(v_statement[2], v_table);
        GET DIAGNOSTICS v_count = ROW_COUNT;
        v_outcome := CASE WHEN v_count = 0 THEN 'nothing' ELSE 'rows' END;
      EXCEPTION
        WHEN insufficient_privilege THEN v_outcome := 'refused';
        WHEN OTHERS THEN v_outcome := SQLSTATE;
      END;
      v_found := v_found || jsonb_build_object('relation', v_table, 'verb', v_statement[1], 'outcome', v_outcome);
    END LOOP;
  END LOOP;
  EXECUTE format('SET LOCAL ROLE %I', v_me);
  INSERT INTO check_found SELECT * FROM jsonb_to_recordset(v_found) AS f (relation text, verb text, outcome text);
END
$probe$;
-- @check the worker sees and changes one organization at a time, events excepted
-- @expect every ok = true
SELECT relation, verb, outcome, CASE verb
  WHEN 'sees own' THEN outcome = 'rows'
  WHEN 'sees others' THEN outcome = 'nothing'
  WHEN 'changes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'gives away' THEN outcome = CASE relation WHEN 'workflow_instances' THEN '23514' ELSE 'refused' END
  WHEN 'deletes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'adds to others' THEN outcome = 'refused' END AS ok
FROM check_found
WHERE (relation, verb) NOT IN (('domain_events', 'sees others'), ('domain_events', 'changes others'), ('domain_events', 'gives away'),
  ('domain_events', 'adds to others'), ('enhanced_audit_logs', 'sees own'), ('enhanced_audit_logs', 'sees others'));

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO departments (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO employees (id, organization_id, employee_code, name, department_id, position, hire_date)
SELECT id, organization_id, 'C' || id, 'check', id, 'clerk', '2024-03-01' FROM check_orgs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO audit_logs (id, organization_id, table_name, record_id, action) SELECT id, organization_id, 'users', id, 'INSERT' FROM check_orgs;
INSERT INTO attendances (id, organization_id, employee_id, date) SELECT id, organization_id, id, '2024-03-01' FROM check_orgs;
INSERT INTO payrolls (id, organization_id, employee_id, period, base_salary, net_salary) SELECT id, organization_id, id, '2024-03', 1, 1 FROM check_orgs;
INSERT INTO accounts (id, organization_id, account_code, account_name, account_type) SELECT id, organization_id, 'C' || id, 'check', 'asset' FROM check_orgs;
INSERT INTO transactions (id, organization_id, account_id, transaction_date, amount, debit_credit, description)
SELECT id, organization_id, id, '2024-03-01', 1, 'debit', 'check' FROM check_orgs;
INSERT INTO categories (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO products (id, organization_id, sku, name, category_id) SELECT id, organization_id, 'C' || id, 'check', id FROM check_orgs;
INSERT INTO product_attachments (id, organization_id, product_id, file_name, file_path, file_size) SELECT id, organization_id, id, 'a', 'a', 1 FROM check_orgs;
INSERT INTO inventory (id, organization_id, product_id, quantity, min_stock_level) SELECT id, organization_id, id, 1, 5 FROM check_orgs;
INSERT INTO stock_movements (id, organization_id, product_id, movement_type, quantity) SELECT id, organization_id, id, 'in', 1 FROM check_orgs;
INSERT INTO suppliers (id, organization_id, supplier_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date) SELECT id, organization_id, 'C' || id, id, '2024-03-01' FROM check_orgs;
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) SELECT id, organization_id, id, id, 1, 1, 1 FROM check_orgs;
INSERT INTO customers (id, organization_id, customer_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO leads (id, organization_id, customer_id, source) SELECT id, organization_id, id, 'web' FROM check_orgs;
INSERT INTO deals (id, organization_id, lead_id, deal_name) SELECT id, organization_id, id, 'check' FROM check_orgs;
INSERT INTO activities (id, organization_id, activity_type, subject, activity_date) SELECT id, organization_id, 'call', 'check', '2024-03-01' FROM check_orgs;
INSERT INTO campaigns (id, organization_id, name, campaign_type) SELECT id, organization_id, 'check', 'mail' FROM check_orgs;
INSERT INTO campaign_leads (id, organization_id, campaign_id, lead_id) SELECT id, organization_id, id, id FROM check_orgs;
INSERT INTO system_configurations (organization_id, config_key, config_value) SELECT organization_id, 'check', '1' FROM check_orgs;
INSERT INTO feature_flags (organization_id, flag) SELECT organization_id, 'check_flag' FROM check_orgs;
INSERT INTO roles (id, organization_id, name) SELECT id, organization_id, 'check' FROM check_orgs;
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT c.id, p.id, c.organization_id FROM check_orgs AS c, permissions AS p WHERE p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) SELECT id, id, organization_id FROM check_orgs;
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT id, organization_id, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}' FROM check_orgs;
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) SELECT id, organization_id, id, 7 FROM check_orgs;
CREATE TEMPORARY TABLE check_found (relation text, verb text, outcome text);
DO $probe$
DECLARE
  v_me text := current_user;
  v_found jsonb := '[]';
  v_table text;
  v_statement text[];
  v_count bigint;
  v_outcome text;
BEGIN
  PERFORM set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000003', true);
  SET LOCAL ROLE clierp_cli;
  FOREACH v_table IN ARRAY ARRAY[
    'departments', 'employees', 'users', 'audit_logs', 'attendances', 'payrolls', 'accounts',
    'transactions', 'categories', 'products', 'product_attachments', 'inventory', 'stock_movements',
    'suppliers', 'purchase_orders', 'purchase_order_items', 'customers', 'leads', 'deals',
    'activities', 'campaigns', 'campaign_leads', 'system_configurations', 'feature_flags',
    'enhanced_audit_logs', 'roles', 'role_permissions', 'user_roles'
  ] LOOP
    FOREACH v_statement SLICE 1 IN ARRAY ARRAY[
      ARRAY['sees own', 'SELECT FROM %I WHERE organization_id = 1'],
      ARRAY['sees others', 'SELECT FROM %I WHERE organization_id <> 1'],
      ARRAY['changes others', 'UPDATE %I SET organization_id = organization_id WHERE organization_id <> 1'],
      ARRAY['gives away', 'UPDATE %I SET organization_id = 990000002 WHERE organization_id = 1'],
      ARRAY['deletes others', 'DELETE FROM %I WHERE organization_id <> 1'],
      ARRAY['adds to others', 'INSERT INTO %I (organization_id) VALUES (990000002)']
    ] LOOP
      BEGIN
        EXECUTE format(v_statement[2], v_table);
        GET DIAGNOSTICS v_count = ROW_COUNT;
        v_outcome := CASE WHEN v_count = 0 THEN 'nothing' ELSE 'rows' END;
      EXCEPTION
        WHEN insufficient_privilege THEN v_outcome := 'refused';
        WHEN OTHERS THEN v_outcome := SQLSTATE;
      END;
      v_found := v_found || jsonb_build_object('relation', v_table, 'verb', v_statement[1], 'outcome', v_outcome);
    END LOOP;
  END LOOP;
  EXECUTE format('SET LOCAL ROLE %I', v_me);
  INSERT INTO check_found SELECT * FROM jsonb_to_recordset(v_found) AS f (relation text, verb text, outcome text);
END
$probe$;
-- @check the old CLI sees and changes the default organization only, whatever organization it names
-- @expect every ok = true
SELECT relation, verb, outcome, CASE verb
  WHEN 'sees own' THEN outcome = 'rows'
  WHEN 'sees others' THEN outcome = 'nothing'
  WHEN 'changes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'gives away' THEN outcome = CASE relation WHEN 'workflow_instances' THEN '23514' ELSE 'refused' END
  WHEN 'deletes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'adds to others' THEN outcome = 'refused' END AS ok
FROM check_found
WHERE true;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO departments (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO employees (id, organization_id, employee_code, name, department_id, position, hire_date)
SELECT id, organization_id, 'C' || id, 'check', id, 'clerk', '2024-03-01' FROM check_orgs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO audit_logs (id, organization_id, table_name, record_id, action) SELECT id, organization_id, 'users', id, 'INSERT' FROM check_orgs;
INSERT INTO attendances (id, organization_id, employee_id, date) SELECT id, organization_id, id, '2024-03-01' FROM check_orgs;
INSERT INTO payrolls (id, organization_id, employee_id, period, base_salary, net_salary) SELECT id, organization_id, id, '2024-03', 1, 1 FROM check_orgs;
INSERT INTO accounts (id, organization_id, account_code, account_name, account_type) SELECT id, organization_id, 'C' || id, 'check', 'asset' FROM check_orgs;
INSERT INTO transactions (id, organization_id, account_id, transaction_date, amount, debit_credit, description)
SELECT id, organization_id, id, '2024-03-01', 1, 'debit', 'check' FROM check_orgs;
INSERT INTO categories (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO products (id, organization_id, sku, name, category_id) SELECT id, organization_id, 'C' || id, 'check', id FROM check_orgs;
INSERT INTO product_attachments (id, organization_id, product_id, file_name, file_path, file_size) SELECT id, organization_id, id, 'a', 'a', 1 FROM check_orgs;
INSERT INTO inventory (id, organization_id, product_id, quantity, min_stock_level) SELECT id, organization_id, id, 1, 5 FROM check_orgs;
INSERT INTO stock_movements (id, organization_id, product_id, movement_type, quantity) SELECT id, organization_id, id, 'in', 1 FROM check_orgs;
INSERT INTO suppliers (id, organization_id, supplier_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date) SELECT id, organization_id, 'C' || id, id, '2024-03-01' FROM check_orgs;
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) SELECT id, organization_id, id, id, 1, 1, 1 FROM check_orgs;
INSERT INTO customers (id, organization_id, customer_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO leads (id, organization_id, customer_id, source) SELECT id, organization_id, id, 'web' FROM check_orgs;
INSERT INTO deals (id, organization_id, lead_id, deal_name) SELECT id, organization_id, id, 'check' FROM check_orgs;
INSERT INTO activities (id, organization_id, activity_type, subject, activity_date) SELECT id, organization_id, 'call', 'check', '2024-03-01' FROM check_orgs;
INSERT INTO campaigns (id, organization_id, name, campaign_type) SELECT id, organization_id, 'check', 'mail' FROM check_orgs;
INSERT INTO campaign_leads (id, organization_id, campaign_id, lead_id) SELECT id, organization_id, id, id FROM check_orgs;
INSERT INTO system_configurations (organization_id, config_key, config_value) SELECT organization_id, 'check', '1' FROM check_orgs;
INSERT INTO feature_flags (organization_id, flag) SELECT organization_id, 'check_flag' FROM check_orgs;
INSERT INTO roles (id, organization_id, name) SELECT id, organization_id, 'check' FROM check_orgs;
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT c.id, p.id, c.organization_id FROM check_orgs AS c, permissions AS p WHERE p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) SELECT id, id, organization_id FROM check_orgs;
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT id, organization_id, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}' FROM check_orgs;
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) SELECT id, organization_id, id, 7 FROM check_orgs;
-- @check without an organization the application sees nothing
-- @expect every visible = 0
-- @as clierp_app
SELECT 'departments' AS name, count(*) AS visible FROM departments WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'employees' AS name, count(*) AS visible FROM employees WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'users' AS name, count(*) AS visible FROM users WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'audit_logs' AS name, count(*) AS visible FROM audit_logs WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'attendances' AS name, count(*) AS visible FROM attendances WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'payrolls' AS name, count(*) AS visible FROM payrolls WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'accounts' AS name, count(*) AS visible FROM accounts WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'transactions' AS name, count(*) AS visible FROM transactions WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'categories' AS name, count(*) AS visible FROM categories WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'products' AS name, count(*) AS visible FROM products WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'product_attachments' AS name, count(*) AS visible FROM product_attachments WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'inventory' AS name, count(*) AS visible FROM inventory WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'stock_movements' AS name, count(*) AS visible FROM stock_movements WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'suppliers' AS name, count(*) AS visible FROM suppliers WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'purchase_orders' AS name, count(*) AS visible FROM purchase_orders WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'purchase_order_items' AS name, count(*) AS visible FROM purchase_order_items WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'customers' AS name, count(*) AS visible FROM customers WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'leads' AS name, count(*) AS visible FROM leads WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'deals' AS name, count(*) AS visible FROM deals WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'activities' AS name, count(*) AS visible FROM activities WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'campaigns' AS name, count(*) AS visible FROM campaigns WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'campaign_leads' AS name, count(*) AS visible FROM campaign_leads WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'system_configurations' AS name, count(*) AS visible FROM system_configurations WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'feature_flags' AS name, count(*) AS visible FROM feature_flags WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'workflow_definitions' AS name, count(*) AS visible FROM workflow_definitions WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'workflow_instances' AS name, count(*) AS visible FROM workflow_instances WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'domain_events' AS name, count(*) AS visible FROM domain_events WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'roles' AS name, count(*) AS visible FROM roles WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'role_permissions' AS name, count(*) AS visible FROM role_permissions WHERE organization_id IS NOT NULL
UNION ALL
SELECT 'user_roles' AS name, count(*) AS visible FROM user_roles WHERE organization_id IS NOT NULL;

-- @check without an organization the application adds nothing
-- @expect error 42501
-- @as clierp_app
INSERT INTO categories (name) VALUES ('check');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
-- @check an organization sees itself and no other
-- @expect result = [{"code": "check-a"}]
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT code FROM organizations;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
-- @check the old CLI sees the default organization only
-- @expect result = [{"code": "default"}]
-- @as clierp_cli
-- @set app.organization_id = 990000001
SELECT code FROM organizations;

-- @check the application can't found organizations
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
INSERT INTO organizations (code, name) VALUES ('check-c', 'Check C');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin may rename the organization
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE organizations SET name = 'Check A!' WHERE id = 990000001 RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin may rename no other organization
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE organizations SET name = 'mine' WHERE id = 990000002 RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an employee may not rename the organization
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE organizations SET name = 'mine' WHERE id = 990000001 RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check nobody may change the code of an organization
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE organizations SET code = 'default' WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check system_configurations: an admin may add a row for the organization
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1') RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check system_configurations: an employee may not
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check system_configurations: nobody adds a row for all organizations
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (NULL, 'check', '1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (NULL, 'check', '1');
-- @check system_configurations: rows for all organizations can be read and not changed
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE system_configurations SET organization_id = organization_id WHERE organization_id IS NULL RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1');
-- @check system_configurations: an employee deletes no row of the organization
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
DELETE FROM system_configurations RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (NULL, 'check', '1');
-- @check system_configurations: a row for all organizations is seen in each
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000002
SELECT id FROM system_configurations WHERE organization_id IS NULL AND config_key = 'check';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check feature_flags: an admin may add a row for the organization
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO feature_flags (organization_id, flag) VALUES (990000001, 'check_flag') RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check feature_flags: an employee may not
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO feature_flags (organization_id, flag) VALUES (990000001, 'check_flag');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check feature_flags: nobody adds a row for all organizations
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO feature_flags (organization_id, flag) VALUES (NULL, 'check_flag');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO feature_flags (organization_id, flag) VALUES (NULL, 'check_flag');
-- @check feature_flags: rows for all organizations can be read and not changed
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE feature_flags SET organization_id = organization_id WHERE organization_id IS NULL RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO feature_flags (organization_id, flag) VALUES (990000001, 'check_flag');
-- @check feature_flags: an employee deletes no row of the organization
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
DELETE FROM feature_flags RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO feature_flags (organization_id, flag) VALUES (NULL, 'check_flag');
-- @check feature_flags: a row for all organizations is seen in each
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000002
SELECT id FROM feature_flags WHERE organization_id IS NULL AND flag = 'check_flag';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the audit log is shown to those who may read it
-- @expect rows >= 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
SELECT id FROM enhanced_audit_logs WHERE table_name = 'products' AND record_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the audit log is not shown to others
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
SELECT id FROM enhanced_audit_logs;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check the audit log of another organization is not shown to its admin
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000002
-- @set app.user_id = 990000004
SELECT id FROM enhanced_audit_logs WHERE organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT set_config('app.user_id', '990000002', true);
SET LOCAL ROLE clierp_app;
INSERT INTO categories (name) VALUES ('check');
RESET ROLE;
-- @check the application's changes are audited though it can't write the log
-- @expect value = 1
SELECT count(*) FROM enhanced_audit_logs WHERE table_name = 'categories' AND user_id = 990000002 AND organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
UPDATE users SET role = 'manager' WHERE id = 990000002;
-- @check a manager may define workflows
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO workflow_definitions (organization_id, name, entity_type, definition)
VALUES (990000001, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}') RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a workflow asks for permissions that exist
-- @expect error 42704
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO workflow_definitions (organization_id, name, entity_type, definition)
VALUES (990000001, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b", "permission": "users.fly"}]}');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
VALUES (990000001, 990000001, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b", "permission": "users.write"}]}');
-- @check a workflow goes on asking for permissions that exist
-- @expect error 42704
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE workflow_definitions SET definition = jsonb_set(definition, '{transitions,0,permission}', '"users.fly"');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an employee may not define workflows
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO workflow_definitions (organization_id, name, entity_type, definition)
VALUES (990000001, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}') RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an employee can't take roles
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO user_roles (user_id, role_id) SELECT 990000002, id FROM roles WHERE name = 'admin';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an employee can't become admin through the old column
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE users SET role = 'admin' WHERE id = 990000002;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin may change the old column
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE users SET role = 'manager' WHERE id = 990000002 RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin may define a role
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO roles (name) VALUES ('buyer') RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin can't make a system role
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO roles (name, is_system_role) VALUES ('king', true);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin can't change a system role
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE roles SET description = 'x' WHERE name = 'admin' RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin can't give more to a system role
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO role_permissions (role_id, permission_id) SELECT r.id, p.id FROM roles AS r, permissions AS p WHERE r.name = 'employee' AND p.name = 'roles.manage';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check an admin can't take from a system role
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
DELETE FROM role_permissions RETURNING role_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000001, 990000001, 'buyer');
-- @check an admin may fill a role of the organization
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO role_permissions (role_id, permission_id) SELECT 990000001, id FROM permissions WHERE name = 'products.read' RETURNING role_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check grant_role works for the application
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT grant_role(990000002, 'auditor', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check revoke_role works for the application
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT revoke_role(990000002, 'employee', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check roles: without the permission no row is changed
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE roles SET description = 'changed' WHERE id = 990000011 RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check roles: without the permission no row is deleted
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
DELETE FROM roles WHERE id = 990000011 RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check role_permissions: without the permission no row is changed
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE role_permissions SET permission_id = (SELECT id FROM permissions WHERE name = 'suppliers.read') WHERE role_id = 990000011 RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check role_permissions: without the permission no row is deleted
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
DELETE FROM role_permissions WHERE role_id = 990000011 RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check user_roles: without the permission no row is changed
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE user_roles SET granted_at = now(), granted_by = NULL WHERE user_id = 990000002 AND role_id = 990000011 RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check user_roles: without the permission no row is deleted
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
DELETE FROM user_roles WHERE user_id = 990000002 AND role_id = 990000011 RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check system_configurations: without the permission no row is changed
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE system_configurations SET config_value = '2' WHERE config_key = 'check' RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check system_configurations: without the permission no row is deleted
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
DELETE FROM system_configurations WHERE config_key = 'check' RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check feature_flags: without the permission no row is changed
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE feature_flags SET is_enabled = true WHERE flag = 'job_queue' AND organization_id IS NOT NULL RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check feature_flags: without the permission no row is deleted
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
DELETE FROM feature_flags WHERE flag = 'job_queue' AND organization_id IS NOT NULL RETURNING organization_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check roles: without the permission no row is added
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO roles (organization_id, name) VALUES (990000001, 'added');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check roles: not even an admin adds a row to another organization
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO roles (organization_id, name) VALUES (990000002, 'added');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check role_permissions: without the permission no row is added
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO role_permissions (role_id, permission_id, organization_id) SELECT 990000011, id, 990000001 FROM permissions WHERE name = 'suppliers.read';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check role_permissions: not even an admin adds a row to another organization
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO role_permissions (role_id, permission_id, organization_id) SELECT 990000012, id, 990000002 FROM permissions WHERE name = 'suppliers.read';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check user_roles: without the permission no row is added
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES (990000003, 990000011, 990000002, 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check user_roles: not even an admin adds a row to another organization
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES (990000004, 990000012, 990000001, 990000002);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check an admin can't delete a system role
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
DELETE FROM roles WHERE organization_id = 990000001 AND name = 'employee' RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
-- @check an admin can't exchange a permission of a system role
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE role_permissions SET permission_id = (SELECT id FROM permissions WHERE name = 'payrolls.read') WHERE role_id = (SELECT id FROM roles WHERE organization_id = 990000001 AND name = 'employee') AND permission_id = (SELECT id FROM permissions WHERE name = 'products.read') RETURNING role_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
UPDATE role_permissions SET permission_id = (SELECT id FROM permissions WHERE name = 'payrolls.read') WHERE role_id = 990000011;
-- @check an admin can't move a permission to a system role
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE role_permissions SET role_id = (SELECT id FROM roles WHERE organization_id = 990000001 AND name = 'employee') WHERE role_id = 990000011;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO roles (id, organization_id, name) VALUES (990000011, 990000001, 'own'), (990000012, 990000002, 'theirs');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT r.id, p.id, r.organization_id FROM roles AS r CROSS JOIN permissions AS p WHERE r.id IN (990000011, 990000012) AND p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES
  (990000002, 990000011, 990000001, 990000001), (990000004, 990000012, 990000004, 990000002);
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check', '1'), (990000002, 'check', '1');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false), (990000002, 'job_queue', false);
INSERT INTO roles (id, organization_id, name) VALUES (990000013, 990000001, 'clerk');
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT 990000013, id, 990000001 FROM permissions WHERE name = 'roles.manage';
INSERT INTO user_roles (user_id, role_id, granted_by, organization_id) VALUES (990000002, 990000013, 990000001, 990000001);
-- @check nobody exchanges a permission for one they lack
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE role_permissions SET permission_id = (SELECT id FROM permissions WHERE name = 'payrolls.read') WHERE role_id = 990000011;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check the old CLI raises no event in another organization
-- @expect error 42501
-- @as clierp_cli
INSERT INTO domain_events (organization_id, event_type, entity_id) VALUES (990000001, 'check_event', 1);

-- @check permissions can't be invented
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
INSERT INTO permissions (name, resource, action) VALUES ('check.read', 'check', 'read');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving works for the application
-- @expect value = received
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT status FROM receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT grant_role(990000002, 'admin', 990000001);
DELETE FROM user_roles WHERE user_id = 990000001;
-- @check receiving asks for the permission in the roles, not in the old column
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition) VALUES
  (990000001, 990000001, 'check', 'purchase_orders', '{"steps": ["draft", "review", "approved", "rejected"], "initial": "draft", "final": ["approved", "rejected"], "transitions": [
  {"from": "draft", "to": "review", "requires": ["amount"]},
  {"from": "review", "to": "approved", "permission": "purchase_orders.approve"},
  {"from": "review", "to": "rejected", "needs_reason": true},
  {"from": "review", "to": "draft"}]}');
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) VALUES
  (990000001, 990000001, 990000001, 7);
-- @check a workflow goes on for the application
-- @expect value = review
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT current_step FROM advance_workflow(990000001, 'review', 990000002, NULL, '{"amount": 10}');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
UPDATE domain_events SET published_at = clock_timestamp() WHERE published_at IS NULL;
SELECT publish_domain_event('check_event', 1, '{}', 990000001), publish_domain_event('check_event', 2, '{}', 990000002);
-- @check the worker hands on events of every organization
-- @expect result = [{"organization_id": 990000001}, {"organization_id": 990000002}]
-- @as clierp_worker
SELECT organization_id FROM claim_domain_events(2);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO departments (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO employees (id, organization_id, employee_code, name, department_id, position, hire_date)
SELECT id, organization_id, 'C' || id, 'check', id, 'clerk', '2024-03-01' FROM check_orgs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO audit_logs (id, organization_id, table_name, record_id, action) SELECT id, organization_id, 'users', id, 'INSERT' FROM check_orgs;
INSERT INTO attendances (id, organization_id, employee_id, date) SELECT id, organization_id, id, '2024-03-01' FROM check_orgs;
INSERT INTO payrolls (id, organization_id, employee_id, period, base_salary, net_salary) SELECT id, organization_id, id, '2024-03', 1, 1 FROM check_orgs;
INSERT INTO accounts (id, organization_id, account_code, account_name, account_type) SELECT id, organization_id, 'C' || id, 'check', 'asset' FROM check_orgs;
INSERT INTO transactions (id, organization_id, account_id, transaction_date, amount, debit_credit, description)
SELECT id, organization_id, id, '2024-03-01', 1, 'debit', 'check' FROM check_orgs;
INSERT INTO categories (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO products (id, organization_id, sku, name, category_id) SELECT id, organization_id, 'C' || id, 'check', id FROM check_orgs;
INSERT INTO product_attachments (id, organization_id, product_id, file_name, file_path, file_size) SELECT id, organization_id, id, 'a', 'a', 1 FROM check_orgs;
INSERT INTO inventory (id, organization_id, product_id, quantity, min_stock_level) SELECT id, organization_id, id, 1, 5 FROM check_orgs;
INSERT INTO stock_movements (id, organization_id, product_id, movement_type, quantity) SELECT id, organization_id, id, 'in', 1 FROM check_orgs;
INSERT INTO suppliers (id, organization_id, supplier_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date) SELECT id, organization_id, 'C' || id, id, '2024-03-01' FROM check_orgs;
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) SELECT id, organization_id, id, id, 1, 1, 1 FROM check_orgs;
INSERT INTO customers (id, organization_id, customer_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO leads (id, organization_id, customer_id, source) SELECT id, organization_id, id, 'web' FROM check_orgs;
INSERT INTO deals (id, organization_id, lead_id, deal_name) SELECT id, organization_id, id, 'check' FROM check_orgs;
INSERT INTO activities (id, organization_id, activity_type, subject, activity_date) SELECT id, organization_id, 'call', 'check', '2024-03-01' FROM check_orgs;
INSERT INTO campaigns (id, organization_id, name, campaign_type) SELECT id, organization_id, 'check', 'mail' FROM check_orgs;
INSERT INTO campaign_leads (id, organization_id, campaign_id, lead_id) SELECT id, organization_id, id, id FROM check_orgs;
INSERT INTO system_configurations (organization_id, config_key, config_value) SELECT organization_id, 'check', '1' FROM check_orgs;
INSERT INTO feature_flags (organization_id, flag) SELECT organization_id, 'check_flag' FROM check_orgs;
INSERT INTO roles (id, organization_id, name) SELECT id, organization_id, 'check' FROM check_orgs;
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT c.id, p.id, c.organization_id FROM check_orgs AS c, permissions AS p WHERE p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) SELECT id, id, organization_id FROM check_orgs;
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT id, organization_id, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}' FROM check_orgs;
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) SELECT id, organization_id, id, 7 FROM check_orgs;
-- @check reports show the own organization only
-- @expect result = [{"sku": "C990000001"}]
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT sku FROM low_stock_products;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO departments (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO employees (id, organization_id, employee_code, name, department_id, position, hire_date)
SELECT id, organization_id, 'C' || id, 'check', id, 'clerk', '2024-03-01' FROM check_orgs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO audit_logs (id, organization_id, table_name, record_id, action) SELECT id, organization_id, 'users', id, 'INSERT' FROM check_orgs;
INSERT INTO attendances (id, organization_id, employee_id, date) SELECT id, organization_id, id, '2024-03-01' FROM check_orgs;
INSERT INTO payrolls (id, organization_id, employee_id, period, base_salary, net_salary) SELECT id, organization_id, id, '2024-03', 1, 1 FROM check_orgs;
INSERT INTO accounts (id, organization_id, account_code, account_name, account_type) SELECT id, organization_id, 'C' || id, 'check', 'asset' FROM check_orgs;
INSERT INTO transactions (id, organization_id, account_id, transaction_date, amount, debit_credit, description)
SELECT id, organization_id, id, '2024-03-01', 1, 'debit', 'check' FROM check_orgs;
INSERT INTO categories (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO products (id, organization_id, sku, name, category_id) SELECT id, organization_id, 'C' || id, 'check', id FROM check_orgs;
INSERT INTO product_attachments (id, organization_id, product_id, file_name, file_path, file_size) SELECT id, organization_id, id, 'a', 'a', 1 FROM check_orgs;
INSERT INTO inventory (id, organization_id, product_id, quantity, min_stock_level) SELECT id, organization_id, id, 1, 5 FROM check_orgs;
INSERT INTO stock_movements (id, organization_id, product_id, movement_type, quantity) SELECT id, organization_id, id, 'in', 1 FROM check_orgs;
INSERT INTO suppliers (id, organization_id, supplier_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date) SELECT id, organization_id, 'C' || id, id, '2024-03-01' FROM check_orgs;
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) SELECT id, organization_id, id, id, 1, 1, 1 FROM check_orgs;
INSERT INTO customers (id, organization_id, customer_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO leads (id, organization_id, customer_id, source) SELECT id, organization_id, id, 'web' FROM check_orgs;
INSERT INTO deals (id, organization_id, lead_id, deal_name) SELECT id, organization_id, id, 'check' FROM check_orgs;
INSERT INTO activities (id, organization_id, activity_type, subject, activity_date) SELECT id, organization_id, 'call', 'check', '2024-03-01' FROM check_orgs;
INSERT INTO campaigns (id, organization_id, name, campaign_type) SELECT id, organization_id, 'check', 'mail' FROM check_orgs;
INSERT INTO campaign_leads (id, organization_id, campaign_id, lead_id) SELECT id, organization_id, id, id FROM check_orgs;
INSERT INTO system_configurations (organization_id, config_key, config_value) SELECT organization_id, 'check', '1' FROM check_orgs;
INSERT INTO feature_flags (organization_id, flag) SELECT organization_id, 'check_flag' FROM check_orgs;
INSERT INTO roles (id, organization_id, name) SELECT id, organization_id, 'check' FROM check_orgs;
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT c.id, p.id, c.organization_id FROM check_orgs AS c, permissions AS p WHERE p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) SELECT id, id, organization_id FROM check_orgs;
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT id, organization_id, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}' FROM check_orgs;
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) SELECT id, organization_id, id, 7 FROM check_orgs;
-- @check the order report shows the own organization only
-- @expect result = [{"po_number": "C990000002"}]
-- @as clierp_app
-- @set app.organization_id = 990000002
SELECT po_number FROM purchase_order_summary;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
INSERT INTO departments (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO employees (id, organization_id, employee_code, name, department_id, position, hire_date)
SELECT id, organization_id, 'C' || id, 'check', id, 'clerk', '2024-03-01' FROM check_orgs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO audit_logs (id, organization_id, table_name, record_id, action) SELECT id, organization_id, 'users', id, 'INSERT' FROM check_orgs;
INSERT INTO attendances (id, organization_id, employee_id, date) SELECT id, organization_id, id, '2024-03-01' FROM check_orgs;
INSERT INTO payrolls (id, organization_id, employee_id, period, base_salary, net_salary) SELECT id, organization_id, id, '2024-03', 1, 1 FROM check_orgs;
INSERT INTO accounts (id, organization_id, account_code, account_name, account_type) SELECT id, organization_id, 'C' || id, 'check', 'asset' FROM check_orgs;
INSERT INTO transactions (id, organization_id, account_id, transaction_date, amount, debit_credit, description)
SELECT id, organization_id, id, '2024-03-01', 1, 'debit', 'check' FROM check_orgs;
INSERT INTO categories (id, organization_id, name) SELECT id, organization_id, 'check ' || id FROM check_orgs;
INSERT INTO products (id, organization_id, sku, name, category_id) SELECT id, organization_id, 'C' || id, 'check', id FROM check_orgs;
INSERT INTO product_attachments (id, organization_id, product_id, file_name, file_path, file_size) SELECT id, organization_id, id, 'a', 'a', 1 FROM check_orgs;
INSERT INTO inventory (id, organization_id, product_id, quantity, min_stock_level) SELECT id, organization_id, id, 1, 5 FROM check_orgs;
INSERT INTO stock_movements (id, organization_id, product_id, movement_type, quantity) SELECT id, organization_id, id, 'in', 1 FROM check_orgs;
INSERT INTO suppliers (id, organization_id, supplier_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date) SELECT id, organization_id, 'C' || id, id, '2024-03-01' FROM check_orgs;
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) SELECT id, organization_id, id, id, 1, 1, 1 FROM check_orgs;
INSERT INTO customers (id, organization_id, customer_code, name) SELECT id, organization_id, 'C' || id, 'check' FROM check_orgs;
INSERT INTO leads (id, organization_id, customer_id, source) SELECT id, organization_id, id, 'web' FROM check_orgs;
INSERT INTO deals (id, organization_id, lead_id, deal_name) SELECT id, organization_id, id, 'check' FROM check_orgs;
INSERT INTO activities (id, organization_id, activity_type, subject, activity_date) SELECT id, organization_id, 'call', 'check', '2024-03-01' FROM check_orgs;
INSERT INTO campaigns (id, organization_id, name, campaign_type) SELECT id, organization_id, 'check', 'mail' FROM check_orgs;
INSERT INTO campaign_leads (id, organization_id, campaign_id, lead_id) SELECT id, organization_id, id, id FROM check_orgs;
INSERT INTO system_configurations (organization_id, config_key, config_value) SELECT organization_id, 'check', '1' FROM check_orgs;
INSERT INTO feature_flags (organization_id, flag) SELECT organization_id, 'check_flag' FROM check_orgs;
INSERT INTO roles (id, organization_id, name) SELECT id, organization_id, 'check' FROM check_orgs;
INSERT INTO role_permissions (role_id, permission_id, organization_id)
SELECT c.id, p.id, c.organization_id FROM check_orgs AS c, permissions AS p WHERE p.name = 'products.read';
INSERT INTO user_roles (user_id, role_id, organization_id) SELECT id, id, organization_id FROM check_orgs;
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT id, organization_id, 'check', 'users', '{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}' FROM check_orgs;
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) SELECT id, organization_id, id, 7 FROM check_orgs;
-- @check the old-shape views keep the old CLI to its organization
-- @expect rows = 0
-- @as clierp_cli
-- @set app.organization_id = 990000001
SELECT id FROM clierp_legacy.products WHERE id IN (990000001, 990000002);

-- @check the application can't empty a table
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
TRUNCATE campaign_leads;

-- @check a list of one organization is read from its index
-- @expect plan uses index idx_purchase_orders_organization_latest
-- @as clierp_app
-- @set app.organization_id = 1
-- @set enable_seqscan = off
-- @set enable_sort = off
SELECT id FROM purchase_orders ORDER BY created_at DESC LIMIT 20;

-- @check row security is off on every table again
-- @when rolled-back
-- @expect rows = 0
SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace AND (relrowsecurity OR relforcerowsecurity)
UNION ALL
SELECT policyname FROM pg_catalog.pg_policies WHERE schemaname = 'public';

-- @check roles and permissions are gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname FROM pg_catalog.pg_class
WHERE relnamespace = 'public'::regnamespace AND relname IN ('permissions', 'roles', 'role_permissions', 'user_roles')
UNION ALL
SELECT proname FROM pg_catalog.pg_proc WHERE pronamespace = 'public'::regnamespace
  AND proname IN ('user_has_permission', 'grant_role', 'revoke_role', 'security_context', 'can_access',
                  'create_system_roles', 'add_system_roles', 'follow_user_role', 'may_hand_on', 'keep_an_admin');

-- @check the application has no rights again
-- @when rolled-back
-- @expect rows = 0
SELECT c.relname, a.grantee::regrole FROM pg_catalog.pg_class AS c, aclexplode(c.relacl) AS a
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee IN ('clierp_app'::regrole, 'clierp_worker'::regrole);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check the old role decides again
-- @when rolled-back
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT assert_permission(990000002, 'purchase_orders.receive');
