-- @description Stock goes back from warehouses to organisations, summed, in whole pieces

-- Nothing may be booked between the look at what fits and the conversion.
LOCK TABLE warehouses, inventory IN ACCESS EXCLUSIVE MODE;

DO $refuse$
DECLARE
  misfits bigint;
  example text;
BEGIN
  SELECT count(*), min(format('%s of part %s at %s, recommended %s', s.current_stock, p.part_number, o.name, s.minimum_stock_recommendation))
  INTO misfits, example
  FROM abparts_saved.stock_the_old_shape_cannot_hold() s
  JOIN parts p ON p.id = s.part_id
  JOIN organizations o ON o.id = s.organization_id;
  IF misfits > 0 THEN
    RAISE EXCEPTION 'inventory held whole pieces per organisation, and % of its stock figures no longer fit, such as %', misfits, example
      USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'SELECT * FROM abparts_saved.stock_the_old_shape_cannot_hold() lists them; bring them to whole numbers, then roll back again.';
  END IF;
END
$refuse$;

CREATE TEMP TABLE inventory_totals_before_rollback ON COMMIT DROP AS
SELECT w.organization_id, i.part_id, sum(i.current_stock) AS current_stock,
       sum(i.minimum_stock_recommendation) AS minimum_stock_recommendation,
       max(i.last_recommendation_update) AS last_recommendation_update
FROM inventory i
JOIN warehouses w ON w.id = i.warehouse_id
GROUP BY w.organization_id, i.part_id;

DROP VIEW low_stock;
DROP TRIGGER inventory_stamp ON inventory;
DROP TRIGGER inventory_fill ON inventory;
DROP FUNCTION complete_inventory_row();
DROP FUNCTION abparts_saved.stock_the_old_shape_cannot_hold();

-- Of several rows the one in the main warehouse stays, else the oldest, with the sums of all and with who last
-- recommended something for any of them.
CREATE TEMP TABLE inventory_to_fold ON COMMIT DROP AS
SELECT *
FROM (
  SELECT i.id,
         first_value(i.id) OVER folded AS kept_id,
         sum(i.current_stock) OVER whole AS current_stock,
         sum(i.minimum_stock_recommendation) OVER whole AS minimum_stock_recommendation,
         first_value(i.reorder_threshold_set_by) OVER recommended AS reorder_threshold_set_by,
         first_value(i.last_recommendation_update) OVER recommended AS last_recommendation_update,
         count(*) OVER whole AS places
  FROM inventory i
  JOIN warehouses w ON w.id = i.warehouse_id
  WINDOW
    whole AS (PARTITION BY w.organization_id, i.part_id),
    folded AS (whole ORDER BY (i.warehouse_id = abparts_saved.main_warehouse_of(w.organization_id)) DESC,
                              i.created_at, i.id),
    recommended AS (whole ORDER BY i.last_recommendation_update DESC NULLS LAST,
                                   i.reorder_threshold_set_by IS NULL, i.created_at, i.id)
) AS stock
WHERE places > 1;

DELETE FROM inventory USING inventory_to_fold f
WHERE inventory.id = f.id AND f.id <> f.kept_id;

UPDATE inventory
SET current_stock = f.current_stock, minimum_stock_recommendation = f.minimum_stock_recommendation,
    reorder_threshold_set_by = f.reorder_threshold_set_by, last_recommendation_update = f.last_recommendation_update
FROM inventory_to_fold f
WHERE inventory.id = f.id AND f.id = f.kept_id;

-- Lives in this rollback only and runs once for each row: whole names instead of a SET clause,
-- which would cost more than the look-up.
CREATE FUNCTION abparts_saved.organization_of_warehouse(warehouse uuid) RETURNS uuid
LANGUAGE plpgsql STABLE
AS $$
BEGIN
  RETURN (SELECT w.organization_id FROM public.warehouses w WHERE w.id OPERATOR(pg_catalog.=) warehouse);
END
$$;

ALTER TABLE inventory
  DROP CONSTRAINT inventory_consumables_in_whole_units,
  DROP CONSTRAINT inventory_part_fkey,
  DROP CONSTRAINT inventory_warehouse_id_fkey;

ALTER TABLE inventory
  DROP COLUMN last_updated,
  DROP COLUMN unit_of_measure,
  DROP COLUMN part_type,
  ALTER COLUMN minimum_stock_recommendation TYPE integer,
  ALTER COLUMN current_stock TYPE integer,
  ALTER COLUMN warehouse_id TYPE uuid USING abparts_saved.organization_of_warehouse(warehouse_id),
  RESET (fillfactor);

ALTER TABLE inventory
  RENAME CONSTRAINT ix_inventory_warehouse_part TO inventory_organization_id_part_id_key;
ALTER TABLE inventory RENAME COLUMN warehouse_id TO organization_id;
ALTER TABLE inventory
  ADD CONSTRAINT inventory_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id),
  ADD CONSTRAINT inventory_part_id_fkey FOREIGN KEY (part_id) REFERENCES parts (id);

ALTER TABLE parts DROP CONSTRAINT parts_id_type_unit_key;

DELETE FROM warehouses WHERE id = abparts_saved.main_warehouse_of(organization_id);

DROP FUNCTION abparts_saved.organization_of_warehouse(uuid);
DROP FUNCTION abparts_saved.main_warehouse_of(uuid);

COMMENT ON TABLE inventory IS 'Stock of a part, one row for each organisation and part.';
COMMENT ON COLUMN inventory.organization_id IS 'Whose stock it is.';
COMMENT ON COLUMN inventory.current_stock IS 'Whole pieces on hand.';

CREATE VIEW low_stock AS
SELECT i.organization_id, o.name AS organization_name, i.part_id, p.part_number,
       i.current_stock, i.minimum_stock_recommendation
FROM inventory i
JOIN organizations o ON o.id = i.organization_id
JOIN parts p ON p.id = i.part_id
WHERE i.current_stock < i.minimum_stock_recommendation;

COMMENT ON VIEW low_stock IS 'Parts of which an organisation has less than it is advised to keep.';
GRANT SELECT ON low_stock TO abparts_app;

ANALYZE inventory;
