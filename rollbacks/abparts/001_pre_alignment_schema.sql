-- @description Take away the whole ABParts schema and, where nothing else needs them, its roles

DROP VIEW low_stock;
DROP VIEW staff_directory;
DROP TABLE part_usage;
DROP TABLE inventory;
DROP TABLE machines;
DROP TABLE parts;
DROP TABLE users;
DROP TABLE organizations;
DROP FUNCTION touch_updated_at();

DO $roles$
DECLARE
  unwanted text;
BEGIN
  FOREACH unwanted IN ARRAY ARRAY['abparts_app', 'abparts_service'] LOOP
    -- Two blocks: where the role has to stay, what it had in this database goes all the same.
    BEGIN
      EXECUTE format('DROP OWNED BY %I', unwanted);
    EXCEPTION
      WHEN undefined_object THEN NULL;
    END;
    BEGIN
      EXECUTE format('DROP ROLE %I', unwanted);
    EXCEPTION
      -- Another database of this server still uses the role, or has dropped it just now.
      WHEN dependent_objects_still_exist OR object_in_use OR undefined_object OR internal_error THEN NULL;
    END;
  END LOOP;
END
$roles$;
