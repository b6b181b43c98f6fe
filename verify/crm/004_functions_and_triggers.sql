-- The administrator is left out: he is written by 001, which may be part of the same transaction.
-- @check no row of the existing tables was written by phase 3
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

-- @check Test permission function
-- @expect value = true
-- @when step
SELECT public.user_has_permission(
    (SELECT id FROM public.profiles WHERE email = 'stokes@cakeoklahoma.com'),
    'read'::permission_type,
    'profile'::resource_type
);

-- @check Test activity logging
-- @expect value <> null
-- @when step
SELECT public.log_user_activity(
    (SELECT id FROM public.profiles WHERE email = 'stokes@cakeoklahoma.com'),
    'login'::activity_type,
    'system'::resource_type,
    NULL,
    '{"test": true}'::jsonb
);

-- @check the functions are there, each with a fixed search_path
-- @expect value = 17
SELECT count(*)::int FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND 'search_path=pg_catalog, pg_temp' = ANY (proconfig) AND proname IN (
  'session_is_trusted', 'user_has_permission', 'request_ip', 'request_user_agent', 'record_activity',
  'log_user_activity', 'stamp_permission', 'audit_permission_change', 'track_edit', 'log_change', 'soft_delete',
  'restore_deleted', 'may_give_permission', 'track_insert', 'audit_role_change', 'keep_an_admin',
  'keep_sign_ins');

-- @check every tracked table counts its edits
-- @expect rows = 7
SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'crm_track_edit' AND tgenabled = 'O';

-- @check every tracked table starts its rows
-- @expect rows = 7
SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'crm_track_insert' AND tgenabled = 'O';

-- @check every tracked table and both permission tables log insert, update and delete
-- @expect rows = 27
SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname LIKE 'crm\_log\_%' AND tgenabled = 'O';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
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
-- @check a granular permission overrides the role, until it expires
-- @expect result = [{"granted":true,"denied":false,"expired_grant":false,"expired_denial":true,"still_valid":true}]
SELECT
  public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'system') AS granted,
  public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report') AS denied,
  public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'system') AS expired_grant,
  public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report') AS expired_denial,
  public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c2', 'manage', 'task') AS still_valid;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
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
-- @check an admin may do everything, whatever is written against it
-- @expect value = true
SELECT bool_and(public.user_has_permission('ffffffff-ffff-4000-8000-0000000000a1', p, r)) FROM unnest(enum_range(NULL::public.permission_type)) p CROSS JOIN unnest(enum_range(NULL::public.resource_type)) r;

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
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1';
UPDATE public.profiles SET deleted_at = now() WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
-- @check one who is unknown, nobody, inactive or in the bin may do nothing
-- @expect result = [{"unknown":false,"nobody":false,"no_permission":false,"inactive_admin":false,"deleted_agent":false}]
SELECT
  public.user_has_permission('ffffffff-ffff-4000-8000-000000000404', 'read', 'task') AS unknown,
  public.user_has_permission(NULL, 'read', 'task') AS nobody,
  public.user_has_permission('ffffffff-ffff-4000-8000-0000000000a1', NULL, 'task') AS no_permission,
  public.user_has_permission('ffffffff-ffff-4000-8000-0000000000a1', 'read', 'task') AS inactive_admin,
  public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'system') AS deleted_agent;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
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
-- @check an agent may ask for himself
-- @expect value = true
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'permission', false);
-- @check an agent may not ask what another is permitted
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
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
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'permission', true);
-- @check one who may read permissions may ask for another
-- @expect value = true
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
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
-- @check an admin may ask for another
-- @expect value = true
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
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
-- @check nobody signed in may not ask
-- @expect error 42501
-- @as crm_agent
SELECT public.user_has_permission('ffffffff-ffff-4000-8000-0000000000c2', 'export', 'report');

-- @check nobody signed in is permitted nothing
-- @expect value = false
-- @as crm_manager
SELECT public.user_has_permission(auth.uid(), 'read', 'task');

-- @setup
GRANT EXECUTE ON FUNCTION public.session_is_trusted() TO crm_admin;
-- @check only the owner and its members are trusted
-- @expect value = false
-- @as crm_admin
SELECT public.session_is_trusted();

