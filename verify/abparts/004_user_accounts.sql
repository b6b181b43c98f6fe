-- Requirement 2: users, their roles, status, sign-in, invitations and password resets.

-- Before the step. Organisations are read as JSON, because their type may still bear its old name.

-- @check Req 2: every old role has a meaning
-- @expect rows = 0
-- @when before
SELECT role, count(*) AS users, min(username) AS example
FROM users
WHERE lower(regexp_replace(btrim(role), '[[:space:]_-]+', '_', 'g')) NOT IN
  ('super_admin', 'superadmin', 'oraseas_admin', 'system_administrator',
   'admin', 'administrator', 'manager', 'customer_admin', 'supplier_admin',
   'user', 'technician', 'oraseas_user', 'customer_user', 'supplier_user')
GROUP BY role
ORDER BY role;

-- @check Req 2: whoever will be super admin belongs to Oraseas EE
-- @expect rows = 0
-- @when before
SELECT u.username, u.role, o.name AS organisation
FROM users u
JOIN organizations o ON o.id = u.organization_id
WHERE lower(regexp_replace(btrim(u.role), '[[:space:]_-]+', '_', 'g'))
      IN ('super_admin', 'superadmin', 'oraseas_admin', 'system_administrator')
  AND lower(regexp_replace(btrim(coalesce(to_jsonb(o) ->> 'organization_type', to_jsonb(o) ->> 'type')),
                           '[[:space:]_-]+', '_', 'g'))
      NOT IN ('oraseas_ee', 'oraseas', 'owner', 'distributor', 'warehouse');

-- In the step, against the copy that it made of the old rows.

-- @check Req 2: no user is lost, changed or stamped
-- @expect rows = 0
-- @when step
SELECT coalesce(b.id, u.id) AS id, b.username AS before, u.username AS now
FROM pg_temp.users_before b
FULL JOIN users u ON u.id = b.id
WHERE (b.username, b.updated_at) IS DISTINCT FROM (u.username, u.updated_at);

-- @check Req 2: every user has the role that the old text meant
-- @expect rows = 0
-- @when step
SELECT u.username, b.role AS old_role, u.role
FROM users u
JOIN pg_temp.users_before b ON b.id = u.id
WHERE u.role <> abparts_saved.user_role_of(b.role);

-- @check Req 2: every old role can be told again
-- @expect rows = 0
-- @when step
SELECT u.username, b.role AS old_role, coalesce(s.old_role, u.role::text) AS told
FROM users u
JOIN pg_temp.users_before b ON b.id = u.id
LEFT JOIN abparts_saved.user_roles s ON s.user_id = u.id
WHERE b.role <> coalesce(s.old_role, u.role::text);

-- @check Req 2: everybody starts active, with no failed attempt
-- @expect rows = 0
-- @when step
SELECT username FROM users WHERE user_status <> 'active' OR failed_login_attempts <> 0;

-- From then on: roles.

-- @check Req 2: old roles mean what they should
-- @expect result = [{"old":"Customer Admin","role":"admin"},{"old":"Oraseas Admin","role":"super_admin"},{"old":"Technician","role":"user"},{"old":"customer  user","role":"user"}]
SELECT old, abparts_saved.user_role_of(old)::text AS role
FROM (VALUES ('Customer Admin'), ('Oraseas Admin'), ('Technician'), ('customer  user')) AS texts (old);

-- @check Req 2: an old role without a meaning is refused
-- @expect error 22P02
SELECT abparts_saved.user_role_of('Intern');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check Req 2: a user cannot have another role
-- @expect error 22P02
UPDATE users SET role = 'intern' WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 2: a new user is an active user without failed attempts
-- @expect result = [{"role":"user","status":"active","attempts":0}]
INSERT INTO users (organization_id, username, password_hash, email)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'check-new', '-', 'check-new@example.invalid')
RETURNING role::text AS role, user_status::text AS status, failed_login_attempts AS attempts;

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
-- @check Req 2: a super admin belongs to Oraseas EE
-- @expect rows = 1
INSERT INTO users (organization_id, username, password_hash, email, role)
SELECT id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee'
RETURNING id;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
-- @check Req 2: no other organisation has a super admin
-- @expect error 23503
INSERT INTO users (organization_id, username, password_hash, email, role)
VALUES ('abab0000-0000-4000-8000-00000000000a', 'check-super', '-', 'check-super@example.invalid', 'super_admin');

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 2: a user elsewhere cannot become super admin
-- @expect error 23503
UPDATE users SET role = 'super_admin' WHERE id = 'abab0000-0000-4000-8000-000000000012';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 2: a super admin cannot move to another organisation
-- @expect error 23503
UPDATE users SET organization_id = 'abab0000-0000-4000-8000-00000000000a' WHERE id = 'abab0000-0000-4000-8000-000000000011';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
-- @check Req 2: an organisation with super admins stays Oraseas EE
-- @expect error 23503
UPDATE organizations SET organization_type = 'customer' WHERE organization_type = 'oraseas_ee';

