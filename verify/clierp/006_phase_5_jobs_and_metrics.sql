-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT enqueue_job('check_job', '{"a": 1}');
-- @check a job is put into the queue of the organization
-- @expect result = [{"organization_id": 990000001, "status": "queued", "attempts": 0, "max_attempts": 3, "args": {"a": 1}}]
SELECT organization_id, status, attempts, max_attempts, args FROM jobs;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a job type that does not exist is refused
-- @expect error 42704
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT enqueue_job('fly');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
-- @check arguments that are not an object are refused
-- @expect error 23514
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT enqueue_job('check_job', '[1]');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'job_queue', false);
-- @check the queue can be switched off
-- @expect error 55000
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT enqueue_job('check_job');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
-- @check without an organization the application enqueues nothing
-- @expect error 42501
-- @as clierp_app
SELECT enqueue_job('check_job');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT enqueue_job('check_job', '{}', NULL, 0, 'k'), enqueue_job('check_job', '{}', NULL, 0, 'k');
-- @check a job with the same key is put into the queue once
-- @expect value = 1
SELECT count(*) FROM jobs;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, dedupe_key) VALUES (990000001, 990000001, 'check_job', 3, 'k');
-- @check the second job with a key is answered with the first
-- @expect value = true
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT enqueue_job('check_job', '{}', NULL, 0, 'k') = 990000001;

