-- Phase 5: KPIs against hand-computed figures, reports and dashboards

-- @check phase 5 made its three tables
-- @expect value = 3
SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN ('reports', 'report_executions', 'dashboards');

-- @check the tables of phase 5 have no gap in row security
-- @expect rows = 0
SELECT * FROM rls_gaps() WHERE relation IN ('reports', 'report_executions', 'dashboards', 'kpi_snapshots', 'kpi_oee', 'kpi_otd', 'kpi_fpy');

-- @check every KPI column tells its unit
-- @expect every commented = true
SELECT c.relname, a.attname, col_description(c.oid, a.attnum) ~ '(Ratio|minutes|Pieces|orders)' AS commented
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relname IN ('kpi_oee', 'kpi_otd', 'kpi_fpy') AND a.attname NOT IN ('organization_id', 'plant_id', 'machine_id', 'material_id', 'kpi_day', 'kpi_month');

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
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes)
SELECT 900001, 900011, 900401, s, date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', d
FROM (VALUES ('running', 360), ('idle', 60), ('breakdown', 60), ('maintenance', 60)) v (s, d);
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, recorded_at, quantity_produced, quantity_scrapped, quantity_reworked)
VALUES (900001, 900011, 900601, 900401, now(), 400, 10, 10), (900001, 900011, 900601, 900401, now(), 200, 10, 0);
-- @check OEE is availability times performance times quality
-- @expect result = [{"planned_minutes":480,"run_minutes":360,"total_count":600,"good_count":570,"availability":0.75,"performance":0.8333,"quality":0.95,"oee":0.59375}]
SELECT planned_minutes, run_minutes, total_count, good_count, round(availability, 4) AS availability, round(performance, 4) AS performance, round(quality, 4) AS quality, round(oee, 5) AS oee
FROM kpi_oee WHERE organization_id = 900001;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900402, 900001, 900011, 'CHK-M2', 'Lathe', 30);
SELECT ensure_chunk('machine_status_logs', '2025-03-10');
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes)
VALUES (900001, 900011, 900401, 'breakdown', '2025-03-10 08:00+00', 480), (900001, 900011, 900402, 'running', '2025-03-10 08:00+00', 480);
-- @check a machine that stood still or made nothing has an OEE of 0
-- @expect result = [{"machine_id":900401,"availability":0,"performance":null,"oee":0},{"machine_id":900402,"availability":1,"performance":0,"oee":0}]
SELECT machine_id, trim_scale(availability) AS availability, trim_scale(performance) AS performance, trim_scale(oee) AS oee
FROM kpi_oee WHERE organization_id = 900001 ORDER BY machine_id;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900402, 900001, 900011, 'CHK-M2', 'Lathe', 30);
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered)
VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100);
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes)
VALUES (900001, 900011, 900401, 'running', now(), 0.01), (900001, 900011, 900401, 'running', now(), 99.99), (900001, 900011, 900402, 'breakdown', now(), 100);
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, recorded_at, quantity_produced)
VALUES (900001, 900011, 900601, 900401, now(), 200);
SELECT refresh_kpi_snapshots();
-- @check a machine that stood still pulls down the OEE of its plant
-- @expect value = true
SELECT abs(sum(value * weight) / sum(weight) - 0.5) < 0.01 FROM kpi_snapshots WHERE organization_id = 900001 AND kpi_code = 'OEE';

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900402, 900001, 900011, 'CHK-M2', 'Lathe', 30);
SELECT ensure_chunk('machine_status_logs', '2025-03-10');
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes)
VALUES (900001, 900011, 900401, 'running', '2025-03-10 22:00+00', 240), (900001, 900011, 900401, 'breakdown', '2025-03-12 12:00+00', 720),
       (900001, 900011, 900402, 'running', '2025-03-10 12:00+00', 2880), (900001, 900011, 900402, 'maintenance', '2025-03-12 18:00+00', 720);
