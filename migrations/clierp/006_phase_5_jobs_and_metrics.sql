-- @description Phase 5: job queue, stock reorder job with notifications, metrics of the command line
-- @lock-timeout 5s

-- Job queue ---------------------------------------------------------------------------------------

CREATE TABLE job_types (
  name            VARCHAR(100) PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]*$'),
  description     TEXT NOT NULL,
  max_attempts    INTEGER NOT NULL DEFAULT 5 CHECK (max_attempts BETWEEN 1 AND 100),
  backoff_seconds INTEGER NOT NULL DEFAULT 30 CHECK (backoff_seconds BETWEEN 1 AND 86400)
);
COMMENT ON COLUMN job_types.backoff_seconds IS
  'Seconds until the second attempt; doubled for each further one, a day at most.';
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES
  ('stock_reorder', 'Creates purchase orders for products below their minimum', 3, 60);

CREATE TABLE jobs (
  id              BIGSERIAL PRIMARY KEY,
  organization_id INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  job_type        VARCHAR(100) NOT NULL REFERENCES job_types (name),
  args            JSONB NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(args) = 'object'),
  priority        INTEGER NOT NULL DEFAULT 0,
  status          VARCHAR(20) NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'dead')),
  attempts        INTEGER NOT NULL DEFAULT 0,
  max_attempts    INTEGER NOT NULL CHECK (max_attempts BETWEEN 1 AND 100),
  run_at          TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  dedupe_key      TEXT,
  locked_by       TEXT,
  locked_until    TIMESTAMPTZ,
  result          JSONB,
  last_error      TEXT,
  created_at      TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  finished_at     TIMESTAMPTZ,
  CONSTRAINT jobs_lock_is_whole CHECK ((status = 'running') = (locked_by IS NOT NULL AND locked_until IS NOT NULL)),
  CONSTRAINT jobs_finished_when_over CHECK ((status IN ('done', 'dead')) = (finished_at IS NOT NULL))
);
CREATE INDEX idx_jobs_waiting ON jobs (priority DESC, run_at, id) WHERE status = 'queued';
CREATE INDEX idx_jobs_running ON jobs (locked_until) WHERE status = 'running';
CREATE INDEX idx_jobs_organization ON jobs (organization_id, created_at);
CREATE UNIQUE INDEX jobs_one_open_per_key ON jobs (organization_id, job_type, dedupe_key)
  WHERE status IN ('queued', 'running');
COMMENT ON COLUMN jobs.locked_until IS 'A worker that has not finished or extended its lease by then is taken for dead.';
COMMENT ON COLUMN jobs.status IS 'queued, running, done; dead when all attempts failed.';

CREATE FUNCTION enqueue_job(
  p_job_type text, p_args jsonb DEFAULT '{}', p_run_at timestamptz DEFAULT NULL, p_priority integer DEFAULT 0,
  p_dedupe_key text DEFAULT NULL
) RETURNS bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_id bigint;
  v_max integer;
BEGIN
  PERFORM require_feature('job_queue');
  SELECT max_attempts INTO v_max FROM job_types WHERE name = p_job_type;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'job type "%" does not exist', p_job_type USING ERRCODE = 'undefined_object';
  END IF;
  -- Around again where the open job with this key ended between the two statements.
  WHILE v_id IS NULL LOOP
    INSERT INTO jobs (organization_id, job_type, args, run_at, priority, max_attempts, dedupe_key)
    VALUES (working_organization_id(), p_job_type, coalesce(p_args, '{}'), coalesce(p_run_at, clock_timestamp()),
            coalesce(p_priority, 0), v_max, p_dedupe_key)
    ON CONFLICT (organization_id, job_type, dedupe_key) WHERE status IN ('queued', 'running') DO NOTHING
    RETURNING id INTO v_id;
    IF FOUND THEN
      PERFORM pg_notify('clierp_jobs', p_job_type);
    ELSE
      SELECT id INTO v_id FROM jobs
      WHERE organization_id = working_organization_id() AND job_type = p_job_type AND dedupe_key = p_dedupe_key
        AND status IN ('queued', 'running');
    END IF;
  END LOOP;
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION enqueue_job(text, jsonb, timestamptz, integer, text) IS
  'Puts a job into the queue and notifies channel clierp_jobs. With a dedupe key that an open job has already, that job''s id. Refuses an unknown type (42704) and arguments that are not an object (23514).';

