import type { Direction, Engine, Kind, Middle } from './kinds.ts';
import type { Way } from './ways.ts';

/** A way for the step to fail while a row lies in the table `traps`, and to go through when it is gone. */
export interface Fault {
  readonly name: string;
  readonly engines: readonly Engine[];
  readonly directions: readonly Direction[];
  readonly applies: (kind: Kind) => boolean;
  /** The ways it can happen on. */
  readonly takes: (way: Pick<Way, 'dry' | 'from' | 'together'>) => boolean;
  readonly middle: (engine: Engine, direction: Direction) => Middle;
  /** A check of the step that fails. */
  readonly check: string | null;
  /** Exit classes it may end with. */
  readonly exits: readonly number[];
  /** The message names the line of the middle; null where what failed is no line of the file. */
  readonly line: boolean;
  /** What of the step is in place after it: in a transaction, and outside one. */
  readonly leaves: { readonly inside: Rest; readonly apart: Rest };
  /** Aborts the run when this is heard. */
  readonly abortsOn: 'trap' | null;
  /** The connection is gone: the failure is written by the next run. */
  readonly cuts: boolean;
  /** Only a function that is written otherwise goes through. */
  readonly curedBy: 'data' | 'file';
}

export type Rest = 'nothing' | 'ahead' | 'all';

const BOTH: readonly Engine[] = ['sqlite', 'postgres'];
const ANY: readonly Direction[] = ['up', 'down'];
const fault = (name: string, change: Partial<Fault>): Fault => ({
  name,
  engines: BOTH,
  directions: ANY,
  applies: () => true,
  takes: () => true,
  middle: () => NOTHING,
  check: null,
  exits: [3],
  line: true,
  leaves: { inside: 'nothing', apart: 'ahead' },
  abortsOn: null,
  cuts: false,
  curedBy: 'data',
  ...change,
});

export const NOTHING: Middle = { sql: [], code: '' };
const statement = (text: string): Middle => ({ sql: [text], code: '' });
const code = (text: string): Middle => ({ sql: [], code: text });
const isTypescript = ({ language }: Kind): boolean => language === 'ts';
const isTypescriptInside = (kind: Kind): boolean => isTypescript(kind) && !kind.apart;
const TRAPPED = '(await sql`SELECT 1 AS one FROM traps`).length > 0';
const CONFLICT = "INSERT INTO items SELECT 1, 'twice' FROM traps";
const ROLLBACK = "INSERT OR ROLLBACK INTO items SELECT 1, 'twice' FROM traps";
const KILL = 'SELECT count(pg_terminate_backend(pg_backend_pid())) FROM traps';
const check = (when: string, query: string): string =>
  `-- @check the trap is empty\n-- @when ${when}\n-- @expect value = 0\n${query};\n`;
const COUNT = 'SELECT count(*) FROM traps';

