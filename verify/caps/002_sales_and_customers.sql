-- Customers and everything that is sold to them.

-- @check the seventeen sales and customer tables are there
-- @expect rows = 17
SELECT name FROM sqlite_schema
 WHERE type = 'table'
   AND name IN ('customers', 'customer_vehicles', 'layaways', 'layaway_payments', 'work_orders', 'work_order_lines',
                'commissions', 'commission_rules', 'loyalty_accounts', 'loyalty_transactions', 'price_levels',
                'credit_accounts', 'credit_transactions', 'gift_cards', 'gift_card_transactions', 'promotions',
                'promotion_usage');

-- @check a customer without a name is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO customers (customer_number, first_name) VALUES ('CHECK-1', 'Only');

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'O''Check');
-- @check a customer number is given once
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO customers (customer_number, last_name) VALUES ('CHECK-1', 'Other');

-- @setup
DELETE FROM price_levels WHERE NOT EXISTS (SELECT 1 FROM price_levels WHERE is_default = 1);
INSERT INTO price_levels (id, code, name, is_default)
SELECT 9000000000001, 'CHECK-1', 'First', 1 WHERE NOT EXISTS (SELECT 1 FROM price_levels WHERE is_default = 1);
-- @check there is one default price level
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO price_levels (id, code, name, is_default) VALUES (9000000000002, 'CHECK-2', 'Second', 1);

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
-- @check a vehicle identification number has seventeen places
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO customer_vehicles (customer_id, vin, make, model) VALUES (9000000000001, 'TOO-SHORT', 'Ford', 'F-150');

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO customer_vehicles (id, customer_id, make, model) VALUES (9000000000001, 9000000000001, 'Ford', 'F-150');
DELETE FROM customers WHERE id = 9000000000001;
-- @check vehicles go with their customer
-- @expect rows = 0
SELECT id FROM customer_vehicles WHERE id = 9000000000001;

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'One'), (9000000000002, 'CHECK-2', 'Two');
INSERT INTO customer_vehicles (id, customer_id, make, model) VALUES (9000000000001, 9000000000001, 'Ford', 'F-150');
INSERT INTO work_orders (id, order_number, customer_id, vehicle_id) VALUES (9000000000001, 'CHECK-1', 9000000000002, 9000000000001);
-- @check the vehicle of another customer on an order is a violated foreign key
-- @expect rows = 1
SELECT parent FROM pragma_foreign_key_check('work_orders') WHERE rowid = 9000000000001;

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO work_orders (id, order_number, customer_id) VALUES (9000000000001, 'CHECK-1', 9000000000001);
-- @check a customer with orders can not be deleted
-- @expect error SQLITE_CONSTRAINT_TRIGGER
DELETE FROM customers WHERE id = 9000000000001;

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO work_orders (id, order_number, customer_id, tax_rate) VALUES (9000000000001, 'CHECK-1', 9000000000001, 0.1);
INSERT INTO work_order_lines (work_order_id, line_no, line_type, description, quantity, unit_price_cents)
VALUES (9000000000001, 1, 'labor', 'Brakes', 1.5, 10000), (9000000000001, 2, 'part', 'Pads', 2, 2500), (9000000000001, 3, 'fee', 'Disposal', 1, 300);
UPDATE work_order_lines SET quantity = 2 WHERE work_order_id = 9000000000001 AND line_no = 1;
DELETE FROM work_order_lines WHERE work_order_id = 9000000000001 AND line_no = 3;
-- @check the totals of an order follow its lines
-- @expect result = [{"labor_cents":20000,"parts_cents":5000,"total_cents":27500}]
SELECT labor_cents, parts_cents, total_cents FROM work_orders WHERE id = 9000000000001;

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO work_orders (id, order_number, customer_id) VALUES (9000000000001, 'CHECK-1', 9000000000001);
-- @check a line without a quantity is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO work_order_lines (work_order_id, line_no, line_type, description, quantity, unit_price_cents)
VALUES (9000000000001, 1, 'part', 'Pads', 0, 2500);

