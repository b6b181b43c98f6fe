import type { Probe, Settlement } from '../../ports/probe.ts';
import type { Session } from '../../ports/session.ts';
import { concurrentOperation, type ConcurrentOperation } from '../../sql/index.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { settleCreateIndex } from './catalog/create-index.ts';
import { findRelation, indexByOid, quotedName } from './catalog/find.ts';

type Of<K extends ConcurrentOperation['kind']> = Extract<ConcurrentOperation, { kind: K }>;
/** Whole, because its two kinds share one member of the union. */
type OnDatabase = Of<'create-database' | 'drop-database'>;

/** Throws `failed-step` where the catalog shows something that only a person can decide. */
export const POSTGRES_PROBE: Probe = {
  settle: async (session, statement) => {
    const operation = await concurrentOperation(statement);
    switch (operation?.kind) {
      case 'create-index':
        return settleCreateIndex(session, operation, statement.text);
      case 'drop-index':
        return settleDropIndex(session, operation);
      case 'reindex':
        return settleReindex(session, operation);
      case 'detach-partition':
        return settleDetach(session, operation);
      case 'create-database':
        return settleCreateDatabase(session, operation);
      case 'drop-database':
        return settleDropDatabase(session, operation);
      case 'vacuum':
        return unknown('VACUUM leaves nothing behind that tells whether it ended; running it again does no harm');
      // Null: a procedure that commits, and other statements of which only the server knew that they run in no transaction.
      case undefined:
      case 'other':
        return unknown('the catalog does not tell whether this statement ended');
    }
  },
};

function unknown(evidence: string): Settlement {
  return { state: 'unknown', cleanup: [], evidence };
}

async function settleDropIndex(session: Session, { names }: Of<'drop-index'>): Promise<Settlement> {
  for (const name of names) {
    const oid = await findRelation(session, name);
    if (oid === null) continue;
    const index = await indexByOid(session, oid);
    return {
      state: 'absent',
      cleanup: [],
      evidence: `the index ${index?.name ?? quotedName(name)} is still there${index?.valid === false ? ', marked invalid' : ''}`,
    };
  }
  return { state: 'done', cleanup: [], evidence: `the index ${names.map(quotedName).join(', ')} is gone` };
}

/** Repeating it is always right; what a broken try left beside the real indexes has to go first. */
async function settleReindex(session: Session, operation: Of<'reindex'>): Promise<Settlement> {
  const leftovers = await reindexLeftovers(session, operation);
  if (leftovers.length === 0)
    return unknown('REINDEX leaves nothing behind that tells whether it ended; running it again does no harm');
  return {
    state: 'absent',
    cleanup: leftovers.map((name) => `DROP INDEX CONCURRENTLY ${name}`),
    evidence: `a broken REINDEX CONCURRENTLY left ${leftovers.join(', ')}`,
  };
}

async function reindexLeftovers(session: Session, { target, name }: Of<'reindex'>): Promise<readonly string[]> {
  const oid =
    name === null || target === 'schema' || target === 'database' || target === 'system'
      ? null
      : await findRelation(session, name);
  if ((target === 'index' || target === 'table') && oid === null) return [];
  const scope = {
    index: 'i.indrelid IN (SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = $1::bigint::oid)',
    // Also the table's TOAST table, and all partitions below.
    table:
      'i.indrelid IN (WITH tables AS (SELECT $1::bigint::oid AS oid UNION SELECT relid FROM pg_catalog.pg_partition_tree($1::bigint::oid::regclass)) ' +
      'SELECT oid FROM tables UNION SELECT c.reltoastrelid FROM pg_catalog.pg_class AS c JOIN tables USING (oid))',
    schema: 'n.nspname = $1',
    database: '$1::text IS NOT NULL',
    system: '$1::text IS NOT NULL',
  }[target];
  const rows = await session.query(
    "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid " +
      `JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND ${scope} ORDER BY 1`,
    [oid ?? name?.name ?? ''],
  );
  return rows.map((row) => String(row['name']));
}

async function settleDetach(session: Session, { parent, partition }: Of<'detach-partition'>): Promise<Settlement> {
  const [row] = await session.query(
    'SELECT inhdetachpending AS pending FROM pg_catalog.pg_inherits WHERE inhparent = pg_catalog.to_regclass($1)::oid AND inhrelid = pg_catalog.to_regclass($2)::oid',
    [quotedName(parent), quotedName(partition)],
  );
  if (row === undefined)
    return {
      state: 'done',
      cleanup: [],
      evidence: `${quotedName(partition)} is no partition of ${quotedName(parent)} any more`,
    };
  if (row['pending'] !== true)
    return {
      state: 'absent',
      cleanup: [],
      evidence: `${quotedName(partition)} is still a partition of ${quotedName(parent)}`,
    };
  return {
    state: 'done',
    cleanup: [`ALTER TABLE ${quotedName(parent)} DETACH PARTITION ${quotedName(partition)} FINALIZE`],
    evidence: `${quotedName(partition)} was being detached from ${quotedName(parent)}; FINALIZE ends it`,
  };
}

type DatabaseState = 'gone' | 'there' | 'broken';

async function databaseState(session: Session, name: string): Promise<DatabaseState> {
  const [row] = await session.query('SELECT datconnlimit FROM pg_catalog.pg_database WHERE datname = $1', [name]);
  if (row === undefined) return 'gone';
  // The mark of a DROP DATABASE that was begun.
  return row['datconnlimit'] === -2 ? 'broken' : 'there';
}

async function settleCreateDatabase(session: Session, { name }: OnDatabase): Promise<Settlement> {
  const state = await databaseState(session, name);
  if (state === 'there') return { state: 'done', cleanup: [], evidence: `the database ${name} is there` };
  if (state === 'gone') return { state: 'absent', cleanup: [], evidence: `there is no database ${name}` };
  return {
    state: 'absent',
    cleanup: [`DROP DATABASE ${quoteIdentifier(name)}`],
    evidence: `the database ${name} is half dropped`,
  };
}

async function settleDropDatabase(session: Session, { name }: OnDatabase): Promise<Settlement> {
  const state = await databaseState(session, name);
  if (state === 'gone') return { state: 'done', cleanup: [], evidence: `the database ${name} is gone` };
  return {
    state: 'absent',
    cleanup: [],
    evidence: state === 'broken' ? `the database ${name} is half dropped` : `the database ${name} is still there`,
  };
}
