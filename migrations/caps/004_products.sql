-- @description Product tables: catalogue, categories, vehicle fitment, stock levels and movements

CREATE TABLE product_categories (
  id         INTEGER PRIMARY KEY,
  parent_id  INTEGER REFERENCES product_categories (id) ON DELETE RESTRICT,
  name       TEXT NOT NULL,
  slug       TEXT NOT NULL UNIQUE,
  sort_order INTEGER NOT NULL DEFAULT 0,
  CHECK (parent_id <> id)
);

CREATE INDEX product_categories_parent ON product_categories (parent_id, sort_order);

CREATE TABLE products (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  sku           TEXT NOT NULL COLLATE NOCASE UNIQUE,
  barcode       TEXT,
  name          TEXT NOT NULL,
  description   TEXT,
  brand         TEXT,
  category_id   INTEGER REFERENCES product_categories (id) ON DELETE RESTRICT,
  cost_cents    INTEGER NOT NULL CHECK (cost_cents >= 0),
  price_cents   INTEGER NOT NULL CHECK (price_cents >= 0),
  weight_kg     REAL,
  reorder_point INTEGER NOT NULL DEFAULT 0,
  attributes    TEXT CHECK (attributes IS NULL OR json_valid(attributes)),
  is_active     INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

CREATE UNIQUE INDEX products_barcode ON products (barcode) WHERE barcode IS NOT NULL;
CREATE INDEX products_name ON products (name COLLATE NOCASE);
CREATE INDEX products_category ON products (category_id, is_active);

CREATE TABLE fitment_data (
  id         INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  make       TEXT NOT NULL,
  model      TEXT NOT NULL,
  year_from  INTEGER NOT NULL,
  year_to    INTEGER NOT NULL,
  engine     TEXT,
  notes      TEXT,
  CHECK (year_to >= year_from)
);

CREATE INDEX fitment_data_product ON fitment_data (product_id);
CREATE INDEX fitment_data_vehicle ON fitment_data (make, model, year_from, year_to);

CREATE TABLE inventory (
  product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE RESTRICT,
  location   TEXT    NOT NULL DEFAULT 'main',
  quantity   INTEGER NOT NULL DEFAULT 0,
  reserved   INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  bin        TEXT,
  counted_at TEXT,
  PRIMARY KEY (product_id, location),
  CONSTRAINT stock_is_never_negative CHECK (quantity >= 0)
) WITHOUT ROWID;

CREATE INDEX inventory_location ON inventory (location, quantity);

CREATE TABLE inventory_transactions (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  product_id    INTEGER NOT NULL,
  location      TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('receipt', 'sale', 'adjustment', 'transfer', 'return')),
  quantity      INTEGER NOT NULL CHECK (quantity <> 0),   -- signed: what leaves the shelf is below zero
  work_order_id INTEGER REFERENCES work_orders (id) ON DELETE SET NULL,
  user_id       TEXT REFERENCES users (id) ON DELETE SET NULL,
  note          TEXT,
  created_at    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  FOREIGN KEY (product_id, location) REFERENCES inventory (product_id, location) ON UPDATE CASCADE ON DELETE RESTRICT
);

CREATE INDEX inventory_transactions_stock ON inventory_transactions (product_id, location, created_at);
CREATE INDEX inventory_transactions_order ON inventory_transactions (work_order_id) WHERE work_order_id IS NOT NULL;
CREATE INDEX inventory_transactions_user ON inventory_transactions (user_id);

CREATE TRIGGER inventory_transactions_apply AFTER INSERT ON inventory_transactions
BEGIN
  UPDATE inventory
     SET quantity = quantity + NEW.quantity
   WHERE product_id = NEW.product_id AND location = NEW.location;
END;

CREATE TRIGGER products_price_changed AFTER UPDATE OF price_cents ON products
WHEN NEW.price_cents <> OLD.price_cents
BEGIN
  INSERT INTO audit_log (action, entity, entity_id, details)
  VALUES ('product.price_changed', 'products', NEW.id,
          json_object('from', OLD.price_cents, 'to', NEW.price_cents));
END;

CREATE VIEW low_stock AS
SELECT p.id AS product_id, p.sku, p.name, i.location, i.quantity - i.reserved AS available, p.reorder_point
  FROM products AS p
  JOIN inventory AS i ON i.product_id = p.id
 WHERE p.is_active = 1 AND i.quantity - i.reserved < p.reorder_point;
