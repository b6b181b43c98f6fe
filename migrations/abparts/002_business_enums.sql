-- @description The five enum types of the business model

CREATE TYPE organization_type AS ENUM ('oraseas_ee', 'bossaqua', 'customer', 'supplier');
COMMENT ON TYPE organization_type IS
  'Role of an organisation in the parts business: distributor and owner of the application, manufacturer, customer, supplier.';

CREATE TYPE part_type AS ENUM ('consumable', 'bulk_material');
COMMENT ON TYPE part_type IS 'Counted in whole units, or measured in fractions of a unit.';

CREATE TYPE user_role AS ENUM ('user', 'admin', 'super_admin');
COMMENT ON TYPE user_role IS
  'Basic work in the own organisation, full management of the own organisation, access to all organisations.';

CREATE TYPE user_status AS ENUM ('active', 'inactive', 'pending_invitation', 'locked');
COMMENT ON TYPE user_status IS 'Whether a user may sign in, and if not, why.';

CREATE TYPE transaction_type AS ENUM ('creation', 'transfer', 'consumption', 'adjustment');
COMMENT ON TYPE transaction_type IS 'Kind of a movement of parts.';
