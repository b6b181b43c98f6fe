-- Session context, tenant keys, the row security helpers and feature flags work

-- @check nine tables have a key that binds references to the organisation
-- @expect value = 9
SELECT count(*) FROM pg_constraint
WHERE contype = 'u' AND conname IN ('uq_plants_org_id', 'uq_users_org_id', 'uq_customers_org_id', 'uq_machines_org_id', 'uq_materials_org_id',
  'uq_projects_org_id', 'uq_work_orders_org_id', 'uq_ncrs_org_id', 'uq_inspections_org_id');

-- @check the owner of the functions sees all organisations
-- @expect value = true
SELECT bool_and(r.rolsuper OR r.rolbypassrls) FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN ('require_organization', 'secure_tenant_table');

-- @check the session context is read from the settings
-- @expect result = [{"organization":900001,"usr":7}]
-- @set app.organization_id = 900001
-- @set app.user_id = 7
SELECT current_organization_id() AS organization, current_user_id() AS usr;

-- @check an empty setting is no organisation
-- @expect value = null
-- @set app.organization_id = ''
SELECT current_organization_id();

-- @check work without an organisation is refused
-- @expect error 42501
-- @set app.organization_id = ''
SELECT require_organization();

-- @setup
CREATE TABLE check_gap (id integer PRIMARY KEY, organization_id integer);
-- @check the row security report finds a table without any
-- @expect result = [{"problem":"no policy for DELETE"},{"problem":"no policy for INSERT"},{"problem":"no policy for SELECT"},{"problem":"no policy for UPDATE"},{"problem":"row security is not forced"},{"problem":"row security is off"},{"problem":"the organisation may be null"}]
SELECT problem FROM rls_gaps() WHERE relation = 'check_gap';

-- @setup
CREATE TABLE check_gap (id integer PRIMARY KEY, organization_id integer NOT NULL);
SELECT secure_tenant_table('check_gap');
DROP POLICY check_gap_delete ON check_gap;
-- @check the row security report finds a missing verb
-- @expect result = [{"problem":"no policy for DELETE"}]
SELECT problem FROM rls_gaps() WHERE relation = 'check_gap';

-- @setup
CREATE TABLE check_gap (id integer PRIMARY KEY, organization_id integer NOT NULL) PARTITION BY RANGE (id);
SELECT secure_tenant_table('check_gap');
CREATE TABLE check_gap_1 PARTITION OF check_gap FOR VALUES FROM (1) TO (9);
GRANT SELECT ON check_gap_1 TO mes_app;
-- @check the row security report finds a partition that can be read past its parent
-- @expect result = [{"problem":"a partition is granted to mes_app"},{"problem":"row security is not forced"},{"problem":"row security is off"}]
SELECT problem FROM rls_gaps() WHERE relation = 'check_gap_1';

-- @setup
CREATE VIEW check_gap_view AS SELECT 1 AS organization_id;
-- @check the row security report finds a view that reads as its owner
-- @expect result = [{"problem":"the view reads as its owner"}]
SELECT problem FROM rls_gaps() WHERE relation = 'check_gap_view';

-- @setup
CREATE TABLE check_gap (id integer PRIMARY KEY, organization_id integer NOT NULL);
SELECT secure_tenant_table('check_gap');
-- @check a secured table has no gap
-- @expect rows = 0
SELECT problem FROM rls_gaps() WHERE relation = 'check_gap';

-- @setup
CREATE TABLE check_gap (id serial PRIMARY KEY, organization_id integer NOT NULL);
SELECT secure_tenant_table('check_gap');
INSERT INTO check_gap (organization_id) VALUES (900001), (900002);
-- @check a secured table shows the rows of the organisation only
-- @expect result = [{"organization_id":900001}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT organization_id FROM check_gap;

-- @setup
CREATE TABLE check_gap (id serial PRIMARY KEY, organization_id integer NOT NULL);
SELECT secure_tenant_table('check_gap');
INSERT INTO check_gap (organization_id) VALUES (900001);
-- @check a secured table shows nothing without an organisation
-- @expect rows = 0
-- @as mes_app
-- @set app.organization_id = ''
SELECT organization_id FROM check_gap;

-- @setup
CREATE TABLE check_gap (id serial PRIMARY KEY, organization_id integer NOT NULL);
SELECT secure_tenant_table('check_gap');
-- @check a secured table takes no row of another organisation
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
INSERT INTO check_gap (organization_id) VALUES (900002);

-- @setup
CREATE TABLE check_gap (id serial PRIMARY KEY, organization_id integer NOT NULL);
SELECT secure_tenant_table('check_gap');
INSERT INTO check_gap (organization_id) VALUES (900002);
-- @check a secured table lets no row of another organisation go
-- @expect rows = 0
-- @as mes_app
-- @set app.organization_id = 900001
DELETE FROM check_gap RETURNING id;

-- @check the application secures no table by itself
-- @expect error 42501
-- @as mes_app
SELECT secure_tenant_table('materials');

-- @check every new feature is off by default
-- @expect every enabled_by_default = false
SELECT flag_key, enabled_by_default FROM feature_flags;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO feature_flags (flag_key, description) VALUES ('check_feature', 'for this check');
-- @check a feature is off until the organisation switches it on
-- @expect error 0A000
-- @as mes_app
-- @set app.organization_id = 900001
SELECT require_feature('check_feature');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO feature_flags (flag_key, description) VALUES ('check_feature', 'for this check');
SELECT set_config('app.organization_id', '900001', true);
SELECT set_config('app.user_id', '', true);
SELECT set_feature('check_feature', true);
-- @check a feature that was switched on is on
-- @expect value = true
-- @as mes_app
-- @set app.organization_id = 900001
SELECT feature_enabled('check_feature');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO feature_flags (flag_key, description) VALUES ('check_feature', 'for this check');
SELECT set_config('app.organization_id', '900001', true);
SELECT set_config('app.user_id', '', true);
SELECT set_feature('check_feature', true);
-- @check the feature stays off for the other organisation
-- @expect value = false
-- @as mes_app
-- @set app.organization_id = 900002
SELECT feature_enabled('check_feature');

-- @check an unknown feature is an error
-- @expect error 22023
SELECT feature_enabled('no_such_feature');

-- @check switching an unknown feature is an error
-- @expect error 22023
-- @set app.organization_id = 900001
SELECT set_feature('no_such_feature', true);

-- @check the application does not change the catalogue of features
-- @expect error 42501
-- @as mes_app
UPDATE feature_flags SET enabled_by_default = true;

-- @check helpers and flags are gone
-- @when rolled-back
-- @expect rows = 0
SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname IN ('current_organization_id', 'current_user_id', 'require_organization',
  'secure_tenant_table', 'rls_gaps', 'feature_enabled', 'require_feature', 'set_feature')
UNION ALL
SELECT relname::text FROM pg_class WHERE relname IN ('feature_flags', 'organization_feature_flags')
UNION ALL
SELECT conname::text FROM pg_constraint WHERE conname LIKE 'uq\_%\_org\_id';
