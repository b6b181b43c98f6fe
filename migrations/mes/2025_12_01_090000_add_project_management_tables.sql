-- @description Phase 6: project documents with versions, milestones, drawing approval on the workflow engine, and project BOM

INSERT INTO feature_flags (flag_key, description)
VALUES ('project_management', 'Phase 6: project documents, milestones, drawing approval and bills of materials');

CREATE TABLE project_documents (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  project_id integer NOT NULL,
  document_number varchar(50) NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  title varchar(200) NOT NULL,
  storage_key text NOT NULL,
  checksum varchar(64) NOT NULL CHECK (checksum ~ '^[0-9a-f]{64}$'),
  change_note text,
  is_current boolean NOT NULL DEFAULT true,
  created_by integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_project_document_version UNIQUE (project_id, document_number, version),
  CONSTRAINT uq_project_documents_org_id UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (created_by)
);
CREATE UNIQUE INDEX uq_project_document_current ON project_documents (project_id, document_number) WHERE is_current;
COMMENT ON TABLE project_documents IS 'One row per version of a document; a version never changes';
COMMENT ON COLUMN project_documents.checksum IS 'SHA-256 of the stored file, in hexadecimal';

CREATE TABLE project_milestones (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  project_id integer NOT NULL,
  milestone_no integer NOT NULL CHECK (milestone_no > 0),
  milestone_name varchar(200) NOT NULL,
  weight numeric(6, 2) NOT NULL DEFAULT 1 CHECK (weight > 0),
  due_date date NOT NULL,
  depends_on_no integer,
  completed_at timestamptz,
  completed_by integer,
  CONSTRAINT uq_project_milestone UNIQUE (project_id, milestone_no),
  CONSTRAINT milestone_waits_for_an_earlier_one CHECK (depends_on_no < milestone_no),
  FOREIGN KEY (project_id, depends_on_no) REFERENCES project_milestones (project_id, milestone_no),
  FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, completed_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (completed_by)
);
COMMENT ON COLUMN project_milestones.weight IS 'Share of the project''s progress, against the other milestones';
CREATE INDEX idx_project_milestones_due ON project_milestones (organization_id, due_date) WHERE completed_at IS NULL;

CREATE TABLE rda_drawings (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  project_id integer NOT NULL,
  drawing_number varchar(50) NOT NULL,
  revision varchar(10) NOT NULL,
  title varchar(200) NOT NULL,
  document_id integer,
  status varchar(30) NOT NULL DEFAULT 'draft',
  created_by integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_rda_drawing_revision UNIQUE (organization_id, drawing_number, revision),
  FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, document_id) REFERENCES project_documents (organization_id, id),
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (created_by)
);
CREATE INDEX idx_rda_drawings_project ON rda_drawings (organization_id, project_id);

CREATE TABLE project_bom (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  project_id integer NOT NULL,
  parent_material_id integer,
  component_material_id integer NOT NULL,
  quantity numeric(12, 4) NOT NULL CHECK (quantity > 0),
  scrap_percent numeric(5, 2) NOT NULL DEFAULT 0 CHECK (scrap_percent >= 0 AND scrap_percent < 100),
  CONSTRAINT uq_project_bom_line UNIQUE NULLS NOT DISTINCT (project_id, parent_material_id, component_material_id),
  CONSTRAINT component_is_not_its_parent CHECK (component_material_id <> parent_material_id),
  FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, parent_material_id) REFERENCES materials (organization_id, id),
  FOREIGN KEY (organization_id, component_material_id) REFERENCES materials (organization_id, id)
);
CREATE INDEX idx_project_bom_component ON project_bom (organization_id, component_material_id);
COMMENT ON COLUMN project_bom.parent_material_id IS 'The material this one goes into; null for what the project delivers';
COMMENT ON COLUMN project_bom.quantity IS 'Pieces for one piece of the parent, or for the project at the top, scrap not counted';

SELECT secure_tenant_table(t::regclass) FROM unnest(ARRAY['project_documents', 'project_milestones', 'rda_drawings', 'project_bom']) t;

CREATE FUNCTION guard_document_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - 'is_current' - 'created_by' <> to_jsonb(OLD) - 'is_current' - 'created_by' THEN
    RAISE EXCEPTION 'version % of the document % stays as it is', OLD.version, OLD.document_number
      USING ERRCODE = 'restrict_violation', HINT = 'Add a new version with add_document_version().';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER project_documents_guard_version BEFORE UPDATE ON project_documents
  FOR EACH ROW EXECUTE FUNCTION guard_document_version();

