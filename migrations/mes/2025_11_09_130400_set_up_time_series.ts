import { defineMigration } from 'surefoot';

const TRIAL = `
  CREATE TABLE public.mes_trial (id integer, at timestamptz NOT NULL);
  SELECT create_hypertable('public.mes_trial', 'at', chunk_time_interval => interval '1 month', migrate_data => true);
  INSERT INTO public.mes_trial VALUES (1, now());
  SELECT time_bucket(interval '1 hour', at) FROM public.mes_trial;
  DROP TABLE public.mes_trial;
`;

/**
 * Rebuilds a table with everything on it, as a plain one or partitioned; PostgreSQL can't change that in place.
 * It serves both ways: a hypertable can't be turned back in place either.
 */
const REBUILD = `
  CREATE FUNCTION rebuild_table(target regclass, partition_by name) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
  DECLARE
    bare name := (SELECT relname FROM pg_class WHERE oid = target);
    old name := left(bare, 50) || '_before';
    source pg_class := (SELECT c FROM pg_class c WHERE oid = target);
    statements text[];
    columns text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                     WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attgenerated = '');
    statement text;
    earliest timestamptz;
    latest timestamptz;
  BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE confrelid = target AND contype = 'f' AND conrelid <> target) THEN
      RAISE EXCEPTION 'another table refers to %', bare USING ERRCODE = 'feature_not_supported';
    END IF;
    -- everything that LIKE leaves behind, read before the old table gives up the names
    statements := ARRAY(
        SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', bare, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE conrelid = target AND contype IN ('p', 'u', 'f') AND conparentid = 0
        ORDER BY contype DESC, conname)
      || ARRAY(
        SELECT regexp_replace(pg_get_indexdef(i.indexrelid), ' ON (ONLY )?', ' ON ')
        FROM pg_index i WHERE i.indrelid = target
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
        ORDER BY i.indexrelid)
      || ARRAY(
        SELECT pg_get_triggerdef(oid) FROM pg_trigger
        WHERE tgrelid = target AND NOT tgisinternal AND tgname <> 'ts_insert_blocker' ORDER BY tgname)
      || ARRAY(
        SELECT format('CREATE POLICY %I ON %I AS %s FOR %s%s%s', p.polname, bare,
          CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
          CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
          ' TO ' || (SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ')
                     FROM unnest(p.polroles) r)
            || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''),
          coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''))
        FROM pg_policy p WHERE p.polrelid = target ORDER BY p.polname)
      || ARRAY(
        SELECT format('GRANT %s ON %I TO %s', g.privilege_type, bare,
          CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END)
        FROM aclexplode(source.relacl) g WHERE g.grantee <> source.relowner)
      || ARRAY(
        SELECT format('COMMENT ON TABLE %I IS %L', bare, d.description) FROM pg_description d
        WHERE d.classoid = 'pg_class'::regclass AND d.objoid = target AND d.objsubid = 0);
    IF source.relrowsecurity THEN
      statements := statements || format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', bare);
    END IF;
    IF source.relforcerowsecurity THEN
      statements := statements || format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', bare);
    END IF;

    EXECUTE format('ALTER TABLE %s RENAME TO %I', target, old);
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED
      INCLUDING STORAGE INCLUDING COMMENTS) %s', bare, old,
      CASE WHEN partition_by IS NULL THEN '' ELSE format('PARTITION BY RANGE (%I)', partition_by) END);
    FOR statement IN
      SELECT format('ALTER SEQUENCE %s OWNED BY %I.%I', d.objid::regclass, bare, a.attname)
      FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.refobjid = target AND d.deptype = 'a'
    LOOP
      EXECUTE statement;
    END LOOP;
    IF partition_by IS NOT NULL THEN
      EXECUTE format('SELECT min(%1$I), max(%1$I) FROM %2$I', partition_by, old) INTO earliest, latest;
      PERFORM ensure_chunk(bare::text::regclass, m AT TIME ZONE 'UTC')
      FROM generate_series(date_trunc('month', least(earliest, now() - interval '1 month') AT TIME ZONE 'UTC'),
                           greatest(latest, now() + interval '3 months') AT TIME ZONE 'UTC', '1 month') m;
    END IF;
    EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM %I', bare, columns, columns, old);
    EXECUTE format('DROP TABLE %I', old);
    FOREACH statement IN ARRAY statements LOOP
      EXECUTE statement;
    END LOOP;
    EXECUTE format('ANALYZE %I', bare);
  END $$;
  REVOKE EXECUTE ON FUNCTION rebuild_table(regclass, name) FROM PUBLIC;
`;

