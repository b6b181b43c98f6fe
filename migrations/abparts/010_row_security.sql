-- @description Row security: super admins see everything, admins and users only what their organisation is concerned with

-- Who is asking is the setting app.user_id. The answers are looked up as a role that sees all
-- users (SECURITY DEFINER): asking through the policy on users would need the answer first.
-- An account that is not active has no organisation and no role here, so it sees nothing.
-- In the policies each stands in a SELECT of its own and is asked once for a statement, not for each
-- row. Which organisations one may read of is put so that an index can serve it, which `own
-- organisation OR super admin` can't: those between two ids, twice the own one, or the least and the
-- greatest there can be; with a function for either, since a condition asks for each by itself. A list
-- of all for a super admin would lack one that the same statement makes, and be searched from end to
-- end for each row. The own warehouses are a list, because a subquery would be planned, with the
-- policy of warehouses inside, into every statement.

CREATE FUNCTION app_user_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  caller uuid := nullif(current_setting('app.user_id', true), '');
BEGIN
  RETURN (SELECT id FROM users WHERE id = caller AND user_status = 'active');
END
$$;
COMMENT ON FUNCTION app_user_id() IS 'The active user that the setting app.user_id names, else NULL.';

CREATE FUNCTION app_organization_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  caller uuid := nullif(current_setting('app.user_id', true), '');
BEGIN
  RETURN (SELECT organization_id FROM users WHERE id = caller AND user_status = 'active');
END
$$;
COMMENT ON FUNCTION app_organization_id() IS 'Organisation of the active user that the setting app.user_id names, else NULL.';

CREATE FUNCTION app_user_role() RETURNS user_role
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  caller uuid := nullif(current_setting('app.user_id', true), '');
BEGIN
  RETURN (SELECT role FROM users WHERE id = caller AND user_status = 'active');
END
$$;
COMMENT ON FUNCTION app_user_role() IS 'Role of the active user that the setting app.user_id names, else NULL.';

CREATE FUNCTION app_organizations_from() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  caller uuid := nullif(current_setting('app.user_id', true), '');
BEGIN
  RETURN (
    SELECT CASE role WHEN 'super_admin' THEN '00000000-0000-0000-0000-000000000000' ELSE organization_id END
    FROM users WHERE id = caller AND user_status = 'active');
END
$$;
COMMENT ON FUNCTION app_organizations_from() IS
  'Least id of the organisations whose rows the active user may see: the own one, for a super admin the least there can be; NULL without a user.';

CREATE FUNCTION app_organizations_to() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  caller uuid := nullif(current_setting('app.user_id', true), '');
BEGIN
  RETURN (
    SELECT CASE role WHEN 'super_admin' THEN 'ffffffff-ffff-ffff-ffff-ffffffffffff' ELSE organization_id END
    FROM users WHERE id = caller AND user_status = 'active');
END
$$;
COMMENT ON FUNCTION app_organizations_to() IS
  'Greatest id of the organisations whose rows the active user may see: the own one, for a super admin the greatest there can be; NULL without a user.';

CREATE FUNCTION app_warehouse_ids() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN ARRAY(SELECT id FROM warehouses WHERE organization_id = app_organization_id());
END
$$;
COMMENT ON FUNCTION app_warehouse_ids() IS
  'Warehouses of the organisation of the active user; empty without one. In a SELECT of its own it is asked once for a statement: = ANY ((SELECT app_warehouse_ids())::uuid[]).';

GRANT CREATE ON SCHEMA public TO abparts_service;
ALTER FUNCTION app_user_id() OWNER TO abparts_service;
ALTER FUNCTION app_organization_id() OWNER TO abparts_service;
ALTER FUNCTION app_user_role() OWNER TO abparts_service;
ALTER FUNCTION app_organizations_from() OWNER TO abparts_service;
ALTER FUNCTION app_organizations_to() OWNER TO abparts_service;
ALTER FUNCTION app_warehouse_ids() OWNER TO abparts_service;
REVOKE CREATE ON SCHEMA public FROM abparts_service;
REVOKE EXECUTE ON FUNCTION app_user_id(), app_organization_id(), app_user_role(), app_organizations_from(),
  app_organizations_to(), app_warehouse_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_user_id(), app_organization_id(), app_user_role(), app_organizations_from(),
  app_organizations_to(), app_warehouse_ids() TO abparts_app;
GRANT SELECT ON warehouses TO abparts_service;

-- Organisations: the own one, its suppliers, and Oraseas EE, from which everybody orders.
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;

CREATE POLICY organizations_service ON organizations TO abparts_service USING (true) WITH CHECK (true);
CREATE POLICY organizations_read ON organizations FOR SELECT TO abparts_app
  USING (id BETWEEN (SELECT app_organizations_from()) AND (SELECT app_organizations_to())
         OR (organization_type = 'supplier' AND parent_organization_id = (SELECT app_organization_id()))
         OR (organization_type = 'oraseas_ee' AND (SELECT app_organization_id()) IS NOT NULL));
