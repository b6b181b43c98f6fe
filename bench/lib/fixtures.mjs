// The same small migrations as every tool wants them, in folders below a temporary one.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `count` numbered migrations, each with the way back and one check. */
export function smallMigrations(count) {
  return Array.from({ length: count }, (_, index) => {
    const id = String(index + 1).padStart(5, '0');
    return {
      id,
      name: `${id}_add_item_${id}`,
      up: `CREATE TABLE item_${id} (\n  id integer PRIMARY KEY,\n  name text NOT NULL,\n  note text\n);\n`,
      down: `DROP TABLE item_${id};\n`,
      check: `-- @check item_${id} is there and empty\n-- @expect value = 0\nSELECT count(*) FROM item_${id};\n`,
    };
  });
}

/** Rows instead of tables: 10,000 of them fit into one transaction, and only their files and history are of interest. */
export function rowMigrations(count) {
  const [first, ...rest] = smallMigrations(count);
  return [
    {
      ...first,
      up: 'CREATE TABLE mark (id integer PRIMARY KEY);\n',
      down: 'DROP TABLE mark;\n',
      check: oneCheck(first),
    },
    ...rest.map((each) => ({
      ...each,
      up: `INSERT INTO mark (id) VALUES (${Number(each.id)});\n`,
      down: `DELETE FROM mark WHERE id = ${Number(each.id)};\n`,
      check: oneCheck(each),
    })),
  ];
}

function oneCheck({ id }) {
  return `-- @check mark ${id}\n-- @expect rows <= 1\nSELECT id FROM mark WHERE id = ${Number(id)};\n`;
}

/** A surefoot project with one database whose URL comes from BENCH_URL; under version control, as projects are. */
export function writeSurefoot(folder, migrations) {
  write(folder, 'surefoot.config.ts', SUREFOOT_CONFIG);
  for (const { name, up, down, check } of migrations) {
    write(join(folder, 'migrations'), `${name}.sql`, up);
    write(join(folder, 'rollbacks'), `${name}.sql`, down);
    write(join(folder, 'verify'), `${name}.sql`, check);
  }
  try {
    const git = (...args) =>
      execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], {
        cwd: folder,
        stdio: 'ignore',
      });
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'bench');
  } catch {
    // Without git the journal has no commit to name.
  }
  return folder;
}

const SUREFOOT_CONFIG = `import { defineConfig, env } from 'surefoot';

export default defineConfig({ databases: { bench: { url: env('BENCH_URL') } } });
`;

/** Plain up and down files for the bare script and for umzug. */
export function writePlain(folder, migrations) {
  for (const { name, up, down } of migrations) {
    write(join(folder, 'up'), `${name}.sql`, up);
    write(join(folder, 'down'), `${name}.sql`, down);
  }
  return folder;
}

/** One file for psql or sqlite3 that runs the plain files, one transaction each. */
export function writeShell(folder, plain, migrations, include) {
  const script = (list, direction) =>
    list.map(({ name }) => `BEGIN;\n${include} ${join(plain, direction, `${name}.sql`)}\nCOMMIT;\n`).join('');
  write(folder, 'up.sql', script(migrations, 'up'));
  write(folder, 'down.sql', script(migrations.toReversed(), 'down'));
  return folder;
}

export function writeDbmate(folder, migrations) {
  for (const { name, up, down } of migrations) {
    write(folder, `${name}.sql`, `-- migrate:up\n${up}\n-- migrate:down\n${down}`);
  }
  return folder;
}

/** knex runs a list in one transaction, unless every file opens its own. */
export function writeKnex(folder, migrations) {
  for (const { name, up, down } of migrations) {
    const step = (text) => `(knex) => knex.transaction((trx) => trx.raw(${JSON.stringify(text.trim())}))`;
    write(
      folder,
      `${name}.cjs`,
      `exports.config = { transaction: false };\nexports.up = ${step(up)};\nexports.down = ${step(down)};\n`,
    );
  }
  return folder;
}

export function writeNodePgMigrate(folder, migrations) {
  for (const { name, up, down } of migrations) {
    write(folder, `${name}.sql`, `-- Up Migration\n${up}\n-- Down Migration\n${down}`);
  }
  return folder;
}

function write(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}
