-- @description Backup tables: records, destinations, settings and restore jobs

CREATE TABLE backup_destinations (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE,
  kind      TEXT NOT NULL CHECK (kind IN ('local', 's3', 'sftp')),
  location  TEXT NOT NULL,
  settings  TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1))
);

CREATE TABLE backups (
  id             TEXT NOT NULL PRIMARY KEY,
  destination_id INTEGER NOT NULL REFERENCES backup_destinations (id) ON DELETE RESTRICT,
  file_name      TEXT NOT NULL,
  size_bytes     INTEGER CHECK (size_bytes >= 0),
  checksum       BLOB,
  status         TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'failed')),
  created_by     TEXT REFERENCES users (id) ON DELETE SET NULL,
  started_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  finished_at    TEXT,
  UNIQUE (destination_id, file_name),
  CONSTRAINT completed_backups_are_verifiable CHECK (status <> 'completed' OR (size_bytes > 0 AND checksum IS NOT NULL))
);

CREATE INDEX backups_time ON backups (started_at DESC);

CREATE TABLE backup_settings ("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT, updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))) WITHOUT ROWID;

CREATE TABLE restore_jobs (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  backup_id    TEXT NOT NULL REFERENCES backups (id) ON DELETE RESTRICT,
  requested_by TEXT REFERENCES users (id) ON DELETE SET NULL,
  status       TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'succeeded', 'failed')),
  requested_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  finished_at  TEXT,
  message      TEXT
);

CREATE INDEX restore_jobs_backup ON restore_jobs (backup_id);

CREATE TRIGGER restore_jobs_need_a_completed_backup BEFORE INSERT ON restore_jobs
BEGIN
  SELECT RAISE(ABORT, 'only a completed backup can be restored')
    FROM backups WHERE id = NEW.backup_id AND status <> 'completed';
END;

CREATE VIEW latest_backups AS
SELECT d.id AS destination_id, d.name, max(b.finished_at) AS finished_at
  FROM backup_destinations AS d
  LEFT JOIN backups AS b ON b.destination_id = d.id AND b.status = 'completed'
 GROUP BY d.id, d.name;
