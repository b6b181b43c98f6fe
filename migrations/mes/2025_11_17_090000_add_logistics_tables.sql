-- @description Phase 4: shipments, barcode labels made through a queue, and scan events as a time series

INSERT INTO feature_flags (flag_key, description)
VALUES ('logistics', 'Phase 4: shipments, barcodes and scanning');
SELECT create_message_queue('barcode_generation'), create_message_queue('label_printing');

CREATE TABLE shipments (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  plant_id integer NOT NULL,
  shipment_number varchar(50) NOT NULL,
  customer_id integer,
  carrier varchar(100),
  tracking_number varchar(100),
  status varchar(20) NOT NULL DEFAULT 'draft'
    CHECK (status IN ('draft', 'packed', 'shipped', 'in_transit', 'delivered', 'cancelled')),
  planned_ship_date date,
  shipped_at timestamptz,
  delivered_at timestamptz,
  created_by integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_shipment_number_per_org UNIQUE (organization_id, shipment_number),
  CONSTRAINT uq_shipments_org_id UNIQUE (organization_id, id),
  CONSTRAINT shipment_times_fit_status CHECK (
    (status IN ('shipped', 'in_transit', 'delivered')) = (shipped_at IS NOT NULL)
    AND (status = 'delivered') = (delivered_at IS NOT NULL)),
  CONSTRAINT delivered_after_shipped CHECK (delivered_at >= shipped_at),
  FOREIGN KEY (organization_id, plant_id) REFERENCES plants (organization_id, id),
  FOREIGN KEY (organization_id, customer_id) REFERENCES customers (organization_id, id),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (created_by)
);
CREATE INDEX idx_shipments_status ON shipments (organization_id, status, planned_ship_date);

CREATE TABLE shipment_items (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  shipment_id integer NOT NULL,
  line_no integer NOT NULL CHECK (line_no > 0),
  material_id integer NOT NULL,
  work_order_id integer,
  quantity_planned numeric(12, 3) NOT NULL CHECK (quantity_planned > 0),
  quantity_shipped numeric(12, 3) NOT NULL DEFAULT 0 CHECK (quantity_shipped >= 0),
  CONSTRAINT uq_shipment_line UNIQUE (shipment_id, line_no),
  FOREIGN KEY (organization_id, shipment_id) REFERENCES shipments (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, material_id) REFERENCES materials (organization_id, id),
  FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders (organization_id, id)
);
CREATE INDEX idx_shipment_items_material ON shipment_items (organization_id, material_id);

CREATE TABLE barcode_labels (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  entity_type varchar(30) NOT NULL CHECK (entity_type IN ('material', 'work_order', 'project', 'ncr', 'shipment', 'lot', 'serial')),
  entity_id integer NOT NULL,
  symbology varchar(10) NOT NULL CHECK (symbology IN ('qr', 'code128', 'ean13')),
  code varchar(100) NOT NULL,
  status varchar(20) NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'generated', 'failed', 'voided')),
  image bytea,
  print_count integer NOT NULL DEFAULT 0,
  last_printed_at timestamptz,
  created_by integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_barcode_per_org UNIQUE (organization_id, code),
  CONSTRAINT generated_label_has_image CHECK (status <> 'generated' OR image IS NOT NULL),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (created_by)
);
CREATE INDEX idx_barcode_labels_entity ON barcode_labels (organization_id, entity_type, entity_id);

CREATE TABLE qr_code_scans (
  id bigserial,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  plant_id integer NOT NULL,
  scanned_at timestamptz NOT NULL DEFAULT now(),
  code varchar(100) NOT NULL,
  scan_type varchar(20) NOT NULL CHECK (scan_type IN ('identify', 'pick', 'load', 'deliver', 'receive')),
  is_known boolean NOT NULL,
  entity_type varchar(30),
  entity_id integer,
  scanned_by integer,
  device varchar(100),
  location varchar(200),
  PRIMARY KEY (id, scanned_at),
  CONSTRAINT known_scan_has_entity CHECK (is_known = (entity_id IS NOT NULL AND entity_type IS NOT NULL)),
  FOREIGN KEY (organization_id, plant_id) REFERENCES plants (organization_id, id),
  FOREIGN KEY (organization_id, scanned_by) REFERENCES users (organization_id, id)
);
CREATE INDEX idx_qr_code_scans_entity ON qr_code_scans (organization_id, entity_type, entity_id, scanned_at DESC);
CREATE INDEX idx_qr_code_scans_time ON qr_code_scans (organization_id, scanned_at);

SELECT secure_tenant_table(t::regclass) FROM unnest(ARRAY['shipments', 'shipment_items', 'barcode_labels', 'qr_code_scans']) t;
SELECT create_hypertable('qr_code_scans', 'scanned_at', chunk_time_interval => interval '1 month');

CREATE FUNCTION ean13_check_digit(digits text) RETURNS integer
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF digits !~ '^\d{12}$' THEN
    RAISE EXCEPTION 'an EAN-13 has twelve digits before its check digit: %', digits USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN (10 - (SELECT sum(substr(digits, n, 1)::integer * CASE n % 2 WHEN 0 THEN 3 ELSE 1 END) FROM generate_series(1, 12) n) % 10) % 10;
