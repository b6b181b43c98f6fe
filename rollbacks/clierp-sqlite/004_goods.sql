-- @description Remove categories, products and stock
-- @deletes stock_movements
-- @deletes inventory
-- @deletes product_attachments
-- @deletes products
-- @deletes categories

DROP TABLE stock_movements;
DROP TABLE inventory;
DROP TABLE product_attachments;
DROP TABLE products;
DROP TABLE categories;
