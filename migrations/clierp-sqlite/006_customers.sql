-- @description Customers, leads, deals, activities and campaigns

CREATE TABLE customers (
  id            INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  customer_code TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  email         TEXT,
  phone         TEXT,
  address       TEXT,
  customer_type TEXT NOT NULL DEFAULT 'individual' CHECK (customer_type IN ('individual', 'business')),
  credit_limit  INTEGER NOT NULL DEFAULT 0,
  created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE leads (
  id                  INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  customer_id         INTEGER NOT NULL REFERENCES customers (id),
  source              TEXT NOT NULL,
  status              TEXT NOT NULL DEFAULT 'new'
                      CHECK (status IN ('new', 'contacted', 'qualified', 'proposal', 'converted', 'lost')),
  estimated_value     INTEGER NOT NULL DEFAULT 0,
  probability         INTEGER NOT NULL DEFAULT 0 CHECK (probability BETWEEN 0 AND 100),
  expected_close_date DATE,
  assigned_to         INTEGER REFERENCES employees (id),
  notes               TEXT,
  created_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at          TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_leads_customer ON leads (customer_id);

CREATE TABLE deals (
  id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  lead_id     INTEGER NOT NULL REFERENCES leads (id),
  deal_name   TEXT NOT NULL,
  stage       TEXT NOT NULL DEFAULT 'prospect'
              CHECK (stage IN ('prospect', 'proposal', 'negotiation', 'won', 'lost')),
  deal_value  INTEGER NOT NULL DEFAULT 0,
  close_date  DATE,
  probability INTEGER NOT NULL DEFAULT 50 CHECK (probability BETWEEN 0 AND 100),
  assigned_to INTEGER REFERENCES employees (id),
  notes       TEXT,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_deals_lead ON deals (lead_id);

CREATE TABLE activities (
  id               INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  activity_type    TEXT NOT NULL CHECK (activity_type IN ('call', 'email', 'meeting', 'note', 'task')),
  subject          TEXT NOT NULL,
  description      TEXT,
  activity_date    TIMESTAMP NOT NULL,
  duration_minutes INTEGER,
  customer_id      INTEGER REFERENCES customers (id),
  lead_id          INTEGER REFERENCES leads (id),
  deal_id          INTEGER REFERENCES deals (id),
  assigned_to      INTEGER REFERENCES employees (id),
  completed        BOOLEAN NOT NULL DEFAULT 0,
  created_at       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_activities_date ON activities (activity_date);

CREATE TABLE campaigns (
  id              INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name            TEXT NOT NULL,
  description     TEXT,
  campaign_type   TEXT NOT NULL,
  start_date      DATE,
  end_date        DATE,
  budget          INTEGER NOT NULL DEFAULT 0,
  spent           INTEGER NOT NULL DEFAULT 0,
  target_audience TEXT,
  status          TEXT NOT NULL DEFAULT 'planned'
                  CHECK (status IN ('planned', 'active', 'paused', 'completed', 'cancelled')),
  created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE campaign_leads (
  id          INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  lead_id     INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (campaign_id, lead_id)
);
