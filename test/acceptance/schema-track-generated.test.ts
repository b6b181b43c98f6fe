import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ObjectId, SchemaObject } from '../../src/model/snapshot.ts';
import type { Database } from '../../src/ports/database.ts';
import type { Command, Session } from '../../src/ports/session.ts';
import { withSessionAt } from '../support/schema.ts';

/** SQLite takes the first two for one name, and the third as it is. */
const NAMES = ['a', 'A', 'b', '"c d"', 'e', 'h'];
/** Of a virtual table; a temporary one of this name would hide from SQLite whose storage `f_data` is. */
const VIRTUAL = 'f';
const name = fc.constantFrom(...NAMES, VIRTUAL);
const plainName = fc.constantFrom(...NAMES);
const quotedName = fc.constantFrom(...NAMES, VIRTUAL, '[a]', '`b`', "'e'", 'main.a', 'main."c d"', 'temp.b', 'aux.a');
const column = fc.constantFrom('x', 'y', 'z');

const columns = fc.constantFrom(
  '(id INTEGER PRIMARY KEY, x)',
  '(id INTEGER PRIMARY KEY AUTOINCREMENT, x DEFAULT 1)',
  '(x, y UNIQUE, z CHECK (z > 0))',
  '(x TEXT PRIMARY KEY, y INT) STRICT, WITHOUT ROWID',
  '(x, y, PRIMARY KEY (x, y))',
);
const references = fc
  .record({ other: name, key: fc.constantFrom('', '(x)') })
  .map(({ other, key }) => `(id INTEGER PRIMARY KEY, x, y REFERENCES ${other} ${key} ON DELETE CASCADE)`);

const statement = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(name, fc.oneof(columns, references)).map(([n, text]) => `CREATE TABLE ${n} ${text}`),
  },
  fc.tuple(quotedName, columns).map(([n, text]) => `CREATE TABLE IF NOT EXISTS ${n} ${text}`),
  fc.tuple(plainName, columns).map(([n, text]) => `CREATE TEMP TABLE ${n} ${text}`),
  fc.tuple(name, name).map(([n, from]) => `CREATE TABLE ${n} AS SELECT * FROM ${from}`),
  fc.tuple(name, name, column).map(([i, n, c]) => `CREATE INDEX ${i} ON ${n} (${c})`),
  fc.tuple(name, name).map(([i, n]) => `CREATE UNIQUE INDEX "i ${i}" ON ${n} (x, lower(x)) WHERE x > 0`),
  fc.tuple(name, name).map(([v, n]) => `/* a view */ CREATE VIEW ${v} AS SELECT * FROM ${n}`),
  fc.tuple(name, name, name).map(([v, n, m]) => `CREATE VIEW ${v} AS SELECT l.*, r.x FROM ${n} l JOIN ${m} AS r`),
  fc
    .tuple(name, name, name)
    .map(
      ([t, n, m]) => `CREATE TRIGGER ${t} AFTER INSERT ON ${n} BEGIN INSERT INTO ${m} DEFAULT VALUES; SELECT 1; END`,
    ),
  fc
    .tuple(name, name, name)
    .map(([t, n, m]) => `CREATE TRIGGER ${t} INSTEAD OF INSERT ON ${n} BEGIN DELETE FROM ${m}; END`),
  fc
    .tuple(fc.constantFrom('TABLE', 'VIEW', 'INDEX', 'TRIGGER'), fc.constantFrom('', 'IF EXISTS'), quotedName)
    .map(([kind, exists, n]) => `DROP -- it\n ${kind} ${exists} ${n}`),
  { weight: 3, arbitrary: quotedName.map((n) => `DROP TABLE IF EXISTS ${n}`) },
  fc
    .tuple(plainName, fc.constantFrom('h', 'a', 'b', '"c d"'))
    .map(([n, other]) => `ALTER TABLE ${n} RENAME TO ${other}`),
  fc.constantFrom(`ALTER TABLE ${VIRTUAL} RENAME TO g`, `ALTER TABLE g RENAME TO ${VIRTUAL}`),
  fc.tuple(name, column, column).map(([n, from, to]) => `ALTER TABLE ${n} RENAME ${from} TO ${to}`),
  fc.tuple(quotedName, column).map(([n, c]) => `ALTER TABLE ${n} ADD COLUMN ${c} DEFAULT 3`),
  fc.tuple(quotedName, column).map(([n, c]) => `ALTER TABLE ${n} DROP COLUMN ${c}`),
  { weight: 3, arbitrary: name.map((n) => `INSERT INTO ${n} DEFAULT VALUES`) },
  name.map((n) => `INSERT INTO ${n} (x) VALUES (1), ('two'), (NULL)`),
  name.map((n) => `WITH one AS (SELECT 1) UPDATE ${n} SET x = 5`),
  name.map((n) => `DELETE FROM ${n}`),
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      `CREATE VIRTUAL TABLE ${VIRTUAL} USING fts5 (x)`,
      `INSERT INTO ${VIRTUAL} VALUES ('words')`,
    ),
  },
  fc.tuple(name, name).map(([n, m]) => `CREATE TABLE ${n} (x, y); DROP TABLE ${m}; INSERT INTO ${n} DEFAULT VALUES`),
  fc.constantFrom(
    `CREATE TABLE ${VIRTUAL}_data (x)`,
    `CREATE TABLE ${VIRTUAL}_other (x)`,
    `DROP TABLE ${VIRTUAL}_data`,
  ),
  name.map((n) => `PRAGMA foreign_keys = ON; INSERT INTO ${n} DEFAULT VALUES`),
  fc.constantFrom('PRAGMA user_version = 3', 'PRAGMA user_version = 0', 'ANALYZE', 'REINDEX', 'SELECT 1'),
  { weight: 2, arbitrary: fc.constantFrom('SAVEPOINT s', 'ROLLBACK TO s', 'RELEASE s') },
);

