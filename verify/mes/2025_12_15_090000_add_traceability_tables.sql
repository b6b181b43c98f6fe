-- Phase 8: lots, serials, genealogy in both directions, recall

-- @check phase 8 made its three tables
-- @expect value = 3
SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN ('lot_numbers', 'serial_numbers', 'genealogy_records');

-- @check the tables of phase 8 have no gap in row security
-- @expect rows = 0
SELECT * FROM rls_gaps() WHERE relation IN ('lot_numbers', 'serial_numbers', 'genealogy_records', 'number_ranges');

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT assign_lot(900301, 900011, 10), assign_lot(900301, 900011, 10, 900601, 'SUP-7', '2099-01-01');
-- @check lots are numbered without a gap
-- @expect result = [{"n":"00001","supplier_lot":null},{"n":"00002","supplier_lot":"SUP-7"}]
SELECT right(lot_number, 5) AS n, supplier_lot FROM lot_numbers WHERE organization_id = 900001 ORDER BY lot_number;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
-- @check a lot of nothing is refused
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT assign_lot(900301, 900011, 0);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
-- @check a lot of a material of another organisation is refused
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT assign_lot(900311, 900011, 1);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
-- @check a new lot is not past its expiry
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT assign_lot(900301, 900011, 1, expiry => '2001-01-01');

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
-- @check an operator assigns no lot
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT assign_lot(900301, 900011, 1);

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
-- @check lots are refused while their feature is off
-- @expect error 0A000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT assign_lot(900301, 900011, 1);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity) VALUES (900901, 900001, 900011, 'CHK-L', 900301, 5);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT generate_serial_numbers(900901, 2);
-- @check serial numbers go on where they stopped
-- @expect result = [{"s":"S900301-00000003"},{"s":"S900301-00000004"},{"s":"S900301-00000005"}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT s FROM generate_serial_numbers(900901, 3) s ORDER BY s;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity) VALUES (900901, 900001, 900011, 'CHK-L', 900301, 5);
-- @check a lot has no more serials than pieces
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT generate_serial_numbers(900901, 6);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity) VALUES (900901, 900001, 900011, 'CHK-L', 900301, 5);
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 910000 + n, 900001, 900011, 'CHK-E' || n, 900301, 1 FROM generate_series(1, 2000) n;
CREATE FUNCTION pg_temp.edges_read() RETURNS bigint LANGUAGE sql AS $$
  SELECT pg_stat_get_xact_tuples_returned(c.oid) + pg_stat_get_xact_tuples_fetched(c.oid) + coalesce((
    SELECT sum(pg_stat_get_xact_tuples_returned(i.indexrelid)) FROM pg_index i WHERE i.indrelid = c.oid), 0)
  FROM pg_class c WHERE c.oid = 'genealogy_records'::regclass
$$;
-- The first half joins what is new to what is old, and the second half what is old to what is older.
CREATE FUNCTION pg_temp.add_edges(OUT edges bigint, OUT few_read boolean) LANGUAGE plpgsql AS $$
DECLARE
  already bigint := pg_temp.edges_read();
BEGIN
  INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id)
  SELECT 900001, 910000 + n, 910000 + n + d FROM generate_series(1, 1997) n CROSS JOIN generate_series(1, 3) d
  ORDER BY n > 1000, CASE WHEN n > 1000 THEN -n ELSE n END, d;
  GET DIAGNOSTICS edges = ROW_COUNT;
  few_read := pg_temp.edges_read() - already < 20 * edges;
