-- Requirement 1: organisation types and hierarchy.

-- Before the step. The lists say again what abparts_saved.organization_type_of will accept, which is not there yet.

-- @check Req 1: every old organisation type has a meaning
-- @expect rows = 0
-- @when before
SELECT type, count(*) AS organisations, min(name) AS example
FROM organizations
WHERE lower(regexp_replace(btrim(type), '[[:space:]_-]+', '_', 'g')) NOT IN
  ('oraseas_ee', 'oraseas', 'owner', 'distributor', 'warehouse',
   'bossaqua', 'boss_aqua', 'manufacturer',
   'customer', 'client', 'end_customer',
   'supplier', 'vendor', 'third_party_supplier')
GROUP BY type
ORDER BY type;

-- @check Req 1: no more than one organisation will be Oraseas EE, and one BossAqua
-- @expect rows = 0
-- @when before
SELECT will_be, string_agg(name, ', ' ORDER BY name) AS organisations
FROM (
  SELECT name, CASE
    WHEN lower(regexp_replace(btrim(type), '[[:space:]_-]+', '_', 'g'))
      IN ('oraseas_ee', 'oraseas', 'owner', 'distributor', 'warehouse') THEN 'oraseas_ee'
    WHEN lower(regexp_replace(btrim(type), '[[:space:]_-]+', '_', 'g'))
      IN ('bossaqua', 'boss_aqua', 'manufacturer') THEN 'bossaqua'
  END AS will_be
  FROM organizations
) AS singular
WHERE will_be IS NOT NULL
GROUP BY will_be
HAVING count(*) > 1;

-- @check Req 1: suppliers have Oraseas EE to stand below
-- @expect rows = 0
-- @when before
SELECT name FROM organizations
WHERE lower(regexp_replace(btrim(type), '[[:space:]_-]+', '_', 'g')) IN ('supplier', 'vendor', 'third_party_supplier')
  AND NOT EXISTS (
    SELECT FROM organizations
    WHERE lower(regexp_replace(btrim(type), '[[:space:]_-]+', '_', 'g'))
      IN ('oraseas_ee', 'oraseas', 'owner', 'distributor', 'warehouse'));

-- In the step, against the copy that it made of the old rows.

-- @check Req 1: no organisation is lost, changed or stamped
-- @expect rows = 0
-- @when step
SELECT coalesce(b.id, o.id) AS id, b.name AS name_before, o.name AS name_now
FROM pg_temp.organizations_before b
FULL JOIN organizations o ON o.id = b.id
WHERE (b.name, b.updated_at) IS DISTINCT FROM (o.name, o.updated_at);

-- @check Req 1: every organisation is what its old type meant
-- @expect rows = 0
-- @when step
SELECT o.name, b.type AS old_type, o.organization_type
FROM organizations o
JOIN pg_temp.organizations_before b ON b.id = o.id
WHERE o.organization_type <> abparts_saved.organization_type_of(b.type);

-- @check Req 1: every old type can be told again
-- @expect rows = 0
-- @when step
SELECT o.name, b.type AS old_type, coalesce(s.old_type, o.organization_type::text) AS told
FROM organizations o
JOIN pg_temp.organizations_before b ON b.id = o.id
LEFT JOIN abparts_saved.organization_types s ON s.organization_id = o.id
WHERE b.type <> coalesce(s.old_type, o.organization_type::text);

-- @check Req 1: all organisations stand below Oraseas EE
-- @expect rows = 0
-- @when step
SELECT o.name FROM organizations o
JOIN organizations top ON top.organization_type = 'oraseas_ee'
WHERE o.id <> top.id AND o.parent_organization_id IS DISTINCT FROM top.id;

-- From then on.

-- @check Req 1: old texts mean what they should
-- @expect result = [{"old":" boss aqua ","type":"bossaqua"},{"old":"CUSTOMER ","type":"customer"},{"old":"Third-party supplier","type":"supplier"},{"old":"Warehouse","type":"oraseas_ee"}]
SELECT old, abparts_saved.organization_type_of(old)::text AS type
FROM (VALUES (' boss aqua '), ('CUSTOMER '), ('Third-party supplier'), ('Warehouse')) AS texts (old);

-- @check Req 1: an old text without a meaning is refused
-- @expect error 22P02
SELECT abparts_saved.organization_type_of('Reseller');

-- @check Req 1: an organisation cannot be of another type
-- @expect error 22P02
INSERT INTO organizations (name, organization_type) VALUES ('Check reseller', 'reseller');