CREATE FUNCTION add_document_version(project integer, number text, document_title text, key text, sha256 text, note text DEFAULT NULL)
RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  latest project_documents;
BEGIN
  PERFORM require_feature('project_management');
  PERFORM require_permission('documents', 'write');
  PERFORM FROM projects WHERE organization_id = organization AND id = project FOR UPDATE; -- one new version at a time
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no project %', project USING ERRCODE = 'no_data_found';
  END IF;
  SELECT * INTO latest FROM project_documents d
  WHERE d.project_id = project AND d.document_number = number ORDER BY d.version DESC LIMIT 1;
  IF latest.checksum = sha256 THEN
    RAISE EXCEPTION 'version % of the document % is the same file', latest.version, number USING ERRCODE = 'unique_violation';
  END IF;
  UPDATE project_documents d SET is_current = false WHERE d.project_id = project AND d.document_number = number AND d.is_current;
  INSERT INTO project_documents (organization_id, project_id, document_number, version, title, storage_key, checksum, change_note, created_by)
  VALUES (organization, project, number, coalesce(latest.version, 0) + 1, document_title, key, sha256, note, current_user_id());
  RETURN coalesce(latest.version, 0) + 1;
END
$$;

CREATE FUNCTION complete_milestone(project integer, number integer, at timestamptz DEFAULT now()) RETURNS numeric
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  milestone project_milestones;
BEGIN
  PERFORM require_feature('project_management');
  PERFORM require_permission('projects', 'write');
  SELECT * INTO milestone FROM project_milestones m
  WHERE m.organization_id = organization AND m.project_id = project AND m.milestone_no = number FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'project % has no milestone %', project, number USING ERRCODE = 'no_data_found';
  ELSIF milestone.completed_at IS NOT NULL THEN
    RAISE EXCEPTION 'the milestone % is completed', number USING ERRCODE = 'object_not_in_prerequisite_state';
  ELSIF EXISTS (SELECT FROM project_milestones m WHERE m.project_id = project AND m.milestone_no = milestone.depends_on_no
                AND m.completed_at IS NULL) THEN
    RAISE EXCEPTION 'the milestone % waits for the milestone %', number, milestone.depends_on_no
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE project_milestones SET completed_at = at, completed_by = current_user_id() WHERE id = milestone.id;
  RETURN (SELECT p.progress FROM project_progress p WHERE p.project_id = project);
END
$$;

CREATE VIEW project_progress WITH (security_invoker = true) AS
SELECT organization_id, project_id, count(*) AS milestones, count(completed_at) AS completed,
       round(coalesce(sum(weight) FILTER (WHERE completed_at IS NOT NULL), 0) / sum(weight), 4) AS progress,
       count(*) FILTER (WHERE completed_at IS NULL AND due_date < (now() AT TIME ZONE 'UTC')::date) AS overdue,
       min(due_date) FILTER (WHERE completed_at IS NULL) AS next_due_date
FROM project_milestones
GROUP BY 1, 2;
COMMENT ON COLUMN project_progress.progress IS 'Ratio 0 to 1: weight of completed milestones / weight of all';
GRANT SELECT ON project_progress TO mes_app, mes_worker;

CREATE FUNCTION refuse_bom_cycle() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- two lines added at once could close a cycle that neither sees
  PERFORM pg_advisory_xact_lock(hashtext('mes.project_bom'), NEW.project_id);
  IF NEW.parent_material_id IN (
    WITH RECURSIVE below (id) AS (
      SELECT NEW.component_material_id
      UNION
      SELECT b.component_material_id FROM below JOIN project_bom b
        ON b.project_id = NEW.project_id AND b.parent_material_id = below.id AND b.id <> NEW.id
    )
    SELECT id FROM below) THEN
    RAISE EXCEPTION 'material % would contain itself in the BOM of project %', NEW.component_material_id, NEW.project_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER project_bom_refuse_cycle BEFORE INSERT OR UPDATE ON project_bom
  FOR EACH ROW EXECUTE FUNCTION refuse_bom_cycle();

