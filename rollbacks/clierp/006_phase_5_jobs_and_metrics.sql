-- @description Remove the job queue, stock reorder, notifications and metrics
-- @lock-timeout 5s
-- @deletes job_types
-- @deletes jobs
-- @deletes notifications
-- @deletes command_metrics

-- Purchase orders that the reorder job created are orders like any other and stay.
DROP VIEW app_metrics;
DROP FUNCTION record_command_execution(text, double precision, boolean);
DROP FUNCTION metric_bounds();
DROP TABLE command_metrics;
DROP FUNCTION perform_stock_reorder_job(bigint, text);
DROP FUNCTION run_stock_reorder();
DROP FUNCTION notify_users(text, text, text, text, bigint);
DROP TABLE notifications;
DROP FUNCTION extend_job(bigint, text, interval);
DROP FUNCTION fail_job(bigint, text, text, boolean);
DROP FUNCTION complete_job(bigint, text, jsonb);
DROP FUNCTION held_job(bigint, text);
DROP FUNCTION claim_job(text, text[], interval);
DROP FUNCTION assert_lease(interval);
DROP FUNCTION enqueue_job(text, jsonb, timestamptz, integer, text);
DROP TABLE jobs;
DROP TABLE job_types;
