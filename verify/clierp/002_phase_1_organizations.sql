-- @check the name organization_id is free everywhere
-- @when before
-- @expect rows = 0
SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'organization_id';

-- @check no row was lost or changed
-- @when step
-- @expect every unchanged = true
SELECT b.table_name, b.row_count = n.row_count AND b.digest IS NOT DISTINCT FROM n.digest AS unchanged
FROM clierp_002_before AS b
LEFT JOIN (
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
  SELECT 'campaign_leads' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM clierp_legacy.campaign_leads AS t
) AS n USING (table_name);

-- @check every row belongs to the default organization
-- @when step
-- @expect every elsewhere = 0
SELECT 'departments' AS table_name, count(*) AS elsewhere FROM departments WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'employees' AS table_name, count(*) AS elsewhere FROM employees WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'users' AS table_name, count(*) AS elsewhere FROM users WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'audit_logs' AS table_name, count(*) AS elsewhere FROM audit_logs WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'attendances' AS table_name, count(*) AS elsewhere FROM attendances WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'payrolls' AS table_name, count(*) AS elsewhere FROM payrolls WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'accounts' AS table_name, count(*) AS elsewhere FROM accounts WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'transactions' AS table_name, count(*) AS elsewhere FROM transactions WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'categories' AS table_name, count(*) AS elsewhere FROM categories WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'products' AS table_name, count(*) AS elsewhere FROM products WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'product_attachments' AS table_name, count(*) AS elsewhere FROM product_attachments WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'inventory' AS table_name, count(*) AS elsewhere FROM inventory WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'stock_movements' AS table_name, count(*) AS elsewhere FROM stock_movements WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'suppliers' AS table_name, count(*) AS elsewhere FROM suppliers WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'purchase_orders' AS table_name, count(*) AS elsewhere FROM purchase_orders WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'purchase_order_items' AS table_name, count(*) AS elsewhere FROM purchase_order_items WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'customers' AS table_name, count(*) AS elsewhere FROM customers WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'leads' AS table_name, count(*) AS elsewhere FROM leads WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'deals' AS table_name, count(*) AS elsewhere FROM deals WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'activities' AS table_name, count(*) AS elsewhere FROM activities WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'campaigns' AS table_name, count(*) AS elsewhere FROM campaigns WHERE organization_id IS DISTINCT FROM 1
UNION ALL
SELECT 'campaign_leads' AS table_name, count(*) AS elsewhere FROM campaign_leads WHERE organization_id IS DISTINCT FROM 1;

-- @check the default organization exists
-- @expect value = 1
SELECT id FROM organizations WHERE code = 'default';

-- @check organizations has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('id', 'integer'),
  ('code', 'character varying(50)'),
  ('name', 'character varying(255)'),
  ('settings', 'jsonb'),
  ('created_at', 'timestamp without time zone'),
  ('updated_at', 'timestamp without time zone')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'organizations'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check system_configurations has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('id', 'integer'),
  ('organization_id', 'integer'),
  ('config_key', 'character varying(100)'),
  ('config_value', 'jsonb'),
  ('is_active', 'boolean'),
  ('created_at', 'timestamp without time zone')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'system_configurations'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check enhanced_audit_logs has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('id', 'bigint'),
  ('organization_id', 'integer'),
  ('user_id', 'integer'),
  ('session_id', 'uuid'),
  ('table_name', 'character varying(100)'),
  ('record_id', 'bigint'),
  ('action', 'character varying(20)'),
  ('old_values', 'jsonb'),
  ('new_values', 'jsonb'),
  ('ip_address', 'inet'),
  ('user_agent', 'text'),
  ('reason', 'text'),
  ('created_at', 'timestamp without time zone')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'enhanced_audit_logs'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check workflow_definitions has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('id', 'integer'),
  ('organization_id', 'integer'),
  ('name', 'character varying(255)'),
  ('entity_type', 'character varying(100)'),
  ('definition', 'jsonb'),
  ('is_active', 'boolean'),
  ('created_at', 'timestamp without time zone')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'workflow_definitions'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check workflow_instances has the columns of the document
-- @expect rows = 0
SELECT e.column_name, e.data_type AS expected, c.data_type AS found
FROM (VALUES
  ('id', 'bigint'),
  ('workflow_definition_id', 'integer'),
  ('entity_id', 'bigint'),
  ('current_step', 'character varying(100)'),
  ('status', 'character varying(50)'),
  ('data', 'jsonb'),
  ('created_at', 'timestamp without time zone'),
  ('updated_at', 'timestamp without time zone')) AS e (column_name, data_type)
LEFT JOIN (
  SELECT attname AS column_name, format_type(atttypid, atttypmod) AS data_type FROM pg_catalog.pg_attribute
  WHERE attrelid = 'workflow_instances'::regclass AND attnum > 0 AND NOT attisdropped
) AS c USING (column_name)
WHERE c.data_type IS DISTINCT FROM e.data_type;

-- @check every table has its organization: required, filled in, and one that exists
-- @expect every ok = true
SELECT t.name, EXISTS (
  SELECT FROM pg_catalog.pg_attribute AS a
  JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  JOIN pg_catalog.pg_constraint AS f ON f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]
  WHERE a.attrelid = t.name::regclass AND a.attname = 'organization_id' AND a.attnotnull
    AND pg_get_expr(d.adbin, d.adrelid) = 'working_organization_id()' AND f.confrelid = 'organizations'::regclass) AS ok
