-- What holds after every version of this database, and after every rollback.

-- @check every row that points to another points to one that exists
-- @expect rows = 0
SELECT "table", rowid, parent FROM pragma_foreign_key_check;

-- @check every foreign key points to a table of this database
-- @expect rows = 0
SELECT t.name, f."table" AS parent
  FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f
 WHERE t.type = 'table' AND f."table" NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table');

-- @check every table has a primary key
-- @expect rows = 0
SELECT t.name
  FROM pragma_table_list AS t
 WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT GLOB 'sqlite_*' AND t.name NOT GLOB 'surefoot_*'
   AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE pk > 0);

-- @check the pages of the database are sound
-- @expect value = ok
SELECT quick_check FROM pragma_quick_check;