END $$;
-- @check edges are added under row security without reading those that are there
-- @expect result = [{"edges":5991,"few_read":true}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT * FROM pg_temp.add_edges();

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity, status) VALUES (900901, 900001, 900011, 'CHK-L', 900301, 5, 'quarantined');
-- @check a quarantined lot gets no serials
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT generate_serial_numbers(900901, 1);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'traceability', true);
-- @check a lot that does not exist gets no serials
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT generate_serial_numbers(1999999999, 1);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check no numbers are not drawn
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT next_numbers('x', 0);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check an unknown amount of numbers is not drawn
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT next_numbers('x', NULL);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check forward tracing finds all products, once each
-- @expect result = [{"found":"lot CHK-L3, lot CHK-L4, serial CHK-S1"}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT string_agg(found_kind || ' ' || number, ', ' ORDER BY found_kind, number) AS found FROM trace_genealogy('lot', 900901, 'forward');

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check backward tracing finds all components
-- @expect result = [{"found":"lot CHK-L1, lot CHK-L2, lot CHK-L3, lot CHK-L4"}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT string_agg(found_kind || ' ' || number, ', ' ORDER BY found_kind, number) AS found FROM trace_genealogy('serial', 900911, 'backward');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 3) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id, lot_id)
VALUES (900911, 900001, 'CHK-S1', 900301, 900902), (900912, 900001, 'CHK-S2', 900301, 900902), (900913, 900001, 'CHK-S3', 900301, 900903);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900902);
-- @check what went into a lot is found from each of its serials
-- @expect result = [{"found":"lot CHK-L1, lot CHK-L2"}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT string_agg(found_kind || ' ' || number, ', ' ORDER BY found_kind, number) AS found FROM trace_genealogy('serial', 900911, 'backward');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 3) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id, lot_id)
VALUES (900911, 900001, 'CHK-S1', 900301, 900902), (900912, 900001, 'CHK-S2', 900301, 900902), (900913, 900001, 'CHK-S3', 900301, 900903);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900902);
-- @check the serials of a lot are found from what went into it
-- @expect result = [{"found":"lot CHK-L2, serial CHK-S1, serial CHK-S2"}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT string_agg(found_kind || ' ' || number, ', ' ORDER BY found_kind, number) AS found FROM trace_genealogy('lot', 900901, 'forward');

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check the neighbourhood is shown by its distance
-- @expect result = [{"depth":1,"parent":900901,"child":900903},{"depth":1,"parent":900901,"child":900904},{"depth":2,"parent":900903,"child":900904},{"depth":2,"parent":900904,"child":900911}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT depth, parent_node / 2 AS parent, child_node / 2 AS child FROM genealogy_tree('lot', 900901, 'forward') ORDER BY 1, 2, 3;

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check the neighbourhood ends at its depth
-- @expect rows = 2
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT * FROM genealogy_tree('lot', 900901, 'forward', 1);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check nothing is traced into another organisation
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900002
-- @set app.user_id = ''
SELECT * FROM trace_genealogy('lot', 900901, 'forward');

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a direction is forward or backward
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT * FROM trace_genealogy('lot', 900901, 'sideways');

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check the neighbourhood has a direction and a depth
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT * FROM genealogy_tree('lot', 900901, 'forward', 1000);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a neighbourhood has one of the two directions
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT * FROM genealogy_tree('lot', 900901, 'recall', 10);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a neighbourhood without a direction is refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT * FROM genealogy_tree('lot', 900901, NULL, 10);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a neighbourhood without a depth is refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT * FROM genealogy_tree('lot', 900901, 'backward', NULL);

-- @check only lots and serials are traced
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
SELECT * FROM trace_genealogy('pallet', 1, 'forward');

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a thing is not made a part of itself
-- @expect error 23514
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900904, 900901);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a thing is not made a part of itself by way of a serial
-- @expect error 23514
INSERT INTO genealogy_records (organization_id, parent_serial_id, child_lot_id) VALUES (900001, 900911, 900901);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a thing is not made a part of itself by a change either
-- @expect error 23514
UPDATE genealogy_records SET child_lot_id = 900901 WHERE parent_lot_id = 900903 AND child_lot_id = 900904;

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a thing is no part of itself
-- @expect error 23514
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900901);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check a serial is no part of itself
-- @expect error 23514
INSERT INTO genealogy_records (organization_id, parent_serial_id, child_serial_id) VALUES (900001, 900911, 900911);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check an edge has one thing at each end
-- @expect error 23514
INSERT INTO genealogy_records (organization_id, parent_lot_id, parent_serial_id, child_lot_id) VALUES (900001, 900901, 900911, 900905);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check an edge stays within its organisation
-- @expect error 23503
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900002, 900901, 900902);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id, lot_id) VALUES (900912, 900001, 'CHK-S2', 900303, 900904);
INSERT INTO shipments (id, organization_id, plant_id, shipment_number, customer_id) VALUES (900921, 900001, 900011, 'CHK-SH1', 900801), (900922, 900001, 900011, 'CHK-SH2', 900801);
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned, serial_id) VALUES (900001, 900921, 1, 900303, 1, 900912);
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned, lot_id) VALUES (900001, 900922, 1, 900303, 4, 900904);
UPDATE shipments SET status = 'packed' WHERE organization_id = 900001;
UPDATE shipments SET status = 'shipped' WHERE id = 900921;
-- @check a recall reaches serials of affected lots and the shipments that left
-- @expect value = {"lots": 3, "serials": 2, "customers": ["Customer \"A\""], "shipments": ["CHK-SH1"], "quantity_shipped": 1.000, "quantity_in_house": 29.000}
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT simulate_recall('lot', 900901)::text;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO users (id, organization_id, email, full_name, role) VALUES (900103, 900001, 'quality@a', 'Quality A', 'inspector');
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 2) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id, lot_id) VALUES (900911, 900001, 'CHK-S1', 900301, 900902);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id, quantity) VALUES (900001, 900901, 900911, 3);
INSERT INTO shipments (id, organization_id, plant_id, shipment_number) VALUES (900921, 900001, 900011, 'CHK-SH1');
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned, lot_id, serial_id)
VALUES (900001, 900921, 1, 900301, 1, 900902, 900911);
UPDATE shipments SET status = 'packed' WHERE id = 900921;
UPDATE shipments SET status = 'shipped' WHERE id = 900921;
-- @check a recall reaches a serial that left with the number of a lot that is not affected
-- @expect value = {"lots": 1, "serials": 1, "customers": [], "shipments": ["CHK-SH1"], "quantity_shipped": 1.000, "quantity_in_house": 7.000}
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT simulate_recall('lot', 900901)::text;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO users (id, organization_id, email, full_name, role) VALUES (900103, 900001, 'quality@a', 'Quality A', 'inspector');
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 2) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id, lot_id) VALUES (900911, 900001, 'CHK-S1', 900301, 900902);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id, quantity) VALUES (900001, 900901, 900911, 3);
INSERT INTO shipments (id, organization_id, plant_id, shipment_number) VALUES (900921, 900001, 900011, 'CHK-SH1');
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned, lot_id) VALUES (900001, 900921, 1, 900301, 4, 900902);
UPDATE shipments SET status = 'packed' WHERE id = 900921;
UPDATE shipments SET status = 'shipped' WHERE id = 900921;
-- @check the lot of what left stays
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
UPDATE shipment_items SET lot_id = 900901 WHERE shipment_id = 900921;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO users (id, organization_id, email, full_name, role) VALUES (900103, 900001, 'quality@a', 'Quality A', 'inspector');
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 2) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id, lot_id) VALUES (900911, 900001, 'CHK-S1', 900301, 900902);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id, quantity) VALUES (900001, 900901, 900911, 3);
INSERT INTO shipments (id, organization_id, plant_id, shipment_number) VALUES (900921, 900001, 900011, 'CHK-SH1');
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned) VALUES (900001, 900921, 1, 900301, 4);
UPDATE shipments SET status = 'packed' WHERE id = 900921;
UPDATE shipments SET status = 'shipped' WHERE id = 900921;
-- @check a lot that was not known when it left is filled in later
-- @expect rows = 1
-- @as mes_app
-- @set app.organization_id = 900001
UPDATE shipment_items SET lot_id = 900902 WHERE shipment_id = 900921 RETURNING id;

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT simulate_recall('lot', 900901);
-- @check a recall that is simulated changes nothing
-- @expect rows = 0
SELECT id FROM lot_numbers WHERE organization_id = 900001 AND status = 'recalled';

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check an operator simulates no recall
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT simulate_recall('lot', 900901);

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 2000000 + n, 900001, 900011, 'CHK-L' || n, 900301, 1 FROM generate_series(1, 5020) n;
ANALYZE lot_numbers;
-- every lot goes into the next twenty: one long way through all and very many short ones
ALTER TABLE genealogy_records DISABLE TRIGGER genealogy_records_refuse_cycle;
DO $$
DECLARE
  reference name;
