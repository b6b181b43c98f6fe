-- @check every table that a role of the application may reach has row-level security on
-- @expect rows = 0
SELECT c.oid::regclass, r.rolname
FROM pg_class c CROSS JOIN pg_roles r
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
AND r.rolname IN ('crm_admin', 'crm_agent', 'crm_manager') AND has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE');

-- @check every table that a role of the application may reach has a policy for it
-- @expect rows = 0
SELECT c.oid::regclass, r.rolname
FROM pg_class c CROSS JOIN pg_roles r
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND r.rolname IN ('crm_admin', 'crm_agent', 'crm_manager') AND has_table_privilege(r.oid, c.oid, 'SELECT')
AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND r.oid = ANY (p.polroles) AND p.polpermissive);

-- @check no role of the application may truncate, refer to or put triggers on a table
-- @expect rows = 0
SELECT c.oid::regclass, r.rolname
FROM pg_class c CROSS JOIN pg_roles r
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND r.rolname IN ('crm_admin', 'crm_agent', 'crm_manager') AND has_table_privilege(r.oid, c.oid, 'TRUNCATE, REFERENCES, TRIGGER');

-- @check no role of the application passes by row-level security
-- @expect rows = 0
SELECT rolname FROM pg_roles WHERE rolname IN ('crm_admin', 'crm_agent', 'crm_manager') AND (rolsuper OR rolbypassrls OR rolcanlogin);

-- Functions of extensions are their own affair.
-- @check every function has a fixed search_path
-- @expect rows = 0
SELECT p.oid::regprocedure FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%, pg\_temp')
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e');

-- @check no function with its owner's rights is open to everybody
-- @expect rows = 0
SELECT p.oid::regprocedure FROM pg_proc p
CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
WHERE p.pronamespace = 'public'::regnamespace
AND p.prosecdef AND a.grantee = 0 AND a.privilege_type = 'EXECUTE'
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e');

-- @check every view that a role of the application may read asks as its reader
-- @expect rows = 0
SELECT c.oid::regclass FROM pg_class c CROSS JOIN pg_roles r
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
AND r.rolname IN ('crm_admin', 'crm_agent', 'crm_manager') AND has_table_privilege(r.oid, c.oid, 'SELECT')
AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false);

-- @check no index is invalid
-- @expect rows = 0
SELECT indexrelid::regclass FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT (x.indisvalid AND x.indisready);

-- @check no constraint is unproven
-- @expect rows = 0
SELECT conrelid::regclass, conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated;
