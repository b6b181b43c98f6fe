-- Settings that organisations chose for themselves.

INSERT INTO system_settings (organization_id, setting_key, value, updated_at)
SELECT o.id, s.key, s.value::jsonb, timestamptz '2025-12-29 10:00+00'
FROM organizations o
CROSS JOIN (VALUES ('default_language', '"de"'), ('session_timeout_minutes', '45'), ('require_two_factor', 'true')) AS s (key, value);
