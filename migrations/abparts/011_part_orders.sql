-- @description Part orders and their fulfilment: requested from Oraseas EE or an own supplier, received into a warehouse

ALTER TABLE warehouses ADD CONSTRAINT warehouses_id_organization_key UNIQUE (id, organization_id);

CREATE TABLE part_orders (
  id                       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  customer_organization_id uuid NOT NULL REFERENCES organizations (id),
  supplier_organization_id uuid NOT NULL REFERENCES organizations (id),
  to_warehouse_id          uuid NOT NULL,
  status                   varchar(20) NOT NULL DEFAULT 'requested'
                           CHECK (status IN ('requested', 'received', 'cancelled')),
  ordered_by_user_id       uuid NOT NULL REFERENCES users (id),
  order_date               timestamptz NOT NULL DEFAULT now(),
  expected_delivery_date   date,
  received_by_user_id      uuid REFERENCES users (id),
  received_at              timestamptz,
  notes                    text,
  created_at               timestamptz NOT NULL DEFAULT now(),
  updated_at               timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT part_orders_not_from_oneself CHECK (supplier_organization_id <> customer_organization_id),
  CONSTRAINT part_orders_received_is_documented CHECK (
    (status = 'received') = (received_at IS NOT NULL)
    AND (received_at IS NULL) = (received_by_user_id IS NULL)),
  CONSTRAINT part_orders_into_own_warehouse
    FOREIGN KEY (to_warehouse_id, customer_organization_id) REFERENCES warehouses (id, organization_id)
);

COMMENT ON TABLE part_orders IS 'What an organisation orders from Oraseas EE or one of its own suppliers.';
COMMENT ON COLUMN part_orders.customer_organization_id IS 'Who orders.';
COMMENT ON COLUMN part_orders.to_warehouse_id IS 'Where the parts are to arrive; a warehouse of whoever orders.';
COMMENT ON COLUMN part_orders.received_at IS 'Date of arrival.';

CREATE TABLE part_order_items (
  id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  part_order_id     uuid NOT NULL REFERENCES part_orders (id) ON DELETE CASCADE,
  part_id           uuid NOT NULL REFERENCES parts (id),
  quantity          numeric(10,3) NOT NULL CHECK (quantity > 0),
  received_quantity numeric(10,3) CHECK (received_quantity >= 0),
  unit_price        numeric(10,2) CHECK (unit_price >= 0),
  CONSTRAINT part_order_items_part_once UNIQUE (part_order_id, part_id)
);

COMMENT ON TABLE part_order_items IS 'Parts of an order.';
COMMENT ON COLUMN part_order_items.received_quantity IS
  'What arrived; noted before the order is received where it differs from what was ordered.';

ALTER TABLE transactions ADD COLUMN part_order_id uuid REFERENCES part_orders (id);
COMMENT ON COLUMN transactions.part_order_id IS 'Order that the movement fulfils.';

CREATE INDEX ix_part_orders_customer ON part_orders (customer_organization_id, order_date);
CREATE INDEX ix_part_orders_supplier ON part_orders (supplier_organization_id, order_date);
CREATE INDEX ix_part_orders_to_warehouse ON part_orders (to_warehouse_id);
CREATE INDEX ix_part_orders_ordered_by ON part_orders (ordered_by_user_id);
CREATE INDEX ix_part_order_items_part ON part_order_items (part_id);
CREATE INDEX ix_transactions_part_order ON transactions (part_order_id) WHERE part_order_id IS NOT NULL;

CREATE TRIGGER part_orders_touch BEFORE UPDATE ON part_orders
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TRIGGER part_order_items_consumables_in_whole_units
  BEFORE INSERT OR UPDATE OF part_id, quantity, received_quantity ON part_order_items
  FOR EACH ROW WHEN (NEW.quantity <> trunc(NEW.quantity) OR NEW.received_quantity <> trunc(NEW.received_quantity))
  EXECUTE FUNCTION check_whole_units();

