-- @check the seven tables of the old schema are there
-- @expect rows = 7
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public'
AND table_name IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items');

-- @check the roles are there and none of them passes by row-level security
-- @expect rows = 3
SELECT rolname FROM pg_roles
WHERE rolname IN ('crm_admin', 'crm_agent', 'crm_manager') AND NOT rolsuper AND NOT rolbypassrls;

-- @check row-level security is on for the seven tables
-- @expect rows = 7
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
AND relname IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items');

-- @check the administrator is there
-- @expect value = 'admin'
-- @when step
SELECT role::text FROM public.profiles WHERE email = 'stokes@cakeoklahoma.com';

-- @check auth.uid() is the subject of the request
-- @expect value = 'ffffffff-ffff-4000-8000-0000000000c1'
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT auth.uid();

-- @check auth.uid() reads the claims as JSON too
-- @expect value = 'ffffffff-ffff-4000-8000-0000000000c1'
-- @as crm_agent
-- @set request.jwt.claims = {"sub": "ffffffff-ffff-4000-8000-0000000000c1", "role": "authenticated"}
SELECT auth.uid();

-- @check auth.uid() is null when nobody is signed in
-- @expect value = null
-- @as crm_agent
-- @set request.jwt.claim.sub = ''
SELECT auth.uid();

-- @check auth.uid() refuses a subject that is no uuid
-- @expect error 22P02
-- @as crm_agent
-- @set request.jwt.claim.sub = nobody
SELECT auth.uid();

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager');
-- @check current_user_role() tells the role of the one signed in
-- @expect value = 'manager'
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
SELECT public.current_user_role()::text;

-- @check current_user_role() is null when nobody is signed in
-- @expect value = null
-- @as crm_agent
SELECT public.current_user_role()::text;

-- @setup
INSERT INTO public.profiles (email, full_name, updated_at) VALUES ('check.new@cake.example', 'New', '2025-01-01');
-- @check an update moves updated_at
-- @expect value = true
UPDATE public.profiles SET phone = '1' WHERE email = 'check.new@cake.example' RETURNING updated_at = now();

