-- @description Remove the core tables
-- @deletes audit_log
-- @deletes sessions
-- @deletes users

DROP VIEW active_sessions;
DROP TABLE audit_log;
DROP TABLE sessions;
DROP TABLE users;
