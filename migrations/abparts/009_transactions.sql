-- @description Every movement of parts is a transaction; triggers keep the inventory equal to what the transactions say

CREATE TABLE transactions (
  id                   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  transaction_type     transaction_type NOT NULL,
  part_id              uuid NOT NULL,
  from_warehouse_id    uuid,
  to_warehouse_id      uuid,
  machine_id           uuid,
  quantity             numeric(10,3) NOT NULL,
  performed_by_user_id uuid,
  transaction_date     timestamptz NOT NULL DEFAULT now(),
  notes                text,
  reference_number     varchar(100),
  created_at           timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT transactions_quantity_positive CHECK (quantity > 0),
  CONSTRAINT transactions_warehouses_fit_type CHECK (
    CASE transaction_type
      WHEN 'creation'    THEN from_warehouse_id IS NULL AND to_warehouse_id IS NOT NULL
      WHEN 'consumption' THEN from_warehouse_id IS NOT NULL AND to_warehouse_id IS NULL
      WHEN 'transfer'    THEN from_warehouse_id IS NOT NULL AND to_warehouse_id IS NOT NULL
                              AND from_warehouse_id <> to_warehouse_id
      ELSE (from_warehouse_id IS NULL) <> (to_warehouse_id IS NULL)
    END),
  CONSTRAINT transactions_machine_where_consumed
    CHECK ((transaction_type = 'consumption') = (machine_id IS NOT NULL)),
  CONSTRAINT transactions_performed_by_somebody
    CHECK (performed_by_user_id IS NOT NULL OR reference_number IS NOT DISTINCT FROM 'opening balance')
);

COMMENT ON TABLE transactions IS
  'Audit trail of all movements of parts. Rows are only ever added; a mistake is put right by an adjustment.';
COMMENT ON COLUMN transactions.from_warehouse_id IS 'Where the parts are taken from: transfer, consumption, adjustment downwards.';
COMMENT ON COLUMN transactions.to_warehouse_id IS 'Where the parts go: creation, transfer, adjustment upwards.';
COMMENT ON COLUMN transactions.machine_id IS 'Machine that the parts are used in; consumption only.';
COMMENT ON COLUMN transactions.quantity IS 'Always above zero, in the unit of measure of the part; the warehouses give the direction.';
COMMENT ON COLUMN transactions.performed_by_user_id IS 'Who moved the parts; empty for opening balances, which nobody moved.';
COMMENT ON COLUMN transactions.transaction_date IS 'When the parts were moved.';

-- Readers go on; nobody may change stock between the opening balances and the triggers.
LOCK TABLE inventory IN SHARE ROW EXCLUSIVE MODE;

-- From the first day stock is the balance of all ins and outs.
INSERT INTO transactions (id, transaction_type, part_id, from_warehouse_id, to_warehouse_id, quantity,
                          transaction_date, notes, reference_number)
SELECT md5('abparts opening balance ' || id::text)::uuid, 'adjustment', part_id,
       CASE WHEN current_stock < 0 THEN warehouse_id END,
       CASE WHEN current_stock > 0 THEN warehouse_id END,
       abs(current_stock), created_at,
       'Stock from before there were transactions.', 'opening balance'
FROM inventory
WHERE current_stock <> 0;

ALTER TABLE transactions
  ADD CONSTRAINT transactions_part_id_fkey FOREIGN KEY (part_id) REFERENCES parts (id),
  ADD CONSTRAINT transactions_from_warehouse_id_fkey FOREIGN KEY (from_warehouse_id) REFERENCES warehouses (id),
  ADD CONSTRAINT transactions_to_warehouse_id_fkey FOREIGN KEY (to_warehouse_id) REFERENCES warehouses (id),
  ADD CONSTRAINT transactions_machine_id_fkey FOREIGN KEY (machine_id) REFERENCES machines (id),
  ADD CONSTRAINT transactions_performed_by_user_id_fkey FOREIGN KEY (performed_by_user_id) REFERENCES users (id);

CREATE INDEX ix_transactions_date ON transactions (transaction_date);
CREATE INDEX ix_transactions_part ON transactions (part_id, transaction_date);
CREATE INDEX ix_transactions_warehouse ON transactions (from_warehouse_id, to_warehouse_id);
CREATE INDEX ix_transactions_to_warehouse ON transactions (to_warehouse_id);
CREATE INDEX ix_transactions_machine ON transactions (machine_id) WHERE machine_id IS NOT NULL;

