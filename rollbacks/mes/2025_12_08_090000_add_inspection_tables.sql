-- @description Remove inspection plans, measurements and process control
-- @deletes organization_feature_flags

DROP VIEW quality_trend, kpi_fpy_inspection;
DROP FUNCTION spc_control_chart(integer, timestamptz, timestamptz);
DROP FUNCTION spc_summary(integer, timestamptz, timestamptz);
DROP VIEW spc_subgroups;
DROP FUNCTION spc_constants(integer);
DROP FUNCTION record_measurements(integer, double precision[], integer, timestamptz);
DROP FUNCTION release_inspection_plan(integer);
DROP TABLE inspection_measurements;
DROP TABLE inspection_characteristics;
DROP TABLE inspection_points;
DROP TABLE inspection_plans;
DROP FUNCTION guard_inspection_content();
DROP FUNCTION guard_inspection_plan();
DROP FUNCTION judge_measurement();
DELETE FROM feature_flags WHERE flag_key = 'inspection_plans';