-- @check a state that goes on past midnight belongs to each of its days
-- @expect result = [{"m":1,"day":"2025-03-10","planned":120,"run":120},{"m":1,"day":"2025-03-11","planned":120,"run":120},{"m":1,"day":"2025-03-12","planned":720,"run":0},{"m":2,"day":"2025-03-10","planned":720,"run":720},{"m":2,"day":"2025-03-11","planned":1440,"run":1440},{"m":2,"day":"2025-03-12","planned":720,"run":720},{"m":2,"day":"2025-03-13","planned":null,"run":0}]
SELECT machine_id - 900400 AS m, kpi_day::text AS day, trim_scale(planned_minutes) AS planned, trim_scale(run_minutes) AS run
FROM kpi_oee WHERE organization_id = 900001 ORDER BY 1, 2;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900012, 900001, 'A2', 'Plant A2');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900402, 900001, 900011, 'CHK-M2', 'Lathe', 30);
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered)
VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100);
SELECT ensure_chunk('machine_status_logs', '2025-03-10');
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes)
VALUES (900001, 900011, 900401, 'running', '2025-03-10 08:00+00', 60), (900001, 900012, 900401, 'running', '2025-03-10 12:00+00', 60);
SELECT ensure_chunk('production_logs', '2025-03-10');
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, recorded_at, quantity_produced)
VALUES (900001, 900011, 900601, 900401, '2025-03-10 09:00+00', 60), (900001, 900012, 900601, 900401, '2025-03-10 13:00+00', 30);
-- @check a machine that moved counts in each plant what it made there
-- @expect result = [{"plant_id":900011,"total_count":60,"oee":0.5},{"plant_id":900012,"total_count":30,"oee":0.25}]
SELECT plant_id, total_count, trim_scale(oee) AS oee FROM kpi_oee WHERE organization_id = 900001 ORDER BY plant_id;

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
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes) VALUES (900001, 900011, 900401, 'maintenance', now(), 60);
-- @check a day of maintenance has no OEE and no error
-- @expect result = [{"planned_minutes":null,"availability":null,"oee":null}]
SELECT planned_minutes, availability, oee FROM kpi_oee WHERE organization_id = 900001;

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
INSERT INTO work_orders (organization_id, plant_id, material_id, work_order_number, quantity_ordered, status, due_date, actual_end)
VALUES (900001, 900011, 900301, 'CHK-O1', 1, 'completed', '2025-03-10', '2025-03-10 23:59+00'), (900001, 900011, 900301, 'CHK-O2', 1, 'closed', '2025-03-10', '2025-03-11 00:00+00'),
       (900001, 900011, 900301, 'CHK-O3', 1, 'completed', '2025-03-20', '2025-03-12 08:00+00'), (900001, 900011, 900301, 'CHK-O4', 1, 'completed', NULL, '2025-03-12 08:00+00'),
       (900001, 900011, 900301, 'CHK-O5', 1, 'cancelled', '2025-03-20', '2025-03-12 08:00+00');
-- @check OTD counts orders completed on or before their due date
-- @expect result = [{"kpi_month":"2025-03-01","completed_orders":3,"on_time_orders":2,"otd":0.6667}]
SELECT kpi_month::text AS kpi_month, completed_orders, on_time_orders, round(otd, 4) AS otd FROM kpi_otd WHERE organization_id = 900001;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name, timezone)
VALUES (900011, 900001, 'A1', 'Plant A1', 'America/Chicago'), (900012, 900001, 'A2', 'Plant A2', 'Asia/Kolkata');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO work_orders (organization_id, plant_id, material_id, work_order_number, quantity_ordered, status, due_date, actual_end)
VALUES (900001, 900011, 900301, 'CHK-O1', 1, 'completed', '2025-03-31', '2025-04-01 02:00+00'),
       (900001, 900012, 900301, 'CHK-O2', 1, 'completed', '2025-03-31', '2025-03-31 20:00+00');
