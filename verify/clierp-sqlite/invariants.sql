-- Only the catalog is asked: these run in every step, at any size.

-- @check every foreign key points to a table that is there
-- @expect rows = 0
SELECT t.name, f."table" AS parent
FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f
WHERE t.type = 'table' AND lower(f."table") NOT IN (SELECT lower(name) FROM sqlite_schema WHERE type = 'table');

-- @check every table of the CLI is numbered by SQLite
-- @expect rows = 0
SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'surefoot_*' AND sql NOT LIKE '%AUTOINCREMENT%';
