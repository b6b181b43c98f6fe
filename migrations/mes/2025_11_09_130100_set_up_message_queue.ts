import { defineMigration } from 'surefoot';

const TRIAL = `
  SELECT pgmq.create('mes_trial');
  SELECT pgmq.send('mes_trial', '{}'::jsonb, 0);
  SELECT pgmq.archive('mes_trial', msg_id) FROM pgmq.read('mes_trial', 1, 1);
  SELECT pgmq.drop_queue('mes_trial');
`;

/** The functions of pgmq that callers use, with its names, arguments and results, over ordinary tables. */
const NATIVE = `
  CREATE SCHEMA pgmq;
  CREATE TABLE pgmq.meta (
    queue_name varchar NOT NULL UNIQUE,
    is_partitioned boolean NOT NULL DEFAULT false,
    is_unlogged boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TYPE pgmq.message_record AS (
    msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb, headers jsonb
  );
  CREATE TYPE pgmq.metrics_result AS (
    queue_name text, queue_length bigint, newest_msg_age_sec integer, oldest_msg_age_sec integer,
    total_messages bigint, scrape_time timestamptz, queue_visible_length bigint
  );

  CREATE FUNCTION pgmq.queue_table(queue_name text, prefix text) RETURNS text
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    IF NOT EXISTS (SELECT FROM pgmq.meta m WHERE m.queue_name = $1) THEN
      RAISE EXCEPTION 'there is no queue %', queue_name USING ERRCODE = 'undefined_table';
    END IF;
    RETURN format('pgmq.%I', prefix || '_' || queue_name);
  END $$;

  CREATE FUNCTION pgmq.create(queue_name text) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    IF queue_name !~ '^[a-z_][a-z0-9_]{0,46}$' THEN
      RAISE EXCEPTION 'a queue name has small letters, digits and underscores, at most 47: %', queue_name
        USING ERRCODE = 'invalid_name';
    END IF;
    INSERT INTO pgmq.meta AS m (queue_name) VALUES ($1) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      RETURN;
    END IF;
    EXECUTE format('CREATE TABLE pgmq.%I (msg_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
      read_ct integer NOT NULL DEFAULT 0, enqueued_at timestamptz NOT NULL DEFAULT now(),
      vt timestamptz NOT NULL, message jsonb, headers jsonb)', 'q_' || queue_name);
    EXECUTE format('CREATE INDEX %I ON pgmq.%I (vt)', 'q_' || queue_name || '_vt_idx', 'q_' || queue_name);
    EXECUTE format('CREATE TABLE pgmq.%I (msg_id bigint PRIMARY KEY, read_ct integer NOT NULL DEFAULT 0,
      enqueued_at timestamptz NOT NULL DEFAULT now(), archived_at timestamptz NOT NULL DEFAULT now(),
      vt timestamptz NOT NULL, message jsonb, headers jsonb)', 'a_' || queue_name);
    EXECUTE format('CREATE INDEX %I ON pgmq.%I (archived_at)', 'archived_at_idx_' || queue_name, 'a_' || queue_name);
  END $$;

  CREATE FUNCTION pgmq.drop_queue(queue_name text) RETURNS boolean
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    DELETE FROM pgmq.meta m WHERE m.queue_name = $1;
    IF NOT FOUND THEN
      RETURN false;
    END IF;
    EXECUTE format('DROP TABLE pgmq.%I, pgmq.%I', 'q_' || queue_name, 'a_' || queue_name);
    RETURN true;
  END $$;

  CREATE FUNCTION pgmq.list_queues()
  RETURNS TABLE (queue_name varchar, is_partitioned boolean, is_unlogged boolean, created_at timestamptz)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pgmq, pg_temp AS $$
    SELECT m.queue_name, m.is_partitioned, m.is_unlogged, m.created_at FROM pgmq.meta m ORDER BY m.queue_name
  $$;

  CREATE FUNCTION pgmq.send(queue_name text, msg jsonb, headers jsonb, delay timestamptz) RETURNS SETOF bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    RETURN QUERY EXECUTE format('INSERT INTO %s (vt, message, headers) VALUES ($1, $2, $3) RETURNING msg_id',
      pgmq.queue_table(queue_name, 'q')) USING delay, msg, headers;
  END $$;
  CREATE FUNCTION pgmq.send(queue_name text, msg jsonb) RETURNS SETOF bigint
  LANGUAGE sql SET search_path = pg_catalog, pgmq, pg_temp AS $$
    SELECT pgmq.send(queue_name, msg, NULL::jsonb, clock_timestamp())
  $$;
  CREATE FUNCTION pgmq.send(queue_name text, msg jsonb, delay integer) RETURNS SETOF bigint
  LANGUAGE sql SET search_path = pg_catalog, pgmq, pg_temp AS $$
    SELECT pgmq.send(queue_name, msg, NULL::jsonb, clock_timestamp() + make_interval(secs => delay))
  $$;
  CREATE FUNCTION pgmq.send(queue_name text, msg jsonb, headers jsonb) RETURNS SETOF bigint
  LANGUAGE sql SET search_path = pg_catalog, pgmq, pg_temp AS $$
    SELECT pgmq.send(queue_name, msg, headers, clock_timestamp())
  $$;
  CREATE FUNCTION pgmq.send_batch(queue_name text, msgs jsonb[], delay integer DEFAULT 0) RETURNS SETOF bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    RETURN QUERY EXECUTE format('INSERT INTO %s (vt, message)
      SELECT clock_timestamp() + make_interval(secs => $1), m FROM unnest($2) WITH ORDINALITY u (m, n) ORDER BY n
      RETURNING msg_id', pgmq.queue_table(queue_name, 'q')) USING delay, msgs;
  END $$;

  CREATE FUNCTION pgmq.read(queue_name text, vt integer, qty integer) RETURNS SETOF pgmq.message_record
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    RETURN QUERY EXECUTE format('WITH next AS (
        SELECT msg_id FROM %1$s WHERE vt <= clock_timestamp() ORDER BY msg_id LIMIT $1 FOR UPDATE SKIP LOCKED)
      UPDATE %1$s m SET vt = clock_timestamp() + make_interval(secs => $2), read_ct = read_ct + 1
      FROM next WHERE m.msg_id = next.msg_id
      RETURNING m.msg_id, m.read_ct, m.enqueued_at, m.vt, m.message, m.headers',
      pgmq.queue_table(queue_name, 'q')) USING qty, vt;
  END $$;

  CREATE FUNCTION pgmq.pop(queue_name text) RETURNS SETOF pgmq.message_record
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    RETURN QUERY EXECUTE format('DELETE FROM %1$s WHERE msg_id = (
        SELECT msg_id FROM %1$s WHERE vt <= clock_timestamp() ORDER BY msg_id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING msg_id, read_ct, enqueued_at, vt, message, headers', pgmq.queue_table(queue_name, 'q'));
  END $$;

  CREATE FUNCTION pgmq.set_vt(queue_name text, msg_id bigint, vt integer) RETURNS SETOF pgmq.message_record
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    RETURN QUERY EXECUTE format('UPDATE %s m SET vt = clock_timestamp() + make_interval(secs => $2) WHERE m.msg_id = $1
      RETURNING m.msg_id, m.read_ct, m.enqueued_at, m.vt, m.message, m.headers',
      pgmq.queue_table(queue_name, 'q')) USING msg_id, vt;
  END $$;

  CREATE FUNCTION pgmq.delete(queue_name text, msg_ids bigint[]) RETURNS SETOF bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    RETURN QUERY EXECUTE format('DELETE FROM %s WHERE msg_id = ANY ($1) RETURNING msg_id',
      pgmq.queue_table(queue_name, 'q')) USING msg_ids;
  END $$;
  CREATE FUNCTION pgmq.delete(queue_name text, msg_id bigint) RETURNS boolean
  LANGUAGE sql SET search_path = pg_catalog, pgmq, pg_temp AS $$
    SELECT count(*) = 1 FROM pgmq.delete(queue_name, ARRAY[msg_id])
  $$;

  CREATE FUNCTION pgmq.archive(queue_name text, msg_ids bigint[]) RETURNS SETOF bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  BEGIN
    RETURN QUERY EXECUTE format('WITH gone AS (
        DELETE FROM %s WHERE msg_id = ANY ($1) RETURNING msg_id, read_ct, enqueued_at, vt, message, headers)
      INSERT INTO %s (msg_id, read_ct, enqueued_at, vt, message, headers) SELECT * FROM gone RETURNING msg_id',
      pgmq.queue_table(queue_name, 'q'), pgmq.queue_table(queue_name, 'a')) USING msg_ids;
  END $$;
  CREATE FUNCTION pgmq.archive(queue_name text, msg_id bigint) RETURNS boolean
  LANGUAGE sql SET search_path = pg_catalog, pgmq, pg_temp AS $$
    SELECT count(*) = 1 FROM pgmq.archive(queue_name, ARRAY[msg_id])
  $$;

  CREATE FUNCTION pgmq.purge_queue(queue_name text) RETURNS bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  DECLARE
    purged bigint;
  BEGIN
    EXECUTE format('WITH gone AS (DELETE FROM %s RETURNING 1) SELECT count(*) FROM gone',
      pgmq.queue_table(queue_name, 'q')) INTO purged;
    RETURN purged;
  END $$;

  CREATE FUNCTION pgmq.metrics(queue_name text) RETURNS pgmq.metrics_result
  LANGUAGE plpgsql SET search_path = pg_catalog, pgmq, pg_temp AS $$
  DECLARE
    answer pgmq.metrics_result;
  BEGIN
    EXECUTE format('SELECT $1, count(*), extract(epoch FROM now() - max(enqueued_at))::integer,
        extract(epoch FROM now() - min(enqueued_at))::integer,
        (SELECT count(*) FROM %2$s) + count(*), now(), count(*) FILTER (WHERE vt <= clock_timestamp())
      FROM %1$s', pgmq.queue_table(queue_name, 'q'), pgmq.queue_table(queue_name, 'a'))
    INTO answer USING queue_name;
    RETURN answer;
  END $$;
`;

