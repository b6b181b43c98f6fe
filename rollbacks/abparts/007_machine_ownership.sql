-- @description Machines belong to an organisation of any type again

DROP INDEX ix_machines_customer;
ALTER TABLE machines DROP CONSTRAINT machines_owned_by_customer;
ALTER TABLE machines DROP COLUMN owner_type;
ALTER TABLE machines RENAME COLUMN customer_organization_id TO organization_id;
ALTER TABLE machines
  ADD CONSTRAINT machines_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id);

COMMENT ON COLUMN machines.organization_id IS 'Who has the machine; empty while it is not sold.';