CREATE FUNCTION assert_lease(p_lease interval) RETURNS void
  LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF p_lease IS NULL OR p_lease <= interval '0' THEN
    RAISE EXCEPTION 'the lease must be longer than nothing, not %', p_lease USING ERRCODE = 'invalid_parameter_value';
  END IF;
END
$$;

CREATE FUNCTION claim_job(p_worker text, p_job_types text[] DEFAULT NULL, p_lease interval DEFAULT '5 minutes')
RETURNS SETOF jobs
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  IF coalesce(btrim(p_worker), '') = '' THEN
    RAISE EXCEPTION 'a worker needs a name' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM assert_lease(p_lease);
  -- Jobs whose last worker died in the last attempt they had.
  UPDATE jobs SET status = 'dead', finished_at = clock_timestamp(), locked_by = NULL, locked_until = NULL,
                  last_error = coalesce(last_error, 'the worker did not come back')
  WHERE id IN (SELECT id FROM jobs
               WHERE status = 'running' AND locked_until < clock_timestamp() AND attempts >= max_attempts
               FOR UPDATE SKIP LOCKED);
  SELECT id INTO v_id FROM jobs
  WHERE status = 'running' AND locked_until < clock_timestamp() AND attempts < max_attempts
    AND (p_job_types IS NULL OR job_type = ANY (p_job_types))
  ORDER BY locked_until, id LIMIT 1
  FOR UPDATE SKIP LOCKED;
  IF v_id IS NULL THEN
    SELECT id INTO v_id FROM jobs
    WHERE status = 'queued' AND run_at <= clock_timestamp()
      AND (p_job_types IS NULL OR job_type = ANY (p_job_types))
    ORDER BY priority DESC, run_at, id LIMIT 1
    FOR UPDATE SKIP LOCKED;
  END IF;
  IF v_id IS NOT NULL THEN
    RETURN QUERY
      UPDATE jobs SET status = 'running', attempts = attempts + 1, locked_by = p_worker,
                      locked_until = clock_timestamp() + p_lease
      WHERE id = v_id
      RETURNING *;
  END IF;
END
$$;
COMMENT ON FUNCTION claim_job(text, text[], interval) IS
  'The next job for this worker, or no row: highest priority first, then the longest due. Never given to two workers: a job that another claims at this moment is passed over; one whose lease ran out is given again.';

CREATE FUNCTION held_job(p_job_id bigint, p_worker text) RETURNS jobs
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_job jobs;
BEGIN
  SELECT * INTO v_job FROM jobs WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'job % does not exist', p_job_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_job.status <> 'running' OR v_job.locked_by IS DISTINCT FROM p_worker THEN
    RAISE EXCEPTION 'job % is not held by worker "%"', p_job_id, p_worker
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('It is %s%s.', v_job.status, coalesce(', held by ' || v_job.locked_by, ''));
  END IF;
  RETURN v_job;
END
$$;
COMMENT ON FUNCTION held_job(bigint, text) IS
  'The job, locked, if this worker holds it. Refuses a missing job (P0002) and one that it does not hold, or no longer (55000).';

CREATE FUNCTION complete_job(p_job_id bigint, p_worker text, p_result jsonb DEFAULT NULL) RETURNS jobs
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_job jobs;
BEGIN
  PERFORM held_job(p_job_id, p_worker);
  UPDATE jobs SET status = 'done', result = p_result, finished_at = clock_timestamp(),
                  locked_by = NULL, locked_until = NULL
  WHERE id = p_job_id
  RETURNING * INTO v_job;
  RETURN v_job;
END
$$;

CREATE FUNCTION fail_job(p_job_id bigint, p_worker text, p_error text, p_retry boolean DEFAULT true) RETURNS jobs
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_job jobs;
  v_backoff integer;
