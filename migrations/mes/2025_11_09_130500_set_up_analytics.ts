import { defineMigration } from 'surefoot';

const TRIAL = `
  CREATE TABLE public.mes_trial (id integer);
  SELECT set_config('duckdb.force_execution', 'true', true);
  SELECT count(*) FROM public.mes_trial;
  SELECT set_config('duckdb.force_execution', 'false', true);
  DROP TABLE public.mes_trial;
`;

const NATIVE = `
  CREATE FUNCTION analytics_begin() RETURNS text
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT 'postgres' $$;
`;

const EXTENSION = `
  CREATE FUNCTION analytics_begin() RETURNS text
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  BEGIN
    -- DuckDB knows no policies: a role that they bind stays with PostgreSQL
    IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
      RETURN 'postgres';
    END IF;
    PERFORM set_config('duckdb.force_execution', 'true', true);
    RETURN 'duckdb';
  END $$;
`;

const COMMON = `
  COMMENT ON FUNCTION analytics_begin() IS
    'Call first in a transaction of analytical queries: lets pg_duckdb run them where it is there and no policy binds the role; tells the engine';

  CREATE VIEW analytics_production_daily WITH (security_invoker = true) AS
  SELECT organization_id, plant_id, machine_id, (recorded_at AT TIME ZONE 'UTC')::date AS production_day,
         sum(quantity_produced)::bigint AS quantity_produced,
         sum(quantity_scrapped)::bigint AS quantity_scrapped,
         sum(quantity_reworked)::bigint AS quantity_reworked,
         count(*) AS batches
  FROM production_logs
  GROUP BY 1, 2, 3, 4;
  COMMENT ON VIEW analytics_production_daily IS 'Pieces per machine and UTC day';
  GRANT SELECT ON analytics_production_daily TO mes_app, mes_worker;
`;

export default defineMigration({
  description: 'Phase 1.2: analytics, by pg_duckdb where the server has it, else by plain SQL views',
  async run({ sql, log }) {
    const [choice] = await sql`SELECT * FROM choose_extension('pg_duckdb', ${TRIAL})`;
    log.info(`pg_duckdb: ${String(choice?.['way'])} (${String(choice?.['reason'])})`);
    await sql.script(choice?.['way'] === 'native' ? NATIVE : EXTENSION);
    await sql.script(COMMON);
  },
});
