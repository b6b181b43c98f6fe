-- @description Phase 10.3: forced row security with a policy per verb on every table, plant access, composite and search indexes

-- The seven old policies held for one role only, let the owner through, and failed on an empty setting.
DROP POLICY tenant_isolation ON users;
DROP POLICY tenant_isolation ON materials;
DROP POLICY tenant_isolation ON projects;
DROP POLICY tenant_isolation ON work_orders;
DROP POLICY tenant_isolation ON ncrs;
DROP POLICY tenant_isolation ON production_logs;
DROP POLICY tenant_isolation ON machine_status_logs;
SELECT secure_tenant_table(t::regclass)
FROM unnest(ARRAY['plants', 'users', 'customers', 'machines', 'materials', 'projects', 'work_orders', 'work_order_operations',
  'production_logs', 'machine_status_logs', 'ncrs', 'inspections']) t;
SELECT secure_tenant_table('organizations', 'id');
REVOKE INSERT, DELETE ON organizations FROM mes_app, mes_worker;
REVOKE UPDATE ON organizations FROM mes_worker;
ALTER VIEW open_work_orders SET (security_invoker = true);
GRANT SELECT ON open_work_orders TO mes_worker;

-- A user sees the plants given to them, once the organisation switched that on; a service without a user sees all of them.
DO $$
DECLARE
  within_plants text := 'NOT (SELECT plants_are_restricted()) OR plant_id = ANY ((SELECT accessible_plant_ids())::integer[])';
  restricted text;
BEGIN
  FOREACH restricted IN ARRAY ARRAY['machines', 'projects', 'work_orders', 'production_logs', 'machine_status_logs', 'ncrs', 'inspections',
    'shipments', 'qr_code_scans', 'lot_numbers', 'kpi_snapshots'] LOOP
    EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE USING (%s) WITH CHECK (%s)',
                   restricted || '_plant_access', restricted, within_plants, within_plants);
  END LOOP;
END
$$;

CREATE INDEX idx_materials_org_category ON materials (organization_id, category, is_active);
CREATE INDEX idx_projects_org_status ON projects (organization_id, status, due_date);
CREATE INDEX idx_work_orders_org_status ON work_orders (organization_id, status, due_date);
CREATE INDEX idx_work_orders_org_material ON work_orders (organization_id, material_id);
CREATE INDEX idx_work_orders_org_project ON work_orders (organization_id, project_id) WHERE project_id IS NOT NULL;
CREATE INDEX idx_work_order_operations_machine ON work_order_operations (organization_id, machine_id, status);
CREATE INDEX idx_production_logs_work_order ON production_logs (organization_id, work_order_id, recorded_at);
CREATE INDEX idx_machine_status_logs_machine ON machine_status_logs (organization_id, machine_id, recorded_at);
CREATE INDEX idx_ncrs_org_status ON ncrs (organization_id, status, created_at DESC);
CREATE INDEX idx_ncrs_org_work_order ON ncrs (organization_id, work_order_id) WHERE work_order_id IS NOT NULL;
CREATE INDEX idx_inspections_org_work_order ON inspections (organization_id, work_order_id, inspected_at);

SELECT add_search_index('project_document', 'project_documents', 'title', ARRAY['document_number', 'change_note']::name[]),
  add_search_index('rda_drawing', 'rda_drawings', 'title', ARRAY['drawing_number']::name[]),
  add_search_index('lot', 'lot_numbers', 'lot_number', ARRAY['supplier_lot']::name[]),
  add_search_index('shipment', 'shipments', 'shipment_number', ARRAY['tracking_number', 'carrier']::name[]);

-- New indexes beside stale statistics make for worse plans than before.
ANALYZE plants, users, customers, machines, materials, projects, work_orders, work_order_operations, production_logs,
  machine_status_logs, ncrs, inspections;
