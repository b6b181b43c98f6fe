import { SurefootError } from '../../../model/errors.ts';
import type { ObjectId, SchemaObject, Snapshot } from '../../../model/snapshot.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { SnapshotOptions } from '../../../ports/introspector.ts';
import type { Command, Outcome, Session } from '../../../ports/session.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import { text, unquote, type Scope } from './catalog.ts';
import { COLLATION_NAMES, COLUMNS } from './columns.ts';
import { addConstraints, CONSTRAINTS } from './constraints.ts';
import { Draft, finish } from './draft.ts';
import { mayUnsettle, settleExpression } from './expression.ts';
import type { CatalogRow, Family, Reading } from './family.ts';
import { addForeign, SERVERS, USER_MAPPINGS, WRAPPERS } from './foreign.ts';
import {
  addDefaultPrivileges,
  addEventTriggers,
  addExtensions,
  addSchemas,
  DEFAULT_PRIVILEGES,
  EVENT_TRIGGERS,
  EXTENSIONS,
  MEMBERS,
  SCHEMAS,
} from './globals.ts';
import { addIndexes, INDEXES } from './indexes.ts';
import { addComments, COMMENTS, DEPENDENCIES, readDependencies } from './links.ts';
import { addPublications, PUBLICATIONS } from './publications.ts';
import { addRelationParts, POLICIES, RULES, STATISTICS, TRIGGERS } from './relation-parts.ts';
import { addRelations, FOREIGN_TABLES, registerRelations, RELATIONS } from './relations.ts';
import { addRoutines, AGGREGATES, ROUTINES } from './routines.ts';
import { SEQUENCES } from './sequences.ts';
import { addSundries, SUNDRIES } from './sundries.ts';
import { addTypes, registerTypes, TYPES } from './types.ts';

const ROLES: Family = { name: 'roles', query: () => 'SELECT oid, quote_ident(rolname) FROM pg_roles' };

/** Families whose objects have a root, which can be read alone. */
const ROOTED: readonly Family[] = [
  RELATIONS,
  FOREIGN_TABLES,
  COLUMNS,
  SEQUENCES,
  CONSTRAINTS,
  INDEXES,
  TRIGGERS,
  RULES,
  POLICIES,
  STATISTICS,
  TYPES,
  ROUTINES,
  AGGREGATES,
  COLLATION_NAMES,
];
const WHOLE: readonly Family[] = [
  ROLES,
  SCHEMAS,
  EXTENSIONS,
  MEMBERS,
  DEFAULT_PRIVILEGES,
  EVENT_TRIGGERS,
  PUBLICATIONS,
  WRAPPERS,
  SERVERS,
  USER_MAPPINGS,
  ...SUNDRIES,
];

/** How text comes out of the catalog, whatever the session has set: names with their schema, times in UTC. */
export const PINNED: Readonly<Record<string, string>> = {
  search_path: '',
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  quote_all_identifiers: 'off',
  bytea_output: 'hex',
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

/** Runs queries in one transaction and one round trip, names pinned; puts an open transaction's settings back. */
export async function ask(
  session: Session,
  facts: Pick<ServerFacts, 'inTransaction' | 'settings'>,
  queries: readonly string[],
  signal?: AbortSignal,
): Promise<readonly (readonly CatalogRow[])[]> {
  const set = (values: readonly string[]): Command => ({
    text: `SELECT ${Object.keys(PINNED)
      .map((name, at) => `pg_catalog.set_config('${name}', ${quoteLiteral('postgres', values[at] ?? '')}, true)`)
      .join(', ')}`,
  });
  const begin: Command[] = facts.inTransaction ? [] : [{ text: 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY' }];
  const end: Command[] = [facts.inTransaction ? set(facts.settings) : { text: 'COMMIT' }];
  const commands = [...begin, set(Object.values(PINNED)), ...queries.map((query) => ({ text: query })), ...end];
  const answers = await session.batch(commands, { signal });
  const failed = answers.find((answer) => answer.status === 'failed');
  if (failed?.status === 'failed') {
    if (!facts.inTransaction) await session.batch([{ text: 'ROLLBACK', tolerate: true }]);
    throw errorOfFailure(failed.failure, 'reading the schema');
  }
  if (answers.some((answer) => answer.status === 'skipped'))
    throw new SurefootError({ code: 'interrupted', message: 'interrupted while reading the schema' });
  return answers.slice(begin.length + 1, begin.length + 1 + queries.length).map((answer) => rowsIn(answer));
}

function rowsIn(answer: Outcome | undefined, earlier?: Outcome): readonly CatalogRow[] {
  for (const each of [earlier, answer])
    if (each?.status === 'failed') throw errorOfFailure(each.failure, 'reading the schema');
  return answer?.status === 'done' ? answer.rows : [];
}

/** Reads the families and makes objects of the rows, in `draft`, which may hold others already. */
export async function readInto(
  draft: Draft,
  session: Session,
  facts: ServerFacts,
  scope: Scope,
  signal?: AbortSignal,
): Promise<ReadonlyMap<ObjectId, readonly string[]>> {
  const asked = queriesOf(scope, scope.globals ? WHOLE : [ROLES]);
  const answers = await ask(
    session,
    facts,
    asked.map(({ query }) => query),
    signal,
  );
  return makeObjects(draft, facts, scope, new Map(asked.map(({ family }, at) => [family, answers[at] ?? []])));
}

/** Families of roots, and others with them, as queries. */
export function queriesOf(
  scope: Scope,
  others: readonly Family[] = [],
): readonly { readonly family: Family; readonly query: string }[] {
  return [...others, ...ROOTED, DEPENDENCIES, COMMENTS].flatMap((family) => {
    const query = family.query(scope);
    return query === null ? [] : [{ family, query }];
  });
}

/** Makes objects of the rows of families, and tells what they need. */
export function makeObjects(
  draft: Draft,
  facts: ServerFacts,
  scope: Scope,
  answers: ReadonlyMap<Family, readonly CatalogRow[]>,
): ReadonlyMap<ObjectId, readonly string[]> {
  const reading: Reading = {
    scope,
    draft,
    answers: new Map(
      [...answers].map(([family, rows]) => [family.name, AS_WRITTEN.has(family) ? rows : rows.map(settleRow)]),
    ),
  };
  draft.owner = facts.owner;
  for (const row of reading.answers.get(ROLES.name) ?? []) draft.roles.set(text(row[0]), text(row[1]));
  addSchemas(reading);
  addExtensions(reading);
  registerTypes(reading);
  const relations = registerRelations(reading);
  addTypes(reading);
  addRelations(reading, relations);
  addRoutines(reading);
  addConstraints(reading);
  addIndexes(reading);
  addRelationParts(reading);
  addForeign(reading);
  addSundries(reading);
  addPublications(reading);
  addEventTriggers(reading);
  addDefaultPrivileges(reading);
  addComments(reading);
  return readDependencies(reading);
}

/** Texts of people, which are kept to the letter. */
const AS_WRITTEN: ReadonlySet<Family> = new Set([ROUTINES, COMMENTS]);

function settleRow(row: CatalogRow): CatalogRow {
  return row.some((value) => typeof value === 'string' && mayUnsettle(value))
    ? row.map((value) => (typeof value === 'string' ? settleExpression(value) : value))
    : row;
}

export function finishAll(draft: Draft, needs: ReadonlyMap<ObjectId, readonly string[]>): readonly SchemaObject[] {
  return [...draft.objects.values()].map((object) => finish(object, needs.get(object.id) ?? [], draft));
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
