-- @description Remove the reporting views

DROP VIEW organization_tree;
DROP VIEW machine_part_usage;
DROP VIEW inventory_balance;
DROP VIEW organization_stock;
DROP VIEW inventory_report;
