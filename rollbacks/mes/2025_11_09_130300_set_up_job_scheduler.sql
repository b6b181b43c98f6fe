-- @description Remove the scheduled jobs, whichever way served them
-- @deletes extension_choices

SET LOCAL client_min_messages = warning; -- CASCADE would list every function that goes
DROP FUNCTION run_due_maintenance_jobs(timestamptz, integer);
DO $$
BEGIN
  PERFORM cron.unschedule('mes-purge-queue-archive');
  IF extension_way('pg_cron') = 'native' THEN
    DROP SCHEMA cron CASCADE;
    DROP TABLE maintenance_jobs;
    DROP FUNCTION cron_next_run(text, timestamptz);
    DROP FUNCTION cron_field_values(text, integer, integer);
  END IF;
  PERFORM forget_extension('pg_cron');
END
$$;