FROM unnest(ARRAY[
  'departments', 'employees', 'users', 'audit_logs', 'attendances', 'payrolls', 'accounts',
  'transactions', 'categories', 'products', 'product_attachments', 'inventory', 'stock_movements',
  'suppliers', 'purchase_orders', 'purchase_order_items', 'customers', 'leads', 'deals',
  'activities', 'campaigns', 'campaign_leads'
]) AS t (name);

-- @check every reference between tables stays inside the organization
-- @expect rows = 0
SELECT conrelid::regclass, conname FROM pg_catalog.pg_constraint
WHERE contype = 'f' AND cardinality(conkey) = 1 AND confrelid <> 'organizations'::regclass
  AND conrelid = ANY (ARRAY[
  'departments', 'employees', 'users', 'audit_logs', 'attendances', 'payrolls', 'accounts',
  'transactions', 'categories', 'products', 'product_attachments', 'inventory', 'stock_movements',
  'suppliers', 'purchase_orders', 'purchase_order_items', 'customers', 'leads', 'deals',
  'activities', 'campaigns', 'campaign_leads'
]::regclass[]);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
-- @check two organizations may use the same code
-- @expect rows = 2
INSERT INTO categories (organization_id, name) VALUES (990000001, 'check'), (990000002, 'check') RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO categories (organization_id, name) VALUES (990000001, 'check');
-- @check one organization may not use a code twice
-- @expect error 23505
INSERT INTO categories (organization_id, name) VALUES (990000001, 'check');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
-- @check a reference to another organization's row is refused
-- @expect error 23503
INSERT INTO products (organization_id, sku, name, category_id) VALUES (990000002, 'CHECK-1', 'One', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
-- @check a new row belongs to the session's organization
-- @expect value = 990000001
-- @set app.organization_id = 990000001
INSERT INTO categories (name) VALUES ('check') RETURNING organization_id;

-- @check a new row of a session without organization belongs to the default one
-- @expect value = 1
INSERT INTO categories (name) VALUES ('check of the default organization') RETURNING organization_id;

-- @check an organization that is not a number is refused
-- @expect error 22P02
-- @set app.organization_id = acme
SELECT current_organization_id();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO categories (organization_id, name) VALUES (990000001, 'check');
-- @check an organization with data can't be deleted
-- @expect error 23503
DELETE FROM organizations WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name, updated_at) VALUES (990000001, 'check-a', 'Check A', '2001-01-01');
UPDATE organizations SET name = 'Check A!' WHERE id = 990000001;
-- @check organizations are dated when they change
-- @expect value = true
SELECT updated_at > '2020-01-01' FROM organizations WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO system_configurations (organization_id, config_key, config_value, is_active) VALUES
  (NULL, 'check.key', '1', true), (990000001, 'check.key', '2', true), (990000002, 'check.key', '3', false);
-- @check a setting is there once per organization
-- @expect error 23505
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (990000001, 'check.key', '4');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO system_configurations (organization_id, config_key, config_value, is_active) VALUES
  (NULL, 'check.key', '1', true), (990000001, 'check.key', '2', true), (990000002, 'check.key', '3', false);
-- @check a setting for all organizations is there once
-- @expect error 23505
INSERT INTO system_configurations (organization_id, config_key, config_value) VALUES (NULL, 'check.key', '4');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO system_configurations (organization_id, config_key, config_value, is_active) VALUES
  (NULL, 'check.key', '1', true), (990000001, 'check.key', '2', true), (990000002, 'check.key', '3', false);
-- @check get_configuration takes the organization's value
-- @expect value = 2
-- @set app.organization_id = 990000001
SELECT get_configuration('check.key');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO system_configurations (organization_id, config_key, config_value, is_active) VALUES
  (NULL, 'check.key', '1', true), (990000001, 'check.key', '2', true), (990000002, 'check.key', '3', false);
-- @check get_configuration passes over an inactive value
-- @expect value = 1
-- @set app.organization_id = 990000002
SELECT get_configuration('check.key');

-- @check get_configuration falls back to the given default
-- @expect value = 5
SELECT get_configuration('check.unheard', '5');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES
  (NULL, 'check_flag', true), (990000001, 'check_flag', false);
-- @check a feature flag can be switched off for one organization
-- @expect result = [{"a": false, "b": true}]
SELECT feature_enabled('check_flag', 990000001) AS a, feature_enabled('check_flag', 990000002) AS b;

-- @setup
UPDATE feature_flags SET updated_at = timestamp '2020-01-01' WHERE flag = 'job_queue';
-- @check a feature flag that is switched is dated
-- @expect value = true
UPDATE feature_flags SET is_enabled = NOT is_enabled WHERE flag = 'job_queue' RETURNING updated_at > timestamp '2020-01-01';

-- @check an unknown feature flag is refused
-- @expect error 42704
SELECT feature_enabled('no_such_flag');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES
  (NULL, 'check_flag', true), (990000001, 'check_flag', false);
-- @check require_feature refuses what is switched off
-- @expect error 55000
-- @set app.organization_id = 990000001
SELECT require_feature('check_flag');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES
  (NULL, 'check_flag', true), (990000001, 'check_flag', false);
-- @check require_feature lets pass what is switched on
-- @expect rows = 1
-- @set app.organization_id = 990000002
SELECT require_feature('check_flag');

