-- The administrator is left out: he is written by 001, which may be part of the same transaction.
-- @check no row of the existing tables was written by phase 5
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

-- @check the roles have their default permissions
-- @expect result = [{"role":"admin","permissions":84},{"role":"agent","permissions":18},{"role":"manager","permissions":19}]
-- @when step
SELECT role::text, count(*)::int AS permissions FROM public.role_permissions GROUP BY role ORDER BY role::text;

-- @check every default permission is in the change log
-- @expect result = [{"logged":121,"activities":121}]
-- @when step
SELECT
  (SELECT count(*)::int FROM public.change_log WHERE table_name = 'role_permissions' AND operation = 'INSERT' AND reason = 'migration 006: default role permissions') AS logged,
  (SELECT count(*)::int FROM public.user_activity_log WHERE activity = 'permission_change' AND details ->> 'reason' = 'migration 006: default role permissions') AS activities;

-- @check the administrator has every permission
-- @expect value = true
-- @when step
SELECT bool_and(public.user_has_permission((SELECT id FROM public.profiles WHERE email = 'stokes@cakeoklahoma.com'), p, r))
FROM unnest(enum_range(NULL::public.permission_type)) p CROSS JOIN unnest(enum_range(NULL::public.resource_type)) r;

-- @check every table asks for the permission in all four verbs
-- @expect rows = 28
SELECT tablename, policyname FROM pg_policies
WHERE schemaname = 'public' AND permissive = 'RESTRICTIVE' AND cmd IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
AND cardinality(roles) = 3 AND tablename IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items');

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
-- @check by default an agent sees what he saw before
-- @expect result = [{"profiles":1,"dispensaries":1,"products":1,"communications":1,"tasks":2,"orders":2,"order_items":2}]
-- @when step
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
-- @check by default a manager sees what he saw before
-- @expect result = [{"profiles":4,"dispensaries":2,"products":1,"communications":2,"tasks":3,"orders":3,"order_items":3}]
-- @when step
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
-- @check by default an admin sees what he saw before
-- @expect result = [{"profiles":4,"dispensaries":2,"products":1,"communications":2,"tasks":3,"orders":3,"order_items":3}]
-- @when step
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
-- @check by default an agent does his work
-- @expect result = [{"new_contact":1,"contact":1,"dispensary":1,"new_task":1,"task":2,"new_order":1,"draft":1,"new_line":1,"line":1,"profile":1}]
-- @when step
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
-- @check by default a manager does his work
-- @expect result = [{"new_dispensary":1,"dispensary":2,"new_product":1,"product":1,"new_task":1,"task":3,"approved":3,"profile":1}]
-- @when step
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
-- @check by default an admin does his work
-- @expect result = [{"new_profile":1,"role":1,"new_product":1,"task":3,"contact":2,"orders_with_lines":3}]
-- @when step
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
WITH new_profile AS (INSERT INTO public.profiles (email, full_name) VALUES ('check.new@cake.example', 'New') RETURNING 1),
  role AS (UPDATE public.profiles SET role = 'manager' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1' RETURNING 1),
  new_product AS (INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1) RETURNING 1),
  task AS (UPDATE public.tasks SET priority = 'low' WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  contact AS (DELETE FROM public.communications WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1),
  orders_with_lines AS (DELETE FROM public.orders WHERE id > 'ffffffff-ffff-4000-8000-000000000000' RETURNING 1)
SELECT (SELECT count(*)::int FROM new_profile) AS new_profile,
  (SELECT count(*)::int FROM role) AS role,
  (SELECT count(*)::int FROM new_product) AS new_product,
  (SELECT count(*)::int FROM task) AS task,
  (SELECT count(*)::int FROM contact) AS contact,
  (SELECT count(*)::int FROM orders_with_lines) AS orders_with_lines;

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
-- @check by default an agent takes lines out of his drafts
-- @expect rows = 1
-- @when step
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
-- @check by default an agent can't make a product
-- @expect error 42501
-- @when step
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
-- @check by default an agent can't delete his task, not even softly
-- @expect error 42501
-- @when step
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
-- @check by default an agent can't see another's activities
-- @expect rows = 0
-- @when step
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT 1 FROM public.user_activity_log WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c2';

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
-- @check by default a manager can't write down a contact
-- @expect error 42501
-- @when step
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'visit');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
-- @check by default a manager reads the change log
-- @expect rows >= 1
-- @when step
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT 1 FROM public.change_log WHERE record_id = 'ffffffff-ffff-4000-8000-0000000000e1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
-- @check by default a manager can't read the activity log of others
-- @expect rows = 0
-- @when step
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT 1 FROM public.user_activity_log WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c2';

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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'profile', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'dispensary', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'product', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'communication', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'task', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'order', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied read sees nothing
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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'profile', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'dispensary', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'product', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'communication', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'task', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'order', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check a manager who is denied read sees nothing
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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'task', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied read on one resource sees the others
-- @expect result = [{"profiles":1,"dispensaries":1,"products":1,"communications":1,"tasks":0,"orders":2,"order_items":2}]
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
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'task', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied update changes nothing
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.tasks SET title = 'Mine' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

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
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'task', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied create makes nothing
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.tasks (title, created_by) VALUES ('New', 'ffffffff-ffff-4000-8000-0000000000c1');

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
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied delete deletes nothing
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
GRANT INSERT ON public.profiles TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'profile', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'profile', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied create makes no profile
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.profiles (email, full_name) VALUES ('check.new@cake.example', 'New');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'dispensary', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'dispensary', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied create makes no dispensary
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.dispensary_profiles (name, license_number, assigned_agent_id) VALUES ('New', 'CHECK-9', auth.uid());

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'product', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'product', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{product}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied create makes no product
-- @expect error 42501
-- @as crm_agent
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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'communication', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'communication', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied create makes no contact
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', auth.uid(), 'visit');

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
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'order', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied create makes no order
-- @expect error 42501
-- @as crm_agent
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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order_item', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied create makes no order line
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);

