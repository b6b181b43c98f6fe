-- Requirements 1, 4, 8 and 9: what is reported, and to whom.
-- A and B are customers; 11 is the super admin, 12 and 13 are admin and user of A, 14 and 15 of B.

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
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', 6, 'abab0000-0000-4000-8000-000000000012');
UPDATE inventory SET minimum_stock_recommendation = 10 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021';
-- @check Req 9: inventory is reported by warehouse and part
-- @expect result = [{"warehouse":"Check second warehouse A","stock":"6.000","low":false},{"warehouse":"Check warehouse A","stock":"9.000","low":true}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT warehouse_name AS warehouse, current_stock::text AS stock, below_minimum AS low
FROM inventory_report
WHERE part_number = 'CHECK-PIECES'
ORDER BY 1;

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
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', 6, 'abab0000-0000-4000-8000-000000000012');
-- @check Req 9: the inventory report shows no other organisation
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000015
SELECT 1 FROM inventory_report WHERE organization_id <> 'abab0000-0000-4000-8000-00000000000b';

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
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', 6, 'abab0000-0000-4000-8000-000000000012');
-- @check Req 4: a part is reported with type, origin and stock over all warehouses
-- @expect result = [{"part_type":"consumable","is_proprietary":false,"stock":"15.000","warehouses":2}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT p.part_type::text AS part_type, p.is_proprietary, s.current_stock::text AS stock, s.warehouses::integer AS warehouses
FROM organization_stock s
JOIN parts p ON p.id = s.part_id
WHERE s.organization_id = 'abab0000-0000-4000-8000-00000000000a' AND p.id = 'abab0000-0000-4000-8000-000000000031';

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
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', 6, 'abab0000-0000-4000-8000-000000000012');
-- @check Req 9: stock is reported as the balance of all ins and outs
-- @expect result = [{"received":"15.000","issued":"6.000","balance":"9.000","stock":"9.000"}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT received::text AS received, issued::text AS issued, balance::text AS balance, current_stock::text AS stock
FROM inventory_balance
WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' AND part_id = 'abab0000-0000-4000-8000-000000000031';

-- @check Req 9: no stock differs from its balance
-- @expect rows = 0
SELECT warehouse_id, part_id, balance, current_stock FROM inventory_balance WHERE difference <> 0;

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
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, machine_id, quantity, performed_by_user_id)
VALUES ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000041', 2, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 8: usage is reported from before and after the change
-- @expect result = [{"serial_number":"CHECK-A","quantity":"1"},{"serial_number":"CHECK-A","quantity":"2"}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT serial_number, trim_scale(quantity)::text AS quantity FROM machine_part_usage WHERE part_id = 'abab0000-0000-4000-8000-000000000031' ORDER BY used_at;

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
-- @check Req 8: usage in the machines of others is not shown
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000015
SELECT 1 FROM machine_part_usage WHERE customer_organization_id <> 'abab0000-0000-4000-8000-00000000000b';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer'),
  ('abab0000-0000-4000-8000-00000000000c', 'Check customer C', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid'),
  ('abab0000-0000-4000-8000-000000000017', 'abab0000-0000-4000-8000-00000000000c', 'check-user-c', '-', 'check-user-c@example.invalid');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B'),
  ('abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-00000000000c', 'Check warehouse C');
INSERT INTO parts (id, part_number, name) VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000013');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000022', 5, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: a movement is shown to whoever sent it
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000013
SELECT id FROM transactions WHERE transaction_type = 'transfer' AND part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer'),
  ('abab0000-0000-4000-8000-00000000000c', 'Check customer C', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid'),
  ('abab0000-0000-4000-8000-000000000017', 'abab0000-0000-4000-8000-00000000000c', 'check-user-c', '-', 'check-user-c@example.invalid');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B'),
  ('abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-00000000000c', 'Check warehouse C');
INSERT INTO parts (id, part_number, name) VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000013');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000022', 5, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: a movement is shown to whoever received it
-- @expect rows = 1
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000015
SELECT id FROM transactions WHERE transaction_type = 'transfer' AND part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer'),
  ('abab0000-0000-4000-8000-00000000000c', 'Check customer C', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid'),
  ('abab0000-0000-4000-8000-000000000017', 'abab0000-0000-4000-8000-00000000000c', 'check-user-c', '-', 'check-user-c@example.invalid');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B'),
  ('abab0000-0000-4000-8000-000000000023', 'abab0000-0000-4000-8000-00000000000c', 'Check warehouse C');
INSERT INTO parts (id, part_number, name) VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part');
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 10, 'abab0000-0000-4000-8000-000000000013');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id)
VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000022', 5, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: a movement between others is not shown
-- @expect rows = 0
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT id FROM transactions WHERE transaction_type = 'transfer' AND part_id = 'abab0000-0000-4000-8000-000000000031';

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
UPDATE organizations SET parent_organization_id = (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee') WHERE id = 'abab0000-0000-4000-8000-00000000000a';
-- @check Req 1: the hierarchy is shown from the top
-- @expect result = [{"name":"Check customer A","depth":1},{"name":"Check supplier of A","depth":2}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000011
SELECT name, depth FROM organization_tree WHERE id IN ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-00000000000c') ORDER BY depth;

-- @check Req 1: the hierarchy has every organisation once
-- @expect value = 0
SELECT (SELECT count(*) FROM organizations) - (SELECT count(DISTINCT id) FROM organization_tree)
     + (SELECT count(*) - count(DISTINCT id) FROM organization_tree);

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
UPDATE users SET organization_id = 'abab0000-0000-4000-8000-00000000000c' WHERE id = 'abab0000-0000-4000-8000-000000000015';
-- @check Req 1: who cannot see the parent starts with the child
-- @expect result = [{"name":"Check supplier of A","depth":0}]
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000015
SELECT name, depth FROM organization_tree WHERE id = 'abab0000-0000-4000-8000-00000000000c';

-- Speed, as an admin of the customer with the fullest warehouse. Warnings, because a busy machine
-- alone can make the difference.

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check the inventory report of an organisation is quick
-- @expect median < 200 ms
-- @severity warning
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT * FROM inventory_report WHERE organization_id = (SELECT organization_id FROM users WHERE id = 'abab0000-0000-4000-8000-000000000017') ORDER BY part_number;

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check the latest movements of an organisation are quick
-- @expect median < 200 ms
-- @severity warning
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT * FROM transactions WHERE to_warehouse_id = ANY ((SELECT app_warehouse_ids())::uuid[]) ORDER BY transaction_date DESC LIMIT 50;

-- @setup
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000017', o.id, 'check-timing', '-', 'check-timing@example.invalid', 'admin'
FROM (SELECT warehouse_id, count(*) AS parts FROM inventory GROUP BY warehouse_id) AS stock
JOIN warehouses w ON w.id = stock.warehouse_id
JOIN organizations o ON o.id = w.organization_id
WHERE o.organization_type = 'customer'
ORDER BY stock.parts DESC, o.id
LIMIT 1;
-- @check the history of a part at an organisation is quick
-- @expect median < 200 ms
-- @severity warning
-- @as abparts_app
-- @set app.user_id = abab0000-0000-4000-8000-000000000017
SELECT * FROM transactions
WHERE part_id = (SELECT part_id FROM inventory ORDER BY part_id LIMIT 1)
ORDER BY transaction_date DESC;

-- @check the reporting views are gone
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace
  AND relname IN ('inventory_report', 'organization_stock', 'inventory_balance', 'machine_part_usage', 'organization_tree');
