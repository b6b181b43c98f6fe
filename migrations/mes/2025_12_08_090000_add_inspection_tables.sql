-- @description Phase 7: inspection plans, measurements as a time series, and statistical process control (Cp, Cpk, control charts)

INSERT INTO feature_flags (flag_key, description)
VALUES ('inspection_plans', 'Phase 7: inspection plans and statistical process control');

CREATE TABLE inspection_plans (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  plan_code varchar(50) NOT NULL,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  plan_name varchar(200) NOT NULL,
  material_id integer NOT NULL,
  status varchar(20) NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'released', 'obsolete')),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_inspection_plan_revision UNIQUE (organization_id, plan_code, revision),
  CONSTRAINT uq_inspection_plans_org_id UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, material_id) REFERENCES materials (organization_id, id)
);
CREATE UNIQUE INDEX uq_inspection_plan_released ON inspection_plans (organization_id, plan_code) WHERE status = 'released';
CREATE INDEX idx_inspection_plans_material ON inspection_plans (organization_id, material_id);

CREATE TABLE inspection_points (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  plan_id integer NOT NULL,
  point_no integer NOT NULL CHECK (point_no > 0),
  point_name varchar(200) NOT NULL,
  operation_no integer,
  sample_size integer NOT NULL DEFAULT 1 CHECK (sample_size > 0),
  CONSTRAINT uq_inspection_point UNIQUE (plan_id, point_no),
  CONSTRAINT uq_inspection_points_org_id UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, plan_id) REFERENCES inspection_plans (organization_id, id) ON DELETE CASCADE
);

CREATE TABLE inspection_characteristics (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  point_id integer NOT NULL,
  characteristic_code varchar(50) NOT NULL,
  characteristic_name varchar(200) NOT NULL,
  unit varchar(20),
  nominal double precision,
  lower_limit double precision,
  upper_limit double precision,
  subgroup_size integer NOT NULL DEFAULT 5 CHECK (subgroup_size BETWEEN 1 AND 10),
  CONSTRAINT uq_inspection_characteristic UNIQUE (point_id, characteristic_code),
  CONSTRAINT uq_inspection_characteristics_org_id UNIQUE (organization_id, id),
  CONSTRAINT limits_are_numbers CHECK (lower_limit > '-Infinity' AND lower_limit < 'Infinity'
    AND upper_limit > '-Infinity' AND upper_limit < 'Infinity' AND nominal > '-Infinity' AND nominal < 'Infinity'),
  CONSTRAINT limits_have_an_order CHECK (lower_limit < upper_limit AND nominal BETWEEN lower_limit AND upper_limit),
  FOREIGN KEY (organization_id, point_id) REFERENCES inspection_points (organization_id, id) ON DELETE CASCADE
);
COMMENT ON COLUMN inspection_characteristics.lower_limit IS 'Lower specification limit, in the unit; null when there is none';
COMMENT ON COLUMN inspection_characteristics.upper_limit IS 'Upper specification limit, in the unit; null when there is none';

CREATE TABLE inspection_measurements (
  id bigserial,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  characteristic_id integer NOT NULL,
  inspection_id integer,
  subgroup_no integer NOT NULL CHECK (subgroup_no > 0),
  measured_at timestamptz NOT NULL DEFAULT now(),
  value double precision NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
  in_specification boolean NOT NULL,
  measured_by integer,
  PRIMARY KEY (id, measured_at),
  FOREIGN KEY (organization_id, characteristic_id) REFERENCES inspection_characteristics (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, inspection_id) REFERENCES inspections (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, measured_by) REFERENCES users (organization_id, id)
);
CREATE INDEX idx_inspection_measurements_spc ON inspection_measurements (organization_id, characteristic_id, measured_at, subgroup_no);
CREATE INDEX idx_inspection_measurements_inspection ON inspection_measurements (organization_id, inspection_id);

SELECT secure_tenant_table(t::regclass)
FROM unnest(ARRAY['inspection_plans', 'inspection_points', 'inspection_characteristics', 'inspection_measurements']) t;

