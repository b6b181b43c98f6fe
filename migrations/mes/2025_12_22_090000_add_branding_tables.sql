-- @description Phase 9: white-label branding per organisation, with colours, fonts, logo and a verified domain of its own

INSERT INTO feature_flags (flag_key, description)
VALUES ('branding', 'Phase 9: white-label branding');

CREATE FUNCTION relative_luminance(colour text) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  channel double precision;
  answer double precision := 0;
BEGIN
  IF colour !~ '^#[0-9a-fA-F]{6}$' THEN
    RAISE EXCEPTION 'a colour is written #rrggbb, not %', colour USING ERRCODE = 'invalid_parameter_value';
  END IF;
  FOR n IN 0..2 LOOP
    channel := get_byte(decode(substr(colour, 2 + n * 2, 2), 'hex'), 0) / 255.0;
    channel := CASE WHEN channel <= 0.04045 THEN channel / 12.92 ELSE ((channel + 0.055) / 1.055) ^ 2.4 END;
    answer := answer + channel * (ARRAY[0.2126, 0.7152, 0.0722])[n + 1];
  END LOOP;
  RETURN answer;
END
$$;
COMMENT ON FUNCTION relative_luminance(text) IS 'Of an sRGB colour as WCAG 2 defines it, 0 black to 1 white';

CREATE FUNCTION contrast_ratio(one text, other text) RETURNS double precision
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
RETURN (greatest(relative_luminance(one), relative_luminance(other)) + 0.05)
  / (least(relative_luminance(one), relative_luminance(other)) + 0.05);
COMMENT ON FUNCTION contrast_ratio(text, text) IS 'WCAG 2 contrast of two colours, 1 to 21';

