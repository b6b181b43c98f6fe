-- Non-conformances on their way through the workflow, serious ones waiting for consent.

INSERT INTO workflow_instances (organization_id, workflow_id, entity_type, entity_id, state_id, started_at)
SELECT n.organization_id, s.workflow_id, 'ncr', n.id, s.id, timestamptz '2025-11-10 10:00+00'
FROM ncrs n
JOIN workflows w ON w.organization_id = n.organization_id AND w.entity_type = 'ncr' AND w.is_active
JOIN workflow_states s ON s.workflow_id = w.id AND s.state_code = n.status AND NOT s.is_final;

UPDATE workflow_history h SET comment = 'größer', happened_at = i.started_at
FROM workflow_instances i WHERE i.id = h.instance_id;

DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT i.*, t.id AS transition_id, (SELECT min(ur.user_id) FROM user_roles ur JOIN roles r ON r.id = ur.role_id
      JOIN users u ON u.id = ur.user_id AND u.is_active
      WHERE ur.organization_id = i.organization_id AND r.role_code = 'ADMIN' AND (ur.expires_at IS NULL OR ur.expires_at > now())) AS asker
    FROM workflow_instances i
    JOIN workflow_transitions t ON t.from_state_id = i.state_id AND t.transition_code = 'close_serious'
    JOIN ncrs n ON n.id = i.entity_id AND n.severity IN ('major', 'critical')
  LOOP
    CONTINUE WHEN wanted.asker IS NULL;
    PERFORM set_config('app.organization_id', wanted.organization_id::text, true), set_config('app.user_id', wanted.asker::text, true);
    INSERT INTO approvals (organization_id, instance_id, workflow_id, transition_id, request_no, step_no, approver_role, status, requested_by, requested_at)
    VALUES (wanted.organization_id, wanted.id, wanted.workflow_id, wanted.transition_id, 1, 1, 'QUALITY', 'pending', wanted.asker, timestamptz '2025-11-10 11:00+00'),
           (wanted.organization_id, wanted.id, wanted.workflow_id, wanted.transition_id, 1, 2, 'MANAGER', 'waiting', wanted.asker, timestamptz '2025-11-10 11:00+00');
  END LOOP;
  PERFORM set_config('app.organization_id', '', true), set_config('app.user_id', '', true);
  UPDATE workflow_history SET happened_at = timestamptz '2025-11-10 11:00+00' WHERE event = 'requested';
END
$$;