CREATE FUNCTION judge_measurement() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT (c.lower_limit IS NULL OR NEW.value >= c.lower_limit) AND (c.upper_limit IS NULL OR NEW.value <= c.upper_limit)
  INTO NEW.in_specification
  FROM inspection_characteristics c WHERE c.organization_id = NEW.organization_id AND c.id = NEW.characteristic_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no characteristic %', NEW.characteristic_id USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER inspection_measurements_judge BEFORE INSERT OR UPDATE ON inspection_measurements
  FOR EACH ROW EXECUTE FUNCTION judge_measurement();
SELECT create_hypertable('inspection_measurements', 'measured_at', chunk_time_interval => interval '1 month');

CREATE FUNCTION guard_inspection_plan() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    -- an organisation that is deleted takes its plans along
    IF OLD.status <> 'draft' AND EXISTS (SELECT FROM organizations WHERE id = OLD.organization_id) THEN
      RAISE EXCEPTION 'the inspection plan % revision % is %, and its measurements would go with it', OLD.plan_code, OLD.revision, OLD.status
        USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.status = 'obsolete' OR (OLD.status = 'released' AND (NEW.status = 'draft'
       OR to_jsonb(NEW) - 'status' <> to_jsonb(OLD) - 'status')) THEN
    RAISE EXCEPTION 'the inspection plan % revision % is %', OLD.plan_code, OLD.revision, OLD.status
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Make a new revision.';
  END IF;
  IF NEW.status = 'released' AND OLD.status = 'draft' AND NOT EXISTS (
    SELECT FROM inspection_points p JOIN inspection_characteristics c ON c.point_id = p.id WHERE p.plan_id = NEW.id) THEN
    RAISE EXCEPTION 'the inspection plan % has nothing to measure', OLD.plan_code
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER inspection_plans_guard BEFORE UPDATE OR DELETE ON inspection_plans
  FOR EACH ROW EXECUTE FUNCTION guard_inspection_plan();

CREATE FUNCTION guard_inspection_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- the plan, or the point of the plan, that the row belonged to and will belong to
  homes integer[] := ARRAY[(to_jsonb(OLD) ->> TG_ARGV[0])::integer, (to_jsonb(NEW) ->> TG_ARGV[0])::integer];
  used inspection_plans;
BEGIN
  IF TG_ARGV[0] = 'point_id' THEN
    homes := ARRAY(SELECT p.plan_id FROM inspection_points p WHERE p.id = ANY (homes));
  END IF;
  -- the lock makes a release wait for what is being added, and the other way round
  PERFORM FROM inspection_plans l WHERE l.id = ANY (homes) ORDER BY l.id FOR SHARE;
  SELECT * INTO used FROM inspection_plans l WHERE l.id = ANY (homes) AND l.status <> 'draft' LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the inspection plan % revision % is %', used.plan_code, used.revision, used.status
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Make a new revision.';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION guard_inspection_content() IS 'Keeps points and characteristics of a plan that is released or obsolete: what was measured was judged by them';
CREATE TRIGGER inspection_points_guard BEFORE INSERT OR UPDATE OR DELETE ON inspection_points
  FOR EACH ROW EXECUTE FUNCTION guard_inspection_content('plan_id');
CREATE TRIGGER inspection_characteristics_guard BEFORE INSERT OR UPDATE OR DELETE ON inspection_characteristics
  FOR EACH ROW EXECUTE FUNCTION guard_inspection_content('point_id');

