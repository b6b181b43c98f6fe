-- Requirements 3, 4 and 9: stock lies in warehouses, in decimal quantities.

-- @check Req 9: every stock figure fits DECIMAL(10,3)
-- @expect rows = 0
-- @when before
SELECT organization_id, part_id, current_stock, minimum_stock_recommendation
FROM inventory
WHERE abs(current_stock::bigint) > 9999999 OR abs(minimum_stock_recommendation::bigint) > 9999999;

-- In the step, against the copy that it made of the old rows.

-- @check Req 9: totals per organisation and part are equal before and after
-- @expect rows = 0
-- @when step
WITH totals_now AS (
  SELECT w.organization_id, i.part_id, sum(i.current_stock) AS current_stock,
         sum(i.minimum_stock_recommendation) AS minimum_stock_recommendation
  FROM inventory i
  JOIN warehouses w ON w.id = i.warehouse_id
  GROUP BY w.organization_id, i.part_id
)
SELECT organization_id, part_id, b.current_stock AS before, n.current_stock AS now
FROM pg_temp.inventory_before b
FULL JOIN totals_now n USING (organization_id, part_id)
WHERE (b.current_stock, b.minimum_stock_recommendation)
      IS DISTINCT FROM (n.current_stock, n.minimum_stock_recommendation);

-- @check Req 9: no stock row is lost
-- @expect rows = 0
-- @when step
SELECT b.id AS before, i.id AS now
FROM pg_temp.inventory_before b
FULL JOIN inventory i ON i.id = b.id
WHERE b.id IS NULL OR i.id IS NULL;

-- @check Req 3: every organisation with stock has one main warehouse
-- @expect rows = 0
-- @when step
SELECT b.organization_id, count(DISTINCT w.id) AS warehouses
FROM (SELECT DISTINCT organization_id FROM pg_temp.inventory_before) AS b
LEFT JOIN warehouses w ON w.organization_id = b.organization_id AND w.id = abparts_saved.main_warehouse_of(b.organization_id)
  AND w.name ~ '^Main warehouse( [0-9]+)?$'
GROUP BY b.organization_id
HAVING count(DISTINCT w.id) <> 1;

-- @check Req 4: every stock row has the type and unit of its part
-- @expect rows = 0
-- @when step
SELECT i.id FROM inventory i
JOIN parts p ON p.id = i.part_id
WHERE (i.part_type, i.unit_of_measure) <> (p.part_type, p.unit_of_measure);

-- From then on.

-- @check Req 9: quantities are DECIMAL(10,3)
-- @expect every type = numeric(10,3)
SELECT attname, format_type(atttypid, atttypmod) AS type
FROM pg_attribute
WHERE attrelid = 'inventory'::regclass AND attname IN ('current_stock', 'minimum_stock_recommendation');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 4: bulk material is stocked in fractions
-- @expect result = [{"current_stock":"6.700","unit_of_measure":"litres"}]
INSERT INTO inventory (warehouse_id, part_id, current_stock) VALUES ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 6.7)
RETURNING current_stock::text AS current_stock, unit_of_measure;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
-- @check Req 4: consumables are stocked in whole units
-- @expect error 23514
INSERT INTO inventory (warehouse_id, part_id, current_stock) VALUES ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 6.7);

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation, last_updated) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 4, 10, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 5, 0, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 2.5, 0, '2020-02-20T00:00:00Z');
-- @check Req 4: a part with a fraction in stock does not become a consumable
-- @expect error 23514
UPDATE parts SET part_type = 'consumable' WHERE id = 'abab0000-0000-4000-8000-000000000032';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation, last_updated) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 4, 10, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 5, 0, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 2.5, 0, '2020-02-20T00:00:00Z');
UPDATE parts SET part_type = 'bulk_material', unit_of_measure = 'boxes' WHERE id = 'abab0000-0000-4000-8000-000000000031';
-- @check Req 4: stock follows its part when that is classified anew
-- @expect every ok = true
SELECT part_type = 'bulk_material' AND unit_of_measure = 'boxes' AS ok FROM inventory WHERE part_id = 'abab0000-0000-4000-8000-000000000031';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation, last_updated) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 4, 10, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 5, 0, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 2.5, 0, '2020-02-20T00:00:00Z');
-- @check Req 4: stock cannot have another unit than its part
-- @expect error 23503
UPDATE inventory SET unit_of_measure = 'barrels' WHERE part_id = 'abab0000-0000-4000-8000-000000000032';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation, last_updated) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 4, 10, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 5, 0, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 2.5, 0, '2020-02-20T00:00:00Z');
-- @check Req 9: a part has one row in a warehouse
-- @expect error 23505
INSERT INTO inventory (warehouse_id, part_id) VALUES ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation, last_updated) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 4, 10, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 5, 0, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 2.5, 0, '2020-02-20T00:00:00Z');
-- @check Req 9: stock lies in a warehouse that exists
-- @expect error 23503
INSERT INTO inventory (warehouse_id, part_id) VALUES ('abab0000-0000-4000-8000-0000000000ff', 'abab0000-0000-4000-8000-000000000031');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation, last_updated) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 4, 10, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 5, 0, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 2.5, 0, '2020-02-20T00:00:00Z');
-- @check Req 9: a change of stock is stamped
-- @expect value = true
UPDATE inventory SET current_stock = 7 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' AND part_id = 'abab0000-0000-4000-8000-000000000031' RETURNING last_updated = now();

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation, last_updated) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 4, 10, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 5, 0, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 2.5, 0, '2020-02-20T00:00:00Z');
-- @check Req 9: a change of the recommendation alone does not stamp the stock
-- @expect value = false
UPDATE inventory SET minimum_stock_recommendation = 7 WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' AND part_id = 'abab0000-0000-4000-8000-000000000031' RETURNING last_updated = now();

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000031', 'CHECK-PIECES', 'Counted part', 'consumable', 'pieces'),
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-LITRES', 'Measured part', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation, last_updated) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000031', 4, 10, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000031', 5, 0, '2020-02-20T00:00:00Z'),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 2.5, 0, '2020-02-20T00:00:00Z');
-- @check Req 9: low_stock adds up the warehouses of an organisation
-- @expect result = [{"current_stock":"9.000","minimum_stock_recommendation":"10.000"}]
SELECT current_stock::text AS current_stock, minimum_stock_recommendation::text AS minimum_stock_recommendation
FROM low_stock WHERE organization_id = 'abab0000-0000-4000-8000-00000000000a';

