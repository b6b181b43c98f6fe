-- @description Organisations get a type from the closed list, a parent, and the rules that bind the two

CREATE SCHEMA abparts_saved;
COMMENT ON SCHEMA abparts_saved IS
  'What the rollbacks need to give back values exactly as they were. Not for the application.';

CREATE FUNCTION abparts_saved.organization_type_of(old_type text) RETURNS organization_type
LANGUAGE sql IMMUTABLE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT CASE word
    WHEN 'oraseas_ee'           THEN 'oraseas_ee'::organization_type
    WHEN 'oraseas'              THEN 'oraseas_ee'
    WHEN 'owner'                THEN 'oraseas_ee'
    WHEN 'distributor'          THEN 'oraseas_ee'
    WHEN 'warehouse'            THEN 'oraseas_ee'
    WHEN 'bossaqua'             THEN 'bossaqua'
    WHEN 'boss_aqua'            THEN 'bossaqua'
    WHEN 'manufacturer'         THEN 'bossaqua'
    WHEN 'customer'             THEN 'customer'
    WHEN 'client'               THEN 'customer'
    WHEN 'end_customer'         THEN 'customer'
    WHEN 'supplier'             THEN 'supplier'
    WHEN 'vendor'               THEN 'supplier'
    WHEN 'third_party_supplier' THEN 'supplier'
    -- The cast refuses any other value by its name.
    ELSE old_type::organization_type
  END
  FROM (SELECT lower(regexp_replace(btrim(old_type), '[[:space:]_-]+', '_', 'g'))) AS normal (word)
$$;
COMMENT ON FUNCTION abparts_saved.organization_type_of(text) IS
  'The type that an old free-text organisation type stands for; refuses (22P02) what has no meaning.';

-- From here on the texts may not change any more: what is saved has to be what is converted.
LOCK TABLE organizations IN ACCESS EXCLUSIVE MODE;

CREATE TEMP TABLE organizations_before ON COMMIT DROP AS
SELECT id, name, type, updated_at FROM organizations;

CREATE TABLE abparts_saved.organization_types (
  organization_id uuid PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
  old_type        varchar(50)       NOT NULL,
  new_type        organization_type NOT NULL
);
COMMENT ON TABLE abparts_saved.organization_types IS
  'Old texts of organizations.type that were not written the way the enum writes them.';

INSERT INTO abparts_saved.organization_types (organization_id, old_type, new_type)
SELECT id, type, abparts_saved.organization_type_of(type)
FROM organizations
WHERE type <> abparts_saved.organization_type_of(type)::text;

DROP VIEW staff_directory;
DROP INDEX ix_organizations_type;

ALTER TABLE organizations
  ALTER COLUMN type TYPE organization_type USING abparts_saved.organization_type_of(type);
ALTER TABLE organizations RENAME COLUMN type TO organization_type;
ALTER TABLE organizations
  ADD COLUMN parent_organization_id uuid REFERENCES organizations (id);

COMMENT ON COLUMN organizations.organization_type IS 'Role of the organisation in the parts business.';
COMMENT ON COLUMN organizations.parent_organization_id IS
  'Organisation above this one: for a supplier, whom it supplies (Oraseas EE or a customer).';

-- Before the rows are touched: an index made after an update in the same transaction can't be used
-- by queries that began before the commit.
-- The first is the target of foreign keys that demand an organisation of a certain type.
ALTER TABLE organizations
  ADD CONSTRAINT organizations_id_type_key UNIQUE (id, organization_type);
CREATE UNIQUE INDEX ux_organizations_one_oraseas_ee
  ON organizations (organization_type) WHERE organization_type = 'oraseas_ee';
CREATE UNIQUE INDEX ux_organizations_one_bossaqua
  ON organizations (organization_type) WHERE organization_type = 'bossaqua';
CREATE INDEX ix_organizations_name ON organizations (name);
CREATE INDEX ix_organizations_parent ON organizations (parent_organization_id);

-- Placing an organisation in the hierarchy is no edit of it: updated_at stays.
ALTER TABLE organizations DISABLE TRIGGER organizations_touch;
UPDATE organizations
SET parent_organization_id = (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee')
WHERE organization_type <> 'oraseas_ee';
ALTER TABLE organizations ENABLE TRIGGER organizations_touch;

ALTER TABLE organizations
  ADD CONSTRAINT organizations_supplier_has_parent
    CHECK (organization_type <> 'supplier' OR parent_organization_id IS NOT NULL),
  ADD CONSTRAINT organizations_oraseas_ee_has_no_parent
    CHECK (organization_type <> 'oraseas_ee' OR parent_organization_id IS NULL);

-- SECURITY DEFINER, as a role that sees every organisation: with row security a parent or
-- child that the caller can't see would count as absent.
CREATE FUNCTION check_organization_hierarchy() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  above organization_type;
  misplaced text;
BEGIN
  IF NEW.parent_organization_id IS NOT NULL THEN
    -- The lock holds the parent's type until this transaction ends.
    SELECT organization_type INTO above
    FROM organizations WHERE id = NEW.parent_organization_id FOR KEY SHARE;
    IF above NOT IN ('oraseas_ee', 'customer')
       OR (above = 'customer' AND NEW.organization_type <> 'supplier') THEN
      RAISE EXCEPTION 'an organisation of type % cannot stand below one of type %', NEW.organization_type, above
        USING ERRCODE = 'check_violation', TABLE = 'organizations',
              CONSTRAINT = 'organizations_hierarchy',
              HINT = 'Suppliers stand below Oraseas EE or a customer, all others below Oraseas EE.';
    END IF;
  END IF;

  IF TG_OP = 'UPDATE' AND NEW.organization_type IS DISTINCT FROM OLD.organization_type THEN
    SELECT child.name INTO misplaced
    FROM organizations child
    WHERE child.parent_organization_id = NEW.id
      AND NOT (NEW.organization_type = 'oraseas_ee'
               OR (NEW.organization_type = 'customer' AND child.organization_type = 'supplier'))
    LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'organisation % cannot become %: % stands below it', NEW.name, NEW.organization_type, misplaced
        USING ERRCODE = 'check_violation', TABLE = 'organizations',
              CONSTRAINT = 'organizations_hierarchy',
              HINT = 'Give the organisations below it another parent first.';
    END IF;
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION check_organization_hierarchy() IS
  'Row trigger: an organisation and its parent must be of types that go together.';

GRANT CREATE ON SCHEMA public TO abparts_service;
ALTER FUNCTION check_organization_hierarchy() OWNER TO abparts_service;
REVOKE CREATE ON SCHEMA public FROM abparts_service;
REVOKE EXECUTE ON FUNCTION check_organization_hierarchy() FROM PUBLIC;
GRANT SELECT, UPDATE (parent_organization_id) ON organizations TO abparts_service;

CREATE TRIGGER organizations_hierarchy
  AFTER INSERT OR UPDATE OF organization_type, parent_organization_id ON organizations
  FOR EACH ROW EXECUTE FUNCTION check_organization_hierarchy();

CREATE VIEW staff_directory AS
SELECT u.id AS user_id, u.name, u.email, u.role, o.name AS organization_name,
       o.organization_type::text::varchar(50) AS organization_type
FROM users u
JOIN organizations o ON o.id = u.organization_id;

COMMENT ON VIEW staff_directory IS 'Who works where, and as what.';
GRANT SELECT ON staff_directory TO abparts_app;

-- Changing a type took the figures of the column: without fresh ones queries are planned blindly.
ANALYZE organizations;