/** What the application calls; the same whichever way serves the queues. */
const COMMON = `
  CREATE FUNCTION create_message_queue(queue text) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    part text;
    owned text;
  BEGIN
    PERFORM pgmq.create(queue);
    FOREACH part IN ARRAY ARRAY['q_' || queue, 'a_' || queue] LOOP
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pgmq.%I TO mes_worker', part);
      owned := pg_get_serial_sequence(format('pgmq.%I', part), 'msg_id');
      IF owned IS NOT NULL THEN
        EXECUTE format('GRANT USAGE ON SEQUENCE %s TO mes_worker', owned);
      END IF;
    END LOOP;
  END $$;
  REVOKE EXECUTE ON FUNCTION create_message_queue(text) FROM PUBLIC;
  COMMENT ON FUNCTION create_message_queue(text) IS 'Creates a queue with pgmq.create and lets the worker role serve it';

  CREATE FUNCTION enqueue_message(queue text, kind text, payload jsonb, delay_seconds integer DEFAULT 0) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  -- SECURITY DEFINER: a queue holds messages of all organisations, so the application may add to it but not look into it
  DECLARE
    organization integer := require_organization();
  BEGIN
    IF NOT EXISTS (SELECT FROM pgmq.list_queues() q WHERE q.queue_name = queue) THEN
      RAISE EXCEPTION 'there is no queue %', queue USING ERRCODE = 'undefined_table';
    END IF;
    IF delay_seconds < 0 THEN
      RAISE EXCEPTION 'a delay is not negative: %', delay_seconds USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN (SELECT s FROM pgmq.send(queue, jsonb_build_object('kind', kind, 'organization_id', organization,
      'user_id', current_user_id(), 'data', payload), delay_seconds) s);
  END $$;
  REVOKE EXECUTE ON FUNCTION enqueue_message(text, text, jsonb, integer) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION enqueue_message(text, text, jsonb, integer) TO mes_app, mes_worker;
  COMMENT ON FUNCTION enqueue_message(text, text, jsonb, integer) IS
    'Puts a message of the session''s organisation into a queue; the worker takes it with pgmq.read';

  GRANT USAGE ON SCHEMA pgmq TO mes_worker;
  GRANT SELECT ON pgmq.meta TO mes_worker;
  SELECT create_message_queue('notifications');
`;

export default defineMigration({
  description:
    'Phase 1.2: message queues, by pgmq where the server has it, else by tables with SKIP LOCKED and a visibility time-out',
  async run({ sql, log }) {
    const [choice] = await sql`SELECT * FROM choose_extension('pgmq', ${TRIAL})`;
    log.info(`pgmq: ${String(choice?.['way'])} (${String(choice?.['reason'])})`);
    if (choice?.['way'] === 'native') await sql.script(NATIVE);
    await sql.script(COMMON);
  },
});