-- The rows that a sequence left behind would meet; setval would outlast the check.
-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts)
SELECT last_value + n, 990000002, 'check_job', 3 FROM jobs_id_seq, generate_series(0, 10) AS n;
-- @check a job whose id is taken is refused, not lost
-- @expect error 23505
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT enqueue_job('check_job');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
SELECT set_config('app.organization_id', '990000001', true);
SELECT enqueue_job('check_job', '{}', NULL, 0, 'k');
SELECT set_config('app.organization_id', '990000002', true);
SELECT enqueue_job('check_job', '{}', NULL, 0, 'k');
-- @check another organization may use the same key
-- @expect value = 2
SELECT count(*) FROM jobs;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts) VALUES (990000001, 990000001, 'check_job', 3);
-- @check a worker claims a job
-- @expect result = [{"id": 990000001, "status": "running", "attempts": 1, "locked_by": "w1", "leased": true}]
-- @as clierp_worker
SELECT id, status, attempts, locked_by, locked_until > clock_timestamp() + interval '4 minutes' AS leased FROM claim_job('w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts) VALUES (990000001, 990000001, 'check_job', 3);
SELECT claim_job('w1');
-- @check a claimed job is not given again
-- @expect rows = 0
-- @as clierp_worker
SELECT id FROM claim_job('w2');

-- @setup
DELETE FROM jobs;
-- @check an empty queue gives no row
-- @expect rows = 0
-- @as clierp_worker
SELECT id FROM claim_job('w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, priority, run_at) VALUES
  (990000001, 990000001, 'check_job', 3, 0, '2024-03-02'), (990000002, 990000001, 'check_job', 3, 0, '2024-03-01'),
  (990000003, 990000002, 'check_job', 3, 5, '2024-03-03');
SELECT claim_job('w1');
SELECT claim_job('w2');
SELECT claim_job('w3');
-- @check the highest priority goes first, then the longest due
-- @expect result = [{"ids": [990000003, 990000002, 990000001]}]
SELECT jsonb_agg(id ORDER BY locked_by) AS ids FROM jobs;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (organization_id, job_type, max_attempts, run_at) VALUES (990000001, 'check_job', 3, clock_timestamp() + interval '1 hour');
-- @check a job is not given before its time
-- @expect rows = 0
-- @as clierp_worker
SELECT id FROM claim_job('w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts) VALUES (990000001, 990000001, 'check_job', 3);
-- @check a worker may ask for some types only
-- @expect rows = 0
-- @as clierp_worker
SELECT id FROM claim_job('w1', ARRAY['stock_reorder']);

-- @check a worker needs a name
-- @expect error 22023
-- @as clierp_worker
SELECT claim_job(' ');

-- @check a lease lasts longer than nothing
-- @expect error 22023
-- @as clierp_worker
SELECT claim_job('w1', NULL, interval '0');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() - interval '1 second');
-- @check a job whose worker was lost is given again
-- @expect result = [{"id": 990000001, "attempts": 2, "locked_by": "w2"}]
-- @as clierp_worker
SELECT id, attempts, locked_by FROM claim_job('w2');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() - interval '1 second');
UPDATE jobs SET attempts = 3;
SELECT claim_job('w2');
-- @check a job that lost its worker in the last attempt is dead
-- @expect result = [{"status": "dead", "last_error": "the worker did not come back", "finished": true}]
SELECT status, last_error, finished_at IS NOT NULL AS finished FROM jobs;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check a finished job keeps its result
-- @expect result = [{"status": "done", "result": {"ok": true}, "locked_by": null, "finished": true}]
-- @as clierp_worker
SELECT status, result, locked_by, finished_at IS NOT NULL AS finished FROM complete_job(990000001, 'w1', '{"ok": true}');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check complete_job refuses a job that does not exist
-- @expect error P0002
-- @as clierp_worker
SELECT complete_job(9223372036854775807, 'w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check complete_job refuses a job of another worker
-- @expect error 55000
-- @as clierp_worker
SELECT complete_job(990000001, 'w2');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts) VALUES (990000001, 990000001, 'check_job', 3);
-- @check complete_job refuses a job nobody holds
-- @expect error 55000
-- @as clierp_worker
SELECT complete_job(990000001, 'w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check complete_job refuses a worker without a name
-- @expect error 55000
-- @as clierp_worker
SELECT complete_job(990000001, NULL);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check fail_job refuses a worker without a name
-- @expect error 55000
-- @as clierp_worker
SELECT fail_job(990000001, NULL, 'x');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check extend_job refuses a worker without a name
-- @expect error 55000
-- @as clierp_worker
SELECT extend_job(990000001, NULL);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check fail_job refuses a job that does not exist
-- @expect error P0002
-- @as clierp_worker
SELECT fail_job(9223372036854775807, 'w1', 'x');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check fail_job refuses a job of another worker
-- @expect error 55000
-- @as clierp_worker
SELECT fail_job(990000001, 'w2', 'x');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts) VALUES (990000001, 990000001, 'check_job', 3);
-- @check fail_job refuses a job nobody holds
-- @expect error 55000
-- @as clierp_worker
SELECT fail_job(990000001, 'w1', 'x');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check extend_job refuses a job that does not exist
-- @expect error P0002
-- @as clierp_worker
SELECT extend_job(9223372036854775807, 'w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check extend_job refuses a job of another worker
-- @expect error 55000
-- @as clierp_worker
SELECT extend_job(990000001, 'w2');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts) VALUES (990000001, 990000001, 'check_job', 3);
-- @check extend_job refuses a job nobody holds
-- @expect error 55000
-- @as clierp_worker
SELECT extend_job(990000001, 'w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() - interval '1 second');
SELECT claim_job('w2');
-- @check a worker that was given up can't complete the job any more
-- @expect error 55000
-- @as clierp_worker
SELECT complete_job(990000001, 'w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check extend_job lengthens the lease
-- @expect value = true
-- @as clierp_worker
SELECT extend_job(990000001, 'w1', interval '1 hour') > clock_timestamp() + interval '59 minutes';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check extend_job refuses a lease that is over
-- @expect error 22023
-- @as clierp_worker
SELECT extend_job(990000001, 'w1', '-1 hour');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check extend_job refuses no lease
-- @expect error 22023
-- @as clierp_worker
SELECT extend_job(990000001, 'w1', NULL);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check a failed job waits before the second attempt
-- @expect result = [{"status": "queued", "last_error": "x", "waits": 10, "locked_by": null}]
-- @as clierp_worker
SELECT status, last_error, round(extract(epoch FROM run_at - clock_timestamp()))::integer AS waits, locked_by FROM fail_job(990000001, 'w1', 'x');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
UPDATE jobs SET attempts = 2;
-- @check a failed job waits twice as long before the third
-- @expect value = 20
-- @as clierp_worker
SELECT round(extract(epoch FROM run_at - clock_timestamp()))::integer FROM fail_job(990000001, 'w1', 'x');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
UPDATE jobs SET attempts = 60, max_attempts = 100;
-- @check a failed job never waits longer than a day
-- @expect value = 86400
-- @as clierp_worker
SELECT round(extract(epoch FROM run_at - clock_timestamp()))::integer FROM fail_job(990000001, 'w1', 'x');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
UPDATE jobs SET attempts = 3;
-- @check a job that failed in its last attempt is dead
-- @expect result = [{"status": "dead", "last_error": "x", "finished": true}]
-- @as clierp_worker
SELECT status, last_error, finished_at IS NOT NULL AS finished FROM fail_job(990000001, 'w1', 'x');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check a failed job is tried again when nobody says whether
-- @expect result = [{"status": "queued", "attempts": 1}]
-- @as clierp_worker
SELECT status, attempts FROM fail_job(990000001, 'w1', 'x', NULL);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check a job that can't succeed is dead at once
-- @expect value = dead
-- @as clierp_worker
SELECT status FROM fail_job(990000001, 'w1', 'x', false);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check a failure needs an error text
-- @expect error 22023
-- @as clierp_worker
SELECT fail_job(990000001, 'w1', '');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check a running job has a worker and a lease
-- @expect error 23514
UPDATE jobs SET locked_by = NULL WHERE id = 990000001;

-- @check the queue is read from its index
-- @expect plan uses index idx_jobs_waiting
-- @set enable_seqscan = off
-- @set enable_sort = off
-- @set enable_bitmapscan = off
SELECT id FROM jobs WHERE status = 'queued' AND run_at <= clock_timestamp()
ORDER BY priority DESC, run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
-- @check stock reorder fills what is short up to its maximum, one order per supplier
-- @expect result = [{"supplier_id": 990000001, "status": "pending", "product_id": 990000001, "quantity": 18, "unit_cost": 11}, {"supplier_id": 990000002, "status": "pending", "product_id": 990000002, "quantity": 9, "unit_cost": 8}, {"supplier_id": 990000002, "status": "pending", "product_id": 990000005, "quantity": 6, "unit_cost": 9}]
SELECT o.supplier_id, o.status, i.product_id, i.quantity, i.unit_cost FROM purchase_orders AS o JOIN purchase_order_items AS i ON i.po_id = o.id
WHERE o.organization_id = 990000001 AND o.notes = 'Stock reorder' ORDER BY 1, 3;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
-- @check stock reorder's orders have their totals
-- @expect result = [{"total_amount": 126, "items": 2}, {"total_amount": 198, "items": 1}]
SELECT o.total_amount, (SELECT count(*) FROM purchase_order_items AS i WHERE i.po_id = o.id) AS items FROM purchase_orders AS o
WHERE o.organization_id = 990000001 AND o.notes = 'Stock reorder' ORDER BY 1;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
-- @check stock reorder says what it did
-- @expect result = [{"orders": 2, "items": 3, "without_supplier": 1, "too_large": 0}]
-- @as clierp_worker
-- @set app.organization_id = 990000001
SELECT (r ->> 'orders')::integer AS orders, (r ->> 'items')::integer AS items, (r ->> 'without_supplier')::integer AS without_supplier,
       (r ->> 'too_large')::integer AS too_large
FROM run_stock_reorder() AS r;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
SELECT run_stock_reorder();
-- @check stock reorder run twice orders nothing twice
-- @expect value = 2
SELECT count(*) FROM purchase_orders WHERE organization_id = 990000001 AND notes = 'Stock reorder';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES (990000007, 990000001, 'CHECK-7', 990000001, '2024-05-01', 'sent');
UPDATE inventory SET min_stock_level = 10 WHERE product_id = 990000001;
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost, received_quantity) VALUES (990000001, 990000007, 990000001, 8, 11, 88, 3);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
-- @check stock reorder counts what is ordered already
-- @expect result = [{"quantity": 13}]
SELECT i.quantity FROM purchase_orders AS o JOIN purchase_order_items AS i ON i.po_id = o.id
WHERE o.organization_id = 990000001 AND o.notes = 'Stock reorder' AND i.product_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES (990000007, 990000001, 'CHECK-7', 990000001, '2024-05-01', 'pending');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES (990000001, 990000007, 990000001, 4, 11, 44);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
-- @check stock reorder waits for what open orders bring above the minimum
-- @expect rows = 0
SELECT i.id FROM purchase_orders AS o JOIN purchase_order_items AS i ON i.po_id = o.id
WHERE o.organization_id = 990000001 AND o.notes = 'Stock reorder' AND i.product_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
UPDATE suppliers SET status = 'inactive' WHERE id = 990000002;
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
-- @check stock reorder passes over a supplier that is not active
-- @expect result = [{"supplier_id": 990000001, "product_id": 990000001}, {"supplier_id": 990000001, "product_id": 990000002}]
SELECT o.supplier_id, i.product_id FROM purchase_orders AS o JOIN purchase_order_items AS i ON i.po_id = o.id
WHERE o.organization_id = 990000001 AND o.notes = 'Stock reorder' ORDER BY 2;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
-- @check stock reorder notifies those who approve, and those who buy of what has no supplier
-- @expect result = [{"user_id": 990000001, "kind": "no_supplier_known", "count": 1}, {"user_id": 990000001, "kind": "purchase_orders_proposed", "count": 1}]
SELECT user_id, kind, count(*) FROM notifications WHERE organization_id = 990000001 GROUP BY 1, 2 ORDER BY 1, 2;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
-- @check stock reorder raises an event for every order
-- @expect value = 2
SELECT count(*) FROM domain_events WHERE organization_id = 990000001 AND event_type = 'purchase_order_proposed';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check stock reorder with nothing short orders and notifies nothing
-- @expect result = [{"r": {"orders": 0, "items": 0, "without_supplier": 0, "too_large": 0}, "notifications": 0}]
-- @set app.organization_id = 990000001
SELECT run_stock_reorder() AS r, (SELECT count(*) FROM notifications WHERE organization_id = 990000001) AS notifications;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price)
SELECT 990000000 + n, 990000001, 'CHECK-' || n, 'Dear', 990000001, 1000000 FROM generate_series(1, 4) AS n;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000001, 990000001, 'CHECK-1', 990000001, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
SELECT 990000001, 990000001, 990000000 + n, 1, 1000000, 1000000 FROM generate_series(1, 4) AS n;
-- 5,000,000,000 for the first, 1,500,000,000 for the next two, 1 million for the last.
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000001, 0, 1, 5000), (990000001, 990000002, 0, 1, 1500), (990000001, 990000003, 0, 1, 1500),
  (990000001, 990000004, 0, 1, 1);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
