-- @description Remove transactions; stock stays as it is, and what was used up goes to part_usage

LOCK TABLE transactions, inventory, part_usage IN ACCESS EXCLUSIVE MODE;

DO $refuse$
DECLARE
  misfits bigint;
  example text;
BEGIN
  SELECT count(*), min(format('%s of part %s', t.quantity, p.part_number))
  INTO misfits, example
  FROM transactions t
  JOIN parts p ON p.id = t.part_id
  WHERE t.transaction_type = 'consumption' AND t.quantity <> trunc(t.quantity);
  IF misfits > 0 THEN
    RAISE EXCEPTION 'part_usage holds whole pieces, and % recorded uses are no whole number, such as %', misfits, example
      USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Keep these transactions: stay on version 009, or save them elsewhere and take them out as owner with the trigger transactions_keep disabled.';
  END IF;
END
$refuse$;

CREATE TEMP TABLE consumption_before_rollback ON COMMIT DROP AS
SELECT id, machine_id, quantity FROM transactions WHERE transaction_type = 'consumption';
CREATE TEMP TABLE stock_before_rollback ON COMMIT DROP AS
SELECT id, current_stock FROM inventory;

INSERT INTO part_usage (id, customer_organization_id, part_id, machine_id, recorded_by_user_id,
                        usage_date, quantity_used, notes, created_at)
SELECT t.id, w.organization_id, t.part_id, t.machine_id, t.performed_by_user_id,
       t.transaction_date, t.quantity, t.notes, t.created_at
FROM transactions t
JOIN warehouses w ON w.id = t.from_warehouse_id
WHERE t.transaction_type = 'consumption';

REVOKE UPDATE (minimum_stock_recommendation, reorder_threshold_set_by, last_recommendation_update)
  ON inventory FROM abparts_app;
GRANT INSERT, UPDATE, DELETE ON inventory, part_usage TO abparts_app;
REVOKE SELECT ON parts FROM abparts_service;
REVOKE SELECT, INSERT, UPDATE (current_stock, last_updated) ON inventory FROM abparts_service;

DROP TRIGGER inventory_balance_of_new_row ON inventory;
DROP TRIGGER inventory_balance ON inventory;
DROP TABLE transactions;
DROP FUNCTION keep_transactions();
DROP FUNCTION check_inventory_balance();
DROP FUNCTION check_whole_units();
DROP FUNCTION apply_transactions_to_inventory();