-- @check the look-up of stock by warehouse and part uses its index
-- @expect plan uses index ix_inventory_warehouse_part
-- @set enable_seqscan = off
SELECT part_id, current_stock FROM inventory WHERE warehouse_id = 'abab0000-0000-4000-8000-000000000021' ORDER BY part_id;

-- What would keep the rollback from going on.

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-00000000000a', 'Check second warehouse A');
INSERT INTO parts (id, part_number, name, part_type, unit_of_measure) VALUES
  ('abab0000-0000-4000-8000-000000000032', 'CHECK-HALVES', 'Two halves make a whole', 'bulk_material', 'litres'),
  ('abab0000-0000-4000-8000-000000000033', 'CHECK-LEFT-OVER', 'A half is left over', 'bulk_material', 'litres'),
  ('abab0000-0000-4000-8000-000000000034', 'CHECK-RECOMMENDED', 'Half a litre is advised', 'bulk_material', 'litres');
INSERT INTO inventory (warehouse_id, part_id, current_stock, minimum_stock_recommendation) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000032', 1.5, 0),
  ('abab0000-0000-4000-8000-000000000024', 'abab0000-0000-4000-8000-000000000032', 2.5, 0),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000033', 2.5, 0),
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-000000000034', 0, 0.5);
-- @check only a fraction that is left over all warehouses keeps the rollback from going on
-- @expect result = [{"part_number":"CHECK-LEFT-OVER","current_stock":"2.500"},{"part_number":"CHECK-RECOMMENDED","current_stock":"0.000"}]
SELECT p.part_number, s.current_stock::text AS current_stock
FROM abparts_saved.stock_the_old_shape_cannot_hold() s
JOIN parts p ON p.id = s.part_id
WHERE s.organization_id = 'abab0000-0000-4000-8000-00000000000a'
ORDER BY p.part_number;

-- The same question before and after, for the organisation with the most stock rows.

-- @setup
SELECT set_config('app.largest', (SELECT organization_id::text FROM inventory GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1), true);
-- @check stock of an organisation by part
-- @expect rows >= 0
-- @when before
SELECT p.part_number, i.current_stock
FROM inventory i
JOIN parts p ON p.id = i.part_id
WHERE i.organization_id = nullif(current_setting('app.largest'), '')::uuid
ORDER BY p.part_number;

-- A warning, because a busy machine alone can make a difference of a tenth. The warehouses are asked for
-- as an array: a join of them is planned for a warehouse of middling size, which the largest is not.

-- @setup
SELECT set_config('app.largest', (SELECT w.organization_id::text FROM inventory i JOIN warehouses w ON w.id = i.warehouse_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1), true);
-- @check stock of an organisation by part
-- @expect within 10% of before
-- @when step
-- @severity warning
SELECT p.part_number, i.current_stock
FROM inventory i
JOIN parts p ON p.id = i.part_id
WHERE i.warehouse_id = ANY (
  ARRAY(SELECT id FROM warehouses WHERE organization_id = nullif(current_setting('app.largest'), '')::uuid))
ORDER BY p.part_number;

-- After the rollback, against the totals that it took before.

-- @check stock per organisation and part is what its warehouses held together
-- @expect rows = 0
-- @when rolled-back
SELECT organization_id, part_id, b.current_stock AS before, i.current_stock AS now
FROM pg_temp.inventory_totals_before_rollback b
FULL JOIN inventory i USING (organization_id, part_id)
WHERE (b.current_stock, b.minimum_stock_recommendation)
      IS DISTINCT FROM (i.current_stock, i.minimum_stock_recommendation);

-- @check the last recommendation for a part is kept, whichever warehouse it was for
-- @expect rows = 0
-- @when rolled-back
SELECT organization_id, part_id, b.last_recommendation_update AS before, i.last_recommendation_update AS now
FROM pg_temp.inventory_totals_before_rollback b
JOIN inventory i USING (organization_id, part_id)
WHERE b.last_recommendation_update IS DISTINCT FROM i.last_recommendation_update;

-- @check inventory has its old columns and nothing else
-- @expect value = id uuid, organization_id uuid, part_id uuid, current_stock integer, minimum_stock_recommendation integer, reorder_threshold_set_by character varying(50), last_recommendation_update timestamp with time zone, created_at timestamp with time zone
-- @when rolled-back
SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = 'inventory'::regclass AND attnum > 0 AND NOT attisdropped;

-- @check the main warehouses are gone
-- @expect rows = 0
-- @when rolled-back
SELECT id FROM warehouses WHERE description = 'Holds the stock from before there were warehouses.';

-- @check low_stock counts whole pieces again
-- @expect value = integer
-- @when rolled-back
SELECT format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = 'low_stock'::regclass AND attname = 'current_stock';
