-- @description Remove lots, serials and genealogy, with the labels that name them
-- @deletes organization_feature_flags

DROP FUNCTION simulate_recall(text, integer);
DROP FUNCTION genealogy_tree(text, integer, text, integer);
DROP FUNCTION trace_genealogy(text, integer, text);
DROP FUNCTION trace_nodes(bigint, text);
DROP FUNCTION genealogy_node(text, integer);
DROP FUNCTION generate_serial_numbers(integer, integer);
DROP FUNCTION assign_lot(integer, integer, numeric, integer, text, date);
DROP FUNCTION next_numbers(text, integer);
DELETE FROM barcode_labels WHERE entity_type IN ('lot', 'serial');
DROP INDEX idx_shipment_items_lot, idx_shipment_items_serial;
ALTER TABLE shipment_items DROP CONSTRAINT shipment_items_lot_fkey, DROP CONSTRAINT shipment_items_serial_fkey,
  DROP COLUMN lot_id, DROP COLUMN serial_id;
DROP TABLE genealogy_records;
DROP TABLE serial_numbers;
DROP TABLE lot_numbers;
DROP TABLE number_ranges;
DROP FUNCTION refuse_genealogy_cycle();
DELETE FROM feature_flags WHERE flag_key = 'traceability';