-- @setup
GRANT INSERT ON public.profiles TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'profile', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission and the right even an agent makes a profile
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.profiles (email, full_name) VALUES ('check.new@cake.example', 'New');

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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'profile', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'dispensary', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'product', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'communication', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'task', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'order', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied update changes nothing in any table
-- @expect result = [{"dispensary_profiles":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_agent
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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'update', 'profile', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'update', 'dispensary', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'update', 'product', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'update', 'communication', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'update', 'task', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'update', 'order', false),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'update', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000b1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check a manager who is denied update changes nothing in any table
-- @expect result = [{"dispensary_profiles":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_manager
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
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'profile', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'dispensary', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'product', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'communication', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'task', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'order', false),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'update', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied update does not even change his own phone number
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.profiles SET phone = '1';

-- @setup
GRANT DELETE ON public.profiles TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.profiles (id, email, full_name) VALUES ('ffffffff-ffff-4000-8000-0000000000c3', 'check.new@cake.example', 'New');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'profile', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'profile', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission and the right a profile is deleted
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000c3';

-- @setup
GRANT DELETE ON public.profiles TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.profiles (id, email, full_name) VALUES ('ffffffff-ffff-4000-8000-0000000000c3', 'check.new@cake.example', 'New');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'profile', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'profile', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied delete deletes no profile
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000c3';

-- @setup
GRANT DELETE ON public.dispensary_profiles TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.dispensary_profiles (id, name, license_number) VALUES ('ffffffff-ffff-4000-8000-0000000000d3', 'New', 'CHECK-9');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'dispensary', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'dispensary', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission and the right a dispensary is deleted
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.dispensary_profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000d3';

-- @setup
GRANT DELETE ON public.dispensary_profiles TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.dispensary_profiles (id, name, license_number) VALUES ('ffffffff-ffff-4000-8000-0000000000d3', 'New', 'CHECK-9');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'dispensary', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'dispensary', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{dispensary}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied delete deletes no dispensary
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.dispensary_profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000d3';

-- @setup
GRANT DELETE ON public.products TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e3', 'CHECK-9', 'New', 'flower', 1);
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'product', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'product', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{product}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission and the right a product is deleted
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.products WHERE id = 'ffffffff-ffff-4000-8000-0000000000e3';

-- @setup
GRANT DELETE ON public.products TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e3', 'CHECK-9', 'New', 'flower', 1);
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'product', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'product', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{product}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied delete deletes no product
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.products WHERE id = 'ffffffff-ffff-4000-8000-0000000000e3';

-- @setup
GRANT DELETE ON public.communications TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'communication', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'communication', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission and the right a contact is deleted
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.communications WHERE id = 'ffffffff-ffff-4000-8000-0000000000f2';

-- @setup
GRANT DELETE ON public.communications TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
INSERT INTO public.communications (id, dispensary_id, agent_id, channel) VALUES
  ('ffffffff-ffff-4000-8000-0000000000f1', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'phone'),
  ('ffffffff-ffff-4000-8000-0000000000f2', 'ffffffff-ffff-4000-8000-0000000000d2', 'ffffffff-ffff-4000-8000-0000000000c2', 'phone');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'communication', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'communication', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{communication}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied delete deletes no contact
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.communications WHERE id = 'ffffffff-ffff-4000-8000-0000000000f2';

-- @setup
GRANT DELETE ON public.tasks TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'task', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission and the right a task is deleted
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.tasks WHERE id = 'ffffffff-ffff-4000-8000-000000000072';

-- @setup
GRANT DELETE ON public.tasks TO crm_agent;
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'task', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'task', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{task}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied delete deletes no task
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.tasks WHERE id = 'ffffffff-ffff-4000-8000-000000000072';

-- @setup
GRANT DELETE ON public.orders TO crm_agent;
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
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'order', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission and the right a order is deleted
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.orders WHERE id = 'ffffffff-ffff-4000-8000-000000000083';

-- @setup
GRANT DELETE ON public.orders TO crm_agent;
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
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'order', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied delete deletes no order
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.orders WHERE id = 'ffffffff-ffff-4000-8000-000000000083';

-- @setup
GRANT DELETE ON public.order_items TO crm_agent;
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
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order_item', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'order_item', true);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check with the permission and the right a order line is deleted
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.order_items WHERE id = 'ffffffff-ffff-4000-8000-000000000093';

-- @setup
GRANT DELETE ON public.order_items TO crm_agent;
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
  ('ffffffff-ffff-4000-8000-0000000000c1', 'manage', 'order_item', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'delete', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied delete deletes no order line
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.order_items WHERE id = 'ffffffff-ffff-4000-8000-000000000093';

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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'order_item', false);
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile,dispensary,product,communication,task,order,order_item}'::public.resource_type[]) s(resource)
ON CONFLICT DO NOTHING;
-- @check who is denied read on order lines sees their orders
-- @expect result = [{"profiles":1,"dispensaries":1,"products":1,"communications":1,"tasks":2,"orders":2,"order_items":0}]
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
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'read', 'task') ON CONFLICT DO NOTHING;
INSERT INTO public.user_permissions (user_id, permission, resource, granted, granted_at, expires_at)
VALUES ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'task', false, now() - interval '2 days', now());
-- @check a denial that has expired denies nothing any more
-- @expect result = [{"tasks":2}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT count(*)::int AS tasks FROM public.tasks;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
DELETE FROM public.role_permissions WHERE role = 'agent';
-- @check a role without the permission sees nothing
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT 1 FROM public.tasks;

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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'read', 'task', false);
-- @check an admin is not stopped by a denial
-- @expect rows = 3
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT 1 FROM public.tasks WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