-- @check the migrating role is trusted
-- @expect value = true
SELECT public.session_is_trusted();

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SET LOCAL request.headers = '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Check/1.0"}';
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'export', 'report', NULL, '{"rows": 3}');
-- @check log_user_activity keeps address and user agent of the request
-- @expect result = [{"own":true,"activity":"export","resource":"report","details":{"rows":3},"ip":"203.0.113.7","user_agent":"Check/1.0"}]
SELECT user_id::text = 'ffffffff-ffff-4000-8000-0000000000c1' AS own, activity::text, resource::text, details, host(ip_address) AS ip, user_agent
FROM public.user_activity_log WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'order', 'ffffffff-ffff-4000-8000-000000000081', NULL, '2001:db8::1', 'App/2');
-- @check log_user_activity takes address and user agent from its caller where the request has none
-- @expect result = [{"own":true,"activity":"read","resource":"order","details":{},"ip":"2001:db8::1","user_agent":"App/2"}]
SELECT user_id::text = 'ffffffff-ffff-4000-8000-0000000000c1' AS own, activity::text, resource::text, details, host(ip_address) AS ip, user_agent
FROM public.user_activity_log WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SET LOCAL request.headers = '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Check/1.0"}';
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'order', 'ffffffff-ffff-4000-8000-000000000081', '{}', '2001:db8::1', 'App/2');
-- @check what the request says counts before what the caller says
-- @expect result = [{"own":true,"activity":"read","resource":"order","details":{},"ip":"203.0.113.7","user_agent":"Check/1.0"}]
SELECT user_id::text = 'ffffffff-ffff-4000-8000-0000000000c1' AS own, activity::text, resource::text, details, host(ip_address) AS ip, user_agent
FROM public.user_activity_log WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SET LOCAL request.headers = '{"x-forwarded-for": "unknown", "user-agent": "Check/1.0"}';
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'order', 'ffffffff-ffff-4000-8000-000000000081', '{}', '2001:db8::1', NULL);
-- @check a made-up header does not stop the log
-- @expect result = [{"own":true,"activity":"read","resource":"order","details":{},"ip":"2001:db8::1","user_agent":"Check/1.0"}]
SELECT user_id::text = 'ffffffff-ffff-4000-8000-0000000000c1' AS own, activity::text, resource::text, details, host(ip_address) AS ip, user_agent
FROM public.user_activity_log WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SET LOCAL request.headers = 'nonsense';
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'order');
-- @check headers that are no JSON do not stop the log
-- @expect result = [{"own":true,"activity":"read","resource":"order","details":{},"ip":null,"user_agent":null}]
SELECT user_id::text = 'ffffffff-ffff-4000-8000-0000000000c1' AS own, activity::text, resource::text, details, host(ip_address) AS ip, user_agent
FROM public.user_activity_log WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SET LOCAL request.headers = '{"user-agent":"a\u0000b"}';
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'read', 'order');
-- @check a header that no text can hold does not stop the log
-- @expect result = [{"ip":null,"user_agent":null}]
SELECT host(ip_address) AS ip, user_agent FROM public.user_activity_log WHERE user_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- A type of pg_temp comes before that of pg_catalog unless pg_temp is named last, and what a domain checks would run with
-- the rights of the function's owner.
-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
CREATE DOMAIN pg_temp.jsonb AS pg_catalog.jsonb CHECK (value IS NULL);
CREATE DOMAIN pg_temp.inet AS pg_catalog.inet CHECK (value IS NULL);
CREATE DOMAIN pg_temp.uuid AS pg_catalog.uuid CHECK (value IS NULL);
CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (value IS NULL);
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
SET LOCAL request.headers = '{"user-agent":"Check/1.0","x-forwarded-for":"2001:db8::1"}';
-- @check types that a caller made do not stand in for those of a function
-- @expect value = true
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system') IS NOT NULL;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check an agent logs for himself
-- @expect value <> null
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'logout', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check log_user_activity returns the id of its entry
-- @expect value = true
WITH logged AS MATERIALIZED (SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'logout', 'system') AS id)
SELECT pg_typeof(id) = 'uuid'::regtype FROM logged;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'activity_log', false);
-- @check an agent may not log for another
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'create', 'activity_log', true);
-- @check one who may create entries of the log may log for another
-- @expect value <> null
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login_failed', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
-- @check an admin may log for another
-- @expect value <> null
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login_failed', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
-- @check nobody signed in may not log
-- @expect error 42501
-- @as crm_agent
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin');
-- @check a permission change can not be made up
-- @expect error 42501
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000a1', 'permission_change', 'permission');

-- @check log_user_activity refuses an unknown user
-- @expect error 23503
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-000000000404', 'login', 'system');

