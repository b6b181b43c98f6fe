-- @check the tables for customers are there
-- @expect rows = 6
SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('customers', 'leads', 'deals', 'activities', 'campaigns', 'campaign_leads');

-- @check the tables for customers are gone
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema WHERE tbl_name IN ('customers', 'leads', 'deals', 'activities', 'campaigns', 'campaign_leads');

-- @setup
INSERT INTO customers (id, customer_code, name) VALUES (990000001, 'CHECK-1', 'O''Neil');
INSERT INTO leads (id, customer_id, source) VALUES (990000001, 990000001, 'web');
-- @check a probability above 100 is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO leads (customer_id, source, probability) VALUES (990000001, 'web', 101);

-- @setup
INSERT INTO customers (id, customer_code, name) VALUES (990000001, 'CHECK-1', 'O''Neil');
INSERT INTO leads (id, customer_id, source) VALUES (990000001, 990000001, 'web');
-- @check a customer with leads stays
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
DELETE FROM customers WHERE id = 990000001;

-- @setup
INSERT INTO customers (id, customer_code, name) VALUES (990000001, 'CHECK-1', 'O''Neil');
INSERT INTO leads (id, customer_id, source) VALUES (990000001, 990000001, 'web');
INSERT INTO campaigns (id, name, campaign_type) VALUES (990000001, 'check', 'mail');
-- @check a lead is in a campaign once
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO campaign_leads (campaign_id, lead_id) VALUES (990000001, 990000001), (990000001, 990000001);

-- @check a deal needs a lead that exists
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
INSERT INTO deals (lead_id, deal_name) VALUES (2147483647, 'check');

-- @check mistyped: credit limits are whole numbers or empty text
-- @expect rows = 0
-- @severity warning
SELECT id, credit_limit FROM customers WHERE typeof(credit_limit) <> 'integer' AND credit_limit <> '';

-- @check mistyped: times of activities are text or Julian days
-- @expect rows = 0
-- @severity warning
SELECT id, activity_date FROM activities WHERE typeof(activity_date) NOT IN ('text', 'real');

-- @check mistyped: expected days of closing are days, empty text, or missing
-- @expect rows = 0
-- @severity warning
SELECT id, expected_close_date FROM leads
WHERE NOT (expected_close_date IS NULL OR expected_close_date = '' OR expected_close_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
