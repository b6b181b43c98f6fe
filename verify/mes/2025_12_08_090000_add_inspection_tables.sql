-- Phase 7: inspection plans, and process control against figures computed by hand

-- @check phase 7 made its four tables
-- @expect value = 4
SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN ('inspection_plans', 'inspection_points', 'inspection_characteristics', 'inspection_measurements');

-- @check the tables of phase 7 have no gap in row security
-- @expect rows = 0
SELECT * FROM rls_gaps() WHERE relation IN ('inspection_plans', 'inspection_points', 'inspection_characteristics', 'spc_subgroups', 'quality_trend', 'kpi_fpy_inspection') OR relation LIKE 'inspection\_measurements%';

-- @check measurements are a time series
-- @expect value = true
SELECT CASE extension_way('timescaledb') WHEN 'extension' THEN true ELSE (SELECT count(*) >= 4 FROM show_chunks('inspection_measurements')) END;

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900931, ARRAY[98, 100, 102, 99, 101]::double precision[]), record_measurements(900931, ARRAY[101, 103, 99, 100, 102]::double precision[]),
       record_measurements(900931, ARRAY[97, 99, 101, 98, 100]::double precision[]), record_measurements(900931, ARRAY[100, 104, 96, 102, 98]::double precision[]);
-- @check Cp, Cpk, Pp and Ppk are those computed by hand
-- @expect result = [{"sample_count":20,"mean":100,"sigma_within":2.1496,"sigma_overall":2.052,"cp":1.3956,"cpk":1.2405,"pp":1.462,"ppk":1.2996,"out_of_specification":0}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT sample_count, mean, round(sigma_within::numeric, 4) AS sigma_within, round(sigma_overall::numeric, 4) AS sigma_overall, round(cp::numeric, 4) AS cp,
       round(cpk::numeric, 4) AS cpk, round(pp::numeric, 4) AS pp, round(ppk::numeric, 4) AS ppk, out_of_specification
FROM spc_summary(900931);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900931, ARRAY[98, 100, 102, 99, 101]::double precision[]), record_measurements(900931, ARRAY[101, 103, 99, 100, 102]::double precision[]),
       record_measurements(900931, ARRAY[97, 99, 101, 98, 100]::double precision[]), record_measurements(900931, ARRAY[100, 104, 96, 102, 98]::double precision[]);