-- @setup
INSERT INTO users (id, username, full_name, password_hash, role, commission_rate) VALUES ('check-1', 'check-user', 'A', 'x', 'technician', 0.1);
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO loyalty_accounts (id, customer_id) VALUES (9000000000001, 9000000000001);
INSERT INTO work_orders (id, order_number, customer_id, technician_id, tax_rate) VALUES (9000000000001, 'CHECK-1', 9000000000001, 'check-1', 0);
INSERT INTO work_order_lines (work_order_id, line_no, line_type, description, unit_price_cents) VALUES (9000000000001, 1, 'labor', 'Engine', 150000);
UPDATE work_orders SET status = 'invoiced' WHERE id = 9000000000001;
UPDATE work_orders SET status = 'invoiced' WHERE id = 9000000000001;
-- @check an invoiced order pays commission, adds points and is audited, once
-- @expect result = [{"commission":15000,"points":1500,"tier":"silver","audited":1,"closed":1}]
SELECT (SELECT amount_cents FROM commissions WHERE work_order_id = 9000000000001) AS commission,
       (SELECT points FROM loyalty_accounts WHERE id = 9000000000001) AS points,
       (SELECT tier FROM loyalty_accounts WHERE id = 9000000000001) AS tier,
       (SELECT count(*) FROM audit_log WHERE action = 'work_order.invoiced' AND entity_id = '9000000000001') AS audited,
       (SELECT closed_at IS NOT NULL FROM work_orders WHERE id = 9000000000001) AS closed;

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO layaways (id, layaway_number, customer_id, total_cents) VALUES (9000000000001, 'CHECK-1', 9000000000001, 10000);
INSERT INTO layaway_payments (layaway_id, amount_cents, method) VALUES (9000000000001, 4000, 'cash'), (9000000000001, 6000, 'card');
-- @check a layaway is completed by its last payment
-- @expect result = [{"paid_cents":10000,"balance_cents":0,"status":"completed"}]
SELECT paid_cents, balance_cents, status FROM layaways WHERE id = 9000000000001;

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO layaways (id, layaway_number, customer_id, total_cents) VALUES (9000000000001, 'CHECK-1', 9000000000001, 10000);
-- @check more than is owed on a layaway is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO layaway_payments (layaway_id, amount_cents, method) VALUES (9000000000001, 10001, 'cash');

-- @check a commission can not be paid without a date
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO commissions (user_id, base_cents, amount_cents, status) VALUES ('check-1', 1, 1, 'paid');

-- @check a commission rule that ends before it begins is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO commission_rules (name, applies_to, rate, starts_on, ends_on) VALUES ('check', 'all', 0.1, '2025-02-01', '2025-01-01');

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO loyalty_accounts (id, customer_id) VALUES (9000000000001, 9000000000001);
INSERT INTO loyalty_transactions (account_id, kind, points) VALUES (9000000000001, 'earn', 100);
-- @check more points than an account has can not be redeemed
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO loyalty_transactions (account_id, kind, points) VALUES (9000000000001, 'redeem', -101);

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO credit_accounts (id, customer_id, limit_cents) VALUES (9000000000001, 9000000000001, 50000);
INSERT INTO credit_transactions (account_id, kind, amount_cents) VALUES (9000000000001, 'charge', 30000), (9000000000001, 'payment', 10000);
-- @check the balance of a credit account follows its transactions
-- @expect value = 20000
SELECT balance_cents FROM credit_accounts WHERE id = 9000000000001;

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO credit_accounts (id, customer_id, limit_cents) VALUES (9000000000001, 9000000000001, 50000);
-- @check a charge above the limit is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO credit_transactions (account_id, kind, amount_cents) VALUES (9000000000001, 'charge', 50001);

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO credit_accounts (id, customer_id, limit_cents, status) VALUES (9000000000001, 9000000000001, 50000, 'on_hold');
-- @check a charge to an account on hold is refused
-- @expect error SQLITE_CONSTRAINT_TRIGGER
INSERT INTO credit_transactions (account_id, kind, amount_cents) VALUES (9000000000001, 'charge', 1);

-- @setup
INSERT INTO customers (id, customer_number, last_name) VALUES (9000000000001, 'CHECK-1', 'Check');
INSERT INTO credit_accounts (id, customer_id, limit_cents, balance_cents, status) VALUES (9000000000001, 9000000000001, 50000, 700, 'on_hold');
INSERT INTO credit_transactions (account_id, kind, amount_cents) VALUES (9000000000001, 'payment', 300);
-- @check an account on hold still takes payments
-- @expect value = 400
SELECT balance_cents FROM credit_accounts WHERE id = 9000000000001;

-- @setup
INSERT INTO gift_cards (id, card_number) VALUES (9000000000001, 'CHECK-1');
INSERT INTO gift_card_transactions (gift_card_id, kind, amount_cents) VALUES (9000000000001, 'load', 5000), (9000000000001, 'redeem', 1500);
-- @check the balance of a gift card follows its transactions
-- @expect value = 3500
SELECT balance_cents FROM gift_cards WHERE id = 9000000000001;

-- @setup
INSERT INTO gift_cards (id, card_number) VALUES (9000000000001, 'CHECK-1');
-- @check an empty gift card can not be redeemed
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO gift_card_transactions (gift_card_id, kind, amount_cents) VALUES (9000000000001, 'redeem', 1);