-- @check stock reorder orders what an order can hold, and tells of the rest
-- @expect result = [{"total_amount": 1500000000, "products": [990000002], "told": "Below their minimum, and left out because an order holds 2147483647 at most: 3 products, such as CHECK-1, CHECK-3, CHECK-4"}]
SELECT o.total_amount, jsonb_agg(i.product_id ORDER BY i.product_id) AS products,
       (SELECT string_agg(message, '; ') FROM notifications WHERE organization_id = 990000001 AND kind = 'order_too_large') AS told
FROM purchase_orders AS o JOIN purchase_order_items AS i ON i.po_id = o.id
WHERE o.organization_id = 990000001 AND o.notes = 'Stock reorder' GROUP BY o.id ORDER BY o.id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price)
SELECT 990000000 + n, 990000001, 'CHECK-' || n, 'Dear', 990000001, 1000000 FROM generate_series(1, 4) AS n;
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000001, 990000001, 'CHECK-1', 990000001, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
SELECT 990000001, 990000001, 990000000 + n, 1, 1000000, 1000000 FROM generate_series(1, 4) AS n;
-- 5,000,000,000 for the first, 1,500,000,000 for the next two, 1 million for the last.
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000001, 0, 1, 5000), (990000001, 990000002, 0, 1, 1500), (990000001, 990000003, 0, 1, 1500),
  (990000001, 990000004, 0, 1, 1);
