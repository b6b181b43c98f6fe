-- @description Stock moves from organisations to their warehouses, and from whole pieces to DECIMAL(10,3)

-- The body is bound when the function is made, so no search_path can change what it means.
CREATE FUNCTION abparts_saved.main_warehouse_of(organization uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN md5('abparts main warehouse ' || organization::text)::uuid;
COMMENT ON FUNCTION abparts_saved.main_warehouse_of(uuid) IS
  'Id of the warehouse that took over the stock an organisation had before there were warehouses.';

-- Nothing may be booked between the copy that the checks compare with and the conversion.
LOCK TABLE inventory IN ACCESS EXCLUSIVE MODE;

CREATE TEMP TABLE inventory_before ON COMMIT DROP AS
SELECT id, organization_id, part_id, current_stock, minimum_stock_recommendation FROM inventory;

DROP VIEW low_stock;

-- An organisation may have named a warehouse so in the meantime: the first free number is taken.
INSERT INTO warehouses (id, organization_id, name, description)
SELECT abparts_saved.main_warehouse_of(id), id,
       (SELECT candidate
        FROM (SELECT n, 'Main warehouse' || CASE n WHEN 1 THEN '' ELSE ' ' || n END AS candidate
              FROM generate_series(1, 1 + (SELECT count(*) FROM warehouses w WHERE w.organization_id = organizations.id)) n) AS names
        WHERE NOT EXISTS (SELECT FROM warehouses w WHERE w.organization_id = organizations.id AND w.name = candidate)
        ORDER BY n LIMIT 1),
       'Holds the stock from before there were warehouses.'
FROM organizations
WHERE EXISTS (SELECT FROM inventory WHERE inventory.organization_id = organizations.id);

ALTER TABLE inventory DROP CONSTRAINT inventory_organization_id_fkey;
ALTER TABLE inventory RENAME COLUMN organization_id TO warehouse_id;
ALTER TABLE inventory
  RENAME CONSTRAINT inventory_organization_id_part_id_key TO ix_inventory_warehouse_part;

-- One command, so that the rows are written once.
ALTER TABLE inventory
  ALTER COLUMN warehouse_id TYPE uuid USING abparts_saved.main_warehouse_of(warehouse_id),
  ALTER COLUMN current_stock TYPE numeric(10,3),
  ALTER COLUMN minimum_stock_recommendation TYPE numeric(10,3),
  ADD COLUMN part_type part_type NOT NULL DEFAULT 'consumable',
  ADD COLUMN unit_of_measure varchar(50) NOT NULL DEFAULT 'pieces',
  ADD COLUMN last_updated timestamptz NOT NULL DEFAULT now(),
  -- Room in each page, so that a change of stock need not touch the indexes.
  SET (fillfactor = 90);

ALTER TABLE inventory
  ALTER COLUMN part_type DROP DEFAULT,
  ALTER COLUMN unit_of_measure DROP DEFAULT;

UPDATE inventory
SET part_type = parts.part_type, unit_of_measure = parts.unit_of_measure
FROM parts
WHERE parts.id = inventory.part_id
  AND (parts.part_type, parts.unit_of_measure) <> (inventory.part_type, inventory.unit_of_measure);

ALTER TABLE parts
  ADD CONSTRAINT parts_id_type_unit_key UNIQUE (id, part_type, unit_of_measure);

ALTER TABLE inventory
  DROP CONSTRAINT inventory_part_id_fkey,
  ADD CONSTRAINT inventory_warehouse_id_fkey FOREIGN KEY (warehouse_id) REFERENCES warehouses (id),
  -- Type and unit are those of the part, and follow it when it is classified anew.
  ADD CONSTRAINT inventory_part_fkey
    FOREIGN KEY (part_id, part_type, unit_of_measure)
    REFERENCES parts (id, part_type, unit_of_measure) ON UPDATE CASCADE,
  ADD CONSTRAINT inventory_consumables_in_whole_units
    CHECK (part_type <> 'consumable' OR current_stock = trunc(current_stock));

COMMENT ON TABLE inventory IS 'Stock of a part, one row for each warehouse and part.';
COMMENT ON COLUMN inventory.warehouse_id IS 'Where the stock is.';
COMMENT ON COLUMN inventory.current_stock IS 'Quantity on hand, in the unit of measure.';
COMMENT ON COLUMN inventory.part_type IS 'Type of the part; kept equal to it by foreign key.';
COMMENT ON COLUMN inventory.unit_of_measure IS 'Unit of the part; kept equal to it by foreign key.';
COMMENT ON COLUMN inventory.last_updated IS 'When the stock last changed.';

CREATE FUNCTION complete_inventory_row() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    NEW.last_updated := now();
  ELSE
    SELECT part_type, unit_of_measure INTO NEW.part_type, NEW.unit_of_measure
    FROM parts WHERE id = NEW.part_id;
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION complete_inventory_row() IS
  'Row trigger: takes type and unit of a new stock row from its part, and stamps a changed stock.';

-- The conditions spare the trigger of transactions, which sets everything itself, the calls.
CREATE TRIGGER inventory_fill BEFORE INSERT ON inventory
  FOR EACH ROW WHEN (NEW.part_type IS NULL OR NEW.unit_of_measure IS NULL)
  EXECUTE FUNCTION complete_inventory_row();
CREATE TRIGGER inventory_stamp BEFORE UPDATE OF current_stock ON inventory
  FOR EACH ROW WHEN (NEW.current_stock <> OLD.current_stock AND NEW.last_updated = OLD.last_updated)
  EXECUTE FUNCTION complete_inventory_row();

CREATE FUNCTION abparts_saved.stock_the_old_shape_cannot_hold()
RETURNS TABLE (organization_id uuid, part_id uuid, current_stock numeric, minimum_stock_recommendation numeric)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT w.organization_id, i.part_id, sum(i.current_stock), sum(i.minimum_stock_recommendation)
  FROM inventory i
  JOIN warehouses w ON w.id = i.warehouse_id
  GROUP BY w.organization_id, i.part_id
  HAVING sum(i.current_stock) <> trunc(sum(i.current_stock))
      OR sum(i.minimum_stock_recommendation) <> trunc(sum(i.minimum_stock_recommendation))
      OR abs(sum(i.current_stock)) > 2147483647
      OR abs(sum(i.minimum_stock_recommendation)) > 2147483647
$$;
COMMENT ON FUNCTION abparts_saved.stock_the_old_shape_cannot_hold() IS
  'Stock that is no whole number once the warehouses of an organisation are added up, or too large: it keeps the rollback from going on.';

CREATE VIEW low_stock AS
SELECT w.organization_id, o.name AS organization_name, i.part_id, p.part_number,
       sum(i.current_stock) AS current_stock,
       sum(i.minimum_stock_recommendation) AS minimum_stock_recommendation
FROM inventory i
JOIN warehouses w ON w.id = i.warehouse_id
JOIN organizations o ON o.id = w.organization_id
JOIN parts p ON p.id = i.part_id
GROUP BY w.organization_id, o.name, i.part_id, p.part_number
HAVING sum(i.current_stock) < sum(i.minimum_stock_recommendation);

COMMENT ON VIEW low_stock IS 'Parts of which an organisation has less than it is advised to keep.';
GRANT SELECT ON low_stock TO abparts_app;

-- Every row is new: without fresh figures the first queries would be planned blindly.
ANALYZE inventory, warehouses;
