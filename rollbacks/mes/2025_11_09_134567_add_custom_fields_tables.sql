-- @description Remove custom fields and type lists
-- @deletes organization_feature_flags

DROP VIEW ncrs_with_custom_fields, projects_with_custom_fields, work_orders_with_custom_fields, materials_with_custom_fields;
DROP FUNCTION type_list_tree(text);
DROP FUNCTION find_by_custom_field(text, text, text, jsonb);
DROP FUNCTION missing_custom_fields(text, integer);
DROP FUNCTION custom_fields_of(text, integer);
DROP FUNCTION set_custom_field(text, integer, text, jsonb);
DROP FUNCTION define_custom_field(text, text, text, text, text, jsonb, boolean, jsonb);
DROP TRIGGER materials_delete_field_values ON materials;
DROP TRIGGER work_orders_delete_field_values ON work_orders;
DROP TRIGGER projects_delete_field_values ON projects;
DROP TRIGGER ncrs_delete_field_values ON ncrs;
DROP FUNCTION delete_field_values();
DROP FUNCTION check_field_value(custom_fields, jsonb);
DROP TABLE field_values;
DROP TABLE custom_fields;
DROP TABLE type_list_values;
DROP TABLE type_lists;
DROP FUNCTION guard_type_list_value();
DROP FUNCTION validate_custom_field();
DROP FUNCTION validate_field_value();
DROP FUNCTION entity_row(text, integer, integer);
DROP FUNCTION entity_table(text);
DELETE FROM feature_flags WHERE flag_key = 'custom_fields';
