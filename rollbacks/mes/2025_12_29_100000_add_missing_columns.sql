-- @description Remove the added columns

DROP TRIGGER lot_numbers_set_expiry ON lot_numbers;
DROP FUNCTION set_lot_expiry();
DROP TRIGGER ncrs_keep_closed_at ON ncrs;
DROP FUNCTION keep_closed_at();
DROP TRIGGER machines_set_updated_at ON machines;
DROP TRIGGER customers_set_updated_at ON customers;
DROP TRIGGER plants_set_updated_at ON plants;
ALTER TABLE inspections DROP COLUMN inspection_plan_id;
ALTER TABLE work_order_operations DROP COLUMN actual_minutes;
ALTER TABLE ncrs DROP COLUMN root_cause, DROP COLUMN corrective_action, DROP COLUMN closed_at;
ALTER TABLE projects DROP COLUMN project_manager_id, DROP COLUMN completed_at;
ALTER TABLE materials DROP COLUMN lot_tracked, DROP COLUMN serial_tracked, DROP COLUMN shelf_life_days;
ALTER TABLE users DROP COLUMN phone, DROP COLUMN language, DROP COLUMN last_login_at;
ALTER TABLE machines DROP COLUMN updated_at;
ALTER TABLE customers DROP COLUMN email, DROP COLUMN is_active, DROP COLUMN updated_at;
ALTER TABLE plants DROP COLUMN sap_plant_code, DROP COLUMN updated_at;
