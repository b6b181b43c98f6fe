-- @check the tables for purchasing are there
-- @expect rows = 3
SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('suppliers', 'purchase_orders', 'purchase_order_items');

-- @check the tables for purchasing are gone
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema WHERE tbl_name IN ('suppliers', 'purchase_orders', 'purchase_order_items');

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO suppliers (id, supplier_code, name) VALUES (990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, po_number, supplier_id, order_date) VALUES (990000001, 'CHECK-1', 990000001, '2024-03-01');
INSERT INTO purchase_order_items (po_id, product_id, quantity, unit_cost, total_cost) VALUES (990000001, 990000001, 1, 10, 10);
-- @check an order number is there once
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO purchase_orders (po_number, supplier_id, order_date) VALUES ('CHECK-1', 990000001, '2024-03-01');

-- @check an order needs a supplier that exists
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
INSERT INTO purchase_orders (po_number, supplier_id, order_date) VALUES ('CHECK-1', 2147483647, '2024-03-01');

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO suppliers (id, supplier_code, name) VALUES (990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, po_number, supplier_id, order_date) VALUES (990000001, 'CHECK-1', 990000001, '2024-03-01');
INSERT INTO purchase_order_items (po_id, product_id, quantity, unit_cost, total_cost) VALUES (990000001, 990000001, 1, 10, 10);
-- @check an order of nothing is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO purchase_order_items (po_id, product_id, quantity, unit_cost, total_cost) VALUES (990000001, 990000001, 0, 10, 0);

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO suppliers (id, supplier_code, name) VALUES (990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, po_number, supplier_id, order_date) VALUES (990000001, 'CHECK-1', 990000001, '2024-03-01');
INSERT INTO purchase_order_items (po_id, product_id, quantity, unit_cost, total_cost) VALUES (990000001, 990000001, 1, 10, 10);
DELETE FROM purchase_orders WHERE id = 990000001;
-- @check the items of an order go with it
-- @expect rows = 0
SELECT id FROM purchase_order_items WHERE po_id = 990000001;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO suppliers (id, supplier_code, name) VALUES (990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, po_number, supplier_id, order_date) VALUES (990000001, 'CHECK-1', 990000001, '2024-03-01');
INSERT INTO purchase_order_items (po_id, product_id, quantity, unit_cost, total_cost) VALUES (990000001, 990000001, 1, 10, 10);
-- @check a supplier with orders stays
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
DELETE FROM suppliers WHERE id = 990000001;

-- @check open orders are found by their index
-- @expect plan uses index idx_purchase_orders_open
SELECT id FROM purchase_orders WHERE status IN ('approved', 'sent') AND expected_date < '2024-03-01';

-- @check mistyped: expected days are days, seconds since 1970, or missing
-- @expect rows = 0
-- @severity warning
SELECT id, expected_date FROM purchase_orders
WHERE NOT (expected_date IS NULL OR typeof(expected_date) = 'integer'
  OR expected_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
