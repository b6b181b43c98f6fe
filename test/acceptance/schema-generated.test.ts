import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSnapshots } from '../../src/domain/schema/index.ts';
import { quoteIdentifier, quoteLiteral } from '../../src/sql/index.ts';
import { withTestDatabase } from '../support/postgres.ts';
import { withProject } from '../support/project.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { rebuiltAt, runAt, snapshotAt } from '../support/schema.ts';
import { unlikeWorded } from '../support/worded.ts';

const RUNS = 25;

/** Names that people do not choose: quotes, keywords, spaces, letters of other scripts, what looks like SQL. */
const hostileName = fc
  .oneof(
    fc.constantFrom(
      'select',
      'Table',
      'a"b',
      "it's",
      'ä ß',
      '表',
      '--x',
      '/* x',
      '$$',
      'a.b',
      '%s',
      ' lead',
      'x;y',
      '🐘',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('a', 'B', '_', '1', '"', "'", '.', ' ', '$'), minLength: 1, maxLength: 10 }),
  )
  .filter((name) => !name.includes('\0') && Buffer.byteLength(name) < 40 && !/^(?:sqlite_|pg_)/iu.test(name));

const hostileText = fc
  .oneof(hostileName, fc.constantFrom('', '\\', '\n', "''", '$$;', '(ARRAY[', ')) AND '))
  .filter((text) => !text.includes('\0'));

interface Column {
  readonly name: string;
  readonly type: number;
  readonly default: string | null;
  readonly notNull: boolean;
  readonly unique: boolean;
  readonly check: string | null;
  readonly indexed: boolean;
}

const column: fc.Arbitrary<Column> = fc.record({
  name: hostileName,
  type: fc.nat(),
  default: fc.option(hostileText),
  notNull: fc.boolean(),
  unique: fc.boolean(),
  check: fc.option(hostileText),
  indexed: fc.boolean(),
});

/** Names that differ in more than the case of their letters, which is all one to SQLite. */
const tables = fc.uniqueArray(
  fc.record({
    name: hostileName,
    columns: fc.uniqueArray(column, {
      minLength: 1,
      maxLength: 5,
      selector: ({ name }) => name.toLowerCase(),
    }),
    key: fc.boolean(),
    view: fc.boolean(),
    special: fc.boolean(),
    comment: hostileText,
  }),
  { minLength: 1, maxLength: 4, selector: ({ name }) => name.toLowerCase() },
);
const labels = fc.uniqueArray(
  hostileText.filter((text) => text !== ''),
  { maxLength: 4 },
);
const schemas = fc.record({ schema: hostileName, type: hostileName, labels, tables });

type Generated = typeof schemas extends fc.Arbitrary<infer Value> ? Value : never;

const POSTGRES_TYPES = ['text', 'varchar(30)', 'char(3)', 'text COLLATE "C"', 'text[]'] as const;
const OTHER_TYPES = [
  'integer',
  'numeric(8,2)',
  'timestamptz',
  'jsonb',
  'uuid',
  'bit(4)',
  'tstzrange',
  'interval',
] as const;

function postgresStatements({ schema, type, labels: words, tables: all }: Generated): readonly string[] {
  const inSchema = (name: string): string => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  const literal = (text: string): string => quoteLiteral('postgres', text);
  const statements = [
    `CREATE SCHEMA ${quoteIdentifier(schema)}`,
    `CREATE TYPE ${inSchema(`${type}!`)} AS ENUM (${words.map(literal).join(', ')})`,
  ];
  for (const { name, columns, key, view, special, comment } of all) {
    const clauses = columns.map((each) => {
      const types = [...POSTGRES_TYPES, ...OTHER_TYPES, inSchema(`${type}!`)];
      const at = each.type % types.length;
      const isText = at < POSTGRES_TYPES.length - 1;
      const preset = each.default === null || !isText ? '' : ` DEFAULT ${literal(each.default)}`;
      const test =
        each.check === null || !isText ? '' : ` CHECK (${quoteIdentifier(each.name)} <> ${literal(each.check)})`;
      return `${quoteIdentifier(each.name)} ${types[at] ?? 'text'}${preset}${each.notNull ? ' NOT NULL' : ''}${each.unique ? ' UNIQUE' : ''}${test}`;
    });
    const id = `${name}~id`.slice(0, 50);
    if (key)
      clauses.push(`${quoteIdentifier(id)} ${special ? 'serial' : 'integer GENERATED ALWAYS AS IDENTITY'} PRIMARY KEY`);
    statements.push(`CREATE ${special ? 'UNLOGGED ' : ''}TABLE ${inSchema(name)} (${clauses.join(', ')})`);
    for (const each of columns.filter(({ indexed }) => indexed))
      statements.push(
        `CREATE INDEX ON ${inSchema(name)} (${quoteIdentifier(each.name)}) WHERE ${quoteIdentifier(each.name)} IS NOT NULL`,
      );
    if (view)
      statements.push(
        `CREATE VIEW ${inSchema(`${name}^`)} AS SELECT ${columns.map((each) => quoteIdentifier(each.name)).join(', ')}, ${literal(comment)}::text AS "said by view" FROM ${inSchema(name)}`,
      );
    statements.push(`COMMENT ON TABLE ${inSchema(name)} IS ${literal(comment === '' ? 'x' : comment)}`);
  }
  return statements;
}