END
$$;

CREATE FUNCTION code128_checksum(payload text) RETURNS integer
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF payload !~ '^[ -~]+$' THEN
    RAISE EXCEPTION 'Code 128 B holds printable ASCII only' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- start symbol B has the value 104; each character weighs its place
  RETURN (104 + (SELECT sum(n * (ascii(substr(payload, n, 1)) - 32)) FROM generate_series(1, length(payload)) n)) % 103;
END
$$;
COMMENT ON FUNCTION code128_checksum(text) IS 'Value of the check symbol of a Code 128 B barcode';

CREATE FUNCTION generate_barcode(kind text, entity integer, wanted_symbology text DEFAULT 'qr') RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  label barcode_labels;
  body text;
BEGIN
  PERFORM require_feature('logistics');
  PERFORM require_permission('barcodes', 'create');
  label.id := nextval(pg_get_serial_sequence('public.barcode_labels', 'id'));
  body := CASE wanted_symbology
    WHEN 'ean13' THEN '2' || lpad((label.id % 100000000000)::text, 11, '0') -- 2..: numbers for use within a company
    ELSE upper(format('%s-%s-%s', left(kind, 3), entity, label.id)) END;
  body := body || CASE wanted_symbology WHEN 'ean13' THEN ean13_check_digit(body)::text ELSE '' END;
  INSERT INTO barcode_labels (id, organization_id, entity_type, entity_id, symbology, code, created_by)
  VALUES (label.id, organization, kind, entity, wanted_symbology, body, current_user_id());
  PERFORM enqueue_message('barcode_generation', 'generate', jsonb_build_object('label_id', label.id, 'symbology', wanted_symbology,
    'code', body, 'checksum', CASE wanted_symbology WHEN 'code128' THEN code128_checksum(body) END));
  RETURN label.id;
END
$$;

CREATE FUNCTION guard_barcode_label() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found boolean;
  target text := CASE NEW.entity_type WHEN 'shipment' THEN 'shipments' WHEN 'lot' THEN 'lot_numbers'
    WHEN 'serial' THEN 'serial_numbers' ELSE entity_table(NEW.entity_type)::text END;
BEGIN
  IF to_regclass(target) IS NOT NULL THEN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE organization_id = $1 AND id = $2)', target)
      INTO found USING NEW.organization_id, NEW.entity_id;
  END IF;
  IF found IS NOT TRUE THEN
    RAISE EXCEPTION 'there is no % %', NEW.entity_type, NEW.entity_id USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER barcode_labels_guard BEFORE INSERT ON barcode_labels
  FOR EACH ROW EXECUTE FUNCTION guard_barcode_label();

CREATE FUNCTION complete_barcode(label integer, rendered bytea) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  present text;
BEGIN
  SELECT status INTO present FROM barcode_labels WHERE organization_id = require_organization() AND id = label FOR UPDATE;
  IF present IS NULL THEN
    RAISE EXCEPTION 'there is no label %', label USING ERRCODE = 'no_data_found';
  ELSIF present NOT IN ('queued', 'failed') THEN
    RAISE EXCEPTION 'the label % is %', label, present USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE barcode_labels SET image = rendered, status = CASE WHEN rendered IS NULL THEN 'failed' ELSE 'generated' END WHERE id = label;
END
$$;
COMMENT ON FUNCTION complete_barcode(integer, bytea) IS 'The worker hands in the picture; null when it could not be drawn';

