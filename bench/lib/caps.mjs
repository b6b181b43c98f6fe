// CAPS 008 over a million rows: how long, and whether a table was rewritten.
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { interleave, time } from './measure.mjs';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const CHILD = fileURLToPath(new URL('../children/caps-008.mjs', import.meta.url));
const CONFIG = `import { defineConfig, env } from 'surefoot';

export default defineConfig({ databases: { caps: { url: env('BENCH_URL') } } });
`;

export async function caps({ scratch, rounds, rows, node, surefoot, library, say, deadline }) {
  const folder = join(scratch, 'caps');
  mkdirSync(folder, { recursive: true });
  for (const kind of ['migrations', 'rollbacks', 'verify'])
    cpSync(join(PROJECT, kind, 'caps'), join(folder, kind, 'caps'), { recursive: true });
  cpSync(join(PROJECT, 'samples'), join(folder, 'samples'), { recursive: true });
  writeFileSync(join(folder, 'surefoot.config.ts'), CONFIG);
  const before = join(folder, 'before.db');
  const surefootOn = (file, ...args) => ({
    command: node,
    args: [surefoot, ...args],
    cwd: folder,
    env: { BENCH_URL: `sqlite:${file}` },
  });
  say(`CAPS: loading ${rows.toLocaleString('en')} rows`);
  await time(scratch, surefootOn(before, 'migrate', 'caps', '--to', '007'));
  const { sample } = await import(library);
  const config = { databases: { caps: { url: `sqlite:${before}` } } };
  const loaded = (await sample(config, { root: folder, rows })).databases[0].rows;
  const rewritten = [];
  const on = (name, run) => async () => {
    say(`CAPS: ${name}`);
    const file = join(folder, `${name}.db`);
    copyFileSync(before, file);
    const ms = await time(scratch, run(file));
    if (name === 'surefoot') rewritten.push(...rewrittenTables(before, file));
    return ms;
  };
  const { times, failures } = await interleave(
    {
      bare: on('bare', (file) => ({ command: node, args: [CHILD, file] })),
      surefoot: on('surefoot', (file) => surefootOn(file, 'migrate', 'caps', '--to', '008')),
    },
    rounds.run,
    deadline,
  );
  const told = rewritten.length === 0 ? 'no table was rewritten' : `rewritten: ${[...new Set(rewritten)].join(', ')}`;
  return [
    {
      title: `CAPS 008 over ${loaded.toLocaleString('en')} rows`,
      floor: 'bare',
      aim: null,
      limitMs: 5000,
      aimOf: null,
      times,
      failures,
      notes: {
        surefoot: `${told} (root page and stored bytes of every table compared); its time includes the digests of all rows before and after, and its checks`,
      },
    },
  ];
}

/** A table that was built anew has another root page; one whose rows were written again holds other amounts of bytes. */
function rewrittenTables(before, after) {
  const [old, now] = [before, after].map((file) => {
    const db = new Database(file, { readonly: true });
    const rows = db
      .prepare(
        `SELECT name, rootpage, (SELECT sum(payload) FROM dbstat WHERE dbstat.name = sqlite_schema.name AND aggregate = TRUE) AS bytes
         FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'surefoot_*' AND name NOT GLOB 'sqlite_*'`,
      )
      .all();
    db.close();
    return new Map(rows.map(({ name, rootpage, bytes }) => [name, `${rootpage} ${bytes}`]));
  });
  return [...old].flatMap(([name, place]) => (now.get(name) === place ? [] : [name]));
}
