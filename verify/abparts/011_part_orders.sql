-- Requirement 7: orders of parts and their fulfilment.
-- A and B are customers; 11 is the super admin, 12 and 13 are admin and user of A, 14 and 15 of B.

-- Placing an order.

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
-- @check Req 7: a customer orders from Oraseas EE, and the order is requested
-- @expect value = requested
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013')
RETURNING status;

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
-- @check Req 7: a customer orders from an own supplier
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013', 'requested')
RETURNING status;

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
-- @check Req 7: a customer does not order from the supplier of another
-- @expect error 23514
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000d', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013', 'requested')
RETURNING status;

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
-- @check Req 7: a customer does not order from a customer
-- @expect error 23514
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000b', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013', 'requested')
RETURNING status;

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
-- @check Req 7: nobody orders from himself
-- @expect error 23514
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ((SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000011', 'requested')
RETURNING status;

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
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000002', 'Check BossAqua', 'bossaqua'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'bossaqua');
-- @check Req 7: Oraseas EE orders from BossAqua
-- @expect rows = 1
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ((SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), (SELECT id FROM organizations WHERE organization_type = 'bossaqua'), 'abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-000000000011', 'requested')
RETURNING status;

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
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000002', 'Check BossAqua', 'bossaqua'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'bossaqua');
-- @check Req 7: a customer does not order from BossAqua
-- @expect error 23514
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'bossaqua'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013', 'requested')
RETURNING status;

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
-- @check Req 7: an order goes to a warehouse of whoever orders
-- @expect error 23503
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000013', 'requested')
RETURNING status;

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
-- @check Req 7: nobody orders for another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000013', 'requested')
RETURNING status;

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
-- @check Req 7: nobody orders in the name of somebody else
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000012', 'requested')
RETURNING status;

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
-- @check Req 7: an order does not begin as received
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status, received_at, received_by_user_id)
VALUES ('abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013', 'received', now(), 'abab0000-0000-4000-8000-000000000013');

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
-- @check Req 7: an order has no other status
-- @expect error 23514
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013', 'lost')
RETURNING status;

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: a receipt has a date and a receiver
-- @expect error 23514
UPDATE part_orders SET status = 'received' WHERE id = 'abab0000-0000-4000-8000-000000000051';

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
-- @check Req 7: a super admin orders for any organisation
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
INSERT INTO part_orders (customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id, status)
VALUES ('abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000011', 'requested')
RETURNING status;

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
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
-- @check Req 7: parts are added to an open order of the own organisation
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000032', 1.5) RETURNING id;

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
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000015');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000031', 1);
-- @check Req 7: nothing is added to the order of another organisation
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000032', 1) RETURNING id;

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
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
-- @check Req 7: nothing is ordered in no quantity
-- @expect error 23514
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000032', 0) RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email)
VALUES ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid');
INSERT INTO warehouses (id, organization_id, name) VALUES ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure)
VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
-- @check Req 7: a consumable is not ordered in fractions
-- @expect error 23514
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 1.5);

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email)
VALUES ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid');
INSERT INTO warehouses (id, organization_id, name) VALUES ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure)
VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 2);
-- @check Req 7: a consumable does not arrive in fractions
-- @expect error 23514
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE part_order_items SET received_quantity = 1.5 WHERE part_order_id = 'abab0000-0000-4000-8000-000000000051';

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
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
-- @check Req 7: a part stands once in an order
-- @expect error 23505
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 1) RETURNING id;

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
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
-- @check Req 7: an ordered quantity is changed while the order is open
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE part_order_items SET quantity = 4 WHERE part_order_id = 'abab0000-0000-4000-8000-000000000052' RETURNING id;

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
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000015');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000031', 1);
-- @check Req 7: the quantities of another organisation are not
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE part_order_items SET quantity = 4 WHERE part_order_id = 'abab0000-0000-4000-8000-000000000053' RETURNING id;

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
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
-- @check Req 7: a part is taken out of an open order
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
DELETE FROM part_order_items WHERE part_order_id = 'abab0000-0000-4000-8000-000000000052' RETURNING id;

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
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000015');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000031', 1);
-- @check Req 7: nothing is taken out of the order of another organisation
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
DELETE FROM part_order_items WHERE part_order_id = 'abab0000-0000-4000-8000-000000000053' RETURNING id;

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: whoever ordered may cancel
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE part_orders SET status = 'cancelled' WHERE id = 'abab0000-0000-4000-8000-000000000051' RETURNING id;

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
UPDATE users SET role = 'admin' WHERE id = 'abab0000-0000-4000-8000-000000000011';
-- @check Req 7: the supplier does not cancel
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
UPDATE part_orders SET status = 'cancelled' WHERE id = 'abab0000-0000-4000-8000-000000000051' RETURNING id;

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: nobody marks an order received by hand
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
UPDATE part_orders SET status = 'received', received_at = now(), received_by_user_id = 'abab0000-0000-4000-8000-000000000013' WHERE id = 'abab0000-0000-4000-8000-000000000051';

