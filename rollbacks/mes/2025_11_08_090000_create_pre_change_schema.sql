-- @description Remove the MES schema; the roles go too unless another database still uses them

DROP VIEW open_work_orders;
DROP TABLE inspections, ncrs, machine_status_logs, production_logs, work_order_operations, work_orders,
  projects, materials, machines, customers, users, plants, organizations;
DROP FUNCTION set_updated_at();

DO $$
DECLARE
  gone text;
BEGIN
  FOREACH gone IN ARRAY ARRAY['mes_app', 'mes_worker'] LOOP
    BEGIN
      EXECUTE format('DROP OWNED BY %I', gone);
    EXCEPTION
      WHEN undefined_object THEN
        NULL;
    END;
    BEGIN
      EXECUTE format('DROP ROLE %I', gone);
    EXCEPTION
      WHEN dependent_objects_still_exist OR object_in_use OR undefined_object OR internal_error OR insufficient_privilege THEN
        NULL; -- another database on this server still uses the role, or somebody else made it
    END;
  END LOOP;
END
$$;
