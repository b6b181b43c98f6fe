-- @description The ABParts schema as it stands before the business model alignment

-- Roles belong to the whole server: another database with this set may have made them already, or
-- may drop them this moment while it rolls back. The grant in this database ends that: from then on
-- nobody can drop the role.
DO $roles$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['abparts_app', 'abparts_service'] LOOP
    FOR attempt IN 1..20 LOOP
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL;
      END;
      BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', wanted);
        EXIT;
      EXCEPTION
        WHEN undefined_object THEN NULL;
      END;
    END LOOP;
    IF NOT pg_has_role(current_user, wanted, 'USAGE') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    END IF;
  END LOOP;
END
$roles$;

CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

COMMENT ON FUNCTION touch_updated_at() IS 'Row trigger: stamps updated_at on every update.';

CREATE TABLE organizations (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name         varchar(255) NOT NULL,
  type         varchar(50)  NOT NULL,
  address      text,
  contact_info text,
  created_at   timestamptz  NOT NULL DEFAULT now(),
  updated_at   timestamptz  NOT NULL DEFAULT now()
);

COMMENT ON TABLE organizations IS 'Everyone who makes, sells or uses AutoBoss parts.';
COMMENT ON COLUMN organizations.type IS 'What the organisation is, as free text.';

CREATE TABLE users (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id),
  username        varchar(255) NOT NULL UNIQUE,
  password_hash   text         NOT NULL,
  email           varchar(255) NOT NULL UNIQUE,
  name            varchar(255),
  role            varchar(50)  NOT NULL DEFAULT 'User',
  created_at      timestamptz  NOT NULL DEFAULT now(),
  updated_at      timestamptz  NOT NULL DEFAULT now()
);

COMMENT ON TABLE users IS 'People who sign in; each belongs to one organisation.';
COMMENT ON COLUMN users.role IS 'What the person may do, as free text.';

CREATE TABLE parts (
  id                                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  part_number                       varchar(255) NOT NULL UNIQUE,
  name                              varchar(255) NOT NULL,
  description                       text,
  is_proprietary                    boolean      NOT NULL DEFAULT false,
  manufacturer_delivery_time_days   integer,
  local_supplier_delivery_time_days integer,
  image_urls                        text[]       NOT NULL DEFAULT '{}',
  created_at                        timestamptz  NOT NULL DEFAULT now(),
  updated_at                        timestamptz  NOT NULL DEFAULT now()
);

COMMENT ON TABLE parts IS 'The catalogue of parts, common to all organisations.';

CREATE TABLE machines (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid REFERENCES organizations (id),
  model_type      varchar(100) NOT NULL,
  name            varchar(255) NOT NULL,
  serial_number   varchar(255) NOT NULL UNIQUE,
  created_at      timestamptz  NOT NULL DEFAULT now(),
  updated_at      timestamptz  NOT NULL DEFAULT now()
);

COMMENT ON TABLE machines IS 'AutoBoss net cleaners.';
COMMENT ON COLUMN machines.organization_id IS 'Who has the machine; empty while it is not sold.';

CREATE TABLE inventory (
  id                           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id              uuid NOT NULL REFERENCES organizations (id),
  part_id                      uuid NOT NULL REFERENCES parts (id),
  current_stock                integer NOT NULL DEFAULT 0,
  minimum_stock_recommendation integer NOT NULL DEFAULT 0,
  reorder_threshold_set_by     varchar(50),
  last_recommendation_update   timestamptz,
  created_at                   timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organization_id, part_id)
);

COMMENT ON TABLE inventory IS 'Stock of a part, one row for each organisation and part.';
COMMENT ON COLUMN inventory.organization_id IS 'Whose stock it is.';
COMMENT ON COLUMN inventory.current_stock IS 'Whole pieces on hand.';

CREATE TABLE part_usage (
  id                       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  customer_organization_id uuid NOT NULL REFERENCES organizations (id),
  part_id                  uuid NOT NULL REFERENCES parts (id),
  machine_id               uuid REFERENCES machines (id),
  recorded_by_user_id      uuid REFERENCES users (id),
  usage_date               timestamptz NOT NULL,
  quantity_used            integer NOT NULL DEFAULT 1 CHECK (quantity_used > 0),
  notes                    text,
  created_at               timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE part_usage IS 'Parts that customers say they have used up.';

CREATE INDEX ix_organizations_type ON organizations (type);
CREATE INDEX ix_users_admins ON users (organization_id) WHERE role ILIKE '%admin%';
CREATE INDEX ix_inventory_part ON inventory (part_id);
CREATE INDEX ix_part_usage_organization_date ON part_usage (customer_organization_id, usage_date);

CREATE TRIGGER organizations_touch BEFORE UPDATE ON organizations
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER users_touch BEFORE UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER parts_touch BEFORE UPDATE ON parts
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER machines_touch BEFORE UPDATE ON machines
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE VIEW staff_directory AS
SELECT u.id AS user_id, u.name, u.email, u.role, o.name AS organization_name, o.type AS organization_type
FROM users u
JOIN organizations o ON o.id = u.organization_id;

COMMENT ON VIEW staff_directory IS 'Who works where, and as what.';

CREATE VIEW low_stock AS
SELECT i.organization_id, o.name AS organization_name, i.part_id, p.part_number,
       i.current_stock, i.minimum_stock_recommendation
FROM inventory i
JOIN organizations o ON o.id = i.organization_id
JOIN parts p ON p.id = i.part_id
WHERE i.current_stock < i.minimum_stock_recommendation;

COMMENT ON VIEW low_stock IS 'Parts of which an organisation has less than it is advised to keep.';

GRANT SELECT, INSERT, UPDATE, DELETE
  ON organizations, users, parts, machines, inventory, part_usage TO abparts_app;
GRANT SELECT ON staff_directory, low_stock TO abparts_app;
