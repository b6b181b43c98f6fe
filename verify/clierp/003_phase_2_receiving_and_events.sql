-- @check no order line has received more than was ordered
-- @when before
-- @expect rows = 0
SELECT id, po_id, quantity, received_quantity FROM purchase_order_items WHERE received_quantity > quantity;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check receiving step 1: the order is received
-- @expect result = [{"status": "received"}]
SELECT status FROM purchase_orders WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check receiving step 2: the items are received
-- @expect every ok = true
SELECT id, status = 'received' AND received_quantity = quantity AS ok FROM purchase_order_items WHERE po_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check receiving step 3: the stock is raised, also of a product not in stock before
-- @expect result = [{"product_id": 990000001, "quantity": 13}, {"product_id": 990000002, "quantity": 4}]
SELECT product_id, quantity FROM inventory WHERE organization_id = 990000001 ORDER BY product_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check receiving step 4: every item has a stock movement
-- @expect result = [{"product_id": 990000001, "quantity": 10, "unit_cost": 10, "moved_by": 990000001}, {"product_id": 990000002, "quantity": 4, "unit_cost": 20, "moved_by": 990000001}, {"product_id": 990000001, "quantity": 1, "unit_cost": 11, "moved_by": 990000001}]
SELECT product_id, quantity, unit_cost, moved_by FROM stock_movements
WHERE reference_type = 'purchase_order' AND reference_id = 990000001 AND movement_type = 'in' ORDER BY id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check receiving step 5: every change has an audit entry with user and reason
-- @expect result = [{"table_name": "inventory", "entries": 2}, {"table_name": "purchase_order_items", "entries": 3}, {"table_name": "purchase_orders", "entries": 1}, {"table_name": "stock_movements", "entries": 3}]
SELECT table_name, count(*)::integer AS entries FROM enhanced_audit_logs
WHERE organization_id = 990000001 AND user_id = 990000001 AND reason = 'receipt of CHECK-1'
GROUP BY table_name ORDER BY table_name;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 3}]', 990000001);
-- @check a part of an order can be received
-- @expect result = [{"order_status": "approved", "item_status": "partial", "received_quantity": 3}]
SELECT o.status AS order_status, i.status AS item_status, i.received_quantity
FROM purchase_orders AS o JOIN purchase_order_items AS i ON i.po_id = o.id WHERE i.id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 3}]', 990000001);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 7}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check an order received in parts is received in the end
-- @expect value = received
SELECT status FROM purchase_orders WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
-- The last of the five steps fails: stock movements can't be written.
ALTER TABLE stock_movements ADD CONSTRAINT check_nothing_moves CHECK (organization_id <> 990000001) NOT VALID;
DO $$
BEGIN
  PERFORM receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}]', 990000001);
  RAISE 'received in spite of it';
EXCEPTION WHEN check_violation THEN NULL;
END
$$;
-- @check receiving is all or nothing
-- @expect result = [{"status": "approved", "received": 0, "stock": 2, "movements": 0, "events": 1}]
SELECT o.status,
  (SELECT sum(received_quantity)::integer FROM purchase_order_items WHERE po_id = o.id) AS received,
  (SELECT sum(quantity)::integer FROM inventory WHERE organization_id = o.organization_id) AS stock,
  (SELECT count(*)::integer FROM stock_movements WHERE organization_id = o.organization_id) AS movements,
  (SELECT count(*)::integer FROM domain_events WHERE organization_id = o.organization_id) AS events
FROM purchase_orders AS o WHERE o.id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT set_config('app.user_id', '990000002', true), set_config('app.reason', 'of the session', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check receive_purchase_order_items gives the session's reason back
-- @expect value = of the session
SELECT current_setting('app.reason');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT set_config('app.user_id', '990000002', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check receive_purchase_order_items gives the session's user back
-- @expect value = 990000002
SELECT current_user_id();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses an order that does not exist
-- @expect error P0002
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(2147483647, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses another order's item
-- @expect error P0002
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000004, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses an order that is not approved
-- @expect error 55000
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000002, '[{"item_id": 990000004, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses more than was ordered
-- @expect error 23514
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 11}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses a quantity of zero
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 0}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses a negative quantity
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": -1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses a quantity that is not a whole number
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 1.5}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses no items
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses items that are left out
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, NULL, 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses a line without an item
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses items that are not an array
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '{"item_id": 990000001, "quantity": 1}', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses an item without a quantity
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses an item listed twice
-- @expect error 22023
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 1}, {"item_id": 990000001, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses an inactive user
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000003);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses another organization's user
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000004);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses a user without the permission
-- @expect error 42501
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000002);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check receiving refuses another organization's order
-- @expect error P0002
-- @set app.organization_id = 990000002
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000004);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);
-- @check receiving refuses an order received before
-- @expect error 55000
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'transactional_receiving', false);
-- @check receiving can be switched off
-- @expect error 55000
-- @set app.organization_id = 990000001
SELECT receive_purchase_order_items(990000001, '[{"item_id": 990000001, "quantity": 10}, {"item_id": 990000002, "quantity": 4}, {"item_id": 990000003, "quantity": 1}]', 990000001);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check a plain UPDATE can't receive more than was ordered either
-- @expect error 23514
UPDATE purchase_order_items SET received_quantity = 11 WHERE id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE inventory SET quantity = 4 WHERE product_id = 990000001;
-- @check a change of stock raises stock_level_changed
-- @expect result = [{"event_type": "stock_level_changed", "entity_id": 990000001, "organization_id": 990000001, "payload": {"product_id": 990000001, "old_level": 2, "new_level": 4, "min_level": 5, "below_minimum": true}}]
SELECT event_type, entity_id, organization_id, payload FROM domain_events
WHERE organization_id = 990000001 ORDER BY id DESC LIMIT 1;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE inventory SET quantity = 5 WHERE product_id = 990000001;
-- @check stock that is just the minimum is not below it
-- @expect value = false
SELECT (payload ->> 'below_minimum')::boolean FROM domain_events WHERE organization_id = 990000001 ORDER BY id DESC LIMIT 1;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
-- @check first stock raises stock_level_changed from zero
-- @expect result = [{"old_level": 0, "new_level": 2}]
SELECT (payload ->> 'old_level')::integer AS old_level, (payload ->> 'new_level')::integer AS new_level
FROM domain_events WHERE organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE inventory SET quantity = quantity, location = 'B' WHERE product_id = 990000001;
-- @check an UPDATE that leaves the stock as it is raises no event
-- @expect value = 1
SELECT count(*) FROM domain_events WHERE organization_id = 990000001;

