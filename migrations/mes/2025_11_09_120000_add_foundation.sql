-- @description Ground for all phases: session context, tenant keys, row security helpers and feature flags

CREATE FUNCTION current_organization_id() RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN nullif(current_setting('app.organization_id', true), '')::integer;
COMMENT ON FUNCTION current_organization_id() IS 'Organisation of the session (setting app.organization_id), null when none is set';

CREATE FUNCTION current_user_id() RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN nullif(current_setting('app.user_id', true), '')::integer;
COMMENT ON FUNCTION current_user_id() IS 'User of the session (setting app.user_id), null when none is set';

CREATE FUNCTION require_organization() RETURNS integer
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := current_organization_id();
BEGIN
  IF organization IS NULL THEN
    RAISE EXCEPTION 'no organisation is set for this session'
      USING ERRCODE = 'insufficient_privilege', HINT = 'Set app.organization_id first.';
  END IF;
  RETURN organization;
END
$$;

-- A reference of the form (organization_id, x_id) can't point into another organisation; it needs these keys.
ALTER TABLE plants ADD CONSTRAINT uq_plants_org_id UNIQUE (organization_id, id);
ALTER TABLE users ADD CONSTRAINT uq_users_org_id UNIQUE (organization_id, id);
ALTER TABLE customers ADD CONSTRAINT uq_customers_org_id UNIQUE (organization_id, id);
ALTER TABLE machines ADD CONSTRAINT uq_machines_org_id UNIQUE (organization_id, id);
ALTER TABLE materials ADD CONSTRAINT uq_materials_org_id UNIQUE (organization_id, id);
ALTER TABLE projects ADD CONSTRAINT uq_projects_org_id UNIQUE (organization_id, id);
ALTER TABLE work_orders ADD CONSTRAINT uq_work_orders_org_id UNIQUE (organization_id, id);
ALTER TABLE ncrs ADD CONSTRAINT uq_ncrs_org_id UNIQUE (organization_id, id);
ALTER TABLE inspections ADD CONSTRAINT uq_inspections_org_id UNIQUE (organization_id, id);

CREATE FUNCTION secure_tenant_table(target regclass, organization_column name DEFAULT 'organization_id')
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own_rows text := format('%I = (SELECT nullif(current_setting(''app.organization_id'', true), '''')::integer)',
                          organization_column);
  bare text;
  owned text;
BEGIN
  SELECT relname INTO bare FROM pg_class WHERE oid = target;
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY %I ON %s FOR SELECT USING (%s)', bare || '_select', target, own_rows);
  EXECUTE format('CREATE POLICY %I ON %s FOR INSERT WITH CHECK (%s)', bare || '_insert', target, own_rows);
  EXECUTE format('CREATE POLICY %I ON %s FOR UPDATE USING (%s) WITH CHECK (%s)',
                 bare || '_update', target, own_rows, own_rows);
  EXECUTE format('CREATE POLICY %I ON %s FOR DELETE USING (%s)', bare || '_delete', target, own_rows);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO mes_app, mes_worker', target);
  FOR owned IN
    SELECT d.objid::regclass::text
    FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    WHERE d.classid = 'pg_class'::regclass AND d.refobjid = target AND d.deptype IN ('a', 'i')
  LOOP
    EXECUTE format('GRANT USAGE ON SEQUENCE %s TO mes_app, mes_worker', owned);
  END LOOP;
END
$$;
COMMENT ON FUNCTION secure_tenant_table(regclass, name) IS
  'Forces row security on a table, with one policy per verb bound to app.organization_id, and grants it to the application roles';
REVOKE EXECUTE ON FUNCTION secure_tenant_table(regclass, name) FROM PUBLIC;

CREATE FUNCTION rls_gaps() RETURNS TABLE (relation text, problem text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH tenant_tables AS (
    SELECT c.oid, c.relname::text AS name, c.relrowsecurity, c.relforcerowsecurity, c.relispartition, a.attnotnull
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
      AND a.attname = CASE WHEN c.relname = 'organizations' THEN 'id' ELSE 'organization_id' END
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ), verbs (code, verb) AS (
    VALUES ('r'::"char", 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')
  )
  SELECT name, 'row security is off' FROM tenant_tables WHERE NOT relrowsecurity
  UNION ALL
  SELECT name, 'row security is not forced' FROM tenant_tables WHERE NOT relforcerowsecurity
  UNION ALL
  SELECT name, 'the organisation may be null' FROM tenant_tables WHERE NOT attnotnull
  UNION ALL
  -- nobody reaches a partition but through its parent, so that the parent's policies decide
  SELECT t.name, 'no policy for ' || v.verb
  FROM tenant_tables t CROSS JOIN verbs v
  WHERE NOT t.relispartition AND NOT EXISTS (
    SELECT FROM pg_policy p
    WHERE p.polrelid = t.oid AND p.polpermissive AND p.polcmd IN (v.code, '*'))
  UNION ALL
  SELECT t.name, 'a partition is granted to ' || g.grantee::regrole
  FROM tenant_tables t
  JOIN pg_class c ON c.oid = t.oid
  CROSS JOIN LATERAL aclexplode(c.relacl) g
  WHERE t.relispartition AND g.grantee <> c.relowner
  UNION ALL
  SELECT c.relname::text, 'the view reads as its owner'
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v'
    AND NOT coalesce(c.reloptions, '{}') @> ARRAY['security_invoker=true']
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY 1, 2
$$;
COMMENT ON FUNCTION rls_gaps() IS 'Every table, partition and view of this schema whose row security leaves a gap; no row when there is none';

CREATE TABLE feature_flags (
  flag_key text PRIMARY KEY CHECK (flag_key ~ '^[a-z][a-z0-9_]*$'),
  description text NOT NULL,
  enabled_by_default boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE feature_flags IS 'New features that can be switched on per organisation; off until someone switches them on';

CREATE TABLE organization_feature_flags (
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  flag_key text NOT NULL REFERENCES feature_flags (flag_key) ON DELETE CASCADE,
  enabled boolean NOT NULL,
  changed_by integer,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, flag_key),
  FOREIGN KEY (organization_id, changed_by) REFERENCES users (organization_id, id)
    ON DELETE SET NULL (changed_by)
);
SELECT secure_tenant_table('organization_feature_flags');
GRANT SELECT ON feature_flags TO mes_app, mes_worker;

CREATE FUNCTION feature_enabled(wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  answer boolean;
BEGIN
  SELECT coalesce(o.enabled, f.enabled_by_default) INTO answer
  FROM feature_flags f
  LEFT JOIN organization_feature_flags o
    ON o.flag_key = f.flag_key AND o.organization_id = current_organization_id()
  WHERE f.flag_key = wanted;
  IF answer IS NULL THEN
    RAISE EXCEPTION 'there is no feature flag %', wanted USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN answer;
END
$$;

CREATE FUNCTION require_feature(wanted text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT feature_enabled(wanted) THEN
    RAISE EXCEPTION 'the feature % is switched off for organisation %', wanted, current_organization_id()
      USING ERRCODE = 'feature_not_supported', HINT = format('SELECT set_feature(%L, true);', wanted);
  END IF;
END
$$;

CREATE FUNCTION set_feature(wanted text, switched_on boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM feature_enabled(wanted);
  INSERT INTO organization_feature_flags AS o (organization_id, flag_key, enabled, changed_by)
  VALUES (require_organization(), wanted, switched_on, current_user_id())
  ON CONFLICT (organization_id, flag_key)
  DO UPDATE SET enabled = excluded.enabled, changed_by = excluded.changed_by, changed_at = now();
END
$$;