-- Status and sign-in.

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
SELECT register_login('check-user-a', false) FROM generate_series(1, 4);
-- @check Req 2: four failed sign-ins leave an account active
-- @expect result = [{"status":"active","attempts":4,"locked":null}]
SELECT user_status::text AS status, failed_login_attempts AS attempts, locked_until = now() + interval '15 minutes' AS locked
FROM users WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
SELECT register_login('check-user-a', false) FROM generate_series(1, 5);
-- @check Req 2: the fifth failed sign-in locks it for 15 minutes
-- @expect result = [{"status":"locked","attempts":5,"locked":true}]
SELECT user_status::text AS status, failed_login_attempts AS attempts, locked_until = now() + interval '15 minutes' AS locked
FROM users WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
SELECT register_login('check-user-a', attempt = 4) FROM generate_series(1, 4) AS attempt;
-- @check Req 2: a successful sign-in starts the count anew and is noted
-- @expect result = [{"status":"active","attempts":0,"noted":true}]
SELECT user_status::text AS status, failed_login_attempts AS attempts, last_login = now() AS noted
FROM users WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check Req 2: the application itself may register a sign-in
-- @expect value = active
-- @as abparts_app
SELECT register_login('check-user-a', true)::text;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users SET user_status = 'locked', locked_until = now() + interval '1 minute' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: a locked account cannot sign in
-- @expect error 28000
-- @as abparts_app
SELECT register_login('check-user-a', true);

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users SET user_status = 'locked' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: an account locked without an end cannot sign in
-- @expect error 28000
SELECT register_login('check-user-a', true);

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users SET user_status = 'locked', failed_login_attempts = 5, locked_until = now() - interval '1 second' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: a lock that has run out lets in
-- @expect value = active
SELECT register_login('check-user-a', true)::text;

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users SET user_status = 'inactive' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: an inactive account cannot sign in
-- @expect error 28000
SELECT register_login('check-user-a', true);

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users SET user_status = 'pending_invitation', invitation_token = 'check-token', invitation_expires_at = now() + interval '7 days' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: nobody signs in before accepting the invitation
-- @expect error 28000
SELECT register_login('check-user-a', true);

-- @check Req 2: nobody unknown signs in
-- @expect error P0002
SELECT register_login('check-nobody', true);

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check Req 2: attempts cannot be negative
-- @expect error 23514
UPDATE users SET failed_login_attempts = -1 WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- Invitations.

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users
SET user_status = 'pending_invitation', invitation_token = 'check-token', invitation_expires_at = now() + interval '7 days'
WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: an invitation is accepted with a password
-- @expect value = abab0000-0000-4000-8000-000000000013
-- @as abparts_app
SELECT accept_invitation('check-token', 'new');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users
SET user_status = 'pending_invitation', invitation_token = 'check-token', invitation_expires_at = now() + interval '7 days'
WHERE id = 'abab0000-0000-4000-8000-000000000013';
SELECT accept_invitation('check-token', 'new');
-- @check Req 2: an accepted invitation activates and is used up
-- @expect result = [{"status":"active","password_hash":"new","invitation_token":null}]
SELECT user_status::text AS status, password_hash, invitation_token FROM users WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users
SET user_status = 'pending_invitation', invitation_token = 'check-token', invitation_expires_at = now() + interval '7 days'
WHERE id = 'abab0000-0000-4000-8000-000000000013';
SELECT accept_invitation('check-token', 'new');
-- @check Req 2: an invitation is not accepted twice
-- @expect error 22023
SELECT accept_invitation('check-token', 'again');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users
SET user_status = 'pending_invitation', invitation_token = 'check-token', invitation_expires_at = now() + interval '7 days'
WHERE id = 'abab0000-0000-4000-8000-000000000013';
UPDATE users SET invitation_expires_at = now() - interval '1 second' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: an invitation expires
-- @expect error 22023
SELECT accept_invitation('check-token', 'new');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email)
VALUES ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid');
UPDATE users
SET user_status = 'inactive', invitation_token = 'check-token', invitation_expires_at = now() + interval '7 days'
WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: an invitation of an account that was switched off is refused
-- @expect error 22023
SELECT accept_invitation('check-token', 'new');

-- @check Req 2: an unknown invitation is refused
-- @expect error 22023
SELECT accept_invitation('check-no-token', 'new');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check Req 2: who is invited has an invitation
-- @expect error 23514
UPDATE users SET user_status = 'pending_invitation' WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check Req 2: an invitation has an expiry
-- @expect error 23514
UPDATE users SET invitation_token = 'check-token' WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type)
SELECT 'abab0000-0000-4000-8000-000000000001', 'Check Oraseas EE', 'oraseas_ee'
WHERE NOT EXISTS (SELECT FROM organizations WHERE organization_type = 'oraseas_ee');
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role)
SELECT 'abab0000-0000-4000-8000-000000000011', id, 'check-super', '-', 'check-super@example.invalid', 'super_admin'
FROM organizations WHERE organization_type = 'oraseas_ee';
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000012', 'abab0000-0000-4000-8000-00000000000a', 'check-admin-a', '-', 'check-admin-a@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', '-', 'check-user-a@example.invalid', 'user'),
  ('abab0000-0000-4000-8000-000000000014', 'abab0000-0000-4000-8000-00000000000b', 'check-admin-b', '-', 'check-admin-b@example.invalid', 'admin'),
  ('abab0000-0000-4000-8000-000000000015', 'abab0000-0000-4000-8000-00000000000b', 'check-user-b', '-', 'check-user-b@example.invalid', 'user');