-- @check OTD goes by the days of the plant
-- @expect result = [{"plant_id":900011,"kpi_month":"2025-03-01","on_time_orders":1},{"plant_id":900012,"kpi_month":"2025-04-01","on_time_orders":0}]
SELECT plant_id, kpi_month::text AS kpi_month, on_time_orders FROM kpi_otd WHERE organization_id = 900001 ORDER BY plant_id;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
-- @check a time zone that is none is refused
-- @expect error 22023
INSERT INTO plants (organization_id, plant_code, plant_name, timezone) VALUES (900001, 'A1', 'Plant A1', 'Mars/Base');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO work_orders (organization_id, plant_id, material_id, work_order_number, quantity_ordered, quantity_completed, status, due_date, actual_end)
VALUES (900001, 900011, 900301, 'CHK-O1', 10, 4, 'in_progress', '2025-03-10', NULL), (900001, 900011, 900301, 'CHK-O2', 10, 4, 'in_progress', '2025-03-10', '2025-03-09 08:00+00'),
       (900001, 900011, 900301, 'CHK-O3', 10, 10, 'completed', NULL, '2025-03-09 08:00+00'), (900001, 900011, 900301, 'CHK-O4', 10, 9, 'closed', '2025-03-10', '2025-03-09 08:00+00');
-- @check an order delivered in part or without a due date is not in OTD, one closed short is
-- @expect result = [{"completed_orders":1,"on_time_orders":1}]
SELECT completed_orders, on_time_orders FROM kpi_otd WHERE organization_id = 900001;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900402, 900001, 900011, 'CHK-M2', 'Lathe', 30);
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered)
VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100);
SELECT ensure_chunk('production_logs', '2025-03-10');
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, recorded_at, quantity_produced, quantity_scrapped, quantity_reworked)
VALUES (900001, 900011, 900601, 900401, '2025-03-10 08:00+00', 10, 4, 6), (900001, 900011, 900601, 900401, '2025-03-11 08:00+00', 0, 0, 0);
-- @check nothing right at the first attempt is an FPY of 0, nothing made is none
-- @expect result = [{"day":"2025-03-10","fpy":0},{"day":"2025-03-11","fpy":null}]
SELECT kpi_day::text AS day, trim_scale(fpy) AS fpy FROM kpi_fpy WHERE organization_id = 900001 ORDER BY kpi_day;

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
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, recorded_at, quantity_produced, quantity_scrapped, quantity_reworked)
VALUES (900001, 900011, 900601, 900401, now(), 400, 10, 10), (900001, 900011, 900601, 900401, now(), 200, 10, 0);
-- @check FPY counts pieces right at the first attempt
-- @expect result = [{"material_id":900301,"units_started":600,"units_first_pass":570,"fpy":0.95}]
SELECT material_id, units_started, units_first_pass, round(fpy, 4) AS fpy FROM kpi_fpy WHERE organization_id = 900001;

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
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds) VALUES (900402, 900001, 900011, 'CHK-M2', 'Lathe', 60);
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes)
VALUES (900001, 900011, 900401, 'running', now(), 300), (900001, 900011, 900402, 'running', now(), 50), (900001, 900011, 900402, 'idle', now(), 50);
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, recorded_at, quantity_produced, quantity_scrapped)
VALUES (900001, 900011, 900601, 900401, now(), 600, 0), (900001, 900011, 900601, 900402, now(), 50, 10);
SELECT refresh_kpi_snapshots();
SELECT refresh_kpi_snapshots();
-- @check KPI snapshots weigh machines by their planned time
-- @expect result = [{"kpi_code":"FPY","value":0.984615,"weight":650},{"kpi_code":"OEE","value":0.85,"weight":400}]
SELECT kpi_code, value, weight FROM kpi_snapshots WHERE organization_id = 900001 ORDER BY kpi_code;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO materials (id, organization_id, material_number, material_name) VALUES (900301, 900001, 'CHK-1', 'Bracket');
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds) VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30);
INSERT INTO work_orders (id, organization_id, plant_id, material_id, work_order_number, quantity_ordered) VALUES (900601, 900001, 900011, 900301, 'CHK-W', 100);
SELECT ensure_chunk('production_logs', '2025-03-10'), ensure_chunk('production_logs', '2025-06-10'),
       ensure_chunk('machine_status_logs', '2025-03-10'), ensure_chunk('machine_status_logs', '2025-06-10');
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, recorded_at, quantity_produced)
VALUES (900001, 900011, 900601, 900401, '2025-03-10 08:00+00', 10), (900001, 900011, 900601, 900401, '2025-06-10 08:00+00', 20);
CREATE FUNCTION pg_temp.months_read(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  line text;
BEGIN
  FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || query LOOP
    IF line ~ ' on production_logs_y' AND line !~ 'never executed' THEN
      RETURN NEXT substring(line from 'production_logs_(y[0-9]+m[0-9]+)');
    END IF;
  END LOOP;
END $$;
SELECT set_config('mes.kpi_since', '2025-06-01 00:00+00', true);
-- @check KPIs from a day on read no partition from before it
-- @expect value = true
SELECT CASE extension_way('timescaledb') WHEN 'native' THEN
  (SELECT bool_and(month >= 'y2025m06') AND bool_or(month = 'y2025m06')
   FROM (SELECT pg_temp.months_read('SELECT * FROM kpi_fpy') UNION ALL SELECT pg_temp.months_read('SELECT * FROM kpi_oee')) AS read (month))
  ELSE true END;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds) VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30);
