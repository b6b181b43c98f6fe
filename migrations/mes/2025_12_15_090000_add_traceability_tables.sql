-- @description Phase 8: lots, serial numbers, genealogy in both directions, and recall simulation

INSERT INTO feature_flags (flag_key, description)
VALUES ('traceability', 'Phase 8: lot and serial tracking, genealogy and recall simulation');

CREATE TABLE number_ranges (
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  range_code varchar(50) NOT NULL,
  last_number bigint NOT NULL DEFAULT 0 CHECK (last_number >= 0),
  PRIMARY KEY (organization_id, range_code)
);
COMMENT ON TABLE number_ranges IS 'Counters without gaps: the row is locked until the number is used';

CREATE TABLE lot_numbers (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  plant_id integer NOT NULL,
  lot_number varchar(50) NOT NULL,
  material_id integer NOT NULL,
  work_order_id integer,
  supplier_lot varchar(50),
  quantity numeric(12, 3) NOT NULL CHECK (quantity > 0),
  status varchar(20) NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'quarantined', 'consumed', 'recalled')),
  manufactured_at timestamptz NOT NULL DEFAULT now(),
  expires_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_lot_number_per_org UNIQUE (organization_id, lot_number),
  CONSTRAINT uq_lot_numbers_org_id UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, plant_id) REFERENCES plants (organization_id, id),
  FOREIGN KEY (organization_id, material_id) REFERENCES materials (organization_id, id),
  FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders (organization_id, id)
);
CREATE INDEX idx_lot_numbers_material ON lot_numbers (organization_id, material_id);
CREATE INDEX idx_lot_numbers_work_order ON lot_numbers (organization_id, work_order_id);

CREATE TABLE serial_numbers (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  serial_number varchar(50) NOT NULL,
  material_id integer NOT NULL,
  lot_id integer,
  work_order_id integer,
  status varchar(20) NOT NULL DEFAULT 'produced' CHECK (status IN ('produced', 'shipped', 'returned', 'scrapped', 'recalled')),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_serial_number_per_org UNIQUE (organization_id, serial_number),
  CONSTRAINT uq_serial_numbers_org_id UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, material_id) REFERENCES materials (organization_id, id),
  FOREIGN KEY (organization_id, lot_id) REFERENCES lot_numbers (organization_id, id),
  FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders (organization_id, id)
);
CREATE INDEX idx_serial_numbers_lot ON serial_numbers (organization_id, lot_id);

CREATE TABLE genealogy_records (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  parent_lot_id integer,
  parent_serial_id integer,
  child_lot_id integer,
  child_serial_id integer,
  -- lots are even, serials odd: one number for a node of the graph
  parent_node bigint NOT NULL GENERATED ALWAYS AS (coalesce(parent_lot_id::bigint * 2, parent_serial_id::bigint * 2 + 1)) STORED,
  child_node bigint NOT NULL GENERATED ALWAYS AS (coalesce(child_lot_id::bigint * 2, child_serial_id::bigint * 2 + 1)) STORED,
  quantity numeric(12, 3) CHECK (quantity > 0),
  work_order_id integer,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT parent_is_one_thing CHECK (num_nonnulls(parent_lot_id, parent_serial_id) = 1),
  CONSTRAINT child_is_one_thing CHECK (num_nonnulls(child_lot_id, child_serial_id) = 1),
  CONSTRAINT uq_genealogy_edge UNIQUE (organization_id, parent_node, child_node),
  FOREIGN KEY (organization_id, parent_lot_id) REFERENCES lot_numbers (organization_id, id),
  FOREIGN KEY (organization_id, parent_serial_id) REFERENCES serial_numbers (organization_id, id),
  FOREIGN KEY (organization_id, child_lot_id) REFERENCES lot_numbers (organization_id, id),
  FOREIGN KEY (organization_id, child_serial_id) REFERENCES serial_numbers (organization_id, id),
  FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders (organization_id, id)
);
CREATE INDEX idx_genealogy_backward ON genealogy_records (organization_id, child_node, parent_node);
COMMENT ON TABLE genealogy_records IS 'What went into what: the parent (component) is used up in the child (product)';