CREATE FUNCTION explode_project_bom(project integer, lots numeric DEFAULT 1)
RETURNS TABLE (level integer, path text, material_id integer, parent_material_id integer, quantity numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
BEGIN
  IF lots IS NULL OR lots <= 0 THEN
    RAISE EXCEPTION 'a BOM is exploded for more than nothing: %', lots USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN QUERY
  WITH RECURSIVE tree AS (
    SELECT 1 AS depth, b.component_material_id::text AS way, b.component_material_id AS component, NULL::integer AS above,
           lots * b.quantity / (1 - b.scrap_percent / 100) AS needed
    FROM project_bom b WHERE b.organization_id = organization AND b.project_id = project AND b.parent_material_id IS NULL
    UNION ALL
    SELECT t.depth + 1, t.way || '/' || b.component_material_id, b.component_material_id, t.component,
           t.needed * b.quantity / (1 - b.scrap_percent / 100)
    FROM tree t JOIN project_bom b
      ON b.organization_id = organization AND b.project_id = project AND b.parent_material_id = t.component
  )
  SELECT t.depth, t.way, t.component, t.above, round(t.needed, 4) FROM tree t ORDER BY t.way COLLATE "C";
END
$$;
COMMENT ON FUNCTION explode_project_bom(integer, numeric) IS 'Every place of every material below what the project delivers, with the pieces to start, scrap counted in';

CREATE VIEW project_bom_needs WITH (security_invoker = true) AS
SELECT p.organization_id, p.id AS project_id, e.material_id, m.material_number, sum(e.quantity) AS quantity,
       sum(e.quantity) * m.unit_cost AS cost
FROM projects p
CROSS JOIN LATERAL explode_project_bom(p.id) e
JOIN materials m ON m.id = e.material_id
GROUP BY p.organization_id, p.id, e.material_id, m.material_number, m.unit_cost;
GRANT SELECT ON project_bom_needs TO mes_app, mes_worker;

CREATE OR REPLACE FUNCTION entity_table(entity_type text) RETURNS regclass
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE entity_type
    WHEN 'material' THEN 'materials' WHEN 'work_order' THEN 'work_orders'
    WHEN 'project' THEN 'projects' WHEN 'ncr' THEN 'ncrs' WHEN 'rda_drawing' THEN 'rda_drawings' END::regclass;
END
$$;

CREATE TRIGGER rda_drawings_keep_status BEFORE UPDATE OF status ON rda_drawings
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION keep_status_of_workflow('rda_drawing');

CREATE TRIGGER rda_drawings_delete_field_values AFTER DELETE ON rda_drawings
  FOR EACH ROW EXECUTE FUNCTION delete_field_values('rda_drawing');

CREATE FUNCTION create_rda_workflow(organization integer) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  made integer := (SELECT id FROM workflows WHERE organization_id = organization AND workflow_code = 'rda_standard' AND version = 1);
BEGIN
  IF made IS NOT NULL THEN
    RETURN made;
  END IF;
  INSERT INTO workflows (organization_id, workflow_code, workflow_name, entity_type)
  VALUES (organization, 'rda_standard', 'Drawing approval', 'rda_drawing') RETURNING id INTO made;
  INSERT INTO workflow_states (organization_id, workflow_id, state_code, state_name, is_initial, is_final, display_order)
  VALUES (organization, made, 'draft', 'Draft', true, false, 1),
         (organization, made, 'approved', 'Approved', false, false, 2),
         (organization, made, 'superseded', 'Superseded', false, true, 3);
  INSERT INTO workflow_transitions (organization_id, workflow_id, transition_code, transition_name, from_state_id, to_state_id,
    conditions, required_resource, required_action, approval_steps)
  SELECT organization, made, t.code, t.label, f.id, g.id, t.conditions, 'documents', 'write', t.steps
  FROM (VALUES
    ('approve', 'Approve the drawing', 'draft', 'approved', '{"field": "document_id", "op": "not_null"}'::jsonb, '[{"role": "MANAGER"}]'::jsonb),
    ('supersede', 'Replace by a new revision', 'approved', 'superseded', '{}', '[]')
  ) AS t (code, label, origin, target, conditions, steps)
  JOIN workflow_states f ON f.workflow_id = made AND f.state_code = t.origin
  JOIN workflow_states g ON g.workflow_id = made AND g.state_code = t.target;
  UPDATE workflows SET is_active = true WHERE id = made;
  RETURN made;
END
$$;
COMMENT ON FUNCTION create_rda_workflow(integer) IS 'The standard approval of drawings: a drawing with its document, approved by the manager';
SELECT create_rda_workflow(id) FROM organizations ORDER BY id;

CREATE FUNCTION seed_drawing_workflow_of_new_organization() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET app.user_id = '' AS $$
BEGIN
  PERFORM create_rda_workflow(NEW.id);
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION seed_drawing_workflow_of_new_organization() FROM PUBLIC;
CREATE TRIGGER organizations_seed_workflow_of_drawings AFTER INSERT ON organizations
  FOR EACH ROW EXECUTE FUNCTION seed_drawing_workflow_of_new_organization();
