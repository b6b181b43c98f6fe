-- Phase 1.2, pg_search: the same search whichever way serves it

-- @check the way of pg_search is recorded
-- @expect rows = 1
SELECT way FROM extension_choices WHERE extension = 'pg_search' AND (way = 'extension') = EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_search');

-- @check every registered search index exists and is valid
-- @expect rows = 0
SELECT s.entity_type FROM search_indexes s
WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relname = s.index_name AND i.indisvalid
                  AND i.indrelid = s.table_name::text::regclass);

-- @check materials, orders, projects and non-conformances are searched
-- @expect value = 4
SELECT count(*) FROM search_indexes WHERE entity_type IN ('material', 'work_order', 'project', 'ncr');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO materials (id, organization_id, plant_id, material_number, material_name, description, unit_cost)
VALUES (900301, 900001, 900011, 'CHK-1', 'Bracket zinc', 'Angle bracket, zinc plated', 2), (900302, 900001, NULL, 'CHK-2', 'Bolt', 'Hexagon bolt', 0.5),
       (900303, 900001, 900012, 'CHK-3', 'Frame', 'Welded frame', 10), (900311, 900002, 900021, 'CHK-1', 'Bracket zinc', 'Theirs', 2);
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900411, 900002, 900021, 'CHK-M', 'Press', 30);
INSERT INTO customers (id, organization_id, customer_code, customer_name) VALUES (900801, 900001, 'CHK-C', 'Customer "A"'), (900811, 900002, 'CHK-C', 'Customer B');
INSERT INTO projects (id, organization_id, plant_id, project_code, project_name)
VALUES (900501, 900001, 900011, 'CHK-P', 'Project A'), (900511, 900002, 900021, 'CHK-P', 'Project B');
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered)
VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100), (900602, 900001, 900012, 900303, 'CHK-W2', 10), (900611, 900002, 900021, 900311, 'CHK-W', 5);
INSERT INTO ncrs (id, organization_id, plant_id, ncr_number, title, severity, quantity_affected, work_order_id)
VALUES (900701, 900001, 900011, 'CHK-N1', 'Crack', 'major', 3, 900601), (900702, 900001, 900011, 'CHK-N2', 'Scratch', 'minor', NULL, NULL),
       (900711, 900002, 900021, 'CHK-N1', 'Theirs', 'minor', NULL, NULL);
-- @check a search finds words in any column, its organisation only
-- @expect result = [{"entity_type":"material","entity_id":900301}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT entity_type, entity_id FROM search_records('zinc plated');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO materials (id, organization_id, plant_id, material_number, material_name, description, unit_cost)
VALUES (900301, 900001, 900011, 'CHK-1', 'Bracket zinc', 'Angle bracket, zinc plated', 2), (900302, 900001, NULL, 'CHK-2', 'Bolt', 'Hexagon bolt', 0.5),
       (900303, 900001, 900012, 'CHK-3', 'Frame', 'Welded frame', 10), (900311, 900002, 900021, 'CHK-1', 'Bracket zinc', 'Theirs', 2);
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900411, 900002, 900021, 'CHK-M', 'Press', 30);
INSERT INTO customers (id, organization_id, customer_code, customer_name) VALUES (900801, 900001, 'CHK-C', 'Customer "A"'), (900811, 900002, 'CHK-C', 'Customer B');
INSERT INTO projects (id, organization_id, plant_id, project_code, project_name)
VALUES (900501, 900001, 900011, 'CHK-P', 'Project A'), (900511, 900002, 900021, 'CHK-P', 'Project B');
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered)
VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100), (900602, 900001, 900012, 900303, 'CHK-W2', 10), (900611, 900002, 900021, 900311, 'CHK-W', 5);
INSERT INTO ncrs (id, organization_id, plant_id, ncr_number, title, severity, quantity_affected, work_order_id)
VALUES (900701, 900001, 900011, 'CHK-N1', 'Crack', 'major', 3, 900601), (900702, 900001, 900011, 'CHK-N2', 'Scratch', 'minor', NULL, NULL),
       (900711, 900002, 900021, 'CHK-N1', 'Theirs', 'minor', NULL, NULL);
