-- @description Sales and customer tables: customers, layaways, work orders, commissions, loyalty, credit, gift cards, promotions

CREATE TABLE price_levels (
  id               INTEGER PRIMARY KEY,
  code             TEXT NOT NULL UNIQUE,
  name             TEXT NOT NULL,
  discount_percent REAL NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
  is_default       INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1))
);

CREATE UNIQUE INDEX price_levels_one_default ON price_levels (is_default) WHERE is_default = 1;

CREATE TABLE customers (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_number TEXT NOT NULL UNIQUE,
  first_name      TEXT,
  last_name       TEXT,
  company         TEXT,
  email           TEXT,
  phone           TEXT,
  "address"       TEXT,
  city            TEXT,
  postal_code     TEXT,
  notes           TEXT,
  price_level_id  INTEGER REFERENCES price_levels (id) ON DELETE SET NULL,
  tax_exempt      INTEGER NOT NULL DEFAULT 0 CHECK (tax_exempt IN (0, 1)),
  created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  deleted_at      TEXT,
  CONSTRAINT customers_have_a_name CHECK (last_name IS NOT NULL OR company IS NOT NULL)
);

CREATE INDEX customers_name ON customers (last_name COLLATE NOCASE, first_name COLLATE NOCASE);
CREATE INDEX customers_phone ON customers (phone);
CREATE INDEX customers_email ON customers (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX customers_price_level ON customers (price_level_id);

CREATE TABLE customer_vehicles (
  id            INTEGER PRIMARY KEY,
  customer_id   INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  vin           TEXT UNIQUE CHECK (length(vin) = 17),
  model_year    INTEGER CHECK (model_year BETWEEN 1886 AND 2100),
  make          TEXT NOT NULL,
  model         TEXT NOT NULL,
  license_plate TEXT,
  mileage       INTEGER CHECK (mileage >= 0),
  color         TEXT,
  UNIQUE (id, customer_id)                                -- work_orders points here with both
);

CREATE INDEX customer_vehicles_customer ON customer_vehicles (customer_id);
CREATE INDEX customer_vehicles_plate ON customer_vehicles (license_plate) WHERE license_plate IS NOT NULL;

CREATE TABLE layaways (
  id             INTEGER PRIMARY KEY,
  layaway_number TEXT NOT NULL UNIQUE,
  customer_id    INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
  created_by     TEXT REFERENCES users (id) ON DELETE SET NULL,
  total_cents    INTEGER NOT NULL CHECK (total_cents > 0),
  paid_cents     INTEGER NOT NULL DEFAULT 0 CHECK (paid_cents BETWEEN 0 AND total_cents),
  balance_cents  INTEGER GENERATED ALWAYS AS (total_cents - paid_cents) VIRTUAL,
  status         TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'completed', 'cancelled')),
  due_date       TEXT,
  created_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

CREATE INDEX layaways_customer ON layaways (customer_id);
CREATE INDEX layaways_due ON layaways (due_date) WHERE status = 'open';

CREATE TABLE layaway_payments (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  layaway_id   INTEGER NOT NULL REFERENCES layaways (id) ON DELETE CASCADE,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  method       TEXT NOT NULL CHECK (method IN ('cash', 'card', 'check', 'gift_card')),
  paid_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  received_by  TEXT REFERENCES users (id) ON DELETE SET NULL
);

CREATE INDEX layaway_payments_layaway ON layaway_payments (layaway_id, paid_at);