SELECT set_config('app.organization_id', '990000001', true);
SELECT run_stock_reorder();
SELECT run_stock_reorder();
-- @check what did not fit into an order comes into the next
-- @expect result = [{"product_id": 990000002}, {"product_id": 990000003}, {"product_id": 990000004}]
SELECT i.product_id FROM purchase_orders AS o JOIN purchase_order_items AS i ON i.po_id = o.id
WHERE o.organization_id = 990000001 AND o.notes = 'Stock reorder' ORDER BY i.product_id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
INSERT INTO feature_flags (organization_id, flag, is_enabled) VALUES (990000001, 'stock_reorder', false);
-- @check stock reorder can be switched off
-- @expect error 55000
-- @as clierp_worker
-- @set app.organization_id = 990000001
SELECT run_stock_reorder();

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
SELECT set_config('app.organization_id', '990000002', true);
SET LOCAL ROLE clierp_worker;
SELECT run_stock_reorder();
RESET ROLE;
-- @check stock reorder keeps to its organization
-- @expect rows = 0
SELECT id FROM purchase_orders WHERE notes = 'Stock reorder' AND organization_id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
DELETE FROM jobs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'stock_reorder', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check the stock reorder job does its work and completes
-- @expect result = [{"status": "done", "orders": 2}]
-- @as clierp_worker
SELECT status, (result ->> 'orders')::integer AS orders FROM perform_stock_reorder_job(990000001, 'w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
DELETE FROM jobs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'stock_reorder', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
SELECT set_config('app.organization_id', '990000002', true);
SET LOCAL ROLE clierp_worker;
SELECT perform_stock_reorder_job(990000001, 'w1');
RESET ROLE;
-- @check the stock reorder job works for the organization of the job
-- @expect value = 2
SELECT count(*) FROM purchase_orders WHERE organization_id = 990000001 AND notes = 'Stock reorder';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
DELETE FROM jobs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'stock_reorder', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- Notifications come last of all.
ALTER TABLE notifications ADD CONSTRAINT check_silence CHECK (kind <> 'no_supplier_known') NOT VALID;
SET LOCAL ROLE clierp_worker;
SELECT perform_stock_reorder_job(990000001, 'w1');
RESET ROLE;
-- @check a stock reorder job that fails is undone and tried again
-- @expect result = [{"status": "queued", "failed": true, "orders": 0}]
SELECT j.status, j.last_error LIKE '23514: %' AS failed, (SELECT count(*) FROM purchase_orders WHERE organization_id = 990000001 AND notes = 'Stock reorder') AS orders
FROM jobs AS j WHERE j.id = 990000001;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
DELETE FROM jobs;
INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('check_job', 'check', 3, 10);
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'check_job', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check a job of another type is no stock reorder job
-- @expect error 22023
-- @as clierp_worker
SELECT perform_stock_reorder_job(990000001, 'w1');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
INSERT INTO categories (id, organization_id, name) VALUES (990000001, 990000001, 'check');
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price) VALUES
  (990000001, 990000001, 'CHECK-1', 'One', 990000001, 10), (990000002, 990000001, 'CHECK-2', 'Two', 990000001, 20);