BEGIN
  -- checked by themselves above; here they would take most of the time
  FOR reference IN SELECT conname FROM pg_constraint WHERE conrelid = 'genealogy_records'::regclass AND contype = 'f' LOOP
    EXECUTE format('ALTER TABLE genealogy_records DROP CONSTRAINT %I', reference);
  END LOOP;
END $$;
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id)
SELECT 900001, 2000000 + n, 2000000 + n + d FROM generate_series(1, 5000) n CROSS JOIN generate_series(1, 20) d;
ANALYZE genealogy_records;
CREATE FUNCTION pg_temp.traced(start integer, direction text, OUT things bigint, OUT quick boolean) LANGUAGE plpgsql AS $$
DECLARE
  began timestamptz;
  best interval := '1 hour';
BEGIN
  FOR n IN 1..3 LOOP
    began := clock_timestamp();
    SELECT count(*) INTO things FROM trace_genealogy('lot', start, direction);
    best := least(best, clock_timestamp() - began);
  END LOOP;
  quick := best < interval '1 second';
END $$;
-- @check a graph of 100000 edges is traced to its ends in less than a second
-- @when step
-- @expect result = [{"edges":100000,"forward":5019,"forward_quick":true,"backward":5000,"backward_quick":true}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT (SELECT count(*) FROM genealogy_records) AS edges, f.things AS forward, f.quick AS forward_quick, b.things AS backward, b.quick AS backward_quick
FROM pg_temp.traced(2000001, 'forward') f CROSS JOIN pg_temp.traced(2005020, 'backward') b;

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check genealogy is isolated between two organisations
-- @expect result = [{"lots":0,"serials":0,"edges":0}]
-- @as mes_app
-- @set app.organization_id = 900002
-- @set app.user_id = ''
SELECT (SELECT count(*) FROM lot_numbers) AS lots, (SELECT count(*) FROM serial_numbers) AS serials, (SELECT count(*) FROM genealogy_records) AS edges;

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
INSERT INTO lot_numbers (id, organization_id, plant_id, lot_number, material_id, quantity)
SELECT 900900 + n, 900001, 900011, 'CHK-L' || n, 900301, 10 FROM generate_series(1, 5) n;
INSERT INTO serial_numbers (id, organization_id, serial_number, material_id) VALUES (900911, 900001, 'CHK-S1', 900303);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_lot_id) VALUES (900001, 900901, 900903), (900001, 900902, 900903), (900001, 900903, 900904), (900001, 900901, 900904);
INSERT INTO genealogy_records (organization_id, parent_lot_id, child_serial_id) VALUES (900001, 900904, 900911);
-- @check the organisation sees its own genealogy
-- @expect result = [{"lots":5,"serials":1,"edges":5}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT (SELECT count(*) FROM lot_numbers) AS lots, (SELECT count(*) FROM serial_numbers) AS serials, (SELECT count(*) FROM genealogy_records) AS edges;

-- @check a step forward uses the index of edges
-- @expect plan uses index uq_genealogy_edge
-- @set enable_seqscan = off
-- @set enable_bitmapscan = off
-- @set enable_sort = off
SELECT child_node FROM genealogy_records WHERE organization_id = 1 AND parent_node >= 2 ORDER BY parent_node, child_node LIMIT 20;

-- @check a step backward uses the other index of edges
-- @expect plan uses index idx_genealogy_backward
-- @set enable_seqscan = off
-- @set enable_bitmapscan = off
-- @set enable_sort = off
SELECT parent_node FROM genealogy_records WHERE organization_id = 1 AND child_node >= 2 ORDER BY child_node, parent_node LIMIT 20;

-- @check traceability is gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname IN ('lot_numbers', 'serial_numbers', 'genealogy_records', 'number_ranges')
UNION ALL
SELECT attname::text FROM pg_attribute WHERE attrelid = 'shipment_items'::regclass AND attname IN ('lot_id', 'serial_id')
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname IN ('simulate_recall', 'genealogy_tree', 'trace_genealogy', 'trace_nodes', 'genealogy_node', 'generate_serial_numbers', 'assign_lot', 'next_numbers');
