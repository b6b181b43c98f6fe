-- @description The CLI's present schema on PostgreSQL: people, finance, stock, purchasing and customers of one company
-- @lock-timeout 5s

-- Roles belong to the whole server, so another copy of this database may have made them, or may be
-- dropping them at this moment. Granting something at once ties the role to this transaction.
DO $roles$
BEGIN
  FOR attempt IN 1..5 LOOP
    BEGIN
      CREATE ROLE clierp_cli NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
      CREATE ROLE clierp_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
      CREATE ROLE clierp_worker NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
      GRANT USAGE ON SCHEMA public TO clierp_cli, clierp_app, clierp_worker;
      EXIT;
    EXCEPTION WHEN undefined_object THEN
      IF attempt = 5 THEN
        RAISE;
      END IF;
    END;
  END LOOP;
  -- A superuser may take on any role; anybody else has to be a member to run the checks.
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    BEGIN
      GRANT clierp_cli, clierp_app, clierp_worker TO CURRENT_USER;
    EXCEPTION WHEN insufficient_privilege THEN
      -- Somebody else made the roles. That will do when this one may take them on already.
      IF EXISTS (SELECT FROM pg_roles
                 WHERE rolname IN ('clierp_cli', 'clierp_app', 'clierp_worker') AND NOT pg_has_role(oid,
                   CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END)) THEN
        RAISE;
      END IF;
    END;
  END IF;
END
$roles$;

-- People ------------------------------------------------------------------------------------------

CREATE TABLE departments (
  id          SERIAL PRIMARY KEY,
  name        VARCHAR(100) NOT NULL UNIQUE,
  description TEXT,
  manager_id  INTEGER,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE employees (
  id            SERIAL PRIMARY KEY,
  employee_code VARCHAR(20) NOT NULL UNIQUE,
  name          VARCHAR(100) NOT NULL,
  email         VARCHAR(255) UNIQUE,
  phone         VARCHAR(30),
  department_id INTEGER NOT NULL REFERENCES departments (id),
  position      VARCHAR(100) NOT NULL,
  hire_date     DATE NOT NULL,
  salary        INTEGER NOT NULL DEFAULT 0 CHECK (salary >= 0),
  status        VARCHAR(20) NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'terminated')),
  created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_employees_department ON employees (department_id);

ALTER TABLE departments
  ADD CONSTRAINT departments_manager_id_fkey FOREIGN KEY (manager_id) REFERENCES employees (id) ON DELETE SET NULL;