/** The functions of timescaledb that callers use, over monthly partitions. */
const NATIVE = `
  CREATE FUNCTION ensure_chunk(relation regclass, at timestamptz) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  -- SECURITY DEFINER: the application writes into a time series, but only its owner makes a table
  DECLARE
    month timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
    bare name := (SELECT relname FROM pg_class
                  WHERE oid = relation AND relkind = 'p' AND relnamespace = 'public'::regnamespace);
    chunk name;
  BEGIN
    IF bare IS NULL THEN
      RAISE EXCEPTION '% is not a time series', relation USING ERRCODE = 'wrong_object_type';
    END IF;
    chunk := format('%s_y%sm%s', bare, to_char(month, 'YYYY'), to_char(month, 'MM'));
    IF to_regclass(format('public.%I', chunk)) IS NOT NULL THEN
      RETURN;
    END IF;
    IF at NOT BETWEEN now() - interval '30 years' AND now() + interval '2 years' THEN
      RAISE EXCEPTION 'no month is made for %', at USING ERRCODE = 'datetime_field_overflow';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('mes.ensure_chunk'), hashtext(bare));
    -- asked anew, and not of the cache that to_regclass looks into: another session may have made it meanwhile
    IF EXISTS (SELECT FROM pg_class WHERE relname = chunk AND relnamespace = 'public'::regnamespace) THEN
      RETURN;
    END IF;
    -- attaching leaves readers and writers of the parent alone; CREATE TABLE .. PARTITION OF would not
    EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE)',
      chunk, relation);
    EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', relation, chunk,
      month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', chunk);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', chunk);
  END $$;

  CREATE FUNCTION create_hypertable(relation regclass, time_column_name name, chunk_time_interval interval DEFAULT '1 month',
    if_not_exists boolean DEFAULT false, migrate_data boolean DEFAULT false)
  RETURNS TABLE (hypertable_id integer, schema_name name, table_name name, created boolean)
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    filled boolean;
  BEGIN
    SELECT n.nspname, c.relname, c.relkind <> 'p' INTO schema_name, table_name, created
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation;
    IF NOT created THEN
      IF NOT if_not_exists THEN
        RAISE EXCEPTION '% is a time series already', relation USING ERRCODE = 'object_not_in_prerequisite_state';
      END IF;
      RETURN NEXT;
      RETURN;
    END IF;
    IF chunk_time_interval <> interval '1 month' THEN
      RAISE EXCEPTION 'without timescaledb a chunk is a month, not %', chunk_time_interval
        USING ERRCODE = 'feature_not_supported';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', relation) INTO filled;
    IF filled AND NOT migrate_data THEN
      RAISE EXCEPTION 'the table % is not empty', relation
        USING ERRCODE = 'feature_not_supported', HINT = 'Say migrate_data => true to move its rows.';
    END IF;
    PERFORM rebuild_table(relation, time_column_name);
    RETURN NEXT;
  END $$;
  REVOKE EXECUTE ON FUNCTION create_hypertable(regclass, name, interval, boolean, boolean) FROM PUBLIC;

  CREATE FUNCTION chunk_bound(chunk regclass, lower_bound boolean) RETURNS timestamptz
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (regexp_match(pg_get_expr(relpartbound, oid),
      CASE WHEN lower_bound THEN 'FROM \\(''([^'']+)''' ELSE 'TO \\(''([^'']+)''' END))[1]::timestamptz
    FROM pg_class WHERE oid = chunk
  $$;
  CREATE FUNCTION show_chunks(relation regclass, older_than timestamptz DEFAULT NULL, newer_than timestamptz DEFAULT NULL)
  RETURNS SETOF regclass
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT inhrelid::regclass FROM pg_inherits
    WHERE inhparent = relation
      AND (older_than IS NULL OR chunk_bound(inhrelid, false) <= older_than)
      AND (newer_than IS NULL OR chunk_bound(inhrelid, true) >= newer_than)
    ORDER BY chunk_bound(inhrelid, true)
  $$;
  CREATE FUNCTION drop_chunks(relation regclass, older_than timestamptz DEFAULT NULL, newer_than timestamptz DEFAULT NULL)
  RETURNS SETOF text
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    chunk regclass;
  BEGIN
    IF older_than IS NULL AND newer_than IS NULL THEN
      RAISE EXCEPTION 'say older_than or newer_than' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR chunk IN SELECT * FROM show_chunks(relation, older_than, newer_than) LOOP
      RETURN NEXT 'public.' || chunk::text;
      EXECUTE format('DROP TABLE %s', chunk);
    END LOOP;
  END $$;
  REVOKE EXECUTE ON FUNCTION drop_chunks(regclass, timestamptz, timestamptz) FROM PUBLIC;

  CREATE FUNCTION time_bucket(bucket_width interval, ts timestamptz) RETURNS timestamptz
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE
    width integer := extract(year FROM bucket_width) * 12 + extract(month FROM bucket_width);
    months integer := extract(year FROM ts AT TIME ZONE 'UTC') * 12 + extract(month FROM ts AT TIME ZONE 'UTC') - 24001;
  BEGIN
    IF width > 0 THEN
      RETURN (timestamp '2000-01-01' + make_interval(months => (floor(months::numeric / width) * width)::integer)) AT TIME ZONE 'UTC';
    END IF;
    -- the origin is a Monday, so that buckets of a week start on Mondays
    RETURN date_bin(bucket_width, ts, timestamptz '2000-01-03 00:00:00+00');
  END $$;

  CREATE FUNCTION ensure_time_partitions(months_ahead integer DEFAULT 3) RETURNS integer
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    before bigint := (SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r');
  BEGIN
    IF months_ahead NOT BETWEEN 0 AND 23 THEN
      RAISE EXCEPTION 'months_ahead is between 0 and 23: %', months_ahead USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM ensure_chunk(p.partrelid, now() + make_interval(months => m))
    FROM pg_partitioned_table p
    JOIN pg_class c ON c.oid = p.partrelid AND c.relnamespace = 'public'::regnamespace
    CROSS JOIN generate_series(0, months_ahead) m
    WHERE p.partstrat = 'r';
    RETURN (SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r') - before;
  END $$;
`;

