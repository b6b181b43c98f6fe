-- @description Chart of accounts and bookings

CREATE TABLE accounts (
  id           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_code TEXT NOT NULL UNIQUE,
  account_name TEXT NOT NULL,
  account_type TEXT NOT NULL CHECK (account_type IN ('asset', 'liability', 'equity', 'revenue', 'expense')),
  parent_id    INTEGER REFERENCES accounts (id),
  balance      INTEGER NOT NULL DEFAULT 0,
  is_active    BOOLEAN NOT NULL DEFAULT 1,
  created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE transactions (
  id               INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id       INTEGER NOT NULL REFERENCES accounts (id),
  transaction_date DATE NOT NULL,
  amount           INTEGER NOT NULL,
  debit_credit     TEXT NOT NULL CHECK (debit_credit IN ('debit', 'credit')),
  description      TEXT NOT NULL,
  reference        TEXT,
  created_by       INTEGER REFERENCES users (id),
  created_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_transactions_account_date ON transactions (account_id, transaction_date);
