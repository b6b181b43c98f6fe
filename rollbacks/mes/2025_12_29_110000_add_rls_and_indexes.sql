-- @description Give the old tables their old row security back; remove plant policies, composite and search indexes
-- @deletes search_indexes

SELECT drop_search_index(e) FROM unnest(ARRAY['project_document', 'rda_drawing', 'lot', 'shipment']) e;
DROP INDEX idx_materials_org_category, idx_projects_org_status, idx_work_orders_org_status, idx_work_orders_org_material,
  idx_work_orders_org_project, idx_work_order_operations_machine, idx_production_logs_work_order, idx_machine_status_logs_machine,
  idx_ncrs_org_status, idx_ncrs_org_work_order, idx_inspections_org_work_order;

DO $$
DECLARE
  target text;
  verb text;
BEGIN
  FOREACH target IN ARRAY ARRAY['machines', 'projects', 'work_orders', 'production_logs', 'machine_status_logs', 'ncrs', 'inspections',
    'shipments', 'qr_code_scans', 'lot_numbers', 'kpi_snapshots'] LOOP
    EXECUTE format('DROP POLICY %I ON %I', target || '_plant_access', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['organizations', 'plants', 'users', 'customers', 'machines', 'materials', 'projects', 'work_orders',
    'work_order_operations', 'production_logs', 'machine_status_logs', 'ncrs', 'inspections'] LOOP
    FOREACH verb IN ARRAY ARRAY['select', 'insert', 'update', 'delete'] LOOP
      EXECUTE format('DROP POLICY %I ON %I', target || '_' || verb, target);
    END LOOP;
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', target);
    IF target NOT IN ('users', 'materials', 'projects', 'work_orders', 'ncrs', 'production_logs', 'machine_status_logs') THEN
      EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', target);
    END IF;
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM mes_worker', target);
    EXECUTE format('REVOKE USAGE ON SEQUENCE %s FROM mes_worker', pg_get_serial_sequence(target, 'id'));
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON organizations TO mes_app;
REVOKE SELECT ON open_work_orders FROM mes_worker;
ALTER VIEW open_work_orders RESET (security_invoker);

CREATE POLICY tenant_isolation ON users TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON materials TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON projects TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON work_orders TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON ncrs TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON production_logs TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
CREATE POLICY tenant_isolation ON machine_status_logs TO mes_app
  USING (organization_id = current_setting('app.organization_id', true)::integer);
