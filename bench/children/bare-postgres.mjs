// The least a migrator can do: read and hash the files, read the history, send each pending file in one round trip.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';

const [action, folder] = process.argv.slice(2);
const { PGHOST: host, PGPORT: port, PGUSER: username, PGPASSWORD: password, PGDATABASE: database } = process.env;
const sql = postgres({ host, port: Number(port), username, password, database, max: 1, onnotice: () => undefined });

await sql.unsafe('CREATE TABLE IF NOT EXISTS bare_history (name text PRIMARY KEY, hash text NOT NULL)').simple();
const applied = new Map(
  (await sql`SELECT name, hash FROM bare_history ORDER BY name`).map(({ name, hash }) => [name, hash]),
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
  for (const { name, bytes, hash } of files) {
    if (applied.has(name)) continue;
    await sql.unsafe(`BEGIN; ${bytes}; INSERT INTO bare_history VALUES ('${name}', '${hash}'); COMMIT`).simple();
  }
} else if (action === 'down') {
  for (const name of [...applied.keys()].toReversed()) {
    const text = readFileSync(join(folder, 'down', name), 'utf8');
    await sql.unsafe(`BEGIN; ${text}; DELETE FROM bare_history WHERE name = '${name}'; COMMIT`).simple();
  }
}
await sql.end();