/** What there is to work on at first. */
const START = [
  'CREATE TABLE gone (x)',
  'CREATE TABLE a (id INTEGER PRIMARY KEY, x, y UNIQUE)',
  'CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, x REFERENCES a ON DELETE CASCADE, y)',
  'CREATE INDEX "i b" ON b (x, y)',
  'CREATE TABLE "c d" AS SELECT 1 AS x, 2 AS y',
  'CREATE VIEW e AS SELECT * FROM b',
  'CREATE VIEW "of e" AS SELECT e.*, a.y AS other FROM e, a',
  'CREATE TRIGGER "on a" AFTER INSERT ON a BEGIN UPDATE b SET y = 1; END',
  'CREATE TRIGGER "on e" INSTEAD OF INSERT ON e BEGIN DELETE FROM "c d"; END',
  'INSERT INTO a (x) VALUES (1), (2)',
  'INSERT INTO b (x) VALUES (1)',
  'DROP TABLE gone',
];

/** A batch; one that does not tolerate a failure ends there. */
interface Piece {
  readonly texts: readonly string[];
  readonly tolerate: boolean;
}

/** What only runs as a whole. */
const ROWS_OF_NEW = [
  ['CREATE TABLE h (x)', 'CREATE INDEX i ON h (x)', 'INSERT INTO h VALUES (1)'],
  ['CREATE TABLE h (x)', 'INSERT INTO h VALUES (1)', 'ALTER TABLE h RENAME TO h2', 'CREATE TABLE h (x)'],
  ['DROP TABLE "c d"', 'CREATE TABLE "c d" (x, y)', 'INSERT INTO "c d" VALUES (1, 2), (3, 4)'],
  [
    'ALTER TABLE "c d" RENAME TO h',
    'CREATE TABLE "c d" (x, y)',
    'INSERT INTO "c d" SELECT y, x FROM h',
    'DROP TABLE h',
  ],
  [
    'CREATE TABLE h (x)',
    'CREATE TRIGGER "on h" AFTER INSERT ON h BEGIN INSERT INTO a (x) VALUES (7); END',
    'INSERT INTO h VALUES (1)',
  ],
  [
    'CREATE TEMP TABLE h (x)',
    'CREATE TEMP TRIGGER t AFTER INSERT ON temp.h BEGIN INSERT INTO "c d" VALUES (5, 5); END',
    'CREATE TABLE h (x)',
    'INSERT INTO h VALUES (1)',
  ],
  ['CREATE TABLE aux.a (id)', 'INSERT INTO a (x) VALUES (9)'],
  [
    'CREATE TABLE h (x)',
    'ALTER TABLE h RENAME TO h2',
    'ALTER TABLE "c d" RENAME TO h',
    'INSERT INTO h (x) VALUES (3)',
    'ALTER TABLE h RENAME TO "c d"',
  ],
  ['DROP TABLE a'],
  ['CREATE TRIGGER "on b" AFTER DELETE ON b BEGIN UPDATE "c d" SET y = 9; END', 'DROP TABLE a'],
];