ALTER TABLE shipment_items ADD COLUMN lot_id integer, ADD COLUMN serial_id integer,
  ADD CONSTRAINT shipment_items_lot_fkey FOREIGN KEY (organization_id, lot_id) REFERENCES lot_numbers (organization_id, id),
  ADD CONSTRAINT shipment_items_serial_fkey FOREIGN KEY (organization_id, serial_id) REFERENCES serial_numbers (organization_id, id);
CREATE INDEX idx_shipment_items_lot ON shipment_items (organization_id, lot_id) WHERE lot_id IS NOT NULL;
CREATE INDEX idx_shipment_items_serial ON shipment_items (organization_id, serial_id) WHERE serial_id IS NOT NULL;

SELECT secure_tenant_table(t::regclass) FROM unnest(ARRAY['number_ranges', 'lot_numbers', 'serial_numbers', 'genealogy_records']) t;

CREATE FUNCTION next_numbers(code text, amount integer DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last bigint;
BEGIN
  IF amount IS NULL OR amount NOT BETWEEN 1 AND 100000 THEN
    RAISE EXCEPTION 'between 1 and 100000 numbers: %', amount USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO number_ranges AS r (organization_id, range_code, last_number) VALUES (require_organization(), code, amount)
  ON CONFLICT (organization_id, range_code) DO UPDATE SET last_number = r.last_number + amount
  RETURNING last_number INTO last;
  RETURN last - amount + 1;
END
$$;
COMMENT ON FUNCTION next_numbers(text, integer) IS 'The first of so many numbers that follow without a gap';

CREATE FUNCTION assign_lot(material integer, plant integer, amount numeric, work_order integer DEFAULT NULL,
  from_supplier text DEFAULT NULL, expiry date DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  day text := to_char(now() AT TIME ZONE 'UTC', 'YYMMDD');
  made integer;
BEGIN
  PERFORM require_feature('traceability');
  PERFORM require_permission('lots', 'write');
  IF NOT EXISTS (SELECT FROM materials WHERE organization_id = organization AND id = material) THEN
    RAISE EXCEPTION 'there is no material %', material USING ERRCODE = 'no_data_found';
  END IF;
  IF expiry < (now() AT TIME ZONE 'UTC')::date THEN
    RAISE EXCEPTION 'a new lot is not past its expiry (%)', expiry USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO lot_numbers (organization_id, plant_id, lot_number, material_id, work_order_id, supplier_lot, quantity, expires_on)
  VALUES (organization, plant, format('L%s-%s', day, lpad(next_numbers('lot-' || day)::text, 5, '0')), material, work_order,
          from_supplier, amount, expiry)
  RETURNING id INTO made;
  RETURN made;
END
$$;

CREATE FUNCTION generate_serial_numbers(lot integer, amount integer) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  source lot_numbers;
  taken bigint;
  first bigint;
BEGIN
  PERFORM require_feature('traceability');
  PERFORM require_permission('lots', 'write');
  SELECT * INTO source FROM lot_numbers WHERE organization_id = organization AND id = lot FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no lot %', lot USING ERRCODE = 'no_data_found';
  ELSIF source.status <> 'active' THEN
    RAISE EXCEPTION 'the lot % is %', source.lot_number, source.status USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  SELECT count(*) INTO taken FROM serial_numbers WHERE organization_id = organization AND lot_id = lot;
  IF taken + amount > source.quantity THEN
    RAISE EXCEPTION 'the lot % has % pieces, % are numbered already', source.lot_number, source.quantity, taken
      USING ERRCODE = 'check_violation';
  END IF;
  first := next_numbers('serial-' || source.material_id, amount);
  RETURN QUERY
  INSERT INTO serial_numbers (organization_id, serial_number, material_id, lot_id, work_order_id)
  SELECT organization, format('S%s-%s', source.material_id, lpad(n::text, 8, '0')), source.material_id, lot, source.work_order_id
  FROM generate_series(first, first + amount - 1) n
  RETURNING serial_number::text;
END
$$;

-- A session keeps a plan that it made while the table was small. So that it is a good one then, too, what would read
-- the whole table is set off, and the order asked for is that of the one index that serves.
CREATE FUNCTION refuse_genealogy_cycle() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  -- as variables: row security lets no index serve a comparison with coalesce(), which may leak what it sees
  parent bigint := coalesce(NEW.parent_lot_id::bigint * 2, NEW.parent_serial_id::bigint * 2 + 1);
  child bigint := coalesce(NEW.child_lot_id::bigint * 2, NEW.child_serial_id::bigint * 2 + 1);
BEGIN
  -- two edges added at once could close a cycle that neither sees
  PERFORM pg_advisory_xact_lock(hashtext('mes.genealogy'), NEW.organization_id);
  IF NEW.parent_lot_id = NEW.child_lot_id OR NEW.parent_serial_id = NEW.child_serial_id THEN
    RAISE EXCEPTION 'nothing is a part of itself' USING ERRCODE = 'check_violation';
  END IF;
  -- most edges join something old to something new: then no cycle is possible
  IF (SELECT g.child_node FROM genealogy_records g WHERE g.organization_id = NEW.organization_id
      AND g.parent_node = child ORDER BY g.child_node LIMIT 1) IS NULL
     OR (SELECT g.parent_node FROM genealogy_records g WHERE g.organization_id = NEW.organization_id
         AND g.child_node = parent ORDER BY g.parent_node LIMIT 1) IS NULL THEN
    RETURN NEW;
  END IF;
  IF parent IN (
    WITH RECURSIVE onward (node) AS (
      SELECT child
      UNION
      SELECT g.child_node FROM onward JOIN genealogy_records g
        ON g.organization_id = NEW.organization_id AND g.parent_node = onward.node AND g.id <> NEW.id
    )
    SELECT node FROM onward) THEN
    RAISE EXCEPTION 'this would make something a part of itself' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER genealogy_records_refuse_cycle BEFORE INSERT OR UPDATE ON genealogy_records
  FOR EACH ROW EXECUTE FUNCTION refuse_genealogy_cycle();

CREATE FUNCTION genealogy_node(kind text, thing integer) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found boolean;
BEGIN
  IF kind = 'lot' THEN
    found := EXISTS (SELECT FROM lot_numbers WHERE organization_id = require_organization() AND id = thing);
  ELSIF kind = 'serial' THEN
    found := EXISTS (SELECT FROM serial_numbers WHERE organization_id = require_organization() AND id = thing);
  ELSE
    RAISE EXCEPTION 'genealogy has lots and serials, not %', kind USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF NOT found THEN
    RAISE EXCEPTION 'there is no % %', kind, thing USING ERRCODE = 'no_data_found';
  END IF;
  RETURN thing::bigint * 2 + CASE kind WHEN 'serial' THEN 1 ELSE 0 END;
END
$$;

-- The settings of the next functions make their plans what they must be whatever the statistics say:
-- step by step through the index along the graph, and all at once where the nodes found get their names.
CREATE FUNCTION trace_nodes(start bigint, direction text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
SET enable_nestloop = on SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  organization integer := require_organization();
BEGIN
  -- UNION meets each node once, however many ways lead to it; the start comes with the answer
  IF direction = 'forward' THEN
    -- what went into a lot is in each of its serials
    RETURN QUERY WITH RECURSIVE reached (node) AS (
      SELECT start
      UNION
      SELECT e.node FROM reached r CROSS JOIN LATERAL (
        SELECT g.child_node AS node FROM genealogy_records g WHERE g.organization_id = organization AND g.parent_node = r.node
        UNION ALL
        SELECT s.id::bigint * 2 + 1 FROM serial_numbers s
        WHERE r.node % 2 = 0 AND s.organization_id = organization AND s.lot_id = (r.node / 2)::integer) e
    ) SELECT node FROM reached;
  ELSIF direction = 'backward' THEN
    RETURN QUERY WITH RECURSIVE reached (node) AS (
      SELECT start
      UNION
      SELECT e.node FROM reached r CROSS JOIN LATERAL (
        SELECT g.parent_node AS node FROM genealogy_records g WHERE g.organization_id = organization AND g.child_node = r.node
        UNION ALL
        SELECT s.lot_id::bigint * 2 FROM serial_numbers s
        WHERE r.node % 2 = 1 AND s.organization_id = organization AND s.id = (r.node / 2)::integer AND s.lot_id IS NOT NULL) e
    ) SELECT node FROM reached;
  ELSE
    RAISE EXCEPTION 'a direction is forward or backward, not %', direction USING ERRCODE = 'invalid_parameter_value';
  END IF;
END
$$;

CREATE FUNCTION trace_genealogy(kind text, thing integer, direction text)
RETURNS TABLE (found_kind text, found_id integer, number text, material_id integer, status text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off AS $$
  WITH nodes AS MATERIALIZED (
    SELECT n % 2 AS is_serial, (n / 2)::integer AS id FROM trace_nodes(genealogy_node(kind, thing), direction) n
    OFFSET 1 -- the start comes first
  )
  SELECT 'lot', l.id, l.lot_number::text, l.material_id, l.status::text
  FROM nodes JOIN lot_numbers l ON l.id = nodes.id AND l.organization_id = current_organization_id() WHERE nodes.is_serial = 0
  UNION ALL
  SELECT 'serial', s.id, s.serial_number, s.material_id, s.status
  FROM nodes JOIN serial_numbers s ON s.id = nodes.id AND s.organization_id = current_organization_id() WHERE nodes.is_serial = 1
$$;
COMMENT ON FUNCTION trace_genealogy(text, integer, text) IS
  'forward: everything the lot or serial went into, with the serials of each lot; backward: everything that went into it, a serial''s lot first';

CREATE FUNCTION genealogy_tree(kind text, thing integer, direction text, max_depth integer DEFAULT 10)
RETURNS TABLE (depth integer, parent_node bigint, child_node bigint, quantity numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
SET enable_nestloop = on SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  organization integer := require_organization();
BEGIN
  IF direction IS NULL OR direction NOT IN ('forward', 'backward') OR max_depth IS NULL OR max_depth NOT BETWEEN 1 AND 100 THEN
    RAISE EXCEPTION 'forward or backward, 1 to 100 deep; not % and %', direction, max_depth USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF direction = 'forward' THEN
    RETURN QUERY
    WITH RECURSIVE walk (d, node) AS (
      SELECT 0, genealogy_node(kind, thing)
      UNION
      SELECT w.d + 1, g.child_node FROM walk w JOIN genealogy_records g ON g.organization_id = organization AND g.parent_node = w.node
      WHERE w.d < max_depth
    )
    SELECT min(w.d) + 1, g.parent_node, g.child_node, g.quantity
    FROM walk w JOIN genealogy_records g ON g.organization_id = organization AND g.parent_node = w.node
    WHERE w.d < max_depth GROUP BY g.parent_node, g.child_node, g.quantity ORDER BY 1, 2, 3;
  ELSE
    RETURN QUERY
    WITH RECURSIVE walk (d, node) AS (
      SELECT 0, genealogy_node(kind, thing)
      UNION
      SELECT w.d + 1, g.parent_node FROM walk w JOIN genealogy_records g ON g.organization_id = organization AND g.child_node = w.node
      WHERE w.d < max_depth
    )
    SELECT min(w.d) + 1, g.parent_node, g.child_node, g.quantity
    FROM walk w JOIN genealogy_records g ON g.organization_id = organization AND g.child_node = w.node
    WHERE w.d < max_depth GROUP BY g.parent_node, g.child_node, g.quantity ORDER BY 1, 2, 3;
  END IF;
END
$$;
COMMENT ON FUNCTION genealogy_tree(text, integer, text, integer) IS 'The edges by their distance, for a picture of the neighbourhood; node: lot id x 2, serial id x 2 + 1';

CREATE FUNCTION simulate_recall(kind text, thing integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off AS $$
DECLARE
  organization integer := require_organization();
  affected bigint[];
  answer jsonb;
BEGIN
  PERFORM require_permission('lots', 'recall');
  affected := ARRAY(SELECT trace_nodes(genealogy_node(kind, thing), 'forward'));
  WITH nodes AS (SELECT n FROM unnest(affected) n),
  lots AS (SELECT l.* FROM nodes JOIN lot_numbers l ON l.organization_id = organization AND l.id = (nodes.n / 2)::integer WHERE nodes.n % 2 = 0),
  serials AS (SELECT s.* FROM nodes JOIN serial_numbers s ON s.organization_id = organization AND s.id = (nodes.n / 2)::integer WHERE nodes.n % 2 = 1),
  items AS (
    -- an item may name lot and serial, of which only one is affected, and counts once if both are
    SELECT i.shipment_id, coalesce(i.lot_id, s.lot_id) AS lot_id, i.quantity_shipped
    FROM shipment_items i LEFT JOIN lots l ON l.id = i.lot_id LEFT JOIN serials s ON s.id = i.serial_id
    WHERE i.organization_id = organization AND num_nonnulls(l.id, s.id) > 0
  ), gone AS (
    SELECT i.shipment_id, i.lot_id, i.quantity_shipped, h.shipment_number, c.customer_name
    FROM items i JOIN shipments h ON h.organization_id = organization AND h.id = i.shipment_id
    LEFT JOIN customers c ON c.organization_id = organization AND c.id = h.customer_id
    WHERE h.status IN ('shipped', 'in_transit', 'delivered')
  ), shipped AS (
    SELECT shipment_number, customer_name, sum(quantity_shipped) AS quantity FROM gone GROUP BY shipment_id, 1, 2
  ), taken AS (
    SELECT lot_id, sum(quantity) AS quantity FROM (
      SELECT lot_id, quantity_shipped AS quantity FROM gone
      UNION ALL
      SELECT g.parent_lot_id, g.quantity FROM genealogy_records g JOIN lots l ON l.id = g.parent_lot_id WHERE g.organization_id = organization) AS out_of
    GROUP BY 1
  )
  SELECT jsonb_build_object(
    'lots', (SELECT count(*) FROM lots), 'serials', (SELECT count(*) FROM serials),
    -- of a lot, what neither left nor went into something else
    'quantity_in_house', (SELECT coalesce(sum(greatest(l.quantity - coalesce(t.quantity, 0), 0)), 0)
                          FROM lots l LEFT JOIN taken t ON t.lot_id = l.id WHERE l.status IN ('active', 'quarantined')),
    'quantity_shipped', (SELECT coalesce(sum(quantity), 0) FROM shipped),
    'shipments', (SELECT coalesce(jsonb_agg(shipment_number ORDER BY shipment_number), '[]') FROM shipped),
    'customers', (SELECT coalesce(jsonb_agg(DISTINCT customer_name), '[]') FROM shipped WHERE customer_name IS NOT NULL))
  INTO answer;
  RETURN answer;
END
$$;
COMMENT ON FUNCTION simulate_recall(text, integer) IS 'What a recall would reach: lots, serials, shipments and customers; changes nothing';