SELECT ensure_chunk('machine_status_logs', '2025-03-10');
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes)
VALUES (900001, 900011, 900401, 'breakdown', '2025-03-10 00:00+00', 144000);
SELECT refresh_kpi_snapshots('2025-06-01');
-- @check a state that began months before the day counts on it
-- @expect result = [{"from":"2025-06-01","to":"2025-06-17","days":17,"minutes":24480}]
SELECT min(period_start)::text AS "from", max(period_start)::text AS "to", count(*)::integer AS days, sum(weight)::integer AS minutes
FROM kpi_snapshots WHERE organization_id = 900001 AND kpi_code = 'OEE';

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
SELECT refresh_kpi_snapshots();
-- @check calculating KPIs leaves the views to read everything again
-- @expect value = -infinity
SELECT kpi_since();

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO machines (id, organization_id, plant_id, machine_code, machine_name, ideal_cycle_seconds)
VALUES (900401, 900001, 900011, 'CHK-M', 'Press', 30), (900411, 900002, 900021, 'CHK-M', 'Press', 30);
INSERT INTO machine_status_logs (organization_id, plant_id, machine_id, status, recorded_at, duration_minutes)
VALUES (900001, 900011, 900401, 'running', now(), 0.01), (900002, 900011, 900411, 'running', now(), 0.01);
SELECT refresh_kpi_snapshots();
-- @check a row that names a plant of another organisation does not stop the KPIs
-- @expect result = [{"organization_id":900001}]
SELECT DISTINCT organization_id FROM kpi_snapshots WHERE organization_id IN (900001, 900002) AND kpi_code = 'OEE';

-- @check the application does not calculate KPIs for everybody
-- @expect error 42501
-- @as mes_app
SELECT refresh_kpi_snapshots();