-- @check every tracked table has the trigger for updated_at
-- @expect rows = 7
SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'set_updated_at' AND tgenabled = 'O';

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
-- @check crm_admin sees nothing when nobody is signed in
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_admin
SELECT
  (SELECT count(*)::int FROM public.profiles) AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles) AS dispensaries,
  (SELECT count(*)::int FROM public.products) AS products,
  (SELECT count(*)::int FROM public.communications) AS communications,
  (SELECT count(*)::int FROM public.tasks) AS tasks,
  (SELECT count(*)::int FROM public.orders) AS orders,
  (SELECT count(*)::int FROM public.order_items) AS order_items;

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
-- @check crm_manager sees nothing when nobody is signed in
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_manager
SELECT
  (SELECT count(*)::int FROM public.profiles) AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles) AS dispensaries,
  (SELECT count(*)::int FROM public.products) AS products,
  (SELECT count(*)::int FROM public.communications) AS communications,
  (SELECT count(*)::int FROM public.tasks) AS tasks,
  (SELECT count(*)::int FROM public.orders) AS orders,
  (SELECT count(*)::int FROM public.order_items) AS order_items;

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
-- @check crm_agent sees nothing when nobody is signed in
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_agent
SELECT
  (SELECT count(*)::int FROM public.profiles) AS profiles,
  (SELECT count(*)::int FROM public.dispensary_profiles) AS dispensaries,
  (SELECT count(*)::int FROM public.products) AS products,
  (SELECT count(*)::int FROM public.communications) AS communications,
  (SELECT count(*)::int FROM public.tasks) AS tasks,
  (SELECT count(*)::int FROM public.orders) AS orders,
  (SELECT count(*)::int FROM public.order_items) AS order_items;

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
-- @check an agent sees his own work, and nothing of another agent's
-- @expect result = [{"profiles":1,"dispensaries":1,"products":1,"communications":1,"tasks":2,"orders":2,"order_items":2}]
-- @until 004
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
-- @check a manager sees everything
-- @expect result = [{"profiles":4,"dispensaries":2,"products":1,"communications":2,"tasks":3,"orders":3,"order_items":3}]
-- @until 004
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
-- @check an admin sees everything
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
-- @check an admin who acts as crm_agent sees nothing of it
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_agent
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
-- @check an agent who acts as crm_admin sees nothing
-- @expect result = [{"profiles":0,"dispensaries":0,"products":0,"communications":0,"tasks":0,"orders":0,"order_items":0}]
-- @as crm_admin
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
-- @check an agent does his work
-- @expect result = [{"new_contact":1,"contact":1,"dispensary":1,"new_task":1,"task":2,"new_order":1,"draft":1,"new_line":1,"line":1,"profile":1}]
-- @until 004
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
-- @check a manager does his work
-- @expect result = [{"new_dispensary":1,"dispensary":2,"new_product":1,"product":1,"new_task":1,"task":3,"approved":3,"profile":1}]
-- @until 004
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
-- @check an admin does his work
-- @expect result = [{"new_profile":1,"role":1,"new_product":1,"task":3,"contact":2,"orders_with_lines":3}]
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
-- @check an agent can't write down a contact for another
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c2', 'visit');

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
-- @check an agent can't change another's contact
-- @expect rows = 0
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.communications SET subject = 'mine' WHERE id = 'ffffffff-ffff-4000-8000-0000000000f2';

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
-- @check an agent can't give his contact away
-- @expect error 42501
-- @until 005
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
-- @check an agent can't give his dispensary away
-- @expect error 42501
-- @until 005
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.dispensary_profiles SET assigned_agent_id = 'ffffffff-ffff-4000-8000-0000000000c2';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
-- @check an agent can't make a task in another's name
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.tasks (title, created_by) VALUES ('New', 'ffffffff-ffff-4000-8000-0000000000c2');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
-- @check an agent can't make an order that is approved already
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.orders (order_number, dispensary_id, agent_id, status) VALUES ('CHECK-9', 'ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'approved');

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
-- @check an agent can't approve his own order
-- @expect error 42501
-- @until 005
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
UPDATE public.orders SET status = 'approved' WHERE id = 'ffffffff-ffff-4000-8000-000000000081';

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
-- @check an agent can't add a line to a delivered order
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000082', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);

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
-- @check an agent can't add a line to another's order
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.order_items (order_id, product_id, quantity, unit_price, line_total)
VALUES ('ffffffff-ffff-4000-8000-000000000083', 'ffffffff-ffff-4000-8000-0000000000e1', 1, 10, 10);

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
-- @check an agent takes lines out of his drafts only
-- @expect rows = 1
-- @until 004
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.order_items WHERE id > 'ffffffff-ffff-4000-8000-000000000000';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check an agent can't make a product
-- @expect error 42501
-- @until 004
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-9', 'New', 'flower', 1);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
-- @check an agent can't promote himself
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
-- @check an agent can't delete a task
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
DELETE FROM public.tasks WHERE id = 'ffffffff-ffff-4000-8000-000000000071';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
-- @check a manager can't write down a contact
-- @expect error 42501
-- @until 004
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
INSERT INTO public.communications (dispensary_id, agent_id, channel) VALUES ('ffffffff-ffff-4000-8000-0000000000d1', 'ffffffff-ffff-4000-8000-0000000000c1', 'visit');

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
-- @check a manager can't delete an order
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
DELETE FROM public.orders WHERE id = 'ffffffff-ffff-4000-8000-000000000081';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
-- @check a manager can't promote anybody
-- @expect error 42501
-- @as crm_manager
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000b1
UPDATE public.profiles SET role = 'manager' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @check the tables of the old schema are gone
-- @expect rows = 0
-- @when rolled-back
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public'
AND table_name IN ('profiles', 'dispensary_profiles', 'products', 'communications', 'tasks', 'orders', 'order_items');

-- @check the schema auth is gone
-- @expect rows = 0
-- @when rolled-back
SELECT nspname FROM pg_namespace WHERE nspname = 'auth';

-- @check the types and functions of the old schema are gone
-- @expect value = 0
-- @when rolled-back
SELECT count(*)::int FROM (
  SELECT oid FROM pg_type
  WHERE typnamespace = 'public'::regnamespace
  AND typname IN ('user_role', 'communication_channel', 'task_status', 'task_priority', 'order_status')
  UNION ALL
  SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname IN ('current_user_role', 'set_updated_at')
) left_over;

-- @check nothing in this database is granted to the roles any more
-- @expect rows = 0
-- @when rolled-back
SELECT r.rolname, d.classid::regclass, d.objid
FROM pg_shdepend d
JOIN pg_roles r ON d.refclassid = 'pg_authid'::regclass AND r.oid = d.refobjid
JOIN pg_database b ON b.oid = d.dbid AND b.datname = current_database()
WHERE r.rolname IN ('crm_admin', 'crm_agent', 'crm_manager');