-- SECURITY DEFINER: a supplier that the caller can't see has to be judged, not overlooked.
CREATE FUNCTION check_part_order_supplier() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  PERFORM FROM organizations supplier, organizations customer
  WHERE supplier.id = NEW.supplier_organization_id AND customer.id = NEW.customer_organization_id
    AND (supplier.organization_type = 'oraseas_ee'
         OR (supplier.organization_type = 'supplier' AND supplier.parent_organization_id = customer.id)
         OR (supplier.organization_type = 'bossaqua' AND customer.organization_type = 'oraseas_ee'));
  IF NOT FOUND THEN
    RAISE EXCEPTION 'organisation % does not supply organisation %', NEW.supplier_organization_id, NEW.customer_organization_id
      USING ERRCODE = 'check_violation', TABLE = 'part_orders', CONSTRAINT = 'part_orders_supplier',
            HINT = 'Order from Oraseas EE or from a supplier of the own organisation; BossAqua supplies Oraseas EE.';
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION check_part_order_supplier() IS 'Row trigger: refuses (23514) a supplier that does not supply the customer.';

CREATE TRIGGER part_orders_supplier
  BEFORE INSERT OR UPDATE OF customer_organization_id, supplier_organization_id ON part_orders
  FOR EACH ROW EXECUTE FUNCTION check_part_order_supplier();

-- SECURITY DEFINER: what Oraseas EE delivers leaves a warehouse that the receiver may not write to.
-- So the function itself asks who is calling.
CREATE FUNCTION receive_part_order(received_order uuid, from_warehouse uuid DEFAULT NULL, arrived timestamptz DEFAULT now())
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  receiver uuid := app_user_id();
  ordered part_orders;
  supplier_type organization_type;
  movements integer;
BEGIN
  IF receiver IS NULL THEN
    RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'invalid_authorization_specification',
      HINT = 'Set app.user_id to an active user.';
  END IF;

  -- The lock makes a second receipt of the same order wait, and then fail.
  SELECT * INTO ordered FROM part_orders WHERE id = received_order FOR NO KEY UPDATE;
  IF NOT FOUND
     OR (app_user_role() <> 'super_admin' AND ordered.customer_organization_id <> app_organization_id()) THEN
    RAISE EXCEPTION 'there is no order % of the own organisation', received_order USING ERRCODE = 'no_data_found';
  END IF;
  IF ordered.status <> 'requested' THEN
    RAISE EXCEPTION 'order % is %', received_order, ordered.status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;

  SELECT organization_type INTO supplier_type FROM organizations WHERE id = ordered.supplier_organization_id;
  IF supplier_type = 'oraseas_ee' AND from_warehouse IS NULL THEN
    RAISE EXCEPTION 'order % comes from Oraseas EE: name the warehouse it was sent from', received_order
      USING ERRCODE = 'null_value_not_allowed';
  END IF;
  IF supplier_type <> 'oraseas_ee' AND from_warehouse IS NOT NULL THEN
    RAISE EXCEPTION 'order % does not come from a warehouse: only Oraseas EE keeps its stock here', received_order
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF from_warehouse IS NOT NULL THEN
    PERFORM FROM warehouses
    WHERE id = from_warehouse AND organization_id = ordered.supplier_organization_id;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'warehouse % does not belong to the supplier of order %', from_warehouse, received_order
        USING ERRCODE = 'invalid_parameter_value';
    END IF;
  END IF;

  UPDATE part_order_items SET received_quantity = quantity
  WHERE part_order_id = received_order AND received_quantity IS NULL;

  INSERT INTO transactions (transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity,
                            performed_by_user_id, transaction_date, part_order_id)
  SELECT CASE WHEN from_warehouse IS NULL THEN 'creation' ELSE 'transfer' END::transaction_type,
         part_id, from_warehouse, ordered.to_warehouse_id, received_quantity, receiver, arrived, received_order
  FROM part_order_items
  WHERE part_order_id = received_order AND received_quantity > 0;
  GET DIAGNOSTICS movements = ROW_COUNT;
  IF movements = 0 THEN
    RAISE EXCEPTION 'nothing of order % has arrived', received_order
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Cancel the order instead.';
  END IF;

  UPDATE part_orders
  SET status = 'received', received_at = arrived, received_by_user_id = receiver
  WHERE id = received_order;
  RETURN movements;
