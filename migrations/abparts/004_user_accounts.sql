-- @description Users get a role from the closed list, a status, and what sign-in, invitation and password reset need

CREATE FUNCTION abparts_saved.user_role_of(old_role text) RETURNS user_role
LANGUAGE sql IMMUTABLE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT CASE word
    WHEN 'super_admin'          THEN 'super_admin'::user_role
    WHEN 'superadmin'           THEN 'super_admin'
    WHEN 'oraseas_admin'        THEN 'super_admin'
    WHEN 'system_administrator' THEN 'super_admin'
    WHEN 'admin'                THEN 'admin'
    WHEN 'administrator'        THEN 'admin'
    WHEN 'manager'              THEN 'admin'
    WHEN 'customer_admin'       THEN 'admin'
    WHEN 'supplier_admin'       THEN 'admin'
    WHEN 'user'                 THEN 'user'
    WHEN 'technician'           THEN 'user'
    WHEN 'oraseas_user'         THEN 'user'
    WHEN 'customer_user'        THEN 'user'
    WHEN 'supplier_user'        THEN 'user'
    -- The cast refuses any other value by its name.
    ELSE old_role::user_role
  END
  FROM (SELECT lower(regexp_replace(btrim(old_role), '[[:space:]_-]+', '_', 'g'))) AS normal (word)
$$;
COMMENT ON FUNCTION abparts_saved.user_role_of(text) IS
  'The role that an old free-text role stands for; refuses (22P02) what has no meaning.';

-- From here on the texts may not change any more: what is saved has to be what is converted.
LOCK TABLE users IN ACCESS EXCLUSIVE MODE;

CREATE TEMP TABLE users_before ON COMMIT DROP AS
SELECT id, username, role, updated_at FROM users;

CREATE TABLE abparts_saved.user_roles (
  user_id  uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  old_role varchar(50) NOT NULL,
  new_role user_role   NOT NULL
);
COMMENT ON TABLE abparts_saved.user_roles IS
  'Old texts of users.role that were not written the way the enum writes them.';

INSERT INTO abparts_saved.user_roles (user_id, old_role, new_role)
SELECT id, role, abparts_saved.user_role_of(role)
FROM users
WHERE role <> abparts_saved.user_role_of(role)::text;

DROP VIEW staff_directory;
-- Its condition compares text; made anew below.
DROP INDEX ix_users_admins;

ALTER TABLE users ALTER COLUMN role DROP DEFAULT;
ALTER TABLE users ALTER COLUMN role TYPE user_role USING abparts_saved.user_role_of(role);
ALTER TABLE users ALTER COLUMN role SET DEFAULT 'user';

ALTER TABLE users
  ADD COLUMN user_status user_status NOT NULL DEFAULT 'active',
  ADD COLUMN failed_login_attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN locked_until timestamptz,
  ADD COLUMN last_login timestamptz,
  ADD COLUMN invitation_token varchar(255),
  ADD COLUMN invitation_expires_at timestamptz,
  ADD COLUMN password_reset_token varchar(255),
  ADD COLUMN password_reset_expires_at timestamptz,
  ADD COLUMN super_admin_home organization_type
    GENERATED ALWAYS AS (CASE WHEN role = 'super_admin' THEN 'oraseas_ee'::organization_type END) STORED;

ALTER TABLE users
  ADD CONSTRAINT users_failed_login_attempts_not_negative CHECK (failed_login_attempts >= 0),
  ADD CONSTRAINT users_invitation_has_expiry
    CHECK ((invitation_token IS NULL) = (invitation_expires_at IS NULL)),
  ADD CONSTRAINT users_pending_has_invitation
    CHECK (user_status <> 'pending_invitation' OR invitation_token IS NOT NULL),
  ADD CONSTRAINT users_password_reset_has_expiry
    CHECK ((password_reset_token IS NULL) = (password_reset_expires_at IS NULL)),
  -- For a super admin the pair (organisation, 'oraseas_ee') has to exist in organizations, for all
  -- others the pair has a NULL and is not looked up. So the rule also holds from the other side:
  -- an organisation that has super admins can't stop being Oraseas EE, whoever commits first.
  ADD CONSTRAINT users_super_admin_only_in_oraseas_ee
    FOREIGN KEY (organization_id, super_admin_home) REFERENCES organizations (id, organization_type);