-- Seeing orders.

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
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000015');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000031', 1);
-- @check Req 7: A sees its orders
-- @expect result = [{"orders":"51 52","items":3}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT string_agg(right(id::text, 2), ' ' ORDER BY id) AS orders,
       (SELECT count(*) FROM part_order_items WHERE part_order_id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053'))::integer AS items
FROM part_orders WHERE id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053');

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
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000015');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000031', 1);
-- @check Req 7: B sees its orders
-- @expect result = [{"orders":"53","items":1}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000015
SELECT string_agg(right(id::text, 2), ' ' ORDER BY id) AS orders,
       (SELECT count(*) FROM part_order_items WHERE part_order_id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053'))::integer AS items
FROM part_orders WHERE id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053');

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
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000015');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000031', 1);
UPDATE users SET role = 'user' WHERE id = 'abab0000-0000-4000-8000-000000000011';
-- @check Req 7: Oraseas EE sees what is ordered from it
-- @expect result = [{"orders":"51 53","items":3}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT string_agg(right(id::text, 2), ' ' ORDER BY id) AS orders,
       (SELECT count(*) FROM part_order_items WHERE part_order_id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053'))::integer AS items
FROM part_orders WHERE id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053');

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
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000015');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000031', 1);
-- @check Req 7: a super admin sees all orders
-- @expect result = [{"orders":"51 52 53","items":4}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT string_agg(right(id::text, 2), ' ' ORDER BY id) AS orders,
       (SELECT count(*) FROM part_order_items WHERE part_order_id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053'))::integer AS items
FROM part_orders WHERE id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053');

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
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-00000000000b', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-000000000015');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000053', 'abab0000-0000-4000-8000-000000000031', 1);
-- @check Req 7: nobody signed in sees no order
-- @expect result = [{"orders":null,"items":0}]
-- @as abparts_app
SELECT string_agg(right(id::text, 2), ' ' ORDER BY id) AS orders,
       (SELECT count(*) FROM part_order_items WHERE part_order_id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053'))::integer AS items
FROM part_orders WHERE id IN ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000053');

-- Receiving what was ordered.

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: an order from Oraseas EE is received as a transfer of each part
-- @expect value = 2
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
SELECT set_config('app.user_id', 'abab0000-0000-4000-8000-000000000013', true);
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');
-- @check Req 7: what is received leaves Oraseas EE and arrives at the customer
-- @expect result = [{"place":"A","part":"litres","stock":"2.500"},{"place":"A","part":"pieces","stock":"7.000"},{"place":"Oraseas","part":"litres","stock":"27.500"},{"place":"Oraseas","part":"pieces","stock":"23.000"}]
SELECT CASE warehouse_id WHEN 'abab0000-0000-4000-8000-000000000021' THEN 'A' ELSE 'Oraseas' END AS place, unit_of_measure AS part, current_stock::text AS stock
FROM inventory
WHERE part_id IN ('abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000032') AND warehouse_id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000023')
ORDER BY 1, 2;

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
SELECT set_config('app.user_id', 'abab0000-0000-4000-8000-000000000013', true);
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023', '2025-03-01T12:00:00Z');
-- @check Req 7: a received order says when and by whom
-- @expect result = [{"status":"received","received_by_user_id":"abab0000-0000-4000-8000-000000000013","day":"2025-03-01","transfers":2}]
SELECT status, received_by_user_id, to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
       (SELECT count(*) FROM transactions
        WHERE part_order_id = part_orders.id AND transaction_type = 'transfer'
          AND transaction_date = part_orders.received_at)::integer AS transfers
FROM part_orders WHERE id = 'abab0000-0000-4000-8000-000000000051';

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
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
SELECT set_config('app.user_id', 'abab0000-0000-4000-8000-000000000012', true);
SELECT receive_part_order('abab0000-0000-4000-8000-000000000052');
-- @check Req 9: what an own supplier delivers is creation
-- @expect result = [{"transaction_type":"creation","quantity":"3.000"}]
SELECT transaction_type::text AS transaction_type, quantity::text AS quantity
FROM transactions WHERE part_order_id = 'abab0000-0000-4000-8000-000000000052' AND to_warehouse_id = 'abab0000-0000-4000-8000-000000000021';

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
UPDATE part_order_items SET received_quantity = CASE part_id WHEN 'abab0000-0000-4000-8000-000000000031' THEN 5 ELSE 0 END WHERE part_order_id = 'abab0000-0000-4000-8000-000000000051';
SELECT set_config('app.user_id', 'abab0000-0000-4000-8000-000000000013', true);
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');
-- @check Req 7: what arrived counts, not what was ordered
-- @expect value = 5
SELECT current_stock FROM inventory WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' AND part_id = 'abab0000-0000-4000-8000-000000000031';

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: nobody receives without signing in
-- @expect error 28000
-- @as abparts_app
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: an order that is none cannot be received
-- @expect error P0002
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-0000000000ff');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: the order of another organisation cannot be received
-- @expect error P0002
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000014
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: a super admin may receive for a customer
-- @expect value = 2
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
SELECT set_config('app.user_id', 'abab0000-0000-4000-8000-000000000013', true);
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');
-- @check Req 7: an order is not received twice
-- @expect error 55000
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
UPDATE part_orders SET status = 'cancelled' WHERE id = 'abab0000-0000-4000-8000-000000000051';
-- @check Req 7: a cancelled order is not received
-- @expect error 55000
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
DELETE FROM part_order_items WHERE part_order_id = 'abab0000-0000-4000-8000-000000000051';
-- @check Req 7: an order without parts is not received
-- @expect error 55000
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: what Oraseas EE delivers comes from a warehouse
-- @expect error 22004
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: it does not come from a warehouse of somebody else
-- @expect error 22023
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000022');

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
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
-- @check Req 7: an own supplier has no warehouse here
-- @expect error 22023
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 6, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 6, 'abab0000-0000-4000-8000-000000000011');
-- @check Req 7: more than Oraseas EE has cannot be received
-- @expect error 23514
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
SELECT set_config('app.user_id', 'abab0000-0000-4000-8000-000000000013', true);
DO $$
BEGIN
  PERFORM receive_part_order('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000023');
EXCEPTION WHEN check_violation THEN NULL;
END
$$;
-- @check Req 7: a receipt that fails at one part books nothing
-- @expect result = [{"status":"requested","movements":0,"stock":"30.000"}]
SELECT status, (SELECT count(*) FROM transactions WHERE part_order_id = part_orders.id)::integer AS movements,
       (SELECT current_stock::text FROM inventory WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000023' AND part_id = 'abab0000-0000-4000-8000-000000000032') AS stock
FROM part_orders WHERE id = 'abab0000-0000-4000-8000-000000000051';

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
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000031', 3);
SELECT set_config('app.user_id', 'abab0000-0000-4000-8000-000000000013', true);
SELECT receive_part_order('abab0000-0000-4000-8000-000000000052');
-- @check Req 7: nothing is added to an order that was received
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES ('abab0000-0000-4000-8000-000000000052', 'abab0000-0000-4000-8000-000000000032', 1) RETURNING id;

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
INSERT INTO warehouses (id, organization_id, name)
SELECT 'abab0000-0000-4000-8000-000000000023', id, 'Check warehouse of Oraseas EE' FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000023', 30, 'abab0000-0000-4000-8000-000000000011');
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, ordered_by_user_id)
VALUES ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-00000000000a', (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee'), 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000013');
INSERT INTO part_order_items (part_order_id, part_id, quantity) VALUES
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000031', 7),
  ('abab0000-0000-4000-8000-000000000051', 'abab0000-0000-4000-8000-000000000032', 2.5);
-- @check Req 7: nobody ties a movement to an order by hand
-- @expect error 42501
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000012
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id, part_order_id)
VALUES ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 1, 'abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-000000000051');

-- After the rollback.

-- @check part orders are gone
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname IN ('part_orders', 'part_order_items')
UNION ALL
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname IN ('receive_part_order', 'check_part_order_supplier')
UNION ALL
SELECT attname FROM pg_attribute
WHERE attrelid = 'transactions'::regclass AND attname = 'part_order_id' AND NOT attisdropped
UNION ALL
SELECT policyname FROM pg_policies WHERE policyname LIKE 'transactions_add_without%' OR policyname = 'transactions_service';
