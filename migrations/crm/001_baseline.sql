-- @description Pre-change schema of the CRM: seven tables, the auth stub, the database roles and their row-level policies
-- @lock-timeout 60s
--
-- On a database that already holds this schema (a Supabase project, say), record it with `surefoot baseline`
-- instead of applying it. The time-out is for another database of the same server that is making the same roles.

CREATE SCHEMA auth;
COMMENT ON SCHEMA auth IS 'Stand-in for the schema of the same name that Supabase provides';

-- Roles belong to the whole server, so another database may have made them, and may drop them while this runs.
DO $roles$
DECLARE
  v_role text;
BEGIN
  FOREACH v_role IN ARRAY ARRAY['crm_admin', 'crm_agent', 'crm_manager'] LOOP
    LOOP
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', v_role);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN
          NULL;
        WHEN insufficient_privilege THEN
          IF to_regrole(v_role) IS NULL THEN
            RAISE;
          END IF;
      END;
      BEGIN
        -- From this grant on no other database can drop the role; one that was quicker makes this go round again.
        EXECUTE format('GRANT USAGE ON SCHEMA auth TO %I', v_role);
        EXIT;
      EXCEPTION
        WHEN undefined_object THEN
          NULL;
      END;
    END LOOP;

    -- The migrating role must be able to SET ROLE to them; a superuser always is.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      BEGIN
        EXECUTE format('GRANT %I TO CURRENT_USER', v_role);
      EXCEPTION
        WHEN insufficient_privilege THEN
          IF NOT pg_has_role(current_user, v_role, 'MEMBER') THEN
            RAISE;
          END IF;
      END;
    END IF;
  END LOOP;
END
$roles$;

CREATE FUNCTION auth.uid() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;
COMMENT ON FUNCTION auth.uid() IS 'Id of the signed-in profile, from the settings that the API gateway makes; NULL when nobody is signed in';

CREATE TYPE public.user_role AS ENUM ('admin', 'manager', 'agent');
CREATE TYPE public.communication_channel AS ENUM ('email', 'phone', 'sms', 'visit');
CREATE TYPE public.task_status AS ENUM ('open', 'in_progress', 'done', 'cancelled');
CREATE TYPE public.task_priority AS ENUM ('low', 'normal', 'high', 'urgent');
CREATE TYPE public.order_status AS ENUM ('draft', 'submitted', 'approved', 'delivered', 'cancelled');

