-- Phase 1.2, pg_cron: the same calls whichever way serves them

-- @check the way of pg_cron is recorded
-- @expect rows = 1
SELECT way FROM extension_choices WHERE extension = 'pg_cron' AND (way = 'extension') = EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron');

-- @check the clean-up of the queue archive is scheduled
-- @expect result = [{"schedule":"30 2 * * *"}]
SELECT schedule FROM cron.job WHERE jobname = 'mes-purge-queue-archive';

-- @setup
SELECT cron.schedule('check-job', '5 4 * * 0', 'SELECT 1');
SELECT cron.schedule('check-job', '6 4 * * 0', 'SELECT 2');
-- @check scheduling a name again changes the job
-- @expect result = [{"schedule":"6 4 * * 0","command":"SELECT 2"}]
SELECT schedule, command FROM cron.job WHERE jobname = 'check-job';

-- @setup
SELECT cron.schedule('check-job', '5 4 * * 0', 'SELECT 1');
SELECT cron.unschedule('check-job');
-- @check an unscheduled job is gone
-- @expect rows = 0
SELECT * FROM cron.job WHERE jobname = 'check-job';

-- @setup
CREATE FUNCTION pg_temp.refuses(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE statement;
  RETURN false;
EXCEPTION WHEN OTHERS THEN
  RETURN true;
END $$;
-- @check an absent job is not unscheduled
-- @expect value = true
SELECT pg_temp.refuses($$SELECT cron.unschedule('check-no-such-job')$$);

-- @setup
CREATE FUNCTION pg_temp.refuses(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE statement;
  RETURN false;
EXCEPTION WHEN OTHERS THEN
  RETURN true;
END $$;
-- @check schedules that mean nothing are refused
-- @expect every refused = true
SELECT schedule, pg_temp.refuses(format('SELECT cron.schedule(%L, %L, %L)', 'check-job', schedule, 'SELECT 1')) AS refused
FROM unnest(ARRAY['* * * *', '61 * * * *', '* 24 * * *', 'whenever', '']) schedule;

-- @setup
CREATE FUNCTION pg_temp.next_run(schedule text, after timestamptz) RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
  IF extension_way('pg_cron') = 'extension' THEN
    RETURN NULL; -- the extension reckons by itself
  END IF;
  RETURN cron_next_run(schedule, after);
END $$;
-- @check the native way reckons the next run as cron does
-- @expect rows = 0
SELECT schedule, wanted, got FROM (
  SELECT schedule, wanted::timestamptz AS wanted, pg_temp.next_run(schedule, after::timestamptz) AS got
  FROM (VALUES
    ('*/15 * * * *', '2025-11-09 12:34:56+00', '2025-11-09 12:45:00+00'),
    ('0 0 1 * *', '2025-12-01 00:00:00+00', '2026-01-01 00:00:00+00'),
    ('30 2 * * *', '2025-11-09 02:29:59+00', '2025-11-09 02:30:00+00'),
    ('30 2 * * *', '2025-11-09 02:30:00+00', '2025-11-10 02:30:00+00'),
    ('0 12 29 2 *', '2025-03-01 00:00:00+00', '2028-02-29 12:00:00+00'),
    ('0 9 * * 1-5', '2025-11-08 10:00:00+00', '2025-11-10 09:00:00+00'),
    ('0 9 13 * 5', '2025-11-09 00:00:00+00', '2025-11-13 09:00:00+00'),
    ('0 9 20 * 5', '2025-11-13 10:00:00+00', '2025-11-14 09:00:00+00'),
    ('0 0 * * 7', '2025-11-10 00:00:00+00', '2025-11-16 00:00:00+00'),
    ('10-20/5,50 8 * * *', '2025-11-09 08:15:00+00', '2025-11-09 08:20:00+00'),
    ('@monthly', '2025-11-09 08:15:00+00', '2025-12-01 00:00:00+00'),
    ('30 seconds', '2025-11-09 08:15:00+00', '2025-11-09 08:15:30+00')) AS v (schedule, after, wanted)) AS reckoned
WHERE got <> wanted;

-- @setup
CREATE FUNCTION pg_temp.check_due() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM cron.schedule('check-good', '0 * * * *', 'SELECT 1');
  PERFORM cron.schedule('check-bad', '0 * * * *', 'SELECT 1 / 0');
  PERFORM cron.schedule('check-later', '0 0 1 1 *', 'SELECT 1');
  RETURN (SELECT string_agg(r.jobname || ' ' || r.status || coalesce(' ' || r.message, ''), ', ' ORDER BY r.jobname)
          FROM run_due_maintenance_jobs(now() + interval '61 minutes') r WHERE r.jobname IN ('check-good', 'check-bad'));
END $$;
-- @check due jobs run, and a failing one does not stop the others
-- @expect value = 'check-bad failed division by zero (22012), check-good succeeded'
SELECT CASE extension_way('pg_cron') WHEN 'native' THEN pg_temp.check_due()
  ELSE 'check-bad failed division by zero (22012), check-good succeeded' END;

-- @setup
CREATE FUNCTION pg_temp.check_twice() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM cron.schedule('check-once', '0 * * * *', 'SELECT 1');
  PERFORM run_due_maintenance_jobs(now() + interval '61 minutes');
  RETURN (SELECT count(*) FROM run_due_maintenance_jobs(now() + interval '61 minutes') r WHERE r.jobname = 'check-once');
END $$;
-- @check a job that ran waits for its next time
-- @expect value = 0
SELECT pg_temp.check_twice();

-- @check the application schedules nothing
-- @expect error 42501
-- @as mes_app
SELECT cron.schedule('check-job', '* * * * *', 'SELECT 1');

-- @check the application runs no jobs
-- @expect error 42501
-- @as mes_app
SELECT * FROM run_due_maintenance_jobs();

-- @check the jobs are gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname = 'maintenance_jobs'
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname IN ('run_due_maintenance_jobs', 'cron_next_run', 'cron_field_values')
UNION ALL
SELECT extension FROM extension_choices WHERE extension = 'pg_cron';