CREATE FUNCTION print_label(label integer, copies integer DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  present text;
BEGIN
  PERFORM require_permission('barcodes', 'print');
  IF copies IS NULL OR copies NOT BETWEEN 1 AND 500 THEN
    RAISE EXCEPTION 'between 1 and 500 copies: %', copies USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT status INTO present FROM barcode_labels WHERE organization_id = require_organization() AND id = label FOR UPDATE;
  IF present IS NULL THEN
    RAISE EXCEPTION 'there is no label %', label USING ERRCODE = 'no_data_found';
  ELSIF present <> 'generated' THEN
    RAISE EXCEPTION 'the label % is %', label, present USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE barcode_labels SET print_count = print_count + copies, last_printed_at = now() WHERE id = label;
  RETURN enqueue_message('label_printing', 'print', jsonb_build_object('label_id', label, 'copies', copies));
END
$$;

CREATE FUNCTION guard_shipment_status() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.updated_at := now();
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  IF (OLD.status, NEW.status) NOT IN (
       ('draft', 'packed'), ('draft', 'cancelled'), ('packed', 'shipped'), ('packed', 'draft'), ('packed', 'cancelled'),
       ('shipped', 'in_transit'), ('shipped', 'delivered'), ('in_transit', 'delivered')) THEN
    RAISE EXCEPTION 'a shipment does not go from % to %', OLD.status, NEW.status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF NEW.status = 'packed' AND NOT EXISTS (SELECT FROM shipment_items i WHERE i.shipment_id = NEW.id) THEN
    RAISE EXCEPTION 'the shipment % has no items', NEW.shipment_number USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF NEW.status = 'shipped' THEN
    NEW.shipped_at := coalesce(NEW.shipped_at, now());
    UPDATE shipment_items SET quantity_shipped = quantity_planned WHERE shipment_id = NEW.id AND quantity_shipped = 0;
  ELSIF NEW.status = 'delivered' THEN
    NEW.delivered_at := coalesce(NEW.delivered_at, now());
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER shipments_guard_status BEFORE UPDATE ON shipments
  FOR EACH ROW EXECUTE FUNCTION guard_shipment_status();

CREATE FUNCTION guard_shipment_items() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  present text;
BEGIN
  PERFORM FROM shipments WHERE id IN (OLD.shipment_id, NEW.shipment_id) ORDER BY id FOR SHARE;
  SELECT status INTO present FROM shipments
  WHERE id IN (OLD.shipment_id, NEW.shipment_id) AND status NOT IN ('draft', 'packed') LIMIT 1;
  -- what was left empty may be filled in later
  IF FOUND AND (TG_OP <> 'UPDATE' OR EXISTS (
       SELECT FROM jsonb_each(to_jsonb(OLD)) was
       WHERE was.value <> 'null' AND to_jsonb(NEW) -> was.key <> was.value)) THEN
    RAISE EXCEPTION 'the shipment is %, its items stay', present USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER shipment_items_guard BEFORE INSERT OR UPDATE OR DELETE ON shipment_items
  FOR EACH ROW EXECUTE FUNCTION guard_shipment_items();

CREATE FUNCTION record_scan(scanned text, kind_of_scan text, plant integer, scanner text DEFAULT NULL,
  place text DEFAULT NULL, at timestamptz DEFAULT now())
RETURNS TABLE (is_known boolean, entity_type text, entity_id integer)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  label barcode_labels;
BEGIN
  PERFORM require_feature('logistics');
  PERFORM require_permission('barcodes', 'scan');
  IF NOT user_has_plant_access(current_user_id(), plant, 'write') THEN
    RAISE EXCEPTION 'user % may not work in plant %', current_user_id(), plant USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF at > now() + interval '5 minutes' THEN
    RAISE EXCEPTION 'a scan does not come from the future (%)', at USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT * INTO label FROM barcode_labels l WHERE l.organization_id = organization AND l.code = scanned AND l.status <> 'voided';
  is_known := label.id IS NOT NULL;
  entity_type := label.entity_type;
  entity_id := label.entity_id;
  PERFORM ensure_chunk('qr_code_scans', at);
  INSERT INTO qr_code_scans (organization_id, plant_id, scanned_at, code, scan_type, is_known, entity_type, entity_id, scanned_by, device, location)
  VALUES (organization, plant, at, scanned, kind_of_scan, record_scan.is_known, record_scan.entity_type, record_scan.entity_id,
          current_user_id(), scanner, place);
  IF entity_type = 'shipment' AND kind_of_scan IN ('load', 'deliver') THEN
    UPDATE shipments s SET status = CASE kind_of_scan WHEN 'load' THEN 'shipped' ELSE 'delivered' END
    WHERE s.organization_id = organization AND s.id = record_scan.entity_id
      AND s.status <> CASE kind_of_scan WHEN 'load' THEN 'shipped' ELSE 'delivered' END;
  END IF;
  RETURN NEXT;
END
$$;
COMMENT ON FUNCTION record_scan(text, text, integer, text, text, timestamptz) IS
  'Records a scan and tells what was scanned; an unknown code is recorded too. Loading and delivering move a shipment on';

CREATE VIEW shipment_tracking WITH (security_invoker = true) AS
SELECT s.id, s.organization_id, s.plant_id, s.shipment_number, s.status, s.carrier, s.tracking_number,
       c.customer_name, s.planned_ship_date, s.shipped_at, s.delivered_at,
       (SELECT count(*) FROM shipment_items i WHERE i.shipment_id = s.id) AS item_count,
       (SELECT coalesce(sum(i.quantity_planned), 0) FROM shipment_items i WHERE i.shipment_id = s.id) AS quantity_planned,
       (SELECT coalesce(sum(i.quantity_shipped), 0) FROM shipment_items i WHERE i.shipment_id = s.id) AS quantity_shipped,
       l.scanned_at AS last_scan_at, l.scan_type AS last_scan_type, l.location AS last_scan_location
FROM shipments s
LEFT JOIN customers c ON c.organization_id = s.organization_id AND c.id = s.customer_id
LEFT JOIN LATERAL (
  SELECT q.scanned_at, q.scan_type, q.location FROM qr_code_scans q
  WHERE q.organization_id = s.organization_id AND q.entity_type = 'shipment' AND q.entity_id = s.id
  ORDER BY q.scanned_at DESC, q.id DESC LIMIT 1) l ON true;
GRANT SELECT ON shipment_tracking TO mes_app, mes_worker;