-- @check every business table is audited
-- @expect rows = 0
SELECT t.name FROM unnest(ARRAY[
  'departments', 'employees', 'users', 'attendances', 'payrolls', 'accounts', 'transactions',
  'categories', 'products', 'product_attachments', 'inventory', 'stock_movements', 'suppliers',
  'purchase_orders', 'purchase_order_items', 'customers', 'leads', 'deals', 'activities',
  'campaigns', 'campaign_leads', 'system_configurations', 'feature_flags', 'workflow_definitions',
  'workflow_instances'
]) AS t (name)
WHERE NOT EXISTS (
  SELECT FROM pg_catalog.pg_trigger
  WHERE tgrelid = t.name::regclass AND tgfoid = 'write_enhanced_audit'::regproc AND tgenabled <> 'D'
    AND tgtype & (4 | 8 | 16) = 4 | 8 | 16);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000001', true),
       set_config('app.session_id', '00000000-0000-4000-8000-000000000001', true),
       set_config('app.ip_address', '192.0.2.7', true), set_config('app.user_agent', 'clierp/1.0', true),
       set_config('app.reason', 'because', true);
INSERT INTO categories (id, name) VALUES (990000001, 'check');
-- @check an audit entry says who, from where, in which session and why
-- @expect result = [{"action": "INSERT", "user_id": 990000001, "session_id": "00000000-0000-4000-8000-000000000001", "ip": "192.0.2.7", "user_agent": "clierp/1.0", "reason": "because", "name": "check"}]
SELECT action, user_id, session_id::text, host(ip_address) AS ip, user_agent, reason, new_values ->> 'name' AS name
FROM enhanced_audit_logs WHERE organization_id = 990000001 AND table_name = 'categories' AND record_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
INSERT INTO categories (id, name) VALUES (990000001, 'check');
UPDATE categories SET name = 'check!', updated_at = '2001-01-01' WHERE id = 990000001;
-- @check an audit entry of an UPDATE holds the changed columns only
-- @expect result = [{"old_values": {"name": "check"}, "new_values": {"name": "check!"}}]
SELECT old_values, new_values FROM enhanced_audit_logs
WHERE table_name = 'categories' AND record_id = 990000001 AND action = 'UPDATE';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
INSERT INTO categories (id, name) VALUES (990000001, 'check');
UPDATE categories SET name = name, updated_at = '2001-01-01' WHERE id = 990000001;
-- @check an UPDATE that changes nothing leaves no audit entry
-- @expect rows = 0
SELECT id FROM enhanced_audit_logs WHERE table_name = 'categories' AND record_id = 990000001 AND action = 'UPDATE';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
INSERT INTO categories (id, name) VALUES (990000001, 'check');
DELETE FROM categories WHERE id = 990000001;
-- @check an audit entry of a DELETE holds the whole row
-- @expect result = [{"name": "check", "is_active": true, "new_values": null}]
SELECT old_values ->> 'name' AS name, (old_values ->> 'is_active')::boolean AS is_active, new_values
FROM enhanced_audit_logs WHERE table_name = 'categories' AND record_id = 990000001 AND action = 'DELETE';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
INSERT INTO users (id, username, email, password_hash) VALUES (990000009, 'check', 'check@example.org', 'very-secret-1');
UPDATE users SET password_hash = 'very-secret-2' WHERE id = 990000009;
DELETE FROM users WHERE id = 990000009;
-- @check no password reaches the audit log
-- @expect every found = false
SELECT action, coalesce(old_values::text, '') || coalesce(new_values::text, '') ~ 'very-secret' AS found
FROM enhanced_audit_logs WHERE table_name = 'users' AND record_id = 990000009;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
INSERT INTO users (id, username, email, password_hash) VALUES (990000009, 'check', 'check@example.org', 'very-secret-1');
UPDATE users SET password_hash = 'very-secret-2' WHERE id = 990000009;
-- @check a change of password leaves an audit entry
-- @expect rows = 1
SELECT id FROM enhanced_audit_logs WHERE table_name = 'users' AND record_id = 990000009 AND action = 'UPDATE'
  AND new_values = '{"password_hash": "[redacted]"}';

-- @check a context that is not an address is refused
-- @expect error 22P02
-- @set app.ip_address = nowhere
INSERT INTO categories (name) VALUES ('check');

-- @check a user who does not exist can't have changed anything
-- @expect error 23503
-- @set app.user_id = 2147483647
INSERT INTO categories (name) VALUES ('check');

-- @check audit entries can't be written by hand
-- @expect error 42501
INSERT INTO enhanced_audit_logs (organization_id, table_name, record_id, action) VALUES (1, 'products', 1, 'DELETE');

-- @check nobody but the owner makes a trigger that writes audit entries
-- @expect rows = 0
SELECT r.rolname FROM pg_roles AS r WHERE r.rolname IN ('clierp_cli', 'clierp_app', 'clierp_worker')
  AND (has_function_privilege(r.oid, 'write_enhanced_audit()', 'EXECUTE') OR has_table_privilege(r.oid, 'enhanced_audit_logs', 'INSERT'));

-- @setup
CREATE FUNCTION pg_temp.forge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.enhanced_audit_logs (organization_id, table_name, record_id, action) VALUES (1, 'products', 1, 'DELETE');
  RETURN NEW;
END
$$;
CREATE TEMPORARY TABLE check_forged (id integer);
CREATE TRIGGER forged BEFORE INSERT ON check_forged FOR EACH ROW EXECUTE FUNCTION pg_temp.forge();
GRANT INSERT ON check_forged TO clierp_cli;
-- @check a trigger of one's own writes no audit entry
-- @expect error 42501
-- @as clierp_cli
INSERT INTO check_forged VALUES (1);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
INSERT INTO categories (id, name) VALUES (990000001, 'check');
-- @check audit entries can't be changed
-- @expect error 42501
UPDATE enhanced_audit_logs SET reason = 'other' WHERE table_name = 'categories' AND record_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
INSERT INTO categories (id, name) VALUES (990000001, 'check');
-- @check audit entries can't be deleted
-- @expect error 42501
DELETE FROM enhanced_audit_logs WHERE table_name = 'categories' AND record_id = 990000001;

