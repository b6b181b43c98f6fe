-- @description Remove the chart of accounts and bookings
-- @deletes transactions
-- @deletes accounts

DROP TABLE transactions;
DROP TABLE accounts;
