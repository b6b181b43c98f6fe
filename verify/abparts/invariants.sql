-- Hold after every version of the set.

-- @check every constraint is validated
-- @expect rows = 0
SELECT conrelid::regclass AS table_name, conname FROM pg_constraint
WHERE connamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'abparts_saved')) AND NOT convalidated;

-- @check every index is valid
-- @expect rows = 0
SELECT i.indexrelid::regclass AS index_name
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'abparts_saved')) AND NOT (i.indisvalid AND i.indisready);

-- @check every table has a primary key
-- @expect rows = 0
SELECT c.oid::regclass AS table_name
FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'abparts_saved'))
  AND c.relname NOT LIKE 'surefoot%'
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p');

-- @check no function can be led astray by the search path
-- @expect rows = 0
SELECT p.oid::regprocedure AS function_name
FROM pg_proc p
WHERE p.pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'abparts_saved'))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  -- A body that was bound when the function was made looks nothing up by name.
  AND p.prosqlbody IS NULL
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS setting WHERE setting LIKE 'search_path=%');

-- @check security definer functions belong to the service role and are not open to everybody
-- @expect rows = 0
SELECT p.oid::regprocedure AS function_name, p.proowner::regrole AS owner
FROM pg_proc p
WHERE p.pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'abparts_saved')) AND p.prosecdef
  AND (p.proowner::regrole::text <> 'abparts_service' OR has_function_privilege('public', p.oid, 'EXECUTE'));

-- @check the roles of the application are ordinary
-- @expect rows = 0
SELECT rolname FROM pg_roles
WHERE rolname IN ('abparts_app', 'abparts_service')
  AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolcanlogin);

-- @check the application cannot look into what is saved for rollbacks
-- @expect rows = 0
SELECT nspname FROM pg_namespace
WHERE nspname = 'abparts_saved'
  AND (has_schema_privilege('abparts_app', oid, 'USAGE') OR has_schema_privilege('abparts_service', oid, 'USAGE'));