-- @check the audit log can't be emptied
-- @expect error 42501
TRUNCATE enhanced_audit_logs;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO categories (id, organization_id, name) SELECT 990000000 + i, 990000001, 'check ' || i FROM generate_series(1, 2000) AS i;
ANALYZE enhanced_audit_logs;
-- @check the history of a record is read from its index
-- @expect plan uses index idx_enhanced_audit_logs_record
-- @set enable_seqscan = off
-- @set enable_bitmapscan = off
SELECT action FROM enhanced_audit_logs WHERE organization_id = 990000001 AND table_name = 'categories' AND record_id = 990000007;

-- @check a workflow definition without fault has no problems
-- @expect value = 0
SELECT cardinality(workflow_definition_problems('{"steps": ["draft", "review", "approved", "rejected"], "initial": "draft", "final": ["approved", "rejected"], "transitions": [
  {"from": "draft", "to": "review", "requires": ["amount"]},
  {"from": "review", "to": "approved", "permission": "purchase_orders.approve"},
  {"from": "review", "to": "rejected", "needs_reason": true},
  {"from": "review", "to": "draft"}]}'));

-- @check workflow definitions: not an object
-- @expect result = [{"problem": "the definition must be an object"}]
SELECT p AS problem FROM unnest(workflow_definition_problems('[]')) AS p;

-- @check workflow definitions: missing parts and unknown keys
-- @expect result = [{"problem": "unknown key \"start\""}, {"problem": "\"final\" must be an array"}, {"problem": "\"transitions\" must be an array"}]
SELECT p AS problem FROM unnest(workflow_definition_problems('{"start": "a", "steps": ["a"]}')) AS p;

-- @check workflow definitions: bad steps
-- @expect result = [{"problem": "step \"a\" is named twice"}, {"problem": "a step must be a name of 1 to 100 characters, not 7"}, {"problem": "\"initial\" must name one of the steps"}, {"problem": "there must be at least one final step"}]
SELECT p AS problem FROM unnest(workflow_definition_problems('{"steps": ["a", "a", 7], "initial": "z", "final": [], "transitions": []}')) AS p;

-- @check workflow definitions: bad transitions
-- @expect result = [{"problem": "transition 1 must be an object"}, {"problem": "transition 2: \"to\" must name one of the steps"}, {"problem": "transition 3 leads away from the final step \"b\""}, {"problem": "transition 4: unknown key \"colour\""}, {"problem": "transition 4: \"permission\" must be a name"}, {"problem": "transition 4: \"needs_reason\" must be true or false"}, {"problem": "transition 4: \"requires\" must be an array of field names"}, {"problem": "transition 5 repeats \"a\" to \"b\""}, {"problem": "transition 6 leads to where it comes from"}]
SELECT p AS problem FROM unnest(workflow_definition_problems('{"steps": ["a", "b"], "initial": "a", "final": ["b"], "transitions": ["x", {"from": "a", "to": "c"}, {"from": "b", "to": "a"}, {"from": "a", "to": "b", "permission": 1, "requires": ["x", 2], "needs_reason": "yes", "colour": "red"}, {"from": "a", "to": "b"}, {"from": "a", "to": "a"}]}')) AS p;

-- @check workflow definitions: steps nobody reaches or leaves
-- @expect result = [{"problem": "step \"c\" can't be reached"}, {"problem": "from step \"c\" no final step can be reached"}]
SELECT p AS problem FROM unnest(workflow_definition_problems('{"steps": ["a", "b", "c"], "initial": "a", "final": ["b"], "transitions": [{"from": "a", "to": "b"}]}')) AS p;

-- @check workflow definitions: a ring without a way to an end
-- @expect result = [{"problem": "from step \"b\" no final step can be reached"}, {"problem": "from step \"c\" no final step can be reached"}]
SELECT p AS problem FROM unnest(workflow_definition_problems('{"steps": ["a", "b", "c", "d"], "initial": "a", "final": ["d"], "transitions": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}, {"from": "c", "to": "b"}, {"from": "a", "to": "d"}]}')) AS p;

-- @check workflow definitions: a ring with a way to an end has no problems
-- @expect value = 0
SELECT cardinality(workflow_definition_problems('{"steps": ["a", "b", "c"], "initial": "a", "final": ["c"], "transitions": [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}, {"from": "b", "to": "c"}]}'));

-- @check workflow definitions: numbers are no names
-- @expect result = [{"problem": "\"initial\" must name one of the steps"}, {"problem": "final step 2 is not one of the steps"}, {"problem": "there must be at least one final step"}, {"problem": "transition 1: \"from\" must name one of the steps"}, {"problem": "transition 1: \"to\" must name one of the steps"}]
SELECT p AS problem FROM unnest(workflow_definition_problems('{"steps": ["1", "2"], "initial": 1, "final": [2], "transitions": [{"from": 1, "to": 2}]}')) AS p;

