-- The five closed lists of the business model.

-- @check the five enum types have the values of the document
-- @expect result = [{"type":"organization_type","values":"oraseas_ee, bossaqua, customer, supplier"},{"type":"part_type","values":"consumable, bulk_material"},{"type":"transaction_type","values":"creation, transfer, consumption, adjustment"},{"type":"user_role","values":"user, admin, super_admin"},{"type":"user_status","values":"active, inactive, pending_invitation, locked"}]
SELECT t.typname::text AS type, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS values
FROM pg_type t
JOIN pg_enum e ON e.enumtypid = t.oid
WHERE t.typnamespace = 'public'::regnamespace
  AND t.typname IN ('organization_type', 'part_type', 'user_role', 'user_status', 'transaction_type')
GROUP BY t.typname
ORDER BY t.typname;

-- @check the enum types are gone
-- @expect rows = 0
-- @when rolled-back
SELECT typname FROM pg_type
WHERE typnamespace = 'public'::regnamespace
  AND typname IN ('organization_type', 'part_type', 'user_role', 'user_status', 'transaction_type');