INSERT INTO materials (id, organization_id, material_number, material_name, description) VALUES (900399, 900001, 'CHK-9', 'Screw', 'Holds the bracket');
-- @check a word in the title ranks before one in the text
-- @expect result = [{"entity_id":900301},{"entity_id":900399}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT entity_id FROM search_records('bracket', ARRAY['material']);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO materials (id, organization_id, plant_id, material_number, material_name, description, unit_cost)
VALUES (900301, 900001, 900011, 'CHK-1', 'Bracket zinc', 'Angle bracket, zinc plated', 2), (900302, 900001, NULL, 'CHK-2', 'Bolt', 'Hexagon bolt', 0.5),
       (900303, 900001, 900012, 'CHK-3', 'Frame', 'Welded frame', 10), (900311, 900002, 900021, 'CHK-1', 'Bracket zinc', 'Theirs', 2);
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900411, 900002, 900021, 'CHK-M', 'Press', 30);
INSERT INTO customers (id, organization_id, customer_code, customer_name) VALUES (900801, 900001, 'CHK-C', 'Customer "A"'), (900811, 900002, 'CHK-C', 'Customer B');
INSERT INTO projects (id, organization_id, plant_id, project_code, project_name)
VALUES (900501, 900001, 900011, 'CHK-P', 'Project A'), (900511, 900002, 900021, 'CHK-P', 'Project B');
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered)
VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100), (900602, 900001, 900012, 900303, 'CHK-W2', 10), (900611, 900002, 900021, 900311, 'CHK-W', 5);
INSERT INTO ncrs (id, organization_id, plant_id, ncr_number, title, severity, quantity_affected, work_order_id)
VALUES (900701, 900001, 900011, 'CHK-N1', 'Crack', 'major', 3, 900601), (900702, 900001, 900011, 'CHK-N2', 'Scratch', 'minor', NULL, NULL),
       (900711, 900002, 900021, 'CHK-N1', 'Theirs', 'minor', NULL, NULL);
