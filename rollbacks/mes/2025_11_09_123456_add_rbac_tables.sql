-- @description Remove roles and plant access; users.role was never touched
-- @deletes organization_feature_flags

DROP VIEW casbin_rule;
DROP FUNCTION grant_plant_access(integer, integer, text);
DROP FUNCTION user_has_plant_access(integer, integer, text);
DROP FUNCTION plants_are_restricted();
DROP FUNCTION accessible_plant_ids();
DROP FUNCTION revoke_role(integer, text);
DROP FUNCTION assign_role(integer, text, timestamptz);
DROP FUNCTION require_permission(text, text);
DROP FUNCTION user_has_permission(integer, text, text);
DROP TRIGGER users_grant_role ON users;
DROP FUNCTION grant_role_of_new_user();
DROP TRIGGER organizations_seed_roles ON organizations;
DROP FUNCTION seed_roles_of_new_organization();
DROP FUNCTION system_role_for(text);
DROP FUNCTION seed_system_roles(integer);
DROP TABLE user_plant_access;
DROP TABLE user_roles;
DROP TABLE roles;
DROP FUNCTION guard_system_role();
DROP FUNCTION valid_permissions(jsonb);
DELETE FROM feature_flags WHERE flag_key = 'rbac';
