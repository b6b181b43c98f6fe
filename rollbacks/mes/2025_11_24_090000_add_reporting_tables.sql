-- @description Remove reports, dashboards and KPIs
-- @deletes organization_feature_flags
-- @deletes maintenance_jobs
-- @deletes pgmq.meta

SELECT cron.unschedule('mes-refresh-kpis');
DROP FUNCTION dashboard_data(text, date);
DROP FUNCTION run_report(integer);
DROP FUNCTION csv_field(text);
DROP FUNCTION request_report(text, jsonb, text);
DROP TABLE dashboards;
DROP TABLE report_executions;
DROP TABLE reports;
DROP FUNCTION refresh_kpi_snapshots(date);
DROP TABLE kpi_snapshots;
DROP VIEW kpi_fpy, kpi_otd, kpi_oee;
DROP FUNCTION kpi_since();
DROP INDEX idx_machine_status_logs_duration;
ALTER TABLE plants DROP CONSTRAINT plants_timezone_is_known;
SELECT pgmq.drop_queue('report_execution'), pgmq.drop_queue('report_export');
DELETE FROM feature_flags WHERE flag_key = 'reporting';