CREATE POLICY organizations_add ON organizations FOR INSERT TO abparts_app
  WITH CHECK ((SELECT app_user_role()) = 'super_admin'
              OR ((SELECT app_user_role()) = 'admin' AND organization_type = 'supplier'
                  AND parent_organization_id = (SELECT app_organization_id())));
CREATE POLICY organizations_change ON organizations FOR UPDATE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin'
         OR ((SELECT app_user_role()) = 'admin'
             AND (id = (SELECT app_organization_id())
                  OR (organization_type = 'supplier' AND parent_organization_id = (SELECT app_organization_id())))));
CREATE POLICY organizations_remove ON organizations FOR DELETE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin'
         OR ((SELECT app_user_role()) = 'admin' AND organization_type = 'supplier'
             AND parent_organization_id = (SELECT app_organization_id())));

-- A policy sees the new row or the old row, never both; "may edit, but not move or retype" needs both.
CREATE FUNCTION keep_organization_place() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF row_security_active('public.organizations') AND app_user_role() IS DISTINCT FROM 'super_admin' THEN
    RAISE EXCEPTION 'only a super admin changes the type or the parent of an organisation'
      USING ERRCODE = 'insufficient_privilege', TABLE = 'organizations';
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION keep_organization_place() IS
  'Row trigger: refuses (42501) to anybody under row security but a super admin.';

CREATE TRIGGER organizations_keep_place BEFORE UPDATE ON organizations
  FOR EACH ROW
  WHEN (NEW.organization_type IS DISTINCT FROM OLD.organization_type
        OR NEW.parent_organization_id IS DISTINCT FROM OLD.parent_organization_id
        OR NEW.id IS DISTINCT FROM OLD.id)
  EXECUTE FUNCTION keep_organization_place();

-- Users: colleagues; admins manage them, save that nobody but a super admin makes or edits one.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;

CREATE POLICY users_service ON users TO abparts_service USING (true) WITH CHECK (true);
CREATE POLICY users_read ON users FOR SELECT TO abparts_app
  USING (organization_id BETWEEN (SELECT app_organizations_from()) AND (SELECT app_organizations_to()));
CREATE POLICY users_add ON users FOR INSERT TO abparts_app
  WITH CHECK ((SELECT app_user_role()) = 'super_admin'
              OR ((SELECT app_user_role()) = 'admin' AND organization_id = (SELECT app_organization_id())
                  AND role <> 'super_admin'));
CREATE POLICY users_change ON users FOR UPDATE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin'
         OR ((SELECT app_user_role()) = 'admin' AND organization_id = (SELECT app_organization_id())
             AND role <> 'super_admin'));
CREATE POLICY users_remove ON users FOR DELETE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin'
         OR ((SELECT app_user_role()) = 'admin' AND organization_id = (SELECT app_organization_id())
             AND role <> 'super_admin'));

-- Parts: one catalogue for all, kept by super admins.
ALTER TABLE parts ENABLE ROW LEVEL SECURITY;
ALTER TABLE parts FORCE ROW LEVEL SECURITY;

CREATE POLICY parts_service ON parts TO abparts_service USING (true) WITH CHECK (true);
CREATE POLICY parts_read ON parts FOR SELECT TO abparts_app
  USING ((SELECT app_organization_id()) IS NOT NULL);
CREATE POLICY parts_add ON parts FOR INSERT TO abparts_app
  WITH CHECK ((SELECT app_user_role()) = 'super_admin');
CREATE POLICY parts_change ON parts FOR UPDATE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin');
CREATE POLICY parts_remove ON parts FOR DELETE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin');

-- Machines: a new one is a sale, which Oraseas EE enters; the customer's admin keeps its record.
ALTER TABLE machines ENABLE ROW LEVEL SECURITY;
ALTER TABLE machines FORCE ROW LEVEL SECURITY;

CREATE POLICY machines_read ON machines FOR SELECT TO abparts_app
  USING (customer_organization_id BETWEEN (SELECT app_organizations_from()) AND (SELECT app_organizations_to())
         OR (customer_organization_id IS NULL AND (SELECT app_user_role()) = 'super_admin'));
CREATE POLICY machines_add ON machines FOR INSERT TO abparts_app
  WITH CHECK ((SELECT app_user_role()) = 'super_admin');
CREATE POLICY machines_change ON machines FOR UPDATE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin'
         OR ((SELECT app_user_role()) = 'admin'
             AND customer_organization_id = (SELECT app_organization_id())));
CREATE POLICY machines_remove ON machines FOR DELETE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin');

