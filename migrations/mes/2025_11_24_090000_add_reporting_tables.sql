-- @description Phase 5: reports run through a queue, dashboards, and the KPIs OEE, OTD and FPY by their standard definitions

INSERT INTO feature_flags (flag_key, description)
VALUES ('reporting', 'Phase 5: reports, dashboards and KPIs');
SELECT create_message_queue('report_execution'), create_message_queue('report_export');

-- An order is due on a day of its plant.
ALTER TABLE plants
  ADD CONSTRAINT plants_timezone_is_known CHECK ((timestamp '2000-01-01' AT TIME ZONE timezone) IS NOT NULL);

-- A state may have begun long before the day that is asked for: how long ago at most, the index tells at once.
CREATE INDEX idx_machine_status_logs_duration ON machine_status_logs (duration_minutes);
CREATE FUNCTION kpi_since() RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN coalesce(nullif(current_setting('mes.kpi_since', true), '')::timestamptz, '-infinity');
COMMENT ON FUNCTION kpi_since() IS
  'From when on the KPI views read the logs, from the setting mes.kpi_since; all without it. Whole partitions before it are left out';

CREATE VIEW kpi_oee WITH (security_invoker = true) AS
WITH states AS (
  SELECT organization_id, plant_id, machine_id, status, duration_minutes, recorded_at AT TIME ZONE 'UTC' AS began,
         recorded_at AT TIME ZONE 'UTC' + duration_minutes * interval '1 minute' AS ended
  FROM machine_status_logs
  WHERE recorded_at >= (SELECT kpi_since() - max(duration_minutes) * interval '1 minute' FROM machine_status_logs)
), spent AS (
  -- a state that goes on past midnight belongs to each day with its share
  SELECT organization_id, plant_id, machine_id, status, began::date + n AS kpi_day,
         CASE WHEN ended <= began::date + 1 THEN duration_minutes
              -- rounded from the beginning on, so that the shares add up to the whole
              ELSE round(extract(epoch FROM least(ended, began::date + n + 1) - began) / 60, 2)
                - round(extract(epoch FROM greatest(began, began::date + n) - began) / 60, 2) END AS minutes
  FROM states CROSS JOIN LATERAL generate_series(0, greatest(began, ended - interval '1 microsecond')::date - began::date) n
), times AS (
  SELECT organization_id, plant_id, machine_id, kpi_day,
         sum(minutes) FILTER (WHERE status <> 'maintenance') AS planned_minutes,
         coalesce(sum(minutes) FILTER (WHERE status = 'running'), 0) AS run_minutes
  FROM spent
  GROUP BY 1, 2, 3, 4
), counts AS (
  SELECT organization_id, plant_id, machine_id, (recorded_at AT TIME ZONE 'UTC')::date AS kpi_day,
         sum(quantity_produced) AS total_count,
         sum(quantity_produced - quantity_scrapped - quantity_reworked) AS good_count
  FROM production_logs
  WHERE recorded_at >= (SELECT kpi_since())
  GROUP BY 1, 2, 3, 4
), parts AS (
  SELECT t.organization_id, t.plant_id, t.machine_id, t.kpi_day, t.planned_minutes, t.run_minutes,
         coalesce(c.total_count, 0)::bigint AS total_count, coalesce(c.good_count, 0)::bigint AS good_count,
         t.run_minutes / nullif(t.planned_minutes, 0) AS availability,
         m.ideal_cycle_seconds * coalesce(c.total_count, 0) / nullif(t.run_minutes * 60, 0) AS performance,
         coalesce(c.good_count, 0)::numeric / nullif(c.total_count, 0) AS quality
  FROM times t
  JOIN machines m ON m.id = t.machine_id
  LEFT JOIN counts c ON c.organization_id = t.organization_id AND c.plant_id = t.plant_id AND c.machine_id = t.machine_id
    AND c.kpi_day = t.kpi_day
)
SELECT organization_id, plant_id, machine_id, kpi_day, planned_minutes, run_minutes, total_count, good_count,
       availability, performance, quality,
       CASE WHEN planned_minutes > 0 THEN coalesce(availability * performance * quality, 0) END AS oee