-- @check Req 1: an organisation needs a type
-- @expect error 23502
INSERT INTO organizations (name) VALUES ('Check nothing');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
-- @check Req 1: there is only one Oraseas EE
-- @expect error 23505
INSERT INTO organizations (name, organization_type) VALUES ('Check second Oraseas EE', 'oraseas_ee');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000002', 'Check BossAqua', 'bossaqua'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'bossaqua');
-- @check Req 1: there is only one BossAqua
-- @expect error 23505
INSERT INTO organizations (name, organization_type) VALUES ('Check second BossAqua', 'bossaqua');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 1: no other organisation can become Oraseas EE
-- @expect error 23505
UPDATE organizations SET organization_type = 'oraseas_ee' WHERE id = 'abab0000-0000-4000-8000-00000000000a';

-- @check Req 1: a supplier needs a parent
-- @expect error 23514
INSERT INTO organizations (name, organization_type) VALUES ('Check stray supplier', 'supplier');

-- @check Req 1: the parent has to exist
-- @expect error 23503
INSERT INTO organizations (name, organization_type, parent_organization_id)
VALUES ('Check supplier', 'supplier', 'abab0000-0000-4000-8000-0000000000ff');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 1: a supplier may stand below a customer and below Oraseas EE
-- @expect rows = 2
INSERT INTO organizations (name, organization_type, parent_organization_id)
SELECT 'Check supplier of ' || name, 'supplier', id
FROM organizations
WHERE id = 'abab0000-0000-4000-8000-00000000000a' OR organization_type = 'oraseas_ee'
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
-- @check Req 1: a supplier cannot stand below a supplier
-- @expect error 23514
INSERT INTO organizations (name, organization_type, parent_organization_id)
VALUES ('Check supplier', 'supplier', 'abab0000-0000-4000-8000-00000000000c');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 1: a customer cannot stand below a customer
-- @expect error 23514
UPDATE organizations SET parent_organization_id = 'abab0000-0000-4000-8000-00000000000b' WHERE id = 'abab0000-0000-4000-8000-00000000000a';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 1: nothing stands above Oraseas EE
-- @expect error 23514
UPDATE organizations SET parent_organization_id = 'abab0000-0000-4000-8000-00000000000a' WHERE organization_type = 'oraseas_ee';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
-- @check Req 1: a customer with suppliers cannot become a supplier
-- @expect error 23514
UPDATE organizations
SET organization_type = 'supplier',
    parent_organization_id = (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee')
WHERE id = 'abab0000-0000-4000-8000-00000000000a';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 1: a customer without suppliers can become a supplier
-- @expect rows = 1
UPDATE organizations
SET organization_type = 'supplier',
    parent_organization_id = (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee')
WHERE id = 'abab0000-0000-4000-8000-00000000000a'
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
-- @check Req 1: an organisation with others below it cannot be deleted
-- @expect error 23503
DELETE FROM organizations WHERE id = 'abab0000-0000-4000-8000-00000000000a';

-- @check the look-up of an organisation by name uses its index
-- @expect plan uses index ix_organizations_name
-- @set enable_seqscan = off
SELECT id FROM organizations WHERE name = 'Oraseas EE';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check staff_directory still shows types as text
-- @expect result = [{"organization_type":"customer","type":"character varying"}]
SELECT organization_type, pg_typeof(organization_type)::text AS type FROM staff_directory WHERE user_id = 'abab0000-0000-4000-8000-000000000013';

-- After the rollback, against what it worked out before.

-- @check every organisation has its old type back
-- @expect rows = 0
-- @when rolled-back
SELECT coalesce(r.id, o.id) AS id, r.type AS should_be, o.type
FROM pg_temp.organizations_to_restore r
FULL JOIN organizations o ON o.id = r.id
WHERE (r.name, r.type, r.updated_at) IS DISTINCT FROM (o.name, o.type, o.updated_at);

-- @check organizations has its old columns and nothing else
-- @expect value = id, name, type, address, contact_info, created_at, updated_at
-- @when rolled-back
SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = 'organizations'::regclass AND attnum > 0 AND NOT attisdropped;

-- @check the type of an organisation is free text again
-- @expect value = character varying(50)
-- @when rolled-back
SELECT format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = 'organizations'::regclass AND attname = 'type';

-- @check nothing is saved any more
-- @expect rows = 0
-- @when rolled-back
SELECT nspname FROM pg_namespace WHERE nspname = 'abparts_saved';
