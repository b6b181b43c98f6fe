-- @description Remove warehouses

DROP TABLE warehouses;
