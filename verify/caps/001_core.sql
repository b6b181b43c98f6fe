-- Users, sessions and the audit trail.

-- @check the three core tables are there
-- @expect rows = 3
SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('users', 'sessions', 'audit_log');

-- @check a user name is taken in whatever case it is written
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO users (id, username, full_name, password_hash)
VALUES ('check-1', 'check-user', 'A', 'x'), ('check-2', 'CHECK-User', 'B', 'x');

-- @check a role that does not exist is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO users (id, username, full_name, password_hash, role) VALUES ('check-1', 'check-user', 'A', 'x', 'owner');

-- @check a commission rate above one is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO users (id, username, full_name, password_hash, commission_rate) VALUES ('check-1', 'check-user', 'A', 'x', 1.5);

-- @check several users may be without an e-mail address
-- @expect rows = 2
INSERT INTO users (id, username, full_name, password_hash)
VALUES ('check-1', 'check-user', 'A', 'x'), ('check-2', 'check-other', 'B', 'x')
RETURNING id;

-- @check an e-mail address is taken in whatever case it is written
-- @expect error SQLITE_CONSTRAINT_UNIQUE
INSERT INTO users (id, username, email, full_name, password_hash)
VALUES ('check-1', 'check-user', 'check@example.com', 'A', 'x'), ('check-2', 'check-other', 'Check@Example.com', 'B', 'x');

-- @check a session needs a user that exists
-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY
INSERT INTO sessions (id, user_id, token_hash, expires_at) VALUES ('check-s', 'check-nobody', zeroblob(32), '9999-12-31');

-- @setup
INSERT INTO users (id, username, full_name, password_hash) VALUES ('check-1', 'check-user', 'A', 'x');
-- @check a token hash of the wrong length is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO sessions (id, user_id, token_hash, expires_at) VALUES ('check-s', 'check-1', zeroblob(31), '9999-12-31');

-- @setup
INSERT INTO users (id, username, full_name, password_hash) VALUES ('check-1', 'check-user', 'A', 'x');
-- @check a session that ends before it begins is refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO sessions (id, user_id, token_hash, created_at, expires_at)
VALUES ('check-s', 'check-1', zeroblob(32), '2025-01-02', '2025-01-01');

-- @setup
INSERT INTO users (id, username, full_name, password_hash) VALUES ('check-1', 'check-user', 'A', 'x');
INSERT INTO sessions (id, user_id, token_hash, expires_at) VALUES ('check-s', 'check-1', zeroblob(32), '9999-12-31');
DELETE FROM users WHERE id = 'check-1';
-- @check sessions go with their user
-- @expect rows = 0
SELECT id FROM sessions WHERE id = 'check-s';

-- @setup
INSERT INTO users (id, username, full_name, password_hash) VALUES ('check-1', 'check-user', 'A', 'x');
INSERT INTO audit_log (user_id, action, entity) VALUES ('check-1', 'check', 'users');
-- @check a user with entries in the audit trail can not be deleted
-- @expect error SQLITE_CONSTRAINT_TRIGGER
DELETE FROM users WHERE id = 'check-1';

-- @setup
INSERT INTO audit_log (action, entity) VALUES ('check', 'users');
-- @check an entry of the audit trail can not be changed
-- @expect error SQLITE_CONSTRAINT_TRIGGER
UPDATE audit_log SET action = 'other' WHERE action = 'check';

-- @setup
INSERT INTO audit_log (action, entity) VALUES ('check', 'users');
-- @check an entry of the audit trail can not be deleted
-- @expect error SQLITE_CONSTRAINT_TRIGGER
DELETE FROM audit_log WHERE action = 'check';

-- @check details of the audit trail that are not JSON are refused
-- @expect error SQLITE_CONSTRAINT_CHECK
INSERT INTO audit_log (action, entity, details) VALUES ('check', 'users', '{');

-- @setup
INSERT INTO users (id, username, full_name, password_hash) VALUES ('check-1', 'check-user', 'A', 'x');
INSERT INTO sessions (id, user_id, token_hash, expires_at) VALUES ('check-s', 'check-1', zeroblob(32), '9999-12-31');
UPDATE users SET role = 'manager' WHERE id = 'check-1';
-- @check a change of role ends the sessions and is audited
-- @expect result = [{"open_sessions":0,"details":"{\"from\":\"cashier\",\"to\":\"manager\"}"}]
SELECT (SELECT count(*) FROM sessions WHERE user_id = 'check-1' AND revoked_at IS NULL) AS open_sessions, details
  FROM audit_log
 WHERE action = 'user.role_changed' AND entity_id = 'check-1';

-- @setup
INSERT INTO users (id, username, full_name, password_hash) VALUES ('check-1', 'check-user', 'A', 'x');
INSERT INTO sessions (id, user_id, token_hash, expires_at) VALUES ('check-s', 'check-1', zeroblob(32), '9999-12-31');
UPDATE users SET role = 'cashier' WHERE id = 'check-1';
-- @check the same role given again ends no session and is not audited
-- @expect result = [{"open_sessions":1,"audited":0}]
SELECT (SELECT count(*) FROM sessions WHERE user_id = 'check-1' AND revoked_at IS NULL) AS open_sessions,
       (SELECT count(*) FROM audit_log WHERE action = 'user.role_changed' AND entity_id = 'check-1') AS audited;

-- @setup
INSERT INTO users (id, username, full_name, password_hash, updated_at) VALUES ('check-1', 'check-user', 'A', 'x', '2000-01-01');
UPDATE users SET full_name = 'B' WHERE id = 'check-1';
-- @check the time of the last change is kept
-- @expect rows = 1
SELECT id FROM users WHERE id = 'check-1' AND updated_at > '2020-01-01';

-- @setup
INSERT INTO users (id, username, full_name, password_hash, is_active) VALUES ('check-1', 'check-user', 'A', 'x', 1), ('check-2', 'check-gone', 'B', 'x', 0);
INSERT INTO sessions (id, user_id, token_hash, expires_at) VALUES ('check-s', 'check-1', zeroblob(32), '9999-12-31'), ('check-t', 'check-2', randomblob(32), '9999-12-31');
-- @check only sessions of active users are active
-- @expect result = [{"id":"check-s","username":"check-user"}]
SELECT id, username FROM active_sessions WHERE id IN ('check-s', 'check-t');

-- @check nothing of the core tables is left
-- @when rolled-back
-- @expect rows = 0
SELECT name FROM sqlite_schema
 WHERE name IN ('users', 'sessions', 'audit_log', 'active_sessions') OR tbl_name IN ('users', 'sessions', 'audit_log');
