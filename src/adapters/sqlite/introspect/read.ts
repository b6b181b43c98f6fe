import type { ObjectId, SchemaObject, Snapshot, ViewDetail } from '../../../model/snapshot.ts';
import type { SnapshotOptions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import { readFacts, type Facts } from './facts.ts';
import { ask, idOf, knownNames, readRows, type SchemaRow } from './rows.ts';
import { tableObjects } from './tables.ts';
import { normalise, tokensOf } from './text.ts';

/** The objects that one row of sqlite_schema becomes: itself and, of a table, its constraints. */
export function objectsOf(row: SchemaRow, facts: Facts, known: ReadonlyMap<string, ObjectId>): readonly SchemaObject[] {
  if (row.type === 'table') return tableObjects(row, facts, known);
  const id = idOf(row);
  const owner = known.get(row.table.toLowerCase());
  const parent = row.type === 'view' || owner === undefined ? null : owner;
  const indexes = facts.indexes.get(row.table)?.filter(({ name }) => name === row.name) ?? [];
  const detail =
    row.type === 'index'
      ? ({
          type: 'index',
          unique: indexes.some(({ unique }) => unique),
          method: 'btree',
          columns: indexes.filter(({ key }) => key).map(({ column }) => column ?? '(expression)'),
          include: [],
          predicate: predicateOf(row.sql),
          valid: true,
        } as const)
      : row.type === 'trigger'
        ? ({ type: 'trigger', enabled: 'origin' } as const)
        : viewDetail(row, facts);
  return [
    {
      id,
      kind: row.type === 'index' ? 'index' : row.type === 'trigger' ? 'trigger' : 'view',
      schema: null,
      name: row.name,
      parent,
      definition: normalise(row.sql),
      dependencies: row.type === 'view' ? mentioned(row, known) : parent === null ? [] : [parent],
      systemNamed: false,
      detail,
    },
  ];
}

function viewDetail(row: SchemaRow, facts: Facts): ViewDetail {
  const text = normalise(row.sql);
  return {
    type: 'view',
    columns: (facts.columns.get(row.name) ?? []).map(({ name, type }) => ({ name, type })),
    query: text.slice(text.search(/\bAS\b/iu) + 3),
  };
}

function predicateOf(sql: string): string | null {
  const tokens = tokensOf(sql);
  let depth = 0;
  for (const [at, { text }] of tokens.entries()) {
    if (text === '(') depth++;
    if (text === ')') depth--;
    if (depth === 0 && text.toLowerCase() === 'where')
      return tokens
        .slice(at + 1)
        .map((token) => token.text)
        .join(' ');
  }
  return null;
}

/** Tables and views whose names stand in the text of a view. */
function mentioned(row: SchemaRow, known: ReadonlyMap<string, ObjectId>): readonly ObjectId[] {
  const own = idOf(row);
  const ids = new Set<ObjectId>();
  for (const name of wordsOf(row)) {
    const id = known.get(name);
    if (id !== undefined && id !== own) ids.add(id);
  }
  return [...ids].sort();
}

function wordsOf({ sql }: SchemaRow): readonly string[] {
  return tokensOf(sql).map(({ text }) => text.replaceAll(/^["`[]|["`\]]$/gu, '').toLowerCase());
}

/**
 * Names, in lower case, of the tables and views on which it depends what the objects of a table or view are, whether
 * they are there or not.
 */
export function namesNeeded(row: SchemaRow, facts: Facts): ReadonlySet<string> {
  if (row.type === 'view') return new Set(wordsOf(row));
  return new Set((facts.foreignKeys.get(row.name) ?? []).map(({ table }) => table.toLowerCase()));
}

const SETTINGS = ['user_version', 'application_id'] as const;

export const SETTING_IDS: readonly ObjectId[] = SETTINGS.map(settingId);

function settingId(name: (typeof SETTINGS)[number]): ObjectId {
  return `setting ${name}`;
}

/** Numbers in the head of the file that applications use, where they are not 0. */
export async function readSettings(session: Session, signal?: AbortSignal): Promise<readonly SchemaObject[]> {
  const answers = await ask(
    session,
    SETTINGS.map((name) => `PRAGMA main.${name}`),
    signal,
  );
  return SETTINGS.flatMap((name, at): readonly SchemaObject[] => {
    const value = Number(answers[at]?.[0]?.[0] ?? 0);
    if (value === 0) return [];
    return [
      {
        id: settingId(name),
        kind: 'setting',
        schema: null,
        name,
        parent: null,
        definition: `PRAGMA ${name} = ${String(value)};`,
        dependencies: [],
        systemNamed: false,
        detail: null,
      },
    ];
  });
}

export async function readSnapshot(session: Session, { signal }: SnapshotOptions = {}): Promise<Snapshot> {
  const rows = await readRows(session, signal);
  const facts = await readFacts(session, rows, signal);
  const known = knownNames(rows);
  const objects = [...rows.flatMap((row) => objectsOf(row, facts, known)), ...(await readSettings(session, signal))];
  return snapshotOf(objects, await readVersion(session));
}

export async function readVersion(session: Session): Promise<string> {
  const [rows = []] = await ask(session, ['SELECT sqlite_version()']);
  return String(rows[0]?.[0] ?? '').replace(/\.\d+$/u, '');
}

export function snapshotOf(objects: readonly SchemaObject[], server: string): Snapshot {
  return {
    format: 1,
    engine: 'sqlite',
    server,
    owner: null,
    objects: objects.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    roles: [],
  };
}
