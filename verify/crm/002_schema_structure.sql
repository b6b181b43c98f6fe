-- Nothing here needs them: uuids come from gen_random_uuid(). So their absence is a warning.
-- @check the extensions that the strategy names are available
-- @expect rows = 2
-- @when before
-- @severity warning
SELECT * FROM pg_available_extensions
WHERE name IN ('uuid-ossp', 'pg_stat_statements');

-- @check the tables that are to be changed exist
-- @expect rows = 7
-- @when before
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public'
AND table_name IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items');

-- @check the administrator stokes@cakeoklahoma.com has access
-- @expect value = 'admin'
-- @when before
SELECT role::text FROM public.profiles WHERE email = 'stokes@cakeoklahoma.com';

-- @check no table or column of this change exists already
-- @expect value = 0
-- @when before
SELECT (SELECT count(*)::int FROM information_schema.tables
  WHERE table_schema = 'public' AND table_name IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log'))
+ (SELECT count(*)::int FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items')
  AND column_name IN ('deleted_at', 'deleted_by', 'is_active', 'metadata', 'edit_count', 'version', 'last_edited_at', 'last_edited_by'));

-- @check new_tables_count
-- @expect value = 4
SELECT COUNT(*) as new_tables_count FROM information_schema.tables
WHERE table_schema = 'public'
AND table_name IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log');

-- @check new_columns_count
-- @expect value = 6
SELECT COUNT(*) as new_columns_count FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = 'profiles'
AND column_name IN ('deleted_at', 'deleted_by', 'is_active', 'metadata', 'last_login_at', 'login_count');

-- @check every tracked table has the columns for tracking and soft delete
-- @expect every columns = 7
SELECT table_name, count(*)::int AS columns FROM information_schema.columns
WHERE table_schema = 'public' AND table_name IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items')
AND column_name IN ('deleted_at', 'deleted_by', 'metadata', 'edit_count', 'version', 'last_edited_at', 'last_edited_by')
GROUP BY table_name;

-- @check seven tables are tracked
-- @expect rows = 7
SELECT table_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'edit_count';

-- @check the enum types hold what the strategy uses
-- @expect every there = true
SELECT t.name, to_regtype('public.' || t.name) IS NOT NULL
  AND EXISTS (SELECT FROM pg_enum e WHERE e.enumtypid = to_regtype('public.' || t.name) AND e.enumlabel = t.label) AS there
FROM (VALUES ('permission_type', 'read'), ('resource_type', 'profile'), ('resource_type', 'system'), ('activity_type', 'login')) t(name, label);

-- @check all existing users are active
-- @expect value = 0
-- @when step
SELECT count(*)::int FROM public.profiles WHERE NOT is_active OR login_count <> 0 OR last_login_at IS NOT NULL;

-- @check existing rows start with edit_count 0, version 1 and empty metadata
-- @expect every wrong = 0
-- @when step
SELECT 'profiles' AS table_name, count(*)::int AS wrong FROM public.profiles
WHERE (edit_count, version, metadata) <> (0, 1, '{}') OR deleted_at IS NOT NULL OR deleted_by IS NOT NULL OR last_edited_at IS NOT NULL
UNION ALL
SELECT 'dispensary_profiles' AS table_name, count(*)::int AS wrong FROM public.dispensary_profiles
WHERE (edit_count, version, metadata) <> (0, 1, '{}') OR deleted_at IS NOT NULL OR deleted_by IS NOT NULL OR last_edited_at IS NOT NULL
UNION ALL
SELECT 'products' AS table_name, count(*)::int AS wrong FROM public.products
WHERE (edit_count, version, metadata) <> (0, 1, '{}') OR deleted_at IS NOT NULL OR deleted_by IS NOT NULL OR last_edited_at IS NOT NULL
UNION ALL
SELECT 'communications' AS table_name, count(*)::int AS wrong FROM public.communications
WHERE (edit_count, version, metadata) <> (0, 1, '{}') OR deleted_at IS NOT NULL OR deleted_by IS NOT NULL OR last_edited_at IS NOT NULL
UNION ALL
SELECT 'tasks' AS table_name, count(*)::int AS wrong FROM public.tasks
WHERE (edit_count, version, metadata) <> (0, 1, '{}') OR deleted_at IS NOT NULL OR deleted_by IS NOT NULL OR last_edited_at IS NOT NULL
UNION ALL
SELECT 'orders' AS table_name, count(*)::int AS wrong FROM public.orders
WHERE (edit_count, version, metadata) <> (0, 1, '{}') OR deleted_at IS NOT NULL OR deleted_by IS NOT NULL OR last_edited_at IS NOT NULL
UNION ALL
SELECT 'order_items' AS table_name, count(*)::int AS wrong FROM public.order_items
WHERE (edit_count, version, metadata) <> (0, 1, '{}') OR deleted_at IS NOT NULL OR deleted_by IS NOT NULL OR last_edited_at IS NOT NULL;

-- The administrator is left out: he is written by 001, which may be part of the same transaction.
-- @check no row of the existing tables was written by phase 1
-- @expect every written = 0
-- @when step
SELECT 'profiles' AS table_name, count(*)::int AS written FROM public.profiles
WHERE xmin = pg_current_xact_id()::xid AND id <> '00000000-0000-4000-8000-000000000001'
UNION ALL SELECT 'dispensary_profiles', count(*)::int FROM public.dispensary_profiles WHERE xmin = pg_current_xact_id()::xid
UNION ALL SELECT 'products', count(*)::int FROM public.products WHERE xmin = pg_current_xact_id()::xid
UNION ALL SELECT 'communications', count(*)::int FROM public.communications WHERE xmin = pg_current_xact_id()::xid
UNION ALL SELECT 'tasks', count(*)::int FROM public.tasks WHERE xmin = pg_current_xact_id()::xid
UNION ALL SELECT 'orders', count(*)::int FROM public.orders WHERE xmin = pg_current_xact_id()::xid
UNION ALL SELECT 'order_items', count(*)::int FROM public.order_items WHERE xmin = pg_current_xact_id()::xid;

-- @check a new row gets the same defaults
-- @expect result = [{"is_active":true,"login_count":0,"edit_count":0,"version":1,"metadata":{},"deleted_at":null}]
INSERT INTO public.profiles (email, full_name) VALUES ('check.new@cake.example', 'New') RETURNING is_active, login_count, edit_count, version, metadata, deleted_at;

-- @check the activity log is partitioned by its time
-- @expect value = 'RANGE (occurred_at)'
SELECT pg_get_partkeydef('public.user_activity_log'::regclass);

-- @check the activity log has no default partition
-- @expect value = 0
SELECT partdefid::int FROM pg_partitioned_table WHERE partrelid = 'public.user_activity_log'::regclass;

-- @check without a partition the activity log takes nothing
-- @expect error 23514
-- @until 002
INSERT INTO public.user_activity_log (activity, resource) VALUES ('login', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report');
-- @check a permission is given to a person once
-- @expect error 23505
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', false);

-- @check a permission needs a person
-- @expect error 23503
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report');

-- @setup
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'export', 'report') ON CONFLICT DO NOTHING;
-- @check a role has a permission once
-- @expect error 23505
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'export', 'report');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report');
DELETE FROM public.profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
-- @check a person who is purged takes his permissions along
-- @expect value = 0
SELECT count(*)::int FROM public.user_permissions WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check who gave a permission is the one signed in
-- @expect value = 'ffffffff-ffff-4000-8000-0000000000a1'
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report') RETURNING granted_by;

