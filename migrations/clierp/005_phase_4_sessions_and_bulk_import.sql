-- @description Phase 4: sessions of the interactive mode, the purchase order wizard, product import from CSV in batches
-- @lock-timeout 5s

-- Interactive mode: sessions ----------------------------------------------------------------------

CREATE TABLE cli_sessions (
  id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  user_id         INTEGER NOT NULL,
  ip_address      INET,
  user_agent      TEXT,
  started_at      TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  last_seen_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  ended_at        TIMESTAMPTZ,
  CONSTRAINT cli_sessions_user_id_fkey
    FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_cli_sessions_user ON cli_sessions (organization_id, user_id);
CREATE FUNCTION guard_cli_session() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'session % was ended and stays so', OLD.id USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER cli_sessions_guard BEFORE UPDATE ON cli_sessions
  FOR EACH ROW EXECUTE FUNCTION guard_cli_session();
COMMENT ON TABLE cli_sessions IS 'Sessions of the interactive mode; their id stands in the audit log.';

CREATE FUNCTION resume_cli_session(p_session_id uuid) RETURNS cli_sessions
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_session cli_sessions;
  v_minutes integer := coalesce((get_configuration('cli.session_idle_minutes') #>> '{}')::integer, 480);
BEGIN
  SELECT * INTO v_session FROM cli_sessions
  WHERE id = p_session_id AND organization_id = working_organization_id()
  FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'session % does not exist', p_session_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_session.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'session % was ended', p_session_id USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF v_session.last_seen_at < clock_timestamp() - make_interval(mins => v_minutes) THEN
    RAISE EXCEPTION 'session % was idle for more than % minutes', p_session_id, v_minutes
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Sign in again.';
  END IF;
  PERFORM assert_permission(v_session.user_id, NULL);
  UPDATE cli_sessions SET last_seen_at = clock_timestamp() WHERE id = p_session_id RETURNING * INTO v_session;
  PERFORM set_config('app.organization_id', v_session.organization_id::text, true);
  PERFORM set_config('app.user_id', v_session.user_id::text, true);
  PERFORM set_config('app.session_id', v_session.id::text, true);
  PERFORM set_config('app.ip_address', coalesce(host(v_session.ip_address), ''), true);
  PERFORM set_config('app.user_agent', coalesce(v_session.user_agent, ''), true);
  RETURN v_session;
END
$$;
COMMENT ON FUNCTION resume_cli_session(uuid) IS
  'Makes the transaction work for the session''s user and organization; audit entries carry its id, address and agent. Refuses a missing (P0002), ended or idle (55000) session and a user who was switched off (42501).';

CREATE FUNCTION open_cli_session(p_user_id integer, p_ip_address inet DEFAULT NULL, p_user_agent text DEFAULT NULL)
RETURNS uuid
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM assert_permission(p_user_id, NULL);
  INSERT INTO cli_sessions (organization_id, user_id, ip_address, user_agent)
  VALUES (working_organization_id(), p_user_id, p_ip_address, p_user_agent)
  RETURNING id INTO v_id;
  PERFORM resume_cli_session(v_id);
  UPDATE users SET last_login = CURRENT_TIMESTAMP WHERE id = p_user_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION close_cli_session(p_session_id uuid) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  UPDATE cli_sessions SET ended_at = clock_timestamp()
  WHERE id = p_session_id AND organization_id = working_organization_id() AND ended_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no open session %', p_session_id USING ERRCODE = 'no_data_found';
  END IF;
END
$$;

-- Interactive mode: the purchase order wizard -----------------------------------------------------

CREATE FUNCTION create_purchase_order(
  p_supplier_id integer, p_items jsonb, p_user_id integer, p_expected_date date DEFAULT NULL, p_notes text DEFAULT NULL
) RETURNS purchase_orders
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_order purchase_orders;
  v_status text;
  v_bad text;
  v_id integer;
  v_caller text := current_setting('app.user_id', true);
BEGIN
  PERFORM assert_permission(p_user_id, 'purchase_orders.create');
  IF jsonb_typeof(p_items) IS DISTINCT FROM 'array' OR jsonb_array_length(p_items) = 0 THEN
    RAISE EXCEPTION 'an order needs an array of {product_id, quantity, unit_cost?} with at least one element'
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT e::text INTO v_bad FROM jsonb_array_elements(p_items) AS e
  WHERE jsonb_typeof(e) <> 'object'
     OR coalesce(e ->> 'product_id', '') !~ '^[1-9][0-9]{0,8}$'
     OR coalesce(e ->> 'quantity', '') !~ '^[1-9][0-9]{0,8}$'
     OR coalesce(e ->> 'unit_cost', '0') !~ '^[0-9]{1,9}$'
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'not an item with a product_id, a positive quantity and a unit_cost: %', v_bad
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF p_expected_date < CURRENT_DATE THEN
    RAISE EXCEPTION 'the expected date % is past', p_expected_date USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT status INTO v_status FROM suppliers WHERE id = p_supplier_id AND organization_id = working_organization_id();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'supplier % does not exist', p_supplier_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_status <> 'active' THEN
    RAISE EXCEPTION 'supplier % is %; orders go to active suppliers only', p_supplier_id, v_status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  SELECT e ->> 'product_id' INTO v_bad FROM jsonb_array_elements(p_items) AS e
  WHERE NOT EXISTS (SELECT FROM products AS p WHERE p.id = (e ->> 'product_id')::integer
                    AND p.is_active AND p.organization_id = working_organization_id())
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'product % does not exist or is not active', v_bad USING ERRCODE = 'no_data_found';
  END IF;
  IF (SELECT sum((e ->> 'quantity')::bigint * coalesce((e ->> 'unit_cost')::integer, p.cost_price))
      FROM jsonb_array_elements(p_items) AS e
      JOIN products AS p ON p.id = (e ->> 'product_id')::integer) > 2147483647 THEN
    RAISE EXCEPTION 'an order holds 2147483647 at most' USING ERRCODE = 'numeric_value_out_of_range',
      HINT = 'Split it into several orders.';
  END IF;

  PERFORM set_config('app.user_id', p_user_id::text, true);
  v_id := nextval('purchase_orders_id_seq');
  INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, expected_date, total_amount,
                               notes, created_by)
  SELECT v_id, working_organization_id(), format('PO-%s-%s', to_char(CURRENT_DATE, 'YYYYMMDD'), lpad(v_id::text, 8, '0')),
         p_supplier_id, CURRENT_DATE, p_expected_date,
         sum((e ->> 'quantity')::integer * coalesce((e ->> 'unit_cost')::integer, p.cost_price)), p_notes, p_user_id
  FROM jsonb_array_elements(p_items) AS e
  JOIN products AS p ON p.id = (e ->> 'product_id')::integer
  RETURNING * INTO v_order;
  INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
  SELECT v_order.organization_id, v_order.id, p.id, (e ->> 'quantity')::integer, c.cost,
         (e ->> 'quantity')::integer * c.cost
  FROM jsonb_array_elements(p_items) WITH ORDINALITY AS i (e, position)
  JOIN products AS p ON p.id = (e ->> 'product_id')::integer
  CROSS JOIN LATERAL (SELECT coalesce((e ->> 'unit_cost')::integer, p.cost_price) AS cost) AS c
  ORDER BY i.position;
  PERFORM set_config('app.user_id', coalesce(v_caller, ''), true);
  RETURN v_order;
END
$$;
COMMENT ON FUNCTION create_purchase_order(integer, jsonb, integer, date, text) IS
  'Creates a pending order with its items and total. p_items: [{"product_id": 1, "quantity": 2, "unit_cost": 3}, ...]; without unit_cost the product''s cost price. Refuses a missing supplier or product (P0002), a supplier that is not active (55000), bad input (22023), a total above 2147483647 (22003), a user who may not (42501).';

-- Bulk import -------------------------------------------------------------------------------------

CREATE TABLE product_imports (
  id              BIGSERIAL PRIMARY KEY,
  organization_id INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  file_name       TEXT NOT NULL CHECK (btrim(file_name) <> ''),
  started_by      INTEGER NOT NULL,
  status          VARCHAR(20) NOT NULL DEFAULT 'loading' CHECK (status IN ('loading', 'running', 'finished')),
  total_rows      INTEGER NOT NULL DEFAULT 0,
  imported_rows   INTEGER NOT NULL DEFAULT 0,
  rejected_rows   INTEGER NOT NULL DEFAULT 0,
  created_at      TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  finished_at     TIMESTAMPTZ,
  UNIQUE (organization_id, id),
  CONSTRAINT product_imports_started_by_fkey
    FOREIGN KEY (organization_id, started_by) REFERENCES users (organization_id, id),
  CONSTRAINT product_imports_counts CHECK (status <> 'finished' OR imported_rows + rejected_rows = total_rows)
);
COMMENT ON TABLE product_imports IS 'One row per imported file, with its result.';

CREATE FUNCTION guard_product_import() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF NOT user_has_permission(NEW.started_by, 'products.import') THEN
    RAISE EXCEPTION 'user % lacks the permission products.import', NEW.started_by USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION guard_product_import() IS 'Refuses (42501) an import in the name of a user without products.import, whatever the statement.';
CREATE TRIGGER product_imports_guard BEFORE INSERT OR UPDATE OF started_by ON product_imports
  FOR EACH ROW EXECUTE FUNCTION guard_product_import();

CREATE TABLE product_import_staging (
  import_id            BIGINT NOT NULL,
  line_number          INTEGER NOT NULL,
  organization_id      INTEGER NOT NULL,
  sku                  TEXT,
  name                 TEXT,
  description          TEXT,
  category             TEXT,
  barcode              TEXT,
  unit                 TEXT,
  unit_price           TEXT,
  cost_price           TEXT,
  min_stock_level      TEXT,
  max_stock_level      TEXT,
  duplicate_sku_of     INTEGER,
  duplicate_barcode_of INTEGER,
  PRIMARY KEY (import_id, line_number),
  CONSTRAINT product_import_staging_import_id_fkey
    FOREIGN KEY (organization_id, import_id) REFERENCES product_imports (organization_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE product_import_staging IS 'Rows of a file as they came, all text, until a batch moves them on.';
COMMENT ON COLUMN product_import_staging.line_number IS 'Number of the record in the file; the header is 1, the first row 2.';

CREATE TABLE product_import_errors (
  id              BIGSERIAL PRIMARY KEY,
  organization_id INTEGER NOT NULL,
  import_id       BIGINT NOT NULL,
  line_number     INTEGER NOT NULL,
  column_name     TEXT NOT NULL,
  reason          TEXT NOT NULL,
  row_values      JSONB NOT NULL,
  CONSTRAINT product_import_errors_import_id_fkey
    FOREIGN KEY (organization_id, import_id) REFERENCES product_imports (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_product_import_errors_import ON product_import_errors (organization_id, import_id, line_number);
COMMENT ON TABLE product_import_errors IS 'Why a row of a file did not become a product; one row per line and reason.';

CREATE FUNCTION fill_product_import_row() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_status text;
  v_counter text := current_setting('app.import_line', true);
BEGIN
  NEW.import_id := coalesce(NEW.import_id, nullif(current_setting('app.import_id', true), '')::bigint);
  IF NEW.import_id IS NULL THEN
    RAISE EXCEPTION 'no import was begun in this transaction'
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Call begin_product_import() first.';
  END IF;
  SELECT organization_id, status INTO NEW.organization_id, v_status FROM product_imports WHERE id = NEW.import_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'import % does not exist', NEW.import_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_status <> 'loading' THEN
    RAISE EXCEPTION 'import % is %; rows can be added before its first batch only', NEW.import_id, v_status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF NEW.line_number IS NULL THEN
    -- The counter lives in a setting of the transaction: a query per row would make a load quadratic.
    IF split_part(v_counter, ':', 1) IS DISTINCT FROM NEW.import_id::text THEN
      SELECT format('%s:%s', NEW.import_id, coalesce(max(line_number), 1)) INTO v_counter
      FROM product_import_staging WHERE import_id = NEW.import_id;
    END IF;
    NEW.line_number := split_part(v_counter, ':', 2)::integer + 1;
    PERFORM set_config('app.import_line', format('%s:%s', NEW.import_id, NEW.line_number), true);
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER product_import_staging_fill BEFORE INSERT ON product_import_staging
  FOR EACH ROW EXECUTE FUNCTION fill_product_import_row();

-- The target of COPY: PostgreSQL refuses COPY into a table with row security, not into a view.
CREATE VIEW product_import_rows WITH (security_invoker = true) AS
SELECT sku, name, description, category, barcode, unit, unit_price, cost_price, min_stock_level, max_stock_level
FROM product_import_staging
WHERE import_id = nullif(current_setting('app.import_id', true), '')::bigint;
COMMENT ON VIEW product_import_rows IS
  'COPY product_import_rows FROM STDIN (FORMAT csv, HEADER MATCH) loads a file for the import begun in this transaction, and refuses (22P04) one with other headings or another order of them.';

CREATE FUNCTION stage_product_import_row() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  INSERT INTO product_import_staging (sku, name, description, category, barcode, unit, unit_price, cost_price,
                                      min_stock_level, max_stock_level)
  VALUES (NEW.sku, NEW.name, NEW.description, NEW.category, NEW.barcode, NEW.unit, NEW.unit_price, NEW.cost_price,
          NEW.min_stock_level, NEW.max_stock_level);
  RETURN NEW;
END
$$;
CREATE TRIGGER product_import_rows_stage INSTEAD OF INSERT ON product_import_rows
  FOR EACH ROW EXECUTE FUNCTION stage_product_import_row();

CREATE VIEW product_import_problems WITH (security_invoker = true) AS
SELECT s.organization_id, s.import_id, s.line_number, p.column_name, p.reason
FROM product_import_staging AS s
CROSS JOIN LATERAL (VALUES
  ('sku', CASE
    WHEN coalesce(btrim(s.sku), '') = '' THEN 'is empty'
    WHEN length(btrim(s.sku)) > 50 THEN 'is longer than 50 characters'
    WHEN btrim(s.sku) !~ '^[A-Za-z0-9._/-]+$' THEN 'has characters other than letters, digits and . _ / -'
    WHEN s.duplicate_sku_of IS NOT NULL THEN format('is the same as on line %s', s.duplicate_sku_of)
    WHEN EXISTS (SELECT FROM products AS x WHERE x.organization_id = s.organization_id AND x.sku = btrim(s.sku))
      THEN 'belongs to an existing product' END),
  ('name', CASE
    WHEN coalesce(btrim(s.name), '') = '' THEN 'is empty'
    WHEN length(btrim(s.name)) > 200 THEN 'is longer than 200 characters' END),
  ('category', CASE
    WHEN coalesce(btrim(s.category), '') = '' THEN 'is empty'
    WHEN NOT EXISTS (SELECT FROM categories AS x WHERE x.organization_id = s.organization_id
                     AND x.name = btrim(s.category) AND x.is_active)
      THEN format('"%s" is not an active category', btrim(s.category)) END),
  ('barcode', CASE
    WHEN length(btrim(s.barcode)) > 50 THEN 'is longer than 50 characters'
    WHEN s.duplicate_barcode_of IS NOT NULL THEN format('is the same as on line %s', s.duplicate_barcode_of)
    WHEN EXISTS (SELECT FROM products AS x WHERE x.organization_id = s.organization_id AND x.barcode = btrim(s.barcode))
      THEN 'belongs to an existing product' END),
  ('unit', CASE WHEN length(btrim(s.unit)) > 20 THEN 'is longer than 20 characters' END),
  ('unit_price', CASE WHEN coalesce(btrim(s.unit_price), '') !~ '^[0-9]{1,9}$'
    THEN format('"%s" is not a whole number from 0 to 999999999', btrim(s.unit_price)) END),
  ('cost_price', CASE WHEN coalesce(btrim(s.cost_price), '') !~ '^[0-9]{0,9}$'
    THEN format('"%s" is not a whole number from 0 to 999999999', btrim(s.cost_price)) END),
  ('min_stock_level', CASE
    WHEN coalesce(btrim(s.min_stock_level), '') !~ '^[0-9]{0,9}$'
      THEN format('"%s" is not a whole number from 0 to 999999999', btrim(s.min_stock_level))
    WHEN coalesce(btrim(s.max_stock_level), '') ~ '^[0-9]{0,9}$'
     AND coalesce(nullif(btrim(s.min_stock_level), ''), '0')::integer
         > coalesce(nullif(btrim(s.max_stock_level), ''), '1000')::integer
      THEN 'is above the maximum' END),
  ('max_stock_level', CASE WHEN coalesce(btrim(s.max_stock_level), '') !~ '^[0-9]{0,9}$'
    THEN format('"%s" is not a whole number from 0 to 999999999', btrim(s.max_stock_level)) END)
) AS p (column_name, reason)
WHERE p.reason IS NOT NULL;
COMMENT ON VIEW product_import_problems IS
  'What is wrong with rows that wait in the staging table. Duplicates within a file are known from its first batch on.';

CREATE FUNCTION begin_product_import(p_file_name text, p_user_id integer) RETURNS bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM require_feature('bulk_import');
  PERFORM assert_permission(p_user_id, 'products.import');
  INSERT INTO product_imports (organization_id, file_name, started_by)
  VALUES (working_organization_id(), p_file_name, p_user_id)
  RETURNING id INTO v_id;
  PERFORM set_config('app.import_id', v_id::text, true);
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION begin_product_import(text, integer) IS
  'Begins an import; in the same transaction COPY product_import_rows loads its rows. Refuses a user without products.import (42501).';

CREATE FUNCTION listed_import_lines(p_import_id bigint, p_first integer, p_last integer) RETURNS integer
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT count(DISTINCT line_number)::integer FROM product_import_errors
  WHERE import_id = p_import_id AND line_number BETWEEN p_first AND p_last
$$;

CREATE FUNCTION import_product_batch(
  p_import_id bigint, p_batch_size integer DEFAULT NULL, OUT imported integer, OUT rejected integer, OUT remaining integer
) RETURNS record
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_import product_imports;
  v_size integer := coalesce(p_batch_size, (get_configuration('import.batch_size') #>> '{}')::integer, 100);
  v_first integer;
  v_last integer;
  v_rows integer;
  v_listed integer;
  v_added text[];
  v_caller text := current_setting('app.user_id', true);
BEGIN
  PERFORM require_feature('bulk_import');
  IF v_size < 1 THEN
    RAISE EXCEPTION 'a batch has at least one row, not %', v_size USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT * INTO v_import FROM product_imports
  WHERE id = p_import_id AND organization_id = working_organization_id()
  FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'import % does not exist', p_import_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_import.status = 'finished' THEN
    RAISE EXCEPTION 'import % is finished', p_import_id USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  PERFORM set_config('app.user_id', v_import.started_by::text, true);

  IF v_import.status = 'loading' THEN
    -- Over the whole file, so that the result does not depend on where a batch ends.
    UPDATE product_import_staging AS s
    SET duplicate_sku_of = nullif(f.first_sku, s.line_number),
        duplicate_barcode_of = nullif(f.first_barcode, s.line_number)
    FROM (SELECT line_number,
                 min(line_number) OVER (PARTITION BY btrim(sku)) AS first_sku,
                 CASE WHEN btrim(barcode) <> '' THEN min(line_number) OVER (PARTITION BY btrim(barcode)) END AS first_barcode
          FROM product_import_staging WHERE import_id = p_import_id) AS f
    WHERE s.import_id = p_import_id AND s.line_number = f.line_number
      AND (f.first_sku < s.line_number OR f.first_barcode < s.line_number);
    UPDATE product_imports
    SET status = 'running',
        total_rows = (SELECT count(*) FROM product_import_staging WHERE import_id = p_import_id)
    WHERE id = p_import_id;
  END IF;

  SELECT min(line_number), max(line_number), count(*) INTO v_first, v_last, v_rows FROM (
    SELECT line_number FROM product_import_staging WHERE import_id = p_import_id ORDER BY line_number LIMIT v_size
  ) AS batch;

  INSERT INTO product_import_errors (organization_id, import_id, line_number, column_name, reason, row_values)
  SELECT p.organization_id, p.import_id, p.line_number, p.column_name, p.reason,
         to_jsonb(s) - '{import_id,line_number,organization_id,duplicate_sku_of,duplicate_barcode_of}'::text[]
  FROM product_import_problems AS p
  JOIN product_import_staging AS s ON s.import_id = p.import_id AND s.line_number = p.line_number
  WHERE p.import_id = p_import_id AND s.import_id = p_import_id
    AND p.line_number <= v_last AND s.line_number <= v_last
  ORDER BY p.line_number, p.column_name;

  WITH good AS (
    SELECT s.*, c.id AS category_id
    FROM product_import_staging AS s
    JOIN categories AS c ON c.organization_id = s.organization_id AND c.name = btrim(s.category)
    WHERE s.import_id = p_import_id AND s.line_number <= v_last
      AND NOT EXISTS (SELECT FROM product_import_errors AS x
                      WHERE x.organization_id = s.organization_id AND x.import_id = p_import_id
                        AND x.line_number = s.line_number)
  ), added AS (
    INSERT INTO products (organization_id, sku, name, description, category_id, barcode, unit, unit_price, cost_price)
    SELECT organization_id, btrim(sku), btrim(name), nullif(btrim(description), ''), category_id,
           nullif(btrim(barcode), ''), coalesce(nullif(btrim(unit), ''), 'EA'), btrim(unit_price)::integer,
           coalesce(nullif(btrim(cost_price), ''), '0')::integer
    FROM good ORDER BY line_number
    ON CONFLICT DO NOTHING
    RETURNING id, organization_id, sku
  ), stocked AS (
    INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level, max_stock_level)
    SELECT a.organization_id, a.id, 0, coalesce(nullif(btrim(g.min_stock_level), ''), '0')::integer,
           coalesce(nullif(btrim(g.max_stock_level), ''), '1000')::integer
    FROM added AS a JOIN good AS g ON btrim(g.sku) = a.sku
  )
  SELECT coalesce(array_agg(sku), '{}') INTO v_added FROM added;

  v_listed := listed_import_lines(p_import_id, v_first, v_last);
  IF v_rows > cardinality(v_added) + v_listed THEN
    -- Somebody else was faster between the look and the insert.
    INSERT INTO product_import_errors (organization_id, import_id, line_number, column_name, reason, row_values)
    SELECT s.organization_id, s.import_id, s.line_number, c.column_name, c.reason,
           to_jsonb(s) - '{import_id,line_number,organization_id,duplicate_sku_of,duplicate_barcode_of}'::text[]
    FROM product_import_staging AS s
    JOIN LATERAL (
      SELECT 'sku' AS column_name, 'was taken during the import' AS reason FROM products AS x
      WHERE x.organization_id = s.organization_id AND x.sku = btrim(s.sku)
      UNION ALL
      SELECT 'barcode', 'was taken during the import' FROM products AS x
      WHERE x.organization_id = s.organization_id AND x.barcode = btrim(s.barcode)
      UNION ALL
      SELECT 'category', 'was renamed or removed during the import'
      WHERE NOT EXISTS (SELECT FROM categories AS x
                        WHERE x.organization_id = s.organization_id AND x.name = btrim(s.category))
    ) AS c ON true
    WHERE s.import_id = p_import_id AND s.line_number <= v_last AND btrim(s.sku) <> ALL (v_added)
      AND NOT EXISTS (SELECT FROM product_import_errors AS x
                      WHERE x.organization_id = s.organization_id AND x.import_id = p_import_id
                        AND x.line_number = s.line_number);
    -- A row that is neither a product nor listed was refused for its id, which is no fault of the row.
    IF v_rows > cardinality(v_added) + listed_import_lines(p_import_id, v_first, v_last) THEN
      RAISE EXCEPTION 'products_id_seq gave an id that is taken'
        USING ERRCODE = 'unique_violation', HINT = 'Set the sequence to the highest id.';
    END IF;
  END IF;

  DELETE FROM product_import_staging WHERE import_id = p_import_id AND line_number <= v_last;
  imported := cardinality(v_added);
  rejected := v_rows - imported;
  UPDATE product_imports
  SET imported_rows = imported_rows + imported, rejected_rows = rejected_rows + rejected
  WHERE id = p_import_id
  RETURNING total_rows - imported_rows - rejected_rows INTO remaining;
  IF remaining = 0 THEN
    UPDATE product_imports SET status = 'finished', finished_at = clock_timestamp() WHERE id = p_import_id;
  END IF;
  PERFORM set_config('app.user_id', coalesce(v_caller, ''), true);
END
$$;
COMMENT ON FUNCTION import_product_batch(bigint, integer) IS
  'Moves the next rows of an import: good ones become products with a stock record, bad ones are listed in product_import_errors. Call it, one transaction each, until remaining is 0. Batch size: import.batch_size when left out. Refuses a missing (P0002) or finished (55000) import.';

CREATE FUNCTION import_products(p_import_id bigint, p_batch_size integer DEFAULT NULL) RETURNS product_imports
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_import product_imports;
  v_remaining integer;
BEGIN
  LOOP
    SELECT b.remaining INTO v_remaining FROM import_product_batch(p_import_id, p_batch_size) AS b;
    EXIT WHEN v_remaining = 0;
  END LOOP;
  SELECT * INTO v_import FROM product_imports WHERE id = p_import_id;
  RETURN v_import;
END
$$;
COMMENT ON FUNCTION import_products(bigint, integer) IS 'All batches of an import in the caller''s transaction; returns the import with its counts.';

CREATE TRIGGER product_imports_audit AFTER INSERT OR UPDATE OR DELETE ON product_imports
  FOR EACH ROW EXECUTE FUNCTION write_enhanced_audit();

-- Row security and rights -------------------------------------------------------------------------

ALTER TABLE cli_sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE product_imports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE product_import_staging ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE product_import_errors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY cli_sessions_organization ON cli_sessions TO clierp_app
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY product_imports_organization ON product_imports TO clierp_app
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY product_import_staging_organization ON product_import_staging TO clierp_app
  USING (organization_id = (SELECT current_organization_id()));
CREATE POLICY product_import_errors_organization ON product_import_errors TO clierp_app
  USING (organization_id = (SELECT current_organization_id()));
GRANT SELECT, INSERT (organization_id, user_id, ip_address, user_agent), UPDATE (last_seen_at, ended_at)
ON cli_sessions TO clierp_app;
GRANT SELECT, INSERT (organization_id, file_name, started_by),
      UPDATE (status, total_rows, imported_rows, rejected_rows, finished_at)
ON product_imports TO clierp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON product_import_staging TO clierp_app;
GRANT SELECT, INSERT ON product_import_errors, product_import_rows TO clierp_app;
GRANT SELECT ON product_import_problems TO clierp_app;
GRANT USAGE ON SEQUENCE product_imports_id_seq, product_import_errors_id_seq TO clierp_app;
