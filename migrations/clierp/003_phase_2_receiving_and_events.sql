-- @description Phase 2: receiving purchase orders in one transaction, domain events in an outbox with NOTIFY
-- @lock-timeout 5s

-- What an order line may never say, whoever writes it. The before-check lists lines that say it now.
ALTER TABLE purchase_order_items
  ADD CONSTRAINT purchase_order_items_received_at_most_ordered CHECK (received_quantity <= quantity);

-- Domain events -----------------------------------------------------------------------------------

CREATE TABLE domain_events (
  id              BIGSERIAL PRIMARY KEY,
  organization_id INTEGER NOT NULL DEFAULT working_organization_id() REFERENCES organizations (id),
  event_type      VARCHAR(100) NOT NULL CHECK (event_type ~ '^[a-z][a-z0-9_]*$'),
  entity_id       BIGINT NOT NULL,
  payload         JSONB NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(payload) = 'object'),
  occurred_at     TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  published_at    TIMESTAMPTZ
);
CREATE INDEX idx_domain_events_unpublished ON domain_events (id) WHERE published_at IS NULL;
CREATE INDEX idx_domain_events_organization ON domain_events (organization_id, event_type, occurred_at);
COMMENT ON TABLE domain_events IS
  'Outbox: written in the transaction of the change itself, so an event is there exactly when its change is.';
COMMENT ON COLUMN domain_events.published_at IS 'When the handlers had been given the event; NULL until then.';

CREATE FUNCTION publish_domain_event(
  p_event_type text, p_entity_id bigint, p_payload jsonb, p_organization_id integer DEFAULT NULL
) RETURNS bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_id bigint := nextval('domain_events_id_seq');
  v_organization integer := coalesce(p_organization_id, working_organization_id());
BEGIN
  INSERT INTO domain_events (id, organization_id, event_type, entity_id, payload)
  VALUES (v_id, v_organization, p_event_type, p_entity_id, p_payload);
  -- Only what tells a listener where to look: NOTIFY is heard by every organization and holds 8,000 bytes.
  PERFORM pg_notify('clierp_domain_events', json_build_object(
    'id', v_id, 'event_type', p_event_type, 'organization_id', v_organization)::text);
  RETURN v_id;
END
$$;
COMMENT ON FUNCTION publish_domain_event(text, bigint, jsonb, integer) IS
  'Writes an event to the outbox and notifies channel clierp_domain_events when the transaction commits.';

CREATE FUNCTION claim_domain_events(p_limit integer DEFAULT 100) RETURNS SETOF domain_events
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF p_limit IS NULL OR p_limit < 1 THEN
    RAISE EXCEPTION 'the number of events must be at least 1, not %', p_limit USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN QUERY
    SELECT * FROM domain_events WHERE published_at IS NULL ORDER BY id LIMIT p_limit FOR UPDATE SKIP LOCKED;
END
$$;
COMMENT ON FUNCTION claim_domain_events(integer) IS
  'The oldest unpublished events, locked until the transaction ends; events that another dispatcher holds are left out.';

CREATE FUNCTION mark_domain_events_published(p_ids bigint[]) RETURNS integer
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_count integer;
BEGIN
  UPDATE domain_events SET published_at = clock_timestamp() WHERE id = ANY (p_ids) AND published_at IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count IS DISTINCT FROM (SELECT count(DISTINCT i) FROM unnest(p_ids) AS i)::integer THEN
    RAISE EXCEPTION 'some of these events do not exist or were published before'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN v_count;
END
$$;

CREATE FUNCTION raise_stock_level_changed() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_old integer := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    v_old := OLD.quantity;
  END IF;
  IF v_old <> NEW.quantity AND feature_enabled('domain_events', NEW.organization_id) THEN
    PERFORM publish_domain_event('stock_level_changed', NEW.product_id, jsonb_build_object(
      'product_id', NEW.product_id, 'old_level', v_old, 'new_level', NEW.quantity,
      'min_level', NEW.min_stock_level, 'below_minimum', NEW.quantity < NEW.min_stock_level), NEW.organization_id);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER inventory_stock_level_changed AFTER INSERT OR UPDATE OF quantity ON inventory
  FOR EACH ROW EXECUTE FUNCTION raise_stock_level_changed();

-- Receiving ---------------------------------------------------------------------------------------

CREATE FUNCTION receive_purchase_order_items(p_po_id integer, p_items jsonb, p_user_id integer) RETURNS purchase_orders
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  v_order purchase_orders;
  v_bad text;
  v_caller text := current_setting('app.user_id', true);
  v_reason text := current_setting('app.reason', true);
