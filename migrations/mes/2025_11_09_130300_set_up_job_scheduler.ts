import { defineMigration } from 'surefoot';

const TRIAL = `
  SELECT cron.schedule('mes_trial', '0 0 1 1 *', 'SELECT 1');
  SELECT cron.unschedule('mes_trial');
`;

/** Reading of the five time fields; used by the native way only, pg_cron has its own. */
const CRON_FIELDS = `
  CREATE FUNCTION cron_field_values(field text, lowest integer, highest integer) RETURNS integer[]
  LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    item text;
    part text[];
    first_value integer;
    last_value integer;
    step integer;
    found integer[] := '{}';
  BEGIN
    FOREACH item IN ARRAY string_to_array(field, ',') LOOP
      part := regexp_match(item, '^(?:(\\*)|(\\d{1,4})(?:-(\\d{1,4}))?)(?:/(\\d{1,4}))?$');
      IF part IS NULL THEN
        RAISE EXCEPTION 'not a cron field: %', item USING ERRCODE = 'invalid_parameter_value';
      END IF;
      step := coalesce(part[4]::integer, 1);
      first_value := coalesce(part[2]::integer, lowest);
      last_value := CASE WHEN part[1] IS NOT NULL THEN highest
        ELSE coalesce(part[3]::integer, CASE WHEN part[4] IS NULL THEN first_value ELSE highest END) END;
      IF step = 0 OR first_value < lowest OR last_value > highest OR first_value > last_value THEN
        RAISE EXCEPTION 'out of range in a cron field (% to %): %', lowest, highest, item
          USING ERRCODE = 'invalid_parameter_value';
      END IF;
      found := found || ARRAY(SELECT g FROM generate_series(first_value, last_value, step) g);
    END LOOP;
    IF cardinality(found) = 0 THEN
      RAISE EXCEPTION 'a cron field is empty' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN ARRAY(SELECT DISTINCT f FROM unnest(found) f ORDER BY f);
  END $$;

  CREATE FUNCTION cron_next_run(schedule text, after timestamptz) RETURNS timestamptz
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    plain text := CASE btrim(lower(schedule))
      WHEN '@hourly' THEN '0 * * * *' WHEN '@daily' THEN '0 0 * * *' WHEN '@midnight' THEN '0 0 * * *'
      WHEN '@weekly' THEN '0 0 * * 0' WHEN '@monthly' THEN '0 0 1 * *'
      WHEN '@yearly' THEN '0 0 1 1 *' WHEN '@annually' THEN '0 0 1 1 *' ELSE btrim(schedule) END;
    every_seconds integer := (regexp_match(plain, '^([1-9]|[1-5][0-9]) seconds?$'))[1]::integer;
    fields text[] := regexp_split_to_array(plain, '\\s+');
    minutes integer[];
    hours integer[];
    days integer[];
    months integer[];
    weekdays integer[];
    start timestamp := date_trunc('minute', after AT TIME ZONE 'UTC') + interval '1 minute';
    candidate timestamp;
  BEGIN
    IF every_seconds IS NOT NULL THEN
      RETURN after + make_interval(secs => every_seconds);
    END IF;
    IF cardinality(fields) <> 5 THEN
      RAISE EXCEPTION 'a schedule has five fields: minute hour day month weekday, not %', schedule
        USING ERRCODE = 'invalid_parameter_value';
    END IF;
    minutes := cron_field_values(fields[1], 0, 59);
    hours := cron_field_values(fields[2], 0, 23);
    days := cron_field_values(fields[3], 1, 31);
    months := cron_field_values(fields[4], 1, 12);
    weekdays := cron_field_values(fields[5], 0, 7);
    -- 8 years reach every 29 February that a schedule can name
    FOR candidate IN SELECT generate_series(date_trunc('day', start), start + interval '8 years 1 month', '1 day') LOOP
      CONTINUE WHEN NOT extract(month FROM candidate)::integer = ANY (months);
      -- as cron has it: with both given, either of day and weekday is enough
      CONTINUE WHEN NOT CASE
        WHEN fields[3] LIKE '*%' OR fields[5] LIKE '*%'
          THEN extract(day FROM candidate)::integer = ANY (days)
            AND (extract(dow FROM candidate)::integer = ANY (weekdays)
              OR (7 = ANY (weekdays) AND extract(dow FROM candidate) = 0))
        ELSE extract(day FROM candidate)::integer = ANY (days)
          OR extract(dow FROM candidate)::integer = ANY (weekdays)
          OR (7 = ANY (weekdays) AND extract(dow FROM candidate) = 0) END;
      SELECT min(candidate + make_interval(hours => h, mins => m)) INTO candidate
      FROM unnest(hours) h CROSS JOIN unnest(minutes) m
      WHERE candidate + make_interval(hours => h, mins => m) >= start;
      IF candidate IS NOT NULL THEN
        RETURN candidate AT TIME ZONE 'UTC';
      END IF;
    END LOOP;
    RAISE EXCEPTION 'the schedule % never comes', schedule USING ERRCODE = 'invalid_parameter_value';
  END $$;
  COMMENT ON FUNCTION cron_next_run(text, timestamptz) IS 'First time after the given one that the schedule names, read in UTC as pg_cron does';
`;