-- @check an invalid workflow definition is refused
-- @expect error 23514
INSERT INTO workflow_definitions (name, entity_type, definition) VALUES ('check', 'purchase_orders', '{"steps": []}');

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
-- @check a workflow starts at its initial step
-- @expect result = [{"current_step": "draft", "status": "pending", "organization_id": 990000001}]
-- @set app.organization_id = 990000001
SELECT current_step, status, organization_id FROM start_workflow(990000001, 7, 990000001);

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
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true), set_config('app.reason', 'of the session', true);
SELECT start_workflow(990000001, 7, 990000001);
-- @check start_workflow gives the session's user back
-- @expect value = 990000002
SELECT current_user_id();

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
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true), set_config('app.reason', 'of the session', true);
SELECT start_workflow(990000001, 7, 990000001);
-- @check a workflow is started in the name of the user who is given
-- @expect value = 990000001
SELECT user_id FROM enhanced_audit_logs WHERE table_name = 'workflow_instances' AND organization_id = 990000001 AND action = 'INSERT';

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
-- @check a workflow starts without data
-- @expect value = {}
-- @set app.organization_id = 990000001
SELECT data::text FROM start_workflow(990000001, 7, 990000001, NULL);

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
-- @check a second open workflow for the same entity is refused
-- @expect error 23505
-- @set app.organization_id = 990000001
SELECT start_workflow(990000001, 7, 990000001);

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
-- @check a workflow that does not exist can't be started
-- @expect error P0002
-- @set app.organization_id = 990000001
SELECT start_workflow(2147483647, 7, 990000001);

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
-- @check another organization's workflow can't be started
-- @expect error P0002
-- @set app.organization_id = 990000002
SELECT start_workflow(990000001, 7, 990000004);

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
UPDATE workflow_definitions SET is_active = false WHERE id = 990000001;
-- @check a workflow that is switched off can't be started
-- @expect error 55000
-- @set app.organization_id = 990000001
SELECT start_workflow(990000001, 7, 990000001);

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
-- @check an inactive user starts no workflow
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT start_workflow(990000001, 7, 990000003);

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
-- @check a workflow goes on as its definition allows
-- @expect result = [{"current_step": "review", "status": "running", "amount": 10}]
-- @set app.organization_id = 990000001
SELECT current_step, status, (data ->> 'amount')::integer AS amount FROM advance_workflow(990000001, 'review', 990000002, NULL, '{"amount": 10}');

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
-- @check a workflow can't skip a step
-- @expect error 23514
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'approved', 990000001);

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
-- @check a workflow can't go to a step that does not exist
-- @expect error 23514
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'elsewhere', 990000001);

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
-- @check a transition asks for its data
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": null}');

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check a transition asks for its permission
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'approved', 990000002);

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check a transition asks for its reason
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'rejected', 990000001, '  ');

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check another organization's user moves no workflow
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'draft', 990000004);

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check a final step completes the workflow
-- @expect result = [{"current_step": "approved", "status": "completed"}]
-- @set app.organization_id = 990000001
SELECT current_step, status FROM advance_workflow(990000001, 'approved', 990000001);

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
UPDATE workflow_instances SET data = '{"amount": 10}' WHERE id = 990000001;
-- @check a workflow goes on without new data
-- @expect value = {"amount": 10}
-- @set app.organization_id = 990000001
SELECT data::text FROM advance_workflow(990000001, 'review', 990000001, NULL, NULL);

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
UPDATE workflow_instances SET updated_at = timestamp '2020-01-01' WHERE id = 990000001;
-- @check a workflow that goes on is dated
-- @expect value = true
-- @set app.organization_id = 990000001
SELECT updated_at > timestamp '2020-01-01' FROM advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 1}');

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
SELECT advance_workflow(990000001, 'approved', 990000001);
-- @check a completed workflow stays completed
-- @expect error 55000
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'draft', 990000001);

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
-- @check a workflow instance that does not exist can't go on
-- @expect error P0002
-- @set app.organization_id = 990000001
SELECT advance_workflow(9223372036854775807, 'review', 990000001);

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
-- @check another organization's workflow instance can't go on
-- @expect error P0002
-- @set app.organization_id = 990000002
SELECT advance_workflow(990000001, 'review', 990000004);

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
SELECT advance_workflow(990000001, 'rejected', 990000001, 'too dear');
-- @check the audit log tells the steps of a workflow with user and reason
-- @expect result = [{"user_id": 990000001, "reason": "too dear", "from_step": "review", "to_step": "rejected"}]
SELECT user_id, reason, old_values ->> 'current_step' AS from_step, new_values ->> 'current_step' AS to_step
FROM enhanced_audit_logs WHERE table_name = 'workflow_instances' AND record_id = 990000001 AND reason IS NOT NULL;

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT set_config('app.user_id', '990000002', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check advance_workflow gives the session's user back
-- @expect value = 990000002
SELECT current_user_id();

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT set_config('app.reason', 'the session''s', true);
SELECT advance_workflow(990000001, 'review', 990000001, 'of its own', '{"amount": 10}');
-- @check advance_workflow gives the session's reason back
-- @expect value = the session's
SELECT current_setting('app.reason');

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check the reason of the session will do for a transition
-- @expect value = rejected
-- @set app.organization_id = 990000001
-- @set app.reason = too dear
SELECT current_step FROM advance_workflow(990000001, 'rejected', 990000001);

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check a workflow keeps the data of its earlier steps
-- @expect result = [{"data": {"amount": 10, "note": "late"}}]
-- @set app.organization_id = 990000001
SELECT data FROM advance_workflow(990000001, 'draft', 990000001, NULL, '{"note": "late"}');

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
-- @check a plain UPDATE can't skip a step either
-- @expect error 23514
UPDATE workflow_instances SET current_step = 'approved' WHERE id = 990000001;

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
-- @check a plain UPDATE can't complete a workflow
-- @expect error 23514
UPDATE workflow_instances SET status = 'completed' WHERE id = 990000001;

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
-- @check a plain UPDATE needs a reason to cancel a workflow, too
-- @expect error 22023
UPDATE workflow_instances SET status = 'cancelled' WHERE id = 990000001;

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
-- @check a plain UPDATE can't move and cancel at once
-- @expect error 23514
-- @set app.organization_id = 990000001
-- @set app.reason = check
UPDATE workflow_instances SET current_step = 'review', data = '{"amount": 10}', status = 'cancelled' WHERE id = 990000001;

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
-- @check a workflow instance has a status
-- @expect error 23502
UPDATE workflow_instances SET status = NULL WHERE id = 990000001;

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check a plain UPDATE needs the transition's permission, too
-- @expect error 42501
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000002
UPDATE workflow_instances SET current_step = 'approved' WHERE id = 990000001;

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check a plain UPDATE without a user can't take a transition that needs a permission
-- @expect error 42501
-- @set app.organization_id = 990000001
UPDATE workflow_instances SET current_step = 'approved' WHERE id = 990000001;

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
-- @check a plain UPDATE without a user may take a transition that needs no permission
-- @expect rows = 1
-- @set app.organization_id = 990000001
UPDATE workflow_instances SET current_step = 'review', data = '{"amount": 10}' WHERE id = 990000001 RETURNING id;

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check a plain UPDATE needs the reason, too
-- @expect error 22023
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE workflow_instances SET current_step = 'rejected' WHERE id = 990000001;

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
-- @check a plain UPDATE needs the data, too
-- @expect error 22023
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE workflow_instances SET current_step = 'review' WHERE id = 990000001;

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');
-- @check a plain UPDATE with permission, data and reason goes on as the function does
-- @expect result = [{"current_step": "rejected", "status": "completed"}]
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
-- @set app.reason = too dear
UPDATE workflow_instances SET current_step = 'rejected' WHERE id = 990000001 RETURNING current_step, status;

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
-- @check a workflow can't go to the step it stands on
-- @expect error 23514
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'draft', 990000001, NULL, '{"amount": 10}');

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
-- @check the data of a workflow stay an object
-- @expect error 23514
-- @set app.organization_id = 990000001
UPDATE workflow_instances SET data = '[1]' WHERE id = 990000001;

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
-- @check a plain INSERT can't start in the middle
-- @expect error 23514
INSERT INTO workflow_instances (organization_id, workflow_definition_id, entity_id, current_step) VALUES (990000001, 990000001, 8, 'review');

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
UPDATE workflow_definitions SET is_active = false WHERE id = 990000001;
-- @check a plain INSERT can't start a workflow that is switched off
-- @expect error 55000
-- @set app.organization_id = 990000001
INSERT INTO workflow_instances (organization_id, workflow_definition_id, entity_id) VALUES (990000001, 990000001, 7);

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
-- @check a plain INSERT can't start as completed
-- @expect error 23514
INSERT INTO workflow_instances (organization_id, workflow_definition_id, entity_id, status) VALUES (990000001, 990000001, 8, 'completed');

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
-- @check a workflow instance keeps its entity
-- @expect error 23514
UPDATE workflow_instances SET entity_id = 8 WHERE id = 990000001;

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
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT 990000002, organization_id, 'easier', entity_type, definition FROM workflow_definitions WHERE id = 990000001;
-- @check a workflow instance keeps its definition
-- @expect error 23514
UPDATE workflow_instances SET workflow_definition_id = 990000002 WHERE id = 990000001;

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
-- @check a workflow instance keeps its organization
-- @expect error 23514
UPDATE workflow_instances SET organization_id = 990000002 WHERE id = 990000001;

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
-- @check a definition can't lose a step that an open instance stands on
-- @expect error 55000
UPDATE workflow_definitions SET definition = '{"steps": ["new", "end"], "initial": "new", "final": ["end"], "transitions": [{"from": "new", "to": "end"}]}' WHERE id = 990000001;

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
-- @check a definition can't end at a step that an open instance stands on
-- @expect error 55000
UPDATE workflow_definitions SET definition = '{"steps": ["new", "draft"], "initial": "new", "final": ["draft"], "transitions": [{"from": "new", "to": "draft"}]}' WHERE id = 990000001;

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
INSERT INTO workflow_definitions (id, organization_id, name, entity_type, definition)
SELECT 990000002, organization_id, 'another', entity_type, definition FROM workflow_definitions WHERE id = 990000001;
INSERT INTO workflow_instances (id, organization_id, workflow_definition_id, entity_id) VALUES (990000002, 990000001, 990000002, 7);
-- @check a definition may lose a step that instances of another stand on
-- @expect rows = 1
UPDATE workflow_definitions SET definition = '{"steps": ["new", "end"], "initial": "new", "final": ["end"], "transitions": [{"from": "new", "to": "end"}]}' WHERE id = 990000001 RETURNING id;

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT cancel_workflow(990000001, 990000001, 'check');
-- @check a definition may lose a step that an instance stood on when it was cancelled
-- @expect rows = 1
UPDATE workflow_definitions SET definition = '{"steps": ["new", "end"], "initial": "new", "final": ["end"], "transitions": [{"from": "new", "to": "end"}]}' WHERE id = 990000001 RETURNING id;

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
-- @check cancelling a workflow needs a reason
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT cancel_workflow(990000001, 990000001, '');

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
-- @check a workflow instance that does not exist can't be cancelled
-- @expect error P0002
-- @set app.organization_id = 990000001
SELECT cancel_workflow(9223372036854775807, 990000001, 'because');

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
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true), set_config('app.reason', 'of the session', true);
SELECT cancel_workflow(990000001, 990000001, 'no longer wanted');
-- @check cancel_workflow gives the session's user and reason back
-- @expect result = [{"user": 990000002, "reason": "of the session"}]
SELECT current_user_id() AS user, current_setting('app.reason') AS reason;

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
SELECT set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000002', true), set_config('app.reason', 'of the session', true);
SELECT cancel_workflow(990000001, 990000001, 'no longer wanted');
-- @check a workflow is cancelled in the name of the user who is given
-- @expect result = [{"user_id": 990000001, "reason": "no longer wanted"}]
SELECT user_id, reason FROM enhanced_audit_logs WHERE table_name = 'workflow_instances' AND organization_id = 990000001 AND action = 'UPDATE';

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
-- @check another organization's user cancels no workflow
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT cancel_workflow(990000001, 990000004, 'because');

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
-- @check another organization's workflow can't be cancelled
-- @expect error P0002
-- @set app.organization_id = 990000002
SELECT cancel_workflow(990000001, 990000004, 'because');

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
-- @check the reason of the session will not do to cancel a workflow
-- @expect error 22023
-- @set app.organization_id = 990000001
-- @set app.reason = for something else
SELECT cancel_workflow(990000001, 990000001, NULL);

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT cancel_workflow(990000001, 990000001, 'because');
-- @check a cancelled workflow can't go on
-- @expect error 55000
-- @set app.organization_id = 990000001
SELECT advance_workflow(990000001, 'review', 990000001, NULL, '{"amount": 10}');

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
SELECT set_config('app.organization_id', '990000001', true);
SELECT cancel_workflow(990000001, 990000001, 'because');
-- @check after a cancelled workflow a new one may start
-- @expect value = draft
-- @set app.organization_id = 990000001
SELECT current_step FROM start_workflow(990000001, 7, 990000001);

