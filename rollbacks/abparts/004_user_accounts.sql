-- @description Users get their free-text role back, as it was written, and lose the account fields

-- What the roles are to be afterwards: the old text, as long as the user still has the role it said.
LOCK TABLE users IN ACCESS EXCLUSIVE MODE;
CREATE TEMP TABLE users_to_restore ON COMMIT DROP AS
SELECT u.id, u.username, coalesce(s.old_role, u.role::text) AS role, u.updated_at
FROM users u
LEFT JOIN abparts_saved.user_roles s ON s.user_id = u.id AND s.new_role = u.role;

DROP VIEW staff_directory;

DROP FUNCTION reset_password(text, text);
DROP FUNCTION start_password_reset(text, text, interval);
DROP FUNCTION accept_invitation(text, text);
DROP FUNCTION register_login(text, boolean);
REVOKE SELECT, UPDATE (user_status, failed_login_attempts, locked_until, last_login, password_hash,
  invitation_token, invitation_expires_at, password_reset_token, password_reset_expires_at)
  ON users FROM abparts_service;

DROP INDEX ix_users_admins;
DROP INDEX ix_users_org_role;
DROP INDEX ux_users_password_reset_token;
DROP INDEX ux_users_invitation_token;

ALTER TABLE users
  DROP CONSTRAINT users_super_admin_only_in_oraseas_ee,
  DROP CONSTRAINT users_password_reset_has_expiry,
  DROP CONSTRAINT users_pending_has_invitation,
  DROP CONSTRAINT users_invitation_has_expiry,
  DROP CONSTRAINT users_failed_login_attempts_not_negative,
  DROP COLUMN super_admin_home,
  DROP COLUMN password_reset_expires_at,
  DROP COLUMN password_reset_token,
  DROP COLUMN invitation_expires_at,
  DROP COLUMN invitation_token,
  DROP COLUMN last_login,
  DROP COLUMN locked_until,
  DROP COLUMN failed_login_attempts,
  DROP COLUMN user_status;

-- The saved text counts only while the user still has the role that the text said.
CREATE FUNCTION abparts_saved.old_user_role(account uuid, current user_role) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN coalesce(
    (SELECT old_role FROM abparts_saved.user_roles WHERE user_id = account AND new_role = current),
    current::text);
END
$$;

-- Converting in place keeps the column where it was and fires no trigger, so updated_at stays too.
ALTER TABLE users ALTER COLUMN role DROP DEFAULT;
ALTER TABLE users ALTER COLUMN role TYPE varchar(50) USING abparts_saved.old_user_role(id, role);
ALTER TABLE users ALTER COLUMN role SET DEFAULT 'User';
COMMENT ON COLUMN users.role IS 'What the person may do, as free text.';

DROP FUNCTION abparts_saved.old_user_role(uuid, user_role);
DROP TABLE abparts_saved.user_roles;
DROP FUNCTION abparts_saved.user_role_of(text);

CREATE INDEX ix_users_admins ON users (organization_id) WHERE role ILIKE '%admin%';

CREATE VIEW staff_directory AS
SELECT u.id AS user_id, u.name, u.email, u.role, o.name AS organization_name,
       o.organization_type::text::varchar(50) AS organization_type
FROM users u
JOIN organizations o ON o.id = u.organization_id;

COMMENT ON VIEW staff_directory IS 'Who works where, and as what.';
GRANT SELECT ON staff_directory TO abparts_app;
