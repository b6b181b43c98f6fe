-- @description Remove the product tables
-- @deletes inventory_transactions
-- @deletes inventory
-- @deletes fitment_data
-- @deletes products
-- @deletes product_categories

DROP VIEW low_stock;
DROP TABLE inventory_transactions;
DROP TABLE inventory;
DROP TABLE fitment_data;
DROP TABLE products;
-- Categories point to each other: without this the drop would trip over its own rows.
UPDATE product_categories SET parent_id = NULL WHERE parent_id IS NOT NULL;
DROP TABLE product_categories;
