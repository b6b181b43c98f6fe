-- The schema that the business model alignment starts from.

-- @check the six tables of the old application are there
-- @expect rows = 6
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND relname IN ('organizations', 'users', 'parts', 'machines', 'inventory', 'part_usage');

-- @check types and roles are free text, stock is whole pieces per organisation
-- @expect result = [{"column":"inventory.current_stock","type":"integer"},{"column":"inventory.organization_id","type":"uuid"},{"column":"organizations.type","type":"character varying(50)"},{"column":"users.role","type":"character varying(50)"}]
-- @until 002
SELECT attrelid::regclass || '.' || attname AS column, format_type(atttypid, atttypmod) AS type
FROM pg_attribute
WHERE (attrelid, attname) IN (('organizations'::regclass, 'type'), ('users'::regclass, 'role'),
                              ('inventory'::regclass, 'current_stock'), ('inventory'::regclass, 'organization_id'))
ORDER BY attrelid::regclass::text COLLATE "C", attname;

-- @check the application may read every table
-- @expect every allowed = true
SELECT name, has_table_privilege('abparts_app', 'public.' || name, 'SELECT') AS allowed
FROM unnest(ARRAY['organizations', 'users', 'parts', 'machines', 'inventory', 'part_usage',
                  'staff_directory', 'low_stock']) AS name;

-- @check the application may write every table
-- @expect every allowed = true
-- @until 008
SELECT name, has_table_privilege('abparts_app', 'public.' || name, 'INSERT')
         AND has_table_privilege('abparts_app', 'public.' || name, 'UPDATE')
         AND has_table_privilege('abparts_app', 'public.' || name, 'DELETE') AS allowed
FROM unnest(ARRAY['organizations', 'users', 'parts', 'machines', 'inventory', 'part_usage']) AS name;

-- @setup
INSERT INTO parts (id, part_number, name, updated_at)
VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Old name', '2020-02-20T00:00:00Z');
-- @check an update is stamped
-- @expect value = true
UPDATE parts SET name = 'New name' WHERE id = 'abab0000-0000-4000-8000-000000000031' RETURNING updated_at = now();

-- @setup
INSERT INTO organizations (id, name, type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'Customer');
INSERT INTO parts (id, part_number, name) VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part');
INSERT INTO inventory (organization_id, part_id, current_stock, minimum_stock_recommendation)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 2, 5);
-- @check an organisation has one stock row for a part
-- @expect error 23505
-- @until 002
INSERT INTO inventory (organization_id, part_id) VALUES ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031');

-- @setup
INSERT INTO organizations (id, name, type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'Customer');
INSERT INTO parts (id, part_number, name) VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part');
INSERT INTO inventory (organization_id, part_id, current_stock, minimum_stock_recommendation)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 2, 5);
-- @check low_stock lists what is below its recommendation
-- @expect rows = 1
-- @until 002
SELECT part_number FROM low_stock
WHERE organization_id = 'abab0000-0000-4000-8000-00000000000a' AND current_stock = 2 AND minimum_stock_recommendation = 5;

-- @setup
INSERT INTO organizations (id, name, type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'Customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
VALUES ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'Customer Admin');
-- @check staff_directory shows the free texts
-- @expect result = [{"role":"Customer Admin","organization_type":"Customer"}]
-- @until 002
SELECT role, organization_type FROM staff_directory WHERE user_id = 'abab0000-0000-4000-8000-000000000012';

-- @setup
INSERT INTO organizations (id, name, type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'Customer');
INSERT INTO parts (id, part_number, name) VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part');
-- @check a used quantity is above zero
-- @expect error 23514
-- @until 002
INSERT INTO part_usage (customer_organization_id, part_id, usage_date, quantity_used)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', now(), 0);

-- @check nothing of ABParts is left
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace
  AND relname IN ('organizations', 'users', 'parts', 'machines', 'inventory', 'part_usage', 'staff_directory', 'low_stock')
UNION ALL
SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname = 'touch_updated_at';