INSERT INTO inventory (organization_id, product_id, quantity, min_stock_level) VALUES (990000001, 990000001, 2, 5);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000001, 990000001, 'CHECK-1', 'One');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status) VALUES
  (990000001, 990000001, 'CHECK-1', 990000001, '2024-03-01', 'approved'),
  (990000002, 990000001, 'CHECK-2', 990000001, '2024-03-01', 'pending');
INSERT INTO purchase_order_items (id, organization_id, po_id, product_id, quantity, unit_cost, total_cost) VALUES
  (990000001, 990000001, 990000001, 990000001, 10, 10, 100), (990000002, 990000001, 990000001, 990000002, 4, 20, 80),
  (990000003, 990000001, 990000001, 990000001, 1, 11, 11), (990000004, 990000001, 990000002, 990000001, 1, 10, 10);
UPDATE purchase_orders SET status = 'received' WHERE id = 990000001;
UPDATE purchase_orders SET status = 'cancelled' WHERE id = 990000002;
INSERT INTO products (id, organization_id, sku, name, category_id, cost_price, is_active) VALUES
  (990000003, 990000001, 'CHECK-3', 'no supplier', 990000001, 5, true),
  (990000004, 990000001, 'CHECK-4', 'given up', 990000001, 5, false),
  (990000005, 990000001, 'CHECK-5', 'reserved', 990000001, 5, true),
  (990000006, 990000001, 'CHECK-6', 'enough', 990000001, 5, true);
UPDATE inventory SET max_stock_level = 20 WHERE product_id = 990000001;
INSERT INTO inventory (organization_id, product_id, quantity, reserved_quantity, min_stock_level, max_stock_level) VALUES
  (990000001, 990000002, 1, 0, 5, 10), (990000001, 990000003, 0, 0, 1, 10), (990000001, 990000004, 0, 0, 1, 10),
  (990000001, 990000005, 6, 2, 5, 10), (990000001, 990000006, 6, 0, 5, 10);
INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (990000002, 990000001, 'CHECK-2', 'Two');
INSERT INTO purchase_orders (id, organization_id, po_number, supplier_id, order_date, status)
VALUES (990000005, 990000001, 'CHECK-5', 990000002, '2024-04-01', 'received');
INSERT INTO purchase_order_items (organization_id, po_id, product_id, quantity, unit_cost, total_cost)
VALUES (990000001, 990000005, 990000005, 1, 9, 9), (990000001, 990000005, 990000002, 1, 8, 8);
DELETE FROM jobs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts, status, attempts, locked_by, locked_until) VALUES
  (990000001, 990000001, 'stock_reorder', 3, 'running', 1, 'w1', clock_timestamp() + interval '5 minutes');
