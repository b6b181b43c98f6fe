-- @check no existing row breaks a new rule
-- @expect rows = 0
-- @when before
SELECT 'profiles.email' AS rule, id FROM public.profiles WHERE email !~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$'
UNION ALL SELECT 'profiles.full_name', id FROM public.profiles WHERE btrim(full_name) = ''
UNION ALL SELECT 'dispensary_profiles.name', id FROM public.dispensary_profiles WHERE btrim(name) = ''
UNION ALL SELECT 'dispensary_profiles.license_number', id FROM public.dispensary_profiles WHERE btrim(license_number) = ''
UNION ALL SELECT 'dispensary_profiles.contact_email', id FROM public.dispensary_profiles WHERE contact_email !~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$'
UNION ALL SELECT 'products', id FROM public.products
  WHERE unit_price < 0 OR stock_quantity < 0 OR NOT coalesce(thc_percentage, 0) BETWEEN 0 AND 100 OR NOT coalesce(cbd_percentage, 0) BETWEEN 0 AND 100
UNION ALL SELECT 'communications.follow_up_at', id FROM public.communications WHERE follow_up_at < occurred_at
UNION ALL SELECT 'tasks', id FROM public.tasks WHERE btrim(title) = '' OR completed_at < created_at
UNION ALL SELECT 'orders', id FROM public.orders WHERE btrim(order_number) = '' OR total_amount < 0 OR delivered_at < ordered_at
UNION ALL SELECT 'order_items', id FROM public.order_items WHERE quantity <= 0 OR unit_price < 0 OR line_total <> quantity * unit_price
LIMIT 100;

-- The administrator is left out: he is written by 001, which may be part of the same transaction.
-- @check no row of the existing tables was written by phase 2
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

-- @check 12 monthly partitions
-- @expect rows = 12
-- @when step
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname = 'public'
AND tablename LIKE 'user_activity_log_%';

-- @check the partitions are this month and the eleven after it
-- @expect every correct = true
-- @when step
SELECT m.name, to_regclass('public.' || m.name) IS NOT NULL
  AND EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'public.user_activity_log'::regclass AND inhrelid = to_regclass('public.' || m.name)) AS correct
FROM (
  SELECT 'user_activity_log_' || to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => i), 'YYYY_MM') AS name
  FROM generate_series(0, 11) i
) m;

