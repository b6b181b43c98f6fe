-- @description Warehouses: an organisation can keep its stock in several places

CREATE TABLE warehouses (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  name            varchar(255) NOT NULL CHECK (btrim(name) <> ''),
  location        varchar(500),
  description     text,
  is_active       boolean      NOT NULL DEFAULT true,
  created_at      timestamptz  NOT NULL DEFAULT now(),
  updated_at      timestamptz  NOT NULL DEFAULT now(),
  CONSTRAINT warehouses_name_unique_in_organization UNIQUE (organization_id, name)
);

COMMENT ON TABLE warehouses IS 'Places where an organisation keeps parts.';
COMMENT ON COLUMN warehouses.location IS 'Where to find it.';
COMMENT ON COLUMN warehouses.is_active IS 'Whether the organisation still offers it for use; what is moved there all the same is booked.';

CREATE TRIGGER warehouses_touch BEFORE UPDATE ON warehouses
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

GRANT SELECT, INSERT, UPDATE, DELETE ON warehouses TO abparts_app;
