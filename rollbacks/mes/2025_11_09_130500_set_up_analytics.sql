-- @description Remove the analytics views and function, whichever way served them
-- @deletes extension_choices

DROP VIEW analytics_production_daily;
DROP FUNCTION analytics_begin();
SELECT forget_extension('pg_duckdb');