CREATE TABLE work_orders (
  id            INTEGER PRIMARY KEY,
  order_number  TEXT NOT NULL UNIQUE,
  customer_id   INTEGER NOT NULL,
  vehicle_id    INTEGER,
  technician_id TEXT REFERENCES users (id) ON DELETE SET NULL,
  status        TEXT NOT NULL DEFAULT 'open'
                CHECK (status IN ('open', 'in_progress', 'waiting_parts', 'completed', 'invoiced', 'cancelled')),
  complaint     TEXT,
  opened_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  promised_at   TEXT,
  closed_at     TEXT,
  labor_cents   INTEGER NOT NULL DEFAULT 0,
  parts_cents   INTEGER NOT NULL DEFAULT 0,
  tax_rate      REAL NOT NULL DEFAULT 0.0825,
  total_cents   INTEGER GENERATED ALWAYS AS (CAST(round((labor_cents + parts_cents) * (1 + tax_rate)) AS INTEGER)) STORED,
  FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT,
  -- a vehicle on an order belongs to the customer of that order
  FOREIGN KEY (vehicle_id, customer_id) REFERENCES customer_vehicles (id, customer_id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX work_orders_customer ON work_orders (customer_id, opened_at DESC);
CREATE INDEX work_orders_vehicle ON work_orders (vehicle_id, customer_id);
CREATE INDEX work_orders_status ON work_orders (status, opened_at);
CREATE INDEX work_orders_technician ON work_orders (technician_id) WHERE closed_at IS NULL;

CREATE TABLE work_order_lines (
  work_order_id    INTEGER NOT NULL REFERENCES work_orders (id) ON DELETE CASCADE,
  line_no          INTEGER NOT NULL CHECK (line_no > 0),
  line_type        TEXT NOT NULL CHECK (line_type IN ('labor', 'part', 'fee')),
  product_sku      TEXT,                                  -- as sold: the product may be renamed or gone by now
  description      TEXT NOT NULL,
  quantity         REAL NOT NULL DEFAULT 1 CHECK (quantity > 0),
  unit_price_cents INTEGER NOT NULL,
  line_total_cents INTEGER GENERATED ALWAYS AS (CAST(round(quantity * unit_price_cents) AS INTEGER)) VIRTUAL,
  PRIMARY KEY (work_order_id, line_no)
);

CREATE INDEX work_order_lines_sku ON work_order_lines (product_sku) WHERE product_sku IS NOT NULL;

CREATE TABLE commission_rules (
  id             INTEGER PRIMARY KEY,
  name           TEXT NOT NULL UNIQUE,
  applies_to     TEXT NOT NULL CHECK (applies_to IN ('labor', 'part', 'all')),
  rate           REAL NOT NULL CHECK (rate > 0 AND rate <= 1),
  min_sale_cents INTEGER NOT NULL DEFAULT 0,
  starts_on      TEXT NOT NULL,
  ends_on        TEXT,
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
);

CREATE TABLE commissions (
  id            INTEGER PRIMARY KEY,
  user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
  rule_id       INTEGER REFERENCES commission_rules (id) ON DELETE SET NULL,
  work_order_id INTEGER REFERENCES work_orders (id) ON DELETE SET NULL,
  base_cents    INTEGER NOT NULL,
  amount_cents  INTEGER NOT NULL,
  status        TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'paid')),
  earned_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  paid_at       TEXT,
  CHECK ((status = 'paid') = (paid_at IS NOT NULL))
);

CREATE INDEX commissions_user ON commissions (user_id, status);
CREATE INDEX commissions_rule ON commissions (rule_id);
CREATE INDEX commissions_order ON commissions (work_order_id);

CREATE TABLE loyalty_accounts (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL UNIQUE REFERENCES customers (id) ON DELETE CASCADE,
  points      INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
  tier        TEXT NOT NULL DEFAULT 'bronze' CHECK (tier IN ('bronze', 'silver', 'gold')),
  enrolled_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

CREATE TABLE loyalty_transactions (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES loyalty_accounts (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('earn', 'redeem', 'adjust')),
  points     INTEGER NOT NULL CHECK (points <> 0),
  reason     TEXT,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

CREATE INDEX loyalty_transactions_account ON loyalty_transactions (account_id, created_at);

CREATE TABLE credit_accounts (
  id            INTEGER PRIMARY KEY,
  customer_id   INTEGER NOT NULL UNIQUE REFERENCES customers (id) ON DELETE RESTRICT,
  limit_cents   INTEGER NOT NULL CHECK (limit_cents >= 0),
  balance_cents INTEGER NOT NULL DEFAULT 0,               -- owed to the shop; below zero is a credit note
  terms_days    INTEGER NOT NULL DEFAULT 30,
  status        TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'on_hold', 'closed')),
  opened_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  CONSTRAINT credit_within_limit CHECK (balance_cents <= limit_cents)
);