CREATE TABLE users (
  id            SERIAL PRIMARY KEY,
  username      VARCHAR(50) NOT NULL UNIQUE,
  email         VARCHAR(255) NOT NULL UNIQUE,
  password_hash VARCHAR(255) NOT NULL,
  employee_id   INTEGER REFERENCES employees (id),
  role          VARCHAR(20) NOT NULL DEFAULT 'employee'
                CHECK (role IN ('admin', 'manager', 'supervisor', 'employee', 'auditor')),
  is_active     BOOLEAN NOT NULL DEFAULT true,
  last_login    TIMESTAMP,
  created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
COMMENT ON TABLE users IS 'Accounts of the command line; one free-text role each.';
COMMENT ON COLUMN users.password_hash IS 'Argon2 hash; never shown, never logged.';

CREATE TABLE audit_logs (
  id         SERIAL PRIMARY KEY,
  user_id    INTEGER REFERENCES users (id),
  table_name VARCHAR(100) NOT NULL,
  record_id  INTEGER NOT NULL,
  action     VARCHAR(20) NOT NULL,
  old_values TEXT,
  new_values TEXT,
  changed_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_audit_logs_record ON audit_logs (table_name, record_id);
COMMENT ON TABLE audit_logs IS 'What the CLI itself writes down about a change, as text.';

CREATE TABLE attendances (
  id               SERIAL PRIMARY KEY,
  employee_id      INTEGER NOT NULL REFERENCES employees (id),
  date             DATE NOT NULL,
  check_in         TIME,
  check_out        TIME,
  break_minutes    INTEGER NOT NULL DEFAULT 0,
  overtime_minutes INTEGER NOT NULL DEFAULT 0,
  status           VARCHAR(20) NOT NULL DEFAULT 'present'
                   CHECK (status IN ('present', 'absent', 'late', 'early_leave', 'holiday')),
  notes            TEXT,
  created_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (employee_id, date)
);

CREATE TABLE payrolls (
  id           SERIAL PRIMARY KEY,
  employee_id  INTEGER NOT NULL REFERENCES employees (id),
  period       CHAR(7) NOT NULL CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  base_salary  INTEGER NOT NULL,
  overtime_pay INTEGER NOT NULL DEFAULT 0,
  bonuses      INTEGER NOT NULL DEFAULT 0,
  deductions   INTEGER NOT NULL DEFAULT 0,
  net_salary   INTEGER NOT NULL,
  payment_date DATE,
  status       VARCHAR(20) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processed', 'paid')),
  created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (employee_id, period)
);

-- Finance -----------------------------------------------------------------------------------------

CREATE TABLE accounts (
  id           SERIAL PRIMARY KEY,
  account_code VARCHAR(20) NOT NULL UNIQUE,
  account_name VARCHAR(100) NOT NULL,
  account_type VARCHAR(20) NOT NULL
               CHECK (account_type IN ('asset', 'liability', 'equity', 'revenue', 'expense')),
  parent_id    INTEGER REFERENCES accounts (id),
  balance      BIGINT NOT NULL DEFAULT 0,
  is_active    BOOLEAN NOT NULL DEFAULT true,
  created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE transactions (
  id               SERIAL PRIMARY KEY,
  account_id       INTEGER NOT NULL REFERENCES accounts (id),
  transaction_date DATE NOT NULL,
  amount           INTEGER NOT NULL CHECK (amount > 0),
  debit_credit     VARCHAR(6) NOT NULL CHECK (debit_credit IN ('debit', 'credit')),
  description      TEXT NOT NULL,
  reference        VARCHAR(100),
  created_by       INTEGER REFERENCES users (id),
  created_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_transactions_account_date ON transactions (account_id, transaction_date);

-- Stock -------------------------------------------------------------------------------------------

CREATE TABLE categories (
  id          SERIAL PRIMARY KEY,
  name        VARCHAR(100) NOT NULL UNIQUE,
  description TEXT,
  parent_id   INTEGER REFERENCES categories (id),
  is_active   BOOLEAN NOT NULL DEFAULT true,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE products (
  id          SERIAL PRIMARY KEY,
  sku         VARCHAR(50) NOT NULL UNIQUE,
  name        VARCHAR(200) NOT NULL,
  description TEXT,
  category_id INTEGER NOT NULL REFERENCES categories (id),
  barcode     VARCHAR(50) UNIQUE,
  unit_price  INTEGER NOT NULL DEFAULT 0 CHECK (unit_price >= 0),
  cost_price  INTEGER NOT NULL DEFAULT 0 CHECK (cost_price >= 0),
  unit        VARCHAR(20) NOT NULL DEFAULT 'EA',
  is_active   BOOLEAN NOT NULL DEFAULT true,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_products_category ON products (category_id);
CREATE INDEX idx_products_name ON products (name);
COMMENT ON COLUMN products.unit_price IS 'Selling price in whole units of the currency.';
COMMENT ON COLUMN products.cost_price IS 'Purchase price in whole units of the currency.';

CREATE TABLE product_attachments (
  id          SERIAL PRIMARY KEY,
  product_id  INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  file_name   VARCHAR(255) NOT NULL,
  file_path   TEXT NOT NULL,
  mime_type   VARCHAR(100),
  file_size   INTEGER NOT NULL CHECK (file_size >= 0),
  is_primary  BOOLEAN NOT NULL DEFAULT false,
  uploaded_by INTEGER REFERENCES users (id),
  uploaded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_product_attachments_product ON product_attachments (product_id);

CREATE TABLE inventory (
  id                SERIAL PRIMARY KEY,
  product_id        INTEGER NOT NULL UNIQUE REFERENCES products (id),
  quantity          INTEGER NOT NULL DEFAULT 0,
  reserved_quantity INTEGER NOT NULL DEFAULT 0,
  min_stock_level   INTEGER NOT NULL DEFAULT 0,
  max_stock_level   INTEGER NOT NULL DEFAULT 1000,
  location          VARCHAR(100),
  last_updated      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CHECK (min_stock_level <= max_stock_level)
);
COMMENT ON TABLE inventory IS 'Stock on hand, one row for each product that is kept in stock.';

CREATE FUNCTION touch_inventory() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  NEW.last_updated := CURRENT_TIMESTAMP;
  RETURN NEW;
END
$$;
CREATE TRIGGER inventory_touch BEFORE UPDATE OF quantity ON inventory
  FOR EACH ROW WHEN (OLD.quantity IS DISTINCT FROM NEW.quantity) EXECUTE FUNCTION touch_inventory();

CREATE TABLE stock_movements (
  id             SERIAL PRIMARY KEY,
  product_id     INTEGER NOT NULL REFERENCES products (id),
  movement_type  VARCHAR(20) NOT NULL CHECK (movement_type IN ('in', 'out', 'adjustment')),
  quantity       INTEGER NOT NULL,
  unit_cost      INTEGER,
  reference_type VARCHAR(50),
  reference_id   INTEGER,
  notes          TEXT,
  moved_by       INTEGER REFERENCES users (id),
  movement_date  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_stock_movements_product_date ON stock_movements (product_id, movement_date);

-- Purchasing --------------------------------------------------------------------------------------

CREATE TABLE suppliers (
  id             SERIAL PRIMARY KEY,
  supplier_code  VARCHAR(20) NOT NULL UNIQUE,
  name           VARCHAR(200) NOT NULL,
  contact_person VARCHAR(100),
  email          VARCHAR(255),
  phone          VARCHAR(30),
  address        TEXT,
  payment_terms  VARCHAR(50),
  status         VARCHAR(20) NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'blacklisted')),
  created_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE purchase_orders (
  id            SERIAL PRIMARY KEY,
  po_number     VARCHAR(50) NOT NULL UNIQUE,
  supplier_id   INTEGER NOT NULL REFERENCES suppliers (id),
  order_date    DATE NOT NULL,
  expected_date DATE,
  status        VARCHAR(20) NOT NULL DEFAULT 'pending'
                CHECK (status IN ('pending', 'approved', 'sent', 'received', 'cancelled')),
  total_amount  INTEGER NOT NULL DEFAULT 0,
  notes         TEXT,
  created_by    INTEGER REFERENCES users (id),
  approved_by   INTEGER REFERENCES users (id),
  approved_at   TIMESTAMP,
  created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_purchase_orders_supplier ON purchase_orders (supplier_id);
CREATE INDEX idx_purchase_orders_created ON purchase_orders (created_at);
CREATE INDEX idx_purchase_orders_open ON purchase_orders (expected_date) WHERE status IN ('approved', 'sent');

CREATE TABLE purchase_order_items (
  id                SERIAL PRIMARY KEY,
  po_id             INTEGER NOT NULL REFERENCES purchase_orders (id) ON DELETE CASCADE,
  product_id        INTEGER NOT NULL REFERENCES products (id),
  quantity          INTEGER NOT NULL CHECK (quantity > 0),
  unit_cost         INTEGER NOT NULL CHECK (unit_cost >= 0),
  total_cost        INTEGER NOT NULL,
  received_quantity INTEGER NOT NULL DEFAULT 0 CHECK (received_quantity >= 0),
  status            VARCHAR(20) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'partial', 'received')),
  created_at        TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_purchase_order_items_po ON purchase_order_items (po_id);
CREATE INDEX idx_purchase_order_items_product ON purchase_order_items (product_id);

-- Customers ---------------------------------------------------------------------------------------

CREATE TABLE customers (
  id            SERIAL PRIMARY KEY,
  customer_code VARCHAR(20) NOT NULL UNIQUE,
  name          VARCHAR(200) NOT NULL,
  email         VARCHAR(255),
  phone         VARCHAR(30),
  address       TEXT,
  customer_type VARCHAR(20) NOT NULL DEFAULT 'individual' CHECK (customer_type IN ('individual', 'business')),
  credit_limit  INTEGER NOT NULL DEFAULT 0,
  created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE leads (
  id                  SERIAL PRIMARY KEY,
  customer_id         INTEGER NOT NULL REFERENCES customers (id),
  source              VARCHAR(50) NOT NULL,
  status              VARCHAR(20) NOT NULL DEFAULT 'new'
                      CHECK (status IN ('new', 'contacted', 'qualified', 'proposal', 'converted', 'lost')),
  estimated_value     INTEGER NOT NULL DEFAULT 0,
  probability         INTEGER NOT NULL DEFAULT 0 CHECK (probability BETWEEN 0 AND 100),
  expected_close_date DATE,
  assigned_to         INTEGER REFERENCES employees (id),
  notes               TEXT,
  created_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_leads_customer ON leads (customer_id);

CREATE TABLE deals (
  id          SERIAL PRIMARY KEY,
  lead_id     INTEGER NOT NULL REFERENCES leads (id),
  deal_name   VARCHAR(200) NOT NULL,
  stage       VARCHAR(20) NOT NULL DEFAULT 'prospect'
              CHECK (stage IN ('prospect', 'proposal', 'negotiation', 'won', 'lost')),
  deal_value  INTEGER NOT NULL DEFAULT 0,
  close_date  DATE,
  probability INTEGER NOT NULL DEFAULT 50 CHECK (probability BETWEEN 0 AND 100),
  assigned_to INTEGER REFERENCES employees (id),
  notes       TEXT,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_deals_lead ON deals (lead_id);

CREATE TABLE activities (
  id               SERIAL PRIMARY KEY,
  activity_type    VARCHAR(20) NOT NULL CHECK (activity_type IN ('call', 'email', 'meeting', 'note', 'task')),
  subject          VARCHAR(200) NOT NULL,
  description      TEXT,
  activity_date    TIMESTAMP NOT NULL,
  duration_minutes INTEGER,
  customer_id      INTEGER REFERENCES customers (id),
  lead_id          INTEGER REFERENCES leads (id),
  deal_id          INTEGER REFERENCES deals (id),
  assigned_to      INTEGER REFERENCES employees (id),
  completed        BOOLEAN NOT NULL DEFAULT false,
  created_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_activities_date ON activities (activity_date);

CREATE TABLE campaigns (
  id              SERIAL PRIMARY KEY,
  name            VARCHAR(200) NOT NULL,
  description     TEXT,
  campaign_type   VARCHAR(30) NOT NULL,
  start_date      DATE,
  end_date        DATE,
  budget          INTEGER NOT NULL DEFAULT 0,
  spent           INTEGER NOT NULL DEFAULT 0,
  target_audience TEXT,
  status          VARCHAR(20) NOT NULL DEFAULT 'planned'
                  CHECK (status IN ('planned', 'active', 'paused', 'completed', 'cancelled')),
  created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE campaign_leads (
  id          SERIAL PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  lead_id     INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (campaign_id, lead_id)
);

-- Reports of the command line ---------------------------------------------------------------------

CREATE VIEW low_stock_products AS
SELECT p.id AS product_id, p.sku, p.name, i.quantity, i.reserved_quantity, i.min_stock_level, i.max_stock_level
FROM products AS p
JOIN inventory AS i ON i.product_id = p.id
WHERE p.is_active AND i.quantity < i.min_stock_level;
COMMENT ON VIEW low_stock_products IS 'Active products whose stock is below their minimum.';

CREATE VIEW purchase_order_summary AS
SELECT o.id, o.po_number, s.name AS supplier_name, o.order_date, o.status, o.total_amount,
       (SELECT count(*) FROM purchase_order_items AS i WHERE i.po_id = o.id) AS item_count
FROM purchase_orders AS o
JOIN suppliers AS s ON s.id = o.supplier_id;

-- The account of the present CLI. clierp_app and clierp_worker get their rights with the phases that need them.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  departments, employees, users, audit_logs, attendances, payrolls, accounts, transactions, categories,
  products, product_attachments, inventory, stock_movements, suppliers, purchase_orders,
  purchase_order_items, customers, leads, deals, activities, campaigns, campaign_leads
TO clierp_cli;
GRANT SELECT ON low_stock_products, purchase_order_summary TO clierp_cli;
GRANT USAGE ON SEQUENCE
  departments_id_seq, employees_id_seq, users_id_seq, audit_logs_id_seq, attendances_id_seq,
  payrolls_id_seq, accounts_id_seq, transactions_id_seq, categories_id_seq, products_id_seq,
  product_attachments_id_seq, inventory_id_seq, stock_movements_id_seq, suppliers_id_seq,
  purchase_orders_id_seq, purchase_order_items_id_seq, customers_id_seq, leads_id_seq, deals_id_seq,
  activities_id_seq, campaigns_id_seq, campaign_leads_id_seq
TO clierp_cli;