CREATE TABLE branding_configs (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  config_name varchar(100) NOT NULL,
  logo_key text,
  favicon_key text,
  primary_colour char(7) NOT NULL DEFAULT '#1a56db' CHECK (primary_colour ~ '^#[0-9a-fA-F]{6}$'),
  secondary_colour char(7) NOT NULL DEFAULT '#6b7280' CHECK (secondary_colour ~ '^#[0-9a-fA-F]{6}$'),
  background_colour char(7) NOT NULL DEFAULT '#ffffff' CHECK (background_colour ~ '^#[0-9a-fA-F]{6}$'),
  text_colour char(7) NOT NULL DEFAULT '#111827' CHECK (text_colour ~ '^#[0-9a-fA-F]{6}$'),
  heading_font varchar(100) NOT NULL DEFAULT 'Inter',
  body_font varchar(100) NOT NULL DEFAULT 'Inter',
  custom_domain varchar(253) CHECK (custom_domain = lower(custom_domain)
    AND custom_domain ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$'),
  domain_token uuid NOT NULL DEFAULT gen_random_uuid(),
  domain_verified_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_branding_config_name UNIQUE (organization_id, config_name),
  CONSTRAINT uq_branding_configs_org_id UNIQUE (organization_id, id),
  CONSTRAINT verified_domain_is_given CHECK (domain_verified_at IS NULL OR custom_domain IS NOT NULL),
  CONSTRAINT text_can_be_read CHECK (contrast_ratio(text_colour, background_colour) >= 4.5)
);
-- only a verified domain is taken: whoever merely claims one neither blocks its owner nor learns of others
CREATE UNIQUE INDEX uq_branding_verified_domain ON branding_configs (custom_domain) WHERE domain_verified_at IS NOT NULL;
COMMENT ON CONSTRAINT text_can_be_read ON branding_configs IS 'WCAG 2 level AA: contrast of text and background at least 4.5';
COMMENT ON COLUMN branding_configs.domain_token IS 'To be shown in a TXT record of the domain, which proves that it is the organisation''s';

CREATE TABLE organization_branding (
  organization_id integer PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
  config_id integer NOT NULL,
  is_enabled boolean NOT NULL DEFAULT true,
  activated_by integer,
  activated_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, config_id) REFERENCES branding_configs (organization_id, id),
  FOREIGN KEY (organization_id, activated_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (activated_by)
);

SELECT secure_tenant_table('branding_configs'), secure_tenant_table('organization_branding');

CREATE FUNCTION guard_branding_config() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.updated_at := now();
  IF NEW.custom_domain IS DISTINCT FROM OLD.custom_domain THEN
    NEW.domain_verified_at := NULL; -- a new domain is proved anew
    NEW.domain_token := gen_random_uuid();
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER branding_configs_guard BEFORE UPDATE ON branding_configs
  FOR EACH ROW EXECUTE FUNCTION guard_branding_config();

CREATE FUNCTION activate_branding(config integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
BEGIN
  PERFORM require_feature('branding');
  PERFORM require_permission('settings', 'write');
  IF NOT EXISTS (SELECT FROM branding_configs WHERE organization_id = organization AND id = config) THEN
    RAISE EXCEPTION 'there is no branding %', config USING ERRCODE = 'no_data_found';
  END IF;
  INSERT INTO organization_branding (organization_id, config_id, activated_by) VALUES (organization, config, current_user_id())
  ON CONFLICT (organization_id) DO UPDATE
    SET config_id = excluded.config_id, is_enabled = true, activated_by = excluded.activated_by, activated_at = now();
END
$$;

CREATE FUNCTION verify_custom_domain(config integer, txt_records text[]) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  candidate branding_configs;
BEGIN
  PERFORM require_feature('branding');
  PERFORM require_permission('settings', 'write');
  SELECT * INTO candidate FROM branding_configs WHERE organization_id = organization AND id = config FOR UPDATE;
  IF NOT FOUND OR candidate.custom_domain IS NULL THEN
    RAISE EXCEPTION 'the branding % has no domain', config USING ERRCODE = 'no_data_found';
  END IF;
  IF 'mes-domain-token=' || candidate.domain_token <> ALL (coalesce(txt_records, '{}')) THEN
    RETURN false;
  END IF;
  UPDATE branding_configs SET domain_verified_at = now() WHERE id = config;
  RETURN true;
END
$$;
COMMENT ON FUNCTION verify_custom_domain(integer, text[]) IS 'True when the TXT records that were found at the domain hold its token';

CREATE FUNCTION theme_of(config branding_configs) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'logo', config.logo_key, 'favicon', config.favicon_key,
    'variables', jsonb_build_object(
      '--colour-primary', config.primary_colour,
      '--colour-on-primary', CASE WHEN contrast_ratio(config.primary_colour, '#ffffff') >= contrast_ratio(config.primary_colour, '#000000')
                                  THEN '#ffffff' ELSE '#000000' END,
      '--colour-secondary', config.secondary_colour,
      '--colour-background', config.background_colour, '--colour-text', config.text_colour,
      '--font-heading', config.heading_font, '--font-body', config.body_font))
$$;

CREATE FUNCTION branding_theme() RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT theme_of(c) FROM organization_branding b
  JOIN branding_configs c ON c.organization_id = b.organization_id AND c.id = b.config_id
  WHERE b.organization_id = require_organization() AND b.is_enabled
$$;
COMMENT ON FUNCTION branding_theme() IS 'Theme of the session''s organisation with CSS variables; null when it has none of its own';

CREATE FUNCTION branding_for_domain(host text) RETURNS TABLE (organization_id integer, theme jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  -- SECURITY DEFINER: the domain is what tells the organisation, so none is set yet; only what every visitor sees is given
  SELECT b.organization_id, theme_of(c) FROM branding_configs c
  JOIN organization_branding b ON b.organization_id = c.organization_id AND b.config_id = c.id
  WHERE c.custom_domain = lower(host) AND c.domain_verified_at IS NOT NULL AND b.is_enabled
$$;
REVOKE EXECUTE ON FUNCTION branding_for_domain(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION branding_for_domain(text) TO mes_app;
