// What is measured. Every figure gives { title, aim, floor, times, failures, notes } for the table.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { caps } from './caps.mjs';
import {
  rowMigrations,
  smallMigrations,
  writeDbmate,
  writeKnex,
  writeNodePgMigrate,
  writePlain,
  writeShell,
  writeSurefoot,
} from './fixtures.mjs';
import { interleave, median, ratios, time } from './measure.mjs';
import { postgresTools, sqliteTools } from './tools.mjs';

/** dbmate takes back one migration per call; this many calls stand for all of them. */
const DBMATE_CALLS = 20;

export const ITEMS = {
  'postgres-run': (context) => life(context, postgresSide(context), 'PostgreSQL'),
  'postgres-idle': (context) => idle(context, postgresSide(context), 'PostgreSQL'),
  'sqlite-run': (context) => life(context, sqliteSide(context), 'SQLite'),
  'sqlite-idle': (context) => idle(context, sqliteSide(context), 'SQLite'),
  caps,
};

/** What differs between the engines: tools, the floor, the aims, and how databases are made and looked at. */
function postgresSide({ server, scratch, node, surefoot }) {
  return {
    engine: 'postgres',
    floor: 'psql',
    aim: { up: 1.25, down: 1.25 },
    aimOf: 'psql',
    tools: (folders) => postgresTools({ node, surefoot, place: server.place, folders }),
    fresh: (name) => server.fresh(`bench_${name.replaceAll('-', '_')}`),
    tables: (database) => server.tables(database),
    scratch,
  };
}

function sqliteSide({ scratch, node, surefoot }) {
  return {
    engine: 'sqlite',
    floor: 'bare',
    aim: { up: 1.3, down: 1.3 },
    aimOf: 'bare Node',
    tools: (folders) => sqliteTools({ node, surefoot, folders }),
    fresh: async (name) => {
      const file = join(scratch, 'databases', `${name}.db`);
      mkdirSync(join(scratch, 'databases'), { recursive: true });
      for (const ending of ['', '-journal', '-wal', '-shm', '.surefoot-lock']) rmSync(file + ending, { force: true });
      return file;
    },
    tables: async (file) => {
      const { default: Database } = await import('better-sqlite3');
      const db = new Database(file, { readonly: true });
      const count = db
        .prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name LIKE 'item!_%' ESCAPE '!'")
        .pluck()
        .get();
      db.close();
      return count;
    },
    scratch,
  };
}

function folders(scratch, name, migrations) {
  const at = (tool) => join(scratch, name, tool);
  const plain = writePlain(at('plain'), migrations);
  return {
    plain,
    psql: writeShell(at('psql'), plain, migrations, '\\i'),
    sqlite3: writeShell(at('sqlite3'), plain, migrations, '.read'),
    dbmate: writeDbmate(at('dbmate'), migrations),
    knex: writeKnex(at('knex'), migrations),
    nodePgMigrate: writeNodePgMigrate(at('node-pg-migrate'), migrations),
    surefoot: writeSurefoot(at('surefoot'), migrations),
  };
}

/** All migrations forward on an empty database, then all of them back. */
async function life({ scratch, rounds, migrations: count, peers, say, deadline }, side, engine) {
  const migrations = smallMigrations(count);
  const made = folders(scratch, `life-${side.engine}`, migrations);
  const tools = chosen(side.tools(made), peers);
  const downs = Object.fromEntries(Object.keys(tools).map((name) => [name, []]));
  const downFailures = {};
  const contenders = Object.fromEntries(
    Object.entries(tools).map(([name, tool]) => [
      name,
      async (round) => {
        say(`${engine}: ${name}, round ${round + 1}`);
        const database = await side.fresh(name);
        const up = await time(scratch, tool('up', database));
        await expectTables(side, database, count, name);
        if (downFailures[name] === undefined) {
          try {
            downs[name][round] = await takeBack(scratch, side, tool, database, name, count);
          } catch (error) {
            downFailures[name] = error.message;
          }
        }
        return up;
      },
    ]),
  );
  const { times, failures } = await interleave(contenders, rounds.run, deadline);
  const dbmate = `dbmate takes back one migration per call: ${DBMATE_CALLS} calls, scaled to ${count}`;
  const thousand = count.toLocaleString('en');
  return [
    {
      title: `${engine}: migrate, ${thousand} migrations`,
      floor: side.floor,
      aim: side.aim.up,
      aimOf: side.aimOf,
      times,
      failures,
      notes: {},
    },
    {
      title: `${engine}: roll back all ${thousand}`,
      floor: side.floor,
      aim: side.aim.down,
      aimOf: side.aimOf,
      times: downs,
      failures: { ...failures, ...downFailures },
      notes: 'dbmate' in tools ? { dbmate } : {},
    },
  ];
}

