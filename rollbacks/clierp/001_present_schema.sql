-- @description Remove the CLI's schema
-- @lock-timeout 5s

DROP VIEW purchase_order_summary;
DROP VIEW low_stock_products;
DROP TABLE campaign_leads;
DROP TABLE campaigns;
DROP TABLE activities;
DROP TABLE deals;
DROP TABLE leads;
DROP TABLE customers;
DROP TABLE purchase_order_items;
DROP TABLE purchase_orders;
DROP TABLE suppliers;
DROP TABLE stock_movements;
DROP TABLE inventory;
DROP FUNCTION touch_inventory();
DROP TABLE product_attachments;
DROP TABLE products;
DROP TABLE categories;
DROP TABLE transactions;
DROP TABLE accounts;
DROP TABLE payrolls;
DROP TABLE attendances;
DROP TABLE audit_logs;
DROP TABLE users;
ALTER TABLE departments DROP CONSTRAINT departments_manager_id_fkey;
DROP TABLE employees;
DROP TABLE departments;

-- The roles go with the last database that uses them: until then the server refuses, and they stay.
-- internal_error is what the loser sees when two databases drop the same role in the same moment, and
-- insufficient_privilege says that somebody else made it.
DO $roles$
BEGIN
  BEGIN
    DROP OWNED BY clierp_cli, clierp_app, clierp_worker;
  EXCEPTION WHEN undefined_object THEN NULL;
  END;
  BEGIN
    DROP ROLE clierp_cli;
  EXCEPTION WHEN undefined_object OR dependent_objects_still_exist OR object_in_use OR internal_error
    OR insufficient_privilege THEN NULL;
  END;
  BEGIN
    DROP ROLE clierp_app;
  EXCEPTION WHEN undefined_object OR dependent_objects_still_exist OR object_in_use OR internal_error
    OR insufficient_privilege THEN NULL;
  END;
  BEGIN
    DROP ROLE clierp_worker;
  EXCEPTION WHEN undefined_object OR dependent_objects_still_exist OR object_in_use OR internal_error
    OR insufficient_privilege THEN NULL;
  END;
END
$roles$;
