-- @description Remove the synchronisation tables
-- @deletes sync_conflicts
-- @deletes sync_log
-- @deletes pending_operations

DROP VIEW unresolved_conflicts;
DROP TABLE sync_conflicts;
DROP TABLE sync_log;
DROP TABLE pending_operations;
