-- @description Remove feature flags, helpers and tenant keys

DROP FUNCTION set_feature(text, boolean);
DROP FUNCTION require_feature(text);
DROP FUNCTION feature_enabled(text);
DROP TABLE organization_feature_flags;
DROP TABLE feature_flags;
DROP FUNCTION rls_gaps();
DROP FUNCTION secure_tenant_table(regclass, name);

ALTER TABLE inspections DROP CONSTRAINT uq_inspections_org_id;
ALTER TABLE ncrs DROP CONSTRAINT uq_ncrs_org_id;
ALTER TABLE work_orders DROP CONSTRAINT uq_work_orders_org_id;
ALTER TABLE projects DROP CONSTRAINT uq_projects_org_id;
ALTER TABLE materials DROP CONSTRAINT uq_materials_org_id;
ALTER TABLE machines DROP CONSTRAINT uq_machines_org_id;
ALTER TABLE customers DROP CONSTRAINT uq_customers_org_id;
ALTER TABLE users DROP CONSTRAINT uq_users_org_id;
ALTER TABLE plants DROP CONSTRAINT uq_plants_org_id;

DROP FUNCTION require_organization();
DROP FUNCTION current_user_id();
DROP FUNCTION current_organization_id();
