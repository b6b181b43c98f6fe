-- The schema that the plan presupposes is there, with the row security it had

-- @check the 13 tables of the old schema exist
-- @expect value = 13
SELECT count(*) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname IN ('organizations', 'plants', 'users', 'customers',
  'machines', 'materials', 'projects', 'work_orders', 'work_order_operations', 'production_logs', 'machine_status_logs', 'ncrs', 'inspections');

-- @check row security is on for seven old tables and forced for none
-- @expect result = [{"secured":7,"forced":0}]
-- @until 2025_12_29_100000
SELECT count(*) FILTER (WHERE relrowsecurity) AS secured, count(*) FILTER (WHERE relforcerowsecurity) AS forced
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname IN ('organizations', 'plants', 'users', 'customers',
  'machines', 'materials', 'projects', 'work_orders', 'work_order_operations', 'production_logs', 'machine_status_logs', 'ncrs', 'inspections');

-- @check the application roles are bound by row security
-- @expect value = 2
SELECT count(*) FROM pg_roles WHERE rolname IN ('mes_app', 'mes_worker') AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcanlogin;

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
-- @check an organisation sees its own work orders only
-- @expect result = [{"organization_id":900001,"orders":2}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT organization_id, count(*) AS orders FROM work_orders GROUP BY 1;

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
-- @check the other organisation sees its own work order
-- @expect result = [{"organization_id":900002,"orders":1}]
-- @as mes_app
-- @set app.organization_id = 900002
SELECT organization_id, count(*) AS orders FROM work_orders GROUP BY 1;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check a row of another organisation cannot be written
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
INSERT INTO materials (organization_id, material_number, material_name) VALUES (900002, 'X', 'X');

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
-- @check old tables without row security show all organisations
-- @expect value = 2
-- @until 2025_12_29_100000
-- @as mes_app
-- @set app.organization_id = 900001
SELECT count(DISTINCT organization_id) FROM machines WHERE organization_id IN (900001, 900002);

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
-- @check a change of a work order is stamped
-- @expect rows = 1
UPDATE work_orders SET priority = 1 WHERE id = 900601 AND updated_at IS NULL RETURNING 1 / (updated_at IS NOT NULL)::integer;

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
-- @check more pieces scrapped than produced are refused
-- @expect error 23514
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, quantity_produced, quantity_scrapped)
VALUES (900001, 900011, 900601, 900401, 5, 6);

-- @check no order is of a plant, material or user of another organisation
-- @expect rows = 0
SELECT w.id FROM work_orders w
LEFT JOIN plants p ON p.id = w.plant_id LEFT JOIN materials m ON m.id = w.material_id LEFT JOIN users u ON u.id = w.created_by
WHERE p.organization_id <> w.organization_id OR m.organization_id <> w.organization_id OR u.organization_id <> w.organization_id LIMIT 10;

-- @check no log is of a machine of another organisation
-- @expect rows = 0
SELECT l.id FROM production_logs l JOIN machines m ON m.id = l.machine_id WHERE m.organization_id <> l.organization_id LIMIT 10;

-- @check the old tables are gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') AND relname IN ('organizations', 'plants',
  'users', 'customers', 'machines', 'materials', 'projects', 'work_orders', 'work_order_operations', 'production_logs',
  'machine_status_logs', 'ncrs', 'inspections', 'open_work_orders');

-- @check no grant to the application roles is left
-- @when rolled-back
-- @expect rows = 0
SELECT nspname FROM pg_namespace CROSS JOIN LATERAL aclexplode(nspacl) a
WHERE EXISTS (SELECT FROM pg_roles r WHERE r.oid = a.grantee AND r.rolname IN ('mes_app', 'mes_worker'));