-- @check the utility views are there and ask as their reader
-- @expect rows = 5
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND 'security_invoker=true' = ANY (reloptions)
AND relname IN ('active_profiles', 'effective_permissions', 'dispensary_activity', 'agent_workload', 'recent_changes');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.profiles SET deleted_at = now() WHERE id = 'ffffffff-ffff-4000-8000-0000000000c2';
-- @check active_profiles leaves out who is inactive or in the bin
-- @expect value = 2
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT count(*)::int FROM public.active_profiles WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource)
SELECT 'ffffffff-ffff-4000-8000-0000000000c1', t.permission, s.resource
FROM unnest('{create,read,update}'::public.permission_type[]) t(permission)
CROSS JOIN unnest('{profile}'::public.resource_type[]) s(resource);
-- @check active_profiles shows an agent himself
-- @expect value = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT count(*)::int FROM public.active_profiles;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
DELETE FROM public.role_permissions WHERE role = 'agent' AND permission = 'export' AND resource IN ('report', 'system');
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'export', 'report');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, granted_at, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'system', true, now() - interval '2 days', NULL),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', false, now() - interval '2 days', now() + interval '1 hour'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'system', true, now() - interval '2 days', now() - interval '1 second'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report', false, now() - interval '2 days', now()),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'manage', 'task', true, now() - interval '2 days', now() + interval '1 second'),
  ('ffffffff-ffff-4000-8000-0000000000a1', 'read', 'task', false, now() - interval '2 days', NULL);