UPDATE users
SET user_status = 'pending_invitation', invitation_token = 'check-token', invitation_expires_at = now() + interval '7 days'
WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: an invitation is for one user
-- @expect error 23505
UPDATE users SET invitation_token = 'check-token', invitation_expires_at = now() + interval '7 days'
WHERE id = 'abab0000-0000-4000-8000-000000000012';

-- Password resets.

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check Req 2: a password reset lasts an hour
-- @expect value = true
-- @as abparts_app
SELECT start_password_reset('check-user-a@example.invalid', 'check-token') = now() + interval '1 hour';

-- @check Req 2: a password reset needs an account
-- @expect error P0002
SELECT start_password_reset('check-nobody@example.invalid', 'check-token');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
UPDATE users SET user_status = 'inactive' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: an inactive account has no password reset
-- @expect error P0002
SELECT start_password_reset('check-user-a@example.invalid', 'check-token');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
SELECT start_password_reset('check-user-a@example.invalid', 'check-token');
-- @check Req 2: whoever holds the token sets the password
-- @expect value = abab0000-0000-4000-8000-000000000013
-- @as abparts_app
SELECT reset_password('check-token', 'new');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
SELECT start_password_reset('check-user-a@example.invalid', 'check-token');
SELECT reset_password('check-token', 'new');
-- @check Req 2: a password reset changes the password and is used up
-- @expect result = [{"password_hash":"new","password_reset_token":null}]
SELECT password_hash, password_reset_token FROM users WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
SELECT start_password_reset('check-user-a@example.invalid', 'check-token');
SELECT reset_password('check-token', 'new');
-- @check Req 2: a password reset is not used twice
-- @expect error 22023
SELECT reset_password('check-token', 'again');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
SELECT start_password_reset('check-user-a@example.invalid', 'check-token', interval '-1 second');
-- @check Req 2: a password reset expires
-- @expect error 22023
SELECT reset_password('check-token', 'new');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email)
VALUES ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid');
SELECT start_password_reset('check-user-a@example.invalid', 'check-token');
UPDATE users SET user_status = 'inactive' WHERE id = 'abab0000-0000-4000-8000-000000000013';
-- @check Req 2: a password reset of an account that was switched off is refused
-- @expect error 22023
SELECT reset_password('check-token', 'new');

-- @check Req 2: an unknown password reset is refused
-- @expect error 22023
SELECT reset_password('check-no-token', 'new');

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check Req 2: a password reset has an expiry
-- @expect error 23514
UPDATE users SET password_reset_token = 'check-token' WHERE id = 'abab0000-0000-4000-8000-000000000013';

-- @check the look-up of users by organisation and role uses its index
-- @expect plan uses index ix_users_org_role
-- @set enable_seqscan = off
SELECT id FROM users WHERE organization_id = 'abab0000-0000-4000-8000-00000000000a' AND role = 'user';

-- @setup
INSERT INTO organizations (id, name, organization_type) VALUES
  ('abab0000-0000-4000-8000-00000000000a', 'Check customer A', 'customer'),
  ('abab0000-0000-4000-8000-00000000000b', 'Check customer B', 'customer');
INSERT INTO users (id, organization_id, username, password_hash, email, role) VALUES
  ('abab0000-0000-4000-8000-000000000013', 'abab0000-0000-4000-8000-00000000000a', 'check-user-a', 'old', 'check-user-a@example.invalid', 'user');
-- @check staff_directory still shows roles as text
-- @expect result = [{"role":"user","type":"character varying"}]
SELECT role, pg_typeof(role)::text AS type FROM staff_directory WHERE user_id = 'abab0000-0000-4000-8000-000000000013';

-- After the rollback, against what it worked out before.

-- @check every user has the old role back
-- @expect rows = 0
-- @when rolled-back
SELECT coalesce(r.id, u.id) AS id, r.role AS should_be, u.role
FROM pg_temp.users_to_restore r
FULL JOIN users u ON u.id = r.id
WHERE (r.username, r.role, r.updated_at) IS DISTINCT FROM (u.username, u.role, u.updated_at);

-- @check users has its old columns and nothing else
-- @expect value = id, organization_id, username, password_hash, email, name, role, created_at, updated_at
-- @when rolled-back
SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped;

-- @check the functions of accounts are gone
-- @expect rows = 0
-- @when rolled-back
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
  AND proname IN ('register_login', 'accept_invitation', 'start_password_reset', 'reset_password');