END
$$;
COMMENT ON FUNCTION receive_part_order(uuid, uuid, timestamptz) IS
  'Books the parts of an order into its warehouse, out of that of Oraseas EE if that is the supplier, and marks it received; all or nothing. Returns the number of movements. Refuses without a user (28000), an unknown or foreign order (P0002), one that is not open or empty (55000), a missing (22004) or wrong (22023) warehouse, and stock that is too low (23514).';

GRANT CREATE ON SCHEMA public TO abparts_service;
ALTER FUNCTION check_part_order_supplier() OWNER TO abparts_service;
ALTER FUNCTION receive_part_order(uuid, uuid, timestamptz) OWNER TO abparts_service;
REVOKE CREATE ON SCHEMA public FROM abparts_service;
REVOKE EXECUTE ON FUNCTION check_part_order_supplier(), receive_part_order(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION receive_part_order(uuid, uuid, timestamptz) TO abparts_app;

GRANT SELECT, UPDATE (status, received_at, received_by_user_id, updated_at) ON part_orders TO abparts_service;
GRANT SELECT, UPDATE (received_quantity) ON part_order_items TO abparts_service;
GRANT INSERT ON transactions TO abparts_service;

GRANT SELECT, INSERT, UPDATE (status, expected_delivery_date, notes) ON part_orders TO abparts_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON part_order_items TO abparts_app;

ALTER TABLE part_orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE part_orders FORCE ROW LEVEL SECURITY;
ALTER TABLE part_order_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE part_order_items FORCE ROW LEVEL SECURITY;

CREATE POLICY transactions_service ON transactions TO abparts_service USING (true) WITH CHECK (true);
-- Only the function ties a movement to an order.
CREATE POLICY transactions_add_without_order ON transactions AS RESTRICTIVE FOR INSERT TO abparts_app
  WITH CHECK (part_order_id IS NULL);
CREATE POLICY part_orders_service ON part_orders TO abparts_service USING (true) WITH CHECK (true);
CREATE POLICY part_order_items_service ON part_order_items TO abparts_service USING (true) WITH CHECK (true);

-- Both sides see an order; whoever orders may add, change and cancel it until it is received,
-- and to mark it received there is only the function.
CREATE POLICY part_orders_read ON part_orders FOR SELECT TO abparts_app
  USING (customer_organization_id BETWEEN (SELECT app_organizations_from()) AND (SELECT app_organizations_to())
         OR supplier_organization_id = (SELECT app_organization_id()));
CREATE POLICY part_orders_add ON part_orders FOR INSERT TO abparts_app
  WITH CHECK (ordered_by_user_id = (SELECT app_user_id()) AND status = 'requested'
              AND ((SELECT app_user_role()) = 'super_admin'
                   OR customer_organization_id = (SELECT app_organization_id())));
CREATE POLICY part_orders_change ON part_orders FOR UPDATE TO abparts_app
  USING (status = 'requested'
         AND ((SELECT app_user_role()) = 'super_admin'
              OR customer_organization_id = (SELECT app_organization_id())))
  WITH CHECK (status IN ('requested', 'cancelled'));

CREATE POLICY part_order_items_read ON part_order_items FOR SELECT TO abparts_app
  USING (part_order_id IN (SELECT id FROM part_orders));
CREATE POLICY part_order_items_add ON part_order_items FOR INSERT TO abparts_app
  WITH CHECK (part_order_id IN (
    SELECT id FROM part_orders
    WHERE status = 'requested'
      AND ((SELECT app_user_role()) = 'super_admin' OR customer_organization_id = (SELECT app_organization_id()))));
CREATE POLICY part_order_items_change ON part_order_items FOR UPDATE TO abparts_app
  USING (part_order_id IN (
    SELECT id FROM part_orders
    WHERE status = 'requested'
      AND ((SELECT app_user_role()) = 'super_admin' OR customer_organization_id = (SELECT app_organization_id()))));
CREATE POLICY part_order_items_remove ON part_order_items FOR DELETE TO abparts_app
  USING (part_order_id IN (
    SELECT id FROM part_orders
    WHERE status = 'requested'
      AND ((SELECT app_user_role()) = 'super_admin' OR customer_organization_id = (SELECT app_organization_id()))));
