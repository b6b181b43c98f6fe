import { defineMigration } from 'surefoot';

const TRIAL = `
  CREATE TABLE public.mes_trial (id integer PRIMARY KEY, title text, body text);
  INSERT INTO public.mes_trial VALUES (1, 'steel bracket', 'zinc plated');
  CREATE INDEX mes_trial_search ON public.mes_trial USING bm25 (id, title, body) WITH (key_field = 'id');
  SELECT id, paradedb.score(id) FROM public.mes_trial
  WHERE id @@@ paradedb.boolean(should => ARRAY[paradedb.match('title', 'bracket'), paradedb.match('body', 'bracket')]);
  DROP TABLE public.mes_trial;
`;

const REGISTRY = `
  CREATE TABLE search_indexes (
    entity_type text PRIMARY KEY,
    table_name name NOT NULL,
    title_column name NOT NULL,
    body_columns name[] NOT NULL,
    has_plant boolean NOT NULL,
    index_name name NOT NULL
  );
  COMMENT ON TABLE search_indexes IS 'What search_records looks into, one row per kind of record';
  GRANT SELECT ON search_indexes TO mes_app, mes_worker;

  CREATE FUNCTION search_vector(title text, body text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
  RETURN setweight(to_tsvector('simple'::regconfig, coalesce(title, '')), 'A')
    || setweight(to_tsvector('simple'::regconfig, coalesce(body, '')), 'B');
  COMMENT ON FUNCTION search_vector(text, text) IS 'Words of a title (weight A) and of a body (weight B), unstemmed: part numbers and several languages';

  CREATE FUNCTION search_expression(source search_indexes) RETURNS text
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT format('search_vector(%I::text, %s)', source.title_column,
      (SELECT string_agg(format('coalesce(%I::text, '''')', c), ' || '' '' || ' ORDER BY n)
       FROM unnest(source.body_columns) WITH ORDINALITY u (c, n)))
  $$;
`;

const NATIVE_INDEX = `EXECUTE format('CREATE INDEX %I ON %s USING gin ((%s))', source.index_name, target, search_expression(source));`;

const EXTENSION_INDEX = `EXECUTE format('CREATE INDEX %I ON %s USING bm25 (id, %I, %s) WITH (key_field = ''id'')', source.index_name, target,
      source.title_column, (SELECT string_agg(format('%I', c), ', ') FROM unnest(source.body_columns) c));`;

const NATIVE_QUERY = `format('SELECT %1$L::text, t.id::bigint, t.%2$I::text,
          ts_rank(%3$s, websearch_to_tsquery(''simple'', $1))::real
        FROM %4$I t
        WHERE t.organization_id = $2 AND %3$s @@ websearch_to_tsquery(''simple'', $1)%5$s
        ORDER BY 4 DESC, 2 LIMIT $3',
        source.entity_type, source.title_column, search_expression(source), source.table_name, plant_filter)`;

const EXTENSION_QUERY = `format('SELECT %1$L::text, t.id::bigint, t.%2$I::text, paradedb.score(t.id)::real
        FROM %4$I t
        WHERE t.organization_id = $2 AND t.id @@@ paradedb.boolean(should => ARRAY[%3$s])%5$s
        ORDER BY 4 DESC, 2 LIMIT $3',
        source.entity_type, source.title_column,
        (SELECT string_agg(format('paradedb.match(%L, $1)', c), ', ') FROM unnest(source.title_column || source.body_columns) c),
        source.table_name, plant_filter)`;