BEGIN
  PERFORM require_feature('transactional_receiving');
  PERFORM assert_permission(p_user_id, 'purchase_orders.receive');

  IF jsonb_typeof(p_items) IS DISTINCT FROM 'array' OR jsonb_array_length(p_items) = 0 THEN
    RAISE EXCEPTION 'the items must be an array of {item_id, quantity} with at least one element'
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT e::text INTO v_bad FROM jsonb_array_elements(p_items) AS e
  WHERE jsonb_typeof(e) <> 'object'
     OR coalesce(e ->> 'item_id', '') !~ '^[1-9][0-9]{0,8}$'
     OR coalesce(e ->> 'quantity', '') !~ '^[1-9][0-9]{0,8}$'
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'not an item with a positive item_id and quantity: %', v_bad
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT e ->> 'item_id' INTO v_bad FROM jsonb_array_elements(p_items) AS e GROUP BY 1 HAVING count(*) > 1 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'item % is listed twice', v_bad USING ERRCODE = 'invalid_parameter_value';
  END IF;

  SELECT * INTO v_order FROM purchase_orders
  WHERE id = p_po_id AND organization_id = working_organization_id()
  FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'purchase order % does not exist', p_po_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_order.status NOT IN ('approved', 'sent') THEN
    RAISE EXCEPTION 'purchase order % is %; only approved or sent orders can be received', v_order.po_number, v_order.status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  SELECT e ->> 'item_id' INTO v_bad FROM jsonb_array_elements(p_items) AS e
  WHERE NOT EXISTS (SELECT FROM purchase_order_items AS i
                    WHERE i.po_id = p_po_id AND i.id = (e ->> 'item_id')::integer)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'purchase order % has no item %', v_order.po_number, v_bad USING ERRCODE = 'no_data_found';
  END IF;
  SELECT format('item %s: %s ordered, %s received, %s more', i.id, i.quantity, i.received_quantity, e ->> 'quantity')
  INTO v_bad
  FROM jsonb_array_elements(p_items) AS e
  JOIN purchase_order_items AS i ON i.id = (e ->> 'item_id')::integer
  WHERE i.received_quantity + (e ->> 'quantity')::integer > i.quantity
  ORDER BY i.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'more than was ordered: %', v_bad USING ERRCODE = 'check_violation';
  END IF;

  PERFORM set_config('app.user_id', p_user_id::text, true);
  PERFORM set_config('app.reason', coalesce(nullif(v_reason, ''), format('receipt of %s', v_order.po_number)), true);

  UPDATE purchase_order_items AS i
  SET received_quantity = i.received_quantity + (e ->> 'quantity')::integer,
      status = CASE WHEN i.received_quantity + (e ->> 'quantity')::integer = i.quantity THEN 'received' ELSE 'partial' END
  FROM jsonb_array_elements(p_items) AS e
  WHERE i.id = (e ->> 'item_id')::integer;

  UPDATE purchase_orders SET updated_at = CURRENT_TIMESTAMP,
    status = CASE WHEN EXISTS (SELECT FROM purchase_order_items WHERE po_id = p_po_id AND status <> 'received')
                  THEN v_order.status ELSE 'received' END
  WHERE id = p_po_id
  RETURNING * INTO v_order;

  -- In the order of the products, so that two receipts that share some never wait for each other in a ring.
  INSERT INTO inventory (organization_id, product_id, quantity)
  SELECT v_order.organization_id, i.product_id, sum((e ->> 'quantity')::integer)
  FROM jsonb_array_elements(p_items) AS e
  JOIN purchase_order_items AS i ON i.id = (e ->> 'item_id')::integer
  GROUP BY i.product_id
  ORDER BY i.product_id
  ON CONFLICT (product_id) DO UPDATE SET quantity = inventory.quantity + EXCLUDED.quantity;

  INSERT INTO stock_movements (organization_id, product_id, movement_type, quantity, unit_cost, reference_type,
                               reference_id, notes, moved_by)
  SELECT v_order.organization_id, i.product_id, 'in', (e ->> 'quantity')::integer, i.unit_cost, 'purchase_order',
         p_po_id, format('Received from %s', v_order.po_number), p_user_id
  FROM jsonb_array_elements(p_items) AS e
  JOIN purchase_order_items AS i ON i.id = (e ->> 'item_id')::integer
  ORDER BY i.id;

  PERFORM set_config('app.user_id', coalesce(v_caller, ''), true);
  PERFORM set_config('app.reason', coalesce(v_reason, ''), true);
  RETURN v_order;
END
$$;
COMMENT ON FUNCTION receive_purchase_order_items(integer, jsonb, integer) IS
  'Books received goods, all or nothing: order status, order items, stock, stock movements, and (by trigger) audit entries and domain events. p_items: [{"item_id": 1, "quantity": 2}, ...]. Refuses a missing order or item (P0002), an order that is not approved or sent (55000), more than was ordered (23514), bad input (22023), a user who may not (42501).';

-- The old CLI's changes of stock raise events, too.
GRANT INSERT ON domain_events TO clierp_cli;
GRANT USAGE ON SEQUENCE domain_events_id_seq TO clierp_cli;