async function takeBack(scratch, side, tool, database, name, count) {
  if (name !== 'dbmate') {
    const ms = await time(scratch, tool('down', database));
    await expectTables(side, database, 0, name);
    return ms;
  }
  let total = 0;
  for (let call = 0; call < DBMATE_CALLS; call += 1) total += await time(scratch, tool('down', database));
  await expectTables(side, database, count - DBMATE_CALLS, name);
  return (total / DBMATE_CALLS) * count;
}

async function expectTables(side, database, expected, name) {
  const found = await side.tables(database);
  if (found !== expected) throw new Error(`${name} left ${found} tables where ${expected} were to be`);
}

/** Commands that find nothing to do, with `count` migrations applied and with ten times as many. */
async function idle({ scratch, rounds, migrations: count, peers, say, deadline, nodeMajor }, side, engine) {
  const few = chosen(side.tools(folders(scratch, `idle-${side.engine}`, rowMigrations(count))), peers);
  const many = chosen(side.tools(folders(scratch, `idle-many-${side.engine}`, rowMigrations(count * 10))), [
    'bare',
    'surefoot',
  ]);
  delete few.psql;
  delete few.sqlite3;
  const contenders = {};
  const prepare = async (label, name, tool, actions) => {
    say(`${engine}: preparing ${label}`);
    const database = await side.fresh(`idle_${label}`);
    await time(scratch, tool(name === 'surefoot' ? 'seed' : 'up', database));
    for (const action of actions) contenders[`${action} ${label}`] = () => time(scratch, tool(action, database));
  };
  for (const [name, tool] of Object.entries(few)) {
    const reports = ['dbmate', 'knex', 'surefoot'].includes(name);
    await prepare(name, name, tool, reports ? ['noop', 'status'] : ['noop']);
  }
  for (const [name, tool] of Object.entries(many))
    await prepare(`${name}_many`, name, tool, name === 'surefoot' ? ['noop', 'status'] : ['noop']);
  say(`${engine}: commands with nothing to do`);
  const { times, failures } = await interleave(contenders, rounds.idle, deadline);
  const floor = times['noop bare'] ?? [];
  const pick = (action, ending) => {
    const of = (from) =>
      Object.fromEntries(
        Object.keys(few).flatMap((name) => {
          const value =
            from[`${action} ${name}${ending}`] ?? (name === 'bare' ? from[`noop bare${ending}`] : undefined);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    return { times: of(times), failures: of(failures) };
  };
  const limit = nodeMajor >= 22 ? 1.3 : 1.6;
  const thousand = count.toLocaleString('en');
  const tenThousand = (count * 10).toLocaleString('en');
  const figure = (title, action, ending, aim) => ({
    title: `${engine}: ${title}`,
    floor: 'bare',
    floorTimes: floor,
    aim,
    aimOf: 'bare Node',
    notes: {},
    ...pick(action, ending),
  });
  const own = (action) => ratios(times[`${action} surefoot`] ?? [], floor)?.median ?? null;
  const tripled = (action) => (own(action) === null ? null : 3 * own(action));
  return [
    figure(`nothing to migrate, ${thousand} applied`, 'noop', '', limit),
    figure(`status, ${thousand} applied`, 'status', '', limit),
    {
      ...figure(`nothing to migrate, ${tenThousand} applied`, 'noop', '_many', tripled('noop')),
      floorShown: `with ${thousand}`,
    },
    {
      ...figure(`status, ${tenThousand} applied`, 'status', '_many', tripled('status')),
      floorShown: `with ${thousand}`,
    },
  ];
}

function chosen(tools, names) {
  return names === null ? tools : Object.fromEntries(Object.entries(tools).filter(([name]) => names.includes(name)));
}

export { median };
