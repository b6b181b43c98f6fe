-- @description A machine belongs to a customer organisation, and only to one of that type

ALTER TABLE machines DROP CONSTRAINT machines_organization_id_fkey;
ALTER TABLE machines RENAME COLUMN organization_id TO customer_organization_id;
ALTER TABLE machines
  ADD COLUMN owner_type organization_type
    GENERATED ALWAYS AS ('customer'::organization_type) STORED;
ALTER TABLE machines
  -- Holds also when an organisation changes its type: one that owns machines stays a customer.
  ADD CONSTRAINT machines_owned_by_customer
    FOREIGN KEY (customer_organization_id, owner_type) REFERENCES organizations (id, organization_type);

CREATE INDEX ix_machines_customer ON machines (customer_organization_id);

COMMENT ON COLUMN machines.customer_organization_id IS 'Customer that owns the machine; empty while it is not sold.';
COMMENT ON COLUMN machines.owner_type IS 'Type that the owner must have. Target of a foreign key.';