-- @check every partition has row-level security on and nobody has rights on it
-- @expect rows = 0
SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'public.user_activity_log'::regclass
AND (NOT c.relrowsecurity OR has_table_privilege('crm_admin', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
  OR has_table_privilege('crm_manager', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
  OR has_table_privilege('crm_agent', c.oid, 'SELECT, INSERT, UPDATE, DELETE'));

-- @check every partition has the indexes of its parent
-- @expect rows = 0
SELECT i.inhrelid::regclass FROM pg_inherits i
WHERE i.inhparent = 'public.user_activity_log'::regclass
AND (SELECT count(*) FROM pg_index x JOIN pg_inherits p ON p.inhrelid = x.indexrelid WHERE x.indrelid = i.inhrelid AND x.indisvalid)
  <> (SELECT count(*) FROM pg_index x WHERE x.indrelid = i.inhparent);

-- @check the indexes are there and valid
-- @expect value = 35
SELECT count(*)::int FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
WHERE x.indisvalid AND c.relnamespace = 'public'::regnamespace AND c.relname IN (
  'idx_profiles_role_active', 'idx_dispensary_profiles_agent_name', 'idx_products_category_name',
  'idx_communications_dispensary_occurred', 'idx_communications_agent_occurred', 'idx_communications_follow_up',
  'idx_tasks_assignee_open', 'idx_tasks_dispensary', 'idx_orders_dispensary_ordered', 'idx_orders_agent_status',
  'idx_orders_ordered', 'idx_order_items_product', 'idx_profiles_deleted', 'idx_dispensary_profiles_deleted',
  'idx_products_deleted', 'idx_communications_deleted', 'idx_tasks_deleted', 'idx_orders_deleted',
  'idx_order_items_deleted', 'idx_user_permissions_expires', 'idx_user_permissions_granted_by',
  'idx_user_activity_log_user', 'idx_user_activity_log_activity', 'idx_user_activity_log_resource',
  'idx_user_activity_log_ip', 'idx_change_log_record', 'idx_change_log_changed_by', 'idx_profiles_metadata',
  'idx_dispensary_profiles_metadata', 'idx_products_metadata', 'idx_dispensary_profiles_tags', 'idx_products_tags',
  'idx_communications_tags', 'idx_user_activity_log_details', 'idx_change_log_changed_fields');

-- @check there are composite, partial and GIN indexes among them
-- @expect result = [{"partial":24,"gin":8}]
-- @when step
SELECT count(*) FILTER (WHERE x.indpred IS NOT NULL)::int AS partial, count(*) FILTER (WHERE a.amname = 'gin')::int AS gin
FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_am a ON a.oid = c.relam
WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'idx\_%';

-- @check the validation constraints are there and validated
-- @expect value = 43
SELECT count(*)::int FROM pg_constraint
WHERE convalidated AND connamespace = 'public'::regnamespace AND conparentid = 0 AND coninhcount = 0 AND conname IN (
  'profiles_email_check', 'profiles_full_name_check', 'profiles_login_count_check', 'profiles_metadata_check',
  'profiles_deleted_check', 'profiles_version_check', 'dispensary_profiles_name_check',
  'dispensary_profiles_license_number_check', 'dispensary_profiles_contact_email_check',
  'dispensary_profiles_metadata_check', 'dispensary_profiles_deleted_check', 'dispensary_profiles_version_check',
  'products_unit_price_check', 'products_stock_quantity_check', 'products_thc_percentage_check',
  'products_cbd_percentage_check', 'products_metadata_check', 'products_deleted_check', 'products_version_check',
  'communications_follow_up_at_check', 'communications_metadata_check', 'communications_deleted_check',
  'communications_version_check', 'tasks_title_check', 'tasks_completed_at_check', 'tasks_metadata_check',
  'tasks_deleted_check', 'tasks_version_check', 'orders_order_number_check', 'orders_total_amount_check',
  'orders_delivered_at_check', 'orders_metadata_check', 'orders_deleted_check', 'orders_version_check',
  'order_items_quantity_check', 'order_items_unit_price_check', 'order_items_line_total_check',
  'order_items_metadata_check', 'order_items_deleted_check', 'order_items_version_check',
  'user_permissions_expires_at_check', 'user_activity_log_details_check', 'change_log_values_check');

-- @check an e-mail address needs an at sign
-- @expect error 23514
INSERT INTO public.profiles (email, full_name) VALUES ('nobody', 'Nobody');

-- @check a name is not blank
-- @expect error 23514
INSERT INTO public.profiles (email, full_name) VALUES ('check.new@cake.example', '  ');

-- @check metadata is a JSON object
-- @expect error 23514
INSERT INTO public.profiles (email, full_name, metadata) VALUES ('check.new@cake.example', 'New', '[]');

-- @check only a deleted row has someone who deleted it
-- @expect error 23514
INSERT INTO public.profiles (email, full_name, deleted_by) VALUES ('check.new@cake.example', 'New', '00000000-0000-4000-8000-000000000001');

-- @check a version is larger than the number of edits
-- @expect error 23514
INSERT INTO public.profiles (email, full_name, edit_count, version) VALUES ('check.new@cake.example', 'New', 1, 1);

-- @check sign-ins are not negative
-- @expect error 23514
INSERT INTO public.profiles (email, full_name, login_count) VALUES ('check.new@cake.example', 'New', -1);

-- @check a dispensary's e-mail address needs an at sign
-- @expect error 23514
INSERT INTO public.dispensary_profiles (name, license_number, contact_email) VALUES ('New', 'CHECK-9', 'nobody');

-- @check a license number is not blank
-- @expect error 23514
INSERT INTO public.dispensary_profiles (name, license_number) VALUES ('New', ' ');

-- @check a price is not negative
-- @expect error 23514
INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', -0.01);

-- @check a percentage is at most 100
-- @expect error 23514
INSERT INTO public.products (sku, name, category, unit_price, thc_percentage) VALUES ('CHECK-9', 'New', 'flower', 1, 100.01);

-- @check stock is not negative
-- @expect error 23514
INSERT INTO public.products (sku, name, category, unit_price, stock_quantity) VALUES ('CHECK-9', 'New', 'flower', 1, -1);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
-- @check a follow-up is not ahead of the contact
-- @expect error 23514
INSERT INTO public.communications (dispensary_id, agent_id, channel, occurred_at, follow_up_at) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'sms', '2026-01-02', '2026-01-01');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check a task is not done before it is made
-- @expect error 23514
INSERT INTO public.tasks (title, created_by, created_at, completed_at) VALUES ('New', 'ffffffff-ffff-4000-8000-0000000000c1', '2026-01-02', '2026-01-01');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
-- @check an order is not delivered before it is placed
-- @expect error 23514
INSERT INTO public.orders (order_number, dispensary_id, ordered_at, delivered_at) VALUES ('CHECK-9', 'ffffffff-ffff-4000-8000-0000000000d1', '2026-01-02', '2026-01-01');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
-- @check an order line is for something
-- @expect error 23514
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 0, 10, 0);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
-- @check an order line is quantity times price
-- @expect error 23514
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 10);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check a permission expires after it was given
-- @expect error 23514
INSERT INTO public.user_permissions (user_id, permission, resource, expires_at) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', now());

