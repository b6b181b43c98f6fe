-- @description Remove shipments, labels and scans
-- @deletes organization_feature_flags
-- @deletes pgmq.meta

DROP VIEW shipment_tracking;
DROP FUNCTION record_scan(text, text, integer, text, text, timestamptz);
DROP FUNCTION print_label(integer, integer);
DROP FUNCTION complete_barcode(integer, bytea);
DROP FUNCTION generate_barcode(text, integer, text);
DROP TABLE qr_code_scans;
DROP TABLE barcode_labels;
DROP TABLE shipment_items;
DROP TABLE shipments;
DROP FUNCTION guard_barcode_label();
DROP FUNCTION guard_shipment_items();
DROP FUNCTION guard_shipment_status();
DROP FUNCTION code128_checksum(text);
DROP FUNCTION ean13_check_digit(text);
SELECT pgmq.drop_queue('barcode_generation'), pgmq.drop_queue('label_printing');
DELETE FROM feature_flags WHERE flag_key = 'logistics';