-- SECURITY DEFINER: the application may add transactions, but may not write stock past them.
-- Once for a statement, not once for a row, and in the order of warehouse and part: all writers
-- lock the stock rows they share in the same order, so they wait for each other but never in a
-- circle. Each sum is added to what the row holds once it is locked, so no update is lost.
CREATE FUNCTION apply_transactions_to_inventory() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  INSERT INTO inventory AS stock
    (warehouse_id, part_id, current_stock, part_type, unit_of_measure, last_updated)
  SELECT moved.warehouse_id, moved.part_id, moved.quantity, part.part_type, part.unit_of_measure, now()
  FROM (
    SELECT side.warehouse_id, added.part_id, sum(side.quantity) AS quantity
    FROM added
    CROSS JOIN LATERAL (VALUES (added.to_warehouse_id, added.quantity),
                               (added.from_warehouse_id, -added.quantity)) AS side (warehouse_id, quantity)
    WHERE side.warehouse_id IS NOT NULL
    GROUP BY side.warehouse_id, added.part_id
  ) AS moved
  -- OFFSET 0 keeps this a look-up by key: the plan is made once in a session, and one made for a
  -- large statement would read all parts for every small one after it.
  CROSS JOIN LATERAL (
    SELECT parts.part_type, parts.unit_of_measure FROM parts WHERE parts.id = moved.part_id OFFSET 0
  ) AS part
  ORDER BY moved.warehouse_id, moved.part_id
  ON CONFLICT (warehouse_id, part_id) DO UPDATE
  SET current_stock = stock.current_stock + excluded.current_stock,
      last_updated = excluded.last_updated;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION apply_transactions_to_inventory() IS
  'Statement trigger: adds what the new transactions bring to each warehouse and subtracts what they take.';

CREATE FUNCTION check_inventory_balance() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF coalesce(nullif(current_setting('app.allow_negative_stock', true), '')::boolean, false) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'stock of part % in warehouse % would fall to %', NEW.part_id, NEW.warehouse_id, NEW.current_stock
    USING ERRCODE = 'check_violation', TABLE = 'inventory', CONSTRAINT = 'inventory_not_negative',
          HINT = 'Where stock may be negative for a time, SET app.allow_negative_stock = on.';
END
$$;
COMMENT ON FUNCTION check_inventory_balance() IS
  'Row trigger: refuses (23514) stock below zero unless the setting app.allow_negative_stock is on.';

-- The sum of several rows may be whole where the rows are not, so stock alone can't tell.
-- SECURITY DEFINER: a part that the caller can't see has to be judged, not overlooked.
CREATE FUNCTION check_whole_units() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  counted text;
BEGIN
  SELECT part_number INTO counted FROM parts WHERE id = NEW.part_id AND part_type = 'consumable';
  IF FOUND THEN
    RAISE EXCEPTION 'part % is counted in whole units, not in fractions', counted
      USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION check_whole_units() IS 'Row trigger, for rows with a fraction: refuses (23514) those of a consumable.';

CREATE TRIGGER transactions_consumables_in_whole_units BEFORE INSERT ON transactions
  FOR EACH ROW WHEN (NEW.quantity <> trunc(NEW.quantity))
  EXECUTE FUNCTION check_whole_units();

CREATE TRIGGER transactions_apply_to_inventory AFTER INSERT ON transactions
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION apply_transactions_to_inventory();

-- Stock that was negative already may rise towards zero.
CREATE TRIGGER inventory_balance BEFORE UPDATE OF current_stock ON inventory
  FOR EACH ROW WHEN (NEW.current_stock < 0 AND NEW.current_stock < OLD.current_stock)
  EXECUTE FUNCTION check_inventory_balance();
-- AFTER, because what is offered to ON CONFLICT is no stock yet but only the change of it.
CREATE TRIGGER inventory_balance_of_new_row AFTER INSERT ON inventory
  FOR EACH ROW WHEN (NEW.current_stock < 0)
  EXECUTE FUNCTION check_inventory_balance();

CREATE FUNCTION keep_transactions() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'transactions are an audit trail: % is not possible', TG_OP
    USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Add an adjustment instead.';
END
$$;
COMMENT ON FUNCTION keep_transactions() IS 'Statement trigger: refuses (55000) to change or remove transactions.';

CREATE TRIGGER transactions_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON transactions
  FOR EACH STATEMENT EXECUTE FUNCTION keep_transactions();

GRANT CREATE ON SCHEMA public TO abparts_service;
ALTER FUNCTION apply_transactions_to_inventory() OWNER TO abparts_service;
ALTER FUNCTION check_whole_units() OWNER TO abparts_service;
REVOKE CREATE ON SCHEMA public FROM abparts_service;
REVOKE EXECUTE ON FUNCTION apply_transactions_to_inventory(), check_whole_units() FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE (current_stock, last_updated) ON inventory TO abparts_service;
GRANT SELECT ON parts TO abparts_service;

GRANT SELECT, INSERT ON transactions TO abparts_app;
REVOKE INSERT, UPDATE, DELETE ON inventory FROM abparts_app;
GRANT UPDATE (minimum_stock_recommendation, reorder_threshold_set_by, last_recommendation_update)
  ON inventory TO abparts_app;
-- What is used up from now on is a transaction; the old records stay to be read.
REVOKE INSERT, UPDATE, DELETE ON part_usage FROM abparts_app;

ANALYZE transactions;