-- @check effective_permissions says what user_has_permission says
-- @expect value = 0
SELECT count(*)::int FROM public.effective_permissions e
WHERE e.user_id > 'ffffffff-ffff-4000-8000-000000000000' AND e.granted <> public.user_has_permission(e.user_id, e.permission, e.resource);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
DELETE FROM public.role_permissions WHERE role = 'agent' AND permission = 'export' AND resource IN ('report', 'system');
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'export', 'report');
INSERT INTO public.user_permissions (user_id, permission, resource, granted, granted_at, expires_at) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'system', true, now() - interval '2 days', NULL),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', false, now() - interval '2 days', now() + interval '1 hour'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'system', true, now() - interval '2 days', now() - interval '1 second'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report', false, now() - interval '2 days', now()),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'manage', 'task', true, now() - interval '2 days', now() + interval '1 second'),
  ('ffffffff-ffff-4000-8000-0000000000a1', 'read', 'task', false, now() - interval '2 days', NULL);
DELETE FROM public.role_permissions WHERE role = 'agent' AND (permission, resource) IN (('restore', 'system'), ('read', 'report'));
INSERT INTO public.role_permissions (role, permission, resource) VALUES ('agent', 'read', 'report');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'profile', true);
-- @check effective_permissions tells an agent where his permissions come from
-- @expect result = [{"permission":"export","granted":false,"source":"user"},{"permission":"read","granted":true,"source":"role"},{"permission":"export","granted":true,"source":"user"},{"permission":"restore","granted":false,"source":"none"}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT permission::text, granted, source FROM public.effective_permissions WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1' AND (permission, resource) IN (('export', 'system'), ('export', 'report'), ('restore', 'system'), ('read', 'report')) ORDER BY resource::text, permission::text;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'profile', true),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'permission', false);
-- @check effective_permissions shows an agent only himself
-- @expect value = 84
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT count(*)::int FROM public.effective_permissions;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'profile', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', true);
-- @check effective_permissions shows a manager who may read permissions everybody
-- @expect value = 4
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT count(DISTINCT user_id)::int FROM public.effective_permissions WHERE user_id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'profile', true),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'read', 'permission', false);
-- @check effective_permissions shows a manager who may not, only himself
-- @expect value = 1
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT count(DISTINCT user_id)::int FROM public.effective_permissions;

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
CROSS JOIN unnest('{dispensary,communication,task,order}'::public.resource_type[]) s(resource);
UPDATE public.tasks SET dispensary_id = 'ffffffff-ffff-4000-8000-0000000000d1' WHERE id IN ('ffffffff-ffff-4000-8000-000000000071', 'ffffffff-ffff-4000-8000-000000000073');
UPDATE public.tasks SET status = 'done' WHERE id = 'ffffffff-ffff-4000-8000-000000000073';
-- @check dispensary_activity adds up orders, contacts and tasks
-- @expect result = [{"order_count":2,"delivered_amount":10,"contact":true,"open_tasks":1}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT order_count::int, delivered_amount::float8, last_contact_at = now() AS contact, open_tasks::int FROM public.dispensary_activity WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';

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
CROSS JOIN unnest('{dispensary,communication,task,order}'::public.resource_type[]) s(resource);
-- @check dispensary_activity shows an agent his own dispensaries
-- @expect value = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT count(*)::int FROM public.dispensary_activity;

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
CROSS JOIN unnest('{profile,communication,task,order}'::public.resource_type[]) s(resource);
UPDATE public.tasks SET due_date = current_date - 1 WHERE id = 'ffffffff-ffff-4000-8000-000000000072';
UPDATE public.communications SET occurred_at = now() - interval '9 days', follow_up_at = now() - interval '1 day' WHERE id = 'ffffffff-ffff-4000-8000-0000000000f2';
-- @check agent_workload counts what is open
-- @expect result = [{"open_tasks":2,"overdue_tasks":1,"due_follow_ups":1,"open_orders":1}]
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT open_tasks::int, overdue_tasks::int, due_follow_ups::int, open_orders::int FROM public.agent_workload WHERE agent_id = 'ffffffff-ffff-4000-8000-0000000000c2';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.products SET name = 'One' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
SET LOCAL request.jwt.claim.sub = '';
-- @check recent_changes names the editor
-- @expect result = [{"operation":"UPDATE","changed_by_name":"Check Agent One"}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT operation::text, changed_by_name FROM public.recent_changes WHERE record_id = 'ffffffff-ffff-4000-8000-0000000000e1' AND operation = 'UPDATE';

-- @check under 200 ms: an agent's open tasks
-- @expect median < 200 ms
-- @as crm_agent
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000a1
SELECT id, title, due_date, priority FROM public.tasks
WHERE assigned_to = auth.uid() AND status IN ('open', 'in_progress') AND deleted_at IS NULL
ORDER BY due_date LIMIT 50;

-- @check under 200 ms: an agent's newest orders
-- @expect median < 200 ms
-- @as crm_agent
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000a1
SELECT id, order_number, status, total_amount, ordered_at FROM public.orders
WHERE agent_id = auth.uid() AND deleted_at IS NULL
ORDER BY ordered_at DESC LIMIT 50;

-- @check under 200 ms: an agent's dispensaries, with nothing but the policies to choose them
-- @expect median < 200 ms
-- @as crm_agent
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000a1
SELECT id, name, city, phone FROM public.dispensary_profiles ORDER BY name LIMIT 100;

-- @check under 200 ms: one dispensary's orders with their lines
-- @expect median < 200 ms
-- @as crm_agent
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000a1
SELECT o.order_number, o.ordered_at, p.name, i.quantity, i.line_total
FROM (
  SELECT id, order_number, ordered_at FROM public.orders
  WHERE dispensary_id = (SELECT id FROM public.dispensary_profiles WHERE assigned_agent_id = auth.uid() AND deleted_at IS NULL ORDER BY name LIMIT 1)
  AND deleted_at IS NULL
  ORDER BY ordered_at DESC LIMIT 20
) o
JOIN public.order_items i ON i.order_id = o.id AND i.deleted_at IS NULL
JOIN public.products p ON p.id = i.product_id
ORDER BY o.ordered_at DESC, p.name;

-- @check under 200 ms: one dispensary's newest contacts
-- @expect median < 200 ms
-- @as crm_manager
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000b1
SELECT channel, subject, occurred_at FROM public.communications
WHERE dispensary_id = (SELECT id FROM public.dispensary_profiles WHERE deleted_at IS NULL ORDER BY name LIMIT 1) AND deleted_at IS NULL
ORDER BY occurred_at DESC LIMIT 50;

-- @check under 200 ms: the products of a category
-- @expect median < 200 ms
-- @as crm_agent
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000a1
SELECT sku, name, unit_price, stock_quantity FROM public.products
WHERE category = 'edible' AND is_available AND deleted_at IS NULL
ORDER BY name LIMIT 100;

-- @check under 200 ms: the orders of the newest 30 days by state
-- @expect median < 200 ms
-- @as crm_manager
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000b1
SELECT status, count(*), sum(total_amount) FROM public.orders
WHERE ordered_at > (SELECT max(ordered_at) - interval '30 days' FROM public.orders WHERE deleted_at IS NULL) AND deleted_at IS NULL
GROUP BY status;

-- @check under 200 ms: what one dispensary adds up to
-- @expect median < 200 ms
-- @as crm_manager
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000b1
SELECT * FROM public.dispensary_activity
WHERE id = (SELECT id FROM public.dispensary_profiles WHERE deleted_at IS NULL ORDER BY name LIMIT 1);

-- @check under 200 ms: the agents' workload
-- @expect median < 200 ms
-- @as crm_manager
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000b1
SELECT * FROM public.agent_workload ORDER BY open_tasks DESC LIMIT 20;

-- @check under 200 ms: the permissions of one person
-- @expect median < 200 ms
-- @as crm_admin
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-000000000001
SELECT permission, resource, granted, source FROM public.effective_permissions WHERE user_id = '00000000-0000-4000-8000-0000000000a1';

-- @check under 200 ms: one permission asked for
-- @expect median < 200 ms
-- @as crm_agent
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000a1
SELECT public.user_has_permission(auth.uid(), 'update', 'order');

-- @check under 200 ms: one person's newest activities
-- @expect median < 200 ms
-- @as crm_admin
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-000000000001
SELECT activity, resource, resource_id, ip_address, occurred_at FROM public.user_activity_log
WHERE user_id = '00000000-0000-4000-8000-0000000000a1' ORDER BY occurred_at DESC LIMIT 100;

-- @check under 200 ms: the newest changes to a table
-- @expect median < 200 ms
-- @as crm_admin
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-000000000001
SELECT record_id, operation, changed_fields, changed_by_name, changed_at FROM public.recent_changes
WHERE table_name = 'orders' ORDER BY changed_at DESC LIMIT 100;

-- @check under 200 ms: one order changed, with all its triggers
-- @expect median < 200 ms
-- @as crm_agent
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000a1
UPDATE public.orders SET notes = clock_timestamp()::text
WHERE id = (SELECT id FROM public.orders WHERE agent_id = auth.uid() AND status = 'draft' AND deleted_at IS NULL ORDER BY ordered_at DESC LIMIT 1);

-- @check under 200 ms: one activity logged
-- @expect median < 200 ms
-- @as crm_agent
-- @set request.jwt.claim.sub = 00000000-0000-4000-8000-0000000000a1
SELECT public.log_user_activity(auth.uid(), 'read', 'report') WHERE EXISTS (SELECT FROM public.profiles WHERE id = auth.uid());

-- @check the utility views are gone
-- @expect rows = 0
-- @when rolled-back
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND relname IN ('active_profiles', 'effective_permissions', 'dispensary_activity', 'agent_workload', 'recent_changes');

-- @check no permission is required any more
-- @expect rows = 0
-- @when rolled-back
SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' AND permissive = 'RESTRICTIVE'
AND tablename IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items') AND policyname LIKE '%\_needs\_%';

-- @check the default permissions are gone, and what the logs said of them
-- @expect value = 0
-- @when rolled-back
SELECT (SELECT count(*)::int FROM public.role_permissions
  WHERE id = encode(substr(sha256(convert_to(concat_ws(' ', 'default', role, permission, resource), 'UTF8')), 1, 16), 'hex')::uuid)
+ (SELECT count(*)::int FROM public.change_log WHERE reason = 'migration 006: default role permissions')
+ (SELECT count(*)::int FROM public.user_activity_log WHERE details ->> 'reason' = 'migration 006: default role permissions');