-- @check log_user_activity refuses no user
-- @expect error 22004
SELECT public.log_user_activity(NULL, 'login', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check log_user_activity refuses details that are no object
-- @expect error 22023
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system', NULL, '[1]');

-- @check record_activity is not for the roles of the application
-- @expect error 42501
-- @as crm_admin
SELECT public.record_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system', NULL, '{}', NULL, NULL);

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'logout', 'system');
-- @check a login is counted on the profile, and is no edit
-- @expect result = [{"login_count":2,"just_now":true,"edit_count":0,"version":1},{"login_count":0,"just_now":null,"edit_count":0,"version":1}]
SELECT login_count, last_login_at = now() AS just_now, edit_count, version FROM public.profiles WHERE id IN ('ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000c2') ORDER BY id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.profiles SET deleted_at = now() WHERE id = 'ffffffff-ffff-4000-8000-0000000000c2';
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c2', 'login', 'system');
-- @check a login with a profile that is inactive or in the bin is logged and not counted
-- @expect result = [{"entries":2,"login_count":0,"signed_in":0}]
SELECT (SELECT count(*)::int FROM public.user_activity_log WHERE activity = 'login' AND user_id IN ('ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000c2')) AS entries,
  sum(login_count)::int AS login_count, count(last_login_at)::int AS signed_in
FROM public.profiles WHERE id IN ('ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000c2');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');
-- @check a login leaves no entry in the change log
-- @expect rows = 0
SELECT 1 FROM public.change_log WHERE record_id = 'ffffffff-ffff-4000-8000-0000000000c1' AND operation <> 'INSERT';

-- Dropping a partition locks the whole log, so this one is not for a database at work.
-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
DO $$
BEGIN
  EXECUTE format('DROP TABLE public.%I', 'user_activity_log_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM'));
