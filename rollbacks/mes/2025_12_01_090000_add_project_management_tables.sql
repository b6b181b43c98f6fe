-- @description Remove project documents, milestones, drawings and BOM, with the drawings' workflows
-- @deletes approvals
-- @deletes field_values
-- @deletes organization_feature_flags
-- @deletes workflow_history
-- @deletes workflow_states
-- @deletes workflow_transitions

DELETE FROM workflow_instances WHERE entity_type = 'rda_drawing';
DELETE FROM workflows WHERE entity_type = 'rda_drawing';
DELETE FROM custom_fields WHERE entity_type = 'rda_drawing';
DROP TRIGGER organizations_seed_workflow_of_drawings ON organizations;
DROP FUNCTION seed_drawing_workflow_of_new_organization();
DROP FUNCTION create_rda_workflow(integer);
CREATE OR REPLACE FUNCTION entity_table(entity_type text) RETURNS regclass
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE entity_type
    WHEN 'material' THEN 'materials' WHEN 'work_order' THEN 'work_orders'
    WHEN 'project' THEN 'projects' WHEN 'ncr' THEN 'ncrs' END::regclass;
END
$$;
DROP VIEW project_bom_needs;
DROP FUNCTION explode_project_bom(integer, numeric);
DROP VIEW project_progress;
DROP FUNCTION complete_milestone(integer, integer, timestamptz);
DROP FUNCTION add_document_version(integer, text, text, text, text, text);
DROP TABLE project_bom;
DROP TABLE rda_drawings;
DROP TABLE project_milestones;
DROP TABLE project_documents;
DROP FUNCTION refuse_bom_cycle();
DROP FUNCTION guard_document_version();
DELETE FROM feature_flags WHERE flag_key = 'project_management';
