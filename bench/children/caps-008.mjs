// The change itself and nothing else: the column and its index on every table, in one transaction.
import Database from 'better-sqlite3';

const db = new Database(process.argv[2]);
const names = db
  .prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'surefoot_*'",
  )
  .pluck()
  .all();
db.exec('BEGIN IMMEDIATE');
for (const name of names) {
  db.exec(`ALTER TABLE "${name}" ADD COLUMN tenant_id VARCHAR(255) NOT NULL DEFAULT 'caps-automotive'`);
  db.exec(`CREATE INDEX "idx_${name}_tenant_id" ON "${name}" (tenant_id)`);
}
db.exec('COMMIT');
db.close();