END
$$;
-- @check log_user_activity makes a missing month
-- @expect value <> null
-- @when step
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.log_user_activity('ffffffff-ffff-4000-8000-0000000000c1', 'login', 'system');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
INSERT INTO public.user_permissions (id, user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-000000000051', 'ffffffff-ffff-4000-8000-0000000000c1', 'export', 'system');
UPDATE public.user_permissions SET granted = false WHERE id = 'ffffffff-ffff-4000-8000-000000000051';
DELETE FROM public.user_permissions WHERE id = 'ffffffff-ffff-4000-8000-000000000051';
-- @check every change to a permission is in the activity log, with who made it
-- @expect result = [{"operation":"DELETE","by":true,"before":"false","after":null},{"operation":"INSERT","by":true,"before":null,"after":"true"},{"operation":"UPDATE","by":true,"before":"true","after":"false"}]
SELECT details ->> 'operation' AS operation, user_id = 'ffffffff-ffff-4000-8000-0000000000a1' AS by, details #>> '{before,granted}' AS before, details #>> '{after,granted}' AS after
FROM public.user_activity_log
WHERE activity = 'permission_change' AND resource = 'permission' AND resource_id = 'ffffffff-ffff-4000-8000-000000000051'
ORDER BY 1;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
INSERT INTO public.user_permissions (id, user_id, permission, resource) VALUES ('ffffffff-ffff-4000-8000-000000000051', 'ffffffff-ffff-4000-8000-0000000000c1', 'export', 'system');
UPDATE public.user_permissions SET granted = false WHERE id = 'ffffffff-ffff-4000-8000-000000000051';
DELETE FROM public.user_permissions WHERE id = 'ffffffff-ffff-4000-8000-000000000051';
-- @check every change to a permission is in the change log, with old and new values
-- @expect result = [{"operation":"INSERT","by":true,"old":null,"new":"true"},{"operation":"UPDATE","by":true,"old":"true","new":"false"},{"operation":"DELETE","by":true,"old":"false","new":null}]
SELECT operation::text, changed_by = 'ffffffff-ffff-4000-8000-0000000000a1' AS by, old_values ->> 'granted' AS old, new_values ->> 'granted' AS new
FROM public.change_log WHERE table_name = 'user_permissions' AND record_id = 'ffffffff-ffff-4000-8000-000000000051' ORDER BY changed_at;

-- @setup
SET LOCAL crm.change_reason = 'check';
DELETE FROM public.role_permissions WHERE role = 'agent' AND (permission, resource) IN (('export', 'system'), ('restore', 'system'));
INSERT INTO public.role_permissions (id, role, permission, resource) VALUES ('ffffffff-ffff-4000-8000-000000000052', 'agent', 'export', 'system');
UPDATE public.role_permissions SET permission = 'restore' WHERE id = 'ffffffff-ffff-4000-8000-000000000052';
DELETE FROM public.role_permissions WHERE id = 'ffffffff-ffff-4000-8000-000000000052';
-- @check every change to a role's permissions is in both logs
-- @expect result = [{"changes":3,"activities":3}]
SELECT
  (SELECT count(*)::int FROM public.change_log WHERE table_name = 'role_permissions' AND record_id = 'ffffffff-ffff-4000-8000-000000000052') AS changes,
  (SELECT count(*)::int FROM public.user_activity_log WHERE activity = 'permission_change' AND resource_id = 'ffffffff-ffff-4000-8000-000000000052'
    AND details ->> 'table' = 'role_permissions' AND details ->> 'reason' = 'check') AS activities;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.user_permissions (id, user_id, permission, resource, granted_at) VALUES ('ffffffff-ffff-4000-8000-000000000051', 'ffffffff-ffff-4000-8000-0000000000c1', 'export', 'system', now() - interval '1 day');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
UPDATE public.user_permissions SET granted = false, granted_by = 'ffffffff-ffff-4000-8000-0000000000c2' WHERE id = 'ffffffff-ffff-4000-8000-000000000051';
-- @check whoever changes a permission is stamped on it
-- @expect result = [{"by_admin":true,"restamped":true}]
SELECT granted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AS by_admin, granted_at = now() AS restamped FROM public.user_permissions WHERE id = 'ffffffff-ffff-4000-8000-000000000051';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.dispensary_profiles SET name = 'Renamed' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
UPDATE public.dispensary_profiles SET name = 'Renamed' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
UPDATE public.dispensary_profiles SET phone = '1', notes = 'called' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
-- @check edits are counted, an update that changes nothing is not
-- @expect result = [{"edit_count":2,"version":3,"by_agent":true,"just_now":true}]
SELECT edit_count, version, last_edited_by = 'ffffffff-ffff-4000-8000-0000000000c1' AS by_agent, last_edited_at = now() AS just_now FROM public.dispensary_profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.dispensary_profiles SET name = 'Renamed' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
UPDATE public.dispensary_profiles SET name = 'Renamed' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
UPDATE public.dispensary_profiles SET phone = '1', notes = 'called' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
-- @check the change log holds each edit with its old and new values
-- @expect result = [{"operation":"INSERT","fields":"","old":null,"version":1,"by_agent":null},{"operation":"UPDATE","fields":"name","old":{"name":"Check One"},"version":2,"by_agent":true},{"operation":"UPDATE","fields":"notes,phone","old":{"notes":null,"phone":null},"version":3,"by_agent":true}]
SELECT operation::text, array_to_string(changed_fields, ',') AS fields, old_values AS old, version, changed_by = 'ffffffff-ffff-4000-8000-0000000000c1' AS by_agent
FROM public.change_log WHERE table_name = 'dispensary_profiles' AND record_id = 'ffffffff-ffff-4000-8000-0000000000d1' ORDER BY changed_at;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.dispensary_profiles (id, name, license_number, assigned_agent_id) VALUES
  ('ffffffff-ffff-4000-8000-0000000000d1', 'Check One', 'CHECK-1', 'ffffffff-ffff-4000-8000-0000000000c1'),
  ('ffffffff-ffff-4000-8000-0000000000d2', 'Check Two', 'CHECK-2', 'ffffffff-ffff-4000-8000-0000000000c2');
SET LOCAL request.headers = '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Check/1.0"}';
SET LOCAL crm.change_reason = 'moved';
UPDATE public.dispensary_profiles SET city = 'Tulsa' WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1';
-- @check the change log holds address, user agent, reason and database user
-- @expect result = [{"ip":"203.0.113.7","user_agent":"Check/1.0","reason":"moved","known":true}]
SELECT host(ip_address) AS ip, user_agent, reason, database_user = session_user AS known FROM public.change_log WHERE record_id = 'ffffffff-ffff-4000-8000-0000000000d1' AND operation = 'UPDATE';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
DELETE FROM public.tasks WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
-- @check a deleted row is in the change log as a whole
-- @expect value = true
SELECT old_values ->> 'title' = 'Check one' AND old_values ->> 'assigned_to' = 'ffffffff-ffff-4000-8000-0000000000c1' AND new_values IS NULL
FROM public.change_log WHERE table_name = 'tasks' AND record_id = 'ffffffff-ffff-4000-8000-000000000071' AND operation = 'DELETE';

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
DELETE FROM public.orders WHERE id = 'ffffffff-ffff-4000-8000-000000000081';
-- @check rows that go with their parent are in the change log
-- @expect result = [{"table_name":"order_items"},{"table_name":"orders"}]
SELECT table_name FROM public.change_log WHERE record_id IN ('ffffffff-ffff-4000-8000-000000000081', 'ffffffff-ffff-4000-8000-000000000091') AND operation = 'DELETE' ORDER BY 1;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
UPDATE public.tasks SET priority = 'high' WHERE id > 'ffffffff-ffff-4000-8000-000000000000';
-- @check every row of one statement is in the change log
-- @expect value = 3
SELECT count(*)::int FROM public.change_log WHERE record_id > 'ffffffff-ffff-4000-8000-000000000000' AND table_name = 'tasks' AND operation = 'UPDATE';

-- @setup
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
INSERT INTO public.products (sku, name, category, unit_price) VALUES ('CHECK-1', 'Again', 'flower', 11)
ON CONFLICT (sku) DO UPDATE SET unit_price = excluded.unit_price;
-- @check insert on conflict is in the change log as what it did
-- @expect result = [{"operation":"INSERT"},{"operation":"UPDATE"}]
SELECT operation::text FROM public.change_log WHERE record_id = 'ffffffff-ffff-4000-8000-0000000000e1' ORDER BY changed_at;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
UPDATE public.tasks SET id = 'ffffffff-ffff-4000-8000-000000000079' WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
-- @check a change of the id itself is not lost
-- @expect value = 2
SELECT count(*)::int FROM public.change_log WHERE record_id IN ('ffffffff-ffff-4000-8000-000000000071', 'ffffffff-ffff-4000-8000-000000000079') AND operation = 'UPDATE' AND 'id' = ANY (changed_fields);

-- @setup
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
-- @check changes of one table can be watched
-- @expect rows >= 1
SELECT table_name, COUNT(*) as change_count,
       MIN(changed_at) as oldest_change, MAX(changed_at) as newest_change
FROM public.change_log
GROUP BY table_name
ORDER BY change_count DESC;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
-- @check changing nothing but the counters changes nothing
-- @expect result = [{"edit_count":0,"version":1,"last_edited_at":null,"last_edited_by":null}]
UPDATE public.tasks SET edit_count = 50, version = 100, last_edited_by = 'ffffffff-ffff-4000-8000-0000000000c2', last_edited_at = '2000-01-01', updated_at = '2000-01-01'
WHERE id = 'ffffffff-ffff-4000-8000-000000000071' RETURNING edit_count, version, last_edited_at, last_edited_by;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
-- @check the counters can not be forged
-- @expect result = [{"edit_count":1,"version":2,"last_edited_by":null}]
UPDATE public.tasks SET title = 'Forged', edit_count = 50, version = 100, last_edited_by = 'ffffffff-ffff-4000-8000-0000000000c2', last_edited_at = NULL WHERE id = 'ffffffff-ffff-4000-8000-000000000071' RETURNING edit_count, version, last_edited_by;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check the counters of a new row can not be forged
-- @expect result = [{"edit_count":0,"version":1,"last_edited_at":null,"last_edited_by":null,"deleted_by":null}]
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
INSERT INTO public.tasks (title, created_by, edit_count, version, last_edited_at, last_edited_by, deleted_by)
VALUES ('Check', 'ffffffff-ffff-4000-8000-0000000000c1', 41, 99, '2000-01-01', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000c1')
RETURNING edit_count, version, last_edited_at, last_edited_by, deleted_by;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check who made a row in the bin is named there
-- @expect result = [{"deleted_by":"ffffffff-ffff-4000-8000-0000000000a1","just_now":true}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.tasks (title, created_by, deleted_at, deleted_by)
VALUES ('Check', 'ffffffff-ffff-4000-8000-0000000000a1', '2000-01-01', 'ffffffff-ffff-4000-8000-0000000000c1') RETURNING deleted_by, deleted_at = now() AS just_now;

-- @check the owner loads rows with their history
-- @expect result = [{"edit_count":41,"version":99}]
INSERT INTO public.tasks (title, created_by, edit_count, version)
SELECT 'Check', id, 41, 99 FROM public.profiles LIMIT 1 RETURNING edit_count, version;

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
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
SELECT public.soft_delete('dispensary', 'ffffffff-ffff-4000-8000-0000000000d1');
SELECT public.soft_delete('product', 'ffffffff-ffff-4000-8000-0000000000e1');
SELECT public.soft_delete('communication', 'ffffffff-ffff-4000-8000-0000000000f1');
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');
SELECT public.soft_delete('order', 'ffffffff-ffff-4000-8000-000000000081');
SELECT public.soft_delete('order_item', 'ffffffff-ffff-4000-8000-000000000091');
SELECT public.soft_delete('profile', 'ffffffff-ffff-4000-8000-0000000000c2');
-- @check soft delete moves a row of any kind into the bin, where it keeps its references
-- @expect every deleted = true
SELECT 'dispensary' AS kind, deleted_at = now() AND deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AND (edit_count, version) = (0, 2) AS deleted
FROM public.dispensary_profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1'
UNION ALL SELECT 'product' AS kind, deleted_at = now() AND deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AND (edit_count, version) = (0, 2) AS deleted
FROM public.products WHERE id = 'ffffffff-ffff-4000-8000-0000000000e1'
UNION ALL SELECT 'communication' AS kind, deleted_at = now() AND deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AND (edit_count, version) = (0, 2) AS deleted
FROM public.communications WHERE id = 'ffffffff-ffff-4000-8000-0000000000f1'
UNION ALL SELECT 'task' AS kind, deleted_at = now() AND deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AND (edit_count, version) = (0, 2) AS deleted
FROM public.tasks WHERE id = 'ffffffff-ffff-4000-8000-000000000071'
UNION ALL SELECT 'order' AS kind, deleted_at = now() AND deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AND (edit_count, version) = (0, 2) AS deleted
FROM public.orders WHERE id = 'ffffffff-ffff-4000-8000-000000000081'
UNION ALL SELECT 'order_item' AS kind, deleted_at = now() AND deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AND (edit_count, version) = (0, 2) AS deleted
FROM public.order_items WHERE id = 'ffffffff-ffff-4000-8000-000000000091'
UNION ALL SELECT 'profile' AS kind, deleted_at = now() AND deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AND (edit_count, version) = (0, 2) AS deleted
FROM public.profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000c2';

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
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
SELECT public.soft_delete('dispensary', 'ffffffff-ffff-4000-8000-0000000000d1');
SELECT public.soft_delete('product', 'ffffffff-ffff-4000-8000-0000000000e1');
SELECT public.soft_delete('communication', 'ffffffff-ffff-4000-8000-0000000000f1');
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');
SELECT public.soft_delete('order', 'ffffffff-ffff-4000-8000-000000000081');
SELECT public.soft_delete('order_item', 'ffffffff-ffff-4000-8000-000000000091');
SELECT public.soft_delete('profile', 'ffffffff-ffff-4000-8000-0000000000c2');
SELECT public.restore_deleted('dispensary', 'ffffffff-ffff-4000-8000-0000000000d1');
SELECT public.restore_deleted('product', 'ffffffff-ffff-4000-8000-0000000000e1');
SELECT public.restore_deleted('communication', 'ffffffff-ffff-4000-8000-0000000000f1');
SELECT public.restore_deleted('task', 'ffffffff-ffff-4000-8000-000000000071');
SELECT public.restore_deleted('order', 'ffffffff-ffff-4000-8000-000000000081');
SELECT public.restore_deleted('order_item', 'ffffffff-ffff-4000-8000-000000000091');
SELECT public.restore_deleted('profile', 'ffffffff-ffff-4000-8000-0000000000c2');
-- @check a row of any kind comes back from the bin
-- @expect every live = true
SELECT 'dispensary' AS kind, deleted_at IS NULL AND deleted_by IS NULL AND (edit_count, version) = (0, 3) AS live
FROM public.dispensary_profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000d1'
UNION ALL SELECT 'product' AS kind, deleted_at IS NULL AND deleted_by IS NULL AND (edit_count, version) = (0, 3) AS live
FROM public.products WHERE id = 'ffffffff-ffff-4000-8000-0000000000e1'
UNION ALL SELECT 'communication' AS kind, deleted_at IS NULL AND deleted_by IS NULL AND (edit_count, version) = (0, 3) AS live
FROM public.communications WHERE id = 'ffffffff-ffff-4000-8000-0000000000f1'
UNION ALL SELECT 'task' AS kind, deleted_at IS NULL AND deleted_by IS NULL AND (edit_count, version) = (0, 3) AS live
FROM public.tasks WHERE id = 'ffffffff-ffff-4000-8000-000000000071'
UNION ALL SELECT 'order' AS kind, deleted_at IS NULL AND deleted_by IS NULL AND (edit_count, version) = (0, 3) AS live
FROM public.orders WHERE id = 'ffffffff-ffff-4000-8000-000000000081'
UNION ALL SELECT 'order_item' AS kind, deleted_at IS NULL AND deleted_by IS NULL AND (edit_count, version) = (0, 3) AS live
FROM public.order_items WHERE id = 'ffffffff-ffff-4000-8000-000000000091'
UNION ALL SELECT 'profile' AS kind, deleted_at IS NULL AND deleted_by IS NULL AND (edit_count, version) = (0, 3) AS live
FROM public.profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000c2';

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
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');
SELECT public.restore_deleted('task', 'ffffffff-ffff-4000-8000-000000000071');
-- @check deletion and restoration are in both logs
-- @expect result = [{"activities":"delete,restore","changes":2}]
SELECT
  (SELECT string_agg(activity::text, ',' ORDER BY activity::text) FROM public.user_activity_log WHERE resource = 'task' AND resource_id = 'ffffffff-ffff-4000-8000-000000000071' AND user_id = 'ffffffff-ffff-4000-8000-0000000000a1') AS activities,
  (SELECT count(*)::int FROM public.change_log WHERE record_id = 'ffffffff-ffff-4000-8000-000000000071' AND 'deleted_at' = ANY (changed_fields)) AS changes;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
UPDATE public.profiles SET is_active = false WHERE role = 'admin' AND id <> 'ffffffff-ffff-4000-8000-0000000000a1';
-- @check the last active admin is not made an agent
-- @expect error 55000
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.profiles SET role = 'agent' WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
UPDATE public.profiles SET is_active = false WHERE role = 'admin' AND id <> 'ffffffff-ffff-4000-8000-0000000000a1';
-- @check the last active admin is not deactivated
-- @expect error 55000
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
UPDATE public.profiles SET is_active = false WHERE role = 'admin' AND id <> 'ffffffff-ffff-4000-8000-0000000000a1';
-- @check the last active admin does not go into the bin
-- @expect error 55000
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
SELECT public.soft_delete('profile', 'ffffffff-ffff-4000-8000-0000000000a1');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
UPDATE public.profiles SET is_active = false WHERE role = 'admin' AND id <> 'ffffffff-ffff-4000-8000-0000000000a1';
-- @check the last active admin is not purged
-- @expect error 55000
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
DELETE FROM public.profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
UPDATE public.profiles SET is_active = false WHERE role = 'admin' AND id <> 'ffffffff-ffff-4000-8000-0000000000a1';
UPDATE public.profiles SET role = 'admin' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
-- @check the last admin but one may go
-- @expect rows = 1
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1' RETURNING id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
UPDATE public.profiles SET is_active = false WHERE role = 'admin' AND id <> 'ffffffff-ffff-4000-8000-0000000000a1';
-- @check the owner may take the last admin away
-- @expect rows = 1
UPDATE public.profiles SET is_active = false WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1' RETURNING id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
UPDATE public.profiles SET role = 'manager' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
UPDATE public.profiles SET role = 'manager', phone = '1' WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1';
-- @check a change of a role is in the activity log, once
-- @expect result = [{"user_id":"ffffffff-ffff-4000-8000-0000000000a1","before":"agent","after":"manager"}]
SELECT user_id, details #>> '{before,role}' AS before, details #>> '{after,role}' AS after FROM public.user_activity_log
WHERE activity = 'permission_change' AND resource = 'profile' AND resource_id = 'ffffffff-ffff-4000-8000-0000000000c1';

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000a2', 'check.admin.2@cake.example', 'Check Admin Two', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000a1');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');
-- @check who deleted a row stays named when another deletes it again
-- @expect value = ffffffff-ffff-4000-8000-0000000000a1
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a2
UPDATE public.tasks SET deleted_at = '2020-01-01' WHERE id = 'ffffffff-ffff-4000-8000-000000000071' RETURNING deleted_by;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000a2', 'check.admin.2@cake.example', 'Check Admin Two', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000a1');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');
-- @check when a row was deleted is not written anew
-- @expect value = true
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.tasks SET deleted_at = '2020-01-01' WHERE id = 'ffffffff-ffff-4000-8000-000000000071' RETURNING version = 2;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000a2', 'check.admin.2@cake.example', 'Check Admin Two', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000a1');
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
UPDATE public.tasks SET deleted_at = now() WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
UPDATE public.tasks SET deleted_at = NULL WHERE id = 'ffffffff-ffff-4000-8000-000000000071';
-- @check a plain statement that deletes or restores is in the activity log, too
-- @expect result = [{"user_id":"ffffffff-ffff-4000-8000-0000000000a1","activities":"delete,restore"}]
SELECT user_id, string_agg(activity::text, ',' ORDER BY activity) AS activities FROM public.user_activity_log
WHERE resource = 'task' AND resource_id = 'ffffffff-ffff-4000-8000-000000000071' GROUP BY user_id;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000a2', 'check.admin.2@cake.example', 'Check Admin Two', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check not even an admin writes sign-ins
-- @expect result = [{"last_login_at":null,"login_count":0}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.profiles SET last_login_at = '2020-01-01', login_count = 9 WHERE id = 'ffffffff-ffff-4000-8000-0000000000c1'
RETURNING last_login_at, login_count;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000a2', 'check.admin.2@cake.example', 'Check Admin Two', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent');
-- @check a new profile has not signed in
-- @expect result = [{"last_login_at":null,"login_count":0}]
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
INSERT INTO public.profiles (email, full_name, last_login_at, login_count) VALUES ('check.new@cake.example', 'Check New', '2020-01-01', 9)
RETURNING last_login_at, login_count;

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
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');
-- @check who deleted a row is not made nobody
-- @expect value = ffffffff-ffff-4000-8000-0000000000a1
-- @as crm_admin
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.tasks SET deleted_by = NULL WHERE id = 'ffffffff-ffff-4000-8000-000000000071' RETURNING deleted_by;

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
-- @check who deleted and when can not be forged
-- @expect result = [{"just_now":true,"by_admin":true}]
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000a1
UPDATE public.tasks SET deleted_at = '2000-01-01', deleted_by = 'ffffffff-ffff-4000-8000-0000000000c2' WHERE id = 'ffffffff-ffff-4000-8000-000000000071' RETURNING deleted_at = now() AS just_now, deleted_by = 'ffffffff-ffff-4000-8000-0000000000a1' AS by_admin;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
-- @check deleted_by can not be set alone
-- @expect value = null
UPDATE public.tasks SET deleted_by = 'ffffffff-ffff-4000-8000-0000000000c2' WHERE id = 'ffffffff-ffff-4000-8000-000000000071' RETURNING deleted_by;

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000a1', 'check.admin@cake.example', 'Check Admin', 'admin'),
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.products (id, sku, name, category, unit_price) VALUES ('ffffffff-ffff-4000-8000-0000000000e1', 'CHECK-1', 'Check', 'flower', 10);
SET LOCAL request.jwt.claim.sub = 'ffffffff-ffff-4000-8000-0000000000a1';
SELECT public.soft_delete('product', 'ffffffff-ffff-4000-8000-0000000000e1');
SET LOCAL request.jwt.claim.sub = '';
DELETE FROM public.profiles WHERE id = 'ffffffff-ffff-4000-8000-0000000000a1';
-- @check purging the one who deleted keeps the row in the bin
-- @expect result = [{"deleted":true,"deleted_by":null}]
SELECT deleted_at IS NOT NULL AS deleted, deleted_by FROM public.products WHERE id = 'ffffffff-ffff-4000-8000-0000000000e1';

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
-- @check soft_delete needs the permission
-- @expect error 42501
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');

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
-- @check soft_delete works with the permission
-- @expect rows = 1
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');

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
-- @check soft_delete does not reach another's row
-- @expect error P0002
-- @as crm_agent
-- @set request.jwt.claim.sub = ffffffff-ffff-4000-8000-0000000000c1
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000072');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');
-- @check soft_delete refuses what is in the bin already
-- @expect error P0002
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');

