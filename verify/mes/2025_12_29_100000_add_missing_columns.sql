-- Phase 10.2: the columns are there, and filling them disturbed nothing

-- @check the missing columns are there
-- @expect value = 20
SELECT count(*) FROM (VALUES ('plants', 'sap_plant_code'), ('plants', 'updated_at'), ('customers', 'email'), ('customers', 'is_active'), ('customers', 'updated_at'),
  ('machines', 'updated_at'), ('users', 'phone'), ('users', 'language'), ('users', 'last_login_at'), ('materials', 'lot_tracked'), ('materials', 'serial_tracked'),
  ('materials', 'shelf_life_days'), ('projects', 'project_manager_id'), ('projects', 'completed_at'), ('ncrs', 'root_cause'), ('ncrs', 'corrective_action'),
  ('ncrs', 'closed_at'), ('work_order_operations', 'actual_minutes'), ('inspections', 'inspection_plan_id'), ('organizations', 'updated_at')) AS wanted (t, c)
JOIN pg_attribute a ON a.attrelid = wanted.t::regclass AND a.attname = wanted.c AND NOT a.attisdropped;

-- @check closed records know when they were closed
-- @when step
-- @expect rows = 0
SELECT id FROM ncrs WHERE (status = 'closed') <> (closed_at IS NOT NULL) OR closed_at <> coalesce(updated_at, created_at);

-- @check filling the columns touched no time stamp and no log
-- @when step
-- @expect result = [{"touched":0,"logged":0}]
SELECT (SELECT count(*) FROM ncrs WHERE updated_at = now()) AS touched, (SELECT count(*) FROM audit_logs WHERE happened_at >= now()) AS logged;

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
UPDATE ncrs SET status = 'closed' WHERE id = 900701;
-- @check closing is stamped
-- @expect value = true
SELECT closed_at IS NOT NULL FROM ncrs WHERE id = 900701;

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
UPDATE ncrs SET status = 'closed' WHERE id = 900701;
UPDATE ncrs SET status = 'in_review' WHERE id = 900701;
-- @check opening again takes the stamp back
-- @expect value = null
SELECT closed_at FROM ncrs WHERE id = 900701;

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
UPDATE materials SET shelf_life_days = 30 WHERE id = 900301;
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity, manufactured_at) VALUES (900901, 900001, 900011, 'CHK-L', 900301, 5, '2025-01-31 12:00+00');
-- @check a lot expires after the shelf life of its material
-- @expect value = 2025-03-02
SELECT expires_on::text FROM lot_numbers WHERE id = 900901;

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
-- @check a shelf life of nothing is refused
-- @expect error 23514
UPDATE materials SET shelf_life_days = 0 WHERE id = 900301;

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
-- @check a project is not managed from another organisation
-- @expect error 23503
UPDATE projects SET project_manager_id = 900201 WHERE id = 900501;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
UPDATE plants SET sap_plant_code = '1000' WHERE id = 900011;
-- @check a change of a plant is stamped
-- @expect value = true
SELECT updated_at IS NOT NULL FROM plants WHERE id = 900011;

-- @check every master record is dated when it changes
-- @expect rows = 0
SELECT t FROM unnest(ARRAY['plants', 'users', 'customers', 'machines', 'materials', 'projects', 'work_orders', 'ncrs']) AS t
WHERE NOT EXISTS (SELECT FROM pg_trigger AS g WHERE g.tgrelid = t::regclass AND g.tgfoid = 'set_updated_at()'::regprocedure AND g.tgenabled = 'O');

-- @check the added columns are gone
-- @when rolled-back
-- @expect rows = 0
SELECT attrelid::regclass, attname FROM pg_attribute
WHERE NOT attisdropped AND attrelid IN ('plants'::regclass, 'customers'::regclass, 'machines'::regclass, 'users'::regclass, 'materials'::regclass, 'projects'::regclass,
    'ncrs'::regclass, 'work_order_operations'::regclass, 'inspections'::regclass)
  AND (attname IN ('sap_plant_code', 'phone', 'language', 'last_login_at', 'lot_tracked', 'serial_tracked', 'shelf_life_days', 'project_manager_id', 'completed_at',
    'root_cause', 'corrective_action', 'closed_at', 'actual_minutes', 'inspection_plan_id')
    OR (attname = 'updated_at' AND attrelid IN ('plants'::regclass, 'customers'::regclass, 'machines'::regclass)));

-- @check the triggers of the added columns are gone
-- @when rolled-back
-- @expect rows = 0
SELECT proname FROM pg_proc WHERE proname IN ('keep_closed_at', 'set_lot_expiry');
