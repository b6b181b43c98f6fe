-- @description Remove branding
-- @deletes organization_feature_flags

DROP FUNCTION branding_for_domain(text);
DROP FUNCTION branding_theme();
DROP FUNCTION theme_of(branding_configs);
DROP FUNCTION verify_custom_domain(integer, text[]);
DROP FUNCTION activate_branding(integer);
DROP TABLE organization_branding;
DROP TABLE branding_configs;
DROP FUNCTION guard_branding_config();
DROP FUNCTION contrast_ratio(text, text);
DROP FUNCTION relative_luminance(text);
DELETE FROM feature_flags WHERE flag_key = 'branding';
