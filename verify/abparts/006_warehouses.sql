-- Requirement 3: warehouses.

-- @check Req 3: warehouses have the fields of the document
-- @expect rows = 6
SELECT attname FROM pg_attribute
WHERE attrelid = 'warehouses'::regclass
  AND attname IN ('id', 'organization_id', 'name', 'location', 'description', 'is_active');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 3: an organisation can have several warehouses
-- @expect rows = 2
INSERT INTO warehouses (organization_id, name, location)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check harbour', 'Quay 3'), ('abab0000-0000-4000-8000-00000000000a', 'Check hill', NULL)
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: a name is given once in an organisation
-- @expect error 23505
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check warehouse A');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
-- @check Req 3: another organisation may use the same name
-- @expect rows = 1
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-00000000000b', 'Check warehouse A') RETURNING id;

-- @check Req 3: a warehouse belongs to an organisation
-- @expect error 23502
INSERT INTO warehouses (name) VALUES ('Check nowhere');

-- @check Req 3: a warehouse belongs to an organisation that exists
-- @expect error 23503
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-0000000000ff', 'Check nowhere');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 3: a warehouse has a name
-- @expect error 23514
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-00000000000a', ' ');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 3: a warehouse is active until it is said otherwise
-- @expect value = true
INSERT INTO warehouses (organization_id, name) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check') RETURNING is_active;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO warehouses (id, organization_id, name) VALUES
  ('abab0000-0000-4000-8000-000000000021', 'abab0000-0000-4000-8000-00000000000a', 'Check warehouse A'),
  ('abab0000-0000-4000-8000-000000000022', 'abab0000-0000-4000-8000-00000000000b', 'Check warehouse B');
UPDATE warehouses SET created_at = '2020-02-20T00:00:00Z' WHERE id = 'abab0000-0000-4000-8000-000000000021';
-- @check Req 3: a change of a warehouse is stamped
-- @expect value = true
UPDATE warehouses SET is_active = false WHERE id = 'abab0000-0000-4000-8000-000000000021' RETURNING updated_at = now();

-- @check there are no warehouses any more
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = 'warehouses';
