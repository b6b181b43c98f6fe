-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id, is_active) VALUES
  (990000001, 'CHECK-1', 'short', 990000001, 1), (990000002, 'CHECK-2', 'enough', 990000001, 1),
  (990000003, 'CHECK-3', 'short, but given up', 990000001, 0);
INSERT INTO inventory (product_id, quantity, min_stock_level) VALUES (990000001, 1, 5), (990000002, 5, 5), (990000003, 1, 5);
-- @check the low stock report shows active products below their minimum
-- @expect result = [{"sku": "CHECK-1"}]
SELECT sku FROM low_stock_products WHERE product_id BETWEEN 990000001 AND 990000003;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO inventory (product_id, quantity, min_stock_level) VALUES (990000001, '1 pcs', 5);
-- @check a mistyped quantity hides from the low stock report
-- @expect rows = 0
SELECT sku FROM low_stock_products WHERE product_id = 990000001;

-- @setup
INSERT INTO categories (id, name) VALUES (990000001, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000001, 'CHECK-1', 'One', 990000001);
INSERT INTO suppliers (id, supplier_code, name) VALUES (990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, po_number, supplier_id, order_date) VALUES (990000001, 'CHECK-1', 990000001, '2024-03-01');
INSERT INTO purchase_order_items (po_id, product_id, quantity, unit_cost, total_cost) VALUES (990000001, 990000001, 1, 10, 10);
-- @check the order report counts the items
-- @expect result = [{"po_number": "CHECK-1", "supplier_name": "One", "item_count": 1}]
SELECT po_number, supplier_name, item_count FROM purchase_order_summary WHERE id = 990000001;

-- @check the reports are gone
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema WHERE name IN ('low_stock_products', 'purchase_order_summary');

-- @check no row refers to one that is not there
-- @expect rows = 0
SELECT "table", rowid, parent FROM pragma_foreign_key_check;

-- @check the file is sound
-- @expect value = ok
SELECT integrity_check FROM pragma_integrity_check;
