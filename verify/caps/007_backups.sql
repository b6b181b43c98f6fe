-- Backups and their restoration.

-- @check the four backup tables are there
-- @expect rows = 4
SELECT name FROM sqlite_schema
 WHERE type = 'table' AND name IN ('backups', 'backup_destinations', 'backup_settings', 'restore_jobs');

-- @check settings of a destination that are not JSON are refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO backup_destinations (name, kind, location, settings) VALUES ('check', 'local', 'backups', 'keep=1');

-- @setup
INSERT INTO backup_destinations (id, name, kind, location) VALUES (9000000000001, 'check', 'local', 'backups');
-- @check a completed backup without a checksum is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO backups (id, destination_id, file_name, size_bytes, status) VALUES ('check-1', 9000000000001, 'a.db', 10, 'completed');

-- @setup
INSERT INTO backup_destinations (id, name, kind, location) VALUES (9000000000001, 'check', 'local', 'backups');
INSERT INTO backups (id, destination_id, file_name) VALUES ('check-1', 9000000000001, 'a.db');
-- @check a destination with backups can not be deleted
-- @expect error SQLITE_CONSTRAINT_TRIGGER
DELETE FROM backup_destinations WHERE id = 9000000000001;

-- @setup
INSERT INTO backup_destinations (id, name, kind, location) VALUES (9000000000001, 'check', 'local', 'backups');
INSERT INTO backups (id, destination_id, file_name) VALUES ('check-1', 9000000000001, 'a.db');
-- @check a backup that still runs can not be restored
-- @expect error SQLITE_CONSTRAINT_TRIGGER
INSERT INTO restore_jobs (backup_id) VALUES ('check-1');

-- @setup
INSERT INTO backup_destinations (id, name, kind, location) VALUES (9000000000001, 'check', 'local', 'backups');
INSERT INTO backups (id, destination_id, file_name, size_bytes, checksum, status, finished_at)
VALUES ('check-1', 9000000000001, 'a.db', 10, x'00ff', 'completed', '2025-01-02'), ('check-2', 9000000000001, 'b.db', 10, x'00ff', 'failed', '2025-01-03');
INSERT INTO restore_jobs (id, backup_id) VALUES (9000000000001, 'check-1');
-- @check a completed backup can be restored and is the latest of its destination
-- @expect result = [{"finished_at":"2025-01-02","status":"queued"}]
SELECT l.finished_at, j.status
  FROM latest_backups AS l, restore_jobs AS j
 WHERE l.destination_id = 9000000000001 AND j.id = 9000000000001;

-- @check a setting has one value
-- @expect error SQLITE_CONSTRAINT_PRIMARYKEY
INSERT INTO backup_settings ("key", "value") VALUES ('check', '1'), ('check', '2');

-- From migration 008 on its own checks look at this, with the same queries.

-- @check the foreign keys of all rows are intact before tenants
-- @until 007
-- @expect rows = 0
SELECT "table", rowid, parent FROM pragma_foreign_key_check;

-- @check the database is sound before tenants
-- @until 007
-- @expect value = ok
SELECT integrity_check FROM pragma_integrity_check;

-- @check nothing of the backup tables is left
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema
 WHERE name = 'latest_backups' OR tbl_name IN ('backups', 'backup_destinations', 'backup_settings', 'restore_jobs');
