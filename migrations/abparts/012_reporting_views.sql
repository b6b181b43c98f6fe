-- @description Views for inventory, usage and hierarchy; each shows what the caller may see

CREATE VIEW inventory_report WITH (security_invoker = true) AS
SELECT w.organization_id, o.name AS organization_name, i.warehouse_id, w.name AS warehouse_name,
       i.part_id, p.part_number, p.name AS part_name, p.part_type, p.is_proprietary,
       i.current_stock, i.unit_of_measure, i.minimum_stock_recommendation,
       i.current_stock < i.minimum_stock_recommendation AS below_minimum, i.last_updated
FROM inventory i
JOIN warehouses w ON w.id = i.warehouse_id
JOIN organizations o ON o.id = w.organization_id
JOIN parts p ON p.id = i.part_id;
COMMENT ON VIEW inventory_report IS 'Stock of each part in each warehouse, with what is advised to be kept.';

CREATE VIEW organization_stock WITH (security_invoker = true) AS
SELECT w.organization_id, i.part_id, sum(i.current_stock) AS current_stock, i.unit_of_measure,
       count(*) AS warehouses
FROM inventory i
JOIN warehouses w ON w.id = i.warehouse_id
GROUP BY w.organization_id, i.part_id, i.unit_of_measure;
COMMENT ON VIEW organization_stock IS 'Stock of each part over all warehouses of an organisation.';

CREATE VIEW inventory_balance WITH (security_invoker = true) AS
WITH movement AS (
  SELECT to_warehouse_id AS warehouse_id, part_id, quantity AS received, 0 AS issued
  FROM transactions WHERE to_warehouse_id IS NOT NULL
  UNION ALL
  SELECT from_warehouse_id, part_id, 0, quantity
  FROM transactions WHERE from_warehouse_id IS NOT NULL
), balance AS (
  SELECT warehouse_id, part_id, sum(received) AS received, sum(issued) AS issued
  FROM movement
  GROUP BY warehouse_id, part_id
)
SELECT warehouse_id, part_id,
       coalesce(b.received, 0) AS received, coalesce(b.issued, 0) AS issued,
       coalesce(b.received, 0) - coalesce(b.issued, 0) AS balance,
       coalesce(i.current_stock, 0) AS current_stock,
       coalesce(i.current_stock, 0) - coalesce(b.received, 0) + coalesce(b.issued, 0) AS difference
FROM inventory i
FULL JOIN balance b USING (warehouse_id, part_id);
COMMENT ON VIEW inventory_balance IS 'All ins and outs of a part in a warehouse, their balance, and how far the stock is from it (always 0).';

CREATE VIEW machine_part_usage WITH (security_invoker = true) AS
SELECT m.customer_organization_id, t.machine_id, m.serial_number, t.part_id, t.quantity,
       t.transaction_date AS used_at, t.performed_by_user_id AS recorded_by_user_id, t.notes
FROM transactions t
JOIN machines m ON m.id = t.machine_id
WHERE t.transaction_type = 'consumption'
UNION ALL
SELECT u.customer_organization_id, u.machine_id, m.serial_number, u.part_id, u.quantity_used,
       u.usage_date, u.recorded_by_user_id, u.notes
FROM part_usage u
LEFT JOIN machines m ON m.id = u.machine_id;
COMMENT ON VIEW machine_part_usage IS 'Parts used in machines, from before and since there are transactions.';

CREATE VIEW organization_tree WITH (security_invoker = true) AS
WITH RECURSIVE tree AS (
  SELECT id, name, organization_type, parent_organization_id, 0 AS depth, name::text AS path
  FROM organizations
  -- Whoever can't see the parent starts the tree with the child.
  WHERE NOT EXISTS (SELECT FROM organizations above WHERE above.id = organizations.parent_organization_id)
  UNION ALL
  SELECT o.id, o.name, o.organization_type, o.parent_organization_id, tree.depth + 1, tree.path || ' / ' || o.name
  FROM tree
  JOIN organizations o ON o.parent_organization_id = tree.id
)
SELECT id, name, organization_type, parent_organization_id, depth, path FROM tree;
COMMENT ON VIEW organization_tree IS 'The hierarchy of organisations, each with its way down from the top.';

GRANT SELECT ON inventory_report, organization_stock, inventory_balance, machine_part_usage, organization_tree
  TO abparts_app;