const EXTENSION = `
  CREATE FUNCTION ensure_chunk(relation regclass, at timestamptz) RETURNS void
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT $$;
  CREATE FUNCTION ensure_time_partitions(months_ahead integer DEFAULT 3) RETURNS integer
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF months_ahead NOT BETWEEN 0 AND 23 THEN
      RAISE EXCEPTION 'months_ahead is between 0 and 23: %', months_ahead USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN 0;
  END $$;
`;

const COMMON = `
  REVOKE EXECUTE ON FUNCTION ensure_time_partitions(integer) FROM PUBLIC;
  COMMENT ON FUNCTION ensure_time_partitions(integer) IS
    'Makes the months ahead of every time series and tells how many were missing; timescaledb makes its chunks by itself';
  REVOKE EXECUTE ON FUNCTION ensure_chunk(regclass, timestamptz) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION ensure_chunk(regclass, timestamptz) TO mes_app, mes_worker;
  COMMENT ON FUNCTION ensure_chunk(regclass, timestamptz) IS 'Makes the month of a time series that a row of that time goes into';

  ALTER TABLE production_logs DROP CONSTRAINT production_logs_pkey,
    ADD CONSTRAINT production_logs_pkey PRIMARY KEY (id, recorded_at);
  ALTER TABLE machine_status_logs DROP CONSTRAINT machine_status_logs_pkey,
    ADD CONSTRAINT machine_status_logs_pkey PRIMARY KEY (id, recorded_at);
`;

const toTimeSeries = (table: string): string => `
  SELECT create_hypertable('${table}', 'recorded_at', chunk_time_interval => interval '1 month', migrate_data => true);
`;

const SCHEDULE = `
  SELECT cron.schedule('mes-make-partitions', '15 0 * * *', 'SELECT public.ensure_time_partitions(3)');
`;

export default defineMigration({
  description:
    'Phase 1.2: the two existing logs become time series, by timescaledb where the server has it, else by monthly partitions',
  async run({ sql, log, progress }) {
    const [choice] = await sql`SELECT * FROM choose_extension('timescaledb', ${TRIAL})`;
    log.info(`timescaledb: ${String(choice?.['way'])} (${String(choice?.['reason'])})`);
    await sql.script(REBUILD + (choice?.['way'] === 'native' ? NATIVE : EXTENSION) + COMMON);
    const tables = ['production_logs', 'machine_status_logs'];
    for (const [done, table] of tables.entries()) {
      progress({ done, total: tables.length, unit: 'tables' });
      await sql.script(toTimeSeries(table));
    }
    await sql.script(SCHEDULE);
  },
});
