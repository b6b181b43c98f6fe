-- @description Fold the time series back into plain tables, whichever way they were kept
-- @deletes extension_choices
-- @deletes maintenance_jobs

SELECT cron.unschedule('mes-make-partitions');
SELECT rebuild_table('production_logs', NULL), rebuild_table('machine_status_logs', NULL);
ALTER TABLE production_logs DROP CONSTRAINT production_logs_pkey,
  ADD CONSTRAINT production_logs_pkey PRIMARY KEY (id);
ALTER TABLE machine_status_logs DROP CONSTRAINT machine_status_logs_pkey,
  ADD CONSTRAINT machine_status_logs_pkey PRIMARY KEY (id);
DO $$
BEGIN
  IF extension_way('timescaledb') = 'native' THEN
    DROP FUNCTION time_bucket(interval, timestamptz);
    DROP FUNCTION drop_chunks(regclass, timestamptz, timestamptz);
    DROP FUNCTION show_chunks(regclass, timestamptz, timestamptz);
    DROP FUNCTION chunk_bound(regclass, boolean);
    DROP FUNCTION create_hypertable(regclass, name, interval, boolean, boolean);
  END IF;
  PERFORM forget_extension('timescaledb');
END
$$;
DROP FUNCTION ensure_time_partitions(integer);
DROP FUNCTION rebuild_table(regclass, name);
DROP FUNCTION ensure_chunk(regclass, timestamptz);
