-- @check no table with an organization lacks forced row security
-- @expect rows = 0
SELECT c.relname
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
  AND to_regclass('public.user_roles') IS NOT NULL;

-- @check every granted verb on a table with an organization has a policy
-- @expect rows = 0
SELECT c.relname, r.rolname, v.privilege
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
CROSS JOIN (VALUES ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) AS v (privilege, cmd)
CROSS JOIN pg_catalog.pg_roles AS r
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND to_regclass('public.user_roles') IS NOT NULL
  AND r.rolname IN ('clierp_app', 'clierp_worker', 'clierp_cli')
  AND CASE v.privilege WHEN 'DELETE' THEN has_table_privilege(r.oid, c.oid, v.privilege)
                       ELSE has_any_column_privilege(r.oid, c.oid, v.privilege) END
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy AS p
                  WHERE p.polrelid = c.oid AND p.polcmd IN (v.cmd::"char", '*') AND r.oid = ANY (p.polroles));

-- @check no policy is open to everybody
-- @expect rows = 0
SELECT tablename, policyname FROM pg_catalog.pg_policies WHERE schemaname = 'public' AND 'public' = ANY (roles);

-- @check no view shows more than its reader may see
-- @expect rows = 0
SELECT c.oid::regclass FROM pg_catalog.pg_class AS c
WHERE c.relnamespace::regnamespace::text IN ('public', 'clierp_legacy') AND c.relkind IN ('v', 'm')
  AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)
  AND to_regclass('public.user_roles') IS NOT NULL;

-- @check every function has a fixed search path, in which temporary objects come last
-- @expect rows = 0
SELECT p.oid::regprocedure, p.proconfig FROM pg_catalog.pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%, pg_temp')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e');

-- @check no function but the audit's runs with its owner's rights
-- @expect rows = 0
SELECT p.oid::regprocedure FROM pg_catalog.pg_proc AS p
WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.proname <> 'write_enhanced_audit'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e');

-- @check no account may do what row security does not guard
-- @expect rows = 0
SELECT c.oid::regclass, a.grantee::regrole, a.privilege_type
FROM pg_catalog.pg_class AS c
CROSS JOIN LATERAL aclexplode(c.relacl) AS a
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
  AND a.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
  AND (a.grantee = 0 OR a.grantee::regrole::text IN ('clierp_cli', 'clierp_app', 'clierp_worker'));

-- @check the accounts are neither superusers nor above row security
-- @expect rows = 0
SELECT rolname FROM pg_catalog.pg_roles
WHERE rolname IN ('clierp_cli', 'clierp_app', 'clierp_worker') AND (rolsuper OR rolbypassrls OR rolcanlogin);

-- @check every constraint and every index is valid
-- @expect rows = 0
SELECT conname FROM pg_catalog.pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated
UNION ALL
SELECT indexrelid::regclass::text FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisvalid;

-- @check no trigger is switched off
-- @expect rows = 0
SELECT tgrelid::regclass, tgname FROM pg_catalog.pg_trigger AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgenabled = 'D';

-- @check no policy keeps a query from reading in parallel
-- @expect rows = 0
SELECT p.oid::regprocedure, p.proparallel FROM pg_catalog.pg_proc AS p
WHERE p.proparallel <> 's' AND EXISTS (
  SELECT FROM pg_catalog.pg_depend AS d
  WHERE d.classid = 'pg_catalog.pg_policy'::regclass
    AND d.refclassid = 'pg_catalog.pg_proc'::regclass AND d.refobjid = p.oid);
