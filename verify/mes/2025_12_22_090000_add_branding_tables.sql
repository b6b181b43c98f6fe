-- Phase 9: branding, its colours, and domains that are proved

-- @check phase 9 made its two tables
-- @expect value = 2
SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN ('organization_branding', 'branding_configs');

-- @check the tables of phase 9 have no gap in row security
-- @expect rows = 0
SELECT * FROM rls_gaps() WHERE relation IN ('organization_branding', 'branding_configs');

-- @check contrast is reckoned as WCAG has it
-- @expect result = [{"black_white":21,"same":1,"grey":4.54}]
SELECT round(contrast_ratio('#000000', '#ffffff')::numeric, 2) AS black_white, round(contrast_ratio('#336699', '#336699')::numeric, 2) AS same,
       round(contrast_ratio('#767676', '#ffffff')::numeric, 2) AS grey;

-- @check a colour that is none is refused
-- @expect error 22023
SELECT relative_luminance('red');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check a broken colour is not stored
-- @expect error 23514
INSERT INTO branding_configs (organization_id, config_name, primary_colour) VALUES (900001, 'x', '#12345');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check text that can't be read is not stored
-- @expect error 23514
INSERT INTO branding_configs (organization_id, config_name, text_colour, background_colour) VALUES (900001, 'x', '#cccccc', '#ffffff');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check a broken domain is not stored
-- @expect error 23514
INSERT INTO branding_configs (organization_id, config_name, custom_domain) VALUES (900001, 'x', 'https://mes.example.com/');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'branding', true);
INSERT INTO branding_configs (id, organization_id, config_name, primary_colour, logo_key, heading_font) VALUES (900901, 900001, 'Spring', '#ffee00', 'logo/1', 'Lato');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900101', true);
SELECT activate_branding(900901);
-- @check the theme has CSS variables and a colour that can be read on the first one
-- @expect result = [{"theme":{"logo":"logo/1","favicon":null,"variables":{"--colour-primary":"#ffee00","--colour-on-primary":"#000000","--colour-secondary":"#6b7280","--colour-background":"#ffffff","--colour-text":"#111827","--font-heading":"Lato","--font-body":"Inter"}}}]
-- @as mes_app
-- @set app.organization_id = 900001
SELECT branding_theme() AS theme;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
-- @check an organisation without branding has no theme
-- @expect value = null
-- @as mes_app
-- @set app.organization_id = 900002
SELECT branding_theme();

-- @check a theme needs an organisation
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = ''
SELECT branding_theme();

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'branding', true);
INSERT INTO branding_configs (id, organization_id, config_name) VALUES (900902, 900002, 'Theirs');
-- @check the branding of another organisation is not activated
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900101
SELECT activate_branding(900902);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'branding', true);
INSERT INTO branding_configs (id, organization_id, config_name) VALUES (900901, 900001, 'Spring');
-- @check an operator activates no branding
-- @expect error 42501
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900102
SELECT activate_branding(900901);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO branding_configs (id, organization_id, config_name) VALUES (900901, 900001, 'Spring');
-- @check branding is refused while its feature is off
-- @expect error 0A000
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900101
SELECT activate_branding(900901);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'branding', true);
INSERT INTO branding_configs (id, organization_id, config_name, custom_domain) VALUES (900901, 900001, 'Spring', 'mes.example.com');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900101', true);
SELECT activate_branding(900901);
SELECT verify_custom_domain(id, ARRAY['other', 'mes-domain-token=' || domain_token]) FROM branding_configs WHERE id = 900901;
-- @check a proved domain leads to its organisation before anybody logs in
-- @expect result = [{"organization_id":900001}]
-- @as mes_app
-- @set app.organization_id = ''
SELECT organization_id FROM branding_for_domain('MES.example.com');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'branding', true);
INSERT INTO branding_configs (id, organization_id, config_name, custom_domain) VALUES (900901, 900001, 'Spring', 'mes.example.com');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900101', true);
SELECT activate_branding(900901);
-- @check a domain without its token is not proved
-- @expect value = false
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900101
SELECT verify_custom_domain(900901, ARRAY['mes-domain-token=' || gen_random_uuid()]);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'branding', true);
INSERT INTO branding_configs (id, organization_id, config_name, custom_domain) VALUES (900901, 900001, 'Spring', 'mes.example.com');
SELECT set_config('app.organization_id', '900001', true), set_config('app.user_id', '900101', true);
SELECT activate_branding(900901);
-- @check a domain that is not proved leads nowhere
-- @expect rows = 0
-- @as mes_app
SELECT * FROM branding_for_domain('mes.example.com');

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO users (id, organization_id, home_plant_id, email, full_name, role)
VALUES (900101, 900001, 900011, 'admin@a', 'Admin A', 'admin'), (900102, 900001, 900011, 'op@a', 'Operator A', 'Operator '),
       (900103, 900001, 900011, 'quality@a', 'Quality A', 'inspector'), (900104, 900001, 900012, 'manager@a', 'Manager A', 'Plant Manager'),
       (900105, 900001, NULL, 'temp@a', 'Temp A', 'temp'), (900201, 900002, 900021, 'admin@b', 'Admin B', 'admin');