CREATE TABLE public.profiles (
  id uuid CONSTRAINT profiles_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL CONSTRAINT profiles_email_key UNIQUE,
  full_name text NOT NULL,
  phone text,
  role public.user_role NOT NULL DEFAULT 'agent',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE public.profiles IS 'People who sign in';

CREATE TABLE public.dispensary_profiles (
  id uuid CONSTRAINT dispensary_profiles_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  license_number text NOT NULL CONSTRAINT dispensary_profiles_license_number_key UNIQUE,
  contact_email text,
  phone text,
  street text,
  city text,
  state text NOT NULL DEFAULT 'OK',
  postal_code text,
  assigned_agent_id uuid CONSTRAINT dispensary_profiles_assigned_agent_id_fkey REFERENCES public.profiles (id),
  notes text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE public.dispensary_profiles IS 'Licensed dispensaries: the customers';

CREATE TABLE public.products (
  id uuid CONSTRAINT products_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  sku text NOT NULL CONSTRAINT products_sku_key UNIQUE,
  name text NOT NULL,
  category text NOT NULL,
  strain text,
  thc_percentage numeric(5, 2),
  cbd_percentage numeric(5, 2),
  unit_price numeric(10, 2) NOT NULL,
  stock_quantity integer NOT NULL DEFAULT 0,
  is_available boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.communications (
  id uuid CONSTRAINT communications_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  dispensary_id uuid NOT NULL CONSTRAINT communications_dispensary_id_fkey REFERENCES public.dispensary_profiles (id),
  agent_id uuid NOT NULL CONSTRAINT communications_agent_id_fkey REFERENCES public.profiles (id),
  channel public.communication_channel NOT NULL,
  subject text,
  body text,
  occurred_at timestamptz NOT NULL DEFAULT now(),
  follow_up_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE public.communications IS 'Contacts between an agent and a dispensary';

CREATE TABLE public.tasks (
  id uuid CONSTRAINT tasks_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  title text NOT NULL,
  description text,
  dispensary_id uuid CONSTRAINT tasks_dispensary_id_fkey REFERENCES public.dispensary_profiles (id) ON DELETE SET NULL,
  assigned_to uuid CONSTRAINT tasks_assigned_to_fkey REFERENCES public.profiles (id),
  created_by uuid NOT NULL CONSTRAINT tasks_created_by_fkey REFERENCES public.profiles (id),
  status public.task_status NOT NULL DEFAULT 'open',
  priority public.task_priority NOT NULL DEFAULT 'normal',
  due_date date,
  completed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.orders (
  id uuid CONSTRAINT orders_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  order_number text NOT NULL CONSTRAINT orders_order_number_key UNIQUE,
  dispensary_id uuid NOT NULL CONSTRAINT orders_dispensary_id_fkey REFERENCES public.dispensary_profiles (id),
  agent_id uuid CONSTRAINT orders_agent_id_fkey REFERENCES public.profiles (id),
  status public.order_status NOT NULL DEFAULT 'draft',
  total_amount numeric(12, 2) NOT NULL DEFAULT 0,
  ordered_at timestamptz NOT NULL DEFAULT now(),
  delivered_at timestamptz,
  notes text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.order_items (
  id uuid CONSTRAINT order_items_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id uuid NOT NULL CONSTRAINT order_items_order_id_fkey REFERENCES public.orders (id) ON DELETE CASCADE,
  product_id uuid NOT NULL CONSTRAINT order_items_product_id_fkey REFERENCES public.products (id),
  quantity integer NOT NULL,
  unit_price numeric(10, 2) NOT NULL,
  line_total numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX dispensary_profiles_assigned_agent_id_idx ON public.dispensary_profiles (assigned_agent_id);
CREATE INDEX communications_dispensary_id_idx ON public.communications (dispensary_id);
CREATE INDEX communications_agent_id_idx ON public.communications (agent_id);
CREATE INDEX tasks_assigned_to_idx ON public.tasks (assigned_to);
CREATE INDEX tasks_created_by_idx ON public.tasks (created_by);
CREATE INDEX orders_dispensary_id_idx ON public.orders (dispensary_id);
CREATE INDEX orders_agent_id_idx ON public.orders (agent_id);
CREATE INDEX order_items_order_id_idx ON public.order_items (order_id);
CREATE INDEX order_items_product_id_idx ON public.order_items (product_id);

CREATE FUNCTION public.set_updated_at() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.dispensary_profiles FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.products FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.communications FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.tasks FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.orders FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.order_items FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

-- SECURITY DEFINER: the policies of profiles need it, and would otherwise ask themselves without end.
CREATE FUNCTION public.current_user_role() RETURNS public.user_role
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.role FROM public.profiles p WHERE p.id = auth.uid()
$$;
COMMENT ON FUNCTION public.current_user_role() IS 'Role of the signed-in profile; NULL when nobody is signed in';

REVOKE ALL ON FUNCTION auth.uid() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.current_user_role() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.set_updated_at() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.uid() TO crm_admin, crm_manager, crm_agent;
GRANT EXECUTE ON FUNCTION public.current_user_role() TO crm_admin, crm_manager, crm_agent;

GRANT SELECT ON public.profiles, public.dispensary_profiles, public.products, public.communications, public.tasks,
  public.orders, public.order_items TO crm_admin, crm_manager, crm_agent;
GRANT INSERT, UPDATE, DELETE ON public.profiles, public.dispensary_profiles, public.products, public.communications,
  public.tasks, public.orders, public.order_items TO crm_admin;
GRANT UPDATE (full_name, phone) ON public.profiles TO crm_manager, crm_agent;
GRANT INSERT, UPDATE ON public.dispensary_profiles, public.products, public.tasks TO crm_manager;
GRANT UPDATE ON public.orders TO crm_manager;
GRANT UPDATE ON public.dispensary_profiles TO crm_agent;
GRANT INSERT, UPDATE ON public.communications, public.tasks, public.orders TO crm_agent;
GRANT INSERT, UPDATE, DELETE ON public.order_items TO crm_agent;

-- The tables' owner is not bound by these policies (no FORCE), as in a Supabase project: the SECURITY DEFINER
-- functions that the policies ask must read the tables without asking the policies again.
ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.dispensary_profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.products ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.communications ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.order_items ENABLE ROW LEVEL SECURITY;

CREATE POLICY profiles_admin ON public.profiles FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');
CREATE POLICY profiles_manager_read ON public.profiles FOR SELECT TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY profiles_self_read ON public.profiles FOR SELECT TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND id = (SELECT auth.uid()));
CREATE POLICY profiles_self_update ON public.profiles FOR UPDATE TO crm_manager, crm_agent
  USING (id = (SELECT auth.uid()))
  WITH CHECK (id = (SELECT auth.uid()));

CREATE POLICY dispensary_profiles_admin ON public.dispensary_profiles FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');
CREATE POLICY dispensary_profiles_manager_read ON public.dispensary_profiles FOR SELECT TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY dispensary_profiles_manager_insert ON public.dispensary_profiles FOR INSERT TO crm_manager
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY dispensary_profiles_manager_update ON public.dispensary_profiles FOR UPDATE TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager')
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY dispensary_profiles_agent_read ON public.dispensary_profiles FOR SELECT TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND assigned_agent_id = (SELECT auth.uid()));
CREATE POLICY dispensary_profiles_agent_update ON public.dispensary_profiles FOR UPDATE TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND assigned_agent_id = (SELECT auth.uid()))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent' AND assigned_agent_id = (SELECT auth.uid()));

CREATE POLICY products_admin ON public.products FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');
CREATE POLICY products_read ON public.products FOR SELECT TO crm_manager, crm_agent
  USING ((SELECT public.current_user_role()) IN ('manager', 'agent'));
CREATE POLICY products_manager_insert ON public.products FOR INSERT TO crm_manager
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY products_manager_update ON public.products FOR UPDATE TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager')
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');

CREATE POLICY communications_admin ON public.communications FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');
CREATE POLICY communications_manager_read ON public.communications FOR SELECT TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY communications_agent_read ON public.communications FOR SELECT TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND agent_id = (SELECT auth.uid()));
CREATE POLICY communications_agent_insert ON public.communications FOR INSERT TO crm_agent
  WITH CHECK ((SELECT public.current_user_role()) = 'agent' AND agent_id = (SELECT auth.uid()));
CREATE POLICY communications_agent_update ON public.communications FOR UPDATE TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND agent_id = (SELECT auth.uid()))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent' AND agent_id = (SELECT auth.uid()));

CREATE POLICY tasks_admin ON public.tasks FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');
CREATE POLICY tasks_manager_read ON public.tasks FOR SELECT TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY tasks_manager_insert ON public.tasks FOR INSERT TO crm_manager
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY tasks_manager_update ON public.tasks FOR UPDATE TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager')
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY tasks_agent_read ON public.tasks FOR SELECT TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND (SELECT auth.uid()) IN (assigned_to, created_by));
CREATE POLICY tasks_agent_insert ON public.tasks FOR INSERT TO crm_agent
  WITH CHECK ((SELECT public.current_user_role()) = 'agent' AND created_by = (SELECT auth.uid()));
CREATE POLICY tasks_agent_update ON public.tasks FOR UPDATE TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND (SELECT auth.uid()) IN (assigned_to, created_by))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent' AND (SELECT auth.uid()) IN (assigned_to, created_by));

