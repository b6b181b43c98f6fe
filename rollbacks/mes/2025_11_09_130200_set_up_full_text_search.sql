-- @description Remove the search indexes and functions, whichever way served them
-- @deletes extension_choices

DO $$
DECLARE
  entity text;
BEGIN
  FOREACH entity IN ARRAY ARRAY['material', 'work_order', 'project', 'ncr'] LOOP
    PERFORM drop_search_index(entity);
  END LOOP;
END
$$;
DROP FUNCTION search_records(text, text[], integer);
DROP FUNCTION drop_search_index(text);
DROP FUNCTION add_search_index(text, regclass, name, name[]);
DROP FUNCTION search_expression(search_indexes);
DROP FUNCTION search_vector(text, text);
DROP TABLE search_indexes;
SELECT forget_extension('pg_search');