-- @check the X-bar and R chart has the limits computed by hand
-- @expect result = [{"subgroup_no":1,"mean":100,"spread":4,"center":100,"lower":97.115,"upper":102.885,"r_center":5,"r_lower":0,"r_upper":10.57,"signal":null},{"subgroup_no":2,"mean":101,"spread":4,"center":100,"lower":97.115,"upper":102.885,"r_center":5,"r_lower":0,"r_upper":10.57,"signal":null},{"subgroup_no":3,"mean":99,"spread":4,"center":100,"lower":97.115,"upper":102.885,"r_center":5,"r_lower":0,"r_upper":10.57,"signal":null},{"subgroup_no":4,"mean":100,"spread":8,"center":100,"lower":97.115,"upper":102.885,"r_center":5,"r_lower":0,"r_upper":10.57,"signal":null}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT subgroup_no, mean, spread, center, round(lower_control_limit::numeric, 4) AS lower, round(upper_control_limit::numeric, 4) AS upper,
       spread_center AS r_center, spread_lower_limit AS r_lower, round(spread_upper_limit::numeric, 4) AS r_upper, signal
FROM spc_control_chart(900931);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900932, ARRAY[v]::double precision[]) FROM unnest(ARRAY[10, 12, 11, 13]) v;
-- @check single values make a chart of individuals and moving ranges
-- @expect result = [{"center":11.5,"upper":15.9333,"r_center":1.6667,"r_upper":5.445,"sigma":1.4775}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT DISTINCT center, round(upper_control_limit::numeric, 4) AS upper, round(spread_center::numeric, 4) AS r_center, round(spread_upper_limit::numeric, 4) AS r_upper,
       (SELECT round(sigma_within::numeric, 4) FROM spc_summary(900932)) AS sigma
FROM spc_control_chart(900932);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900932, ARRAY[v]::double precision[]) FROM unnest(ARRAY[10, 10.1, 9.9, 10, 10.1, 9.9, 10, 20]) v;
-- @check a value beyond the limits is a signal
-- @expect result = [{"subgroup_no":8,"signal":"mean beyond limits"}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT subgroup_no, signal FROM spc_control_chart(900932) WHERE signal IS NOT NULL;

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900932, ARRAY[v]::double precision[]) FROM unnest(ARRAY[10.5, 14, 10.5, 14, 10.5, 14, 10.5, 14, 6, 9.5, 6, 9.5, 6, 9.5, 6, 9.5]) v;
-- @check eight values on one side are a signal
-- @expect result = [{"subgroup_no":8,"signal":"eight on one side"},{"subgroup_no":16,"signal":"eight on one side"}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT subgroup_no, signal FROM spc_control_chart(900932) WHERE signal IS NOT NULL;

-- @check the chart constants are those of the tables
-- @expect result = [{"n":1,"a2":2.66,"d2":1.128,"d3":0,"d4":3.267},{"n":2,"a2":1.88,"d2":1.128,"d3":0,"d4":3.267},{"n":3,"a2":1.023,"d2":1.693,"d3":0,"d4":2.574},{"n":4,"a2":0.729,"d2":2.059,"d3":0,"d4":2.282},{"n":5,"a2":0.577,"d2":2.326,"d3":0,"d4":2.114},{"n":6,"a2":0.483,"d2":2.534,"d3":0,"d4":2.004},{"n":7,"a2":0.419,"d2":2.704,"d3":0.076,"d4":1.924},{"n":8,"a2":0.373,"d2":2.847,"d3":0.136,"d4":1.864},{"n":9,"a2":0.337,"d2":2.97,"d3":0.184,"d4":1.816},{"n":10,"a2":0.308,"d2":3.078,"d3":0.223,"d4":1.777}]
SELECT n, k.* FROM generate_series(1, 10) n CROSS JOIN LATERAL spc_constants(n) k;

-- @check A2 of the chart constants is 3 / (d2 times the root of the subgroup size)
-- @expect rows = 0
SELECT n, k.a2, 3 / (k.d2 * sqrt(n)) AS reckoned FROM generate_series(2, 10) n CROSS JOIN LATERAL spc_constants(n) k
WHERE abs(k.a2 - 3 / (k.d2 * sqrt(n))) > 0.001;

-- @check there are no constants for eleven values
-- @expect error 22023
SELECT spc_constants(11);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
SELECT set_config('app.organization_id', '900001', true);
SELECT ensure_chunk('inspection_measurements', '2025-03-10');
INSERT INTO inspection_measurements (organization_id, characteristic_id, subgroup_no, measured_at, value)
SELECT 900001, 900931, g, '2025-03-10 08:00+00', v
FROM (VALUES (1, ARRAY[98, 100, 102, 99, 101]), (2, ARRAY[96, 104, 100, 98, 102]), (3, ARRAY[107]), (4, ARRAY[93, 107, 106])) s (g, given), unnest(given) v;
-- @check a subgroup that is not whole makes no limits
-- @expect result = [{"groups":2,"r_center":6,"upper":103.462,"sigma":2.5795}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT count(*) AS groups, min(spread_center) AS r_center, min(round(upper_control_limit::numeric, 4)) AS upper,
       (SELECT round(sigma_within::numeric, 4) FROM spc_summary(900931)) AS sigma
FROM spc_control_chart(900931);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
SELECT set_config('app.organization_id', '900001', true);
SELECT ensure_chunk('inspection_measurements', '2025-03-10');
INSERT INTO inspection_measurements (organization_id, characteristic_id, subgroup_no, measured_at, value)
SELECT 900001, 900932, n, timestamptz '2025-03-10 08:00+00' + n * interval '1 hour', v FROM unnest(ARRAY[10, 12, 11, 13]) WITH ORDINALITY u (v, n);
-- @check the first single value of a time has no range to the one before it
-- @expect result = [{"subgroup_no":3,"spread":null,"center":12,"r_center":2,"upper":17.32,"sigma":1.773},{"subgroup_no":4,"spread":2,"center":12,"r_center":2,"upper":17.32,"sigma":1.773}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT subgroup_no, spread, center, spread_center AS r_center, round(upper_control_limit::numeric, 4) AS upper,
       (SELECT round(sigma_within::numeric, 4) FROM spc_summary(900932, '2025-03-10 11:00+00')) AS sigma
FROM spc_control_chart(900932, '2025-03-10 11:00+00');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
SELECT set_config('app.organization_id', '900001', true);
SELECT ensure_chunk('inspection_measurements', '2025-03-10');
INSERT INTO inspection_measurements (organization_id, characteristic_id, subgroup_no, measured_at, value)
SELECT 900001, 900932, n, timestamptz '2025-03-10 08:00+00' + n * interval '1 hour', v FROM unnest(ARRAY[10, 12, 11, 13]) WITH ORDINALITY u (v, n);
-- @check one limit gives Cpk, and no Cp
-- @expect result = [{"cp":null,"cpk":0.564,"pp":null,"ppk":0.6455}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT cp, round(cpk::numeric, 4) AS cpk, pp, round(ppk::numeric, 4) AS ppk FROM spc_summary(900932);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
-- @check without measurements there are no figures and no error
-- @expect result = [{"sample_count":0,"cp":null,"cpk":null}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT sample_count, cp, cpk FROM spc_summary(900931);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900931, ARRAY[100, 100, 100, 100, 100]::double precision[]);
-- @check no spread gives no capability and no error
-- @expect result = [{"mean":100,"cp":null,"cpk":null}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT mean, cp, cpk FROM spc_summary(900931);

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
-- @check a characteristic that does not exist has no figures
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
SELECT spc_summary(1999999999);

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
-- @check a characteristic that does not exist has no chart
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
SELECT spc_control_chart(1999999999);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900931, ARRAY[89.9, 90, 100, 108, 108.1]::double precision[]);
-- @check a value is judged by the limits, which belong to it
-- @expect result = [{"value":89.9,"in_specification":false},{"value":90,"in_specification":true},{"value":100,"in_specification":true},{"value":108,"in_specification":true},{"value":108.1,"in_specification":false}]
SELECT value, in_specification FROM inspection_measurements WHERE organization_id = 900001 ORDER BY value;

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
-- @check a subgroup of another size is refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT record_measurements(900931, ARRAY[1, 2]::double precision[]);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
-- @check a subgroup without values is refused
-- @expect error 22023
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT record_measurements(900931, NULL);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
-- @check no number is no measurement
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT record_measurements(900932, ARRAY['NaN']::double precision[]);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
UPDATE inspection_plans SET status = 'obsolete' WHERE id = 900911;
-- @check an obsolete plan takes no measurements
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT record_measurements(900932, ARRAY[1]::double precision[]);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
-- @check a characteristic of another organisation takes no measurements
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900002
-- @set app.user_id = 900201
SELECT set_feature('inspection_plans', true), record_measurements(900932, ARRAY[1]::double precision[]);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
-- @check a viewer measures nothing
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900105
SELECT record_measurements(900932, ARRAY[1]::double precision[]);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
-- @check measurements are refused while their feature is off
-- @expect error 0A000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT record_measurements(900932, ARRAY[1]::double precision[]);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
-- @check a measurement of nothing is refused
-- @expect error 23503
INSERT INTO inspection_measurements (organization_id, characteristic_id, subgroup_no, value) VALUES (900001, 1999999999, 1, 1);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
-- @check limits have an order
-- @expect error 23514
INSERT INTO inspection_characteristics (organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit) VALUES (900001, 900921, 'x', 'X', 5, 4);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
-- @check a limit that is no number is refused
-- @expect error 23514
UPDATE inspection_characteristics SET upper_limit = 'NaN' WHERE id = 900931;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
-- @check a draft is changed freely
-- @expect rows = 1
UPDATE inspection_characteristics SET upper_limit = 109 WHERE id = 900931 RETURNING id;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
-- @check the limits of a released plan stay
-- @expect error 55000
UPDATE inspection_characteristics SET upper_limit = 109 WHERE id = 900931;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
-- @check nothing is added to a released plan
-- @expect error 55000
INSERT INTO inspection_points (organization_id, plan_id, point_no, point_name) VALUES (900001, 900911, 2, 'Edge');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
-- @check nothing is taken out of a released plan
-- @expect error 55000
DELETE FROM inspection_characteristics WHERE id = 900932;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900912, 900001, 'CHK-IP2', 'Outgoing', 900301);
-- @check a point of a released plan is not moved to another one
-- @expect error 55000
UPDATE inspection_points SET plan_id = 900912 WHERE id = 900921;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
-- @check a released plan is not deleted
-- @expect error 55000
DELETE FROM inspection_plans WHERE id = 900911;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', NULL, 14, 1);
-- @check a draft can be deleted
-- @expect rows = 1
DELETE FROM inspection_plans WHERE id = 900911 RETURNING id;

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
INSERT INTO inspection_plans (id, organization_id, plan_code, revision, plan_name, material_id) VALUES (900912, 900001, 'CHK-IP', 2, 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900922, 900001, 900912, 1, 'Bore');
INSERT INTO inspection_characteristics (organization_id, point_id, characteristic_code, characteristic_name) VALUES (900001, 900922, 'd', 'Diameter');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT release_inspection_plan(900912);
-- @check a released revision takes the place of the one before
-- @expect result = [{"revision":1,"status":"obsolete"},{"revision":2,"status":"released"}]
SELECT revision, status FROM inspection_plans WHERE organization_id = 900001 ORDER BY revision;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900913, 900001, 'CHK-E', 'Empty', 900301);
-- @check a plan without anything to measure is not released
-- @expect error 55000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT release_inspection_plan(900913);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
-- @check a plan that does not exist is not released
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900103
SELECT release_inspection_plan(1999999999);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
-- @check an operator releases no plan
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT release_inspection_plan(900911);

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
-- @check a released plan stays as it is
-- @expect error 55000
UPDATE inspection_plans SET plan_name = 'Other' WHERE id = 900911;

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
INSERT INTO inspections (organization_id, plant_id, work_order_id, material_id, inspected_at, result, quantity_inspected, quantity_rejected)
VALUES (900001, 900011, 900601, 900301, '2025-03-10 08:00+00', 'fail', 100, 10), (900001, 900011, 900601, 900301, '2025-03-11 08:00+00', 'pass', 10, 0), (900001, 900012, 900602, 900301, '2025-03-12 08:00+00', 'rework', 50, 5);
-- @check first pass yield counts the first inspection only
-- @expect result = [{"plant_id":900011,"units_inspected":100,"units_passed":90,"fpy":0.9},{"plant_id":900012,"units_inspected":50,"units_passed":0,"fpy":0}]
SELECT plant_id, units_inspected, units_passed, round(fpy, 4) AS fpy FROM kpi_fpy_inspection WHERE organization_id = 900001 ORDER BY plant_id;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered)
VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100);
INSERT INTO inspections (organization_id, plant_id, work_order_id, material_id, inspected_at, result, quantity_inspected, quantity_rejected)
VALUES (900001, 900011, 900601, 900301, '2025-03-10 08:00+00', 'fail', 100, 0);
-- @check a batch that failed without a number of pieces has passed with none
-- @expect result = [{"units_inspected":100,"units_passed":0,"fpy":0}]
SELECT units_inspected, units_passed, trim_scale(fpy) AS fpy FROM kpi_fpy_inspection WHERE organization_id = 900001;