-- @check soft_delete refuses what has no bin
-- @expect error 0A000
SELECT public.soft_delete('report', 'ffffffff-ffff-4000-8000-000000000071');

-- @setup
INSERT INTO public.profiles (id, email, full_name, role) VALUES
  ('ffffffff-ffff-4000-8000-0000000000b1', 'check.manager@cake.example', 'Check Manager', 'manager'),
  ('ffffffff-ffff-4000-8000-0000000000c1', 'check.agent.1@cake.example', 'Check Agent One', 'agent'),
  ('ffffffff-ffff-4000-8000-0000000000c2', 'check.agent.2@cake.example', 'Check Agent Two', 'agent');
INSERT INTO public.tasks (id, title, assigned_to, created_by) VALUES
  ('ffffffff-ffff-4000-8000-000000000071', 'Check one', 'ffffffff-ffff-4000-8000-0000000000c1', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000072', 'Check two', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000b1'),
  ('ffffffff-ffff-4000-8000-000000000073', 'Check three', 'ffffffff-ffff-4000-8000-0000000000c2', 'ffffffff-ffff-4000-8000-0000000000c1');
SELECT public.soft_delete('task', 'ffffffff-ffff-4000-8000-000000000071');
INSERT INTO public.user_permissions (user_id, permission, resource, granted) VALUES
  ('ffffffff-ffff-4000-8000-0000000000c1', 'restore', 'task', false);
-- @check restore_deleted needs the permission
-- @expect error 42501
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
-- @check restore_deleted refuses a live row
-- @expect error P0002
SELECT public.restore_deleted('task', 'ffffffff-ffff-4000-8000-000000000071');

-- @check restore_deleted refuses what has no bin
-- @expect error 0A000
SELECT public.restore_deleted('system', 'ffffffff-ffff-4000-8000-000000000071');

-- @check the functions of phase 3 are gone
-- @expect rows = 0
-- @when rolled-back
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname IN (
  'session_is_trusted', 'user_has_permission', 'request_ip', 'request_user_agent', 'record_activity',
  'log_user_activity', 'stamp_permission', 'audit_permission_change', 'track_edit', 'log_change', 'soft_delete',
  'restore_deleted', 'may_give_permission', 'track_insert', 'audit_role_change', 'keep_an_admin',
  'keep_sign_ins');

-- @check the triggers of phase 3 are gone
-- @expect rows = 0
-- @when rolled-back
SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname LIKE 'crm\_%';

-- @check the triggers of the old schema are still there
-- @expect rows = 7
-- @when rolled-back
SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'set_updated_at' AND tgenabled = 'O';
