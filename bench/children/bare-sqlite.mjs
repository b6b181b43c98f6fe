// The least a migrator can do: read and hash the files, read the history, run each pending file in a transaction.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const [action, folder, path] = process.argv.slice(2);
const db = new Database(path);
db.exec('CREATE TABLE IF NOT EXISTS bare_history (name TEXT PRIMARY KEY, hash TEXT NOT NULL)');
const applied = new Map(
  db
    .prepare('SELECT name, hash FROM bare_history ORDER BY name')
    .all()
    .map(({ name, hash }) => [name, hash]),
);
const files = readdirSync(join(folder, 'up'))
  .toSorted()
  .map((name) => {
    const bytes = readFileSync(join(folder, 'up', name));
    return { name, bytes, hash: createHash('sha256').update(bytes).digest('hex') };
  });
for (const { name, hash } of files)
  if (applied.has(name) && applied.get(name) !== hash) throw new Error(`${name} was edited`);
if (action === 'up') {
  const record = db.prepare('INSERT INTO bare_history VALUES (?, ?)');
  for (const { name, bytes, hash } of files) {
    if (applied.has(name)) continue;
    db.exec('BEGIN IMMEDIATE');
    db.exec(bytes.toString());
    record.run(name, hash);
    db.exec('COMMIT');
  }
} else if (action === 'down') {
  const forget = db.prepare('DELETE FROM bare_history WHERE name = ?');
  for (const name of [...applied.keys()].toReversed()) {
    db.exec('BEGIN IMMEDIATE');
    db.exec(readFileSync(join(folder, 'down', name), 'utf8'));
    forget.run(name);
    db.exec('COMMIT');
  }
}
db.close();
