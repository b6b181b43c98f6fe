-- Phase 4: shipments, labels and scans

-- @check phase 4 made its four tables
-- @expect value = 4
SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN ('shipments', 'shipment_items', 'qr_code_scans', 'barcode_labels');

-- @check the tables of phase 4 have no gap in row security
-- @expect rows = 0
SELECT * FROM rls_gaps() WHERE relation IN ('shipments', 'shipment_items', 'barcode_labels', 'shipment_tracking') OR relation LIKE 'qr\_code\_scans%';

-- @check scans are a time series
-- @expect value = true
SELECT CASE extension_way('timescaledb') WHEN 'extension' THEN true ELSE (SELECT count(*) >= 4 FROM show_chunks('qr_code_scans')) END;

-- @check check digits are those of the standard
-- @expect result = [{"ean":1,"code128":55}]
SELECT ean13_check_digit('400638133393') AS ean, code128_checksum('PJJ123C') AS code128;

-- @check a check digit of something else is refused
-- @expect error 22023
SELECT ean13_check_digit('12AB');

-- @check a code that Code 128 B cannot hold is refused
-- @expect error 22023
SELECT code128_checksum('Größe');

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT pgmq.purge_queue('barcode_generation');
SELECT generate_barcode('work_order', 900601, 'code128');
-- @check a barcode is drawn later, through the queue
-- @expect result = [{"status":"queued","image":null,"queued_symbology":"code128","same_code":true,"has_checksum":true}]
SELECT b.status, b.image, q.message -> 'data' ->> 'symbology' AS queued_symbology, q.message -> 'data' ->> 'code' = b.code AS same_code,
       (q.message -> 'data' ->> 'checksum')::integer = code128_checksum(b.code) AS has_checksum
