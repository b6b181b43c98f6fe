-- @description Phase 1, schema structure: types, permission, activity and change tables, tracking and soft-delete columns
-- @lock-timeout 5s
-- @statement-timeout 5min

CREATE TYPE public.permission_type AS ENUM ('create', 'read', 'update', 'delete', 'restore', 'export', 'manage');
COMMENT ON TYPE public.permission_type IS
  'create, read, update: within the rows that the role''s policies show; delete, restore: into and out of the bin; manage: every row, those in the bin included';
CREATE TYPE public.resource_type AS ENUM ('profile', 'dispensary', 'product', 'communication', 'task', 'order', 'order_item',
  'permission', 'activity_log', 'change_log', 'report', 'system');
CREATE TYPE public.activity_type AS ENUM ('login', 'logout', 'login_failed', 'create', 'read', 'update', 'delete', 'restore',
  'export', 'permission_change');
CREATE TYPE public.change_operation AS ENUM ('INSERT', 'UPDATE', 'DELETE');

CREATE TABLE public.user_permissions (
  id uuid CONSTRAINT user_permissions_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL CONSTRAINT user_permissions_user_id_fkey REFERENCES public.profiles (id) ON DELETE CASCADE,
  permission public.permission_type NOT NULL,
  resource public.resource_type NOT NULL,
  granted boolean NOT NULL DEFAULT true,
  expires_at timestamptz,
  granted_by uuid DEFAULT auth.uid() CONSTRAINT user_permissions_granted_by_fkey REFERENCES public.profiles (id) ON DELETE SET NULL,
  granted_at timestamptz NOT NULL DEFAULT now(),
  reason text,
  CONSTRAINT user_permissions_user_permission_resource_key UNIQUE (user_id, permission, resource)
);
COMMENT ON TABLE public.user_permissions IS 'Permissions of one person; they override what the role has';
COMMENT ON COLUMN public.user_permissions.granted IS 'False takes away what the role would give';
COMMENT ON COLUMN public.user_permissions.expires_at IS 'From then on the row counts for nothing and the role decides again; NULL: never';

CREATE TABLE public.role_permissions (
  id uuid CONSTRAINT role_permissions_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  role public.user_role NOT NULL,
  permission public.permission_type NOT NULL,
  resource public.resource_type NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT role_permissions_role_permission_resource_key UNIQUE (role, permission, resource)
);
COMMENT ON TABLE public.role_permissions IS 'What a role may do by default: a row is a permission, no row is none';

-- Neither log refers to profiles by foreign key: its rows outlive the people they tell of.
CREATE TABLE public.user_activity_log (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id uuid,
  activity public.activity_type NOT NULL,
  resource public.resource_type NOT NULL,
  resource_id uuid,
  details jsonb NOT NULL DEFAULT '{}',
  ip_address inet,
  user_agent text,
  occurred_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT user_activity_log_pkey PRIMARY KEY (id, occurred_at)
) PARTITION BY RANGE (occurred_at);
COMMENT ON TABLE public.user_activity_log IS 'Who did what, from where; one partition for each month (UTC), none by default';
COMMENT ON COLUMN public.user_activity_log.user_id IS 'Profile that acted; NULL: nobody signed in, such as a migration';

CREATE TABLE public.change_log (
  id uuid CONSTRAINT change_log_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  table_name text NOT NULL,
  record_id uuid NOT NULL,
  operation public.change_operation NOT NULL,
  changed_fields text[] NOT NULL DEFAULT '{}',
  old_values jsonb,
  new_values jsonb,
  version integer,
  changed_by uuid DEFAULT auth.uid(),
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ip_address inet,
  user_agent text,
  database_user text NOT NULL DEFAULT session_user,
  reason text
);
COMMENT ON TABLE public.change_log IS 'Every change to a tracked row: the whole row for INSERT and DELETE, the changed columns for UPDATE';
COMMENT ON COLUMN public.change_log.version IS 'Version of the row after the change (before it, for DELETE)';
COMMENT ON COLUMN public.change_log.reason IS 'Taken from the setting crm.change_reason';

-- The defaults are constants, so no table is rewritten and no row is touched.
ALTER TABLE public.profiles
  ADD COLUMN is_active boolean NOT NULL DEFAULT true,
  ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN last_login_at timestamptz,
  ADD COLUMN login_count integer NOT NULL DEFAULT 0,
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN deleted_by uuid CONSTRAINT profiles_deleted_by_fkey REFERENCES public.profiles (id) ON DELETE SET NULL,
  ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN last_edited_at timestamptz,
  ADD COLUMN last_edited_by uuid;
COMMENT ON COLUMN public.profiles.deleted_at IS 'In the bin since then; NULL: live';
COMMENT ON COLUMN public.profiles.edit_count IS 'Edits of the row''s content';
COMMENT ON COLUMN public.profiles.version IS 'Grows with every edit, deletion and restoration; for optimistic locking';
COMMENT ON COLUMN public.profiles.last_edited_by IS 'Profile of the last editor; kept when that profile is purged';

ALTER TABLE public.dispensary_profiles
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN deleted_by uuid CONSTRAINT dispensary_profiles_deleted_by_fkey REFERENCES public.profiles (id) ON DELETE SET NULL,
  ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN last_edited_at timestamptz,
  ADD COLUMN last_edited_by uuid;

ALTER TABLE public.products
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN deleted_by uuid CONSTRAINT products_deleted_by_fkey REFERENCES public.profiles (id) ON DELETE SET NULL,
  ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN last_edited_at timestamptz,
  ADD COLUMN last_edited_by uuid;

ALTER TABLE public.communications
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN deleted_by uuid CONSTRAINT communications_deleted_by_fkey REFERENCES public.profiles (id) ON DELETE SET NULL,
  ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN last_edited_at timestamptz,
  ADD COLUMN last_edited_by uuid;

ALTER TABLE public.tasks
  ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN deleted_by uuid CONSTRAINT tasks_deleted_by_fkey REFERENCES public.profiles (id) ON DELETE SET NULL,
  ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN last_edited_at timestamptz,
  ADD COLUMN last_edited_by uuid;

ALTER TABLE public.orders
  ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN deleted_by uuid CONSTRAINT orders_deleted_by_fkey REFERENCES public.profiles (id) ON DELETE SET NULL,
  ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN last_edited_at timestamptz,
  ADD COLUMN last_edited_by uuid;

ALTER TABLE public.order_items
  ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN deleted_by uuid CONSTRAINT order_items_deleted_by_fkey REFERENCES public.profiles (id) ON DELETE SET NULL,
  ADD COLUMN edit_count integer NOT NULL DEFAULT 0,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN last_edited_at timestamptz,
  ADD COLUMN last_edited_by uuid;
