-- Warehouses of organisations that were quick, one of them named like the one that will take over the stock.

INSERT INTO warehouses (id, organization_id, name, location, created_at, updated_at)
SELECT md5('warehouses' || o.n || w.name)::uuid, o.id, w.name, 'Gate 3, "Süd"', timestamptz '2025-02-01 08:00+00', timestamptz '2025-02-01 08:00+00'
FROM (SELECT organization_id AS id, row_number() OVER (ORDER BY organization_id) AS n
      FROM (SELECT DISTINCT organization_id FROM inventory) AS stocked) AS o
JOIN (VALUES (1, 'Main warehouse'), (1, 'Main warehouse 2'), (2, 'Main warehouse'), (3, 'Depot')) AS w (n, name) USING (n);
