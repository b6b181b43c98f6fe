-- What organisations switched on for themselves, and fields of their own with values.

INSERT INTO organization_feature_flags (organization_id, flag_key, enabled, changed_at)
SELECT o.id, 'custom_fields', true, timestamptz '2025-11-09 15:00+00' FROM organizations o;

INSERT INTO type_lists (organization_id, list_code, list_name, created_at)
SELECT o.id, 'finish', 'Surface finish', timestamptz '2025-11-09 15:10+00' FROM organizations o;

INSERT INTO type_list_values (organization_id, type_list_id, value_code, value_label, display_order)
SELECT l.organization_id, l.id, v.code, v.label, v.place
FROM type_lists l CROSS JOIN (VALUES ('zinc', 'Zinc plated', 1), ('raw', 'Raw', 2), ('paint', 'Painted "grün"', 3)) AS v (code, label, place)
WHERE l.list_code = 'finish';

INSERT INTO custom_fields (organization_id, entity_type, field_code, field_label, field_type, type_list_id, created_at)
SELECT l.organization_id, 'material', f.code, f.label, f.type, CASE WHEN f.type = 'select' THEN l.id END, timestamptz '2025-11-09 15:20+00'
FROM type_lists l
CROSS JOIN (VALUES ('finish', 'Finish', 'select'), ('drawing', 'Drawing number', 'text'), ('hardness', 'Hardness HRC', 'number')) AS f (code, label, type)
WHERE l.list_code = 'finish';

INSERT INTO field_values (organization_id, custom_field_id, entity_type, entity_id, value)
SELECT f.organization_id, f.id, 'material', m.id, CASE f.field_code WHEN 'finish' THEN '"zinc"' WHEN 'drawing' THEN '"D-4711/é"' ELSE '58.5' END::jsonb
FROM custom_fields f
CROSS JOIN LATERAL (SELECT id FROM materials WHERE organization_id = f.organization_id ORDER BY id LIMIT 2) m;
