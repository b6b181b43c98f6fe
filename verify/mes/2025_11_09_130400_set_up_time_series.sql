-- Phase 1.2, timescaledb: the logs are time series, and hold what they held

-- @check the way of timescaledb is recorded
-- @expect rows = 1
SELECT way FROM extension_choices WHERE extension = 'timescaledb' AND (way = 'extension') = EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb');

-- @check the two logs are time series
-- @expect every chunks > 0
SELECT t, CASE extension_way('timescaledb') WHEN 'extension' THEN 1 ELSE (SELECT count(*) FROM show_chunks(t::regclass)) END AS chunks
FROM unnest(ARRAY['production_logs', 'machine_status_logs']) t;

-- @check every row is in the partition of its month
-- @when step
-- @expect rows = 0
SELECT p.tableoid::regclass FROM production_logs p
WHERE extension_way('timescaledb') = 'native' AND p.tableoid::regclass::text <> 'production_logs_y' || to_char(p.recorded_at AT TIME ZONE 'UTC', 'YYYY"m"MM')
LIMIT 5;

-- @check the logs kept their checks, references, comments, grants and row security
-- @expect result = [{"checks":1,"refs":5,"comments":2,"grants":true,"secured":true}]
SELECT (SELECT count(*) FROM pg_constraint WHERE conrelid = 'production_logs'::regclass AND contype = 'c') AS checks,
       (SELECT count(*) FROM pg_constraint WHERE conrelid = 'production_logs'::regclass AND contype = 'f' AND conparentid = 0) AS refs,
       (SELECT count(*) FROM pg_description WHERE objoid = 'production_logs'::regclass) AS comments,
       has_table_privilege('mes_app', 'production_logs', 'SELECT, INSERT, UPDATE, DELETE') AS grants,
       (SELECT relrowsecurity FROM pg_class WHERE oid = 'production_logs'::regclass)
         AND EXISTS (SELECT FROM pg_policy WHERE polrelid = 'production_logs'::regclass) AS secured;

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
-- @check the application still writes logs
-- @expect rows = 1
-- @as mes_app
-- @set app.organization_id = 900001
INSERT INTO production_logs (organization_id, plant_id, work_order_id, machine_id, quantity_produced) VALUES (900001, 900011, 900601, 900401, 5) RETURNING id;

-- @check a partition is not reached past its parent
-- @expect rows = 0
SELECT c.relname, a.grantee::regrole FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
WHERE c.relispartition AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner;

-- @check a query for one month reads one partition
-- @expect plan has no seq scan on production_logs_y2025m01
SELECT count(*) FROM production_logs WHERE recorded_at >= '2025-03-01 00:00+00' AND recorded_at < '2025-04-01 00:00+00';

-- @check three months ahead are there
-- @when step
-- @expect value = 0
SELECT ensure_time_partitions(3);

-- @check missing months are made
-- @expect value = true
SELECT CASE extension_way('timescaledb') WHEN 'native' THEN ensure_time_partitions(5) > 0 ELSE true END;

-- @check too many months are refused
-- @expect error 22023
SELECT ensure_time_partitions(99);

-- @setup
CREATE TABLE check_series (id integer, at timestamptz NOT NULL, PRIMARY KEY (id, at));
INSERT INTO check_series VALUES (1, '2025-01-31 23:59:59.999+00'), (2, '2025-02-01 00:00+00');
SELECT create_hypertable('check_series', 'at', chunk_time_interval => interval '1 month', migrate_data => true);
-- @check a filled table becomes a time series with its rows
-- @expect value = 2
SELECT count(*) FROM check_series;

-- @setup
CREATE TABLE check_series (id integer, at timestamptz NOT NULL, PRIMARY KEY (id, at));
INSERT INTO check_series VALUES (1, '2025-01-31 23:59:59.999+00'), (2, '2025-02-01 00:00+00'), (3, '2025-03-01 00:00+00');
SELECT create_hypertable('check_series', 'at', chunk_time_interval => interval '1 month', migrate_data => true);
SELECT drop_chunks('check_series', older_than => timestamptz '2025-02-15 00:00+00');
-- @check only chunks that are wholly older are dropped
-- @expect every id > 1
SELECT id FROM check_series;

