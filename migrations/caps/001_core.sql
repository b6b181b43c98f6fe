-- @description Core tables: user accounts, sessions and the audit trail
--
-- Money is held in integer cents and times as ISO 8601 text in UTC throughout this database.

CREATE TABLE users (
  id              TEXT NOT NULL PRIMARY KEY,              -- UUID, made by the application
  username        TEXT NOT NULL COLLATE NOCASE UNIQUE,
  email           TEXT COLLATE NOCASE,
  full_name       TEXT NOT NULL,
  password_hash   TEXT NOT NULL,
  role            TEXT NOT NULL DEFAULT 'cashier'
                  CHECK (role IN ('admin', 'manager', 'cashier', 'technician')),
  commission_rate REAL NOT NULL DEFAULT 0 CHECK (commission_rate BETWEEN 0 AND 1),
  manager_id      TEXT REFERENCES users (id) ON DELETE SET NULL,
  is_active       INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  updated_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) -- kept by the trigger users_touch
);

CREATE UNIQUE INDEX users_email ON users (email) WHERE email IS NOT NULL;
CREATE INDEX users_role ON users (role, is_active);
CREATE INDEX users_manager ON users (manager_id);

CREATE TABLE sessions (
  id         TEXT NOT NULL PRIMARY KEY,
  user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  ip_address TEXT,
  user_agent TEXT,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  CONSTRAINT sessions_expire_later CHECK (expires_at > created_at)
);

CREATE INDEX sessions_user ON sessions (user_id, expires_at DESC);
CREATE INDEX sessions_open ON sessions (expires_at) WHERE revoked_at IS NULL;

CREATE TABLE audit_log (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  "timestamp" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  user_id     TEXT REFERENCES users (id) ON DELETE RESTRICT,
  action      TEXT NOT NULL,
  entity      TEXT NOT NULL,
  entity_id   TEXT,
  details     TEXT CHECK (details IS NULL OR json_valid(details)),
  ip_address  TEXT
);

CREATE INDEX audit_log_time ON audit_log ("timestamp");
CREATE INDEX audit_log_entity ON audit_log (entity, entity_id);
CREATE INDEX audit_log_user ON audit_log (user_id) WHERE user_id IS NOT NULL;

-- The trail can only grow. An UPDATE that fills a new column of old rows is refused as well.
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'audit_log is append-only');
END;

CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'audit_log is append-only');
END;

CREATE TRIGGER users_touch
AFTER UPDATE OF username, email, full_name, password_hash, role, commission_rate, manager_id, is_active ON users
BEGIN
  UPDATE users SET updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = NEW.id;
END;

-- A change of role ends the open sessions of that user and is written to the trail.
CREATE TRIGGER users_role_changed AFTER UPDATE OF role ON users
WHEN NEW.role <> OLD.role
BEGIN
  UPDATE sessions SET revoked_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
   WHERE user_id = NEW.id AND revoked_at IS NULL;
  INSERT INTO audit_log (user_id, action, entity, entity_id, details)
  VALUES (NEW.id, 'user.role_changed', 'users', NEW.id,
          json_object('from', OLD.role, 'to', NEW.role));
END;

CREATE VIEW active_sessions AS
SELECT s.id, s.user_id, u.username, u.role, s.ip_address, s.created_at, s.expires_at
  FROM sessions AS s
  JOIN users AS u ON u.id = s.user_id
 WHERE s.revoked_at IS NULL AND u.is_active = 1;