FROM parts;
COMMENT ON VIEW kpi_oee IS 'Overall equipment effectiveness per machine and UTC day: availability x performance x quality';
COMMENT ON COLUMN kpi_oee.planned_minutes IS 'Planned production time in minutes: all states but planned maintenance; null when there was maintenance only';
COMMENT ON COLUMN kpi_oee.run_minutes IS 'Run time in minutes';
COMMENT ON COLUMN kpi_oee.total_count IS 'Pieces produced, good or not';
COMMENT ON COLUMN kpi_oee.good_count IS 'Pieces good at the first attempt (neither scrapped nor reworked)';
COMMENT ON COLUMN kpi_oee.availability IS 'Ratio 0 to 1: run time / planned production time; null without planned time';
COMMENT ON COLUMN kpi_oee.performance IS 'Ratio, 1 at the ideal speed: ideal cycle time x total count / run time; null when the machine did not run';
COMMENT ON COLUMN kpi_oee.quality IS 'Ratio 0 to 1: good count / total count; null without production';
COMMENT ON COLUMN kpi_oee.oee IS 'Ratio: availability x performance x quality; 0 when the machine did not run or made nothing, null without planned time';

CREATE VIEW kpi_otd WITH (security_invoker = true) AS
WITH completed AS (
  SELECT w.organization_id, w.plant_id, w.due_date, (w.actual_end AT TIME ZONE p.timezone)::date AS completed_on
  FROM work_orders w
  JOIN plants p ON p.id = w.plant_id
  WHERE w.actual_end IS NOT NULL AND w.due_date IS NOT NULL AND w.status IN ('completed', 'closed')
)
SELECT organization_id, plant_id, date_trunc('month', completed_on::timestamp)::date AS kpi_month,
       count(*) AS completed_orders,
       count(*) FILTER (WHERE completed_on <= due_date) AS on_time_orders,
       count(*) FILTER (WHERE completed_on <= due_date)::numeric / count(*) AS otd
FROM completed
GROUP BY 1, 2, 3;
COMMENT ON VIEW kpi_otd IS 'On-time delivery per plant and month of completion; days and months are those of the plant';
COMMENT ON COLUMN kpi_otd.completed_orders IS
  'Work orders with a due date that were completed in the month; what is delivered in part only is not completed, whatever its quantity';
COMMENT ON COLUMN kpi_otd.on_time_orders IS
  'Of these orders, those completed on or before the due date; an order closed short counts by its date, for OTD measures time, not quantity';
COMMENT ON COLUMN kpi_otd.otd IS 'Ratio 0 to 1: orders on time / orders completed';

CREATE VIEW kpi_fpy WITH (security_invoker = true) AS
SELECT p.organization_id, p.plant_id, w.material_id, (p.recorded_at AT TIME ZONE 'UTC')::date AS kpi_day,
       sum(p.quantity_produced)::bigint AS units_started,
       sum(p.quantity_produced - p.quantity_scrapped - p.quantity_reworked)::bigint AS units_first_pass,
       sum(p.quantity_produced - p.quantity_scrapped - p.quantity_reworked)::numeric / nullif(sum(p.quantity_produced), 0) AS fpy
FROM production_logs p
JOIN work_orders w ON w.id = p.work_order_id
WHERE p.recorded_at >= (SELECT kpi_since())
GROUP BY 1, 2, 3, 4;
COMMENT ON VIEW kpi_fpy IS 'First pass yield per material and UTC day';
COMMENT ON COLUMN kpi_fpy.units_started IS 'Pieces that entered the process';
COMMENT ON COLUMN kpi_fpy.units_first_pass IS 'Pieces right at the first attempt: neither scrapped nor reworked';
COMMENT ON COLUMN kpi_fpy.fpy IS 'Ratio 0 to 1: pieces right at the first attempt / pieces that entered; null when none did';
GRANT SELECT ON kpi_oee, kpi_otd, kpi_fpy TO mes_app, mes_worker;

