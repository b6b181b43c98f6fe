-- What holds after every version of this database. Only the catalog is asked: these run in every step, at any size.

-- @check every foreign key points to a table of this database
-- @expect rows = 0
SELECT t.name, f."table" AS parent
  FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f
 WHERE t.type = 'table' AND lower(f."table") NOT IN (SELECT lower(name) FROM sqlite_schema WHERE type = 'table');

-- @check every table has a primary key
-- @expect rows = 0
SELECT t.name
  FROM pragma_table_list AS t
 WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT GLOB 'sqlite_*' AND t.name NOT GLOB 'surefoot_*'
   AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE pk > 0);

-- @check every index and every trigger belongs to a table or view
-- @expect rows = 0
SELECT o.type, o.name, o.tbl_name
  FROM sqlite_schema AS o
 WHERE o.type IN ('index', 'trigger')
   AND lower(o.tbl_name) NOT IN (SELECT lower(name) FROM sqlite_schema WHERE type IN ('table', 'view'));