-- @check kinds of records can be chosen
-- @expect result = [{"entity_type":"ncr","title":"Crack"}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT entity_type, title FROM search_records('crack', ARRAY['ncr', 'project']);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO materials (id, organization_id, plant_id, material_number, material_name, description, unit_cost)
VALUES (900301, 900001, 900011, 'CHK-1', 'Bracket zinc', 'Angle bracket, zinc plated', 2), (900302, 900001, NULL, 'CHK-2', 'Bolt', 'Hexagon bolt', 0.5),
       (900303, 900001, 900012, 'CHK-3', 'Frame', 'Welded frame', 10), (900311, 900002, 900021, 'CHK-1', 'Bracket zinc', 'Theirs', 2);
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900411, 900002, 900021, 'CHK-M', 'Press', 30);
INSERT INTO customers (id, organization_id, customer_code, customer_name) VALUES (900801, 900001, 'CHK-C', 'Customer "A"'), (900811, 900002, 'CHK-C', 'Customer B');
INSERT INTO projects (id, organization_id, plant_id, project_code, project_name)
VALUES (900501, 900001, 900011, 'CHK-P', 'Project A'), (900511, 900002, 900021, 'CHK-P', 'Project B');
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered)
VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100), (900602, 900001, 900012, 900303, 'CHK-W2', 10), (900611, 900002, 900021, 900311, 'CHK-W', 5);
INSERT INTO ncrs (id, organization_id, plant_id, ncr_number, title, severity, quantity_affected, work_order_id)
VALUES (900701, 900001, 900011, 'CHK-N1', 'Crack', 'major', 3, 900601), (900702, 900001, 900011, 'CHK-N2', 'Scratch', 'minor', NULL, NULL),
       (900711, 900002, 900021, 'CHK-N1', 'Theirs', 'minor', NULL, NULL);
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'rbac', true);
-- @check a search shows plants of the user only
-- @expect result = [{"entity_id":900301}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT entity_id FROM search_records('bracket OR frame', ARRAY['material']);

-- @check a search without an organisation is refused
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = ''
SELECT search_records('x');

-- @check an unknown kind is refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT search_records('x', ARRAY['spaceship']);

-- @check too many rows are refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT search_records('x', NULL, 100000);

-- @check an unknown number of rows is refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT search_records('x', NULL, NULL);

-- @check the application makes no search index
-- @expect error 42501
-- @as mes_app
SELECT add_search_index('customer', 'customers', 'customer_name', '{customer_code}');

-- @check an absent search index is not dropped
-- @expect error P0002
SELECT drop_search_index('spaceship');

-- @setup
CREATE FUNCTION pg_temp.plan_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  line text;
  plan text := '';
BEGIN
  FOR line IN EXECUTE 'EXPLAIN ' || statement LOOP
    plan := plan || line || chr(10);
  END LOOP;
  RETURN plan;
END $$;
-- @check the plan of a native search uses the search index
-- @expect value = true
-- @set enable_seqscan = off
-- @set enable_indexscan = off
SELECT extension_way('pg_search') = 'extension' OR pg_temp.plan_of($$SELECT id FROM materials
  WHERE search_vector(material_name::text, coalesce(material_number::text, '') || ' ' || coalesce(description::text, ''))
    @@ websearch_to_tsquery('simple', 'bracket')$$) LIKE '%idx\_materials\_search%';

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO materials (organization_id, material_number, material_name, description)
SELECT 900001, 'CHK-S' || n, 'Part ' || n, 'Filler text number ' || n || CASE WHEN n % 2000 = 0 THEN ' quetzalcoatlus' ELSE '' END FROM generate_series(1, 10000) n;
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '', true);
DO $$
BEGIN
  -- as autovacuum does: new words wait in a list that is read through
  IF extension_way('pg_search') = 'native' THEN
    PERFORM gin_clean_pending_list('idx_materials_search');
  END IF;
END $$;
ANALYZE materials;
CREATE FUNCTION pg_temp.best_ms(statement text) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
  began timestamptz;
  best double precision := 'Infinity';
BEGIN
  FOR n IN 1..5 LOOP
    began := clock_timestamp();
    EXECUTE statement;
    best := least(best, extract(epoch FROM clock_timestamp() - began) * 1000);
  END LOOP;
  RETURN best;
END $$;
-- @check a search finds what LIKE finds over 10000 materials, and is faster
-- @when step
-- @expect result = [{"only_like":0,"only_search":0,"both":5,"faster":true}]
WITH found_like AS (SELECT id FROM materials WHERE organization_id = 900001 AND description LIKE '%quetzalcoatlus%'),
found_search AS (SELECT entity_id AS id FROM search_records('quetzalcoatlus', ARRAY['material'], 1000))
SELECT (SELECT count(*) FROM found_like WHERE id NOT IN (SELECT id FROM found_search)) AS only_like,
       (SELECT count(*) FROM found_search WHERE id NOT IN (SELECT id FROM found_like)) AS only_search,
       (SELECT count(*) FROM found_like JOIN found_search USING (id)) AS both,
       pg_temp.best_ms($$SELECT count(*) FROM search_records('quetzalcoatlus', ARRAY['material'])$$)
         < pg_temp.best_ms($$SELECT count(*) FROM materials WHERE organization_id = 900001
             AND (material_name LIKE '%quetzalcoatlus%' OR material_number LIKE '%quetzalcoatlus%' OR description LIKE '%quetzalcoatlus%')$$) AS faster;

-- @check search is gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname IN ('search_indexes', 'idx_materials_search', 'idx_work_orders_search', 'idx_projects_search', 'idx_ncrs_search')
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname IN ('search_records', 'search_vector', 'search_expression', 'add_search_index', 'drop_search_index')
UNION ALL
SELECT extension FROM extension_choices WHERE extension = 'pg_search';
