-- @check the tables for the books are there
-- @expect rows = 2
SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('accounts', 'transactions');

-- @check the tables for the books are gone
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema WHERE tbl_name IN ('accounts', 'transactions');

-- @check an account code is there once
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO accounts (account_code, account_name, account_type) VALUES ('CHECK', 'a', 'asset'), ('CHECK', 'b', 'asset');

-- @setup
INSERT INTO accounts (id, account_code, account_name, account_type) VALUES (990000001, 'CHECK', 'a', 'asset');
-- @check a booking is debit or credit
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO transactions (account_id, transaction_date, amount, debit_credit, description) VALUES (990000001, '2024-03-01', 1, 'both', 'x');

-- @check a booking needs an account that exists
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
INSERT INTO transactions (account_id, transaction_date, amount, debit_credit, description) VALUES (2147483647, '2024-03-01', 1, 'debit', 'x');

-- @check mistyped: amounts are whole numbers or text with a comma
-- @expect rows = 0
-- @severity warning
SELECT id, amount FROM transactions WHERE typeof(amount) <> 'integer' AND NOT (typeof(amount) = 'text' AND amount GLOB '[0-9]*,[0-9][0-9][0-9]'
  AND replace(amount, ',', '') NOT GLOB '*[^0-9]*');

-- @check mistyped: days of booking are days or seconds since 1970
-- @expect rows = 0
-- @severity warning
SELECT id, transaction_date FROM transactions
WHERE NOT (typeof(transaction_date) = 'integer' OR transaction_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