-- @check the old-shape views have exactly the old columns in the old order
-- @expect rows = 0
SELECT t.name, t.old_columns, v.columns FROM (VALUES
  ('departments', 'id name description manager_id created_at updated_at'),
  ('employees', 'id employee_code name email phone department_id position hire_date salary status created_at updated_at'),
  ('users', 'id username email password_hash employee_id role is_active last_login created_at updated_at'),
  ('audit_logs', 'id user_id table_name record_id action old_values new_values changed_at'),
  ('attendances', 'id employee_id date check_in check_out break_minutes overtime_minutes status notes created_at'),
  ('payrolls', 'id employee_id period base_salary overtime_pay bonuses deductions net_salary payment_date status created_at updated_at'),
  ('accounts', 'id account_code account_name account_type parent_id balance is_active created_at updated_at'),
  ('transactions', 'id account_id transaction_date amount debit_credit description reference created_by created_at'),
  ('categories', 'id name description parent_id is_active created_at updated_at'),
  ('products', 'id sku name description category_id barcode unit_price cost_price unit is_active created_at updated_at'),
  ('product_attachments', 'id product_id file_name file_path mime_type file_size is_primary uploaded_by uploaded_at'),
  ('inventory', 'id product_id quantity reserved_quantity min_stock_level max_stock_level location last_updated'),
  ('stock_movements', 'id product_id movement_type quantity unit_cost reference_type reference_id notes moved_by movement_date'),
  ('suppliers', 'id supplier_code name contact_person email phone address payment_terms status created_at updated_at'),
  ('purchase_orders', 'id po_number supplier_id order_date expected_date status total_amount notes created_by approved_by approved_at created_at updated_at'),
  ('purchase_order_items', 'id po_id product_id quantity unit_cost total_cost received_quantity status created_at'),
  ('customers', 'id customer_code name email phone address customer_type credit_limit created_at updated_at'),
  ('leads', 'id customer_id source status estimated_value probability expected_close_date assigned_to notes created_at updated_at'),
  ('deals', 'id lead_id deal_name stage deal_value close_date probability assigned_to notes created_at updated_at'),
  ('activities', 'id activity_type subject description activity_date duration_minutes customer_id lead_id deal_id assigned_to completed created_at'),
  ('campaigns', 'id name description campaign_type start_date end_date budget spent target_audience status created_at updated_at'),
  ('campaign_leads', 'id campaign_id lead_id created_at')
) AS t (name, old_columns)
LEFT JOIN LATERAL (
  SELECT string_agg(attname, ' ' ORDER BY attnum) AS columns FROM pg_catalog.pg_attribute
  WHERE attrelid = ('clierp_legacy.' || t.name)::regclass AND attnum > 0
) AS v ON true
WHERE v.columns IS DISTINCT FROM t.old_columns;