-- @setup
SELECT public.create_activity_log_partitions((now() AT TIME ZONE 'UTC')::date, 1);
-- @check details of an activity are a JSON object
-- @expect error 23514
INSERT INTO public.user_activity_log (activity, resource, details) VALUES ('read', 'report', '1');

-- @check an update in the change log has old and new values
-- @expect error 23514
INSERT INTO public.change_log (table_name, record_id, operation, new_values) VALUES ('profiles', gen_random_uuid(), 'UPDATE', '{}');

-- @check an insert in the change log has no old values
-- @expect error 23514
INSERT INTO public.change_log (table_name, record_id, operation, old_values, new_values) VALUES ('profiles', gen_random_uuid(), 'INSERT', '{}', '{}');

-- @setup
SELECT public.create_activity_log_partitions('2232-01-01', 1);
-- @check create_activity_log_partitions makes the months that are missing
-- @expect result = [{"made":"user_activity_log_2231_11"},{"made":"user_activity_log_2231_12"},{"made":"user_activity_log_2232_02"}]
SELECT made FROM public.create_activity_log_partitions('2231-11-30', 4) made;

-- @setup
SELECT public.create_activity_log_partitions('2231-11-15', 3);
-- @check create_activity_log_partitions makes nothing twice
-- @expect rows = 0
SELECT public.create_activity_log_partitions('2231-11-01', 3);

-- @check create_activity_log_partitions makes twelve months by itself
-- @expect value = 12
SELECT count(*)::int FROM public.create_activity_log_partitions(p_from => '2231-01-01');

-- @setup
SET LOCAL TimeZone = 'Asia/Tokyo';
SET LOCAL DateStyle = 'SQL, DMY';
SELECT public.create_activity_log_partitions('2231-12-31', 2);
-- @check a month runs from its first to its last instant in UTC
-- @expect result = [{"partition":"user_activity_log_2231_12"},{"partition":"user_activity_log_2232_01"}]
INSERT INTO public.user_activity_log (activity, resource, occurred_at)
VALUES ('read', 'report', '2231-12-31 23:59:59.999999+00'), ('read', 'report', '2232-01-01 00:00:00+00')
RETURNING tableoid::regclass::text AS partition;

-- @setup
SELECT public.create_activity_log_partitions('2231-12-31', 1);
-- @check a partition that was made has row-level security on and the indexes
-- @expect result = [{"relrowsecurity":true,"indexes":true}]
SELECT c.relrowsecurity, (SELECT count(*) FROM pg_index x WHERE x.indrelid = c.oid) = (SELECT count(*) FROM pg_index x WHERE x.indrelid = 'public.user_activity_log'::regclass) AS indexes
FROM pg_class c WHERE c.oid = 'public.user_activity_log_2231_12'::regclass;

