-- Requirement 4: type, unit and origin of parts.

-- @check Req 4: every known part is a consumable counted in pieces
-- @expect rows = 0
-- @when step
SELECT part_number FROM parts WHERE part_type <> 'consumable' OR unit_of_measure <> 'pieces';

-- @check Req 4: every proprietary part is made by BossAqua, no other part by anybody yet
-- @expect rows = 0
-- @when step
SELECT part_number FROM parts
WHERE manufacturer_organization_id IS DISTINCT FROM
      CASE WHEN is_proprietary THEN (SELECT id FROM organizations WHERE organization_type = 'bossaqua') END;

-- @check Req 4: classifying a part does not stamp it as edited
-- @expect rows = 0
-- @when step
SELECT part_number FROM parts WHERE updated_at = now() AND created_at < now();

-- @check Req 4: a new part is a general consumable counted in pieces
-- @expect result = [{"part_type":"consumable","unit_of_measure":"pieces","is_proprietary":false}]
INSERT INTO parts (part_number, name) VALUES ('CHECK-NEW', 'New part')
RETURNING part_type::text AS part_type, unit_of_measure, is_proprietary;

-- @check Req 4: a part can be bulk material with a unit of its own
-- @expect result = [{"part_type":"bulk_material","unit_of_measure":"litres"}]
INSERT INTO parts (part_number, name, part_type, unit_of_measure) VALUES ('CHECK-OIL', 'Oil', 'bulk_material', 'litres')
RETURNING part_type::text AS part_type, unit_of_measure;

-- @check Req 4: a part cannot be of another type
-- @expect error 22P02
INSERT INTO parts (part_number, name, part_type) VALUES ('CHECK-NEW', 'New part', 'service');

-- @check Req 4: a part has a unit of measure
-- @expect error 23514
INSERT INTO parts (part_number, name, unit_of_measure) VALUES ('CHECK-NEW', 'New part', ' ');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000002', 'Check BossAqua', 'bossaqua'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'bossaqua');
-- @check Req 4: a proprietary part may come from BossAqua
-- @expect rows = 1
INSERT INTO parts (part_number, name, is_proprietary, manufacturer_organization_id, manufacturer_part_number)
SELECT 'CHECK-OWN', 'Own part', true, id, 'BA-1' FROM organizations WHERE organization_type = 'bossaqua'
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
-- @check Req 4: a proprietary part comes from nobody but BossAqua
-- @expect error 23503
INSERT INTO parts (part_number, name, is_proprietary, manufacturer_organization_id)
VALUES ('CHECK-OWN', 'Own part', true, 'abab0000-0000-4000-8000-00000000000c');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
-- @check Req 4: a general part may come from a supplier
-- @expect rows = 1
INSERT INTO parts (part_number, name, manufacturer_organization_id)
VALUES ('CHECK-GENERAL', 'General part', 'abab0000-0000-4000-8000-00000000000c')
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
INSERT INTO parts (part_number, name, manufacturer_organization_id) VALUES ('CHECK-GENERAL', 'General part', 'abab0000-0000-4000-8000-00000000000c');
-- @check Req 4: a supplier's part cannot be declared proprietary
-- @expect error 23503
UPDATE parts SET is_proprietary = true WHERE part_number = 'CHECK-GENERAL';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000002', 'Check BossAqua', 'bossaqua'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'bossaqua');
INSERT INTO parts (part_number, name, is_proprietary, manufacturer_organization_id)
SELECT 'CHECK-OWN', 'Own part', true, id FROM organizations WHERE organization_type = 'bossaqua';
-- @check Req 4: the maker of proprietary parts stays BossAqua
-- @expect error 23503
UPDATE organizations SET organization_type = 'customer' WHERE organization_type = 'bossaqua';

-- @check parts has its old columns and nothing else
-- @expect value = id, part_number, name, description, is_proprietary, manufacturer_delivery_time_days, local_supplier_delivery_time_days, image_urls, created_at, updated_at
-- @when rolled-back
SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = 'parts'::regclass AND attnum > 0 AND NOT attisdropped;