FROM barcode_labels b CROSS JOIN pgmq.q_barcode_generation q WHERE b.organization_id = 900001;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT generate_barcode('material', 900301, 'ean13');
-- @check an EAN-13 label has a right check digit
-- @expect value = true
SELECT code ~ '^2\d{12}$' AND ean13_check_digit(left(code, 12)) = right(code, 1)::integer FROM barcode_labels WHERE organization_id = 900001;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
-- @check a label for a record of another organisation is refused
-- @expect error 23503
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT generate_barcode('material', 900311);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
-- @check an unknown kind of barcode is refused
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT generate_barcode('material', 900301, 'aztec');

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
-- @check barcodes are refused while their feature is off
-- @expect error 0A000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT generate_barcode('material', 900301);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
-- @check an operator makes no labels
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT generate_barcode('material', 900301);

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
INSERT INTO barcode_labels (id, organization_id, entity_type, entity_id, symbology, code) VALUES (900901, 900001, 'material', 900301, 'qr', 'CHK-QR');
-- @check the worker hands in the picture
-- @expect rows = 1
-- @as mes_worker
-- @set app.organization_id = 900001
SELECT complete_barcode(900901, '\x89504e47');

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
INSERT INTO barcode_labels (id, organization_id, entity_type, entity_id, symbology, code, status, image) VALUES (900901, 900001, 'material', 900301, 'qr', 'CHK-QR', 'generated', '\x00');
-- @check a finished picture is not replaced
-- @expect error 55000
-- @as mes_worker
-- @set app.organization_id = 900001
SELECT complete_barcode(900901, '\x89504e47');

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
INSERT INTO barcode_labels (id, organization_id, entity_type, entity_id, symbology, code) VALUES (900901, 900001, 'material', 900301, 'qr', 'CHK-QR');
-- @check the label of another organisation is not completed
-- @expect error P0002
-- @as mes_worker
-- @set app.organization_id = 900002
SELECT complete_barcode(900901, '\x89504e47');

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
INSERT INTO barcode_labels (id, organization_id, entity_type, entity_id, symbology, code, status, image) VALUES (900901, 900001, 'material', 900301, 'qr', 'CHK-QR', 'generated', '\x00');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT print_label(900901, 3);
-- @check printing is counted and queued
-- @expect result = [{"print_count":3,"copies":3}]
SELECT print_count, (SELECT (message -> 'data' ->> 'copies')::integer FROM pgmq.q_label_printing WHERE (message ->> 'organization_id')::integer = 900001) AS copies FROM barcode_labels WHERE id = 900901;

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
INSERT INTO barcode_labels (id, organization_id, entity_type, entity_id, symbology, code) VALUES (900901, 900001, 'material', 900301, 'qr', 'CHK-QR');
-- @check a label without a picture is not printed
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT print_label(900901);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
-- @check a label that does not exist is not printed
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT print_label(1999999999);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
-- @check no copies are not printed
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT print_label(1, 0);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
-- @check an unknown number of copies is not printed
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT print_label(1, NULL);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
INSERT INTO barcode_labels (id, organization_id, entity_type, entity_id, symbology, code) VALUES (900901, 900001, 'material', 900301, 'qr', 'CHK-QR');
-- @check a scan tells what was scanned
-- @expect result = [{"is_known":true,"entity_type":"material","entity_id":900301}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT * FROM record_scan('CHK-QR', 'identify', 900011, 'hand-held 7', 'dock "1"');

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900102', true);
SELECT record_scan('NO-SUCH-CODE', 'identify', 900011);
SELECT record_scan('NO-SUCH-CODE', 'identify', 900011, at => now() - interval '2 years');
-- @check an unknown code is recorded too, in the month of the scan
-- @expect result = [{"scans":2,"known":0,"months":2}]
SELECT count(*) AS scans, count(*) FILTER (WHERE is_known) AS known, count(DISTINCT date_trunc('month', scanned_at)) AS months FROM qr_code_scans WHERE organization_id = 900001;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
-- @check a scan in a plant of others is refused
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT record_scan('X', 'identify', 900012);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
-- @check a scan from the future is refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT record_scan('X', 'identify', 900011, at => now() + interval '1 day');

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
-- @check an unknown kind of scan is refused
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT record_scan('X', 'eat', 900011);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
-- @check a viewer does not scan
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900105
SELECT record_scan('X', 'identify', 900011);

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'logistics', true);
INSERT INTO shipments (id, organization_id, plant_id, shipment_number, customer_id, carrier) VALUES (900901, 900001, 900011, 'CHK-S', 900801, 'Rail & Road');
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned) VALUES (900001, 900901, 1, 900301, 10), (900001, 900901, 2, 900302, 2.5);
UPDATE shipments SET status = 'packed' WHERE id = 900901;
INSERT INTO barcode_labels (organization_id, entity_type, entity_id, symbology, code) VALUES (900001, 'shipment', 900901, 'qr', 'CHK-SHIP');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900102', true);
SELECT record_scan('CHK-SHIP', 'load', 900011, place => 'dock 1', at => now() - interval '1 minute');
SELECT record_scan('CHK-SHIP', 'deliver', 900011, place => 'customer');
-- @check scans move a shipment to its delivery, and tracking shows it
-- @expect result = [{"status":"delivered","item_count":2,"quantity_planned":12.5,"quantity_shipped":12.5,"last_scan_type":"deliver","last_scan_location":"customer","customer_name":"Customer \"A\"","timed":true}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT status, item_count, quantity_planned, quantity_shipped, last_scan_type, last_scan_location, customer_name, shipped_at IS NOT NULL AND delivered_at IS NOT NULL AS timed FROM shipment_tracking;

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
INSERT INTO shipments (id, organization_id, plant_id, shipment_number) VALUES (900901, 900001, 900011, 'CHK-S');
-- @check an empty shipment is not packed
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
UPDATE shipments SET status = 'packed' WHERE id = 900901;

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
INSERT INTO shipments (id, organization_id, plant_id, shipment_number) VALUES (900901, 900001, 900011, 'CHK-S');
-- @check a shipment is not delivered before it is shipped
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
UPDATE shipments SET status = 'delivered' WHERE id = 900901;

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
INSERT INTO shipments (id, organization_id, plant_id, shipment_number) VALUES (900901, 900001, 900011, 'CHK-S');
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned) VALUES (900001, 900901, 1, 900301, 10);
UPDATE shipments SET status = 'packed' WHERE id = 900901;
UPDATE shipments SET status = 'shipped' WHERE id = 900901;
-- @check items of a shipped shipment stay
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
DELETE FROM shipment_items WHERE shipment_id = 900901;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO shipments (id, organization_id, plant_id, shipment_number) VALUES (900901, 900001, 900011, 'CHK-S'), (900902, 900001, 900011, 'CHK-S2');
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned) VALUES (900001, 900901, 1, 900301, 10);
UPDATE shipments SET status = 'packed' WHERE id = 900901;
UPDATE shipments SET status = 'shipped' WHERE id = 900901;
-- @check an item of a shipped shipment is not moved to another one
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
UPDATE shipment_items SET shipment_id = 900902 WHERE shipment_id = 900901;

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
INSERT INTO shipments (id, organization_id, plant_id, shipment_number) VALUES (900901, 900001, 900011, 'CHK-S');
-- @check a shipment takes no material of another organisation
-- @expect error 23503
INSERT INTO shipment_items (organization_id, shipment_id, line_no, material_id, quantity_planned) VALUES (900001, 900901, 1, 900311, 10);

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
INSERT INTO shipments (organization_id, plant_id, shipment_number) VALUES (900001, 900011, 'CHK-S');
INSERT INTO qr_code_scans (organization_id, plant_id, code, scan_type, is_known) VALUES (900001, 900011, 'X', 'identify', false);
-- @check shipments and scans are isolated between two organisations
-- @expect result = [{"shipments":0,"scans":0}]
-- @as mes_app
-- @set app.organization_id = 900002
-- @set app.user_id = ''
SELECT (SELECT count(*) FROM shipments) AS shipments, (SELECT count(*) FROM qr_code_scans) AS scans;

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
INSERT INTO shipments (organization_id, plant_id, shipment_number) VALUES (900001, 900011, 'CHK-S');
INSERT INTO qr_code_scans (organization_id, plant_id, code, scan_type, is_known) VALUES (900001, 900011, 'X', 'identify', false);
-- @check the organisation sees its own shipments and scans
-- @expect result = [{"shipments":1,"scans":1}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT (SELECT count(*) FROM shipments) AS shipments, (SELECT count(*) FROM qr_code_scans) AS scans;

-- @check the last scan of a thing is found by the index
-- @expect plan has no seq scan on qr_code_scans
-- @set enable_seqscan = off
SELECT scanned_at FROM qr_code_scans WHERE organization_id = 1 AND entity_type = 'shipment' AND entity_id = 1 ORDER BY scanned_at DESC LIMIT 1;

-- @check logistics are gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname IN ('shipments', 'shipment_items', 'qr_code_scans', 'barcode_labels', 'shipment_tracking')
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname IN ('record_scan', 'print_label', 'complete_barcode', 'generate_barcode', 'ean13_check_digit', 'code128_checksum')
UNION ALL
SELECT queue_name::text FROM pgmq.list_queues() WHERE queue_name IN ('barcode_generation', 'label_printing');
