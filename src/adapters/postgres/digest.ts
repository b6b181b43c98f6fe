import { stopIfAborted } from '../../model/interrupted.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Digester, DigestOptions, TableDigest } from '../../ports/digest.ts';
import type { Session } from '../../ports/session.ts';
import { quoteIdentifier } from '../../sql/quote.ts';

const SAVEPOINT = 'SAVEPOINT surefoot_digest';
/** Whatever decides how a value is written as text; and rows that a policy hides are an error, not a smaller table. */
export const VALUE_SETTINGS = [
  "DateStyle = 'ISO, YMD'",
  "TimeZone = 'UTC'",
  "IntervalStyle = 'postgres'",
  'extra_float_digits = 1',
  "bytea_output = 'hex'",
  "lc_monetary = 'C'",
  "search_path = 'pg_catalog'",
  'row_security = off',
].map((setting) => `SET LOCAL ${setting}`);

const OUTSIDE = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/** A hash of 128 bits per row, summed: the sum has no order, and equal rows count as often as they are there. */
export const POSTGRES_DIGESTER: Digester = {
  digest: async (session, options = {}) => {
    await must(session, [SAVEPOINT, VALUE_SETTINGS.join('; ')]);
    const digests = await digestAll(session, options);
    await must(session, [`ROLLBACK TO ${SAVEPOINT}`, `RELEASE ${SAVEPOINT}`]);
    return digests;
  },
  digestTables: async (session, tables) => {
    const digests: TableDigest[] = [];
    for (let from = 0; from < tables.length; from += AT_ONCE) {
      const some = tables.slice(from, from + AT_ONCE);
      const rows = await apart(
        session,
        some
          .map(
            ({ table, columns }, at) => `SELECT ${String(at)}, q.* FROM (${ofTable(table, columnList(columns))}) AS q`,
          )
          .join('\nUNION ALL '),
      );
      const found = new Map(rows.map(([at, ...row]) => [Number(at), row]));
      for (const [at, { table }] of some.entries()) {
        const [count = 0, hash = ''] = found.get(at) ?? [];
        digests.push({ table, rows: Number(count), hash: String(hash) });
      }
    }
    return digests;
  },
  rowTexts: async (session, { table, columns }, limit) => {
    const texts = columns.map((column) => `t.${quoteIdentifier(column)}::text COLLATE "C"`);
    const order = texts.map((_, index) => String(index + 1)).join(', ');
    const rows = await apart(
      session,
      `SELECT ${texts.join(', ')} FROM ONLY ${table} AS t${order === '' ? '' : ` ORDER BY ${order}`} LIMIT ${String(limit)}`,
    );
    return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
  },
};

/** Tables whose digests are asked for by one query. */
const AT_ONCE = 50;

/** The rows of one query. Texts in one message are one transaction, at the end of which the settings are as they were. */
async function apart(session: Session, query: string): Promise<readonly (readonly unknown[])[]> {
  const [outcome] = await session.batch([{ text: `${VALUE_SETTINGS.join('; ')};\n${query}` }]);
  if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, 'reading the rows of a table');
  return outcome?.status === 'done' ? outcome.rows : [];
}

function columnList(columns: readonly string[]): string {
  return [...columns]
    .sort()
    .map((column) => `t.${quoteIdentifier(column)}`)
    .join(', ');
}

async function digestAll(session: Session, options: DigestOptions): Promise<readonly TableDigest[]> {
  const own = options.own === true ? '' : " AND n.nspname <> 'surefoot'";
  const kinds = options.counters === true ? "'r', 'm', 'S'" : "'r', 'm'";
  const tables = await session.query(
    "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind, " +
      "(SELECT coalesce(pg_catalog.string_agg(pg_catalog.format('t.%I', a.attname), ', ' ORDER BY a.attname), '') FROM pg_catalog.pg_attribute AS a " +
      'WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns ' +
      `FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind IN (${kinds}) ` +
      `AND (c.relkind <> 'm' OR c.relispopulated) AND ${OUTSIDE}${own} ORDER BY 1`,
  );
  const digests: TableDigest[] = [];
  for (const table of tables) {
    const name = String(table['name']);
    stopIfAborted(options.signal, `before the digest of ${name}`);
    const [outcome] = await session.batch([
      { text: table['kind'] === 'S' ? ofSequence(name) : ofTable(name, String(table['columns'])) },
    ]);
    if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, `the digest of ${name}`);
    const [row] = outcome?.status === 'done' ? outcome.rows : [];
    digests.push({ table: name, rows: Number(row?.[0] ?? 0), hash: String(row?.[1] ?? '') });
    options.onTable?.(digests.length, tables.length);
  }
  return digests;
}

function ofTable(name: string, columns: string): string {
  const hash = (seed: number): string =>
    `coalesce(pg_catalog.sum(pg_catalog.hashtextextended(r, ${String(seed)})::numeric), 0)::text`;
  return (
    `SELECT pg_catalog.count(*), ${hash(0)} || '/' || ${hash(7_919)} ` +
    `FROM (SELECT ROW(${columns})::text COLLATE "C" AS r FROM ONLY ${name} AS t) AS rows`
  );
}

function ofSequence(name: string): string {
  return `SELECT 1, last_value || CASE WHEN is_called THEN ' called' ELSE '' END FROM ${name}`;
}

async function must(session: Session, texts: readonly string[]): Promise<void> {
  for (const outcome of await session.batch(texts.map((text) => ({ text }))))
    if (outcome.status === 'failed') throw errorOfFailure(outcome.failure, 'preparing a digest');
}
