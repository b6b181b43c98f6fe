-- Exceptions for some people, and what was changed before the log was kept by triggers.

INSERT INTO public.user_permissions (id, user_id, permission, resource, granted, granted_by, granted_at, reason)
SELECT md5('user_permissions' || p.n)::uuid, p.id, 'export', 'report', p.n % 3 <> 0, '00000000-0000-4000-8000-000000000001',
  timestamptz '2025-01-06 09:00+00' + p.n * interval '1 day', CASE WHEN p.n % 3 = 0 THEN 'left the reports team' END
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM public.profiles) p
WHERE p.n <= 6;

INSERT INTO public.change_log (id, table_name, record_id, operation, changed_fields, old_values, new_values, version, changed_by, changed_at, database_user)
SELECT md5('change_log' || p.n)::uuid, 'profiles', p.id, 'UPDATE', '{phone}', '{"phone": null}', '{"phone": "+1 555 0100"}', 2,
  '00000000-0000-4000-8000-000000000001', timestamptz '2025-02-03 10:00+00' + p.n * interval '1 hour', 'crm_import'
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM public.profiles) p
WHERE p.n <= 6;
