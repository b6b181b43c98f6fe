import type { KindChange } from './postgres.ts';

/** Every kind of object that SQLite has, with names that need quotes and every way to write them. */
export const EVERY_SQLITE_KIND: readonly string[] = [
  `CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT 'it''s' COLLATE NOCASE, -- said
    "order" INTEGER DEFAULT (1 + 2) CHECK ("order" > 0),
    [white space] BLOB DEFAULT x'00',
    \`tick\` REAL DEFAULT 1.5e3,
    doubled INT GENERATED ALWAYS AS ("order" * 2) STORED,
    upper_name AS (upper(name)) VIRTUAL,
    untyped,
    at TEXT DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (name, "order") ON CONFLICT IGNORE,
    CONSTRAINT named CHECK (length(name) < 100)
  )`,
  'CREATE TABLE strict_one (id INTEGER PRIMARY KEY, a ANY, b TEXT NOT NULL) STRICT',
  'CREATE TABLE no_rowid (k TEXT, n INTEGER, PRIMARY KEY (k DESC, n)) WITHOUT ROWID',
  'CREATE TABLE both_ways (k TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
  `CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    person INTEGER REFERENCES people (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
    kind TEXT CHECK (kind IN ('a', 'it''s', 'c--d')),
    FOREIGN KEY (kind) REFERENCES no_rowid (k) MATCH FULL
  )`,
  'CREATE TABLE "Tä ""q"" 100%" ("select" TEXT, "a.b" TEXT)',
  "CREATE TABLE 'in single' (x)",
  'CREATE TABLE renamed_before (x INTEGER)',
  'ALTER TABLE renamed_before RENAME TO renamed',
  'ALTER TABLE renamed ADD COLUMN later TEXT DEFAULT NULL',
  'CREATE TABLE /* made from */ copied AS SELECT 1 AS n, 2 AS "m n"',
  'CREATE INDEX by_name ON people (name COLLATE BINARY DESC, lower(name)) WHERE "order" IS NOT NULL',
  'CREATE UNIQUE INDEX "odd index" ON "Tä ""q"" 100%" ("a.b")',
  'CREATE VIEW grown (i, n) AS SELECT id, name FROM people WHERE "order" > 1 -- old enough',
  "CREATE VIEW of_view AS SELECT n FROM grown UNION ALL SELECT '--no comment'",
  `CREATE TRIGGER into_view INSTEAD OF INSERT ON grown BEGIN INSERT INTO people (name) VALUES (NEW.n); SELECT ';'; END`,
  `CREATE TRIGGER "after it" AFTER UPDATE OF name, "order" ON people FOR EACH ROW WHEN NEW.name <> OLD.name BEGIN
    UPDATE orders SET kind = CASE WHEN 1 THEN 'a' ELSE 'c--d' END;
  END`,
  `CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'porter')`,
  'PRAGMA user_version = 7',
  'PRAGMA application_id = 77',
];

/** One after the other on the schema above; statements of one change are apart by `;` and a new line. */
export const SQLITE_CHANGES: readonly KindChange[] = [
  { sql: 'PRAGMA user_version = 8', finds: ['changed setting user_version'] },
  { sql: 'ALTER TABLE strict_one ADD COLUMN c TEXT', finds: ['changed table strict_one'] },
  { sql: 'ALTER TABLE strict_one RENAME COLUMN c TO d', finds: ['changed table strict_one'] },
  {
    sql: 'DROP TABLE both_ways;\nCREATE TABLE both_ways (k TEXT PRIMARY KEY) WITHOUT ROWID',
    finds: ['changed table both_ways'],
  },
  {
    sql: `DROP TABLE renamed;\nCREATE TABLE renamed (x INTEGER, later TEXT DEFAULT 'NULL')`,
    finds: ['changed table renamed'],
  },
  {
    sql: `DROP TABLE renamed;\nCREATE TABLE renamed (x INTEGER, later TEXT DEFAULT 'null')`,
    finds: ['changed table renamed'],
  },
  {
    sql: 'DROP INDEX by_name;\nCREATE INDEX by_name ON people (name COLLATE BINARY DESC, lower(name)) WHERE "order" IS NULL',
    finds: ['changed index by_name'],
  },
  {
    sql: `DROP VIEW of_view;\nCREATE VIEW of_view AS SELECT n FROM grown UNION ALL SELECT '--No comment'`,
    finds: ['changed view of_view'],
  },
  {
    sql: `DROP VIEW of_view;\nCREATE VIEW of_view AS SELECT n FROM grown UNION ALL SELECT '--No  comment'`,
    finds: ['changed view of_view'],
  },
  {
    sql: `DROP TRIGGER into_view;\nCREATE TRIGGER into_view INSTEAD OF INSERT ON grown BEGIN INSERT INTO people (name) VALUES (NEW.n); SELECT ';;'; END`,
    finds: ['changed trigger into_view'],
  },
  { sql: 'DROP TRIGGER into_view', finds: ['removed trigger into_view'] },
  {
    sql: `CREATE TRIGGER deleted BEFORE DELETE ON "Tä ""q"" 100%" BEGIN SELECT RAISE(ABORT, 'no'); END`,
    finds: ['added trigger deleted'],
  },
  {
    sql: `DROP TABLE words;\nCREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'ascii')`,
    finds: ['changed table words'],
  },
  { sql: 'DROP TABLE words', finds: ['removed table words'] },
  { sql: 'DROP INDEX "odd index"', finds: ['removed index "odd index"'] },
];
