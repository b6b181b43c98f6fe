-- @description Suppliers, purchase orders and their items

CREATE TABLE suppliers (
  id             INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  supplier_code  TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  contact_person TEXT,
  email          TEXT,
  phone          TEXT,
  address        TEXT,
  payment_terms  TEXT,
  status         TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'blacklisted')),
  created_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE purchase_orders (
  id            INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  po_number     TEXT NOT NULL UNIQUE,
  supplier_id   INTEGER NOT NULL REFERENCES suppliers (id),
  order_date    DATE NOT NULL,
  expected_date DATE,
  status        TEXT NOT NULL DEFAULT 'pending'
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
  id                INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  po_id             INTEGER NOT NULL REFERENCES purchase_orders (id) ON DELETE CASCADE,
  product_id        INTEGER NOT NULL REFERENCES products (id),
  quantity          INTEGER NOT NULL CHECK (quantity > 0),
  unit_cost         INTEGER NOT NULL,
  total_cost        INTEGER NOT NULL,
  received_quantity INTEGER NOT NULL DEFAULT 0,
  status            TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'partial', 'received')),
  created_at        TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_purchase_order_items_po ON purchase_order_items (po_id);
CREATE INDEX idx_purchase_order_items_product ON purchase_order_items (product_id);
