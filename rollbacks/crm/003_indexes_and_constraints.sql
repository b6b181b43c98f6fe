-- @description Removes the activity log's partitions, the validation constraints and the indexes of phase 2
-- @lock-timeout 5s
-- @deletes public.user_activity_log

DROP FUNCTION public.create_activity_log_partitions(date, integer);

-- Months that were added since are partitions too.
DO $partitions$
DECLARE
  v_partition regclass;
BEGIN
  FOR v_partition IN
    SELECT inhrelid FROM pg_inherits WHERE inhparent = 'public.user_activity_log'::regclass ORDER BY inhrelid
  LOOP
    EXECUTE format('DROP TABLE %s', v_partition);
  END LOOP;
END
$partitions$;

ALTER TABLE public.change_log
  DROP CONSTRAINT change_log_values_check;
ALTER TABLE public.user_activity_log
  DROP CONSTRAINT user_activity_log_details_check;
ALTER TABLE public.user_permissions
  DROP CONSTRAINT user_permissions_expires_at_check;
ALTER TABLE public.order_items
  DROP CONSTRAINT order_items_version_check,
  DROP CONSTRAINT order_items_deleted_check,
  DROP CONSTRAINT order_items_metadata_check,
  DROP CONSTRAINT order_items_line_total_check,
  DROP CONSTRAINT order_items_unit_price_check,
  DROP CONSTRAINT order_items_quantity_check;
ALTER TABLE public.orders
  DROP CONSTRAINT orders_version_check,
  DROP CONSTRAINT orders_deleted_check,
  DROP CONSTRAINT orders_metadata_check,
  DROP CONSTRAINT orders_delivered_at_check,
  DROP CONSTRAINT orders_total_amount_check,
  DROP CONSTRAINT orders_order_number_check;
ALTER TABLE public.tasks
  DROP CONSTRAINT tasks_version_check,
  DROP CONSTRAINT tasks_deleted_check,
  DROP CONSTRAINT tasks_metadata_check,
  DROP CONSTRAINT tasks_completed_at_check,
  DROP CONSTRAINT tasks_title_check;
ALTER TABLE public.communications
  DROP CONSTRAINT communications_version_check,
  DROP CONSTRAINT communications_deleted_check,
  DROP CONSTRAINT communications_metadata_check,
  DROP CONSTRAINT communications_follow_up_at_check;
ALTER TABLE public.products
  DROP CONSTRAINT products_version_check,
  DROP CONSTRAINT products_deleted_check,
  DROP CONSTRAINT products_metadata_check,
  DROP CONSTRAINT products_cbd_percentage_check,
  DROP CONSTRAINT products_thc_percentage_check,
  DROP CONSTRAINT products_stock_quantity_check,
  DROP CONSTRAINT products_unit_price_check;
ALTER TABLE public.dispensary_profiles
  DROP CONSTRAINT dispensary_profiles_version_check,
  DROP CONSTRAINT dispensary_profiles_deleted_check,
  DROP CONSTRAINT dispensary_profiles_metadata_check,
  DROP CONSTRAINT dispensary_profiles_contact_email_check,
  DROP CONSTRAINT dispensary_profiles_license_number_check,
  DROP CONSTRAINT dispensary_profiles_name_check;
ALTER TABLE public.profiles
  DROP CONSTRAINT profiles_version_check,
  DROP CONSTRAINT profiles_deleted_check,
  DROP CONSTRAINT profiles_metadata_check,
  DROP CONSTRAINT profiles_login_count_check,
  DROP CONSTRAINT profiles_full_name_check,
  DROP CONSTRAINT profiles_email_check;

DROP INDEX public.idx_change_log_changed_fields;
DROP INDEX public.idx_user_activity_log_details;
DROP INDEX public.idx_communications_tags;
DROP INDEX public.idx_products_tags;
DROP INDEX public.idx_dispensary_profiles_tags;
DROP INDEX public.idx_products_metadata;
DROP INDEX public.idx_dispensary_profiles_metadata;
DROP INDEX public.idx_profiles_metadata;
DROP INDEX public.idx_change_log_changed_by;
DROP INDEX public.idx_change_log_record;
DROP INDEX public.idx_user_activity_log_ip;
DROP INDEX public.idx_user_activity_log_resource;
DROP INDEX public.idx_user_activity_log_activity;
DROP INDEX public.idx_user_activity_log_user;
DROP INDEX public.idx_user_permissions_granted_by;
DROP INDEX public.idx_user_permissions_expires;
DROP INDEX public.idx_order_items_deleted;
DROP INDEX public.idx_orders_deleted;
DROP INDEX public.idx_tasks_deleted;
DROP INDEX public.idx_communications_deleted;
DROP INDEX public.idx_products_deleted;
DROP INDEX public.idx_dispensary_profiles_deleted;
DROP INDEX public.idx_profiles_deleted;
DROP INDEX public.idx_order_items_product;
DROP INDEX public.idx_orders_ordered;
DROP INDEX public.idx_orders_agent_status;
DROP INDEX public.idx_orders_dispensary_ordered;
DROP INDEX public.idx_tasks_dispensary;
DROP INDEX public.idx_tasks_assignee_open;
DROP INDEX public.idx_communications_follow_up;
DROP INDEX public.idx_communications_agent_occurred;
DROP INDEX public.idx_communications_dispensary_occurred;
DROP INDEX public.idx_products_category_name;
DROP INDEX public.idx_dispensary_profiles_agent_name;
DROP INDEX public.idx_profiles_role_active;
