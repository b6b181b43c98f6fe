-- @description The reports of the command line

CREATE VIEW low_stock_products AS
SELECT p.id AS product_id, p.sku, p.name, i.quantity, i.reserved_quantity, i.min_stock_level, i.max_stock_level
FROM products AS p
JOIN inventory AS i ON i.product_id = p.id
WHERE p.is_active AND i.quantity < i.min_stock_level;

CREATE VIEW purchase_order_summary AS
SELECT o.id, o.po_number, s.name AS supplier_name, o.order_date, o.status, o.total_amount,
       (SELECT count(*) FROM purchase_order_items AS i WHERE i.po_id = o.id) AS item_count
FROM purchase_orders AS o
JOIN suppliers AS s ON s.id = o.supplier_id;