BEGIN
  IF coalesce(btrim(p_error), '') = '' THEN
    RAISE EXCEPTION 'a failure needs an error text' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  v_job := held_job(p_job_id, p_worker);
  SELECT backoff_seconds INTO v_backoff FROM job_types WHERE name = v_job.job_type;
  IF coalesce(p_retry, true) AND v_job.attempts < v_job.max_attempts THEN
    UPDATE jobs SET status = 'queued', last_error = p_error, locked_by = NULL, locked_until = NULL,
      run_at = clock_timestamp()
               + make_interval(secs => least(86400, v_backoff * power(2, least(v_job.attempts - 1, 20))))
    WHERE id = p_job_id
    RETURNING * INTO v_job;
  ELSE
    UPDATE jobs SET status = 'dead', last_error = p_error, finished_at = clock_timestamp(),
                    locked_by = NULL, locked_until = NULL
    WHERE id = p_job_id
    RETURNING * INTO v_job;
  END IF;
  RETURN v_job;
END
$$;
COMMENT ON FUNCTION fail_job(bigint, text, text, boolean) IS
  'Ends an attempt without success. While attempts are left the job waits backoff_seconds, doubled with each attempt, a day at most; then, or with p_retry false, it is dead. Refuses a job the worker does not hold (55000).';

CREATE FUNCTION extend_job(p_job_id bigint, p_worker text, p_lease interval DEFAULT '5 minutes') RETURNS timestamptz
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_until timestamptz;
BEGIN
  PERFORM assert_lease(p_lease);
  PERFORM held_job(p_job_id, p_worker);
  UPDATE jobs SET locked_until = clock_timestamp() + p_lease WHERE id = p_job_id RETURNING locked_until INTO v_until;
  RETURN v_until;
END
$$;
COMMENT ON FUNCTION extend_job(bigint, text, interval) IS 'For a job that takes longer than its lease: the new end of the lease, counted from now. Refuses a lease of nothing or less (22023) and a job the worker does not hold (55000).';

-- Stock reorder -----------------------------------------------------------------------------------