CREATE UNIQUE INDEX ux_users_invitation_token ON users (invitation_token)
  WHERE invitation_token IS NOT NULL;
CREATE UNIQUE INDEX ux_users_password_reset_token ON users (password_reset_token)
  WHERE password_reset_token IS NOT NULL;
CREATE INDEX ix_users_org_role ON users (organization_id, role);
-- Under row security the one above serves for the organisation only: the comparison of enums is not
-- leakproof, so it has to wait for the policy. A condition of the index is not compared at all.
CREATE INDEX ix_users_admins ON users (organization_id) WHERE role IN ('admin', 'super_admin');

COMMENT ON COLUMN users.role IS 'What the person may do.';
COMMENT ON COLUMN users.user_status IS 'Whether the person may sign in, and if not, why.';
COMMENT ON COLUMN users.failed_login_attempts IS 'Failed attempts since the last successful one.';
COMMENT ON COLUMN users.locked_until IS 'End of a lock; empty in a locked account: until somebody unlocks it.';
COMMENT ON COLUMN users.last_login IS 'Last successful sign-in.';
COMMENT ON COLUMN users.invitation_token IS 'Secret of an invitation that is not accepted yet.';
COMMENT ON COLUMN users.password_reset_token IS 'Secret of a password reset that is under way.';
COMMENT ON COLUMN users.super_admin_home IS
  'Type that the organisation of a super admin must have; empty for everyone else. Target of a foreign key.';

-- The four functions below serve people who are not signed in. They are SECURITY DEFINER because
-- no row policy can know such a caller; their owner may do nothing but this with users.

CREATE FUNCTION register_login(login_name text, succeeded boolean) RETURNS user_status
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  attempts_allowed CONSTANT integer := 5;
  lock_lasts CONSTANT interval := '15 minutes';
  account record;
  attempts integer;
BEGIN
  -- The lock keeps parallel attempts from being counted as one.
  SELECT id, user_status, failed_login_attempts, locked_until INTO account
  FROM users WHERE username = login_name FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no user named %', login_name USING ERRCODE = 'no_data_found';
  END IF;
  IF account.user_status IN ('inactive', 'pending_invitation') THEN
    RAISE EXCEPTION 'the account % is %', login_name, account.user_status
      USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  IF account.user_status = 'locked' AND coalesce(account.locked_until > now(), true) THEN
    RAISE EXCEPTION 'the account % is locked%', login_name, coalesce(' until ' || account.locked_until, '')
      USING ERRCODE = 'invalid_authorization_specification';
  END IF;

  IF succeeded THEN
    UPDATE users
    SET user_status = 'active', failed_login_attempts = 0, locked_until = NULL, last_login = now()
    WHERE id = account.id;
    RETURN 'active';
  END IF;

  -- A lock that has run out starts a new count.
  attempts := CASE WHEN account.user_status = 'locked' THEN 0 ELSE account.failed_login_attempts END + 1;
  UPDATE users
  SET failed_login_attempts = attempts,
      user_status = CASE WHEN attempts >= attempts_allowed THEN 'locked' ELSE 'active' END::user_status,
      locked_until = CASE WHEN attempts >= attempts_allowed THEN now() + lock_lasts END
  WHERE id = account.id;
  RETURN CASE WHEN attempts >= attempts_allowed THEN 'locked' ELSE 'active' END;
END
$$;
COMMENT ON FUNCTION register_login(text, boolean) IS
  'Notes a sign-in attempt and returns the status after it: the fifth failure locks for 15 minutes. Refuses unknown names (P0002) and accounts that may not sign in (28000).';