/** Between two looks. */
const work: fc.Arbitrary<Piece> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        statements: fc.array(statement, { minLength: 1, maxLength: 8 }),
        end: fc.constantFrom('COMMIT', 'COMMIT', 'ROLLBACK'),
      })
      .map(({ statements, end }) => ({ texts: ['BEGIN', ...statements, end], tolerate: true })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...ROWS_OF_NEW)
      .map((texts) => ({ texts: ['BEGIN', ...texts, 'COMMIT'], tolerate: false })),
  },
  { weight: 2, arbitrary: statement.map((text) => ({ texts: [text], tolerate: true })) },
  fc
    .constantFrom('VACUUM', 'PRAGMA foreign_keys = OFF', 'PRAGMA foreign_keys = ON')
    .map((text) => ({ texts: [text], tolerate: false })),
);

describe('a tracker of a SQLite schema that is told what was written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surefoot-track-'));
  let files = 0;
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const inFile = async <T>(work: (session: Session, database: Database, other: string) => Promise<T>): Promise<T> => {
    files += 1;
    const path = join(folder, `${String(files)}.db`);
    return withSessionAt(`sqlite:${path}`, async (session, database) => work(session, database, `${path}-other`));
  };

  /** Runs each piece of work and holds what the trackers say against a reading of everything. */
  const follow = async (pieces: readonly Piece[]): Promise<number> =>
    inFile(async (inner, { introspector, watchWrites, digester }, other) => {
      await inner.batch([...START, `ATTACH '${other}' AS aux`].map((text) => ({ text })));
      const { session, take } = watchWrites(inner);
      const told = await introspector.track(inner);
      const untold = await introspector.track(inner);
      const digests = async (): Promise<Map<string, string>> =>
        new Map((await digester.digest(inner)).map(({ table, rows, hash }) => [table, `${String(rows)} ${hash}`]));
      let before = await introspector.snapshot(inner);
      let rows = await digests();
      let changed = 0;
      for (const { texts, tolerate } of pieces) {
        await session.batch(texts.map((text): Command => ({ text, tolerate })));
        // What a failure or a savepoint left open.
        await session.batch([{ text: 'ROLLBACK', tolerate: true }]);
        const footprint = take();
        const changes = await told.refresh(footprint);
        const whole = await introspector.snapshot(inner);
        expect(told.snapshot(), texts.join(';\n')).toEqual(whole);
        expect(await untold.refresh(), texts.join(';\n')).toEqual(changes);
        expect(untold.snapshot(), texts.join(';\n')).toEqual(whole);
        expect(
          changes.map(({ id }) => id),
          texts.join(';\n'),
        ).toEqual(differing(before.objects, whole.objects));
        const now = await digests();
        const written = told.written(footprint);
        const touched = new Set(changes.map(({ id }) => id));
        for (const object of whole.objects) {
          if (object.kind !== 'table' || rows.get(object.name) === now.get(object.name)) continue;
          expect(
            touched.has(object.id) || written === null || written.has(object.id),
            `${object.id}\n${texts.join(';\n')}`,
          ).toBe(true);
        }
        changed += changes.length;
        before = whole;
        rows = now;
      }
      return changed;
    });

  it('sees after any statements what it would see by reading everything', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(work, { minLength: 1, maxLength: 12 }), async (pieces) => {
        changed += await follow(pieces);
      }),
      { numRuns: 60 },
    );
    expect(changed).toBeGreaterThan(100);
  });

  it('need not look for rows that were written by hand, for SQLite refuses to', async () => {
    await inFile(async (session) => {
      await session.batch([{ text: 'CREATE TABLE a (x)' }, { text: 'PRAGMA writable_schema = ON' }]);
      const outcomes = await session.batch([
        { text: "UPDATE sqlite_schema SET sql = 'CREATE TABLE a (x, y)'", tolerate: true },
        { text: "INSERT INTO sqlite_schema VALUES ('view', 'b', 'b', 0, 'CREATE VIEW b AS SELECT 1')", tolerate: true },
        { text: 'DELETE FROM sqlite_schema', tolerate: true },
        { text: 'PRAGMA schema_version = 77' },
        { text: 'SELECT schema_version FROM pragma_schema_version' },
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'done', 'done']);
      expect(outcomes.at(-1)).toMatchObject({ rows: [[1]] });
    });
  });

  it('reads no more where there are more tables', async () => {
    const readWith = async (count: number): Promise<number> =>
      inFile(async (inner, { introspector, watchWrites }) => {
        const texts = Array.from({ length: count }, (_, at) => [
          `CREATE TABLE t${String(at)} (id INTEGER PRIMARY KEY, x REFERENCES t0)`,
          `CREATE INDEX i${String(at)} ON t${String(at)} (x)`,
        ]);
        // One of them cannot be looked into.
        const views = Array.from(
          { length: count },
          (_, at) => `CREATE VIEW v${String(at)} AS SELECT * FROM t${String(at)}`,
        );
        await inner.batch([...texts.flat(), ...views, 'DROP TABLE t7'].map((text) => ({ text })));
        let read = 0;
        const counting: Session = {
          ...inner,
          batch: async (commands, options) => {
            const outcomes = await inner.batch(commands, options);
            for (const outcome of outcomes) if (outcome.status === 'done') read += outcome.rows.length;
            return outcomes;
          },
          query: async (text, parameters) => {
            const rows = await inner.query(text, parameters);
            read += rows.length;
            return rows;
          },
        };
        const { session, take } = watchWrites(counting);
        const tracker = await introspector.track(counting);
        read = 0;
        for (const work of [
          [
            'CREATE TABLE new (x REFERENCES t1)',
            'INSERT INTO new DEFAULT VALUES',
            'CREATE VIEW seen AS SELECT * FROM new',
          ],
          ['ALTER TABLE t2 ADD COLUMN y', 'DROP INDEX i3', 'INSERT INTO t4 DEFAULT VALUES'],
          ['DROP VIEW seen', 'DROP TABLE new', 'CREATE TABLE new (x)'],
        ]) {
          await session.batch(work.map((text) => ({ text })));
          expect((await tracker.refresh(take())).length).toBeGreaterThan(1);
        }
        const after = read;
        expect(tracker.snapshot()).toEqual(await introspector.snapshot(inner));
        return after;
      });
    expect(await readWith(200)).toBe(await readWith(10));
  });
});

function differing(before: readonly SchemaObject[], after: readonly SchemaObject[]): readonly ObjectId[] {
  const was = new Map(before.map((object) => [object.id, JSON.stringify(object)]));
  const is = new Map(after.map((object) => [object.id, JSON.stringify(object)]));
  return [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id)).sort();
}
