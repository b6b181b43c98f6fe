-- The administrator is left out: he is written by 001, which may be part of the same transaction.
-- @check no row of the existing tables was written by phase 4
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

-- @check row-level security is on for the new tables
-- @expect rows = 4
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relname IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log');

-- @check the policies of the new tables and of permissions are there
-- @expect value = 23
SELECT count(*)::int FROM pg_policies WHERE schemaname = 'public' AND policyname IN (
  'user_permissions_read', 'user_permissions_admin', 'user_permissions_manage', 'role_permissions_read',
  'role_permissions_admin', 'user_activity_log_read', 'change_log_read', 'profiles_manage',
  'dispensary_profiles_manage', 'products_manage', 'communications_manage', 'tasks_manage', 'orders_manage',
  'order_items_manage', 'dispensary_profiles_permitted_insert', 'products_permitted_insert',
  'products_permitted_update', 'communications_permitted_insert', 'communications_permitted_update',
  'orders_permitted_insert', 'order_items_permitted_insert', 'order_items_permitted_update',
  'order_items_permitted_delete');

-- @check every policy of the old schema for managers and agents knows of the bin
-- @expect rows = 0
SELECT tablename, policyname FROM pg_policies
WHERE schemaname = 'public' AND tablename IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items') AND permissive = 'PERMISSIVE'
AND NOT 'crm_admin' = ANY (roles) AND policyname NOT LIKE '%\_manage'
AND coalesce(qual, '') || coalesce(with_check, '') NOT LIKE '%deleted_at%';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
-- @check an agent still sees his own work, and nothing of another agent's
-- @expect result = [{"profiles":1,"dispensaries":1,"products":1,"communications":1,"tasks":2,"orders":2,"order_items":2}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
-- @check a manager still sees everything
-- @expect result = [{"profiles":4,"dispensaries":2,"products":1,"communications":2,"tasks":3,"orders":3,"order_items":3}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
UPDATE public.dispensary_profiles SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
UPDATE public.products SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000e1';
UPDATE public.communications SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000f1';
UPDATE public.tasks SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
UPDATE public.orders SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000081';
UPDATE public.profiles SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c2';
-- @check an agent does not see what is in the bin, nor the lines of an order there
-- @expect result = [{"profiles":1,"dispensaries":0,"products":0,"communications":0,"tasks":1,"orders":1,"order_items":1}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
UPDATE public.dispensary_profiles SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
UPDATE public.products SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000e1';
UPDATE public.communications SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000f1';
UPDATE public.tasks SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
UPDATE public.orders SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000081';
UPDATE public.profiles SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c2';
-- @check a manager does not see what is in the bin, nor the lines of an order there
-- @expect result = [{"profiles":3,"dispensaries":1,"products":0,"communications":1,"tasks":2,"orders":2,"order_items":2}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
UPDATE public.dispensary_profiles SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
UPDATE public.products SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000e1';
UPDATE public.communications SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000f1';
UPDATE public.tasks SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
UPDATE public.orders SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000081';
UPDATE public.profiles SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c2';
-- @check an admin sees what is in the bin
-- @expect result = [{"profiles":4,"dispensaries":2,"products":1,"communications":2,"tasks":3,"orders":3,"order_items":3}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
-- @check an agent who was deactivated sees nothing
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
UPDATE public.profiles SET deleted_at = now() - interval '1 second' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
-- @check an agent who is in the bin sees nothing
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000b1';
-- @check a manager who was deactivated sees nothing
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
UPDATE public.profiles SET deleted_at = now() - interval '1 second' WHERE id = 'ffffffff-ffff-4000-8000-0000000000b1';
-- @check a manager who is in the bin sees nothing
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1';
-- @check an admin who was deactivated sees nothing
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
UPDATE public.profiles SET deleted_at = now() - interval '1 second' WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1';
-- @check an admin who is in the bin sees nothing
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check an agent with the permission deletes his own task softly
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET deleted_at = now() WHERE id = 'ffffffff-ffff-4000-8000-000000000071';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check an agent without the permission does not
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET deleted_at = now() WHERE id = 'ffffffff-ffff-4000-8000-000000000071';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check an agent with the permission does not reach another's task
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET deleted_at = now() WHERE id = 'ffffffff-ffff-4000-8000-000000000072';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
UPDATE public.tasks SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
-- @check an agent does not change what he deleted
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET title = 'Back' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'restore', 'task', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
UPDATE public.tasks SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
-- @check an agent does not take back what he deleted
-- @expect error P0002
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.restore_deleted('task', 'ffffffff-ffff-4000-8000-000000000071');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check an agent does not make a task that is in the bin
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.tasks (title, created_by, deleted_at) VALUES ('New', 'ffffffff-ffff-4000-8000-0000000000c1', now());

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
UPDATE public.tasks SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
-- @check an admin takes a task out of the bin
-- @expect rows = 1
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT public.restore_deleted('task', 'ffffffff-ffff-4000-8000-000000000071');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'delete', 'dispensary', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check a manager with the permission deletes a dispensary softly
-- @expect rows = 1
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT public.soft_delete('dispensary', 'ffffffff-ffff-4000-8000-0000000000d1');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource);
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
-- @check an agent who was deactivated changes nothing
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET title = 'Mine';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,communication,task,order,order_item}'::public.resource_type[]) s(resource);
-- @check an agent does his work as before
-- @expect result = [{"new_contact":1,"contact":1,"dispensary":1,"new_task":1,"task":2,"new_order":1,"draft":1,"new_line":1,"line":1,"profile":1}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
WITH new_contact AS (INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'visit') RETURNING 1),
  contact AS (UPDATE public.communications SET subject = 'called' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  dispensary AS (UPDATE public.dispensary_profiles SET phone = '1' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  new_task AS (INSERT INTO public.tasks (title, created_by) VALUES ('New', 'ffffffff-ffff-4000-8000-0000000000c1') RETURNING 1),
  task AS (UPDATE public.tasks SET status = 'done' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  new_order AS (INSERT INTO public.orders (order_number, dispensary_id, agent_id) VALUES ('CHECK-9', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1') RETURNING 1),
  draft AS (UPDATE public.orders SET status = 'submitted' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  new_line AS (INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
    VALUES ('ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10) RETURNING 1),
  line AS (UPDATE public.order_items SET quantity = 3, line_total = 30 WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  profile AS (UPDATE public.profiles SET phone = '1' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1)
SELECT (SELECT count(*)::int FROM new_contact) AS new_contact,
  (SELECT count(*)::int FROM contact) AS contact,
  (SELECT count(*)::int FROM dispensary) AS dispensary,
  (SELECT count(*)::int FROM new_task) AS new_task,
  (SELECT count(*)::int FROM task) AS task,
  (SELECT count(*)::int FROM new_order) AS new_order,
  (SELECT count(*)::int FROM draft) AS draft,
  (SELECT count(*)::int FROM new_line) AS new_line,
  (SELECT count(*)::int FROM line) AS line,
  (SELECT count(*)::int FROM profile) AS profile;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,task,order}'::public.resource_type[]) s(resource);
-- @check a manager does his work as before
-- @expect result = [{"new_dispensary":1,"dispensary":2,"new_product":1,"product":1,"new_task":1,"task":3,"approved":3,"profile":1}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
WITH new_dispensary AS (INSERT INTO public.dispensary_profiles (name, license_number) VALUES ('New', 'CHECK-9') RETURNING 1),
  dispensary AS (UPDATE public.dispensary_profiles SET phone = '1' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  new_product AS (INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1) RETURNING 1),
  product AS (UPDATE public.products SET unit_price = 11 WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  new_task AS (INSERT INTO public.tasks (title, assigned_to, created_by) VALUES ('New', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1') RETURNING 1),
  task AS (UPDATE public.tasks SET priority = 'high' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  approved AS (UPDATE public.orders SET status = 'approved' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  profile AS (UPDATE public.profiles SET phone = '1' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1)
SELECT (SELECT count(*)::int FROM new_dispensary) AS new_dispensary,
  (SELECT count(*)::int FROM dispensary) AS dispensary,
  (SELECT count(*)::int FROM new_product) AS new_product,
  (SELECT count(*)::int FROM product) AS product,
  (SELECT count(*)::int FROM new_task) AS new_task,
  (SELECT count(*)::int FROM task) AS task,
  (SELECT count(*)::int FROM approved) AS approved,
  (SELECT count(*)::int FROM profile) AS profile;

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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'order_item', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check an agent takes lines out of his drafts as before
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'product', false);
-- @check without a permission an agent still can't make a product
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'create', 'communication', false);
-- @check without a permission a manager still can't write down a contact
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'visit');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary,product}'::public.resource_type[]) s(resource);
-- @check with the permissions an agent makes and changes products, and makes a dispensary of his own
-- @expect result = [{"new_product":1,"product":1,"own_dispensary":1}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
WITH new_product AS (INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1) RETURNING 1),
  product AS (UPDATE public.products SET unit_price = 11 WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  own_dispensary AS (INSERT INTO public.dispensary_profiles (name, license_number, assigned_agent_id) VALUES ('New', 'CHECK-9', 'ffffffff-ffff-4000-8000-0000000000c1') RETURNING 1)
SELECT (SELECT count(*)::int FROM new_product) AS new_product,
  (SELECT count(*)::int FROM product) AS product,
  (SELECT count(*)::int FROM own_dispensary) AS own_dispensary;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication,order,order_item}'::public.resource_type[]) s(resource);
-- @check with the permissions a manager writes down contacts, and makes orders and their lines
-- @expect result = [{"new_contact":1,"contact":2,"new_order":1,"new_line":1,"line_of_draft":2}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
WITH new_contact AS (INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'visit') RETURNING 1),
  contact AS (UPDATE public.communications SET subject = 'seen' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  new_order AS (INSERT INTO public.orders (order_number, dispensary_id) VALUES ('CHECK-9', 'ffffffff-ffff-4000-8000-0000000000d1') RETURNING 1),
  new_line AS (INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
    VALUES ('ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10) RETURNING 1),
  line_of_draft AS (UPDATE public.order_items SET quantity = 3, line_total = 30 WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1)
SELECT (SELECT count(*)::int FROM new_contact) AS new_contact,
  (SELECT count(*)::int FROM contact) AS contact,
  (SELECT count(*)::int FROM new_order) AS new_order,
  (SELECT count(*)::int FROM new_line) AS new_line,
  (SELECT count(*)::int FROM line_of_draft) AS line_of_draft;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource);
-- @check even with the permission an agent makes no dispensary for another
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.dispensary_profiles (name, license_number, assigned_agent_id) VALUES ('New', 'CHECK-9', 'ffffffff-ffff-4000-8000-0000000000c2');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource);
-- @check even with the permission a manager adds no line to a delivered order
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'delete', 'order_item', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission a manager takes lines out of drafts
-- @expect rows = 2
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
DELETE FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
UPDATE public.dispensary_profiles SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
UPDATE public.products SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000e1';
UPDATE public.communications SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000f1';
UPDATE public.tasks SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
UPDATE public.orders SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c1' WHERE id = 'ffffffff-ffff-4000-8000-000000000081';
UPDATE public.profiles SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c2';
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'dispensary', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'product', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'communication', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'task', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order_item', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'profile', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with manage an agent reaches every row, those in the bin included
-- @expect result = [{"profiles":4,"dispensaries":2,"products":1,"communications":2,"tasks":3,"orders":3,"order_items":3}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'dispensary', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'product', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'communication', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'task', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order_item', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'profile', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with manage an agent changes another's task
-- @expect rows = 3
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET priority = 'low' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
UPDATE public.tasks SET deleted_at = now() - interval '1 second', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c2' WHERE id = 'ffffffff-ffff-4000-8000-000000000072';
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'dispensary', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'product', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'communication', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'task', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order_item', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'profile', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'restore', 'task', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with manage and restore an agent takes a row out of the bin
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.restore_deleted('task', 'ffffffff-ffff-4000-8000-000000000072');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'dispensary', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'product', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'communication', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'task', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order_item', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'profile', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with manage an agent still can't promote himself
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.profiles SET role = 'admin' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource);
INSERT INTO public.user_permissions (user_id, permission, resource, granted_at, expires_at)
VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'task', now() - interval '2 days', now());
-- @check a manage that has expired reaches nothing more
-- @expect result = [{"tasks":2}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT count(*)::int AS tasks FROM public.tasks;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'permission', false);
-- @check an agent sees his own permissions only
-- @expect value = 2
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT count(*)::int FROM public.user_permissions WHERE user_id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'permission', true);
-- @check with read on permission he sees those of others
-- @expect value = 3
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT count(*)::int FROM public.user_permissions WHERE user_id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report', false);
-- @check an admin sees all permissions
-- @expect value = 2
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT count(*)::int FROM public.user_permissions WHERE user_id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check an admin gives a permission and is named on it
-- @expect value = 'ffffffff-ffff-4000-8000-0000000000a1'
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task') RETURNING granted_by;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check an admin gives a permission that expires
-- @expect rows = 1
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.user_permissions (user_id, permission, resource, expires_at) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', now() + interval '1 day');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report', false);
-- @check an admin changes and takes back permissions
-- @expect rows = 2
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
DELETE FROM public.user_permissions WHERE user_id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'permission', true);
-- @check an agent gives nobody a permission
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', false);
-- @check a manager gives nobody a permission
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true);
-- @check a manager with manage on permission gives what he has
-- @expect rows = 1
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true);
-- @check he does not give what he has not
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'restore', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', true);
-- @check he takes a permission away from an agent
-- @expect rows = 1
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
DELETE FROM public.user_permissions WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL);
-- @check he does not give without end what he has for a day
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'permission');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL);
-- @check he does not give for two days what he has for one
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.user_permissions (user_id, permission, resource, expires_at) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'permission', now() + interval '2 days');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL);
-- @check he gives for as long as he has it
-- @expect rows = 1
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.user_permissions (user_id, permission, resource, expires_at) VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'permission', now() + interval '1 day');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'permission', true, now() + interval '1 hour');
-- @check he does not make longer what was given for an hour than he has it
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
UPDATE public.user_permissions SET expires_at = NULL WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'restore', 'system', false, NULL);
-- @check he does not take a denial from another that he could not make good
-- @expect rows = 0
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
DELETE FROM public.user_permissions WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1' RETURNING id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'restore', 'system', false, NULL);
-- @check he does not move such a denial elsewhere
-- @expect rows = 0
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
UPDATE public.user_permissions SET resource = 'report', permission = 'export' WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1' RETURNING id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'restore', 'system', false, NULL);
-- @check he does not let such a denial end
-- @expect rows = 0
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
UPDATE public.user_permissions SET expires_at = now() + interval '1 second' WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1' RETURNING id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', false, NULL);
-- @check he takes a denial of what he has from another
-- @expect rows = 1
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
DELETE FROM public.user_permissions WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1' RETURNING id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL);
-- @check not even an admin gives in the name of another, or at another time
-- @expect result = [{"granted_by":"ffffffff-ffff-4000-8000-0000000000a1","just_now":true}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.user_permissions (user_id, permission, resource, granted_by, granted_at)
VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', 'ffffffff-ffff-4000-8000-0000000000b1', '2000-01-01') RETURNING granted_by, granted_at = now() AS just_now;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true, now() + interval '1 day'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true, NULL),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false, NULL);
UPDATE public.user_permissions SET granted_at = now() - interval '1 hour', granted_by = 'ffffffff-ffff-4000-8000-0000000000a1' WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000b1';
-- @check nor writes another's name or time on what was given
-- @expect result = [{"granted_by":"ffffffff-ffff-4000-8000-0000000000a1","hour_ago":true,"reason":"Check"}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.user_permissions SET granted_by = NULL, granted_at = '2000-01-01', reason = 'Check'
WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000b1' AND resource = 'report' RETURNING granted_by, granted_at = now() - interval '1 hour' AS hour_ago, reason;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true);
-- @check he gives himself nothing
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000b1', 'delete', 'task');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true);
-- @check he does not take away what was denied to him
-- @expect rows = 0
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
DELETE FROM public.user_permissions WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000b1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'restore', 'system', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true);
-- @check he does not change what was denied to him
-- @expect rows = 0
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
UPDATE public.user_permissions SET granted = true WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000b1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system') ON CONFLICT DO NOTHING;
-- @check crm_agent reads what roles may do
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT 1 FROM public.role_permissions WHERE role = 'agent' AND permission = 'restore' AND resource = 'system';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager');
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system') ON CONFLICT DO NOTHING;
-- @check crm_manager reads what roles may do
-- @expect rows = 1
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT 1 FROM public.role_permissions WHERE role = 'agent' AND permission = 'restore' AND resource = 'system';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin');
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system') ON CONFLICT DO NOTHING;
-- @check crm_admin reads what roles may do
-- @expect rows = 1
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT 1 FROM public.role_permissions WHERE role = 'agent' AND permission = 'restore' AND resource = 'system';

-- @setup
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system') ON CONFLICT DO NOTHING;
-- @check nobody signed in does not read what roles may do
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-000000000404
SELECT 1 FROM public.role_permissions;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'permission', true);
-- @check crm_agent does not change what roles may do
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'manage', 'permission', true);
-- @check crm_manager does not change what roles may do
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.person@cake.example', 'Check Person', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SET LOCAL request.jwt.claim.sub = '';
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
-- @check an agent who was deactivated reads no log and no permission
-- @expect result = [{"activities":0,"changes":0,"permissions":0}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT (SELECT count(*)::int FROM public.user_activity_log) AS activities, (SELECT count(*)::int FROM public.change_log) AS changes, (SELECT count(*)::int FROM public.user_permissions) AS permissions;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.person@cake.example', 'Check Person', 'manager');
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'export', 'report');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000b1';
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000b1', 'login', 'system');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SET LOCAL request.jwt.claim.sub = '';
UPDATE public.profiles SET deleted_at = now() WHERE id = 'ffffffff-ffff-4000-8000-0000000000b1';
-- @check a manager who is in the bin reads no log and no permission
-- @expect result = [{"activities":0,"changes":0,"permissions":0}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT (SELECT count(*)::int FROM public.user_activity_log) AS activities, (SELECT count(*)::int FROM public.change_log) AS changes, (SELECT count(*)::int FROM public.user_permissions) AS permissions;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin');
DELETE FROM public.role_permissions WHERE role = 'agent' AND permission = 'restore' AND resource = 'system';
-- @check not even an admin says since when a role has a permission
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.role_permissions (role, permission, resource, created_at) VALUES ('agent', 'restore', 'system', '2020-01-01');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin');
DELETE FROM public.role_permissions WHERE role = 'agent' AND permission = 'restore' AND resource = 'system';
-- @check an admin gives a role a permission
-- @expect rows = 1
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system') RETURNING id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin');
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system') ON CONFLICT DO NOTHING;
-- @check an admin changes what roles may do
-- @expect rows = 1
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
DELETE FROM public.role_permissions WHERE role = 'agent' AND permission = 'restore' AND resource = 'system';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.products SET name = 'One' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c2';
UPDATE public.products SET name = 'Two' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = '';
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'activity_log', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'change_log', false);
-- @check an agent sees his own entries of the logs
-- @expect result = [{"activities":1,"changes":1}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT (SELECT count(*)::int FROM public.user_activity_log WHERE activity = 'login' AND user_id IN ('ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000c2')) AS activities, (SELECT count(*)::int FROM public.change_log WHERE record_id = 'ffffffff-ffff-4000-8000-0000000000e1') AS changes;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.products SET name = 'One' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c2';
UPDATE public.products SET name = 'Two' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = '';
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'activity_log', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'change_log', true);
-- @check with the permission he sees all entries
-- @expect result = [{"activities":2,"changes":3}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT (SELECT count(*)::int FROM public.user_activity_log WHERE activity = 'login' AND user_id IN ('ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000c2')) AS activities, (SELECT count(*)::int FROM public.change_log WHERE record_id = 'ffffffff-ffff-4000-8000-0000000000e1') AS changes;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.products SET name = 'One' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c2';
UPDATE public.products SET name = 'Two' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = '';
-- @check an admin sees all entries of the logs
-- @expect result = [{"activities":2,"changes":3}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT (SELECT count(*)::int FROM public.user_activity_log WHERE activity = 'login' AND user_id IN ('ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000c2')) AS activities, (SELECT count(*)::int FROM public.change_log WHERE record_id = 'ffffffff-ffff-4000-8000-0000000000e1') AS changes;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.products SET name = 'One' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c2';
UPDATE public.products SET name = 'Two' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = '';
-- @check not even an admin changes the user_activity_log
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.user_activity_log SET details = '{}';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.products SET name = 'One' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c2';
UPDATE public.products SET name = 'Two' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = '';
-- @check not even an admin deletes from the user_activity_log
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
DELETE FROM public.user_activity_log;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.products SET name = 'One' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c2';
UPDATE public.products SET name = 'Two' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = '';
-- @check not even an admin changes the change_log
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.change_log SET reason = NULL;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.products SET name = 'One' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c2';
UPDATE public.products SET name = 'Two' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = '';
-- @check not even an admin deletes from the change_log
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
DELETE FROM public.change_log;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin');
-- @check not even an admin writes to the user_activity_log
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.user_activity_log (activity, resource) VALUES ('login', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin');
-- @check not even an admin writes to the change_log
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.change_log (table_name, record_id, operation, new_values) VALUES ('x', gen_random_uuid(), 'INSERT', '{}');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication}'::public.resource_type[]) s(resource);
-- @check an update without a condition changes an agent's own contacts only
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.communications SET subject = 'mine';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource);
-- @check an update without a condition changes an agent's own dispensaries only
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.dispensary_profiles SET notes = 'mine';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource);
-- @check an update without a condition changes an agent's own tasks only
-- @expect rows = 2
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET description = 'mine';

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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order}'::public.resource_type[]) s(resource);
-- @check an update without a condition changes an agent's own open orders only
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.orders SET notes = 'mine';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication}'::public.resource_type[]) s(resource);
-- @check an agent can't give a contact of his away
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.communications SET agent_id = 'ffffffff-ffff-4000-8000-0000000000c2';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource);
-- @check an agent can't give a dispensary of his away
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.dispensary_profiles SET assigned_agent_id = 'ffffffff-ffff-4000-8000-0000000000c2';

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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order}'::public.resource_type[]) s(resource);
-- @check an agent can't approve an order of his
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.orders SET status = 'approved' WHERE id = 'ffffffff-ffff-4000-8000-000000000081';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource);
-- @check an agent can't give his tasks away altogether
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET assigned_to = 'ffffffff-ffff-4000-8000-0000000000c2', created_by = 'ffffffff-ffff-4000-8000-0000000000c2';

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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource);
-- @check an agent can't move a line to an order that is no draft
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.order_items SET order_id = 'ffffffff-ffff-4000-8000-000000000082' WHERE id = 'ffffffff-ffff-4000-8000-000000000091';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource);
-- @check a manager can't move a line to an order that is no draft
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
UPDATE public.order_items SET order_id = 'ffffffff-ffff-4000-8000-000000000082' WHERE id = 'ffffffff-ffff-4000-8000-000000000091';

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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order_item', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with manage on order lines alone an agent reaches all of them
-- @expect result = [{"orders":2,"order_items":3}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders, (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_admin makes no profile
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.profiles (email, full_name) VALUES ('check.new@cake.example', 'New');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_admin makes no dispensary
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.dispensary_profiles (name, license_number, assigned_agent_id) VALUES ('New', 'CHECK-9', auth.uid());

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{product}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_admin makes no product
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_admin makes no contact
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', auth.uid(), 'visit');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_admin makes no task
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.tasks (title, created_by) VALUES ('New', auth.uid());

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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_admin makes no order
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.orders (order_number, dispensary_id, agent_id) VALUES ('CHECK-9', 'ffffffff-ffff-4000-8000-0000000000d1', auth.uid());

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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_admin makes no order line
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_manager makes no dispensary
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.dispensary_profiles (name, license_number, assigned_agent_id) VALUES ('New', 'CHECK-9', auth.uid());

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{product}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_manager makes no product
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_manager makes no contact
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', auth.uid(), 'visit');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_manager makes no task
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.tasks (title, created_by) VALUES ('New', auth.uid());

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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_manager makes no order
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.orders (order_number, dispensary_id, agent_id) VALUES ('CHECK-9', 'ffffffff-ffff-4000-8000-0000000000d1', auth.uid());

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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_manager makes no order line
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource);
-- @check a manager who acts as crm_agent makes no dispensary
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.dispensary_profiles (name, license_number, assigned_agent_id) VALUES ('New', 'CHECK-9', auth.uid());

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{product}'::public.resource_type[]) s(resource);
-- @check a manager who acts as crm_agent makes no product
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication}'::public.resource_type[]) s(resource);
-- @check a manager who acts as crm_agent makes no contact
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', auth.uid(), 'visit');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource);
-- @check a manager who acts as crm_agent makes no task
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.tasks (title, created_by) VALUES ('New', auth.uid());

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order}'::public.resource_type[]) s(resource);
-- @check a manager who acts as crm_agent makes no order
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.orders (order_number, dispensary_id, agent_id) VALUES ('CHECK-9', 'ffffffff-ffff-4000-8000-0000000000d1', auth.uid());

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
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
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource);
-- @check a manager who acts as crm_agent makes no order line
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_manager changes nothing
-- @expect result = [{"dispensary_profiles":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
WITH dispensary_profiles AS (UPDATE public.dispensary_profiles SET notes = 'mine' RETURNING 1),
  products AS (UPDATE public.products SET strain = 'mine' RETURNING 1),
  communications AS (UPDATE public.communications SET subject = 'mine' RETURNING 1),
  tasks AS (UPDATE public.tasks SET description = 'mine' RETURNING 1),
  orders AS (UPDATE public.orders SET notes = 'mine' RETURNING 1),
  order_items AS (UPDATE public.order_items SET metadata = '{}' RETURNING 1)
SELECT (SELECT count(*)::int FROM dispensary_profiles) AS dispensary_profiles,
  (SELECT count(*)::int FROM products) AS products,
  (SELECT count(*)::int FROM communications) AS communications,
  (SELECT count(*)::int FROM tasks) AS tasks,
  (SELECT count(*)::int FROM orders) AS orders,
  (SELECT count(*)::int FROM order_items) AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
-- @check a manager who acts as crm_agent changes nothing
-- @expect result = [{"dispensary_profiles":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
WITH dispensary_profiles AS (UPDATE public.dispensary_profiles SET notes = 'mine' RETURNING 1),
  products AS (UPDATE public.products SET strain = 'mine' RETURNING 1),
  communications AS (UPDATE public.communications SET subject = 'mine' RETURNING 1),
  tasks AS (UPDATE public.tasks SET description = 'mine' RETURNING 1),
  orders AS (UPDATE public.orders SET notes = 'mine' RETURNING 1),
  order_items AS (UPDATE public.order_items SET metadata = '{}' RETURNING 1)
SELECT (SELECT count(*)::int FROM dispensary_profiles) AS dispensary_profiles,
  (SELECT count(*)::int FROM products) AS products,
  (SELECT count(*)::int FROM communications) AS communications,
  (SELECT count(*)::int FROM tasks) AS tasks,
  (SELECT count(*)::int FROM orders) AS orders,
  (SELECT count(*)::int FROM order_items) AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource);
-- @check an agent who acts as crm_admin changes nothing
-- @expect result = [{"dispensary_profiles":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
WITH dispensary_profiles AS (UPDATE public.dispensary_profiles SET notes = 'mine' RETURNING 1),
  products AS (UPDATE public.products SET strain = 'mine' RETURNING 1),
  communications AS (UPDATE public.communications SET subject = 'mine' RETURNING 1),
  tasks AS (UPDATE public.tasks SET description = 'mine' RETURNING 1),
  orders AS (UPDATE public.orders SET notes = 'mine' RETURNING 1),
  order_items AS (UPDATE public.order_items SET metadata = '{}' RETURNING 1)
SELECT (SELECT count(*)::int FROM dispensary_profiles) AS dispensary_profiles,
  (SELECT count(*)::int FROM products) AS products,
  (SELECT count(*)::int FROM communications) AS communications,
  (SELECT count(*)::int FROM tasks) AS tasks,
  (SELECT count(*)::int FROM orders) AS orders,
  (SELECT count(*)::int FROM order_items) AS order_items;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
-- @check an agent who acts as crm_admin gives nobody a permission
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.user_permissions (user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-0000000000c2', 'delete', 'task');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report', false);
-- @check an agent who acts as crm_admin changes no permission
-- @expect rows = 0
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.user_permissions SET granted = true;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
DELETE FROM public.role_permissions WHERE role = 'agent' AND permission = 'restore' AND resource = 'system';
-- @check an agent who acts as crm_admin gives no role a permission
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'restore', 'system') ON CONFLICT DO NOTHING;
-- @check an agent who acts as crm_admin takes no permission from a role
-- @expect rows = 0
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.role_permissions;

-- @check the policies of phase 4 are gone
-- @expect rows = 0
-- @when rolled-back
SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND policyname IN (
  'user_permissions_read', 'user_permissions_admin', 'user_permissions_manage', 'role_permissions_read',
  'role_permissions_admin', 'user_activity_log_read', 'change_log_read', 'profiles_manage',
  'dispensary_profiles_manage', 'products_manage', 'communications_manage', 'tasks_manage', 'orders_manage',
  'order_items_manage', 'dispensary_profiles_permitted_insert', 'products_permitted_insert',
  'products_permitted_update', 'communications_permitted_insert', 'communications_permitted_update',
  'orders_permitted_insert', 'order_items_permitted_insert', 'order_items_permitted_update',
  'order_items_permitted_delete');

-- @check the policies of the old schema are there and know nothing of the bin
-- @expect value = 38
-- @when rolled-back
SELECT count(*)::int FROM pg_policies
WHERE schemaname = 'public' AND tablename IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items')
AND coalesce(qual, '') || coalesce(with_check, '') NOT LIKE '%deleted_at%';

-- @check row-level security is off again for the new tables
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relname IN ('user_permissions', 'role_permissions', 'user_activity_log', 'change_log');

-- @check the roles have the rights of the old schema again
-- @expect result = [{"agent_dispensary":false,"agent_product":false,"manager_contact":false,"manager_line":false,"admin_log":false}]
-- @when rolled-back
SELECT has_table_privilege('crm_agent', 'public.dispensary_profiles', 'INSERT') AS agent_dispensary,
  has_table_privilege('crm_agent', 'public.products', 'INSERT, UPDATE') AS agent_product,
  has_table_privilege('crm_manager', 'public.communications', 'INSERT, UPDATE') AS manager_contact,
  has_table_privilege('crm_manager', 'public.order_items', 'INSERT, UPDATE, DELETE') AS manager_line,
  has_table_privilege('crm_admin', 'public.change_log', 'SELECT') AS admin_log;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.orders (id, order_number, dispensary_id, agent_id, status, total_amount) VALUES
  ('ffffffff-ffff-4000-8000-000000000081', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'draft', 20),
  ('ffffffff-ffff-4000-8000-000000000082', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'delivered', 10),
  ('ffffffff-ffff-4000-8000-000000000083', 'CHECK-3', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'draft', 10);
INSERT INTO public.order_items (id, order_id, product_id, quantity, unit_price, line_total) VALUES
  ('ffffffff-ffff-4000-8000-000000000091', 'ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 2, 10, 20),
  ('ffffffff-ffff-4000-8000-000000000092', 'ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10),
  ('ffffffff-ffff-4000-8000-000000000093', 'ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);
-- @check an agent sees his own work as before the change
-- @expect result = [{"profiles":1,"dispensaries":1,"products":1,"communications":1,"tasks":2,"orders":2,"order_items":2}]
-- @when rolled-back
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT
  (SELECT count(*)::int FROM public.profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS dispensaries,
  (SELECT count(*)::int FROM public.products WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS products,
  (SELECT count(*)::int FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS communications,
  (SELECT count(*)::int FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS tasks,
  (SELECT count(*)::int FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS orders,
  (SELECT count(*)::int FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000') AS order_items;