CREATE TABLE kpi_snapshots (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  plant_id integer NOT NULL,
  kpi_code varchar(10) NOT NULL CHECK (kpi_code IN ('OEE', 'OTD', 'FPY')),
  period_start date NOT NULL,
  value numeric(9, 6) NOT NULL,
  weight bigint NOT NULL,
  calculated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_kpi_snapshot UNIQUE (organization_id, plant_id, kpi_code, period_start),
  FOREIGN KEY (organization_id, plant_id) REFERENCES plants (organization_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE kpi_snapshots IS 'KPIs per plant as last calculated: OEE and FPY per UTC day, OTD per month of the plant';
COMMENT ON COLUMN kpi_snapshots.value IS 'Ratio; 1 is 100 %';
COMMENT ON COLUMN kpi_snapshots.weight IS 'What the value is an average of: planned minutes (OEE), orders (OTD), pieces (FPY)';

CREATE FUNCTION refresh_kpi_snapshots(since date DEFAULT (now() AT TIME ZONE 'UTC')::date - 2) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  written bigint;
BEGIN
  PERFORM analytics_begin();
  PERFORM set_config('mes.kpi_since', (since::timestamp AT TIME ZONE 'UTC')::text, true);
  INSERT INTO kpi_snapshots AS k (organization_id, plant_id, kpi_code, period_start, value, weight)
  SELECT f.organization_id, f.plant_id, f.code, f.start, f.ratio, f.weight FROM (
    -- weighted by planned time: a machine that was planned for an hour does not count like one planned for a day
    SELECT organization_id, plant_id, 'OEE', kpi_day, least(sum(oee * planned_minutes) / sum(planned_minutes), 999), round(sum(planned_minutes))
    FROM kpi_oee WHERE kpi_day >= since AND planned_minutes > 0 GROUP BY 1, 2, 4
    UNION ALL
    SELECT organization_id, plant_id, 'OTD', kpi_month, otd, completed_orders
    FROM kpi_otd WHERE kpi_month >= date_trunc('month', since)
    UNION ALL
    SELECT organization_id, plant_id, 'FPY', kpi_day, sum(units_first_pass)::numeric / sum(units_started), sum(units_started)
    FROM kpi_fpy WHERE kpi_day >= since AND units_started > 0 GROUP BY 1, 2, 4
  ) AS f (organization_id, plant_id, code, start, ratio, weight)
  -- old rows may name a plant of another organisation: they are left out, and stop nobody's figures
  JOIN plants p ON p.organization_id = f.organization_id AND p.id = f.plant_id
  ON CONFLICT ON CONSTRAINT uq_kpi_snapshot
  DO UPDATE SET value = excluded.value, weight = excluded.weight, calculated_at = now();
  GET DIAGNOSTICS written = ROW_COUNT;
  PERFORM set_config('mes.kpi_since', '', true);
  RETURN written;
END
$$;
COMMENT ON FUNCTION refresh_kpi_snapshots(date) IS 'Calculates the KPIs of all plants from the day on; run by the scheduled job mes-refresh-kpis';
REVOKE EXECUTE ON FUNCTION refresh_kpi_snapshots(date) FROM PUBLIC;
SELECT cron.schedule('mes-refresh-kpis', '*/15 * * * *', 'SELECT public.refresh_kpi_snapshots()');

CREATE TABLE reports (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  report_code varchar(50) NOT NULL,
  report_name varchar(200) NOT NULL,
  source_view varchar(63) NOT NULL CHECK (source_view IN ('kpi_oee', 'kpi_otd', 'kpi_fpy', 'kpi_snapshots',
    'analytics_production_daily', 'open_work_orders', 'shipment_tracking')),
  columns text[] NOT NULL DEFAULT '{}',
  filters jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(filters) = 'object'),
  is_active boolean NOT NULL DEFAULT true,
  created_by integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_report_code_per_org UNIQUE (organization_id, report_code),
  CONSTRAINT uq_reports_org_id UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (created_by)
);
COMMENT ON COLUMN reports.filters IS 'Column -> value that rows must have; a request may add further ones';

CREATE TABLE report_executions (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  report_id integer NOT NULL,
  status varchar(20) NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'succeeded', 'failed')),
  output_format varchar(10) NOT NULL DEFAULT 'json' CHECK (output_format IN ('json', 'csv', 'pdf')),
  parameters jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(parameters) = 'object'),
  requested_by integer,
  requested_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  engine text,
  row_count integer,
  result jsonb,
  csv text,
  error text,
  CONSTRAINT end_is_whole CHECK ((status IN ('succeeded', 'failed')) = (finished_at IS NOT NULL)),
  CONSTRAINT failure_has_reason CHECK ((status = 'failed') = (error IS NOT NULL)),
  FOREIGN KEY (organization_id, report_id) REFERENCES reports (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, requested_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (requested_by)
);
CREATE INDEX idx_report_executions_report ON report_executions (organization_id, report_id, requested_at DESC);