-- Warehouses: all of the organisation see them, its admins manage them.
ALTER TABLE warehouses ENABLE ROW LEVEL SECURITY;
ALTER TABLE warehouses FORCE ROW LEVEL SECURITY;

CREATE POLICY warehouses_service ON warehouses TO abparts_service USING (true) WITH CHECK (true);
CREATE POLICY warehouses_read ON warehouses FOR SELECT TO abparts_app
  USING (organization_id BETWEEN (SELECT app_organizations_from()) AND (SELECT app_organizations_to()));
CREATE POLICY warehouses_add ON warehouses FOR INSERT TO abparts_app
  WITH CHECK ((SELECT app_user_role()) = 'super_admin'
              OR ((SELECT app_user_role()) = 'admin' AND organization_id = (SELECT app_organization_id())));
CREATE POLICY warehouses_change ON warehouses FOR UPDATE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin'
         OR ((SELECT app_user_role()) = 'admin' AND organization_id = (SELECT app_organization_id())));
CREATE POLICY warehouses_remove ON warehouses FOR DELETE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin'
         OR ((SELECT app_user_role()) = 'admin' AND organization_id = (SELECT app_organization_id())));

-- Inventory: what lies in a warehouse of the organisation. Stock itself is moved by transactions;
-- admins keep the recommendations, the only columns the application may write.
ALTER TABLE inventory ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventory FORCE ROW LEVEL SECURITY;

CREATE POLICY inventory_service ON inventory TO abparts_service USING (true) WITH CHECK (true);
CREATE POLICY inventory_read ON inventory FOR SELECT TO abparts_app
  USING (warehouse_id = ANY ((SELECT app_warehouse_ids())::uuid[])
         OR (SELECT app_user_role()) = 'super_admin');
CREATE POLICY inventory_change ON inventory FOR UPDATE TO abparts_app
  USING ((SELECT app_user_role()) = 'super_admin'
         OR ((SELECT app_user_role()) = 'admin'
             AND warehouse_id = ANY ((SELECT app_warehouse_ids())::uuid[])));

-- Transactions: seen from both ends, entered in the own name for the own warehouses and machines.
-- Users use up and move; creating and adjusting stock is for admins.
ALTER TABLE transactions ENABLE ROW LEVEL SECURITY;
ALTER TABLE transactions FORCE ROW LEVEL SECURITY;

CREATE POLICY transactions_read ON transactions FOR SELECT TO abparts_app
  USING (to_warehouse_id = ANY ((SELECT app_warehouse_ids())::uuid[])
         OR from_warehouse_id = ANY ((SELECT app_warehouse_ids())::uuid[])
         OR (SELECT app_user_role()) = 'super_admin');
CREATE POLICY transactions_add ON transactions FOR INSERT TO abparts_app
  WITH CHECK (performed_by_user_id = (SELECT app_user_id())
              AND ((SELECT app_user_role()) = 'super_admin'
                   OR (((SELECT app_user_role()) = 'admin' OR transaction_type IN ('transfer', 'consumption'))
                       AND (from_warehouse_id IS NULL
                            OR from_warehouse_id = ANY ((SELECT app_warehouse_ids())::uuid[]))
                       AND (to_warehouse_id IS NULL
                            OR to_warehouse_id = ANY ((SELECT app_warehouse_ids())::uuid[]))
                       AND (machine_id IS NULL OR machine_id IN
                            (SELECT id FROM machines
                             WHERE customer_organization_id = (SELECT app_organization_id()))))));

-- Part usage: records from before there were transactions, to be read only.
ALTER TABLE part_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE part_usage FORCE ROW LEVEL SECURITY;

CREATE POLICY part_usage_read ON part_usage FOR SELECT TO abparts_app
  USING (customer_organization_id BETWEEN (SELECT app_organizations_from()) AND (SELECT app_organizations_to()));

-- Without this the views would read with the rights of their owner, past every policy.
ALTER VIEW staff_directory SET (security_invoker = true);

-- It named the parts before it added up. With policies the server expects few rows and adds up by
-- sorting, and names take long to sort.
CREATE OR REPLACE VIEW low_stock WITH (security_invoker = true) AS
SELECT s.organization_id, o.name AS organization_name, s.part_id, p.part_number,
       s.current_stock, s.minimum_stock_recommendation
FROM (
  SELECT w.organization_id, i.part_id, sum(i.current_stock) AS current_stock,
         sum(i.minimum_stock_recommendation) AS minimum_stock_recommendation
  FROM inventory i
  JOIN warehouses w ON w.id = i.warehouse_id
  GROUP BY w.organization_id, i.part_id
  HAVING sum(i.current_stock) < sum(i.minimum_stock_recommendation)
) AS s
JOIN organizations o ON o.id = s.organization_id
JOIN parts p ON p.id = s.part_id;