-- @setup
INSERT INTO gift_cards (id, card_number, status) VALUES (9000000000001, 'CHECK-1', 'blocked');
-- @check a blocked gift card can not be loaded
-- @expect error SQLITE_CONSTRAINT_TRIGGER
INSERT INTO gift_card_transactions (gift_card_id, kind, amount_cents) VALUES (9000000000001, 'load', 100);

-- @check more than a hundred per cent off is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO promotions (code, name, kind, value, starts_on) VALUES ('CHECK-1', 'Free', 'percent', 101, '2025-01-01');

-- @check the code of a promotion is given once, in whatever case
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO promotions (code, name, kind, value, starts_on)
VALUES ('CHECK-1', 'One', 'amount', 5, '2025-01-01'), ('check-1', 'Two', 'amount', 5, '2025-01-01');

-- @setup
INSERT INTO promotions (id, code, name, kind, value, starts_on, max_uses) VALUES (9000000000001, 'CHECK-1', 'Once', 'amount', 5, '2025-01-01', 1);
INSERT INTO promotion_usage (promotion_id, discount_cents) VALUES (9000000000001, 500);
-- @check a promotion can not be used more often than allowed
-- @expect error SQLITE_CONSTRAINT_TRIGGER
INSERT INTO promotion_usage (promotion_id, discount_cents) VALUES (9000000000001, 500);

-- @setup
INSERT INTO promotions (id, code, name, kind, value, starts_on, is_active)
VALUES (9000000000001, 'CHECK-1', 'On', 'amount', 5, '2025-01-01', 1), (9000000000002, 'CHECK-2', 'Off', 'amount', 5, '2025-01-01', 0);
-- @check the view of active promotions leaves out the others
-- @expect result = [{"code":"CHECK-1"}]
SELECT code FROM active_promotions WHERE id >= 9000000000001;

-- @setup
INSERT INTO customers (id, customer_number, first_name, last_name) VALUES (9000000000001, 'CHECK-1', 'Zoë', 'O''Check');
INSERT INTO credit_accounts (id, customer_id, limit_cents) VALUES (9000000000001, 9000000000001, 50000);
INSERT INTO credit_transactions (account_id, kind, amount_cents) VALUES (9000000000001, 'charge', 700);
INSERT INTO work_orders (id, order_number, customer_id) VALUES (9000000000001, 'CHECK-1', 9000000000001);
-- @check the overview of a customer gathers what the counter asks for
-- @expect result = [{"display_name":"Zoë O'Check","loyalty_points":0,"owed_cents":700,"open_orders":1}]
SELECT display_name, loyalty_points, owed_cents, open_orders FROM customer_overview WHERE id = 9000000000001;

-- @setup
INSERT INTO customers (id, customer_number, last_name, deleted_at)
VALUES (9000000000001, 'CHECK-1', 'There', NULL), (9000000000002, 'CHECK-2', 'Gone', '2025-01-01');
-- @check the overview leaves out customers that were deleted
-- @expect result = [{"customer_number":"CHECK-1"}]
SELECT customer_number FROM customer_overview WHERE id >= 9000000000001;

-- @check what is paid on layaways is the sum of the payments
-- @severity warning
-- @expect rows = 0
SELECT l.id
  FROM layaways AS l
  LEFT JOIN (SELECT layaway_id, sum(amount_cents) AS paid FROM layaway_payments GROUP BY layaway_id) AS p ON p.layaway_id = l.id
 WHERE l.paid_cents <> coalesce(p.paid, 0);

-- @check the totals of the orders are the sums of their lines
-- @severity warning
-- @expect rows = 0
SELECT o.id
  FROM work_orders AS o
  LEFT JOIN (SELECT work_order_id, sum(line_total_cents) AS total FROM work_order_lines GROUP BY work_order_id) AS l
    ON l.work_order_id = o.id
 WHERE o.labor_cents + o.parts_cents <> coalesce(l.total, 0);

-- @check the points of the loyalty accounts are the sums of their transactions
-- @severity warning
-- @expect rows = 0
SELECT a.id
  FROM loyalty_accounts AS a
  LEFT JOIN (SELECT account_id, sum(points) AS points FROM loyalty_transactions GROUP BY account_id) AS t ON t.account_id = a.id
 WHERE a.points <> coalesce(t.points, 0);

-- @check nothing of the sales and customer tables is left
-- @when rolled-back
-- @expect rows = 0
SELECT type, name
  FROM sqlite_schema
 WHERE name IN ('customer_overview', 'active_promotions')
    OR tbl_name IN ('customers', 'customer_vehicles', 'layaways', 'layaway_payments', 'work_orders', 'work_order_lines',
                    'commissions', 'commission_rules', 'loyalty_accounts', 'loyalty_transactions', 'price_levels',
                    'credit_accounts', 'credit_transactions', 'gift_cards', 'gift_card_transactions', 'promotions',
                    'promotion_usage');
