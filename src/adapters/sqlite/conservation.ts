import type { Conservation, ConservationScope, Losses, RowLoss, RowWatch } from '../../ports/conservation.ts';
import { alteredColumns, lostObjects, type TableState } from '../../model/rebuilt-table.ts';
import type { Session } from '../../ports/session.ts';
import { droppedObject, readText, replacedTables, tableRename, writtenTable } from '../../sql/index.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { readTable } from './catalog/table-state.ts';
import { reachedTables, readReferences, violations, type References } from './catalog/references.ts';

/** By counting, ahead of the change and behind it, the tables it may take rows from without saying so. */
export const SQLITE_CONSERVATION: Conservation = {
  watch: (scope) => (scope.opaque || !scope.foreignKeys || mayTouch(scope) ? createWatch(scope) : null),
  count: async (session, table) => countRows(session, table),
  uncommitted: async (session) => {
    const before = await violations(session);
    return async () => newViolations(before, await violations(session));
  },
};

const WRITES = /^(?:INSERT|UPDATE|DELETE|REPLACE|WITH)$/u;
const WRITES_TEXT = /^\s*(?:insert|update|delete|replace|with)\b/iu;

/** What it writes into a table of its own can take nothing away, as long as it makes no triggers. */
function mayTouch({ statements }: ConservationScope): boolean {
  const made = new Set(statements.flatMap(({ facts }) => facts.createsTables.map(key)));
  const triggers = statements.some(({ facts }) => facts.kind === 'CREATE TRIGGER');
  return statements.some(({ text, facts: { kind } }) => {
    if (kind === 'DROP TABLE' || (kind === 'ALTER TABLE' && tableRename('sqlite', text) !== null)) return true;
    if (!WRITES.test(kind)) return false;
    const target = writtenTable('sqlite', text);
    return triggers || target === null || !made.has(key(target));
  });
}

/** SQLite does not tell names apart by their case. */
const key = (name: string): string =>
  name
    .replaceAll('"', '')
    .replace(/^main\./iu, '')
    .toLowerCase();

interface Watching {
  references: References | null;
  /** Rows, or values of a column, ahead of the change. */
  readonly counts: Map<string, { readonly table: string; readonly column: string | null; readonly rows: number }>;
  /** Tables as they were before they were dropped or renamed away. */
  readonly gone: Map<string, TableState>;
  /** Dropped by a statement of the step itself. */
  readonly dropped: Set<string>;
  readonly said: Set<string>;
  readonly droppedObjects: Set<string>;
  readonly renamed: { readonly from: string; readonly to: string }[];
  readonly made: Set<string>;
  /** Texts of the triggers the step makes itself. */
  readonly triggers: string[];
  broken: ReadonlyMap<string, number> | null;
}