-- @setup
INSERT INTO categories (id, name) VALUES (990000009, 'check');
INSERT INTO products (id, sku, name, category_id) VALUES (990000009, 'CHECK-9', 'Nine', 990000009);
SET LOCAL ROLE clierp_cli;
INSERT INTO inventory (product_id, quantity) VALUES (990000009, 3);
RESET ROLE;
-- @check a change of stock by the old CLI raises an event, too
-- @expect rows = 1
SELECT id FROM domain_events WHERE entity_id = 990000009 AND payload ->> 'new_level' = '3';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'domain_events', false);
UPDATE inventory SET quantity = 4 WHERE product_id = 990000001;
-- @check events can be switched off for one organization
-- @expect value = 1
SELECT count(*) FROM domain_events WHERE organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
SELECT publish_domain_event('check_event', 7, '{"a": 1}');
-- @check publish_domain_event writes an event of the session's organization
-- @expect result = [{"organization_id": 990000001, "event_type": "check_event", "entity_id": 7}]
SELECT organization_id, event_type, entity_id FROM domain_events WHERE event_type = 'check_event';

-- @check an event type is a plain name
-- @expect error 23514
SELECT publish_domain_event('Check Event', 7, '{}');

-- @check a payload is an object
-- @expect error 23514
SELECT publish_domain_event('check_event', 7, '[1]');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
SELECT set_config('app.organization_id', '990000001', true);
SELECT publish_domain_event('check_event', 7, '{}', 990000002);
-- @check publish_domain_event writes an event of the organization that is named
-- @expect value = 990000002
SELECT organization_id FROM domain_events WHERE event_type = 'check_event';

-- @setup
UPDATE domain_events SET published_at = clock_timestamp() WHERE published_at IS NULL;
SELECT publish_domain_event('check_event', 1, '{}'), publish_domain_event('check_event', 2, '{}'), publish_domain_event('check_event', 3, '{}');
-- @check unpublished events are claimed in their order
-- @expect result = [{"entity_id": 1}, {"entity_id": 2}]
SELECT entity_id FROM claim_domain_events(2);

-- @check claiming no events is refused
-- @expect error 22023
SELECT claim_domain_events(0);

-- @setup
UPDATE domain_events SET published_at = clock_timestamp() WHERE published_at IS NULL;
SELECT publish_domain_event('check_event', 1, '{}'), publish_domain_event('check_event', 2, '{}');
SELECT mark_domain_events_published(ARRAY(SELECT id FROM claim_domain_events(1)));
-- @check only the events that were named are published
-- @expect result = [{"entity_id": 2}]
SELECT entity_id FROM claim_domain_events(10);

-- @setup
UPDATE domain_events SET published_at = clock_timestamp() WHERE published_at IS NULL;
SELECT publish_domain_event('check_event', 1, '{}');
SELECT mark_domain_events_published(ARRAY(SELECT id FROM claim_domain_events(10)));
-- @check a published event is not claimed again
-- @expect rows = 0
SELECT id FROM claim_domain_events(10);

-- @setup
SELECT publish_domain_event('check_event', 1, '{}');
SELECT mark_domain_events_published(ARRAY(SELECT id FROM domain_events WHERE event_type = 'check_event'));
-- @check an event can't be published twice
-- @expect error 55000
SELECT mark_domain_events_published(ARRAY(SELECT id FROM domain_events WHERE event_type = 'check_event'));

-- @check the outbox is read from its index
-- @expect plan uses index idx_domain_events_unpublished
-- @set enable_seqscan = off
-- @set enable_sort = off
-- @set enable_bitmapscan = off
SELECT * FROM domain_events WHERE published_at IS NULL ORDER BY id LIMIT 100;

-- @check phase 2 is gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace AND relname ~ '^domain_events'
UNION ALL
SELECT proname FROM pg_catalog.pg_proc WHERE pronamespace = 'public'::regnamespace
  AND proname IN ('receive_purchase_order_items', 'raise_stock_level_changed', 'publish_domain_event',
                  'claim_domain_events', 'mark_domain_events_published')
UNION ALL
SELECT tgname FROM pg_catalog.pg_trigger WHERE tgname = 'inventory_stock_level_changed'
UNION ALL
SELECT conname FROM pg_catalog.pg_constraint WHERE conname = 'purchase_order_items_received_at_most_ordered';
