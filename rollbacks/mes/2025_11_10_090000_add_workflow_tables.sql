-- @description Remove the workflow engine; records keep the status they have
-- @deletes organization_feature_flags
-- @deletes pgmq.meta

DROP TRIGGER organizations_seed_workflow ON organizations;
DROP FUNCTION seed_workflow_of_new_organization();
DROP FUNCTION create_ncr_workflow(integer);
DROP FUNCTION available_transitions(text, integer);
DROP TRIGGER ncrs_keep_status ON ncrs;
DROP TRIGGER projects_keep_status ON projects;
DROP TRIGGER work_orders_keep_status ON work_orders;
DROP FUNCTION keep_status_of_workflow();
DROP FUNCTION decide_approval(integer, text, text);
DROP FUNCTION move_in_workflow(text, integer, text, text);
DROP FUNCTION ask_for_approval(approvals);
DROP FUNCTION complete_transition(workflow_instances, workflow_transitions, text);
DROP FUNCTION start_workflow(text, integer);
DROP TRIGGER approvals_guard ON approvals;
DROP FUNCTION guard_approval();
DROP TRIGGER workflow_instances_follow ON workflow_instances;
DROP FUNCTION follow_workflow_state();
DROP TRIGGER workflow_instances_guard ON workflow_instances;
DROP FUNCTION guard_workflow_instance();
DROP FUNCTION require_transition(workflow_instances, workflow_transitions);
DROP FUNCTION first_state(integer, text);
DROP TABLE workflow_history;
DROP TABLE approvals;
DROP TABLE workflow_instances;
DROP TABLE workflow_transitions;
DROP TABLE workflow_states;
DROP TABLE workflows;
DROP FUNCTION write_workflow_history();
DROP FUNCTION keep_state_of_records();
DROP FUNCTION keep_workflow_usable();
DROP FUNCTION workflow_problems(integer);
DROP FUNCTION guard_workflow_definition();
DROP FUNCTION check_workflow_before_use();
DROP FUNCTION valid_approval_steps(jsonb);
DROP FUNCTION condition_holds(jsonb, jsonb);
DROP FUNCTION valid_condition(jsonb);
SELECT pgmq.drop_queue('approvals');
DELETE FROM feature_flags WHERE flag_key = 'workflow_engine';