CREATE TABLE notifications (
  id              BIGSERIAL PRIMARY KEY,
  organization_id INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  user_id         INTEGER NOT NULL,
  kind            VARCHAR(50) NOT NULL,
  message         TEXT NOT NULL,
  entity_type     VARCHAR(100),
  entity_id       BIGINT,
  created_at      TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  read_at         TIMESTAMPTZ,
  CONSTRAINT notifications_user_id_fkey
    FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_notifications_unread ON notifications (organization_id, user_id) WHERE read_at IS NULL;

CREATE FUNCTION notify_users(
  p_permission text, p_kind text, p_message text, p_entity_type text DEFAULT NULL, p_entity_id bigint DEFAULT NULL
) RETURNS integer
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_permission_id integer;
  v_count integer;
BEGIN
  SELECT id INTO v_permission_id FROM permissions WHERE name = p_permission;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'permission "%" does not exist', p_permission USING ERRCODE = 'undefined_object';
  END IF;
  INSERT INTO notifications (id, organization_id, user_id, kind, message, entity_type, entity_id)
  SELECT nextval('notifications_id_seq'), u.organization_id, u.id, p_kind, p_message, p_entity_type, p_entity_id
  FROM users AS u
  WHERE u.organization_id = working_organization_id() AND u.is_active
    AND EXISTS (SELECT FROM user_roles AS g JOIN role_permissions AS rp ON rp.role_id = g.role_id
                WHERE g.user_id = u.id AND rp.permission_id = v_permission_id)
  ORDER BY u.id;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count > 0 THEN
    PERFORM pg_notify('clierp_notifications', json_build_object(
      'organization_id', working_organization_id(), 'kind', p_kind)::text);
  END IF;
  RETURN v_count;
END
$$;
COMMENT ON FUNCTION notify_users(text, text, text, text, bigint) IS
  'A notification for every active user of the session''s organization who has the permission; how many there were.';

CREATE FUNCTION run_stock_reorder() RETURNS jsonb
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_organization integer := working_organization_id();
  v_short jsonb;
  v_orders jsonb;
  v_count integer;
  v_items integer;
  v_unknown integer;
  v_large integer;
BEGIN
  PERFORM require_feature('stock_reorder');
  -- Two runs at once would both see the shortage and both order.
  PERFORM pg_advisory_xact_lock(hashtext('clierp.stock_reorder'), v_organization);

  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'product_id', s.product_id, 'sku', s.sku, 'quantity', s.wanted, 'supplier_id', s.supplier_id,
    'unit_cost', s.unit_cost, 'fits', s.cost <= 2147483647 AND s.cost_so_far <= 2147483647) ORDER BY s.product_id), '[]')
  INTO v_short
  FROM (
  -- Amounts of orders are integers: what would make one larger waits for the next run, or for a person.
  SELECT x.product_id, x.sku, x.wanted, l.supplier_id, c.unit_cost, c.cost,
         sum(c.cost) FILTER (WHERE c.cost <= 2147483647) OVER (PARTITION BY l.supplier_id ORDER BY x.product_id) AS cost_so_far
  FROM (
    SELECT i.product_id, p.sku, p.cost_price,
           i.max_stock_level - (i.quantity - i.reserved_quantity + coalesce(o.quantity, 0)) AS wanted
    FROM inventory AS i
    JOIN products AS p ON p.id = i.product_id
    LEFT JOIN LATERAL (
      SELECT sum(n.quantity - n.received_quantity)::integer AS quantity
      FROM purchase_order_items AS n
      JOIN purchase_orders AS h ON h.id = n.po_id
      WHERE n.product_id = i.product_id AND h.status IN ('pending', 'approved', 'sent')
    ) AS o ON true
    WHERE i.organization_id = v_organization AND p.is_active
      AND i.quantity - i.reserved_quantity < i.min_stock_level
      AND i.quantity - i.reserved_quantity + coalesce(o.quantity, 0) < i.min_stock_level
  ) AS x
  -- Ordered where it was ordered last, if that supplier is still active.
  LEFT JOIN LATERAL (
    SELECT h.supplier_id, n.unit_cost
    FROM purchase_order_items AS n
    JOIN purchase_orders AS h ON h.id = n.po_id
    JOIN suppliers AS s ON s.id = h.supplier_id
    WHERE n.product_id = x.product_id AND h.status <> 'cancelled' AND s.status = 'active'
    ORDER BY h.order_date DESC, n.id DESC
    LIMIT 1
  ) AS l ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(l.unit_cost, x.cost_price) AS unit_cost, x.wanted::bigint * coalesce(l.unit_cost, x.cost_price) AS cost
  ) AS c
  WHERE x.wanted > 0
  ) AS s;

  SELECT coalesce(jsonb_agg(to_jsonb(n) || jsonb_build_object(
    'number', format('PO-%s-%s', to_char(CURRENT_DATE, 'YYYYMMDD'), lpad(n.id::text, 8, '0'))) ORDER BY n.id), '[]')
  INTO v_orders
  FROM (
    SELECT nextval('purchase_orders_id_seq')::integer AS id, g.*
    FROM (SELECT s.supplier_id, sum(s.quantity * s.unit_cost)::integer AS total, count(*)::integer AS items
          FROM jsonb_to_recordset(v_short) AS s (supplier_id integer, quantity integer, unit_cost integer, fits boolean)
          WHERE s.supplier_id IS NOT NULL AND s.fits
          GROUP BY s.supplier_id ORDER BY s.supplier_id) AS g
  ) AS n;

  INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, total_amount, notes)
  SELECT o.id, v_organization, o.number, o.supplier_id, CURRENT_DATE, o.total, 'Stock reorder'
  FROM jsonb_to_recordset(v_orders) AS o (id integer, number text, supplier_id integer, total integer)
  ORDER BY o.id;
  INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
  SELECT v_organization, o.id, s.product_id, s.quantity, s.unit_cost, s.quantity * s.unit_cost
  FROM jsonb_to_recordset(v_short) AS s (product_id integer, quantity integer, supplier_id integer, unit_cost integer, fits boolean)
  JOIN jsonb_to_recordset(v_orders) AS o (id integer, supplier_id integer) ON o.supplier_id = s.supplier_id
  WHERE s.fits
  ORDER BY o.id, s.product_id;
  GET DIAGNOSTICS v_items = ROW_COUNT;
  v_count := jsonb_array_length(v_orders);
  SELECT count(*) FILTER (WHERE s.supplier_id IS NULL), count(*) FILTER (WHERE s.supplier_id IS NOT NULL AND NOT s.fits)
  INTO v_unknown, v_large
  FROM jsonb_to_recordset(v_short) AS s (supplier_id integer, fits boolean);

  IF feature_enabled('domain_events') THEN
    PERFORM publish_domain_event('purchase_order_proposed', (o ->> 'id')::bigint, o - 'id')
    FROM jsonb_array_elements(v_orders) AS o;
  END IF;
  IF v_count > 0 THEN
    PERFORM notify_users('purchase_orders.approve', 'purchase_orders_proposed',
      format('Stock reorder: %s purchase orders with %s items wait for approval', v_count, v_items));
  END IF;
  IF v_unknown > 0 THEN
    PERFORM notify_users('purchase_orders.create', 'no_supplier_known',
      format('Below their minimum, and no active supplier is known: %s products, such as %s', v_unknown,
        (SELECT string_agg(u.sku, ', ') FROM (
          SELECT s.sku FROM jsonb_to_recordset(v_short) AS s (sku text, supplier_id integer)
          WHERE s.supplier_id IS NULL LIMIT 10) AS u)));
  END IF;
  IF v_large > 0 THEN
    PERFORM notify_users('purchase_orders.create', 'order_too_large',
      format('Below their minimum, and left out because an order holds 2147483647 at most: %s products, such as %s', v_large,
        (SELECT string_agg(u.sku, ', ') FROM (
          SELECT s.sku FROM jsonb_to_recordset(v_short) AS s (sku text, supplier_id integer, fits boolean)
          WHERE s.supplier_id IS NOT NULL AND NOT s.fits LIMIT 10) AS u)));
  END IF;
  RETURN jsonb_build_object('orders', v_count, 'items', v_items, 'without_supplier', v_unknown, 'too_large', v_large);