CREATE FUNCTION accept_invitation(token text, new_password_hash text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  accepted uuid;
BEGIN
  UPDATE users
  SET user_status = 'active', password_hash = new_password_hash,
      invitation_token = NULL, invitation_expires_at = NULL
  WHERE invitation_token = token AND invitation_expires_at > now()
    AND user_status = 'pending_invitation'
  RETURNING id INTO accepted;
  IF accepted IS NULL THEN
    RAISE EXCEPTION 'the invitation is unknown, used or expired'
      USING ERRCODE = 'invalid_parameter_value', HINT = 'Ask for a new invitation.';
  END IF;
  RETURN accepted;
END
$$;
COMMENT ON FUNCTION accept_invitation(text, text) IS
  'Activates the invited user with the password chosen and returns the id. Refuses (22023) an unknown, used or expired token.';

CREATE FUNCTION start_password_reset(address text, token text, valid_for interval DEFAULT '1 hour') RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  expires timestamptz := now() + valid_for;
BEGIN
  UPDATE users SET password_reset_token = token, password_reset_expires_at = expires
  WHERE email = address AND user_status IN ('active', 'locked');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account at % can have its password reset', address USING ERRCODE = 'no_data_found';
  END IF;
  RETURN expires;
END
$$;
COMMENT ON FUNCTION start_password_reset(text, text, interval) IS
  'Stores the secret of a password reset and returns when it expires. Refuses (P0002) an address without an account, or with one that is inactive or not accepted yet.';

CREATE FUNCTION reset_password(token text, new_password_hash text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  account uuid;
BEGIN
  UPDATE users
  SET password_hash = new_password_hash, password_reset_token = NULL, password_reset_expires_at = NULL,
      failed_login_attempts = 0
  WHERE password_reset_token = token AND password_reset_expires_at > now()
    AND user_status IN ('active', 'locked')
  RETURNING id INTO account;
  IF account IS NULL THEN
    RAISE EXCEPTION 'the password reset is unknown, used or expired'
      USING ERRCODE = 'invalid_parameter_value', HINT = 'Ask for a new password reset.';
  END IF;
  RETURN account;
END
$$;
COMMENT ON FUNCTION reset_password(text, text) IS
  'Sets the new password of whoever holds the token and returns the user id; a lock stays. Refuses (22023) an unknown, used or expired token.';

GRANT CREATE ON SCHEMA public TO abparts_service;
ALTER FUNCTION register_login(text, boolean) OWNER TO abparts_service;
ALTER FUNCTION accept_invitation(text, text) OWNER TO abparts_service;
ALTER FUNCTION start_password_reset(text, text, interval) OWNER TO abparts_service;
ALTER FUNCTION reset_password(text, text) OWNER TO abparts_service;
REVOKE CREATE ON SCHEMA public FROM abparts_service;

REVOKE EXECUTE ON FUNCTION register_login(text, boolean), accept_invitation(text, text),
  start_password_reset(text, text, interval), reset_password(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_login(text, boolean), accept_invitation(text, text),
  start_password_reset(text, text, interval), reset_password(text, text) TO abparts_app;
GRANT SELECT, UPDATE (user_status, failed_login_attempts, locked_until, last_login, password_hash,
  invitation_token, invitation_expires_at, password_reset_token, password_reset_expires_at)
  ON users TO abparts_service;

CREATE VIEW staff_directory AS
SELECT u.id AS user_id, u.name, u.email, u.role::text::varchar(50) AS role, o.name AS organization_name,
       o.organization_type::text::varchar(50) AS organization_type
FROM users u
JOIN organizations o ON o.id = u.organization_id;

COMMENT ON VIEW staff_directory IS 'Who works where, and as what.';
GRANT SELECT ON staff_directory TO abparts_app;

-- Changing a type took the figures of the column: without fresh ones queries are planned blindly.
ANALYZE users;