-- @check the calculation of KPIs is scheduled
-- @expect result = [{"command":"SELECT public.refresh_kpi_snapshots()"}]
SELECT command FROM cron.job WHERE jobname = 'mes-refresh-kpis';

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
INSERT INTO reports (organization_id, report_code, report_name, source_view, columns, filters) VALUES (900001, 'open', 'Open orders', 'open_work_orders', '{work_order_number,material_number,status}', '{"status": "planned"}');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT pgmq.purge_queue('report_execution');
SELECT request_report('open');
-- @check a report is run later, through the queue
-- @expect result = [{"status":"queued","queued":true}]
SELECT e.status, (q.message -> 'data' ->> 'execution_id')::integer = e.id AS queued FROM report_executions e CROSS JOIN pgmq.q_report_execution q WHERE e.organization_id = 900001;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
UPDATE materials SET material_number = 'CHK,"1"' WHERE id = 900301;
INSERT INTO reports (organization_id, report_code, report_name, source_view, columns, filters) VALUES (900001, 'open', 'Open orders', 'open_work_orders', '{work_order_number,material_number,status}', '{"status": "planned"}');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT request_report('open', '{"work_order_number": "CHK-W"}', 'csv');
SELECT run_report(id) FROM report_executions WHERE organization_id = 900001;
-- @check a report has its rows, and CSV as RFC 4180 has it
-- @expect result = [{"status":"succeeded","row_count":1,"csv":"work_order_number,material_number,status\r\nCHK-W,\"CHK,\"\"1\"\"\",planned\r\n"}]
SELECT status, row_count, csv FROM report_executions WHERE organization_id = 900001;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
INSERT INTO reports (organization_id, report_code, report_name, source_view) VALUES (900001, 'open', 'Open orders', 'open_work_orders');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT pgmq.purge_queue('report_export');
SELECT request_report('open', '{}', 'pdf');
SELECT run_report(id) FROM report_executions WHERE organization_id = 900001;
-- @check a PDF is drawn by another worker
-- @expect value = pdf
SELECT message ->> 'kind' FROM pgmq.q_report_export;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
INSERT INTO reports (organization_id, report_code, report_name, source_view) VALUES (900001, 'open', 'Open orders', 'open_work_orders');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT request_report('open', '{"pg_sleep(9)": "x"}');
SELECT run_report(id) FROM report_executions WHERE organization_id = 900001;
-- @check a report that fails keeps the reason
-- @expect result = [{"status":"failed","error":"the view open_work_orders has no column pg_sleep(9) (42703)"}]
SELECT status, error FROM report_executions WHERE organization_id = 900001;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
INSERT INTO reports (organization_id, report_code, report_name, source_view) VALUES (900001, 'open', 'Open orders', 'open_work_orders');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT request_report('open', '{"status": "x'' OR true --"}');
SELECT run_report(id) FROM report_executions WHERE organization_id = 900001;
-- @check a value is never read as SQL
-- @expect result = [{"status":"succeeded","row_count":0}]
SELECT status, row_count FROM report_executions WHERE organization_id = 900001;

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
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
INSERT INTO reports (organization_id, report_code, report_name, source_view) VALUES (900001, 'open', 'Open orders', 'open_work_orders');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900104', true);
SELECT request_report('open');
SELECT run_report(id) FROM report_executions WHERE organization_id = 900001;
-- @check a report runs once
-- @expect error 55000
-- @as mes_worker
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT run_report(id) FROM report_executions;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check an execution that does not exist is an error
-- @expect error P0002
-- @as mes_worker
-- @set app.organization_id = 900001
SELECT run_report(1999999999);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
-- @check a report that does not exist is not requested
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT request_report('nothing');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
-- @check reports are refused while their feature is off
-- @expect error 0A000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900104
SELECT request_report('nothing');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
-- @check an operator requests no report
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT request_report('nothing');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check a report over any table is refused
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
INSERT INTO reports (organization_id, report_code, report_name, source_view) VALUES (900001, 'x', 'X', 'pg_authid');

