-- Requirements 3, 6, 8 and 9: movements of parts, and the triggers that keep stock equal to them.

-- @check Req 9: every stock has an opening balance
-- @expect rows = 0
-- @when step
SELECT i.id FROM inventory i
WHERE i.current_stock <> 0
  AND NOT EXISTS (
    SELECT FROM transactions t
    WHERE t.part_id = i.part_id AND t.reference_number = 'opening balance' AND t.quantity = abs(i.current_stock)
      AND i.warehouse_id = CASE WHEN i.current_stock > 0 THEN t.to_warehouse_id ELSE t.from_warehouse_id END);

-- @check Req 9: stock is the balance of all ins and outs
-- @expect rows = 0
WITH balance AS (
  SELECT warehouse_id, part_id, sum(quantity) AS quantity
  FROM (
    SELECT to_warehouse_id AS warehouse_id, part_id, quantity FROM transactions
    UNION ALL
    SELECT from_warehouse_id, part_id, -quantity FROM transactions
  ) AS moved
  WHERE warehouse_id IS NOT NULL
  GROUP BY warehouse_id, part_id
)
SELECT warehouse_id, part_id, i.current_stock, b.quantity AS balance
FROM inventory i
FULL JOIN balance b USING (warehouse_id, part_id)
WHERE coalesce(i.current_stock, 0) <> coalesce(b.quantity, 0);

-- What each kind of transaction does to stock.

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: creation raises the stock of its warehouse
-- @expect result = [{"first":true,"stock":"10.000"}]
SELECT warehouse_id = 'abab0000-0000-4000-8000-000000000021' AS first, current_stock::text AS stock FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031' AND warehouse_id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024') ORDER BY 1 DESC;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', NULL, 4, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: transfer takes from one warehouse and brings to another
-- @expect result = [{"first":true,"stock":"6.000"},{"first":false,"stock":"4.000"}]
SELECT warehouse_id = 'abab0000-0000-4000-8000-000000000021' AS first, current_stock::text AS stock FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031' AND warehouse_id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024') ORDER BY 1 DESC;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 3, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 8: consumption lowers the stock of its warehouse
-- @expect result = [{"first":true,"stock":"7.000"}]
SELECT warehouse_id = 'abab0000-0000-4000-8000-000000000021' AS first, current_stock::text AS stock FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031' AND warehouse_id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024') ORDER BY 1 DESC;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('adjustment', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, NULL, 1, 'abab0000-0000-4000-8000-000000000013'),
  ('adjustment', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000024', NULL, 2, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: adjustment corrects upwards and downwards
-- @expect result = [{"first":true,"stock":"9.000"},{"first":false,"stock":"2.000"}]
SELECT warehouse_id = 'abab0000-0000-4000-8000-000000000021' AS first, current_stock::text AS stock FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031' AND warehouse_id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024') ORDER BY 1 DESC;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', NULL, 4, 'abab0000-0000-4000-8000-000000000013'),
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', NULL, 1, 'abab0000-0000-4000-8000-000000000013'),
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000024', NULL, 'abab0000-0000-4000-8000-000000000041', 2, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: several transactions of one statement all count
-- @expect result = [{"first":true,"stock":"5.000"},{"first":false,"stock":"3.000"}]
SELECT warehouse_id = 'abab0000-0000-4000-8000-000000000021' AS first, current_stock::text AS stock FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031' AND warehouse_id IN ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024') ORDER BY 1 DESC;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000024', NULL, 0.125, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 4: the first movement of a part opens its stock row with its unit
-- @expect result = [{"stock":"0.125","unit_of_measure":"litres","part_type":"bulk_material","fresh":true}]
SELECT current_stock::text AS stock, unit_of_measure, part_type::text AS part_type, last_updated = now() AS fresh
FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000032' AND warehouse_id = 'abab0000-0000-4000-8000-000000000024';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 0.7, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 8: bulk material is used up in fractions
-- @expect value = 9.3
SELECT current_stock FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000032' AND warehouse_id = 'abab0000-0000-4000-8000-000000000021';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 4: a consumable does not move in fractions
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 0.5, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email)
VALUES ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid');
INSERT INTO warehouses (id, organization_id, name) VALUES ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure)
VALUES ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces');
-- @check Req 4: fractions of a consumable that add up to a whole do not move either
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 0.5, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 1.5, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email)
VALUES ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid');
INSERT INTO warehouses (id, organization_id, name) VALUES ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure)
VALUES ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 4: bulk material moves in fractions
-- @expect rows = 2
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000021', 0.5, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000021', 1.5, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO inventory (warehouse_id, part_id, current_stock, last_updated) VALUES ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 3, '2020-02-20T00:00:00Z');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: a movement stamps the stock
-- @expect value = true
SELECT last_updated = now() FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031' AND warehouse_id = 'abab0000-0000-4000-8000-000000000021';

