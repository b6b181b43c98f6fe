// The same small migrations as every tool wants them, in folders below a temporary one.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `count` numbered migrations of three statements each, with the way back and one check. */
export function smallMigrations(count) {
  return numbered(count, (id) => ({
    name: `${id}_add_item_${id}`,
    up: [
      `CREATE TABLE item_${id} (id integer PRIMARY KEY, name text NOT NULL)`,
      `CREATE INDEX item_${id}_name ON item_${id} (name)`,
      `INSERT INTO item_${id} (id, name) VALUES (1, 'the first of ${id}')`,
    ],
    down: [`DROP TABLE item_${id}`],
    check: `-- @check item_${id} has its first row\n-- @expect value = 1\nSELECT count(*) FROM item_${id};\n`,
  }));
}

/** Rows instead of tables: 10,000 of them fit into one transaction, and only their files and history are of interest. */
export function rowMigrations(count) {
  return numbered(count, (id, index) => ({
    name: `${id}_mark_${id}`,
    up: index === 0 ? ['CREATE TABLE mark (id integer PRIMARY KEY)'] : [`INSERT INTO mark (id) VALUES (${index})`],
    down: index === 0 ? ['DROP TABLE mark'] : [`DELETE FROM mark WHERE id = ${index}`],
    check: `-- @check mark ${id}\n-- @expect rows <= 1\nSELECT id FROM mark WHERE id = ${index};\n`,
  }));
}

function numbered(count, make) {
  return Array.from({ length: count }, (_, index) => make(String(index + 1).padStart(5, '0'), index));
}

/** A surefoot project with one database whose URL comes from BENCH_URL; under version control, as projects are. */
export function writeSurefoot(folder, migrations) {
  write(folder, 'surefoot.config.ts', SUREFOOT_CONFIG);
  for (const { name, up, down, check } of migrations) {
    write(join(folder, 'migrations'), `${name}.sql`, script(up));
    write(join(folder, 'rollbacks'), `${name}.sql`, script(down));
    write(join(folder, 'verify'), `${name}.sql`, check);
  }
  try {
    const options = { cwd: folder, stdio: 'ignore' };
    const git = (...args) =>
      execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], options);
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
    write(join(folder, 'up'), `${name}.sql`, script(up));
    write(join(folder, 'down'), `${name}.sql`, script(down));
  }
  return folder;
}

/** One file for psql or sqlite3 that runs the plain files, one transaction each. */
export function writeShell(folder, plain, migrations, include) {
  const all = (list, direction) =>
    list.map(({ name }) => `BEGIN;\n${include} ${join(plain, direction, `${name}.sql`)}\nCOMMIT;\n`).join('');
  write(folder, 'up.sql', all(migrations, 'up'));
  write(folder, 'down.sql', all(migrations.toReversed(), 'down'));
  return folder;
}

export function writeDbmate(folder, migrations) {
  for (const { name, up, down } of migrations) {
    write(folder, `${name}.sql`, `-- migrate:up\n${script(up)}\n-- migrate:down\n${script(down)}`);
  }
  return folder;
}

/** knex runs a list in one transaction, unless every file opens its own. */
export function writeKnex(folder, migrations) {
  const step = (statements) =>
    `(knex) => knex.transaction(async (trx) => {\n${statements.map((each) => `  await trx.raw(${JSON.stringify(each)});\n`).join('')}});\n`;
  for (const { name, up, down } of migrations) {
    const head = 'exports.config = { transaction: false };\n';
    write(folder, `${name}.cjs`, `${head}exports.up = ${step(up)}exports.down = ${step(down)}`);
  }
  return folder;
}

export function writeNodePgMigrate(folder, migrations) {
  for (const { name, up, down } of migrations) {
    write(folder, `${name}.sql`, `-- Up Migration\n${script(up)}\n-- Down Migration\n${script(down)}`);
  }
  return folder;
}

function script(statements) {
  return statements.map((statement) => `${statement};\n`).join('');
}

function write(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}
