-- @description Remove part orders; what they moved stays in transactions and stock

DROP FUNCTION receive_part_order(uuid, uuid, timestamptz);

DROP POLICY transactions_add_without_order ON transactions;
DROP POLICY transactions_service ON transactions;
DROP INDEX ix_transactions_part_order;
ALTER TABLE transactions DROP COLUMN part_order_id;
REVOKE INSERT ON transactions FROM abparts_service;

DROP TABLE part_order_items;
DROP TABLE part_orders;
DROP FUNCTION check_part_order_supplier();

ALTER TABLE warehouses DROP CONSTRAINT warehouses_id_organization_key;
