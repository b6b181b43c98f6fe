import { hash } from 'node:crypto';
import type BetterSqlite3 from 'better-sqlite3';
import { stopIfAborted } from '../../model/interrupted.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Digester, TableDigest } from '../../ports/digest.ts';
import { quoteIdentifier } from '../../sql/quote.ts';

/** A function of SQLite takes at most this many arguments in old builds. */
const MOST_ARGUMENTS = 100;

/** Adds what the digest calls: the text of a row, and the sum of the rows' hashes. */
export function addDigestFunctions(connection: BetterSqlite3.Database): void {
  const options = { varargs: true, safeIntegers: true } as const;
  connection.function('surefoot_row', { ...options, deterministic: true }, (...values: unknown[]) => packRow(values));
  connection.aggregate('surefoot_digest', {
    ...options,
    start: () => new Uint32Array(LANES),
    step: (sums: Uint32Array, ...values: unknown[]) => {
      const digest = hash('md5', packRow(values), 'buffer');
      // Each lane wraps by itself; the rows of a table may number billions.
      for (let lane = 0; lane < LANES; lane += 1) sums[lane] = (sums[lane] ?? 0) + digest.readUInt32BE(lane * 4);
      return sums;
    },
    result: (sums) => Array.from(sums, (sum) => sum.toString(16).padStart(8, '0')).join(''),
  });
}

/** Of 32 bits each: the hash of a row has 128. */
const LANES = 4;

function packRow(values: readonly unknown[]): string {
  let text = '';
  for (const value of values) text += pack(value);
  return text;
}

/** Length and type go before each value, so that no two rows are packed alike. */
function pack(value: unknown): string {
  if (value === null) return 'n';
  if (typeof value === 'string') return `t${String(value.length)};${value}`;
  if (typeof value === 'bigint') return `i${String(value)};`;
  if (typeof value === 'number') return `r${String(value)};`;
  const bytes = Buffer.from(value as Uint8Array);
  return `b${String(bytes.length)};${bytes.toString('base64')}`;
}

export const SQLITE_DIGESTER: Digester = {
  digest: async (session, options = {}) => {
    const tables = await session.query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'" +
        (options.own === true ? '' : " AND name NOT LIKE 'surefoot\\_%' ESCAPE '\\'") +
        (options.counters === true ? " UNION ALL SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'" : '') +
        ' ORDER BY 1',
    );
    const digests: TableDigest[] = [];
    for (const { name } of tables) {
      const table = String(name);
      stopIfAborted(options.signal, `before the digest of ${table}`);
      const columns = await session.query(
        "SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden <> 1 ORDER BY name",
        [table],
      );
      const [outcome] = await session.batch([
        {
          text: digestOf(
            table,
            columns.map((column) => String(column['name'])),
          ),
        },
      ]);
      if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, `the digest of ${table}`);
      const [row] = outcome?.status === 'done' ? outcome.rows : [];
      digests.push({ table, rows: Number(row?.[0] ?? 0), hash: String(row?.[1] ?? '') });
      options.onTable?.(digests.length, tables.length);
    }
    return digests;
  },
  digestTables: async (session, tables) => {
    const digests: TableDigest[] = [];
    const outcomes = await session.batch(
      tables.map(({ table, columns }) => ({ text: digestOf(table, [...columns].sort()) })),
    );
    for (const [index, { table }] of tables.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, `the digest of ${table}`);
      const [row] = outcome?.status === 'done' ? outcome.rows : [];
      digests.push({ table, rows: Number(row?.[0] ?? 0), hash: String(row?.[1] ?? '') });
    }
    return digests;
  },
  rowTexts: async (session, { table, columns }, limit) => {
    const texts = columns.map((column) => {
      const name = quoteIdentifier(column);
      return `CASE WHEN ${name} IS NULL THEN NULL ELSE quote(${name}) END`;
    });
    const order = columns.map((_, index) => String(index + 1)).join(', ');
    const [outcome] = await session.batch([
      {
        text: `SELECT ${texts.join(', ')} FROM main.${quoteIdentifier(table)} ORDER BY ${order} LIMIT ${String(limit)}`,
      },
    ]);
    if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, `reading the rows of ${table}`);
    const rows = outcome?.status === 'done' ? outcome.rows : [];
    return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
  },
};

/** Of the file's own table: a temporary one may be called the same. */
function digestOf(table: string, columns: readonly string[]): string {
  const names = columns.map(quoteIdentifier);
  const pieces =
    names.length <= MOST_ARGUMENTS ? names : chunksOf(names).map((some) => `surefoot_row(${some.join(', ')})`);
  return `SELECT count(*), surefoot_digest(${pieces.join(', ')}) FROM main.${quoteIdentifier(table)}`;
}

function chunksOf(names: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(names.length / MOST_ARGUMENTS);
  return Array.from({ length: count }, (_, index) => names.slice(index * MOST_ARGUMENTS, (index + 1) * MOST_ARGUMENTS));
}
