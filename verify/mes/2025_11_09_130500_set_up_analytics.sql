-- Phase 1.2, pg_duckdb: analytics, the same whichever engine runs them

-- @check the way of pg_duckdb is recorded
-- @expect rows = 1
SELECT way FROM extension_choices WHERE extension = 'pg_duckdb' AND (way = 'extension') = EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_duckdb');

-- @check all five extensions have a way
-- @expect value = 5
SELECT count(*) FROM extension_choices WHERE extension IN ('pgmq', 'pg_search', 'pg_cron', 'timescaledb', 'pg_duckdb');

-- @check a role that policies bind stays with PostgreSQL
-- @expect value = postgres
-- @as mes_app
SELECT analytics_begin();

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
VALUES (900001, 900011, 900601, 900401, now(), 100, 3, 2), (900001, 900011, 900601, 900401, now(), 50, 0, 0), (900002, 900021, 900611, 900411, now(), 7, 0, 0);
-- @check daily production adds up per machine
-- @expect result = [{"machine_id":900401,"quantity_produced":150,"quantity_scrapped":3,"quantity_reworked":2,"batches":2}]
SELECT machine_id, quantity_produced, quantity_scrapped, quantity_reworked, batches FROM analytics_production_daily WHERE organization_id = 900001;

-- @check analytics over all logs are quick
-- @expect median < 3 s
SELECT machine_id, production_day, quantity_produced FROM analytics_production_daily ORDER BY quantity_produced DESC LIMIT 10;

-- @check analytics are gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname = 'analytics_production_daily'
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname = 'analytics_begin'
UNION ALL
SELECT extension FROM extension_choices WHERE extension = 'pg_duckdb';
