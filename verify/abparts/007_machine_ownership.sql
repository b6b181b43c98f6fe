-- Requirement 5: machines belong to customers.

-- Before the step. Organisations are read as JSON, because their type may still bear its old name.

-- @check Req 5: every machine that has an owner is owned by a customer
-- @expect rows = 0
-- @when before
SELECT m.serial_number, o.name AS owner, coalesce(to_jsonb(o) ->> 'organization_type', to_jsonb(o) ->> 'type') AS type
FROM machines m
JOIN organizations o ON o.id = m.organization_id
WHERE lower(regexp_replace(btrim(coalesce(to_jsonb(o) ->> 'organization_type', to_jsonb(o) ->> 'type')),
                           '[[:space:]_-]+', '_', 'g'))
      NOT IN ('customer', 'client', 'end_customer');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 5: a machine can be sold to a customer
-- @expect rows = 1
INSERT INTO machines (customer_organization_id, model_type, name, serial_number)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Check machine', 'CHECK-NEW')
RETURNING id;

-- @check Req 5: a machine can wait to be sold
-- @expect rows = 1
INSERT INTO machines (model_type, name, serial_number) VALUES ('V4.0', 'Check machine', 'CHECK-NEW') RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO organizations (id, name, organization_type, parent_organization_id) VALUES
  ('abab0000-0000-4000-8000-00000000000c', 'Check supplier of A', 'supplier', 'abab0000-0000-4000-8000-00000000000a'),
  ('abab0000-0000-4000-8000-00000000000d', 'Check supplier of B', 'supplier', 'abab0000-0000-4000-8000-00000000000b');
-- @check Req 5: only a customer owns a machine
-- @expect error 23503
INSERT INTO machines (customer_organization_id, model_type, name, serial_number)
VALUES ('abab0000-0000-4000-8000-00000000000c', 'V4.0', 'Check machine', 'CHECK-NEW');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
-- @check Req 5: the distributor does not own machines
-- @expect error 23503
INSERT INTO machines (customer_organization_id, model_type, name, serial_number)
SELECT id, 'V4.0', 'Check machine', 'CHECK-NEW' FROM organizations WHERE organization_type = 'oraseas_ee';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: an organisation with machines stays a customer
-- @expect error 23503
UPDATE organizations
SET organization_type = 'supplier',
    parent_organization_id = (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee')
WHERE id = 'abab0000-0000-4000-8000-00000000000a';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: a machine can go from one customer to another
-- @expect rows = 1
UPDATE machines SET customer_organization_id = 'abab0000-0000-4000-8000-00000000000b' WHERE id = 'abab0000-0000-4000-8000-000000000041' RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number) VALUES
  ('abab0000-0000-4000-8000-000000000041', 'abab0000-0000-4000-8000-00000000000a', 'V4.0', 'Machine of A', 'CHECK-A'),
  ('abab0000-0000-4000-8000-000000000042', 'abab0000-0000-4000-8000-00000000000b', 'V3.1B', 'Machine of B', 'CHECK-B');
-- @check Req 5: a serial number is given once
-- @expect error 23505
INSERT INTO machines (model_type, name, serial_number) VALUES ('V4.0', 'Check machine', 'CHECK-A');

-- @check the look-up of machines by customer uses its index
-- @expect plan uses index ix_machines_customer
-- @set enable_seqscan = off
SELECT id FROM machines WHERE customer_organization_id = 'abab0000-0000-4000-8000-00000000000a';

-- @check machines has its old columns and nothing else
-- @expect value = id, organization_id, model_type, name, serial_number, created_at, updated_at
-- @when rolled-back
SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = 'machines'::regclass AND attnum > 0 AND NOT attisdropped;
