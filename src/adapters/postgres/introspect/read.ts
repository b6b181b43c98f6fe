import { SurefootError } from '../../../model/errors.ts';
import type { ObjectId, SchemaObject, Snapshot } from '../../../model/snapshot.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { SnapshotOptions } from '../../../ports/introspector.ts';
import type { Command, Outcome, Session } from '../../../ports/session.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import { oidArray, text, unquote, type Scope } from './catalog.ts';
import { Draft, Finisher } from './draft.ts';
import type { CatalogRow, LackingDefinition } from './family.ts';
import { ObjectMaker, queriesOf, settleDefinition } from './maker.ts';

/** How text comes out of the catalog, whatever the session has set: names with their schema, times in UTC; and how fast. */
export const PINNED: Readonly<Record<string, string>> = {
  search_path: '',
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  quote_all_identifiers: 'off',
  bytea_output: 'hex',
  // Compiling a query over a large catalog takes longer than running it.
  jit: 'off',
};

export interface ServerFacts {
  readonly major: number;
  /** Quoted. */
  readonly owner: string;
  readonly inTransaction: boolean;
  /** As they were, in the order of PINNED. */
  readonly settings: readonly string[];
}

/** One round trip: the version, the role that owns by default, and whether a transaction is open. */
export async function readFacts(session: Session): Promise<ServerFacts> {
  const answers = await session.batch([
    { text: "SELECT pg_catalog.set_config('surefoot.probe', '1', true)" },
    {
      text: `SELECT pg_catalog.current_setting('surefoot.probe', true), pg_catalog.current_setting('server_version_num')::integer / 10000, pg_catalog.quote_ident(coalesce((SELECT pg_catalog.pg_get_userbyid(nspowner) FROM pg_catalog.pg_namespace WHERE nspname = 'surefoot'), current_user)), ${Object.keys(
        PINNED,
      )
        .map((name) => `pg_catalog.current_setting('${name}')`)
        .join(', ')}`,
    },
  ]);
  const [row] = rowsIn(answers[1], answers[0]);
  return {
    inTransaction: row?.[0] === '1',
    major: Number(row?.[1]),
    owner: text(row?.[2]),
    settings: (row ?? []).slice(3).map(text),
  };
}

/**
 * Runs queries in one transaction and one round trip, names pinned; puts an open transaction's settings back. `onRows`
 * may be told the rows of the first queries while later ones run.
 */
export async function ask(
  session: Session,
  facts: Pick<ServerFacts, 'inTransaction' | 'settings'>,
  queries: readonly string[],
  signal?: AbortSignal,
  onRows?: (query: number, rows: readonly CatalogRow[]) => void,
): Promise<readonly (readonly CatalogRow[])[]> {
  const set = (values: readonly string[]): Command => ({
    text: `SELECT ${Object.keys(PINNED)
      .map((name, at) => `pg_catalog.set_config('${name}', ${quoteLiteral('postgres', values[at] ?? '')}, true)`)
      .join(', ')}`,
  });
  const begin: Command[] = facts.inTransaction ? [] : [{ text: 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY' }];
  const end: Command[] = [facts.inTransaction ? set(facts.settings) : { text: 'COMMIT' }];
  const commands = [...begin, set(Object.values(PINNED)), ...queries.map((query) => ({ text: query })), ...end];
  const first = begin.length + 1;
  const onAnswer = (at: number, answer: Outcome): void => {
    const query = at - first;
    if (query >= 0 && query < queries.length && answer.status === 'done') onRows?.(query, answer.rows);
  };
  const answers = await session.batch(commands, { signal, ...(onRows === undefined ? {} : { onAnswer }) });
  const failed = answers.find((answer) => answer.status === 'failed');
  if (failed?.status === 'failed') {
    if (!facts.inTransaction) await session.batch([{ text: 'ROLLBACK', tolerate: true }]);
    throw errorOfFailure(failed.failure, 'reading the schema');
  }
  if (answers.some((answer) => answer.status === 'skipped'))
    throw new SurefootError({ code: 'interrupted', message: 'interrupted while reading the schema' });
  return answers.slice(first, first + queries.length).map((answer) => rowsIn(answer));
}

function rowsIn(answer: Outcome | undefined, earlier?: Outcome): readonly CatalogRow[] {
  for (const each of [earlier, answer])
    if (each?.status === 'failed') throw errorOfFailure(each.failure, 'reading the schema');
  return answer?.status === 'done' ? answer.rows : [];
}

/** Reads the families and makes objects of the rows, in `draft`, which may hold others already; tells what they need. */
export async function readInto(
  draft: Draft,
  session: Session,
  facts: ServerFacts,
  scope: Scope,
  signal?: AbortSignal,
): Promise<ReadonlyMap<ObjectId, readonly string[]>> {
  const asked = queriesOf(scope);
  const maker = new ObjectMaker(draft, scope, asked);
  draft.owner = facts.owner;
  const give = (at: number, rows: readonly CatalogRow[]): void => {
    const family = asked[at]?.family;
    if (family !== undefined) maker.give(family, rows);
  };
  // A draft that holds objects must stay as it is where the reading fails.
  const early = draft.objects.size === 0 ? give : undefined;
  const queries = asked.map(({ query }) => query);
  for (const [at, rows] of (await ask(session, facts, queries, signal, early)).entries()) give(at, rows);
  const { needs, lacking } = maker.made();
  if (lacking.length > 0) await complete(session, facts, lacking, signal);
  return needs;
}

/** Asks the server for the definitions that could not be composed. */
async function complete(
  session: Session,
  facts: ServerFacts,
  lacking: readonly LackingDefinition[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const calls = [...new Set(lacking.map(({ call }) => call))];
  const queries = calls.map((call) => {
    const oids = lacking.filter((each) => each.call === call).map(({ oid }) => oid);
    return `SELECT '${call}', o.oid, ${call}(o.oid) FROM unnest(${oidArray(oids)}) AS o (oid)`;
  });
  const rows = (await ask(session, facts, queries, signal)).flat();
  const found = new Map(rows.map((row) => [`${text(row[0])} ${text(row[1])}`, settleDefinition(text(row[2]))]));
  for (const { call, oid, add } of lacking) add(found.get(`${call} ${oid}`) ?? '');
}

export function finishAll(draft: Draft, needs: ReadonlyMap<ObjectId, readonly string[]>): readonly SchemaObject[] {
  const finisher = new Finisher(draft);
  return Array.from(draft.objects.values(), ({ object }) => finisher.finish(object, needs.get(object.id)));
}

/** Everything, as one value. */
export async function readSnapshot(session: Session, options: SnapshotOptions = {}): Promise<Snapshot> {
  const facts = await readFacts(session);
  const draft = new Draft();
  const needs = await readInto(draft, session, facts, scopeOf(facts, options, null), options.signal);
  return snapshotOf(finishAll(draft, needs), draft, facts);
}

export function scopeOf(facts: ServerFacts, options: SnapshotOptions, roots: string | null, globals = true): Scope {
  return { major: facts.major, ignoreSchemas: options.ignoreSchemas ?? [], roots, globals };
}

export function snapshotOf(objects: readonly SchemaObject[], draft: Draft, facts: ServerFacts): Snapshot {
  return {
    format: 1,
    engine: 'postgres',
    server: String(facts.major),
    owner: unquote(facts.owner),
    objects: objects.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    roles: [...draft.namedRoles]
      .filter((role) => role !== 'PUBLIC' && !role.startsWith('pg_'))
      .map(unquote)
      .toSorted(),
  };
}