-- @check crm_admin has no rights yet on the new tables
-- @expect rows = 0
-- @until 004
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log')
AND has_table_privilege('crm_admin', oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER');

-- @check crm_manager has no rights yet on the new tables
-- @expect rows = 0
-- @until 004
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log')
AND has_table_privilege('crm_manager', oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER');

-- @check crm_agent has no rights yet on the new tables
-- @expect rows = 0
-- @until 004
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log')
AND has_table_privilege('crm_agent', oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER');

-- @check new tables are removed
-- @expect value = 0
-- @when rolled-back
SELECT COUNT(*) FROM information_schema.tables
WHERE table_schema = 'public'
AND table_name IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log');

-- @check added columns are removed
-- @expect value = 0
-- @when rolled-back
SELECT COUNT(*) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = 'profiles'
AND column_name IN ('deleted_at', 'deleted_by', 'is_active', 'metadata');

-- @check no other table keeps an added column
-- @expect rows = 0
-- @when rolled-back
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items')
AND column_name IN ('deleted_at', 'deleted_by', 'is_active', 'metadata', 'tags', 'last_login_at', 'login_count', 'edit_count', 'version',
  'last_edited_at', 'last_edited_by');

-- @check the types of the change are removed
-- @expect rows = 0
-- @when rolled-back
SELECT typname FROM pg_type
WHERE typnamespace = 'public'::regnamespace AND typname IN ('permission_type', 'resource_type', 'activity_type', 'change_operation');
