-- @description Remove receiving in one transaction and domain events
-- @lock-timeout 5s
-- @deletes domain_events

DROP FUNCTION receive_purchase_order_items(integer, jsonb, integer);
DROP TRIGGER inventory_stock_level_changed ON inventory;
DROP FUNCTION raise_stock_level_changed();
DROP FUNCTION mark_domain_events_published(bigint[]);
DROP FUNCTION claim_domain_events(integer);
DROP FUNCTION publish_domain_event(text, bigint, jsonb, integer);
DROP TABLE domain_events;
ALTER TABLE purchase_order_items DROP CONSTRAINT purchase_order_items_received_at_most_ordered;
