-- @description Parts get a type, a unit of measure, and a manufacturer that proprietary parts share

ALTER TABLE parts
  -- Stock was counted in whole pieces until now, so every known part is a consumable.
  ADD COLUMN part_type part_type NOT NULL DEFAULT 'consumable',
  ADD COLUMN unit_of_measure varchar(50) NOT NULL DEFAULT 'pieces',
  ADD COLUMN manufacturer_organization_id uuid,
  ADD COLUMN manufacturer_part_number varchar(255),
  ADD COLUMN proprietary_origin organization_type
    GENERATED ALWAYS AS (CASE WHEN is_proprietary THEN 'bossaqua'::organization_type END) STORED;

CREATE INDEX ix_parts_manufacturer ON parts (manufacturer_organization_id);

-- Naming the manufacturer is no edit of the part: updated_at stays.
ALTER TABLE parts DISABLE TRIGGER parts_touch;
UPDATE parts
SET manufacturer_organization_id = (SELECT id FROM organizations WHERE organization_type = 'bossaqua')
WHERE is_proprietary;
ALTER TABLE parts ENABLE TRIGGER parts_touch;

ALTER TABLE parts
  ADD CONSTRAINT parts_unit_of_measure_not_blank CHECK (btrim(unit_of_measure) <> ''),
  ADD CONSTRAINT parts_manufacturer_fkey
    FOREIGN KEY (manufacturer_organization_id) REFERENCES organizations (id),
  -- Looked up for proprietary parts only; holds also when an organisation changes its type.
  ADD CONSTRAINT parts_proprietary_only_from_bossaqua
    FOREIGN KEY (manufacturer_organization_id, proprietary_origin) REFERENCES organizations (id, organization_type);

COMMENT ON COLUMN parts.part_type IS 'Counted in whole units (consumable) or measured (bulk_material).';
COMMENT ON COLUMN parts.unit_of_measure IS 'Unit of all quantities of this part, for example pieces or litres.';
COMMENT ON COLUMN parts.manufacturer_organization_id IS 'Who makes the part, if that is known; BossAqua for a proprietary part.';
COMMENT ON COLUMN parts.manufacturer_part_number IS 'What its manufacturer calls the part.';
COMMENT ON COLUMN parts.proprietary_origin IS
  'Type that the manufacturer of a proprietary part must have; empty for other parts. Target of a foreign key.';