CREATE POLICY orders_admin ON public.orders FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');
CREATE POLICY orders_manager_read ON public.orders FOR SELECT TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY orders_manager_update ON public.orders FOR UPDATE TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager')
  WITH CHECK ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY orders_agent_read ON public.orders FOR SELECT TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND agent_id = (SELECT auth.uid()));
CREATE POLICY orders_agent_insert ON public.orders FOR INSERT TO crm_agent
  WITH CHECK ((SELECT public.current_user_role()) = 'agent' AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted'));
CREATE POLICY orders_agent_update ON public.orders FOR UPDATE TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent' AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted'))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent' AND agent_id = (SELECT auth.uid())
    AND status IN ('draft', 'submitted', 'cancelled'));

-- What an order's row lets through decides about its lines: the orders read here are those that its own policies show.
CREATE POLICY order_items_admin ON public.order_items FOR ALL TO crm_admin
  USING ((SELECT public.current_user_role()) = 'admin')
  WITH CHECK ((SELECT public.current_user_role()) = 'admin');
CREATE POLICY order_items_manager_read ON public.order_items FOR SELECT TO crm_manager
  USING ((SELECT public.current_user_role()) = 'manager');
CREATE POLICY order_items_agent_read ON public.order_items FOR SELECT TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id));
CREATE POLICY order_items_agent_insert ON public.order_items FOR INSERT TO crm_agent
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft'));
CREATE POLICY order_items_agent_update ON public.order_items FOR UPDATE TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft'))
  WITH CHECK ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft'));
CREATE POLICY order_items_agent_delete ON public.order_items FOR DELETE TO crm_agent
  USING ((SELECT public.current_user_role()) = 'agent'
    AND EXISTS (SELECT FROM public.orders o WHERE o.id = order_items.order_id AND o.status = 'draft'));

-- The administrator whom the rest of this set expects.
INSERT INTO public.profiles (id, email, full_name, role, created_at, updated_at)
VALUES ('00000000-0000-4000-8000-000000000001', 'stokes@cakeoklahoma.com', 'Stokes', 'admin',
  '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00');
