-- @description Organisations get their free-text type back, as it was written, and lose their parents

-- What the types are to be afterwards: the old text, as long as the organisation still is what it said.
LOCK TABLE organizations IN ACCESS EXCLUSIVE MODE;
CREATE TEMP TABLE organizations_to_restore ON COMMIT DROP AS
SELECT o.id, o.name, coalesce(s.old_type, o.organization_type::text) AS type, o.updated_at
FROM organizations o
LEFT JOIN abparts_saved.organization_types s ON s.organization_id = o.id AND s.new_type = o.organization_type;

DROP VIEW staff_directory;

DROP TRIGGER organizations_hierarchy ON organizations;
DROP FUNCTION check_organization_hierarchy();
REVOKE SELECT, UPDATE (parent_organization_id) ON organizations FROM abparts_service;

DROP INDEX ix_organizations_parent;
DROP INDEX ix_organizations_name;
DROP INDEX ux_organizations_one_bossaqua;
DROP INDEX ux_organizations_one_oraseas_ee;

ALTER TABLE organizations
  DROP CONSTRAINT organizations_id_type_key,
  DROP CONSTRAINT organizations_oraseas_ee_has_no_parent,
  DROP CONSTRAINT organizations_supplier_has_parent,
  DROP COLUMN parent_organization_id;

-- The saved text counts only while the organisation still is what the text said.
CREATE FUNCTION abparts_saved.old_organization_type(organization uuid, current organization_type) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN coalesce(
    (SELECT old_type FROM abparts_saved.organization_types
     WHERE organization_id = organization AND new_type = current),
    current::text);
END
$$;

-- Converting in place keeps the column where it was and fires no trigger, so updated_at stays too.
ALTER TABLE organizations
  ALTER COLUMN organization_type TYPE varchar(50)
  USING abparts_saved.old_organization_type(id, organization_type);
ALTER TABLE organizations RENAME COLUMN organization_type TO type;
COMMENT ON COLUMN organizations.type IS 'What the organisation is, as free text.';

DROP FUNCTION abparts_saved.old_organization_type(uuid, organization_type);
DROP TABLE abparts_saved.organization_types;
DROP FUNCTION abparts_saved.organization_type_of(text);
DROP SCHEMA abparts_saved;

CREATE INDEX ix_organizations_type ON organizations (type);

CREATE VIEW staff_directory AS
SELECT u.id AS user_id, u.name, u.email, u.role, o.name AS organization_name, o.type AS organization_type
FROM users u
JOIN organizations o ON o.id = u.organization_id;

COMMENT ON VIEW staff_directory IS 'Who works where, and as what.';
GRANT SELECT ON staff_directory TO abparts_app;
