-- @description Remove the sales and customer tables
-- @deletes promotion_usage
-- @deletes promotions
-- @deletes gift_card_transactions
-- @deletes gift_cards
-- @deletes credit_transactions
-- @deletes credit_accounts
-- @deletes loyalty_transactions
-- @deletes loyalty_accounts
-- @deletes commissions
-- @deletes commission_rules
-- @deletes work_order_lines
-- @deletes work_orders
-- @deletes layaway_payments
-- @deletes layaways
-- @deletes customer_vehicles
-- @deletes customers
-- @deletes price_levels

DROP VIEW active_promotions;
DROP VIEW customer_overview;

-- Children go before their parents: dropping a parent with rows that point to it is refused.
DROP TABLE promotion_usage;
DROP TABLE promotions;
DROP TABLE gift_card_transactions;
DROP TABLE gift_cards;
DROP TABLE credit_transactions;
DROP TABLE credit_accounts;
DROP TABLE loyalty_transactions;
DROP TABLE loyalty_accounts;
DROP TABLE commissions;
DROP TABLE commission_rules;
DROP TABLE work_order_lines;
DROP TABLE work_orders;
DROP TABLE layaway_payments;
DROP TABLE layaways;
DROP TABLE customer_vehicles;
DROP TABLE customers;
DROP TABLE price_levels;