const NATIVE = `
  CREATE TABLE maintenance_jobs (
    jobid bigserial PRIMARY KEY,
    jobname text NOT NULL UNIQUE,
    schedule text NOT NULL,
    command text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    next_run_at timestamptz NOT NULL,
    last_started_at timestamptz,
    last_finished_at timestamptz,
    last_status text CHECK (last_status IN ('succeeded', 'failed')),
    last_message text
  );
  CREATE INDEX idx_maintenance_jobs_due ON maintenance_jobs (next_run_at) WHERE active;
  COMMENT ON TABLE maintenance_jobs IS 'Jobs of a server without pg_cron; served by whoever calls run_due_maintenance_jobs()';

  CREATE SCHEMA cron;
  CREATE FUNCTION cron.schedule(job_name text, schedule text, command text) RETURNS bigint
  LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO maintenance_jobs AS j (jobname, schedule, command, next_run_at)
    VALUES (job_name, schedule, command, cron_next_run(schedule, now()))
    ON CONFLICT (jobname) DO UPDATE
      SET schedule = excluded.schedule, command = excluded.command, next_run_at = excluded.next_run_at
    RETURNING j.jobid
  $$;
  CREATE FUNCTION cron.unschedule(job_name text) RETURNS boolean
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  BEGIN
    DELETE FROM maintenance_jobs WHERE jobname = job_name;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'there is no job %', job_name USING ERRCODE = 'no_data_found';
    END IF;
    RETURN true;
  END $$;
  CREATE FUNCTION cron.unschedule(job_id bigint) RETURNS boolean
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  BEGIN
    DELETE FROM maintenance_jobs WHERE jobid = job_id;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'there is no job %', job_id USING ERRCODE = 'no_data_found';
    END IF;
    RETURN true;
  END $$;
  CREATE VIEW cron.job WITH (security_invoker = true) AS
    SELECT jobid, schedule, command, active, jobname FROM maintenance_jobs;
  REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA cron FROM PUBLIC;

  CREATE FUNCTION run_due_maintenance_jobs(as_of timestamptz DEFAULT now(), max_jobs integer DEFAULT 100)
  RETURNS TABLE (jobname text, status text, message text)
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    due maintenance_jobs;
  BEGIN
    FOR due IN
      SELECT * FROM maintenance_jobs j WHERE j.active AND j.next_run_at <= as_of
      ORDER BY j.next_run_at, j.jobid LIMIT max_jobs FOR UPDATE SKIP LOCKED
    LOOP
      jobname := due.jobname;
      due.last_started_at := clock_timestamp();
      BEGIN
        EXECUTE due.command;
        status := 'succeeded';
        message := NULL;
      EXCEPTION WHEN OTHERS THEN
        status := 'failed';
        message := format('%s (%s)', SQLERRM, SQLSTATE);
      END;
      UPDATE maintenance_jobs j
      SET last_started_at = due.last_started_at, last_finished_at = clock_timestamp(), last_status = status,
          last_message = message, next_run_at = cron_next_run(due.schedule, as_of)
      WHERE j.jobid = due.jobid;
      RETURN NEXT;
    END LOOP;
  END $$;
`;

const EXTENSION = `
  CREATE FUNCTION run_due_maintenance_jobs(as_of timestamptz DEFAULT now(), max_jobs integer DEFAULT 100)
  RETURNS TABLE (jobname text, status text, message text)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT NULL::text, NULL::text, NULL::text WHERE false
  $$;
`;

const COMMON = `
  REVOKE EXECUTE ON FUNCTION run_due_maintenance_jobs(timestamptz, integer) FROM PUBLIC;
  COMMENT ON FUNCTION run_due_maintenance_jobs(timestamptz, integer) IS
    'Runs what is due and tells how it ended; with pg_cron the server does that, and nothing is left to run';
  SELECT cron.schedule('mes-purge-queue-archive', '30 2 * * *',
    $$DELETE FROM pgmq.a_notifications WHERE archived_at < now() - interval '90 days'$$);
`;

export default defineMigration({
  description:
    'Phase 1.2: scheduled jobs, by pg_cron where the server has it, else by a maintenance_jobs table with the same functions',
  async run({ sql, log }) {
    const [choice] = await sql`SELECT * FROM choose_extension('pg_cron', ${TRIAL})`;
    log.info(`pg_cron: ${String(choice?.['way'])} (${String(choice?.['reason'])})`);
    await sql.script(choice?.['way'] === 'native' ? CRON_FIELDS + NATIVE : EXTENSION);
    await sql.script(COMMON);
  },
});