-- Stock does not fall below zero, unless a setting allows it.

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: more than there is cannot be taken
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 11, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: what is not there at all cannot be taken
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: two uses in one statement cannot take more than there is together
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 6, 'abab0000-0000-4000-8000-000000000013'),
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 6, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: stock cannot be set below zero past the transactions
-- @expect error 23514
UPDATE inventory SET current_stock = -1 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' AND part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
DO $$
BEGIN
  INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity, performed_by_user_id)
  VALUES ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', 11, 'abab0000-0000-4000-8000-000000000013');
EXCEPTION WHEN check_violation THEN NULL;
END
$$;
-- @check Req 9: a refused movement leaves everything as it was
-- @expect value = 10
SELECT current_stock FROM inventory WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' AND part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: the setting allows stock below zero
-- @expect rows = 1
-- @set app.allow_negative_stock = on
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 11, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: the setting allows it where there was no stock row too
-- @expect rows = 1
-- @set app.allow_negative_stock = on
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
SET LOCAL app.allow_negative_stock = on;
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 11, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: what is allowed below zero is counted
-- @expect value = -1
SELECT current_stock FROM inventory WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' AND part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: the setting switched off refuses
-- @expect error 23514
-- @set app.allow_negative_stock = off
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 11, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
SET LOCAL app.allow_negative_stock = on;
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('adjustment', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000021', NULL, NULL, 2.5, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: stock below zero may rise without the setting
-- @expect rows = 1
-- @set app.allow_negative_stock = off
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 0.5, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
SET LOCAL app.allow_negative_stock = on;
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('adjustment', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000021', NULL, NULL, 2.5, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: stock below zero cannot fall further without the setting
-- @expect error 23514
-- @set app.allow_negative_stock = off
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('adjustment', 'abab0000-0000-4000-8000-000000000032', 'abab0000-0000-4000-8000-000000000021', NULL, NULL, 0.5, 'abab0000-0000-4000-8000-000000000013');

-- What a transaction has to say.

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: a transaction is of one of the four types
-- @expect error 22P02
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('gift', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: creation comes from nowhere
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: creation goes somewhere
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, NULL, NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: transfer has both ends
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: transfer goes to another warehouse
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('transfer', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 8: consumption goes nowhere
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 8: consumption names its machine
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: no other transaction has a machine
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: adjustment concerns one warehouse
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('adjustment', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000024', NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: a quantity is above zero
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 0, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: somebody performed it
-- @expect error 23514
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 1, NULL);

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: the part exists
-- @expect error 23503
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-0000000000ff', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: the warehouse exists
-- @expect error 23503
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-0000000000ff', NULL, 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 8: the machine exists
-- @expect error 23503
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-0000000000ff', 1, 'abab0000-0000-4000-8000-000000000013');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 6: the user exists
-- @expect error 23503
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 1, 'abab0000-0000-4000-8000-0000000000ff');

-- The audit trail stays.

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: a transaction cannot be changed
-- @expect error 55000
UPDATE transactions SET quantity = 1 WHERE part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: a transaction cannot be deleted
-- @expect error 55000
DELETE FROM transactions WHERE part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: transactions cannot be emptied
-- @expect error 55000
TRUNCATE transactions CASCADE;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 6: the application may not change a transaction
-- @expect error 42501
-- @as abparts_app
UPDATE transactions SET quantity = 1 WHERE part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 2: a user with transactions cannot be deleted
-- @expect error 23503
DELETE FROM users WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: the application moves stock by transactions
-- @expect rows = 1
-- @until 009
-- @as abparts_app
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('consumption', 'abab0000-0000-4000-8000-000000000031', 'abab0000-0000-4000-8000-000000000021', NULL, 'abab0000-0000-4000-8000-000000000041', 1, 'abab0000-0000-4000-8000-000000000013')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: the application does not write stock itself
-- @expect error 42501
-- @as abparts_app
UPDATE inventory SET current_stock = 99 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 9: the application does not add stock itself
-- @expect error 42501
-- @as abparts_app
INSERT INTO inventory (warehouse_id, part_id, current_stock) VALUES ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 99);

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, machine_id, quantity, performed_by_user_id) VALUES
  ('creation', 'abab0000-0000-4000-8000-000000000031', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013'),
  ('creation', 'abab0000-0000-4000-8000-000000000032', NULL, 'abab0000-0000-4000-8000-000000000021', NULL, 10, 'abab0000-0000-4000-8000-000000000013');
-- @check Req 9: the application may set what is advised to be kept
-- @expect rows = 1
-- @until 009
-- @as abparts_app
UPDATE inventory SET minimum_stock_recommendation = 4 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' AND part_id = 'abab0000-0000-4000-8000-000000000031' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 8: old records of usage are read only
-- @expect error 42501
-- @as abparts_app
INSERT INTO part_usage (customer_organization_id, part_id, usage_date) VALUES ('abab0000-0000-4000-8000-00000000000a', 'abab0000-0000-4000-8000-000000000031', now());

-- Indexes and speed.

-- @check the seven indexes of the document exist
-- @expect rows = 7
SELECT relname FROM pg_class
WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace
  AND relname IN ('ix_organizations_name', 'ix_users_org_role', 'ix_machines_customer', 'ix_inventory_warehouse_part',
                  'ix_transactions_date', 'ix_transactions_part', 'ix_transactions_warehouse');

-- @check the look-up of transactions by date uses its index
-- @expect plan uses index ix_transactions_date
-- @set enable_seqscan = off
-- @set enable_sort = off
SELECT id FROM transactions WHERE transaction_date >= '2024-05-01' ORDER BY transaction_date LIMIT 50;

-- @check the history of a part uses its index
-- @expect plan uses index ix_transactions_part
-- @set enable_seqscan = off
-- @set enable_sort = off
SELECT id FROM transactions WHERE part_id = 'abab0000-0000-4000-8000-000000000031' ORDER BY transaction_date DESC LIMIT 50;

-- @check the look-up of transfers between warehouses uses its index
-- @expect plan uses index ix_transactions_warehouse
-- @set enable_seqscan = off
SELECT to_warehouse_id, part_id, quantity FROM transactions WHERE from_warehouse_id = 'abab0000-0000-4000-8000-000000000021';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check a statement of 1,000 transactions with its triggers stays quick
-- @expect median < 500 ms
-- @severity warning
INSERT INTO transactions (transaction_type, part_id, to_warehouse_id, quantity, performed_by_user_id)
SELECT 'creation', CASE WHEN n % 2 = 0 THEN 'abab0000-0000-4000-8000-000000000031'::uuid ELSE 'abab0000-0000-4000-8000-000000000032' END, CASE WHEN n % 3 = 0 THEN 'abab0000-0000-4000-8000-000000000021'::uuid ELSE 'abab0000-0000-4000-8000-000000000024' END, 1, 'abab0000-0000-4000-8000-000000000013'
FROM generate_series(1, 1000) AS n;

-- After the rollback, against what it noted before.

-- @check what was used up is in part_usage
-- @expect rows = 0
-- @when rolled-back
SELECT c.id FROM pg_temp.consumption_before_rollback c
LEFT JOIN part_usage u ON u.id = c.id
WHERE (u.machine_id, u.quantity_used) IS DISTINCT FROM (c.machine_id, c.quantity);

-- @check stock stays as the transactions left it
-- @expect rows = 0
-- @when rolled-back
SELECT coalesce(b.id, i.id) AS id, b.current_stock AS before, i.current_stock AS now
FROM pg_temp.stock_before_rollback b
FULL JOIN inventory i ON i.id = b.id
WHERE b.current_stock IS DISTINCT FROM i.current_stock;

-- @check transactions and their functions are gone
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = 'transactions'
UNION ALL
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
  AND proname IN ('apply_transactions_to_inventory', 'check_inventory_balance', 'check_whole_units', 'keep_transactions')
UNION ALL
SELECT tgname FROM pg_trigger WHERE tgname LIKE 'inventory_balance%';

-- @check the application may write stock and usage again
-- @expect every allowed = true
-- @when rolled-back
SELECT name, has_table_privilege('abparts_app', 'public.' || name, 'INSERT')
         AND has_table_privilege('abparts_app', 'public.' || name, 'UPDATE')
         AND has_table_privilege('abparts_app', 'public.' || name, 'DELETE') AS allowed
FROM unnest(ARRAY['inventory', 'part_usage']) AS name;