export const FAULTS: readonly Fault[] = [
  fault('a statement', { middle: () => statement(CONFLICT) }),
  fault('a deferred constraint', {
    middle: () => statement('INSERT INTO children SELECT 100, 999 FROM traps'),
    exits: [3, 4],
    line: false,
  }),
  fault('a refused COMMIT', {
    engines: ['postgres'],
    // The next step of one transaction drops the temporary tables that COMMIT would refuse.
    takes: ({ dry, together }) => !dry && !together,
    line: false,
    middle: () =>
      statement(
        "DO $$ BEGIN IF EXISTS (SELECT FROM traps) THEN EXECUTE 'CREATE TEMP TABLE one (id integer PRIMARY KEY) ON COMMIT DELETE ROWS; CREATE TEMP TABLE two (id integer REFERENCES one)'; END IF; END $$",
      ),
  }),
  fault('rows that go along', {
    middle: () => statement('DELETE FROM parents WHERE id IN (SELECT 1 FROM traps)'),
    // Without foreign keys nothing cascades: what stays behind refers to nothing.
    exits: [4],
    line: false,
  }),
  fault('a check ahead', {
    directions: ['up'],
    check: check('before', COUNT),
    exits: [1],
    line: false,
    leaves: { inside: 'nothing', apart: 'nothing' },
  }),
  fault('a check', {
    directions: ['up'],
    check: check('after', COUNT),
    exits: [1],
    line: false,
    leaves: { inside: 'nothing', apart: 'all' },
  }),
  fault('a committed check', {
    directions: ['up'],
    check: check('committed', COUNT),
    takes: ({ dry }) => !dry,
    exits: [1],
    line: false,
    leaves: { inside: 'all', apart: 'all' },
  }),
  fault('a check of the rollback', {
    directions: ['down'],
    check: check('rolled-back', COUNT),
    exits: [1],
    line: false,
    leaves: { inside: 'nothing', apart: 'all' },
  }),
  fault('a function that throws', {
    applies: isTypescript,
    middle: () => code(`if (${TRAPPED}) throw new Error('no');`),
  }),
  fault('an error that the function passes over', {
    engines: ['postgres'],
    applies: isTypescriptInside,
    line: false,
    middle: () => code(`await sql.script(\`${CONFLICT}\`).catch(() => undefined);`),
  }),
  fault('an error that ends the transaction, passed over', {
    engines: ['sqlite'],
    applies: isTypescriptInside,
    line: false,
    middle: () => code(`await sql.script(\`${ROLLBACK}\`).catch(() => undefined);`),
  }),
  fault('a check that ends the transaction', {
    engines: ['sqlite'],
    directions: ['up'],
    check: `-- @check one is taken\n-- @expect error SQLITE_CONSTRAINT_PRIMARYKEY\n${ROLLBACK};\n`,
    // It fails for its expectation while the trap is empty.
    takes: ({ from }) => from === '001',
    line: false,
    leaves: { inside: 'nothing', apart: 'all' },
    curedBy: 'file',
  }),
  fault('a statement that nobody awaits', {
    applies: isTypescript,
    line: false,
    middle: () => code(`void sql.script(\`${CONFLICT}\`);`),
    leaves: { inside: 'nothing', apart: 'all' },
  }),
  fault('rows copied midway', {
    applies: isTypescript,
    middle: () =>
      code(
        `if (${TRAPPED}) await copyRows('items', ['id', 'note'], Array.from({ length: 1000 }, (_, id) => [id === 999 ? 1 : 1000 + id, 'copied']));`,
      ),
  }),
  fault('a source of rows that throws', {
    applies: isTypescript,
    middle: () =>
      code(
        `if (${TRAPPED}) await copyRows('items', ['id', 'note'], (function* () { for (let id = 1000; ; id += 1) { if (id === 1900) throw new Error('no'); yield [id, 'copied']; } })());`,
      ),
  }),
  fault('a CSV file broken midway', {
    applies: isTypescript,
    // Named is the line of the CSV file.
    line: false,
    middle: () => code(`if (${TRAPPED}) await copyFromCsv('items', '../items.csv');`),
  }),
  fault('an interruption', {
    abortsOn: 'trap',
    exits: [130],
    line: false,
    middle: (engine) => ({
      sql: [
        engine === 'sqlite'
          ? 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT 1 + 600000 * count(*) FROM traps)) SELECT count(*) FROM n'
          : "DO $$ BEGIN IF EXISTS (SELECT FROM traps) THEN RAISE NOTICE 'trap'; PERFORM pg_sleep(20); END IF; END $$",
      ],
      code: `if (${TRAPPED}) { progress({ done: 1 }); await new Promise((wake) => { if (signal.aborted) wake(); else signal.addEventListener('abort', wake); }); return; }`,
    }),
  }),
  fault('a killed connection', {
    engines: ['postgres'],
    cuts: true,
    middle: () => statement(KILL),
  }),
  fault('a connection killed in a check', {
    engines: ['postgres'],
    directions: ['up'],
    cuts: true,
    line: false,
    check: check('after', KILL),
    leaves: { inside: 'nothing', apart: 'all' },
  }),
  fault('a connection killed in a check of the rollback', {
    engines: ['postgres'],
    directions: ['down'],
    cuts: true,
    line: false,
    check: check('rolled-back', KILL),
    leaves: { inside: 'nothing', apart: 'all' },
  }),
  fault('a connection killed in a committed check', {
    engines: ['postgres'],
    directions: ['up'],
    cuts: true,
    line: false,
    check: check('committed', KILL),
    takes: ({ dry }) => !dry,
    leaves: { inside: 'all', apart: 'all' },
  }),
];