-- @check a stock reorder job of another worker is refused
-- @expect error 55000
-- @as clierp_worker
SELECT perform_stock_reorder_job(990000001, 'w2');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check notify_users reaches those who have the permission
-- @expect value = 1
-- @as clierp_worker
-- @set app.organization_id = 990000001
SELECT notify_users('roles.manage', 'check', 'check');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check notify_users refuses a permission that does not exist
-- @expect error 42704
-- @as clierp_worker
-- @set app.organization_id = 990000001
SELECT notify_users('roles.fly', 'check', 'check');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
SELECT record_command_execution('stock list', 0.004, true), record_command_execution('stock list', 0.2, true), record_command_execution('stock list', 99, true), record_command_execution('stock list', 0.01, false);
-- @check metrics: executions are counted by command and outcome
-- @expect result = [{"outcome": "failure", "value": 1}, {"outcome": "success", "value": 3}]
SELECT labels ->> 'outcome' AS outcome, value FROM app_metrics
WHERE metric = 'cli_commands_total' AND labels ->> 'command' = 'stock list' ORDER BY 1;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
SELECT record_command_execution('stock list', 0.004, true), record_command_execution('stock list', 0.2, true), record_command_execution('stock list', 99, true), record_command_execution('stock list', 0.01, false);
-- @check metrics: the histogram of durations is cumulative
-- @expect result = [{"le": "0.005", "value": 1}, {"le": "0.01", "value": 1}, {"le": "0.025", "value": 1}, {"le": "0.05", "value": 1}, {"le": "0.1", "value": 1}, {"le": "0.25", "value": 2}, {"le": "0.5", "value": 2}, {"le": "1", "value": 2}, {"le": "2.5", "value": 2}, {"le": "5", "value": 2}, {"le": "10", "value": 2}, {"le": "+Inf", "value": 3}]
SELECT labels ->> 'le' AS le, value FROM app_metrics
WHERE metric = 'cli_command_duration_seconds_bucket' AND labels ->> 'outcome' = 'success' ORDER BY replace(labels ->> 'le', '+Inf', 'Infinity')::float8;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
SELECT set_config('app.organization_id', '990000001', true);
SELECT record_command_execution('stock list', 0.004, true), record_command_execution('stock list', 0.2, true), record_command_execution('stock list', 99, true), record_command_execution('stock list', 0.01, false);
-- @check metrics: sum and count of the durations
-- @expect result = [{"metric": "cli_command_duration_seconds_count", "value": 3}, {"metric": "cli_command_duration_seconds_sum", "value": 99.204}]
SELECT metric, round(value::numeric, 6) AS value FROM app_metrics
WHERE metric ~ '_(sum|count)$' AND labels ->> 'outcome' = 'success' ORDER BY metric;

-- @check metrics: open connections are a gauge
-- @expect value >= 1
SELECT value FROM app_metrics WHERE metric = 'database_connections_active';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check metrics: a negative duration is refused
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT record_command_execution('x', -0.1, true);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check metrics: a duration that is not a number is refused
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT record_command_execution('x', 'NaN', true);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check metrics: an endless duration is refused
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT record_command_execution('x', 'Infinity', true);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check metrics: a duration that is missing is refused
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT record_command_execution('x', NULL, true);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check metrics: an outcome that is not known is refused
-- @expect error 22023
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT record_command_execution('check', 1, NULL);

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check metrics: an empty command is refused
-- @expect error 23514
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT record_command_execution(' ', 1, true);

-- @check what later phases added is audited as well
-- @expect rows = 0
SELECT t FROM unnest(ARRAY['roles', 'role_permissions', 'user_roles', 'product_imports', 'jobs']) AS t
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g
                  WHERE g.tgrelid = t::regclass AND g.tgfoid = 'write_enhanced_audit()'::regprocedure AND g.tgenabled = 'O');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
DELETE FROM jobs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts) SELECT id, organization_id, 'stock_reorder', 1 FROM check_orgs;
INSERT INTO notifications (organization_id, user_id, kind, message) SELECT organization_id, id, 'check', 'check' FROM check_orgs;
INSERT INTO command_metrics (organization_id, command, outcome, executions, seconds_sum, buckets)
SELECT organization_id, 'check', 'success', 1, 0, '{}' FROM check_orgs;
CREATE TEMPORARY TABLE check_found (relation text, verb text, outcome text);
DO $probe$
DECLARE
  v_me text := current_user;
  v_found jsonb := '[]';
  v_table text;
  v_statement text[];
  v_count bigint;
  v_outcome text;