END
$$;
COMMENT ON FUNCTION run_stock_reorder() IS
  'For the session''s organization: one pending order per supplier that fills what is below its minimum, counting what is ordered already, up to its maximum; notifies those who approve, and those who buy of what has no supplier or exceeds what an order holds. Running it again orders nothing twice.';

CREATE FUNCTION perform_stock_reorder_job(p_job_id bigint, p_worker text) RETURNS jobs
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_job jobs;
  v_result jsonb;
  v_error text;
  v_organization text := current_setting('app.organization_id', true);
BEGIN
  v_job := held_job(p_job_id, p_worker);
  IF v_job.job_type <> 'stock_reorder' THEN
    RAISE EXCEPTION 'job % is a %, not a stock_reorder', p_job_id, v_job.job_type
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM set_config('app.organization_id', v_job.organization_id::text, true);
  BEGIN
    v_result := run_stock_reorder();
  EXCEPTION WHEN OTHERS THEN
    v_error := format('%s: %s', SQLSTATE, SQLERRM);
  END;
  IF v_error IS NULL THEN
    v_job := complete_job(p_job_id, p_worker, v_result);
  ELSE
    v_job := fail_job(p_job_id, p_worker, v_error);
  END IF;
  PERFORM set_config('app.organization_id', coalesce(v_organization, ''), true);
  RETURN v_job;
END
$$;
COMMENT ON FUNCTION perform_stock_reorder_job(bigint, text) IS
  'Does a claimed stock_reorder job for its organization and completes it, or undoes what it did and fails it with the error.';

-- Metrics -----------------------------------------------------------------------------------------

CREATE TABLE command_metrics (
  organization_id INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  command         VARCHAR(100) NOT NULL CHECK (btrim(command) <> ''),
  outcome         VARCHAR(10) NOT NULL CHECK (outcome IN ('success', 'failure')),
  executions      BIGINT NOT NULL CHECK (executions > 0),
  seconds_sum     DOUBLE PRECISION NOT NULL,
  buckets         BIGINT[] NOT NULL,
  PRIMARY KEY (organization_id, command, outcome)
);
COMMENT ON COLUMN command_metrics.buckets IS
  'Executions that took at most metric_bounds()[i] seconds and more than the bound before it; the last for all longer ones.';