function sqliteStatements({ tables: all }: Generated): readonly string[] {
  const statements: string[] = [];
  const literal = (text: string): string => quoteLiteral('sqlite', text);
  for (const { name, columns, key, view, special, comment } of all) {
    const types = ['TEXT', 'INTEGER', 'REAL', 'BLOB', 'ANY'];
    const clauses = columns.map((each) => {
      const preset = each.default === null ? '' : ` DEFAULT ${literal(each.default)}`;
      const test = each.check === null ? '' : ` CHECK (${quoteIdentifier(each.name)} <> ${literal(each.check)})`;
      return `${quoteIdentifier(each.name)} ${types[each.type % types.length] ?? 'TEXT'}${each.notNull ? ' NOT NULL' : ''}${preset}${each.unique ? ' UNIQUE' : ''}${test}`;
    });
    if (key || special) clauses.push(`"the key" INTEGER PRIMARY KEY${special ? '' : ' AUTOINCREMENT'}`);
    statements.push(
      `CREATE TABLE ${quoteIdentifier(name)} (${clauses.join(', ')})${special ? ' STRICT, WITHOUT ROWID' : ''}`,
    );
    for (const [at, each] of columns.entries())
      if (each.indexed)
        statements.push(
          `CREATE INDEX ${quoteIdentifier(`${name}#${String(at)}`)} ON ${quoteIdentifier(name)} (${quoteIdentifier(each.name)} DESC) WHERE ${quoteIdentifier(each.name)} IS NOT ${literal(comment)}`,
        );
    if (!view) continue;
    statements.push(
      `CREATE VIEW ${quoteIdentifier(`${name}^`)} AS SELECT ${quoteIdentifier(columns[0]?.name ?? '')}, ${literal(comment)} AS said FROM ${quoteIdentifier(name)}`,
      `CREATE TRIGGER ${quoteIdentifier(`${name}!`)} INSTEAD OF DELETE ON ${quoteIdentifier(`${name}^`)} BEGIN SELECT ${literal(comment)}; END`,
    );
  }
  return statements;
}

async function expectSame(url: string, again: string): Promise<Snapshot> {
  const snapshot = await snapshotAt(url);
  const rebuilt = await rebuiltAt(again, snapshot);
  const { differences } = await diffSnapshots(snapshot, rebuilt);
  expect(differences.map(({ diff }) => diff)).toEqual([]);
  expect(rebuilt.objects).toEqual(snapshot.objects);
  return snapshot;
}

describe('schemas that nobody would write', () => {
  it('are made again from their rendering on PostgreSQL', async () => {
    await withTestDatabase(async (url, sql) => {
      await withTestDatabase(async (again, other) => {
        await fc.assert(
          fc
            .asyncProperty(schemas, async (generated) => {
              await runAt(url, postgresStatements(generated));
              expect((await unlikeWorded(url, await expectSame(url, again))).unlike).toEqual([]);
            })
            .afterEach(async () => {
              for (const database of [sql, other]) {
                const found = await database<{ name: string }[]>`
                  SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema')`;
                for (const { name } of found) await database.unsafe(`DROP SCHEMA ${name} CASCADE`);
              }
            }),
          { numRuns: RUNS },
        );
      });
    });
  });

  it('are made again from their rendering on SQLite', async () => {
    await withProject('sqlite', async ({ root }) => {
      let files = 0;
      const fresh = (): string => `sqlite:${join(root, `generated${String((files += 1))}.db`)}`;
      await fc.assert(
        fc.asyncProperty(schemas, async (generated) => {
          const url = fresh();
          await runAt(url, sqliteStatements(generated));
          await expectSame(url, fresh());
        }),
        { numRuns: RUNS },
      );
    });
  });
});
