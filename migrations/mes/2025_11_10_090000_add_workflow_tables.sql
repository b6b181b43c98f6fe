-- @description Phase 3: workflow definitions, a state machine over records, approvals in steps, and the history of both

INSERT INTO feature_flags (flag_key, description)
VALUES ('workflow_engine', 'Phase 3: approval workflows for non-conformances, drawings and change orders');
SELECT create_message_queue('approvals');

CREATE FUNCTION valid_condition(candidate jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF jsonb_typeof(candidate) IS DISTINCT FROM 'object' THEN
    RETURN false;
  END IF;
  IF candidate = '{}' THEN
    RETURN true;
  END IF;
  IF (SELECT count(*) FROM jsonb_object_keys(candidate)) = 1 AND candidate ?| ARRAY['all', 'any'] THEN
    RETURN jsonb_typeof(coalesce(candidate -> 'all', candidate -> 'any')) = 'array'
      AND NOT EXISTS (SELECT FROM jsonb_array_elements(coalesce(candidate -> 'all', candidate -> 'any')) e
                      WHERE NOT valid_condition(e));
  END IF;
  IF (SELECT count(*) FROM jsonb_object_keys(candidate)) = 1 AND candidate ? 'not' THEN
    RETURN valid_condition(candidate -> 'not');
  END IF;
  RETURN jsonb_typeof(candidate -> 'field') = 'string'
    AND CASE
      WHEN candidate ->> 'op' IN ('is_null', 'not_null') THEN true
      WHEN candidate ->> 'op' = 'in' THEN jsonb_typeof(candidate -> 'value') = 'array'
      ELSE candidate ->> 'op' IN ('=', '!=', '<', '<=', '>', '>=') AND candidate ? 'value'
    END;
END
$$;
COMMENT ON FUNCTION valid_condition(jsonb) IS
  'True for {} (always), {"all": [..]}, {"any": [..]}, {"not": ..} and {"field": "severity", "op": "=", "value": "major"}';

CREATE FUNCTION condition_holds(condition jsonb, record jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  actual jsonb := nullif(record #> string_to_array(condition ->> 'field', '.'), 'null');
BEGIN
  IF condition ? 'all' THEN
    RETURN NOT EXISTS (SELECT FROM jsonb_array_elements(condition -> 'all') e WHERE NOT condition_holds(e, record));
  ELSIF condition ? 'any' THEN
    RETURN EXISTS (SELECT FROM jsonb_array_elements(condition -> 'any') e WHERE condition_holds(e, record));
  ELSIF condition ? 'not' THEN
    RETURN NOT condition_holds(condition -> 'not', record);
  ELSIF NOT condition ? 'field' THEN
    RETURN true;
  END IF;
  -- a field without a value fulfils nothing but is_null
  RETURN coalesce(CASE condition ->> 'op'
    WHEN 'is_null' THEN actual IS NULL
    WHEN 'not_null' THEN actual IS NOT NULL
    WHEN 'in' THEN condition -> 'value' @> jsonb_build_array(actual)
    WHEN '=' THEN actual = condition -> 'value'
    WHEN '!=' THEN actual <> condition -> 'value'
    WHEN '<' THEN actual < condition -> 'value'
    WHEN '<=' THEN actual <= condition -> 'value'
    WHEN '>' THEN actual > condition -> 'value'
    WHEN '>=' THEN actual >= condition -> 'value'
  END, false);
END
$$;

CREATE FUNCTION valid_approval_steps(candidate jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN jsonb_typeof(candidate) = 'array'
  AND NOT jsonb_path_exists(candidate, 'strict $[*] ? (!exists (@.role) || @.role.type() != "string")', silent => true);

CREATE TABLE workflows (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  workflow_code varchar(50) NOT NULL,
  workflow_name varchar(200) NOT NULL,
  entity_type varchar(30) NOT NULL,
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  is_active boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT uq_workflow_version UNIQUE (organization_id, workflow_code, version),
  CONSTRAINT uq_workflows_org_id UNIQUE (organization_id, id)
);
CREATE UNIQUE INDEX uq_workflow_active_per_entity ON workflows (organization_id, entity_type) WHERE is_active;

CREATE TABLE workflow_states (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  workflow_id integer NOT NULL,
  state_code varchar(30) NOT NULL,
  state_name varchar(200) NOT NULL,
  is_initial boolean NOT NULL DEFAULT false,
  is_final boolean NOT NULL DEFAULT false,
  display_order integer NOT NULL DEFAULT 0,
  CONSTRAINT uq_workflow_state UNIQUE (workflow_id, state_code),
  CONSTRAINT uq_workflow_states_workflow_id UNIQUE (organization_id, workflow_id, id),
  FOREIGN KEY (organization_id, workflow_id) REFERENCES workflows (organization_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_workflow_initial_state ON workflow_states (workflow_id) WHERE is_initial;

CREATE TABLE workflow_transitions (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  workflow_id integer NOT NULL,
  transition_code varchar(50) NOT NULL,
  transition_name varchar(200) NOT NULL,
  from_state_id integer NOT NULL,
  to_state_id integer NOT NULL,
  conditions jsonb NOT NULL DEFAULT '{}' CONSTRAINT transition_conditions_are_valid CHECK (valid_condition(conditions)),
  required_resource varchar(50),
  required_action varchar(50),
  approval_steps jsonb NOT NULL DEFAULT '[]' CONSTRAINT transition_approvals_are_valid CHECK (valid_approval_steps(approval_steps)),
  CONSTRAINT uq_workflow_transition UNIQUE (workflow_id, transition_code, from_state_id),
  CONSTRAINT uq_workflow_transitions_workflow_id UNIQUE (organization_id, workflow_id, id),
  CONSTRAINT permission_is_whole CHECK ((required_resource IS NULL) = (required_action IS NULL)),
  CONSTRAINT transition_moves CHECK (from_state_id <> to_state_id),
  FOREIGN KEY (organization_id, workflow_id, from_state_id)
    REFERENCES workflow_states (organization_id, workflow_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, workflow_id, to_state_id)
    REFERENCES workflow_states (organization_id, workflow_id, id) ON DELETE CASCADE
);
COMMENT ON COLUMN workflow_transitions.approval_steps IS 'Roles that must agree, one after the other: [{"role": "QUALITY"}, {"role": "MANAGER"}]';

CREATE TABLE workflow_instances (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  workflow_id integer NOT NULL,
  entity_type varchar(30) NOT NULL,
  entity_id integer NOT NULL,
  state_id integer NOT NULL,
  last_transition varchar(50),
  last_note text,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CONSTRAINT uq_workflow_instance UNIQUE (organization_id, entity_type, entity_id),
  CONSTRAINT uq_workflow_instances_org_id UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, workflow_id, state_id) REFERENCES workflow_states (organization_id, workflow_id, id)
);

COMMENT ON COLUMN workflow_instances.last_transition IS 'Code of the transition that led to the present state';

CREATE TABLE approvals (
  id serial PRIMARY KEY,
  organization_id integer NOT NULL,
  instance_id integer NOT NULL,
  workflow_id integer NOT NULL,
  transition_id integer NOT NULL,
  request_no integer NOT NULL,
  step_no integer NOT NULL,
  approver_role varchar(50) NOT NULL,
  status varchar(20) NOT NULL CHECK (status IN ('waiting', 'pending', 'approved', 'rejected', 'cancelled')),
  requested_by integer NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  request_note text,
  decided_by integer,
  decided_at timestamptz,
  comment text,
  CONSTRAINT uq_approval_step UNIQUE (instance_id, request_no, step_no),
  CONSTRAINT decision_is_whole CHECK ((status IN ('approved', 'rejected')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  CONSTRAINT nobody_approves_their_own_request CHECK (decided_by <> requested_by),
  FOREIGN KEY (organization_id, instance_id) REFERENCES workflow_instances (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, workflow_id, transition_id)
    REFERENCES workflow_transitions (organization_id, workflow_id, id),
  FOREIGN KEY (organization_id, requested_by) REFERENCES users (organization_id, id),
  FOREIGN KEY (organization_id, decided_by) REFERENCES users (organization_id, id)
);
CREATE UNIQUE INDEX uq_approval_pending ON approvals (instance_id) WHERE status = 'pending';
CREATE INDEX idx_approvals_open ON approvals (organization_id, approver_role) WHERE status = 'pending';

CREATE TABLE workflow_history (
  id bigserial PRIMARY KEY,
  organization_id integer NOT NULL,
  instance_id integer NOT NULL,
  event varchar(20) NOT NULL CHECK (event IN ('started', 'requested', 'approved', 'rejected', 'moved')),
  from_state varchar(30),
  to_state varchar(30),
  transition_code varchar(50),
  user_id integer,
  comment text,
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (organization_id, instance_id) REFERENCES workflow_instances (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_workflow_history_instance ON workflow_history (organization_id, instance_id, id);

SELECT secure_tenant_table(t::regclass)
FROM unnest(ARRAY['workflows', 'workflow_states', 'workflow_transitions', 'workflow_instances', 'approvals', 'workflow_history']) t;
REVOKE DELETE ON workflow_instances, approvals FROM mes_app, mes_worker;
REVOKE INSERT, UPDATE, DELETE ON workflow_history FROM mes_app, mes_worker;

CREATE FUNCTION workflow_problems(workflow integer) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'no initial state' WHERE NOT EXISTS (SELECT FROM workflow_states s WHERE s.workflow_id = workflow AND s.is_initial)
  UNION ALL
  SELECT 'no final state' WHERE NOT EXISTS (SELECT FROM workflow_states s WHERE s.workflow_id = workflow AND s.is_final)
  UNION ALL
  SELECT format('the final state %s is left by %s', s.state_code, t.transition_code)
  FROM workflow_states s JOIN workflow_transitions t ON t.from_state_id = s.id
  WHERE s.workflow_id = workflow AND s.is_final
  UNION ALL
  SELECT format('nothing leaves the state %s', s.state_code) FROM workflow_states s
  WHERE s.workflow_id = workflow AND NOT s.is_final
    AND NOT EXISTS (SELECT FROM workflow_transitions t WHERE t.from_state_id = s.id)
  UNION ALL
  SELECT format('from the state %s no final state can be reached', s.state_code) FROM workflow_states s
  WHERE s.workflow_id = workflow AND EXISTS (SELECT FROM workflow_transitions t WHERE t.from_state_id = s.id)
    AND s.id NOT IN (
    WITH RECURSIVE ending (id) AS (
      SELECT f.id FROM workflow_states f WHERE f.workflow_id = workflow AND f.is_final
      UNION
      SELECT t.from_state_id FROM ending e JOIN workflow_transitions t ON t.to_state_id = e.id
    )
    SELECT id FROM ending)
  UNION ALL
  SELECT format('the state %s cannot be reached', s.state_code) FROM workflow_states s
  WHERE s.workflow_id = workflow AND s.id NOT IN (
    WITH RECURSIVE reached (id) AS (
      SELECT i.id FROM workflow_states i WHERE i.workflow_id = workflow AND i.is_initial
      UNION
      SELECT t.to_state_id FROM reached r JOIN workflow_transitions t ON t.from_state_id = r.id
    )
    SELECT id FROM reached)
  UNION ALL
  SELECT format('the transition %s asks for the unknown role %s', t.transition_code, step ->> 'role')
  FROM workflow_transitions t CROSS JOIN LATERAL jsonb_array_elements(t.approval_steps) step
  WHERE t.workflow_id = workflow AND NOT EXISTS (
    SELECT FROM roles r WHERE r.organization_id = t.organization_id AND r.role_code = step ->> 'role')
$$;

CREATE FUNCTION check_workflow_before_use() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  problems text;
BEGIN
  IF entity_table(NEW.entity_type) IS NULL THEN
    RAISE EXCEPTION 'workflows do not work on %', NEW.entity_type USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.is_active AND (TG_OP = 'INSERT' OR NOT OLD.is_active) THEN
    PERFORM pg_advisory_xact_lock(hashtext('mes.workflow'), NEW.id);
    SELECT string_agg(p, '; ') INTO problems FROM workflow_problems(NEW.id) p;
    IF problems IS NOT NULL THEN
      RAISE EXCEPTION 'the workflow % cannot be used: %', NEW.workflow_code, problems USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    NEW.updated_at := now();
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER workflows_check_before_use BEFORE INSERT OR UPDATE ON workflows
  FOR EACH ROW EXECUTE FUNCTION check_workflow_before_use();

CREATE FUNCTION guard_workflow_definition() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- who may not define workflows would else move a record by a transition of their own making; a service has no user
  IF current_user_id() IS NOT NULL AND NOT user_has_permission(current_user_id(), 'workflows', 'write') THEN
    RAISE EXCEPTION 'user % may not define workflows', current_user_id() USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER workflows_guard_definition AFTER INSERT OR UPDATE OR DELETE ON workflows
  FOR EACH ROW EXECUTE FUNCTION guard_workflow_definition();
CREATE TRIGGER workflow_states_guard_definition AFTER INSERT OR UPDATE OR DELETE ON workflow_states
  FOR EACH ROW EXECUTE FUNCTION guard_workflow_definition();
CREATE TRIGGER workflow_transitions_guard_definition AFTER INSERT OR UPDATE OR DELETE ON workflow_transitions
  FOR EACH ROW EXECUTE FUNCTION guard_workflow_definition();

CREATE FUNCTION keep_workflow_usable() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- SECURITY DEFINER: it runs at the end of the transaction, when the session may have turned to another organisation
DECLARE
  changed workflows;
  problems text;
BEGIN
  FOR changed IN SELECT * FROM workflows w WHERE w.id IN (OLD.workflow_id, NEW.workflow_id) ORDER BY w.id LOOP
    -- waits for transactions that move a record by the old definition, or put it into use; they wait for this one
    PERFORM pg_advisory_xact_lock(hashtext('mes.workflow'), changed.id);
    CONTINUE WHEN NOT EXISTS (SELECT FROM workflows w WHERE w.id = changed.id AND w.is_active)
      AND NOT EXISTS (SELECT FROM workflow_instances i WHERE i.workflow_id = changed.id AND i.finished_at IS NULL);
    SELECT string_agg(p, '; ') INTO problems FROM (
      SELECT p FROM workflow_problems(changed.id) p
      UNION ALL
      SELECT format('records stand in the state %s, which is final', s.state_code) FROM workflow_states s
      WHERE s.workflow_id = changed.id AND s.is_final
        AND EXISTS (SELECT FROM workflow_instances i WHERE i.state_id = s.id AND i.finished_at IS NULL)) found (p);
    IF problems IS NOT NULL THEN
      RAISE EXCEPTION 'the workflow % is in use and could not be used any more: %', changed.workflow_code, problems
        USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Make a new version of it.';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION keep_workflow_usable() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER workflow_states_keep_usable AFTER INSERT OR UPDATE OR DELETE ON workflow_states
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_workflow_usable();
CREATE CONSTRAINT TRIGGER workflow_transitions_keep_usable AFTER INSERT OR UPDATE OR DELETE ON workflow_transitions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_workflow_usable();

CREATE FUNCTION keep_state_of_records() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM workflow_instances i WHERE i.state_id = OLD.id) THEN
    RAISE EXCEPTION 'records stand in the state %, whose code is their status', OLD.state_code
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Change state_name, or make a new version of the workflow.';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER workflow_states_keep_code BEFORE UPDATE OF state_code ON workflow_states
  FOR EACH ROW WHEN (OLD.state_code IS DISTINCT FROM NEW.state_code) EXECUTE FUNCTION keep_state_of_records();

CREATE FUNCTION write_workflow_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- SECURITY DEFINER: nobody but this trigger writes the history, so it tells what happened
BEGIN
  IF TG_TABLE_NAME = 'workflow_instances' THEN
    INSERT INTO workflow_history (organization_id, instance_id, event, from_state, to_state, transition_code, user_id, comment)
    SELECT NEW.organization_id, NEW.id, CASE TG_OP WHEN 'INSERT' THEN 'started' ELSE 'moved' END,
           (SELECT s.state_code FROM workflow_states s WHERE TG_OP = 'UPDATE' AND s.id = OLD.state_id), s.state_code,
           NEW.last_transition, current_user_id(), NEW.last_note
    FROM workflow_states s WHERE s.id = NEW.state_id;
  ELSE
    INSERT INTO workflow_history (organization_id, instance_id, event, transition_code, user_id, comment)
    SELECT NEW.organization_id, NEW.instance_id, CASE TG_OP WHEN 'INSERT' THEN 'requested' ELSE NEW.status END,
           t.transition_code, current_user_id(), CASE TG_OP WHEN 'INSERT' THEN NEW.request_note ELSE NEW.comment END
    FROM workflow_transitions t WHERE t.id = NEW.transition_id;
  END IF;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION write_workflow_history() FROM PUBLIC;
CREATE TRIGGER workflow_instances_history AFTER INSERT OR UPDATE OF state_id ON workflow_instances
  FOR EACH ROW EXECUTE FUNCTION write_workflow_history();
CREATE TRIGGER approvals_request_history AFTER INSERT ON approvals
  FOR EACH ROW WHEN (NEW.step_no = 1) EXECUTE FUNCTION write_workflow_history();
CREATE TRIGGER approvals_decision_history AFTER UPDATE OF status ON approvals
  FOR EACH ROW WHEN (NEW.status IN ('approved', 'rejected')) EXECUTE FUNCTION write_workflow_history();

CREATE FUNCTION first_state(workflow integer, status text) RETURNS workflow_states
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  -- a record that was worked on before workflows came stays where it is
  SELECT * FROM workflow_states s WHERE s.workflow_id = workflow
  ORDER BY s.state_code = status DESC NULLS LAST, s.is_initial DESC LIMIT 1
$$;

CREATE FUNCTION require_transition(instance workflow_instances, transition workflow_transitions) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF transition.required_resource IS NOT NULL THEN
    PERFORM require_permission(transition.required_resource, transition.required_action);
  END IF;
  IF NOT condition_holds(transition.conditions, entity_row(instance.entity_type, instance.entity_id, instance.organization_id)
       || jsonb_build_object('custom', custom_fields_of(instance.entity_type, instance.entity_id))) THEN
    RAISE EXCEPTION 'the conditions of the transition % do not hold for % %',
      transition.transition_code, instance.entity_type, instance.entity_id
      USING ERRCODE = 'check_violation', DETAIL = transition.conditions::text;
  END IF;
END
$$;

CREATE FUNCTION guard_workflow_instance() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  state workflow_states;
  transition workflow_transitions;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('mes.workflow'), NEW.workflow_id);
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT FROM workflows w WHERE w.id = NEW.workflow_id AND w.entity_type = NEW.entity_type AND w.is_active) THEN
      RAISE EXCEPTION 'the workflow % is not in use for %', NEW.workflow_id, NEW.entity_type
        USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use start_workflow.';
    END IF;
    state := first_state(NEW.workflow_id, entity_row(NEW.entity_type, NEW.entity_id, NEW.organization_id) ->> 'status');
    IF NEW.state_id IS DISTINCT FROM state.id THEN
      RAISE EXCEPTION 'the workflow of % % starts in the state %', NEW.entity_type, NEW.entity_id, state.state_code
        USING ERRCODE = 'check_violation', HINT = 'Use start_workflow.';
    END IF;
    NEW.finished_at := CASE WHEN state.is_final THEN now() END;
    NEW.last_transition := NULL;
    NEW.last_note := NULL;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.organization_id, NEW.workflow_id, NEW.entity_type, NEW.entity_id, NEW.started_at) IS DISTINCT FROM
     (OLD.id, OLD.organization_id, OLD.workflow_id, OLD.entity_type, OLD.entity_id, OLD.started_at) THEN
    RAISE EXCEPTION 'the workflow of % % keeps its record, its definition and its organisation', OLD.entity_type, OLD.entity_id
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT t.* INTO transition FROM workflow_transitions t
  WHERE t.workflow_id = OLD.workflow_id AND t.transition_code = NEW.last_transition
    AND t.from_state_id = OLD.state_id AND t.to_state_id = NEW.state_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the workflow of % % is moved by its transitions only', OLD.entity_type, OLD.entity_id
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use move_in_workflow.';
  END IF;
  IF EXISTS (SELECT FROM approvals a WHERE a.instance_id = OLD.id AND a.status = 'pending') THEN
    RAISE EXCEPTION '% % waits for an approval', OLD.entity_type, OLD.entity_id USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF transition.approval_steps = '[]' THEN
    PERFORM require_transition(OLD, transition);
  -- the last step is decided in the transaction that moves, so that an approval serves once
  ELSIF NOT EXISTS (
    SELECT FROM approvals a WHERE a.instance_id = OLD.id AND a.transition_id = transition.id AND a.status = 'approved'
    GROUP BY a.request_no
    HAVING count(*) = jsonb_array_length(transition.approval_steps) AND max(a.decided_at) = now()) THEN
    RAISE EXCEPTION 'the transition % of % % is not approved', transition.transition_code, OLD.entity_type, OLD.entity_id
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use move_in_workflow and decide_approval.';
  END IF;
  NEW.finished_at := (SELECT now() FROM workflow_states s WHERE s.id = NEW.state_id AND s.is_final);
  RETURN NEW;
END
$$;
CREATE TRIGGER workflow_instances_guard BEFORE INSERT OR UPDATE ON workflow_instances
  FOR EACH ROW EXECUTE FUNCTION guard_workflow_instance();

CREATE FUNCTION follow_workflow_state() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  code text := (SELECT s.state_code FROM workflow_states s WHERE s.id = NEW.state_id);
  followed bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    EXECUTE format('UPDATE %s SET status = $1 WHERE organization_id = $2 AND id = $3 AND status IS DISTINCT FROM $1',
                   entity_table(NEW.entity_type)) USING code, NEW.organization_id, NEW.entity_id;
    RETURN NULL;
  END IF;
  EXECUTE format('UPDATE %s SET status = $1 WHERE organization_id = $2 AND id = $3', entity_table(NEW.entity_type))
    USING code, NEW.organization_id, NEW.entity_id;
  GET DIAGNOSTICS followed = ROW_COUNT;
  IF followed = 0 THEN
    RAISE EXCEPTION 'there is no % % that user % may change', NEW.entity_type, NEW.entity_id,
      coalesce(current_user_id()::text, '(none)') USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM enqueue_message('notifications', 'workflow_moved', jsonb_build_object('channel', 'email',
    'entity_type', NEW.entity_type, 'entity_id', NEW.entity_id,
    'from', (SELECT s.state_code FROM workflow_states s WHERE s.id = OLD.state_id), 'to', code));
  RETURN NULL;
END
$$;
CREATE TRIGGER workflow_instances_follow AFTER INSERT OR UPDATE OF state_id ON workflow_instances
  FOR EACH ROW EXECUTE FUNCTION follow_workflow_state();

CREATE FUNCTION guard_approval() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  instance workflow_instances;
  transition workflow_transitions;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO instance FROM workflow_instances i WHERE i.id = NEW.instance_id;
    SELECT * INTO transition FROM workflow_transitions t WHERE t.id = NEW.transition_id;
    IF NEW.step_no < 1 OR NEW.status <> (CASE NEW.step_no WHEN 1 THEN 'pending' ELSE 'waiting' END)
       OR (NEW.approver_role, NEW.requested_by, instance.state_id) IS DISTINCT FROM
          (transition.approval_steps -> NEW.step_no - 1 ->> 'role', current_user_id(), transition.from_state_id) THEN
      RAISE EXCEPTION 'an approval is asked for as its transition has it' USING ERRCODE = 'check_violation', HINT = 'Use move_in_workflow.';
    END IF;
    PERFORM require_transition(instance, transition);
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.organization_id, NEW.instance_id, NEW.workflow_id, NEW.transition_id, NEW.request_no, NEW.step_no,
      NEW.approver_role, NEW.requested_by, NEW.requested_at, NEW.request_note) IS DISTINCT FROM
     (OLD.id, OLD.organization_id, OLD.instance_id, OLD.workflow_id, OLD.transition_id, OLD.request_no, OLD.step_no,
      OLD.approver_role, OLD.requested_by, OLD.requested_at, OLD.request_note)
     OR (OLD.status, NEW.status) NOT IN (('pending', 'approved'), ('pending', 'rejected'), ('waiting', 'pending'), ('waiting', 'cancelled'))
     OR NEW.status = 'pending' AND NOT EXISTS (
       SELECT FROM approvals a WHERE a.instance_id = OLD.instance_id AND a.request_no = OLD.request_no
         AND a.step_no = OLD.step_no - 1 AND a.status = 'approved') THEN
    RAISE EXCEPTION 'the approval % is changed by a decision only', OLD.id
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use decide_approval.';
  END IF;
  IF OLD.status = 'pending' THEN
    IF NEW.decided_by IS DISTINCT FROM current_user_id() OR NOT EXISTS (
      SELECT FROM user_roles ur JOIN roles r ON r.organization_id = ur.organization_id AND r.id = ur.role_id
      JOIN users u ON u.organization_id = ur.organization_id AND u.id = ur.user_id AND u.is_active
      WHERE ur.organization_id = OLD.organization_id AND ur.user_id = current_user_id() AND r.role_code = OLD.approver_role
        AND (ur.expires_at IS NULL OR ur.expires_at > now())) THEN
      RAISE EXCEPTION 'user % does not hold the role %', coalesce(current_user_id()::text, '(none)'), OLD.approver_role
        USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.decided_at := now();
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER approvals_guard BEFORE INSERT OR UPDATE ON approvals
  FOR EACH ROW EXECUTE FUNCTION guard_approval();

CREATE FUNCTION start_workflow(kind text, entity integer) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  record jsonb;
  workflow workflows;
  state workflow_states;
  instance integer;
BEGIN
  PERFORM require_feature('workflow_engine');
  record := entity_row(kind, entity, organization);
  IF record IS NULL THEN
    RAISE EXCEPTION 'there is no % %', kind, entity USING ERRCODE = 'no_data_found';
  END IF;
  SELECT * INTO workflow FROM workflows WHERE organization_id = organization AND entity_type = kind AND is_active;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no workflow is in use for %', kind USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  state := first_state(workflow.id, record ->> 'status');
  INSERT INTO workflow_instances (organization_id, workflow_id, entity_type, entity_id, state_id)
  VALUES (organization, workflow.id, kind, entity, state.id)
  ON CONFLICT DO NOTHING RETURNING id INTO instance;
  IF instance IS NULL THEN
    RAISE EXCEPTION 'the workflow of % % is started already', kind, entity USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN state.state_code;
END
$$;

CREATE FUNCTION complete_transition(instance workflow_instances, transition workflow_transitions, comment text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE workflow_instances i
  SET state_id = transition.to_state_id, last_transition = transition.transition_code, last_note = complete_transition.comment
  WHERE i.id = instance.id;
  RETURN (SELECT s.state_code FROM workflow_states s WHERE s.id = transition.to_state_id);
END
$$;

CREATE FUNCTION ask_for_approval(approval approvals) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM enqueue_message('approvals', 'approval_wanted', jsonb_build_object('approval_id', approval.id, 'role', approval.approver_role));
  -- one message for each who can answer, except who asks
  PERFORM enqueue_message('notifications', 'approval_wanted', jsonb_build_object('channel', 'email',
    'approval_id', approval.id, 'to', u.email))
  FROM user_roles ur
  JOIN roles r ON r.organization_id = ur.organization_id AND r.id = ur.role_id
  JOIN users u ON u.organization_id = ur.organization_id AND u.id = ur.user_id AND u.is_active
  WHERE ur.organization_id = approval.organization_id AND r.role_code = approval.approver_role
    AND u.id <> approval.requested_by AND (ur.expires_at IS NULL OR ur.expires_at > now());
END
$$;

CREATE FUNCTION move_in_workflow(kind text, entity integer, wanted text, note text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  instance workflow_instances;
  transition workflow_transitions;
  first_step approvals;
  request integer;
BEGIN
  PERFORM require_feature('workflow_engine');
  SELECT * INTO instance FROM workflow_instances
  WHERE organization_id = organization AND entity_type = kind AND entity_id = entity FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no workflow is started for % %', kind, entity USING ERRCODE = 'no_data_found';
  END IF;
  IF EXISTS (SELECT FROM approvals a WHERE a.instance_id = instance.id AND a.status = 'pending') THEN
    RAISE EXCEPTION '% % waits for an approval', kind, entity USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  SELECT * INTO transition FROM workflow_transitions t
  WHERE t.workflow_id = instance.workflow_id AND t.transition_code = wanted AND t.from_state_id = instance.state_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the transition % does not leave the present state of % %', wanted, kind, entity
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  -- the guards ask for permission and conditions
  IF transition.approval_steps = '[]' THEN
    RETURN complete_transition(instance, transition, note);
  END IF;
  IF current_user_id() IS NULL THEN
    RAISE EXCEPTION 'an approval is asked for by a user' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT coalesce(max(a.request_no), 0) + 1 INTO request FROM approvals a WHERE a.instance_id = instance.id;
  INSERT INTO approvals (organization_id, instance_id, workflow_id, transition_id, request_no, step_no, approver_role, status, requested_by, request_note)
  SELECT organization, instance.id, instance.workflow_id, transition.id, request, n, step ->> 'role',
         CASE n WHEN 1 THEN 'pending' ELSE 'waiting' END, current_user_id(), note
  FROM jsonb_array_elements(transition.approval_steps) WITH ORDINALITY s (step, n);
  SELECT * INTO first_step FROM approvals a WHERE a.instance_id = instance.id AND a.status = 'pending';
  PERFORM ask_for_approval(first_step);
  RETURN 'waiting for approval';
END
$$;

CREATE FUNCTION decide_approval(approval_id integer, decision text, note text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  organization integer := require_organization();
  answered approvals;
  next_step approvals;
  instance workflow_instances;
  transition workflow_transitions;
BEGIN
  IF decision IS NULL OR decision NOT IN ('approved', 'rejected') THEN
    RAISE EXCEPTION 'a decision is approved or rejected, not %', decision USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT * INTO answered FROM approvals a WHERE a.organization_id = organization AND a.id = approval_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no approval %', approval_id USING ERRCODE = 'no_data_found';
  END IF;
  -- the instance first, as move_in_workflow does, so that the two never wait for each other
  SELECT * INTO instance FROM workflow_instances i WHERE i.id = answered.instance_id FOR UPDATE;
  SELECT * INTO answered FROM approvals a WHERE a.id = approval_id FOR UPDATE;
  IF answered.status <> 'pending' THEN
    RAISE EXCEPTION 'the approval % is %', approval_id, answered.status USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF current_user_id() = answered.requested_by THEN
    RAISE EXCEPTION 'nobody approves their own request' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT * INTO transition FROM workflow_transitions t WHERE t.id = answered.transition_id;
  UPDATE approvals a SET status = decision, decided_by = current_user_id(), decided_at = now(), comment = note
  WHERE a.id = approval_id;
  IF decision = 'rejected' THEN
    UPDATE approvals a SET status = 'cancelled'
    WHERE a.instance_id = instance.id AND a.request_no = answered.request_no AND a.status = 'waiting';
    RETURN (SELECT s.state_code FROM workflow_states s WHERE s.id = instance.state_id);
  END IF;
  UPDATE approvals a SET status = 'pending'
  WHERE a.instance_id = instance.id AND a.request_no = answered.request_no AND a.status = 'waiting'
    AND a.step_no = answered.step_no + 1
  RETURNING a.* INTO next_step;
  IF FOUND THEN
    PERFORM ask_for_approval(next_step);
    RETURN 'waiting for approval';
  END IF;
  RETURN complete_transition(instance, transition, note);
END
$$;

CREATE FUNCTION keep_status_of_workflow() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  present text;
BEGIN
  SELECT s.state_code INTO present
  FROM workflow_instances i JOIN workflow_states s ON s.organization_id = i.organization_id AND s.id = i.state_id
  WHERE i.organization_id = NEW.organization_id AND i.entity_type = TG_ARGV[0] AND i.entity_id = NEW.id;
  IF present <> NEW.status AND feature_enabled('workflow_engine') THEN
    RAISE EXCEPTION 'the status of % % is that of its workflow: %', TG_ARGV[0], NEW.id, present
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use move_in_workflow.';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER work_orders_keep_status BEFORE UPDATE OF status ON work_orders
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION keep_status_of_workflow('work_order');
CREATE TRIGGER projects_keep_status BEFORE UPDATE OF status ON projects
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION keep_status_of_workflow('project');
CREATE TRIGGER ncrs_keep_status BEFORE UPDATE OF status ON ncrs
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION keep_status_of_workflow('ncr');

CREATE FUNCTION available_transitions(kind text, entity integer)
RETURNS TABLE (transition_code text, to_state text, needs_approval boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.transition_code::text, s.state_code::text, t.approval_steps <> '[]'
  FROM workflow_instances i
  JOIN workflow_transitions t ON t.workflow_id = i.workflow_id AND t.from_state_id = i.state_id
  JOIN workflow_states s ON s.id = t.to_state_id
  WHERE i.organization_id = current_organization_id() AND i.entity_type = kind AND i.entity_id = entity
    AND (t.required_resource IS NULL OR user_has_permission(current_user_id(), t.required_resource, t.required_action))
    AND condition_holds(t.conditions, entity_row(kind, entity, i.organization_id)
          || jsonb_build_object('custom', custom_fields_of(kind, entity)))
  ORDER BY 1
$$;
COMMENT ON FUNCTION available_transitions(text, integer) IS 'What the user of the session can do with the record now';

CREATE FUNCTION create_ncr_workflow(organization integer) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  made integer := (SELECT id FROM workflows WHERE organization_id = organization AND workflow_code = 'ncr_standard' AND version = 1);
BEGIN
  IF made IS NOT NULL THEN
    RETURN made;
  END IF;
  INSERT INTO workflows (organization_id, workflow_code, workflow_name, entity_type)
  VALUES (organization, 'ncr_standard', 'Non-conformance', 'ncr') RETURNING id INTO made;
  INSERT INTO workflow_states (organization_id, workflow_id, state_code, state_name, is_initial, is_final, display_order)
  VALUES (organization, made, 'open', 'Open', true, false, 1),
         (organization, made, 'in_review', 'In review', false, false, 2),
         (organization, made, 'rework', 'Rework', false, false, 3),
         (organization, made, 'closed', 'Closed', false, true, 4);
  INSERT INTO workflow_transitions (organization_id, workflow_id, transition_code, transition_name, from_state_id, to_state_id,
    conditions, required_resource, required_action, approval_steps)
  SELECT organization, made, t.code, t.label, f.id, g.id, t.conditions, 'ncrs', 'write', t.steps
  FROM (VALUES
    ('review', 'Start review', 'open', 'in_review', '{}'::jsonb, '[]'::jsonb),
    ('order_rework', 'Order rework', 'in_review', 'rework', '{"field": "quantity_affected", "op": ">", "value": 0}', '[]'),
    ('close', 'Close', 'in_review', 'closed', '{"field": "severity", "op": "=", "value": "minor"}', '[]'),
    ('close_serious', 'Close with approval', 'in_review', 'closed',
     '{"field": "severity", "op": "in", "value": ["major", "critical"]}', '[{"role": "QUALITY"}, {"role": "MANAGER"}]'),
    ('recheck', 'Check the rework', 'rework', 'in_review', '{}', '[]')
  ) AS t (code, label, origin, target, conditions, steps)
  JOIN workflow_states f ON f.workflow_id = made AND f.state_code = t.origin
  JOIN workflow_states g ON g.workflow_id = made AND g.state_code = t.target;
  UPDATE workflows SET is_active = true WHERE id = made;
  RETURN made;
END
$$;
COMMENT ON FUNCTION create_ncr_workflow(integer) IS 'The standard workflow of non-conformances: serious ones close with the consent of quality and of the manager';
SELECT create_ncr_workflow(id) FROM organizations ORDER BY id;

CREATE FUNCTION seed_workflow_of_new_organization() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET app.user_id = '' AS $$
-- SECURITY DEFINER and no user: whoever creates an organisation has no session in it yet
BEGIN
  PERFORM create_ncr_workflow(NEW.id);
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION seed_workflow_of_new_organization() FROM PUBLIC;
-- behind organizations_seed_roles, by its name: the workflow asks for roles
CREATE TRIGGER organizations_seed_workflow AFTER INSERT ON organizations
  FOR EACH ROW EXECUTE FUNCTION seed_workflow_of_new_organization();
