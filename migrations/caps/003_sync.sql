-- @description Synchronisation tables: history, conflicts and the queue of offline operations

CREATE TABLE sync_log (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id    TEXT NOT NULL,
  direction    TEXT NOT NULL CHECK (direction IN ('push', 'pull')),
  status       TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'succeeded', 'failed')),
  record_count INTEGER NOT NULL DEFAULT 0 CHECK (record_count >= 0),
  started_at   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  finished_at  TEXT,
  error        TEXT,
  CHECK ((status = 'running') = (finished_at IS NULL))
);

CREATE INDEX sync_log_device ON sync_log (device_id, started_at DESC);
CREATE INDEX sync_log_failed ON sync_log (started_at) WHERE status = 'failed';

CREATE TABLE sync_conflicts (
	id          INTEGER PRIMARY KEY,
	sync_log_id INTEGER NOT NULL REFERENCES sync_log (id) ON DELETE CASCADE,
	table_name  TEXT NOT NULL,
	record_id   TEXT NOT NULL,
	local_data  TEXT NOT NULL CHECK (json_valid(local_data)),
	remote_data TEXT NOT NULL CHECK (json_valid(remote_data)),
	resolution  TEXT CHECK (resolution IN ('local', 'remote', 'merged')),
	resolved_by TEXT REFERENCES users (id) ON DELETE SET NULL,
	resolved_at TEXT	/* stamped by a trigger */
);

CREATE INDEX sync_conflicts_log ON sync_conflicts (sync_log_id);
CREATE INDEX sync_conflicts_open ON sync_conflicts (table_name, record_id) WHERE resolution IS NULL;

CREATE TABLE pending_operations (
  id              TEXT NOT NULL PRIMARY KEY,
  device_id       TEXT NOT NULL,
  "sequence"      INTEGER NOT NULL,
  operation       TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
  table_name      TEXT NOT NULL,
  record_id       TEXT NOT NULL,
  payload         BLOB,
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT,
  depends_on      TEXT REFERENCES pending_operations (id) ON DELETE SET NULL,
  created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (device_id, "sequence")
);

CREATE INDEX pending_operations_due ON pending_operations (next_attempt_at);
CREATE INDEX pending_operations_depends ON pending_operations (depends_on);

CREATE TRIGGER sync_conflicts_resolved AFTER UPDATE OF resolution ON sync_conflicts
WHEN NEW.resolution IS NOT NULL AND OLD.resolution IS NULL
BEGIN
  UPDATE sync_conflicts SET resolved_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = NEW.id AND resolved_at IS NULL;
  INSERT INTO audit_log (user_id, action, entity, entity_id, details)
  VALUES (NEW.resolved_by, 'sync.conflict_resolved', NEW.table_name, NEW.record_id,
          json_object('resolution', NEW.resolution));
END;

CREATE VIEW unresolved_conflicts AS
SELECT c.id, l.device_id, c.table_name, c.record_id, l.started_at
  FROM sync_conflicts AS c
  JOIN sync_log AS l ON l.id = c.sync_log_id
 WHERE c.resolution IS NULL;
