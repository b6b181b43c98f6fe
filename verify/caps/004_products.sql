-- Products and stock.

-- @check the five product tables are there
-- @expect rows = 5
SELECT name FROM sqlite_schema
 WHERE type = 'table' AND name IN ('products', 'product_categories', 'fitment_data', 'inventory', 'inventory_transactions');

-- @check a stock-keeping unit is given once, in whatever case
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO products (sku, name, cost_cents, price_cents) VALUES ('check-1', 'A', 1, 2), ('CHECK-1', 'B', 1, 2);

-- @check a barcode is given once
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO products (sku, barcode, name, cost_cents, price_cents) VALUES ('check-1', 'check', 'A', 1, 2), ('check-2', 'check', 'B', 1, 2);

-- @check a price below zero is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO products (sku, name, cost_cents, price_cents) VALUES ('check-1', 'A', 1, -2);

-- @check a category that is its own parent is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO product_categories (id, parent_id, name, slug) VALUES (9000000000001, 9000000000001, 'Loop', 'check-1');

-- @setup
INSERT INTO product_categories (id, name, slug) VALUES (9000000000001, 'Parent', 'check-1');
INSERT INTO product_categories (id, parent_id, name, slug) VALUES (9000000000002, 9000000000001, 'Child', 'check-2');
-- @check a category with others below it can not be deleted
-- @expect error SQLITE_CONSTRAINT_TRIGGER
DELETE FROM product_categories WHERE id = 9000000000001;

-- @setup
INSERT INTO products (id, sku, name, cost_cents, price_cents) VALUES (9000000000001, 'check-1', 'A', 1, 2);
INSERT INTO fitment_data (id, product_id, make, model, year_from, year_to) VALUES (9000000000001, 9000000000001, 'Ford', 'F-150', 2000, 2004);
DELETE FROM products WHERE id = 9000000000001;
-- @check fitment goes with its product
-- @expect rows = 0
SELECT id FROM fitment_data WHERE id = 9000000000001;

-- @check years of fitment in the wrong order are refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO fitment_data (product_id, make, model, year_from, year_to) VALUES (1, 'Ford', 'F-150', 2004, 2000);

-- @setup
INSERT INTO products (id, sku, name, cost_cents, price_cents, reorder_point) VALUES (9000000000001, 'check-1', 'A', 1, 2, 10);
INSERT INTO inventory (product_id, location, reserved) VALUES (9000000000001, 'main', 1);
INSERT INTO inventory_transactions (product_id, location, kind, quantity) VALUES (9000000000001, 'main', 'receipt', 8), (9000000000001, 'main', 'sale', -3);
-- @check stock follows its movements, and what runs low is listed
-- @expect result = [{"available":4,"reorder_point":10}]
SELECT available, reorder_point FROM low_stock WHERE product_id = 9000000000001;

-- @setup
INSERT INTO products (id, sku, name, cost_cents, price_cents, reorder_point, is_active)
VALUES (9000000000001, 'check-1', 'A', 1, 2, 5, 1), (9000000000002, 'check-2', 'B', 1, 2, 5, 0), (9000000000003, 'check-3', 'C', 1, 2, 5, 1);
INSERT INTO inventory (product_id, quantity, reserved) VALUES (9000000000001, 5, 0), (9000000000002, 1, 0), (9000000000003, 5, 1);
-- @check what is enough, or not sold any more, is not listed as running low
-- @expect result = [{"sku":"check-3"}]
SELECT sku FROM low_stock WHERE product_id >= 9000000000001;

-- @setup
INSERT INTO products (id, sku, name, cost_cents, price_cents) VALUES (9000000000001, 'check-1', 'A', 1, 2);
INSERT INTO inventory (product_id, location) VALUES (9000000000001, 'main');
-- @check more than is on the shelf can not leave it
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO inventory_transactions (product_id, location, kind, quantity) VALUES (9000000000001, 'main', 'sale', -1);

-- @setup
INSERT INTO products (id, sku, name, cost_cents, price_cents) VALUES (9000000000001, 'check-1', 'A', 1, 2);
INSERT INTO inventory (product_id, location) VALUES (9000000000001, 'main');
-- @check a movement in a place without stock is refused
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
INSERT INTO inventory_transactions (product_id, location, kind, quantity) VALUES (9000000000001, 'nowhere', 'receipt', 1);

-- @setup
INSERT INTO products (id, sku, name, cost_cents, price_cents) VALUES (9000000000001, 'check-1', 'A', 1, 2);
INSERT INTO inventory (product_id, location) VALUES (9000000000001, 'main');
INSERT INTO inventory_transactions (id, product_id, location, kind, quantity) VALUES (9000000000001, 9000000000001, 'main', 'receipt', 1);
UPDATE inventory SET location = 'check' WHERE product_id = 9000000000001;
-- @check movements follow a place that is renamed
-- @expect value = check
SELECT location FROM inventory_transactions WHERE id = 9000000000001;

-- @setup
INSERT INTO products (id, sku, name, cost_cents, price_cents) VALUES (9000000000001, 'check-1', 'A', 100, 200);
UPDATE products SET price_cents = 250 WHERE id = 9000000000001;
UPDATE products SET price_cents = 250 WHERE id = 9000000000001;
-- @check a change of price is audited once
-- @expect result = [{"details":"{\"from\":200,\"to\":250}"}]
SELECT details FROM audit_log WHERE action = 'product.price_changed' AND entity_id = '9000000000001';

-- @check stock is the sum of its movements
-- @severity warning
-- @expect rows = 0
SELECT i.product_id, i.location
  FROM inventory AS i
  LEFT JOIN (SELECT product_id, location, sum(quantity) AS quantity FROM inventory_transactions GROUP BY product_id, location) AS t
    ON t.product_id = i.product_id AND t.location = i.location
 WHERE i.quantity <> coalesce(t.quantity, 0);

-- @check nothing of the product tables is left
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema
 WHERE name = 'low_stock'
    OR tbl_name IN ('products', 'product_categories', 'fitment_data', 'inventory', 'inventory_transactions');