-- @check a month outside the partitions is refused
-- @expect error 23514
INSERT INTO public.user_activity_log (activity, resource, occurred_at) VALUES ('read', 'report', '1999-01-01 00:00:00+00');

-- @check create_activity_log_partitions refuses no months
-- @expect error 22023
SELECT public.create_activity_log_partitions('2231-11-01', 0);

-- @check create_activity_log_partitions refuses too many months
-- @expect error 22023
SELECT public.create_activity_log_partitions('2231-11-01', 121);

-- @check create_activity_log_partitions refuses no day
-- @expect error 22023
SELECT public.create_activity_log_partitions(NULL, 1);

-- @setup
CREATE TABLE public.user_activity_log_2231_12 ();
-- @check create_activity_log_partitions refuses a month whose table is not attached
-- @expect error 55000
SELECT public.create_activity_log_partitions('2231-11-01', 2);

-- @check create_activity_log_partitions is not for the roles of the application
-- @expect error 42501
-- @as crm_admin
SELECT public.create_activity_log_partitions();

-- @check the open tasks of each agent by due date come from an index
-- @expect plan uses index idx_tasks_assignee_open
-- @set enable_seqscan = off
-- @set enable_sort = off
-- @set enable_incremental_sort = off
SELECT assigned_to, title, due_date FROM public.tasks
WHERE status IN ('open', 'in_progress') AND deleted_at IS NULL
ORDER BY assigned_to, due_date LIMIT 20;

-- @check the newest orders of each dispensary come from an index
-- @expect plan uses index idx_orders_dispensary_ordered
-- @set enable_seqscan = off
-- @set enable_sort = off
-- @set enable_incremental_sort = off
SELECT dispensary_id, order_number, status, total_amount FROM public.orders
WHERE deleted_at IS NULL
ORDER BY dispensary_id, ordered_at DESC LIMIT 20;

-- @check the newest orders of each agent and state come from an index
-- @expect plan uses index idx_orders_agent_status
-- @set enable_seqscan = off
-- @set enable_sort = off
-- @set enable_incremental_sort = off
SELECT agent_id, status, order_number FROM public.orders
WHERE deleted_at IS NULL
ORDER BY agent_id, status, ordered_at DESC LIMIT 20;

-- @check the newest contacts of each dispensary come from an index
-- @expect plan uses index idx_communications_dispensary_occurred
-- @set enable_seqscan = off
-- @set enable_sort = off
-- @set enable_incremental_sort = off
SELECT dispensary_id, channel, subject FROM public.communications
WHERE deleted_at IS NULL
ORDER BY dispensary_id, occurred_at DESC LIMIT 20;

-- @check a record's history is found by index
-- @expect plan uses index idx_change_log_record
-- @set enable_seqscan = off
SELECT operation, changed_fields, changed_at FROM public.change_log
WHERE table_name = 'orders' AND record_id = 'ffffffff-ffff-4000-8000-000000000081' ORDER BY changed_at DESC;

-- @check tags are found by GIN index
-- @expect plan uses index idx_dispensary_profiles_tags
-- @set enable_seqscan = off
SELECT id FROM public.dispensary_profiles WHERE tags @> '{vip}';

-- @check metadata is found by GIN index
-- @expect plan uses index idx_products_metadata
-- @set enable_seqscan = off
SELECT id FROM public.products WHERE metadata @> '{"organic": true}';

-- @check changed fields are found by GIN index
-- @expect plan uses index idx_change_log_changed_fields
-- @set enable_seqscan = off
SELECT record_id FROM public.change_log WHERE changed_fields && '{unit_price}';

