-- Synchronisation between the tills and the shop.

-- @check the three synchronisation tables are there
-- @expect rows = 3
SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('sync_log', 'sync_conflicts', 'pending_operations');

-- @check a synchronisation that ended has an end
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO sync_log (device_id, direction, status) VALUES ('check', 'push', 'failed');

-- @check a conflict needs its synchronisation
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
INSERT INTO sync_conflicts (sync_log_id, table_name, record_id, local_data, remote_data)
VALUES (9000000000001, 'customers', '1', '{}', '{}');

-- @setup
INSERT INTO sync_log (id, device_id, direction) VALUES (9000000000001, 'check', 'push');
-- @check versions of a record that are not JSON are refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO sync_conflicts (sync_log_id, table_name, record_id, local_data, remote_data)
VALUES (9000000000001, 'customers', '1', '{}', 'name=x');

-- @setup
INSERT INTO sync_log (id, device_id, direction) VALUES (9000000000001, 'check', 'push');
INSERT INTO sync_conflicts (id, sync_log_id, table_name, record_id, local_data, remote_data)
VALUES (9000000000001, 9000000000001, 'customers', 'check-1', '{}', '{}'), (9000000000002, 9000000000001, 'customers', 'check-2', '{}', '{}');
UPDATE sync_conflicts SET resolution = 'merged' WHERE id = 9000000000001;
-- @check a resolved conflict is stamped and audited, and no longer listed
-- @expect result = [{"stamped":1,"audited":1,"listed":1}]
SELECT (SELECT resolved_at IS NOT NULL FROM sync_conflicts WHERE id = 9000000000001) AS stamped,
       (SELECT count(*) FROM audit_log WHERE action = 'sync.conflict_resolved' AND entity_id = 'check-1') AS audited,
       (SELECT count(*) FROM unresolved_conflicts WHERE device_id = 'check') AS listed;

-- @setup
INSERT INTO sync_log (id, device_id, direction) VALUES (9000000000001, 'check', 'push');
INSERT INTO sync_conflicts (id, sync_log_id, table_name, record_id, local_data, remote_data)
VALUES (9000000000001, 9000000000001, 'customers', 'check-1', '{}', '{}');
DELETE FROM sync_log WHERE id = 9000000000001;
-- @check conflicts go with their synchronisation
-- @expect rows = 0
SELECT id FROM sync_conflicts WHERE id = 9000000000001;

-- @check a device gives each number of its queue once
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO pending_operations (id, device_id, "sequence", operation, table_name, record_id)
VALUES ('check-1', 'check', 1, 'insert', 'customers', '1'), ('check-2', 'check', 1, 'delete', 'customers', '1');

-- @setup
INSERT INTO pending_operations (id, device_id, "sequence", operation, table_name, record_id) VALUES ('check-1', 'check', 1, 'insert', 'customers', '1');
INSERT INTO pending_operations (id, device_id, "sequence", operation, table_name, record_id, depends_on) VALUES ('check-2', 'check', 2, 'delete', 'customers', '1', 'check-1');
DELETE FROM pending_operations WHERE id = 'check-1';
-- @check an operation done frees the one that waits for it
-- @expect result = [{"id":"check-2","depends_on":null}]
SELECT id, depends_on FROM pending_operations WHERE device_id = 'check';

-- @check nothing of the synchronisation tables is left
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema
 WHERE name IN ('sync_log', 'sync_conflicts', 'pending_operations', 'unresolved_conflicts')
    OR tbl_name IN ('sync_log', 'sync_conflicts', 'pending_operations');
