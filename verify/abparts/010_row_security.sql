-- Requirement 10: who sees and does what, as an ordinary role, in two organisations.
-- A and B are customers; 11 is the super admin, 12 and 13 are admin and user of A, 14 and 15 of B.

-- @check Req 10: the migrating role can still see all rows
-- @expect value = true
-- @when before
SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user;

-- @check Req 10: every table with rows of organisations has forced row security
-- @expect rows = 0
SELECT c.relname
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'surefoot%'
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity);

-- @check Req 10: whatever the application may do with a table is governed by a policy
-- @expect rows = 0
SELECT c.relname, verb.name
FROM pg_class c
CROSS JOIN (VALUES ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) AS verb (name, code)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'surefoot%'
  AND (has_table_privilege('abparts_app', c.oid, verb.name)
       OR (verb.name <> 'DELETE' AND has_any_column_privilege('abparts_app', c.oid, verb.name)))
  AND NOT EXISTS (
    SELECT FROM pg_policy p
    WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd::text IN ('*', verb.code)
      AND 'abparts_app'::regrole = ANY (p.polroles));

-- @check Req 10: every view reads with the rights of its caller
-- @expect rows = 0
SELECT c.relname
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v'
  AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false);

-- Who is asking.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an active user has an organisation and a role
-- @expect result = [{"id":"abab0000-0000-4000-8000-000000000013","organization":"abab0000-0000-4000-8000-00000000000a","role":"user"}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT app_user_id() AS id, app_organization_id() AS organization, app_user_role()::text AS role;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: without a user there is neither
-- @expect result = [{"id":null,"organization":null,"role":null}]
-- @as abparts_app
SELECT app_user_id() AS id, app_organization_id() AS organization, app_user_role()::text AS role;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an unknown user has neither
-- @expect result = [{"id":null,"organization":null,"role":null}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-0000000000ff
SELECT app_user_id() AS id, app_organization_id() AS organization, app_user_role()::text AS role;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
UPDATE users SET user_status = 'locked' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 10: a locked user has neither
-- @expect result = [{"id":null,"organization":null,"role":null}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT app_user_id() AS id, app_organization_id() AS organization, app_user_role()::text AS role;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
UPDATE users SET user_status = 'inactive' WHERE id = 'abab0000-0000-4000-8000-000000000011';
-- @check Req 10: an inactive super admin has neither
-- @expect result = [{"id":null,"organization":null,"role":null}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT app_user_id() AS id, app_organization_id() AS organization, app_user_role()::text AS role;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 10: a user is shown what lies in the own organisation and its warehouses
-- @expect result = [{"first":"abab0000-0000-4000-8000-00000000000a","last":"abab0000-0000-4000-8000-00000000000a","warehouse_of_a":true,"warehouse_of_b":false}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT app_organizations_from() AS first, app_organizations_to() AS last,
       app_warehouse_ids() @> ARRAY['abab0000-0000-4000-8000-000000000021']::uuid[] AS warehouse_of_a,
       app_warehouse_ids() @> ARRAY['abab0000-0000-4000-8000-000000000022']::uuid[] AS warehouse_of_b;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 10: a super admin is shown what lies in any organisation, and has no warehouse in another
-- @expect result = [{"first":"00000000-0000-0000-0000-000000000000","last":"ffffffff-ffff-ffff-ffff-ffffffffffff","warehouse_of_a":false,"warehouse_of_b":false}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT app_organizations_from() AS first, app_organizations_to() AS last,
       app_warehouse_ids() @> ARRAY['abab0000-0000-4000-8000-000000000021']::uuid[] AS warehouse_of_a,
       app_warehouse_ids() @> ARRAY['abab0000-0000-4000-8000-000000000022']::uuid[] AS warehouse_of_b;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 10: without a user there are no organisation and no warehouse to look into
-- @expect result = [{"first":null,"last":null,"warehouse_of_a":false,"warehouse_of_b":false}]
-- @as abparts_app
SELECT app_organizations_from() AS first, app_organizations_to() AS last,
       app_warehouse_ids() @> ARRAY['abab0000-0000-4000-8000-000000000021']::uuid[] AS warehouse_of_a,
       app_warehouse_ids() @> ARRAY['abab0000-0000-4000-8000-000000000022']::uuid[] AS warehouse_of_b;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
UPDATE users SET user_status = 'locked' WHERE id = 'abab0000-0000-4000-8000-000000000011';
-- @check Req 10: a locked super admin has none either
-- @expect result = [{"first":null,"last":null,"warehouse_of_a":false,"warehouse_of_b":false}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT app_organizations_from() AS first, app_organizations_to() AS last,
       app_warehouse_ids() @> ARRAY['abab0000-0000-4000-8000-000000000021']::uuid[] AS warehouse_of_a,
       app_warehouse_ids() @> ARRAY['abab0000-0000-4000-8000-000000000022']::uuid[] AS warehouse_of_b;

-- @check Req 10: a user id that is none is refused
-- @expect error 22P02
-- @as abparts_app
-- @set app.user_id = somebody
SELECT app_user_id() AS id, app_organization_id() AS organization, app_user_role()::text AS role;

-- What is seen.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
-- @check Req 10: nobody signed in sees nothing
-- @expect result = [{"organizations":0,"users":0,"machines":0,"warehouses":0,"inventory":0,"transactions":0,"part_usage":0}]
-- @as abparts_app
SELECT (SELECT count(*) FROM organizations)::integer AS organizations, (SELECT count(*) FROM users)::integer AS users,
       (SELECT count(*) FROM machines)::integer AS machines, (SELECT count(*) FROM warehouses)::integer AS warehouses,
       (SELECT count(*) FROM inventory)::integer AS inventory, (SELECT count(*) FROM transactions)::integer AS transactions,
       (SELECT count(*) FROM part_usage)::integer AS part_usage;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
UPDATE users SET user_status = 'locked' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 10: a locked user sees nothing
-- @expect result = [{"organizations":0,"users":0,"machines":0,"warehouses":0,"inventory":0,"transactions":0,"part_usage":0}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT (SELECT count(*) FROM organizations)::integer AS organizations, (SELECT count(*) FROM users)::integer AS users,
       (SELECT count(*) FROM machines)::integer AS machines, (SELECT count(*) FROM warehouses)::integer AS warehouses,
       (SELECT count(*) FROM inventory)::integer AS inventory, (SELECT count(*) FROM transactions)::integer AS transactions,
       (SELECT count(*) FROM part_usage)::integer AS part_usage;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
-- @check Req 10: a user of A sees what concerns A
-- @expect result = [{"organizations":3,"users":2,"machines":1,"warehouses":1,"inventory":1,"transactions":2,"part_usage":1}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT (SELECT count(*) FROM organizations)::integer AS organizations, (SELECT count(*) FROM users)::integer AS users,
       (SELECT count(*) FROM machines)::integer AS machines, (SELECT count(*) FROM warehouses)::integer AS warehouses,
       (SELECT count(*) FROM inventory)::integer AS inventory, (SELECT count(*) FROM transactions)::integer AS transactions,
       (SELECT count(*) FROM part_usage)::integer AS part_usage;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
-- @check Req 10: the admin of A sees what concerns A
-- @expect result = [{"organizations":3,"users":2,"machines":1,"warehouses":1,"inventory":1,"transactions":2,"part_usage":1}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
SELECT (SELECT count(*) FROM organizations)::integer AS organizations, (SELECT count(*) FROM users)::integer AS users,
       (SELECT count(*) FROM machines)::integer AS machines, (SELECT count(*) FROM warehouses)::integer AS warehouses,
       (SELECT count(*) FROM inventory)::integer AS inventory, (SELECT count(*) FROM transactions)::integer AS transactions,
       (SELECT count(*) FROM part_usage)::integer AS part_usage;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
-- @check Req 10: a user of B sees what concerns B
-- @expect result = [{"organizations":3,"users":2,"machines":1,"warehouses":1,"inventory":1,"transactions":1,"part_usage":1}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000015
SELECT (SELECT count(*) FROM organizations)::integer AS organizations, (SELECT count(*) FROM users)::integer AS users,
       (SELECT count(*) FROM machines)::integer AS machines, (SELECT count(*) FROM warehouses)::integer AS warehouses,
       (SELECT count(*) FROM inventory)::integer AS inventory, (SELECT count(*) FROM transactions)::integer AS transactions,
       (SELECT count(*) FROM part_usage)::integer AS part_usage;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
-- @check Req 10: the admin of B sees what concerns B
-- @expect result = [{"organizations":3,"users":2,"machines":1,"warehouses":1,"inventory":1,"transactions":1,"part_usage":1}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000014
SELECT (SELECT count(*) FROM organizations)::integer AS organizations, (SELECT count(*) FROM users)::integer AS users,
       (SELECT count(*) FROM machines)::integer AS machines, (SELECT count(*) FROM warehouses)::integer AS warehouses,
       (SELECT count(*) FROM inventory)::integer AS inventory, (SELECT count(*) FROM transactions)::integer AS transactions,
       (SELECT count(*) FROM part_usage)::integer AS part_usage;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
-- @check Req 10: a super admin sees all organisations
-- @expect result = [{"organizations":4,"users":5,"machines":2,"warehouses":3,"inventory":3,"transactions":4,"part_usage":2}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT (SELECT count(*) FROM organizations WHERE id IN ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-00000000000d'))::integer AS organizations,
       (SELECT count(*) FROM users WHERE id IN ('abab0000-0000-4000-8000-000000000011', 'abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-000000000015'))::integer AS users,
       (SELECT count(*) FROM machines WHERE id IN ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-000000000042'))::integer AS machines,
       (SELECT count(*) FROM warehouses WHERE id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000023'))::integer AS warehouses,
       (SELECT count(*) FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031')::integer AS inventory,
       (SELECT count(*) FROM transactions WHERE part_id = 'abab0000-0000-4000-8000-000000000031')::integer AS transactions,
       (SELECT count(*) FROM part_usage WHERE part_id = 'abab0000-0000-4000-8000-000000000031')::integer AS part_usage;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
UPDATE users SET role = 'admin' WHERE id = 'abab0000-0000-4000-8000-000000000011';
-- @check Req 10: an admin of Oraseas EE is no super admin
-- @expect result = [{"organizations":0,"users":1,"machines":0,"warehouses":1,"inventory":1,"transactions":2,"part_usage":0}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT (SELECT count(*) FROM organizations WHERE id IN ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-00000000000d'))::integer AS organizations,
       (SELECT count(*) FROM users WHERE id IN ('abab0000-0000-4000-8000-000000000011', 'abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-000000000015'))::integer AS users,
       (SELECT count(*) FROM machines WHERE id IN ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-000000000042'))::integer AS machines,
       (SELECT count(*) FROM warehouses WHERE id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000023'))::integer AS warehouses,
       (SELECT count(*) FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031')::integer AS inventory,
       (SELECT count(*) FROM transactions WHERE part_id = 'abab0000-0000-4000-8000-000000000031')::integer AS transactions,
       (SELECT count(*) FROM part_usage WHERE part_id = 'abab0000-0000-4000-8000-000000000031')::integer AS part_usage;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a customer sees itself, its suppliers and Oraseas EE
-- @expect result = [{"name":"Check customer A"},{"name":"Check supplier of A"},{"name":"Oraseas EE"}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT CASE organization_type WHEN 'oraseas_ee' THEN 'Oraseas EE' ELSE name END AS name FROM organizations ORDER BY 1;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 10: everybody signed in reads the catalogue
-- @expect value = 2
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000015
SELECT count(*) FROM parts WHERE id IN ('abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000032');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 10: nobody else reads the catalogue
-- @expect value = 0
-- @as abparts_app
SELECT count(*) FROM parts;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000021', 5, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_usage (customer_organization_id, part_id, machine_id, usage_date) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000041', '2024-01-01T00:00:00Z'),
  ('abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000042', '2024-01-01T00:00:00Z');
UPDATE inventory SET minimum_stock_recommendation = 99 WHERE part_id = 'abab0000-0000-4000-8000-000000000031';
-- @check Req 10: low_stock and staff_directory show the own organisation only
-- @expect result = [{"low":1,"foreign_low":0,"staff":2}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT (SELECT count(*) FROM low_stock)::integer AS low,
       (SELECT count(*) FROM low_stock WHERE organization_id <> 'abab0000-0000-4000-8000-00000000000a')::integer AS foreign_low,
       (SELECT count(*) FROM staff_directory)::integer AS staff;

-- Organisations.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin adds a supplier of the own organisation
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO organizations (id, name, organization_type, parent_organization_id)
VALUES ('abab0000-0000-4000-8000-00000000000e', 'Check new organisation', 'supplier', 'abab0000-0000-4000-8000-00000000000a')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin adds no supplier to another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO organizations (id, name, organization_type, parent_organization_id)
VALUES ('abab0000-0000-4000-8000-00000000000e', 'Check new organisation', 'supplier', 'abab0000-0000-4000-8000-00000000000b')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin adds no customer
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO organizations (id, name, organization_type, parent_organization_id)
VALUES ('abab0000-0000-4000-8000-00000000000e', 'Check new organisation', 'customer', NULL)
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a user adds no supplier
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO organizations (id, name, organization_type, parent_organization_id)
VALUES ('abab0000-0000-4000-8000-00000000000e', 'Check new organisation', 'supplier', 'abab0000-0000-4000-8000-00000000000a')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a super admin adds a customer
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
INSERT INTO organizations (id, name, organization_type, parent_organization_id)
VALUES ('abab0000-0000-4000-8000-00000000000e', 'Check new organisation', 'customer', NULL)
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin edits the own organisation
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE organizations SET address = 'Quay 3' WHERE id = 'abab0000-0000-4000-8000-00000000000a' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin edits an own supplier
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE organizations SET address = 'Quay 3' WHERE id = 'abab0000-0000-4000-8000-00000000000c' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin edits no other organisation
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE organizations SET address = 'Quay 3' WHERE id = 'abab0000-0000-4000-8000-00000000000b' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a user edits no organisation
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE organizations SET address = 'Quay 3' WHERE id = 'abab0000-0000-4000-8000-00000000000a' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a super admin edits any organisation
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
UPDATE organizations SET address = 'Quay 3' WHERE id = 'abab0000-0000-4000-8000-00000000000b' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin does not change what the own organisation is
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE organizations SET organization_type = 'supplier' WHERE id = 'abab0000-0000-4000-8000-00000000000a';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin does not hand a supplier to another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE organizations SET parent_organization_id = 'abab0000-0000-4000-8000-00000000000b' WHERE id = 'abab0000-0000-4000-8000-00000000000c';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a super admin places a supplier elsewhere
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
UPDATE organizations SET parent_organization_id = 'abab0000-0000-4000-8000-00000000000b' WHERE id = 'abab0000-0000-4000-8000-00000000000c' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin removes an own supplier
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM organizations WHERE id = 'abab0000-0000-4000-8000-00000000000c' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin removes no other supplier
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM organizations WHERE id = 'abab0000-0000-4000-8000-00000000000d' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a user removes no supplier
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
DELETE FROM organizations WHERE id = 'abab0000-0000-4000-8000-00000000000c' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a super admin removes any supplier
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
DELETE FROM organizations WHERE id = 'abab0000-0000-4000-8000-00000000000d' RETURNING id;

-- Users.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin adds a colleague
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO users (id, organization_id, username, password_hash, email, role)
VALUES ('abab0000-0000-4000-8000-000000000016', 'abab0000-0000-4000-8000-00000000000a', 'check-new', '-', 'check-new@example.invalid', 'admin')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin adds nobody to another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO users (id, organization_id, username, password_hash, email, role)
VALUES ('abab0000-0000-4000-8000-000000000016', 'abab0000-0000-4000-8000-00000000000b', 'check-new', '-', 'check-new@example.invalid', 'user')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a user adds nobody
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO users (id, organization_id, username, password_hash, email, role)
VALUES ('abab0000-0000-4000-8000-000000000016', 'abab0000-0000-4000-8000-00000000000a', 'check-new', '-', 'check-new@example.invalid', 'user')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a super admin adds a user anywhere
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
INSERT INTO users (id, organization_id, username, password_hash, email, role)
VALUES ('abab0000-0000-4000-8000-000000000016', 'abab0000-0000-4000-8000-00000000000b', 'check-new', '-', 'check-new@example.invalid', 'user')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
UPDATE users SET role = 'admin' WHERE id = 'abab0000-0000-4000-8000-000000000011';
-- @check Req 10: an admin of Oraseas EE makes nobody super admin
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
INSERT INTO users (organization_id, username, password_hash, email, role)
VALUES (app_organization_id(), 'check-new', '-', 'check-new@example.invalid', 'super_admin');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin does not promote to super admin
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE users SET role = 'super_admin' WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin manages a colleague
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE users SET role = 'admin' WHERE id = 'abab0000-0000-4000-8000-000000000013' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin manages nobody of another organisation
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE users SET role = 'admin' WHERE id = 'abab0000-0000-4000-8000-000000000015' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin moves nobody to another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE users SET organization_id = 'abab0000-0000-4000-8000-00000000000b' WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a user does not promote himself
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE users SET role = 'admin' WHERE id = 'abab0000-0000-4000-8000-000000000013' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a super admin manages users anywhere
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
UPDATE users SET role = 'admin' WHERE id = 'abab0000-0000-4000-8000-000000000015' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin removes a colleague
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM users WHERE id = 'abab0000-0000-4000-8000-000000000013' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin removes nobody of another organisation
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM users WHERE id = 'abab0000-0000-4000-8000-000000000015' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a user removes nobody
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
DELETE FROM users WHERE id = 'abab0000-0000-4000-8000-000000000012' RETURNING id;

-- Parts.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a super admin adds a part
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
INSERT INTO parts (part_number, name) VALUES ('CHECK-NEW', 'New part') RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: an admin adds no part
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO parts (part_number, name) VALUES ('CHECK-NEW', 'New part') RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 10: a user adds no part
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO parts (part_number, name) VALUES ('CHECK-NEW', 'New part') RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 10: a super admin edits a part
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
UPDATE parts SET name = 'Other name' WHERE id = 'abab0000-0000-4000-8000-000000000031' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 10: an admin edits no part
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE parts SET name = 'Other name' WHERE id = 'abab0000-0000-4000-8000-000000000031' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 10: a super admin removes a part
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
DELETE FROM parts WHERE id = 'abab0000-0000-4000-8000-000000000031' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 10: an admin removes no part
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM parts WHERE id = 'abab0000-0000-4000-8000-000000000031' RETURNING id;

-- Machines.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: a super admin registers a machine as sold
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
INSERT INTO machines (customer_organization_id, model_type, name, serial_number)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'V4.0', 'New machine', 'CHECK-NEW')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: an admin registers no machine
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO machines (customer_organization_id, model_type, name, serial_number)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'V4.0', 'New machine', 'CHECK-NEW')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: a user registers no machine
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO machines (customer_organization_id, model_type, name, serial_number)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'V4.0', 'New machine', 'CHECK-NEW')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: an admin edits a machine of the own organisation
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE machines SET name = 'Other name' WHERE id = 'abab0000-0000-4000-8000-000000000041' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: an admin edits no other machine
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE machines SET name = 'Other name' WHERE id = 'abab0000-0000-4000-8000-000000000042' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: an admin does not hand a machine on
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE machines SET customer_organization_id = 'abab0000-0000-4000-8000-00000000000b' WHERE id = 'abab0000-0000-4000-8000-000000000041';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: a user edits no machine
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE machines SET name = 'Other name' WHERE id = 'abab0000-0000-4000-8000-000000000041' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: an admin removes no machine
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM machines WHERE id = 'abab0000-0000-4000-8000-000000000041' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: a super admin removes a machine
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
DELETE FROM machines WHERE id = 'abab0000-0000-4000-8000-000000000041' RETURNING id;

-- Warehouses.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: an admin adds a warehouse of the own organisation
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check new warehouse') RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: an admin adds no warehouse to another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-00000000000b', 'Check new warehouse') RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: a user adds no warehouse
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check new warehouse') RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: a super admin adds a warehouse anywhere
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-00000000000b', 'Check new warehouse') RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: an admin edits an own warehouse
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE warehouses SET is_active = false WHERE id = 'abab0000-0000-4000-8000-000000000021' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: an admin edits no other warehouse
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE warehouses SET is_active = false WHERE id = 'abab0000-0000-4000-8000-000000000022' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: an admin gives no warehouse away
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE warehouses SET organization_id = 'abab0000-0000-4000-8000-00000000000b' WHERE id = 'abab0000-0000-4000-8000-000000000021';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: a user edits no warehouse
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE warehouses SET is_active = false WHERE id = 'abab0000-0000-4000-8000-000000000021' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: an admin removes an own empty warehouse
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM warehouses WHERE id = 'abab0000-0000-4000-8000-000000000021' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: an admin removes no other warehouse
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM warehouses WHERE id = 'abab0000-0000-4000-8000-000000000022' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: a user removes no warehouse
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
DELETE FROM warehouses WHERE id = 'abab0000-0000-4000-8000-000000000021' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 3: a warehouse with stock is not removed
-- @expect error 23503
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
DELETE FROM warehouses WHERE id = 'abab0000-0000-4000-8000-000000000021';

-- Inventory.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 9: an admin sets what is advised to be kept
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE inventory SET minimum_stock_recommendation = 4 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 9: an admin sets it for no other organisation
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
UPDATE inventory SET minimum_stock_recommendation = 4 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000022' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 9: a user does not set it
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE inventory SET minimum_stock_recommendation = 4 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 9: a super admin sets it anywhere
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
UPDATE inventory SET minimum_stock_recommendation = 4 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000022' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 9: not even a super admin writes stock past the transactions
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
UPDATE inventory SET current_stock = 99 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021';

-- Transactions.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 8: a user records what is used up in an own machine
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 8: a user records nothing for the machine of another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000042', 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 8: a user takes nothing from the warehouse of another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', NULL, 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: a user enters nothing in the name of somebody else
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000012')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: a user creates no stock
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: a user adjusts no stock
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('adjustment', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, NULL, 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: an admin creates stock
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000012')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: an admin adjusts stock
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('adjustment', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, NULL, 1, 'abab0000-0000-4000-8000-000000000012')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: an admin creates no stock elsewhere
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000022', NULL, 1, 'abab0000-0000-4000-8000-000000000012')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: an admin sends nothing to another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000022', NULL, 1, 'abab0000-0000-4000-8000-000000000012')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: a super admin moves parts between organisations
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000022', NULL, 1, 'abab0000-0000-4000-8000-000000000011')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 10: nobody signed in enters nothing
-- @expect error 42501
-- @as abparts_app
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
SELECT set_config('app.user_id', 'abab0000-0000-4000-8000-000000000013', true);
SET LOCAL ROLE abparts_app;
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;
RESET ROLE;
-- @check Req 9: a movement under row security changes the stock
-- @expect value = 14
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT current_stock FROM inventory WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 15, 'abab0000-0000-4000-8000-000000000012'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000022', 20, 'abab0000-0000-4000-8000-000000000014');
-- @check Req 9: stock is not taken below zero under row security either
-- @expect error 23514
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 16, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- What the policies ask for is what the indexes are made for.

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000043', NULL, 'V4.0', 'Machine of nobody', 'CHECK-UNSOLD');
-- @check Req 5: a super admin sees a machine that is not sold
-- @expect rows = 2
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT id FROM machines WHERE serial_number IN ('CHECK-A', 'CHECK-UNSOLD');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000043', NULL, 'V4.0', 'Machine of nobody', 'CHECK-UNSOLD');
-- @check Req 5: an admin does not see a machine that is not sold
-- @expect value = abab0000-0000-4000-8000-000000000041
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
SELECT id FROM machines WHERE serial_number IN ('CHECK-A', 'CHECK-UNSOLD');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 10: a super admin adds a customer and its first admin in one statement
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
WITH customer AS (
  INSERT INTO organizations (name, organization_type) VALUES ('Check customer C', 'customer') RETURNING id
)
INSERT INTO users (organization_id, username, password_hash, email, role)
SELECT id, 'check-admin-c', '-', 'check-admin-c@example.invalid', 'admin' FROM customer
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 10: the own users are found by ix_users_org_role
-- @expect plan uses index ix_users_org_role
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
-- @set enable_seqscan = off
SELECT username FROM users;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 10: the own admins are found by ix_users_admins
-- @expect plan uses index ix_users_admins
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
-- @set enable_seqscan = off
SELECT username FROM users WHERE role = 'admin';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 10: the own machines are found by ix_machines_customer
-- @expect plan uses index ix_machines_customer
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
-- @set enable_seqscan = off
SELECT serial_number FROM machines;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 10: the own records of usage are found by ix_part_usage_organization_date
-- @expect plan uses index ix_part_usage_organization_date
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
-- @set enable_seqscan = off
SELECT quantity_used FROM part_usage;

-- The document's look-ups, before and after, as an admin of the customer with the fullest warehouse.
-- Those after are warnings, because a busy machine alone can make a difference of a tenth.

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check admins of an organisation
-- @expect rows >= 0
-- @when before
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT id, username, name FROM users WHERE organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017') AND role = 'admin';

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check machines of a customer
-- @expect rows >= 0
-- @when before
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT id, serial_number, model_type FROM machines WHERE customer_organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017');

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check stock of an organisation by warehouse and part
-- @expect rows >= 0
-- @when before
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT w.name, p.part_number, i.current_stock, i.unit_of_measure
FROM warehouses w
JOIN inventory i ON i.warehouse_id = w.id
JOIN parts p ON p.id = i.part_id
WHERE w.organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017')
ORDER BY w.name, p.part_number;

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check movements into the warehouses of an organisation in a month
-- @expect rows >= 0
-- @when before
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT t.transaction_type, count(*), sum(t.quantity)
FROM warehouses w
JOIN transactions t ON t.to_warehouse_id = w.id
WHERE w.organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017') AND t.transaction_date >= '2024-05-01' AND t.transaction_date < '2024-06-01'
GROUP BY t.transaction_type;

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check what is low at an organisation
-- @expect rows >= 0
-- @when before
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT part_number, current_stock, minimum_stock_recommendation FROM low_stock WHERE organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017') ORDER BY part_number;

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check admins of an organisation
-- @expect within 10% of before
-- @when step
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
-- @severity warning
SELECT id, username, name FROM users WHERE organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017') AND role = 'admin';

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check machines of a customer
-- @expect within 10% of before
-- @when step
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
-- @severity warning
SELECT id, serial_number, model_type FROM machines WHERE customer_organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017');

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check stock of an organisation by warehouse and part
-- @expect within 10% of before
-- @when step
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
-- @severity warning
SELECT w.name, p.part_number, i.current_stock, i.unit_of_measure
FROM warehouses w
JOIN inventory i ON i.warehouse_id = w.id
JOIN parts p ON p.id = i.part_id
WHERE w.organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017')
ORDER BY w.name, p.part_number;

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check movements into the warehouses of an organisation in a month
-- @expect within 10% of before
-- @when step
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
-- @severity warning
SELECT t.transaction_type, count(*), sum(t.quantity)
FROM warehouses w
JOIN transactions t ON t.to_warehouse_id = w.id
WHERE w.organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017') AND t.transaction_date >= '2024-05-01' AND t.transaction_date < '2024-06-01'
GROUP BY t.transaction_type;

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check what is low at an organisation
-- @expect within 10% of before
-- @when step
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
-- @severity warning
SELECT part_number, current_stock, minimum_stock_recommendation FROM low_stock WHERE organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017') ORDER BY part_number;

-- After the rollback.

-- @check no table has row security
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'surefoot%' AND (relrowsecurity OR relforcerowsecurity)
UNION ALL
SELECT policyname FROM pg_policies WHERE schemaname = 'public'
UNION ALL
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
  AND proname IN ('app_user_id', 'app_organization_id', 'app_user_role', 'app_organizations_from',
                  'app_organizations_to', 'app_warehouse_ids', 'keep_organization_place');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check the application sees all organisations again
-- @expect value = 2
-- @when rolled-back
-- @as abparts_app
SELECT count(*) FROM warehouses WHERE id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000022');
