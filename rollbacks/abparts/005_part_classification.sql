-- @description Parts lose type, unit and manufacturer

DROP INDEX ix_parts_manufacturer;

ALTER TABLE parts
  DROP CONSTRAINT parts_proprietary_only_from_bossaqua,
  DROP CONSTRAINT parts_manufacturer_fkey,
  DROP CONSTRAINT parts_unit_of_measure_not_blank,
  DROP COLUMN proprietary_origin,
  DROP COLUMN manufacturer_part_number,
  DROP COLUMN manufacturer_organization_id,
  DROP COLUMN unit_of_measure,
  DROP COLUMN part_type;
