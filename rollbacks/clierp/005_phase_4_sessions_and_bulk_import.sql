-- @description Remove sessions, the purchase order wizard and the product import
-- @lock-timeout 5s
-- @deletes cli_sessions
-- @deletes product_imports
-- @deletes product_import_staging
-- @deletes product_import_errors

-- Products that were imported are products like any other and stay.
DROP FUNCTION import_products(bigint, integer);
DROP FUNCTION import_product_batch(bigint, integer);
DROP FUNCTION listed_import_lines(bigint, integer, integer);
DROP FUNCTION begin_product_import(text, integer);
DROP VIEW product_import_problems;
DROP VIEW product_import_rows;
DROP FUNCTION stage_product_import_row();
DROP TABLE product_import_errors;
DROP TABLE product_import_staging;
DROP FUNCTION fill_product_import_row();
DROP TABLE product_imports;
DROP FUNCTION guard_product_import();
DROP FUNCTION create_purchase_order(integer, jsonb, integer, date, text);
DROP FUNCTION close_cli_session(uuid);
DROP FUNCTION open_cli_session(integer, inet, text);
DROP FUNCTION resume_cli_session(uuid);
DROP TABLE cli_sessions;
DROP FUNCTION guard_cli_session();
