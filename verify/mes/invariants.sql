-- What holds after every version

-- @check every function pins its search path
-- @expect rows = 0
SELECT p.oid::regprocedure, p.proconfig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN ('public', 'pgmq', 'cron')
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%, pg\_temp')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e');

-- @check nobody in general executes what runs with the rights of its owner
-- @expect rows = 0
SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND p.prosecdef AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e');

-- @check no index is invalid
-- @expect rows = 0
SELECT indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid AND c.relnamespace = 'public'::regnamespace;

-- @check no constraint is left unchecked
-- @expect rows = 0
SELECT conrelid::regclass, conname FROM pg_constraint WHERE NOT convalidated AND connamespace = 'public'::regnamespace;

-- @check tables that were added have row security from the first moment
-- @expect rows = 0
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
  AND c.relname NOT IN ('plants', 'users', 'customers', 'machines', 'materials', 'projects', 'work_orders', 'work_order_operations',
    'production_logs', 'machine_status_logs', 'ncrs', 'inspections');