INSERT INTO organization_feature_flags (organization_id, flag_key, enabled) VALUES (900001, 'branding', true);
INSERT INTO branding_configs (id, organization_id, config_name) VALUES (900901, 900001, 'Spring');
-- @check a branding without a domain has nothing to prove
-- @expect error P0002
-- @as mes_app
-- @set app.organization_id = 900001
-- @set app.user_id = 900101
SELECT verify_custom_domain(900901, ARRAY['x']);

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO branding_configs (organization_id, config_name, custom_domain, domain_verified_at) VALUES (900001, 'Spring', 'mes.example.com', now());
-- @check a domain may be claimed by two
-- @expect rows = 1
-- @as mes_app
-- @set app.organization_id = 900002
INSERT INTO branding_configs (organization_id, config_name, custom_domain) VALUES (900002, 'Theirs', 'mes.example.com') RETURNING id;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO branding_configs (organization_id, config_name, custom_domain, domain_verified_at) VALUES (900001, 'Spring', 'mes.example.com', now());
-- @check a domain is proved by one
-- @expect error 23505
INSERT INTO branding_configs (organization_id, config_name, custom_domain, domain_verified_at) VALUES (900002, 'Theirs', 'mes.example.com', now());

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO branding_configs (id, organization_id, config_name, custom_domain, domain_verified_at) VALUES (900901, 900001, 'Spring', 'mes.example.com', now());
UPDATE branding_configs SET custom_domain = 'other.example.com' WHERE id = 900901;
-- @check a changed domain is proved anew
-- @expect value = null
SELECT domain_verified_at FROM branding_configs WHERE id = 900901;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO branding_configs (organization_id, config_name) VALUES (900001, 'Spring');
-- @check branding is isolated between two organisations
-- @expect rows = 0
-- @as mes_app
-- @set app.organization_id = 900002
SELECT * FROM branding_configs;

-- @setup
INSERT INTO organizations (id, org_code, org_name) VALUES (900001, 'CHKA', 'Check A'), (900002, 'CHKB', 'Check B');
INSERT INTO plants (id, organization_id, plant_code, plant_name)
VALUES (900011, 900001, 'A1', 'Plant A1'), (900012, 900001, 'A2', 'Plant A2'), (900021, 900002, 'B1', 'Plant B1');
INSERT INTO branding_configs (organization_id, config_name) VALUES (900001, 'Spring');
-- @check the organisation sees its own branding
-- @expect rows = 1
-- @as mes_app
-- @set app.organization_id = 900001
SELECT * FROM branding_configs;

-- @check branding is gone
-- @when rolled-back
-- @expect rows = 0
SELECT relname::text FROM pg_class WHERE relname IN ('organization_branding', 'branding_configs')
UNION ALL
SELECT proname::text FROM pg_proc WHERE proname IN ('branding_for_domain', 'branding_theme', 'theme_of', 'verify_custom_domain', 'activate_branding', 'contrast_ratio', 'relative_luminance', 'guard_branding_config');