-- @check a CSV field is quoted where it must be
-- @expect result = [{"plain":"a b","comma":"\"a,b\"","quote":"\"a\"\"b\"","empty":"\"\"","nothing":""}]
SELECT csv_field('a b') AS plain, csv_field('a,b') AS comma, csv_field('a"b') AS quote, csv_field('') AS empty, csv_field(NULL) AS nothing;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
INSERT INTO dashboards (organization_id, dashboard_code, dashboard_name, widgets)
VALUES (900001, 'main', 'Main', '[{"kpi": "OEE", "title": "OEE", "days": 7, "target": 0.8}, {"kpi": "FPY", "title": "First pass"}]');
INSERT INTO kpi_snapshots (organization_id, plant_id, kpi_code, period_start, value, weight)
VALUES (900001, 900011, 'OEE', '2025-03-10', 0.9, 300), (900001, 900012, 'OEE', '2025-03-10', 0.5, 100), (900001, 900011, 'OEE', '2025-03-01', 0.1, 900), (900002, 900021, 'OEE', '2025-03-10', 0.1, 900);
-- @check a dashboard shows weighted averages of its days
-- @expect value = [{"kpi": "OEE", "title": "OEE", "value": 0.8000, "on_target": true}, {"kpi": "FPY", "title": "First pass", "value": null, "on_target": null}]
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = ''
SELECT dashboard_data('main', '2025-03-10')::text;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
INSERT INTO plants (id, organization_id, plant_code, plant_name) VALUES (900011, 900001, 'A1', 'Plant A1');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
INSERT INTO dashboards (organization_id, dashboard_code, dashboard_name, widgets)
VALUES (900001, 'main', 'Main', '[{"kpi": "OTD", "title": "Week", "days": 7}, {"kpi": "OTD", "title": "Month"}]');
INSERT INTO kpi_snapshots (organization_id, plant_id, kpi_code, period_start, value, weight)
VALUES (900001, 900011, 'OTD', '2025-02-01', 0.5, 10), (900001, 900011, 'OTD', '2025-03-01', 0.9, 30), (900001, 900011, 'OTD', '2025-04-01', 0.1, 10);
-- @check a dashboard shows the OTD of the months that its days are in
-- @expect result = [{"early":"0.8000 0.8000","middle":"0.9000 0.8000","late":"0.9000 0.9000"}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT (SELECT string_agg(w ->> 'value', ' ') FROM jsonb_array_elements(dashboard_data('main', '2025-03-06')) w) AS early,
       (SELECT string_agg(w ->> 'value', ' ') FROM jsonb_array_elements(dashboard_data('main', '2025-03-15')) w) AS middle,
       (SELECT string_agg(w ->> 'value', ' ') FROM jsonb_array_elements(dashboard_data('main', '2025-03-31')) w) AS late;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'reporting', true);
-- @check a dashboard that does not exist is an error
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
SELECT dashboard_data('main');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check a widget without a known KPI is refused
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
INSERT INTO dashboards (organization_id, dashboard_code, dashboard_name, widgets) VALUES (900001, 'x', 'X', '[{"kpi": "LUCK", "title": "Luck"}]');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
-- @check a widget over half a day is refused
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
INSERT INTO dashboards (organization_id, dashboard_code, dashboard_name, widgets) VALUES (900001, 'x', 'X', '[{"kpi": "OEE", "title": "X", "days": 0.5}]');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A');
-- @check a widget with a word for its target is refused
-- @expect error 23514
-- @as mes_app
-- @set app.organization_id = 900001
INSERT INTO dashboards (organization_id, dashboard_code, dashboard_name, widgets) VALUES (900001, 'x', 'X', '[{"kpi": "OEE", "title": "X", "target": "high"}]');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO reports (organization_id, report_code, report_name, source_view) VALUES (900001, 'open', 'Open orders', 'open_work_orders');
INSERT INTO dashboards (organization_id, dashboard_code, dashboard_name) VALUES (900001, 'main', 'Main');
-- @check reports and dashboards are isolated between two organisations
-- @expect result = [{"reports":0,"dashboards":0}]
-- @as mes_app
-- @set app.organization_id = 900002
SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM dashboards) AS dashboards;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO reports (organization_id, report_code, report_name, source_view) VALUES (900001, 'open', 'Open orders', 'open_work_orders');
INSERT INTO dashboards (organization_id, dashboard_code, dashboard_name) VALUES (900001, 'main', 'Main');
-- @check the organisation sees its own reports and dashboards
-- @expect result = [{"reports":1,"dashboards":1}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM dashboards) AS dashboards;

-- @check reporting is gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname IN ('reports', 'report_executions', 'dashboards', 'kpi_snapshots', 'kpi_oee', 'kpi_otd', 'kpi_fpy')
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname IN ('request_report', 'run_report', 'dashboard_data', 'refresh_kpi_snapshots', 'kpi_since', 'csv_field')
UNION ALL
SELECT jobname FROM cron.job WHERE jobname = 'mes-refresh-kpis';