CREATE FUNCTION release_inspection_plan(plan integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  code text;
BEGIN
  PERFORM require_feature('inspection_plans');
  PERFORM require_permission('inspections', 'release');
  SELECT plan_code INTO code FROM inspection_plans WHERE organization_id = organization AND id = plan FOR UPDATE;
  IF code IS NULL THEN
    RAISE EXCEPTION 'there is no inspection plan %', plan USING ERRCODE = 'no_data_found';
  END IF;
  UPDATE inspection_plans SET status = 'obsolete'
  WHERE organization_id = organization AND plan_code = code AND status = 'released' AND id <> plan;
  UPDATE inspection_plans SET status = 'released' WHERE id = plan;
END
$$;

CREATE FUNCTION record_measurements(characteristic integer, measured double precision[], inspection integer DEFAULT NULL,
  at timestamptz DEFAULT now()) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  wanted integer;
  status text;
  subgroup integer;
BEGIN
  PERFORM require_feature('inspection_plans');
  PERFORM require_permission('inspections', 'measure');
  SELECT c.subgroup_size, l.status INTO wanted, status
  FROM inspection_characteristics c JOIN inspection_points p ON p.id = c.point_id JOIN inspection_plans l ON l.id = p.plan_id
  WHERE c.organization_id = organization AND c.id = characteristic FOR UPDATE OF c; -- numbers subgroups one after the other
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no characteristic %', characteristic USING ERRCODE = 'no_data_found';
  ELSIF status <> 'released' THEN
    RAISE EXCEPTION 'the inspection plan is %', status USING ERRCODE = 'object_not_in_prerequisite_state';
  ELSIF cardinality(measured) IS DISTINCT FROM wanted THEN
    RAISE EXCEPTION 'a subgroup has % values, not %', wanted, coalesce(cardinality(measured), 0) USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM ensure_chunk('inspection_measurements', at);
  SELECT coalesce(max(m.subgroup_no), 0) + 1 INTO subgroup FROM inspection_measurements m
  WHERE m.organization_id = organization AND m.characteristic_id = characteristic;
  INSERT INTO inspection_measurements (organization_id, characteristic_id, inspection_id, subgroup_no, measured_at, value, in_specification, measured_by)
  SELECT organization, characteristic, inspection, subgroup, at, v, false, current_user_id() FROM unnest(measured) v;
  RETURN subgroup;
END
$$;
COMMENT ON FUNCTION record_measurements(integer, double precision[], integer, timestamptz) IS 'Stores one subgroup and gives its number';

CREATE FUNCTION spc_constants(subgroup_size integer, OUT a2 double precision, OUT d2 double precision, OUT d3 double precision, OUT d4 double precision)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT k.a2, k.d2, k.d3, k.d4 INTO a2, d2, d3, d4
  FROM (VALUES
    -- 1: individuals with moving ranges of two; 2.660 is 3 / d2
    (1, 2.660, 1.128, 0, 3.267), (2, 1.880, 1.128, 0, 3.267), (3, 1.023, 1.693, 0, 2.574), (4, 0.729, 2.059, 0, 2.282),
    (5, 0.577, 2.326, 0, 2.114), (6, 0.483, 2.534, 0, 2.004), (7, 0.419, 2.704, 0.076, 1.924), (8, 0.373, 2.847, 0.136, 1.864),
    (9, 0.337, 2.970, 0.184, 1.816), (10, 0.308, 3.078, 0.223, 1.777)) AS k (n, a2, d2, d3, d4)
  WHERE k.n = subgroup_size;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'subgroups have 1 to 10 values, not %', subgroup_size USING ERRCODE = 'invalid_parameter_value';
  END IF;
END
$$;
COMMENT ON FUNCTION spc_constants(integer) IS 'Control chart constants of X-bar and R charts as tabulated (ASTM E2587, ISO 7870-2)';

CREATE VIEW spc_subgroups WITH (security_invoker = true) AS
SELECT organization_id, characteristic_id, subgroup_no, min(measured_at) AS measured_at, count(*) AS sample_count,
       avg(value) AS mean,
       CASE WHEN count(*) > 1 THEN max(value) - min(value)
            ELSE abs(avg(value) - lag(avg(value)) OVER (PARTITION BY organization_id, characteristic_id ORDER BY subgroup_no)) END AS spread
FROM inspection_measurements
GROUP BY organization_id, characteristic_id, subgroup_no;
COMMENT ON COLUMN spc_subgroups.sample_count IS 'Values in the subgroup; fewer than the size of the characteristic when it is not whole';
COMMENT ON COLUMN spc_subgroups.mean IS 'Mean of the subgroup, in the unit of the characteristic';
COMMENT ON COLUMN spc_subgroups.spread IS 'Range of the subgroup, or the moving range against the value before where subgroups have one value';
GRANT SELECT ON spc_subgroups TO mes_app, mes_worker;

CREATE FUNCTION spc_summary(characteristic integer, since timestamptz DEFAULT '-infinity', until timestamptz DEFAULT 'infinity')
RETURNS TABLE (sample_count bigint, mean double precision, sigma_within double precision, sigma_overall double precision,
  cp double precision, cpk double precision, pp double precision, ppk double precision, out_of_specification bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  c inspection_characteristics;
BEGIN
  SELECT * INTO c FROM inspection_characteristics i WHERE i.organization_id = organization AND i.id = characteristic;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no characteristic %', characteristic USING ERRCODE = 'no_data_found';
  END IF;
  SELECT count(*), avg(m.value), stddev_samp(m.value), count(*) FILTER (WHERE NOT m.in_specification)
  INTO sample_count, mean, sigma_overall, out_of_specification
  FROM inspection_measurements m
  WHERE m.organization_id = organization AND m.characteristic_id = characteristic AND m.measured_at BETWEEN since AND until;
  -- d2 holds for whole subgroups; the first single value has nothing before it within the time asked for
  SELECT avg(g.spread) FILTER (WHERE c.subgroup_size > 1 OR g.place > 1) / (spc_constants(c.subgroup_size)).d2 INTO sigma_within
  FROM (SELECT s.spread, row_number() OVER (ORDER BY s.subgroup_no) AS place FROM spc_subgroups s
        WHERE s.organization_id = organization AND s.characteristic_id = characteristic AND s.measured_at BETWEEN since AND until
          AND s.sample_count = c.subgroup_size) g;
  cp := (c.upper_limit - c.lower_limit) / nullif(6 * sigma_within, 0);
  cpk := least((c.upper_limit - mean) / nullif(3 * sigma_within, 0), (mean - c.lower_limit) / nullif(3 * sigma_within, 0));
  pp := (c.upper_limit - c.lower_limit) / nullif(6 * sigma_overall, 0);
  ppk := least((c.upper_limit - mean) / nullif(3 * sigma_overall, 0), (mean - c.lower_limit) / nullif(3 * sigma_overall, 0));
  RETURN NEXT;
END
$$;
COMMENT ON FUNCTION spc_summary(integer, timestamptz, timestamptz) IS
  'Cp and Cpk from the mean range of whole subgroups / d2 (short term), Pp and Ppk from the standard deviation of all values (long term). Cp and Pp are null without both limits, all are null without a spread';

CREATE FUNCTION spc_control_chart(characteristic integer, since timestamptz DEFAULT '-infinity', until timestamptz DEFAULT 'infinity')
RETURNS TABLE (subgroup_no integer, measured_at timestamptz, mean double precision, spread double precision,
  center double precision, lower_control_limit double precision, upper_control_limit double precision,
  spread_center double precision, spread_lower_limit double precision, spread_upper_limit double precision, signal text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  size integer;
  k record;
BEGIN
  SELECT c.subgroup_size INTO size FROM inspection_characteristics c WHERE c.organization_id = organization AND c.id = characteristic;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no characteristic %', characteristic USING ERRCODE = 'no_data_found';
  END IF;
  SELECT * INTO k FROM spc_constants(size);
  RETURN QUERY
  WITH points AS (
    SELECT g.subgroup_no AS no, g.measured_at AS at, g.mean AS x,
           CASE WHEN size > 1 OR row_number() OVER (ORDER BY g.subgroup_no) > 1 THEN g.spread END AS r
    FROM spc_subgroups g
    WHERE g.organization_id = organization AND g.characteristic_id = characteristic AND g.measured_at BETWEEN since AND until
      AND g.sample_count = size
  ), groups AS (
    SELECT points.*, avg(x) OVER () AS grand_mean, avg(r) OVER () AS mean_range FROM points
  ), sided AS (
    SELECT groups.*, sign(x - grand_mean) AS side, row_number() OVER (ORDER BY no)
             - row_number() OVER (PARTITION BY sign(x - grand_mean) ORDER BY no) AS island
    FROM groups
  ), runs AS (
    SELECT sided.*, row_number() OVER (PARTITION BY side, island ORDER BY no) AS run FROM sided
  )
  SELECT no, at, x, r, grand_mean, grand_mean - k.a2 * mean_range, grand_mean + k.a2 * mean_range,
         mean_range, k.d3 * mean_range, k.d4 * mean_range,
         CASE WHEN x > grand_mean + k.a2 * mean_range OR x < grand_mean - k.a2 * mean_range THEN 'mean beyond limits'
              WHEN r > k.d4 * mean_range OR r < k.d3 * mean_range THEN 'spread beyond limits'
              WHEN run >= 8 AND side <> 0 THEN 'eight on one side' END
  FROM runs ORDER BY no;
END
$$;
COMMENT ON FUNCTION spc_control_chart(integer, timestamptz, timestamptz) IS
  'Points and limits of an X-bar and R chart of the whole subgroups (individuals and moving range where they have one value), with signals';

CREATE VIEW kpi_fpy_inspection WITH (security_invoker = true) AS
WITH first_look AS (
  SELECT DISTINCT ON (organization_id, work_order_id) organization_id, plant_id, work_order_id, material_id, inspected_at,
         result, quantity_inspected, quantity_rejected
  FROM inspections
  ORDER BY organization_id, work_order_id, inspected_at, id
)
SELECT organization_id, plant_id, material_id, date_trunc('week', inspected_at AT TIME ZONE 'UTC')::date AS kpi_week,
       sum(quantity_inspected)::bigint AS units_inspected,
       sum(passed)::bigint AS units_passed, sum(passed)::numeric / nullif(sum(quantity_inspected), 0) AS fpy
FROM first_look CROSS JOIN LATERAL (
  SELECT CASE WHEN result = 'rework' OR (result = 'fail' AND quantity_rejected = 0) THEN 0
              ELSE greatest(quantity_inspected - quantity_rejected, 0) END AS passed) p
GROUP BY 1, 2, 3, 4;
COMMENT ON VIEW kpi_fpy_inspection IS 'First pass yield as inspection sees it: only the first inspection of a work order counts';
COMMENT ON COLUMN kpi_fpy_inspection.units_inspected IS 'Pieces inspected at the first inspection';
COMMENT ON COLUMN kpi_fpy_inspection.units_passed IS
  'Pieces of these that passed; none of a batch that goes to rework, or that failed without a number of rejected pieces';
COMMENT ON COLUMN kpi_fpy_inspection.fpy IS 'Ratio 0 to 1: units passed at the first inspection / units inspected';

CREATE VIEW quality_trend WITH (security_invoker = true) AS
SELECT organization_id, characteristic_id, date_trunc('week', measured_at AT TIME ZONE 'UTC')::date AS week_start,
       count(*) AS sample_count, avg(value) AS mean, stddev_samp(value) AS sigma,
       count(*) FILTER (WHERE in_specification)::numeric / count(*) AS share_in_specification
FROM inspection_measurements
GROUP BY 1, 2, 3;
COMMENT ON VIEW quality_trend IS 'Measurements per characteristic and UTC week';
COMMENT ON COLUMN quality_trend.sample_count IS 'Values measured';
COMMENT ON COLUMN quality_trend.mean IS 'Mean, in the unit of the characteristic';
COMMENT ON COLUMN quality_trend.sigma IS 'Standard deviation of the sample, in the unit of the characteristic; null for one value';
COMMENT ON COLUMN quality_trend.share_in_specification IS 'Ratio 0 to 1: values within specification / values measured';
GRANT SELECT ON kpi_fpy_inspection, quality_trend TO mes_app, mes_worker;