function createWatch(scope: ConservationScope): RowWatch {
  const seen: Watching = {
    references: null,
    counts: new Map(),
    gone: new Map(),
    dropped: new Set(),
    said: new Set(scope.declared.map(key)),
    droppedObjects: new Set(),
    renamed: [],
    made: new Set(),
    triggers: [],
    broken: null,
  };
  // Of a script all is known: a table that is dropped for good need not be read.
  const returns = scope.opaque ? null : returningTables(scope);
  const references = async (session: Session): Promise<References> =>
    (seen.references ??= await readReferences(session, scope.foreignKeys, seen.triggers));

  const watch = async (session: Session, text: string): Promise<void> => {
    const { dropsData } = readText('sqlite', text);
    const drops = /^\s*drop\b/iu.test(text) ? dropsData.map(key) : [];
    const deletes = /^\s*(?:drop|alter)\b/iu.test(text) ? [] : dropsData.map(key);
    const rename = tableRename('sqlite', text);
    const object = droppedObject('sqlite', text);
    if (object !== null) seen.droppedObjects.add(key(object));
    for (const name of [...drops, ...(rename === null ? [] : [key(rename.from)])]) {
      if (seen.made.has(name) || seen.gone.has(name) || (returns !== null && !returns.has(name))) continue;
      const state = await readTable(session, name);
      if (state !== null) seen.gone.set(name, state);
    }
    if (rename !== null) seen.renamed.push({ from: key(rename.from), to: key(rename.to) });
    for (const name of drops) seen.dropped.add(name);
    for (const name of deletes) seen.said.add(name);
    const writes = WRITES_TEXT.test(text);
    const from = [...drops, ...deletes, ...replacedTables(text).map(key)].map((name) => formerName(seen, name));
    if (from.length === 0 && !writes) return;
    const all = await references(session);
    const reached = reachedTables(all, { from, dropped: drops.map((name) => formerName(seen, name)), writes });
    for (const { table, column } of reached) {
      const id = column === null ? table : `${table}.${column}`;
      if (seen.counts.has(id) || seen.made.has(table)) continue;
      const rows = await countRows(session, table, column);
      if (rows !== null) seen.counts.set(id, { table, column, rows });
    }
  };

  return {
    before: [],
    after: [],
    open: async (session) => {
      if (!scope.foreignKeys) seen.broken = await violations(session);
      const there = await tablesAmong(
        session,
        new Set(scope.statements.flatMap(({ facts }) => facts.createsTables.map(key))),
      );
      for (const { text, facts } of scope.statements) {
        for (const name of facts.createsTables) if (!there.has(key(name))) seen.made.add(key(name));
        if (facts.kind === 'CREATE TRIGGER') seen.triggers.push(text);
      }
      for (const { text, facts } of scope.statements) if (!facts.kind.startsWith('CREATE')) await watch(session, text);
    },
    statement: async (session, text) => {
      if (/^\s*create\b/iu.test(text)) return;
      await watch(session, text);
    },
    judge: async (session) => {
      const rows: RowLoss[] = [];
      const objects: string[] = [];
      const altered: string[] = [];
      for (const { table, column, rows: before } of seen.counts.values()) {
        const name = renamedTo(seen, table);
        if (seen.said.has(table) || seen.said.has(name)) continue;
        const after = await countRows(session, name, column);
        if (after === null ? seen.dropped.has(table) : after >= before) continue;
        rows.push({ table: column === null ? table : `${table}.${column}`, before, after, exact: true });
      }
      for (const [name, state] of seen.gone) {
        const found = await readTable(session, name);
        if (found === null) continue;
        if (found.rows < state.rows && !seen.said.has(name) && !rows.some(({ table }) => table === name))
          rows.push({ table: name, before: state.rows, after: found.rows, exact: true });
        objects.push(...lostObjects(state, found, (object) => seen.droppedObjects.has(key(object.name))));
        altered.push(...alteredColumns(state, found));
      }
      const losses: Losses = {
        rows,
        objects,
        altered,
        violations: seen.broken === null ? [] : newViolations(seen.broken, await violations(session)),
      };
      return losses;
    },
  };
}

/** Those of the names that are tables. */
async function tablesAmong(session: Session, names: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  if (names.size === 0) return names;
  const rows = await session.query(
    "SELECT lower(name) AS name FROM sqlite_schema WHERE type = 'table' AND lower(name) IN (SELECT value FROM json_each(?))",
    [JSON.stringify([...names])],
  );
  return new Set(rows.map((row) => String(row['name'])));
}

/** Names that a script drops or renames away and that a statement of it makes anew. */
function returningTables({ statements }: ConservationScope): ReadonlySet<string> {
  const appear = new Set<string>();
  for (const { text, facts } of statements) {
    for (const name of facts.createsTables) appear.add(key(name));
    const rename = tableRename('sqlite', text);
    if (rename !== null) appear.add(key(rename.to));
  }
  return appear;
}

/** A table that was renamed in the step is reached by the keys that named it before. */
function formerName({ renamed }: Watching, table: string): string {
  return renamed.find(({ to }) => to === table)?.from ?? table;
}

function renamedTo({ renamed, gone }: Watching, table: string): string {
  let name = table;
  for (const { from, to } of renamed) if (from === name && !gone.has(to)) name = to;
  return name;
}

async function countRows(session: Session, table: string, column: string | null = null): Promise<number | null> {
  const [there] = await session.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND lower(name) = ?", [
    key(table),
  ]);
  if (there === undefined) return null;
  const what = column === null ? '*' : quoteIdentifier(column);
  const [row] = await session.query(`SELECT count(${what}) AS rows FROM ${quoteIdentifier(key(table))}`);
  return Number(row?.['rows'] ?? 0);
}

function newViolations(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): readonly string[] {
  return [...after].flatMap(([line, count]) => {
    const more = count - (before.get(line) ?? 0);
    return more <= 0 ? [] : [`${String(more)} ${more === 1 ? 'row' : 'rows'} of ${line}`];
  });
}