-- @setup
CREATE FUNCTION pg_temp.refuses(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE statement;
  RETURN false;
EXCEPTION WHEN OTHERS THEN
  RETURN true;
END $$;
CREATE TABLE check_series (id integer, at timestamptz NOT NULL, PRIMARY KEY (id, at));
INSERT INTO check_series VALUES (1, '2025-01-31 23:59:59.999+00');
-- @check a filled table is not converted unasked
-- @expect value = true
SELECT pg_temp.refuses($$SELECT create_hypertable('check_series', 'at')$$);

-- @setup
CREATE FUNCTION pg_temp.refuses(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE statement;
  RETURN false;
EXCEPTION WHEN OTHERS THEN
  RETURN true;
END $$;
-- @check a time series is not converted again
-- @expect value = true
SELECT pg_temp.refuses($$SELECT create_hypertable('production_logs', 'recorded_at')$$);

-- @setup
CREATE FUNCTION pg_temp.refuses(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE statement;
  RETURN false;
EXCEPTION WHEN OTHERS THEN
  RETURN true;
END $$;
-- @check a table without a key on its time is refused
-- @expect value = true
SELECT pg_temp.refuses($$CREATE TABLE check_series (id integer PRIMARY KEY, at timestamptz NOT NULL); SELECT create_hypertable('check_series', 'at')$$);

-- @setup
CREATE FUNCTION pg_temp.refuses(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE statement;
  RETURN false;
EXCEPTION WHEN OTHERS THEN
  RETURN true;
END $$;
-- @check an ordinary table has no chunks to make
-- @expect value = true
SELECT extension_way('timescaledb') = 'extension' OR pg_temp.refuses($$SELECT ensure_chunk('materials', now())$$);

-- @setup
CREATE FUNCTION pg_temp.refuses(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE statement;
  RETURN false;
EXCEPTION WHEN OTHERS THEN
  RETURN true;
END $$;
-- @check a month of the far future is not made
-- @expect value = true
SELECT extension_way('timescaledb') = 'extension' OR pg_temp.refuses($$SELECT ensure_chunk('production_logs', now() + interval '9 years')$$);

-- @check time buckets start where timescaledb starts them
-- @expect result = [{"hour":true,"week":true,"quarter":true,"before_2000":true}]
SELECT time_bucket(interval '1 hour', timestamptz '2025-11-09 12:34:56+00') = timestamptz '2025-11-09 12:00+00' AS hour,
       time_bucket(interval '1 week', timestamptz '2025-11-09 12:34:56+00') = timestamptz '2025-11-03 00:00+00' AS week,
       time_bucket(interval '3 months', timestamptz '2025-11-09 12:34:56+00') = timestamptz '2025-10-01 00:00+00' AS quarter,
       time_bucket(interval '1 year', timestamptz '1999-12-31 23:00+00') = timestamptz '1999-01-01 00:00+00' AS before_2000;

-- @check the making of partitions is scheduled
-- @expect rows = 1
SELECT * FROM cron.job WHERE jobname = 'mes-make-partitions';

-- @check the application makes no time series
-- @expect error 42501
-- @as mes_app
SELECT ensure_time_partitions(3);

-- @check the logs are plain tables again
-- @when rolled-back
-- @expect result = [{"relname":"machine_status_logs","relkind":"r"},{"relname":"production_logs","relkind":"r"}]
SELECT relname, relkind::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND (relname LIKE 'production\_logs%' OR relname LIKE 'machine\_status\_logs%') AND relkind IN ('r', 'p')
ORDER BY relname;

-- @check the functions of time series are gone
-- @when rolled-back
-- @expect rows = 0
SELECT proname::text FROM pg_proc WHERE proname IN ('create_hypertable', 'drop_chunks', 'show_chunks', 'chunk_bound', 'time_bucket', 'ensure_chunk', 'ensure_time_partitions', 'rebuild_table')
UNION ALL
SELECT extension FROM extension_choices WHERE extension = 'timescaledb';
