-- @description Remove suppliers and purchase orders
-- @deletes purchase_order_items
-- @deletes purchase_orders
-- @deletes suppliers

DROP TABLE purchase_order_items;
DROP TABLE purchase_orders;
DROP TABLE suppliers;
