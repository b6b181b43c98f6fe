-- @description Remove the reports

DROP VIEW purchase_order_summary;
DROP VIEW low_stock_products;
