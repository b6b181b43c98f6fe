-- @check the tables for goods are there
-- @expect rows = 5
SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('categories', 'products', 'product_attachments', 'inventory', 'stock_movements');

-- @check the tables for goods are gone
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema WHERE tbl_name IN ('categories', 'products', 'product_attachments', 'inventory', 'stock_movements');

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
-- @check a second product with the same SKU is refused
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO products (sku, name, category_id) VALUES ('CHECK-1', 'Two', 990000001);

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
-- @check a product has one stock record
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO inventory (product_id) VALUES (990000001), (990000001);

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
-- @check a minimum above the maximum is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO inventory (product_id, min_stock_level, max_stock_level) VALUES (990000001, 11, 10);

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
-- @check a movement goes in, goes out or adjusts
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO stock_movements (product_id, movement_type, quantity) VALUES (990000001, 'away', 1);

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO product_attachments (product_id, file_name, file_path, file_size) VALUES (990000001, 'a', 'a', 1);
DELETE FROM products WHERE id = 990000001;
-- @check the files of a product go with it
-- @expect rows = 0
SELECT id FROM product_attachments WHERE product_id = 990000001;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO inventory (product_id, quantity, last_updated) VALUES (990000001, 5, '2001-01-01');
UPDATE inventory SET quantity = 6 WHERE product_id = 990000001;
-- @check a change of stock is dated
-- @expect value = 1
SELECT last_updated > '2020-01-01' FROM inventory WHERE product_id = 990000001;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO inventory (product_id, quantity) VALUES (990000001, '7 pcs');
-- @check SQLite takes text for a quantity
-- @expect value = text
SELECT typeof(quantity) FROM inventory WHERE product_id = 990000001;

-- @check mistyped: quantities are whole numbers, or whole numbers of pieces
-- @expect rows = 0
-- @severity warning
SELECT id, quantity FROM inventory
WHERE typeof(quantity) <> 'integer' AND NOT (typeof(quantity) = 'text' AND quantity GLOB '[0-9]* pcs'
  AND substr(quantity, 1, length(quantity) - 4) NOT GLOB '*[^0-9]*');

-- @check mistyped: prices are numbers
-- @expect rows = 0
-- @severity warning
SELECT id, unit_price, cost_price FROM products WHERE typeof(unit_price) NOT IN ('integer', 'real') OR typeof(cost_price) NOT IN ('integer', 'real');

-- @check mistyped: truth values of products are 0, 1 or Y
-- @expect rows = 0
-- @severity warning
SELECT id, is_active FROM products WHERE is_active NOT IN (0, 1, 'Y');