CREATE TABLE credit_transactions (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id    INTEGER NOT NULL REFERENCES credit_accounts (id) ON DELETE RESTRICT,
  kind          TEXT NOT NULL CHECK (kind IN ('charge', 'payment', 'adjust')),
  amount_cents  INTEGER NOT NULL CHECK (amount_cents <> 0),
  work_order_id INTEGER REFERENCES work_orders (id) ON DELETE SET NULL,
  due_date      TEXT,
  created_at    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

CREATE INDEX credit_transactions_account ON credit_transactions (account_id, created_at);
CREATE INDEX credit_transactions_order ON credit_transactions (work_order_id) WHERE work_order_id IS NOT NULL;

CREATE TABLE gift_cards (
  id            INTEGER PRIMARY KEY,
  card_number   TEXT NOT NULL UNIQUE,
  customer_id   INTEGER REFERENCES customers (id) ON DELETE SET NULL,
  balance_cents INTEGER NOT NULL DEFAULT 0 CHECK (balance_cents >= 0),
  status        TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked')),
  issued_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  expires_on    TEXT
);

CREATE INDEX gift_cards_customer ON gift_cards (customer_id);

CREATE TABLE gift_card_transactions (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  gift_card_id  INTEGER NOT NULL REFERENCES gift_cards (id) ON DELETE RESTRICT,
  kind          TEXT NOT NULL CHECK (kind IN ('load', 'redeem')),
  amount_cents  INTEGER NOT NULL CHECK (amount_cents > 0),
  work_order_id INTEGER REFERENCES work_orders (id) ON DELETE SET NULL,
  created_at    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

CREATE INDEX gift_card_transactions_card ON gift_card_transactions (gift_card_id, created_at);
CREATE INDEX gift_card_transactions_order ON gift_card_transactions (work_order_id) WHERE work_order_id IS NOT NULL;

CREATE TABLE promotions (
  id         INTEGER PRIMARY KEY,
  code       TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('percent', 'amount')),
  value      REAL NOT NULL CHECK (value > 0),
  starts_on  TEXT NOT NULL,
  ends_on    TEXT,
  max_uses   INTEGER,
  is_active  INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  conditions TEXT CHECK (conditions IS NULL OR json_valid(conditions)),
  CHECK (kind <> 'percent' OR value <= 100)
);

CREATE TABLE promotion_usage (
  id             INTEGER PRIMARY KEY,
  promotion_id   INTEGER NOT NULL REFERENCES promotions (id) ON DELETE RESTRICT,
  customer_id    INTEGER REFERENCES customers (id) ON DELETE SET NULL,
  work_order_id  INTEGER REFERENCES work_orders (id) ON DELETE CASCADE,
  discount_cents INTEGER NOT NULL CHECK (discount_cents >= 0),
  used_at        TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (promotion_id, work_order_id)
);

CREATE INDEX promotion_usage_customer ON promotion_usage (customer_id);
CREATE INDEX promotion_usage_order ON promotion_usage (work_order_id);

CREATE TRIGGER layaway_payments_apply AFTER INSERT ON layaway_payments
BEGIN
  UPDATE layaways
     SET paid_cents = paid_cents + NEW.amount_cents,
         status = CASE WHEN paid_cents + NEW.amount_cents = total_cents THEN 'completed' ELSE status END
   WHERE id = NEW.layaway_id;
END;

CREATE TRIGGER work_order_lines_added AFTER INSERT ON work_order_lines
BEGIN
  UPDATE work_orders
     SET labor_cents = labor_cents + CASE NEW.line_type WHEN 'labor' THEN NEW.line_total_cents ELSE 0 END,
         parts_cents = parts_cents + CASE NEW.line_type WHEN 'labor' THEN 0 ELSE NEW.line_total_cents END
   WHERE id = NEW.work_order_id;
END;

CREATE TRIGGER work_order_lines_removed AFTER DELETE ON work_order_lines
BEGIN
  UPDATE work_orders
     SET labor_cents = labor_cents - CASE OLD.line_type WHEN 'labor' THEN OLD.line_total_cents ELSE 0 END,
         parts_cents = parts_cents - CASE OLD.line_type WHEN 'labor' THEN 0 ELSE OLD.line_total_cents END
   WHERE id = OLD.work_order_id;
END;

CREATE TRIGGER work_order_lines_changed
AFTER UPDATE OF work_order_id, line_type, quantity, unit_price_cents ON work_order_lines
BEGIN
  UPDATE work_orders
     SET labor_cents = labor_cents - CASE OLD.line_type WHEN 'labor' THEN OLD.line_total_cents ELSE 0 END,
         parts_cents = parts_cents - CASE OLD.line_type WHEN 'labor' THEN 0 ELSE OLD.line_total_cents END
   WHERE id = OLD.work_order_id;
  UPDATE work_orders
     SET labor_cents = labor_cents + CASE NEW.line_type WHEN 'labor' THEN NEW.line_total_cents ELSE 0 END,
         parts_cents = parts_cents + CASE NEW.line_type WHEN 'labor' THEN 0 ELSE NEW.line_total_cents END
   WHERE id = NEW.work_order_id;
END;

-- Closing an order pays the technician and adds points to the customer's account: five tables in one trigger.
CREATE TRIGGER work_orders_invoiced AFTER UPDATE OF status ON work_orders
WHEN NEW.status = 'invoiced' AND OLD.status <> 'invoiced'
BEGIN
  UPDATE work_orders SET closed_at = coalesce(closed_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) WHERE id = NEW.id;
  INSERT INTO commissions (user_id, work_order_id, base_cents, amount_cents)
  SELECT u.id, NEW.id, NEW.labor_cents, CAST(round(NEW.labor_cents * u.commission_rate) AS INTEGER)
    FROM users AS u
   WHERE u.id = NEW.technician_id AND u.commission_rate > 0;
  INSERT INTO loyalty_transactions (account_id, kind, points, reason)
  SELECT a.id, 'earn', NEW.total_cents / 100, NEW.order_number
    FROM loyalty_accounts AS a
   WHERE a.customer_id = NEW.customer_id AND NEW.total_cents >= 100;
  INSERT INTO audit_log (user_id, action, entity, entity_id, details)
  VALUES (NEW.technician_id, 'work_order.invoiced', 'work_orders', NEW.id,
          json_object('total_cents', NEW.total_cents));
END;

CREATE TRIGGER loyalty_transactions_apply AFTER INSERT ON loyalty_transactions
BEGIN
  UPDATE loyalty_accounts
     SET points = points + NEW.points,
         tier = CASE WHEN points + NEW.points >= 5000 THEN 'gold'
                     WHEN points + NEW.points >= 1000 THEN 'silver'
                     ELSE 'bronze' END
   WHERE id = NEW.account_id;
END;

CREATE TRIGGER credit_transactions_guard BEFORE INSERT ON credit_transactions
WHEN NEW.kind = 'charge'
BEGIN
  SELECT RAISE(ABORT, 'credit account is not active')
    FROM credit_accounts WHERE id = NEW.account_id AND status <> 'active';
END;

CREATE TRIGGER credit_transactions_apply AFTER INSERT ON credit_transactions
BEGIN
  UPDATE credit_accounts
     SET balance_cents = balance_cents + CASE NEW.kind WHEN 'payment' THEN -NEW.amount_cents ELSE NEW.amount_cents END
   WHERE id = NEW.account_id;
END;

CREATE TRIGGER gift_card_transactions_guard BEFORE INSERT ON gift_card_transactions
BEGIN
  SELECT RAISE(ABORT, 'gift card is blocked')
    FROM gift_cards WHERE id = NEW.gift_card_id AND status = 'blocked';
END;

CREATE TRIGGER gift_card_transactions_apply AFTER INSERT ON gift_card_transactions
BEGIN
  UPDATE gift_cards
     SET balance_cents = balance_cents + CASE NEW.kind WHEN 'load' THEN NEW.amount_cents ELSE -NEW.amount_cents END
   WHERE id = NEW.gift_card_id;
END;

CREATE TRIGGER promotion_usage_limit BEFORE INSERT ON promotion_usage
BEGIN
  SELECT RAISE(ABORT, 'promotion is used up')
    FROM promotions AS p
   WHERE p.id = NEW.promotion_id
     AND p.max_uses <= (SELECT count(*) FROM promotion_usage WHERE promotion_id = NEW.promotion_id);
END;

-- One row per customer with what the counter asks for: four tables behind one name.
CREATE VIEW customer_overview AS
SELECT c.id,
       c.customer_number,
       coalesce(c.company, trim(coalesce(c.first_name, '') || ' ' || c.last_name)) AS display_name,
       coalesce(l.points, 0)        AS loyalty_points,
       coalesce(k.balance_cents, 0) AS owed_cents,
       (SELECT count(*) FROM work_orders AS w WHERE w.customer_id = c.id AND w.closed_at IS NULL) AS open_orders
  FROM customers AS c
  LEFT JOIN loyalty_accounts AS l ON l.customer_id = c.id
  LEFT JOIN credit_accounts AS k ON k.customer_id = c.id
 WHERE c.deleted_at IS NULL;

-- Written with a star: the view takes on each column that its table gains.
CREATE VIEW active_promotions AS
SELECT * FROM promotions WHERE is_active = 1;