-- @check every column of quality figures tells its unit
-- @expect every commented = true
SELECT c.relname, a.attname, col_description(c.oid, a.attnum) ~ '(Ratio|unit|Pieces|Values|Range)' AS commented
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relname IN ('kpi_fpy_inspection', 'quality_trend', 'spc_subgroups')
  AND a.attname NOT IN ('organization_id', 'plant_id', 'material_id', 'characteristic_id', 'kpi_week', 'week_start', 'subgroup_no', 'measured_at');

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900931, ARRAY[89, 90, 100, 108, 109]::double precision[]);
-- @check the quality trend shows the share within specification
-- @expect result = [{"sample_count":5,"mean":99.2,"share_in_specification":0.6}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT sample_count, round(mean::numeric, 4) AS mean, round(share_in_specification, 4) AS share_in_specification FROM quality_trend;

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900932, ARRAY[5]::double precision[]);
-- @check measurements are isolated between two organisations
-- @expect result = [{"plans":0,"measurements":0}]
-- @as mes_app
-- @set app.organization_id = 900002
SELECT (SELECT count(*) FROM inspection_plans) AS plans, (SELECT count(*) FROM inspection_measurements) AS measurements;

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
INSERT INTO inspection_plans (id, organization_id, plan_code, plan_name, material_id) VALUES (900911, 900001, 'CHK-IP', 'Incoming', 900301);
INSERT INTO inspection_points (id, organization_id, plan_id, point_no, point_name) VALUES (900921, 900001, 900911, 1, 'Bore');
INSERT INTO inspection_characteristics (id, organization_id, point_id, characteristic_code, characteristic_name, unit, nominal, lower_limit, upper_limit, subgroup_size)
VALUES (900931, 900001, 900921, 'd', 'Diameter', 'mm', 100, 90, 108, 5), (900932, 900001, 900921, 'l', 'Length', 'mm', NULL, NULL, NULL, 1);
UPDATE inspection_plans SET status = 'released' WHERE id = 900911;
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'inspection_plans', true);
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900103', true);
SELECT record_measurements(900932, ARRAY[5]::double precision[]);
-- @check the organisation sees its own measurements
-- @expect result = [{"plans":1,"measurements":1}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT (SELECT count(*) FROM inspection_plans) AS plans, (SELECT count(*) FROM inspection_measurements) AS measurements;

-- @check the figures of a characteristic are read by the index
-- @expect plan has no seq scan on inspection_measurements
-- @set enable_seqscan = off
SELECT avg(value) FROM inspection_measurements WHERE organization_id = 1 AND characteristic_id = 1;

-- @check inspection plans are gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname LIKE 'inspection\_%' AND relkind IN ('r', 'p') OR relname IN ('spc_subgroups', 'quality_trend', 'kpi_fpy_inspection')
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname LIKE 'spc\_%' OR proname IN ('record_measurements', 'release_inspection_plan', 'judge_measurement', 'guard_inspection_plan', 'guard_inspection_content');