CREATE TABLE dashboards (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  dashboard_code varchar(50) NOT NULL,
  dashboard_name varchar(200) NOT NULL,
  widgets jsonb NOT NULL DEFAULT '[]' CONSTRAINT dashboard_widgets_are_valid CHECK (
    jsonb_typeof(widgets) = 'array' AND NOT jsonb_path_exists(widgets,
      '$[*] ? (!(@.kpi == "OEE" || @.kpi == "OTD" || @.kpi == "FPY") || !exists (@.title)
        || exists (@.target ? (@.type() != "number"))
        || exists (@.days ? (!(@.type() == "number" && @ >= 1 && @ == @.floor()))))')),
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_dashboard_code_per_org UNIQUE (organization_id, dashboard_code)
);
CREATE UNIQUE INDEX uq_dashboard_default_per_org ON dashboards (organization_id) WHERE is_default;
COMMENT ON COLUMN dashboards.widgets IS '[{"kpi": "OEE", "title": "OEE this week", "days": 7, "target": 0.85}]';

SELECT secure_tenant_table(t::regclass) FROM unnest(ARRAY['kpi_snapshots', 'reports', 'report_executions', 'dashboards']) t;

CREATE FUNCTION request_report(code text, wanted jsonb DEFAULT '{}', format text DEFAULT 'json') RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  report integer;
  execution integer;
BEGIN
  PERFORM require_feature('reporting');
  PERFORM require_permission('reports', 'execute');
  SELECT id INTO report FROM reports WHERE organization_id = organization AND report_code = code AND is_active;
  IF report IS NULL THEN
    RAISE EXCEPTION 'there is no active report %', code USING ERRCODE = 'no_data_found';
  END IF;
  INSERT INTO report_executions (organization_id, report_id, output_format, parameters, requested_by)
  VALUES (organization, report, format, wanted, current_user_id()) RETURNING id INTO execution;
  PERFORM enqueue_message('report_execution', 'run', jsonb_build_object('execution_id', execution));
  RETURN execution;
END
$$;

CREATE FUNCTION csv_field(raw text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN raw ~ '[",\r\n]' OR raw = '' THEN '"' || replace(raw, '"', '""') || '"' ELSE coalesce(raw, '') END;
COMMENT ON FUNCTION csv_field(text) IS 'RFC 4180; an empty text is "", null is nothing';

CREATE FUNCTION run_report(execution_id integer) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  execution report_executions;
  report reports;
  wanted jsonb;
  available text[];
  shown text[];
  unknown text;
  rows jsonb;
BEGIN
  SELECT * INTO execution FROM report_executions e
  WHERE e.organization_id = organization AND e.id = execution_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no report execution %', execution_id USING ERRCODE = 'no_data_found';
  ELSIF execution.status <> 'queued' THEN
    RAISE EXCEPTION 'the report execution % is %', execution_id, execution.status USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  SELECT * INTO report FROM reports r WHERE r.id = execution.report_id;
  UPDATE report_executions e SET status = 'running', started_at = clock_timestamp(), engine = analytics_begin() WHERE e.id = execution_id;
  BEGIN
    wanted := report.filters || execution.parameters;
    available := ARRAY(SELECT attname::text FROM pg_attribute
                       WHERE attrelid = report.source_view::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum);
    shown := CASE report.columns WHEN '{}' THEN array_remove(available, 'organization_id') ELSE report.columns END;
    SELECT n INTO unknown FROM (SELECT jsonb_object_keys(wanted) UNION ALL SELECT unnest(shown)) AS names (n)
    WHERE n <> ALL (available) LIMIT 1;
    IF unknown IS NOT NULL THEN
      RAISE EXCEPTION 'the view % has no column %', report.source_view, unknown USING ERRCODE = 'undefined_column';
    END IF;
    EXECUTE format('SELECT coalesce(jsonb_agg(to_jsonb(t)), ''[]'') FROM (SELECT %s FROM %I WHERE organization_id = $1%s ORDER BY %s LIMIT 100000) t',
      (SELECT string_agg(quote_ident(c), ', ' ORDER BY n) FROM unnest(shown) WITH ORDINALITY u (c, n)), report.source_view,
      (SELECT coalesce(string_agg(format(' AND %I::text = %L', key, value), ''), '') FROM jsonb_each_text(wanted)),
      (SELECT string_agg(n::text, ', ') FROM generate_series(1, cardinality(shown)) n))
      INTO rows USING organization;
    UPDATE report_executions e
    SET status = 'succeeded', finished_at = clock_timestamp(), row_count = jsonb_array_length(rows), result = rows,
        csv = CASE WHEN execution.output_format = 'csv' THEN
          (SELECT string_agg(csv_field(c), ',' ORDER BY n) FROM unnest(shown) WITH ORDINALITY u (c, n)) || E'\r\n'
          || coalesce((SELECT string_agg(line || E'\r\n', '' ORDER BY place) FROM (
              SELECT place, (SELECT string_agg(csv_field(one ->> c), ',' ORDER BY n) FROM unnest(shown) WITH ORDINALITY u (c, n)) AS line
              FROM jsonb_array_elements(rows) WITH ORDINALITY r (one, place)) AS csv_lines), '') END
    WHERE e.id = execution_id;
    IF execution.output_format <> 'json' THEN
      PERFORM enqueue_message('report_export', execution.output_format::text, jsonb_build_object('execution_id', execution_id));
    END IF;
    RETURN 'succeeded';
  EXCEPTION WHEN OTHERS THEN
    UPDATE report_executions e
    SET status = 'failed', started_at = now(), finished_at = clock_timestamp(), error = format('%s (%s)', SQLERRM, SQLSTATE)
    WHERE e.id = execution_id;
    RETURN 'failed';
  END;
END
$$;
COMMENT ON FUNCTION run_report(integer) IS 'The worker runs a queued report; what goes wrong is kept with the execution';

CREATE FUNCTION dashboard_data(code text, as_of date DEFAULT (now() AT TIME ZONE 'UTC')::date) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  board dashboards;
BEGIN
  PERFORM require_feature('reporting');
  SELECT * INTO board FROM dashboards WHERE organization_id = organization AND dashboard_code = code;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no dashboard %', code USING ERRCODE = 'no_data_found';
  END IF;
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object('kpi', w ->> 'kpi', 'title', w ->> 'title', 'value', round(k.value, 4),
             'on_target', k.value >= (w ->> 'target')::numeric) ORDER BY n), '[]')
    FROM jsonb_array_elements(board.widgets) WITH ORDINALITY AS u (w, n)
    LEFT JOIN LATERAL (
      SELECT sum(s.value * s.weight) / nullif(sum(s.weight), 0) AS value FROM kpi_snapshots s
      WHERE s.organization_id = organization AND s.kpi_code = w ->> 'kpi' AND s.period_start <= as_of
        -- a month counts as long as one of its days is among them
        AND (s.period_start + CASE s.kpi_code WHEN 'OTD' THEN interval '1 month -1 day' ELSE interval '0' END)::date
            > as_of - coalesce((w ->> 'days')::integer, 30)) k ON true);
END
$$;
COMMENT ON FUNCTION dashboard_data(text, date) IS 'The widgets of a dashboard with their weighted averages over the last days; of OTD over the months that these are in';