const functions = (indexStatement: string, query: string): string => `
  CREATE FUNCTION add_search_index(entity text, target regclass, title name, body name[]) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    source search_indexes;
  BEGIN
    INSERT INTO search_indexes (entity_type, table_name, title_column, body_columns, has_plant, index_name)
    SELECT entity, c.relname, title, body,
      EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'plant_id' AND NOT attisdropped),
      'idx_' || c.relname || '_search'
    FROM pg_class c WHERE c.oid = target
    RETURNING * INTO source;
    ${indexStatement}
  END $$;
  REVOKE EXECUTE ON FUNCTION add_search_index(text, regclass, name, name[]) FROM PUBLIC;
  COMMENT ON FUNCTION add_search_index(text, regclass, name, name[]) IS
    'Indexes a table for search_records: BM25 with pg_search, else GIN over its words';

  CREATE FUNCTION drop_search_index(entity text) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    unwanted name;
  BEGIN
    DELETE FROM search_indexes WHERE entity_type = entity RETURNING index_name INTO unwanted;
    IF unwanted IS NULL THEN
      RAISE EXCEPTION 'there is no search index for %', entity USING ERRCODE = 'no_data_found';
    END IF;
    EXECUTE format('DROP INDEX %I', unwanted);
  END $$;
  REVOKE EXECUTE ON FUNCTION drop_search_index(text) FROM PUBLIC;

  CREATE FUNCTION search_records(wanted text, entity_types text[] DEFAULT NULL, max_rows integer DEFAULT 20)
  RETURNS TABLE (entity_type text, entity_id bigint, title text, rank real)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  -- SECURITY DEFINER: the match operators are not leakproof, so under a policy no index could serve them;
  -- the organisation, and the plants of a user who is restricted, are conditions of every query below instead
  DECLARE
    organization integer := require_organization();
    plants integer[] := CASE WHEN plants_are_restricted() THEN accessible_plant_ids() END;
    unknown text;
    source search_indexes;
    plant_filter text;
    queries text[] := '{}';
  BEGIN
    IF max_rows IS NULL OR max_rows NOT BETWEEN 1 AND 1000 THEN
      RAISE EXCEPTION 'max_rows is between 1 and 1000: %', max_rows USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT e INTO unknown FROM unnest(entity_types) e
    WHERE NOT EXISTS (SELECT FROM search_indexes i WHERE i.entity_type = e) LIMIT 1;
    IF unknown IS NOT NULL THEN
      RAISE EXCEPTION 'there is no search index for %', unknown USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR source IN SELECT * FROM search_indexes i WHERE entity_types IS NULL OR i.entity_type = ANY (entity_types) LOOP
      plant_filter := CASE WHEN source.has_plant AND plants IS NOT NULL
        THEN ' AND (t.plant_id IS NULL OR t.plant_id = ANY ($4))' ELSE '' END;
      queries := queries || ('(' || ${query} || ')');
    END LOOP;
    IF queries = '{}' THEN
      RETURN;
    END IF;
    RETURN QUERY EXECUTE format('SELECT * FROM (%s) AS found ORDER BY 4 DESC, 1, 2 LIMIT $3', array_to_string(queries, ' UNION ALL '))
      USING wanted, organization, max_rows, plants;
  END $$;
  REVOKE EXECUTE ON FUNCTION search_records(text, text[], integer) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION search_records(text, text[], integer) TO mes_app, mes_worker;
  COMMENT ON FUNCTION search_records(text, text[], integer) IS
    'Records of the session''s organisation that hold the words, best first; wanted as typed into a search box';

  SELECT add_search_index('material', 'materials', 'material_name', ARRAY['material_number', 'description']::name[]);
  SELECT add_search_index('work_order', 'work_orders', 'work_order_number', ARRAY['description']::name[]);
  SELECT add_search_index('project', 'projects', 'project_name', ARRAY['project_code', 'description']::name[]);
  SELECT add_search_index('ncr', 'ncrs', 'title', ARRAY['ncr_number', 'description']::name[]);
`;

export default defineMigration({
  description:
    'Phase 1.2: full-text search, by pg_search (BM25) where the server has it, else by tsvector with GIN and ranking',
  async run({ sql, log }) {
    const [choice] = await sql`SELECT * FROM choose_extension('pg_search', ${TRIAL})`;
    log.info(`pg_search: ${String(choice?.['way'])} (${String(choice?.['reason'])})`);
    await sql.script(REGISTRY);
    await sql.script(
      choice?.['way'] === 'native'
        ? functions(NATIVE_INDEX, NATIVE_QUERY)
        : functions(EXTENSION_INDEX, EXTENSION_QUERY),
    );
  },
});
