-- @description Categories, products with their files, stock and its movements

CREATE TABLE categories (
  id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name        TEXT NOT NULL UNIQUE,
  description TEXT,
  parent_id   INTEGER REFERENCES categories (id),
  is_active   BOOLEAN NOT NULL DEFAULT 1,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE products (
  id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  sku         TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  description TEXT,
  category_id INTEGER NOT NULL REFERENCES categories (id),
  barcode     TEXT UNIQUE,
  unit_price  INTEGER NOT NULL DEFAULT 0,
  cost_price  INTEGER NOT NULL DEFAULT 0,
  unit        TEXT NOT NULL DEFAULT 'EA',
  is_active   BOOLEAN NOT NULL DEFAULT 1,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_products_category ON products (category_id);
CREATE INDEX idx_products_name ON products (name);

CREATE TABLE product_attachments (
  id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  product_id  INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  file_name   TEXT NOT NULL,
  file_path   TEXT NOT NULL,
  mime_type   TEXT,
  file_size   INTEGER NOT NULL,
  is_primary  BOOLEAN NOT NULL DEFAULT 0,
  uploaded_by INTEGER REFERENCES users (id),
  uploaded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_product_attachments_product ON product_attachments (product_id);

CREATE TABLE inventory (
  id                INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  product_id        INTEGER NOT NULL UNIQUE REFERENCES products (id),
  quantity          INTEGER NOT NULL DEFAULT 0,
  reserved_quantity INTEGER NOT NULL DEFAULT 0,
  min_stock_level   INTEGER NOT NULL DEFAULT 0,
  max_stock_level   INTEGER NOT NULL DEFAULT 1000,
  location          TEXT,
  last_updated      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CHECK (min_stock_level <= max_stock_level)
);

CREATE TRIGGER inventory_touch AFTER UPDATE OF quantity ON inventory
WHEN OLD.quantity IS NOT NEW.quantity
BEGIN
  UPDATE inventory SET last_updated = CURRENT_TIMESTAMP WHERE id = NEW.id;
END;

CREATE TABLE stock_movements (
  id             INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  product_id     INTEGER NOT NULL REFERENCES products (id),
  movement_type  TEXT NOT NULL CHECK (movement_type IN ('in', 'out', 'adjustment')),
  quantity       INTEGER NOT NULL,
  unit_cost      INTEGER,
  reference_type TEXT,
  reference_id   INTEGER,
  notes          TEXT,
  moved_by       INTEGER REFERENCES users (id),
  movement_date  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_stock_movements_product_date ON stock_movements (product_id, movement_date);