-- @setup
INSERT INTO customers (id, customer_code, name) VALUES (990000001, 'CHECK-1', 'One');
INSERT INTO leads (id, customer_id, source) VALUES (990000001, 990000001, 'web');
INSERT INTO campaigns (id, name, campaign_type) VALUES (990000001, 'check', 'mail');
-- @check an old INSERT without a column list still works
-- @expect value = check
-- @as clierp_cli
-- @set search_path = clierp_legacy, public
INSERT INTO campaign_leads SELECT * FROM (VALUES (990000001, 990000001, 990000001, timestamp '2024-03-01')) AS v RETURNING 'check';

-- @setup
INSERT INTO customers (id, customer_code, name) VALUES (990000001, 'CHECK-1', 'One');
INSERT INTO leads (id, customer_id, source) VALUES (990000001, 990000001, 'web');
INSERT INTO campaigns (id, name, campaign_type) VALUES (990000001, 'check', 'mail');
INSERT INTO campaign_leads (id, campaign_id, lead_id, created_at) VALUES (990000001, 990000001, 990000001, '2024-03-01');
-- @check an old SELECT * still gives the old columns
-- @expect result = [{"id": 990000001, "campaign_id": 990000001, "lead_id": 990000001, "created_at": "2024-03-01"}]
-- @as clierp_cli
-- @set search_path = clierp_legacy, public
SELECT id, campaign_id, lead_id, created_at::date::text AS created_at FROM (SELECT * FROM campaign_leads) AS old (id, campaign_id, lead_id, created_at)
WHERE id = 990000001;