BEGIN
  PERFORM set_config('app.organization_id', '990000001', true), set_config('app.user_id', '990000001', true);
  SET LOCAL ROLE clierp_app;
  FOREACH v_table IN ARRAY ARRAY[
    'jobs', 'notifications', 'command_metrics'
  ] LOOP
    FOREACH v_statement SLICE 1 IN ARRAY ARRAY[
      ARRAY['sees own', 'SELECT FROM %I WHERE organization_id = 990000001'],
      ARRAY['sees others', 'SELECT FROM %I WHERE organization_id <> 990000001'],
      ARRAY['changes others', 'UPDATE %I SET organization_id = organization_id WHERE organization_id <> 990000001'],
      ARRAY['gives away', 'UPDATE %I SET organization_id = 990000002 WHERE organization_id = 990000001'],
      ARRAY['deletes others', 'DELETE FROM %I WHERE organization_id <> 990000001'],
      ARRAY['adds to others', 'INSERT INTO %I (organization_id) VALUES (990000002)']
    ] LOOP
      BEGIN
        EXECUTE format(v_statement[2], v_table);
        GET DIAGNOSTICS v_count = ROW_COUNT;
        v_outcome := CASE WHEN v_count = 0 THEN 'nothing' ELSE 'rows' END;
      EXCEPTION
        WHEN insufficient_privilege THEN v_outcome := 'refused';
        WHEN OTHERS THEN v_outcome := SQLSTATE;
      END;
      v_found := v_found || jsonb_build_object('relation', v_table, 'verb', v_statement[1], 'outcome', v_outcome);
    END LOOP;
  END LOOP;
  EXECUTE format('SET LOCAL ROLE %I', v_me);
  INSERT INTO check_found SELECT * FROM jsonb_to_recordset(v_found) AS f (relation text, verb text, outcome text);
END
$probe$;
-- @check jobs, notifications and metrics are kept to their organization
-- @expect every ok = true
SELECT relation, verb, outcome, CASE verb
  WHEN 'sees own' THEN outcome = 'rows'
  WHEN 'sees others' THEN outcome = 'nothing'
  WHEN 'changes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'gives away' THEN outcome = CASE relation WHEN 'workflow_instances' THEN '23514' ELSE 'refused' END
  WHEN 'deletes others' THEN outcome IN ('nothing', 'refused')
  WHEN 'adds to others' THEN outcome = 'refused' END AS ok
FROM check_found
WHERE true;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
DELETE FROM jobs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts) SELECT id, organization_id, 'stock_reorder', 1 FROM check_orgs;
INSERT INTO notifications (organization_id, user_id, kind, message) SELECT organization_id, id, 'check', 'check' FROM check_orgs;
INSERT INTO command_metrics (organization_id, command, outcome, executions, seconds_sum, buckets)
SELECT organization_id, 'check', 'success', 1, 0, '{}' FROM check_orgs;
-- @check without an organization no job, notification or metric is seen
-- @expect every visible = 0
-- @as clierp_app
SELECT 'jobs' AS name, count(*) AS visible FROM jobs
UNION ALL
SELECT 'notifications' AS name, count(*) AS visible FROM notifications
UNION ALL
SELECT 'command_metrics' AS name, count(*) AS visible FROM command_metrics;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
DELETE FROM jobs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts) SELECT id, organization_id, 'stock_reorder', 1 FROM check_orgs;
INSERT INTO notifications (organization_id, user_id, kind, message) SELECT organization_id, id, 'check', 'check' FROM check_orgs;
INSERT INTO command_metrics (organization_id, command, outcome, executions, seconds_sum, buckets)
SELECT organization_id, 'check', 'success', 1, 0, '{}' FROM check_orgs;
-- @check the worker sees the jobs of every organization
-- @expect value = 3
-- @as clierp_worker
SELECT count(*) FROM jobs;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
DELETE FROM jobs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts) SELECT id, organization_id, 'stock_reorder', 1 FROM check_orgs;
INSERT INTO notifications (organization_id, user_id, kind, message) SELECT organization_id, id, 'check', 'check' FROM check_orgs;
INSERT INTO command_metrics (organization_id, command, outcome, executions, seconds_sum, buckets)
SELECT organization_id, 'check', 'success', 1, 0, '{}' FROM check_orgs;
-- @check the worker reads nobody's notifications
-- @expect error 42501
-- @as clierp_worker
-- @set app.organization_id = 990000001
SELECT id FROM notifications;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000001, 990000001, 'check-admin', 'check-admin@example.org', 'x', 'admin', true),
  (990000002, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000003, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000004, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check the worker notifies nobody of another organization
-- @expect error 42501
-- @as clierp_worker
-- @set app.organization_id = 990000001
INSERT INTO notifications (organization_id, user_id, kind, message) VALUES (990000002, 990000004, 'check', 'check');

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
DELETE FROM jobs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts) SELECT id, organization_id, 'stock_reorder', 1 FROM check_orgs;
INSERT INTO notifications (organization_id, user_id, kind, message) SELECT organization_id, id, 'check', 'check' FROM check_orgs;
INSERT INTO command_metrics (organization_id, command, outcome, executions, seconds_sum, buckets)
SELECT organization_id, 'check', 'success', 1, 0, '{}' FROM check_orgs;
INSERT INTO users (id, organization_id, username, email, password_hash, role, is_active) VALUES
  (990000012, 990000001, 'check-employee', 'check-employee@example.org', 'x', 'employee', true),
  (990000013, 990000001, 'check-gone', 'check-gone@example.org', 'x', 'admin', false),
  (990000014, 990000002, 'check-other', 'check-other@example.org', 'x', 'admin', true);
