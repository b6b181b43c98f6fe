-- Orders of customers from Oraseas EE, some of them waiting.

WITH customer AS (
  SELECT w.organization_id, (array_agg(w.id ORDER BY w.id))[1] AS warehouse_id, row_number() OVER (ORDER BY w.organization_id) AS n
  FROM warehouses w JOIN organizations o ON o.id = w.organization_id AND o.organization_type = 'customer'
  GROUP BY w.organization_id
)
INSERT INTO part_orders (id, customer_organization_id, supplier_organization_id, to_warehouse_id, status, ordered_by_user_id, order_date,
  expected_delivery_date, notes, created_at, updated_at)
SELECT md5('part_orders' || c.n)::uuid, c.organization_id, s.id, c.warehouse_id, 'requested', u.id, timestamptz '2025-06-02 09:00+00' + c.n * interval '1 day',
  date '2025-07-01', 'for the "Ursa"', timestamptz '2025-06-02 09:00+00', timestamptz '2025-06-02 09:00+00'
FROM customer c
CROSS JOIN (SELECT id FROM organizations WHERE organization_type = 'oraseas_ee' ORDER BY id LIMIT 1) s
CROSS JOIN LATERAL (SELECT id FROM users WHERE organization_id = c.organization_id ORDER BY id LIMIT 1) u;

INSERT INTO part_order_items (id, part_order_id, part_id, quantity, unit_price)
SELECT md5('part_order_items' || o.id || p.n)::uuid, o.id, p.id, p.n, 12.5 * p.n
FROM part_orders o CROSS JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM parts ORDER BY id LIMIT 3) p;