-- @check the bin is found by index
-- @expect plan uses index idx_tasks_deleted
-- @set enable_seqscan = off
SELECT id FROM public.tasks WHERE deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' AND deleted_at IS NOT NULL;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT p.id, 'export', 'report' FROM public.profiles p WHERE p.email LIKE 'check.%@cake.example';
INSERT INTO public.user_activity_log (user_id, activity, resource)
SELECT p.id, 'export', 'report' FROM public.profiles p WHERE p.email LIKE 'check.%@cake.example';
ANALYZE public.user_permissions, public.user_activity_log;
-- @check the planner has statistics of the new tables
-- @expect rows >= 15
-- @when step
SELECT schemaname, tablename, attname, n_distinct, correlation
FROM pg_stats
WHERE schemaname = 'public'
AND tablename IN ('user_permissions', 'user_activity_log')
ORDER BY tablename, attname;

-- @setup
SELECT public.create_activity_log_partitions((now() AT TIME ZONE 'UTC')::date, 1);
-- @check the size of the activity log can be watched
-- @expect rows >= 2
SELECT
    schemaname, tablename,
    pg_size_pretty(pg_total_relation_size(schemaname||'.'||tablename)) as size
FROM pg_tables
WHERE tablename LIKE 'user_activity_log%'
ORDER BY pg_total_relation_size(schemaname||'.'||tablename) DESC;

-- @check the partitions are gone
-- @expect rows = 0
-- @when rolled-back
SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'public.user_activity_log'::regclass;

-- @check the indexes are gone
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname IN (
  'idx_profiles_role_active', 'idx_dispensary_profiles_agent_name', 'idx_products_category_name',
  'idx_communications_dispensary_occurred', 'idx_communications_agent_occurred', 'idx_communications_follow_up',
  'idx_tasks_assignee_open', 'idx_tasks_dispensary', 'idx_orders_dispensary_ordered', 'idx_orders_agent_status',
  'idx_orders_ordered', 'idx_order_items_product', 'idx_profiles_deleted', 'idx_dispensary_profiles_deleted',
  'idx_products_deleted', 'idx_communications_deleted', 'idx_tasks_deleted', 'idx_orders_deleted',
  'idx_order_items_deleted', 'idx_user_permissions_expires', 'idx_user_permissions_granted_by',
  'idx_user_activity_log_user', 'idx_user_activity_log_activity', 'idx_user_activity_log_resource',
  'idx_user_activity_log_ip', 'idx_change_log_record', 'idx_change_log_changed_by', 'idx_profiles_metadata',
  'idx_dispensary_profiles_metadata', 'idx_products_metadata', 'idx_dispensary_profiles_tags', 'idx_products_tags',
  'idx_communications_tags', 'idx_user_activity_log_details', 'idx_change_log_changed_fields');

-- @check the validation constraints are gone
-- @expect rows = 0
-- @when rolled-back
SELECT conrelid::regclass, conname FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conname IN (
  'profiles_email_check', 'profiles_full_name_check', 'profiles_login_count_check', 'profiles_metadata_check',
  'profiles_deleted_check', 'profiles_version_check', 'dispensary_profiles_name_check',
  'dispensary_profiles_license_number_check', 'dispensary_profiles_contact_email_check',
  'dispensary_profiles_metadata_check', 'dispensary_profiles_deleted_check', 'dispensary_profiles_version_check',
  'products_unit_price_check', 'products_stock_quantity_check', 'products_thc_percentage_check',
  'products_cbd_percentage_check', 'products_metadata_check', 'products_deleted_check', 'products_version_check',
  'communications_follow_up_at_check', 'communications_metadata_check', 'communications_deleted_check',
  'communications_version_check', 'tasks_title_check', 'tasks_completed_at_check', 'tasks_metadata_check',
  'tasks_deleted_check', 'tasks_version_check', 'orders_order_number_check', 'orders_total_amount_check',
  'orders_delivered_at_check', 'orders_metadata_check', 'orders_deleted_check', 'orders_version_check',
  'order_items_quantity_check', 'order_items_unit_price_check', 'order_items_line_total_check',
  'order_items_metadata_check', 'order_items_deleted_check', 'order_items_version_check',
  'user_permissions_expires_at_check', 'user_activity_log_details_check', 'change_log_values_check');

-- @check the function for partitions is gone
-- @expect rows = 0
-- @when rolled-back
SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname = 'create_activity_log_partitions';