-- @setup
SET LOCAL search_path = clierp_legacy, public;
INSERT INTO categories (name) VALUES ('check of an old statement');
-- @check an old INSERT fills in the default organization
-- @expect value = 1
SELECT organization_id FROM public.categories WHERE name = 'check of an old statement';

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
-- @check an old UPDATE still works
-- @expect value = 7
-- @as clierp_cli
-- @set search_path = clierp_legacy, public
UPDATE products SET unit_price = 7 WHERE sku = 'CHECK-1' RETURNING unit_price;

-- @setup
INSERT INTO suppliers (supplier_code, name) VALUES ('CHECK-1', 'One');
-- @check an old DELETE still works
-- @expect rows = 1
-- @as clierp_cli
-- @set search_path = clierp_legacy, public
DELETE FROM suppliers WHERE supplier_code = 'CHECK-1' RETURNING id;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
-- @check an old stock movement still works
-- @expect value = 3
-- @as clierp_cli
-- @set search_path = clierp_legacy, public
INSERT INTO stock_movements (product_id, movement_type, quantity, notes) VALUES (990000001, 'in', 3, 'O''Neil') RETURNING quantity;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO inventory (product_id, quantity) VALUES (990000001, 2);
-- @check an old change of stock still works
-- @expect value = 5
-- @as clierp_cli
-- @set search_path = clierp_legacy, public
UPDATE inventory SET quantity = quantity + 3 WHERE product_id = 990000001 RETURNING quantity;

-- @check the old audit log can still be written
-- @expect value = INSERT
-- @as clierp_cli
-- @set search_path = clierp_legacy, public
INSERT INTO audit_logs (table_name, record_id, action, new_values) VALUES ('products', 1, 'INSERT', '{}') RETURNING action;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO categories (organization_id, name) VALUES (990000001, 'check');
-- @check old statements see one organization only
-- @expect rows = 0
SELECT id FROM clierp_legacy.categories WHERE name = 'check';

-- @check the tables are back and unchanged
-- @when rolled-back
-- @expect every unchanged = true
SELECT b.table_name, b.row_count = n.row_count AND b.digest IS NOT DISTINCT FROM n.digest AS unchanged
FROM clierp_002_undo AS b
LEFT JOIN (
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
  SELECT 'campaign_leads' AS table_name, count(*) AS row_count, sum(hashtextextended(t::text, 0)) AS digest FROM campaign_leads AS t
) AS n USING (table_name);

-- @check no column of an organization is left
-- @when rolled-back
-- @expect rows = 0
SELECT table_name FROM information_schema.columns WHERE table_schema IN ('public', 'clierp_legacy') AND column_name = 'organization_id';

-- @check the tables and functions of phase 1 are gone
-- @when rolled-back
-- @expect rows = 0
SELECT c.relname FROM pg_catalog.pg_class AS c
WHERE c.relname IN ('organizations', 'system_configurations', 'feature_flags', 'enhanced_audit_logs', 'workflow_definitions',
                    'workflow_instances') AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = 'clierp_legacy'
UNION ALL
SELECT proname FROM pg_catalog.pg_proc WHERE pronamespace = 'public'::regnamespace AND proname <> 'touch_inventory'
  AND proname ~ '(organization|user_id|workflow|audit|feature|configuration|assert_permission|touch)';

-- @check codes are unique across the table again
-- @when rolled-back
-- @expect value = 12
SELECT count(*) FROM pg_catalog.pg_constraint
WHERE contype = 'u' AND cardinality(conkey) = 1 AND conname IN (
  'departments_name_key', 'employees_employee_code_key', 'employees_email_key', 'users_username_key',
  'users_email_key', 'accounts_account_code_key', 'categories_name_key', 'products_sku_key',
  'products_barcode_key', 'suppliers_supplier_code_key', 'purchase_orders_po_number_key',
  'customers_customer_code_key');

-- @check references are on the id alone again
-- @when rolled-back
-- @expect value = 31
SELECT count(*) FROM pg_catalog.pg_constraint
WHERE contype = 'f' AND cardinality(conkey) = 1 AND convalidated AND conname IN (
  'departments_manager_id_fkey', 'employees_department_id_fkey', 'users_employee_id_fkey',
  'audit_logs_user_id_fkey', 'attendances_employee_id_fkey', 'payrolls_employee_id_fkey',
  'accounts_parent_id_fkey', 'transactions_account_id_fkey', 'transactions_created_by_fkey',
  'categories_parent_id_fkey', 'products_category_id_fkey', 'product_attachments_product_id_fkey',
  'product_attachments_uploaded_by_fkey', 'inventory_product_id_fkey', 'stock_movements_moved_by_fkey',
  'stock_movements_product_id_fkey', 'purchase_orders_approved_by_fkey', 'purchase_orders_created_by_fkey',
  'purchase_orders_supplier_id_fkey', 'purchase_order_items_po_id_fkey',
  'purchase_order_items_product_id_fkey', 'leads_assigned_to_fkey', 'leads_customer_id_fkey',
  'deals_assigned_to_fkey', 'deals_lead_id_fkey', 'activities_assigned_to_fkey',
  'activities_customer_id_fkey', 'activities_deal_id_fkey', 'activities_lead_id_fkey',
  'campaign_leads_campaign_id_fkey', 'campaign_leads_lead_id_fkey');