CREATE FUNCTION metric_bounds() RETURNS double precision[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN ARRAY[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]::double precision[];

CREATE FUNCTION record_command_execution(p_command text, p_seconds double precision, p_success boolean) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_bounds double precision[] := metric_bounds();
  v_size integer := cardinality(v_bounds) + 1;
  v_bucket integer;
BEGIN
  IF p_success IS NULL THEN
    RAISE EXCEPTION 'an execution succeeds or fails' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF p_seconds IS NULL OR NOT (p_seconds >= 0 AND p_seconds < 'Infinity') THEN
    RAISE EXCEPTION 'a duration is a number of seconds from 0, not %', p_seconds USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT coalesce(min(i), v_size) INTO v_bucket FROM generate_subscripts(v_bounds, 1) AS i WHERE p_seconds <= v_bounds[i];
  INSERT INTO command_metrics AS m (command, outcome, executions, seconds_sum, buckets)
  VALUES (p_command, CASE WHEN p_success THEN 'success' ELSE 'failure' END, 1, p_seconds,
          ARRAY(SELECT (i = v_bucket)::integer FROM generate_series(1, v_size) AS i))
  ON CONFLICT (organization_id, command, outcome) DO UPDATE
  SET executions = m.executions + 1, seconds_sum = m.seconds_sum + p_seconds,
      buckets[v_bucket] = m.buckets[v_bucket] + 1;
END
$$;
COMMENT ON FUNCTION record_command_execution(text, double precision, boolean) IS
  'Counts one execution of a CLI command. Refuses a duration that is negative or not a number and an outcome that is not known (22023), and an empty command (23514).';

CREATE VIEW app_metrics WITH (security_invoker = true) AS
SELECT 'cli_commands_total' AS metric, jsonb_build_object('command', command, 'outcome', outcome) AS labels,
       executions::double precision AS value
FROM command_metrics WHERE organization_id = (SELECT working_organization_id())
UNION ALL
SELECT 'cli_command_duration_seconds_bucket',
       jsonb_build_object('command', command, 'outcome', outcome, 'le', coalesce((metric_bounds())[i]::text, '+Inf')),
       (SELECT sum(b) FROM unnest(buckets[1:i]) AS b)::double precision
FROM command_metrics CROSS JOIN generate_series(1, cardinality(metric_bounds()) + 1) AS i
WHERE organization_id = (SELECT working_organization_id())
UNION ALL
SELECT 'cli_command_duration_seconds_sum', jsonb_build_object('command', command, 'outcome', outcome), seconds_sum
FROM command_metrics WHERE organization_id = (SELECT working_organization_id())
UNION ALL
SELECT 'cli_command_duration_seconds_count', jsonb_build_object('command', command, 'outcome', outcome),
       executions::double precision
FROM command_metrics WHERE organization_id = (SELECT working_organization_id())
UNION ALL
SELECT 'database_connections_active', '{}'::jsonb, numbackends::double precision
FROM pg_stat_database WHERE datname = current_database();
COMMENT ON VIEW app_metrics IS
  'Metrics of the session''s organization in the shape of Prometheus: a counter, a cumulative histogram in seconds, a gauge.';

-- Row security and rights -------------------------------------------------------------------------

CREATE TRIGGER jobs_audit AFTER INSERT OR DELETE ON jobs
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();

ALTER TABLE jobs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE command_metrics ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs_organization ON jobs TO clierp_app
  USING (organization_id = (SELECT current_organization_id()));
-- The worker serves the jobs of all organizations; their data it sees one organization at a time.
CREATE POLICY jobs_worker ON jobs TO clierp_worker
  USING (true);
CREATE POLICY notifications_own ON notifications TO clierp_app
  USING (organization_id = (SELECT current_organization_id()) AND user_id = (SELECT current_user_id()))
  WITH CHECK (organization_id = (SELECT current_organization_id()));
CREATE POLICY notifications_worker ON notifications FOR INSERT TO clierp_worker
  WITH CHECK (organization_id = (SELECT current_organization_id()));
CREATE POLICY command_metrics_organization ON command_metrics TO clierp_app
  USING (organization_id = (SELECT current_organization_id()));
GRANT SELECT ON job_types TO clierp_app, clierp_worker;
GRANT SELECT, INSERT ON jobs TO clierp_app, clierp_worker;
GRANT UPDATE ON jobs TO clierp_worker;
GRANT SELECT, INSERT, UPDATE (read_at) ON notifications TO clierp_app;
GRANT INSERT ON notifications TO clierp_worker;
GRANT SELECT, INSERT, UPDATE ON command_metrics TO clierp_app;
GRANT SELECT ON app_metrics TO clierp_app;
GRANT USAGE ON SEQUENCE jobs_id_seq, notifications_id_seq TO clierp_app, clierp_worker;
