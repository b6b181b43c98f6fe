-- How purchases are approved, and some that are on their way.

INSERT INTO workflow_definitions (organization_id, name, entity_type, definition, created_at)
SELECT o.id, 'Purchase approval', 'purchase_order',
  '{"steps": ["draft", "approved", "rejected"], "initial": "draft", "final": ["approved", "rejected"],
    "transitions": [{"from": "draft", "to": "approved"}, {"from": "draft", "to": "rejected", "needs_reason": true}]}',
  timestamp '2025-01-02 08:00'
FROM organizations o;

INSERT INTO workflow_instances (organization_id, workflow_definition_id, entity_id, current_step, status, data, created_at, updated_at)
SELECT d.organization_id, d.id, n, 'draft', 'running', jsonb_build_object('note', 'größer ' || n),
  timestamp '2025-01-03 08:00' + n * interval '1 hour', timestamp '2025-01-03 09:00' + n * interval '1 hour'
FROM workflow_definitions d CROSS JOIN generate_series(1, 4) n;