-- @check a user reads the own notifications only
-- @expect rows = 0
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000012
SELECT id FROM notifications;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
DELETE FROM jobs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts) SELECT id, organization_id, 'stock_reorder', 1 FROM check_orgs;
INSERT INTO notifications (organization_id, user_id, kind, message) SELECT organization_id, id, 'check', 'check' FROM check_orgs;
INSERT INTO command_metrics (organization_id, command, outcome, executions, seconds_sum, buckets)
SELECT organization_id, 'check', 'success', 1, 0, '{}' FROM check_orgs;
-- @check a user marks the own notification as read
-- @expect rows = 1
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE notifications SET read_at = clock_timestamp() RETURNING id;

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
DELETE FROM jobs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts) SELECT id, organization_id, 'stock_reorder', 1 FROM check_orgs;
INSERT INTO notifications (organization_id, user_id, kind, message) SELECT organization_id, id, 'check', 'check' FROM check_orgs;
INSERT INTO command_metrics (organization_id, command, outcome, executions, seconds_sum, buckets)
SELECT organization_id, 'check', 'success', 1, 0, '{}' FROM check_orgs;
-- @check a notification can't be rewritten
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
-- @set app.user_id = 990000001
UPDATE notifications SET message = 'x';

-- @setup
INSERT INTO organizations (id, code, name) VALUES (990000001, 'check-a', 'Check A'), (990000002, 'check-b', 'Check B');
CREATE TEMPORARY TABLE check_orgs AS
SELECT * FROM (VALUES (990000001, 990000001), (990000002, 990000002), (990000003, 1)) AS v (id, organization_id);
DELETE FROM jobs;
INSERT INTO users (id, organization_id, username, email, password_hash, role)
SELECT id, organization_id, 'check ' || id, 'check' || id || '@example.org', 'x', 'admin' FROM check_orgs;
INSERT INTO jobs (id, organization_id, job_type, max_attempts) SELECT id, organization_id, 'stock_reorder', 1 FROM check_orgs;
INSERT INTO notifications (organization_id, user_id, kind, message) SELECT organization_id, id, 'check', 'check' FROM check_orgs;
INSERT INTO command_metrics (organization_id, command, outcome, executions, seconds_sum, buckets)
SELECT organization_id, 'check', 'success', 1, 0, '{}' FROM check_orgs;
-- @check the application can't claim jobs
-- @expect error 42501
-- @as clierp_app
-- @set app.organization_id = 990000001
SELECT claim_job('w1');

-- @check the old CLI does not see jobs
-- @expect error 42501
-- @as clierp_cli
SELECT id FROM jobs;

-- @check phase 5 is gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace
  AND relname ~ '^(jobs|job_types|notifications|command_metrics|app_metrics)'
UNION ALL
SELECT proname FROM pg_catalog.pg_proc WHERE pronamespace = 'public'::regnamespace
  AND proname ~ '(_job$|stock_reorder|notify_users|metric_bounds|record_command_execution)';
