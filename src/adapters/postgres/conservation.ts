import { alteredColumns, lostObjects, type TableState } from '../../model/rebuilt-table.ts';
import type { StatementFacts } from '../../model/statement.ts';
import type { Conservation, ConservationScope, Losses, RowLoss, RowWatch } from '../../ports/conservation.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import { readText, tableRename, writtenTable } from '../../sql/index.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { withPartitions } from './catalog/partitions.ts';
import { describeTables, dropsObject, readTables } from './catalog/rebuilt-tables.ts';

/** By the server's own counters of the transaction, the catalog, and what the statements say. */
export const POSTGRES_CONSERVATION: Conservation = {
  watch: (scope) => {
    const need = needOf(scope);
    return need.rows || need.relations || need.rebuilt.length > 0 ? createWatch(scope, need) : null;
  },
  count: async (session, table) => {
    const [row] = await session.query('SELECT pg_catalog.to_regclass($1) IS NOT NULL AS there', [table]);
    if (row?.['there'] !== true) return null;
    const [counted] = await session.query(`SELECT count(*) AS rows FROM ${table}`);
    return Number(counted?.['rows'] ?? 0);
  },
  uncommitted: null,
};

interface Need {
  /** Rows may be deleted one by one. */
  readonly rows: boolean;
  /** Whole tables may vanish or be emptied. */
  readonly relations: boolean;
  /** Tables that are dropped or renamed away, and made anew under their name. */
  readonly rebuilt: readonly string[];
}

const NAMES = /^[^()]+$/u;
const RUNS_CODE = /^(?:DO|CALL|EXECUTE)$/u;
const WRITES_ROWS = /^(?:INSERT|UPDATE|DELETE|MERGE|COPY|WITH|EXPLAIN ANALYZE)$/u;
const DROPS = /^(?:DROP|ALTER) /u;
const CASCADE = /\bcascade\b/i;
/** Functions of the server that take no rows away. */
const HARMLESS_CALLS =
  /^\s*select\s+(?:pg_catalog\.)?(?:set_config|setval|nextval|currval|now|version|count|max|min|to_regclass|pg_sleep|pg_notify|pg_\w*lock\w*)\s*\([^()]*\)(?:\s+as\s+\w+)?\s*$/i;
const CALL = /[\w"]\s*\(/;
const TRIGGER = 'CREATE TRIGGER';

function needOf({ statements, opaque }: ConservationScope): Need {
  if (opaque) return { rows: true, relations: true, rebuilt: [] };
  const made = new Set(statements.flatMap(({ facts }) => facts.createsTables));
  const triggered = statements.some(({ facts }) => facts.kind === TRIGGER);
  const calls = ({ text, facts }: { readonly text: string; readonly facts: StatementFacts }): boolean =>
    RUNS_CODE.test(facts.kind) || (facts.kind === 'SELECT' && CALL.test(text) && !HARMLESS_CALLS.test(text));
  // What it writes into a table of its own can take nothing away, as long as it makes no triggers.
  const rows = statements.some((statement) => {
    const { kind, dropsData } = statement.facts;
    if (calls(statement)) return true;
    if (!DROPS.test(kind) && kind !== 'TRUNCATE' && dropsData.length > 0) return true;
    return WRITES_ROWS.test(kind) && (triggered || !made.has(writtenTable('postgres', statement.text) ?? ''));
  });
  const relations = statements.some(
    (statement) =>
      calls(statement) ||
      statement.facts.kind === 'DROP OWNED' ||
      ((statement.facts.kind === 'TRUNCATE' || statement.facts.kind.startsWith('DROP ')) &&
        CASCADE.test(statement.text)),
  );
  return { rows, relations, rebuilt: rebuiltTables(statements) };
}

function rebuiltTables(statements: ConservationScope['statements']): readonly string[] {
  const made = new Set<string>();
  const gone = new Set<string>();
  const again = new Set<string>();
  const appears = (name: string): void => {
    if (gone.has(name)) again.add(name);
    else made.add(name);
  };
  for (const { text, facts } of statements) {
    if (facts.kind === 'DROP TABLE') for (const name of facts.dropsData) if (!made.has(name)) gone.add(name);
    const rename = facts.kind === 'ALTER TABLE' ? tableRename('postgres', text) : null;
    if (rename !== null) {
      if (!made.has(rename.from)) gone.add(rename.from);
      appears(rename.to);
    }
    for (const name of facts.createsTables) appears(name);
  }
  return [...again];
}

/** What an extension keeps in tables of its own is its own affair. */
const OF_NO_EXTENSION =
  "AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')";

/** Tables with anything written in this transaction, or by earlier ones of the session that were not yet reported. */
const COUNTERS =
  'SELECT c.oid::bigint, COALESCE(pg_catalog.pg_partition_root(c.oid)::oid, c.oid)::bigint, COALESCE(pg_catalog.pg_partition_root(c.oid), c.oid::pg_catalog.regclass)::text, ' +
  'pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid), pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) ' +
  "FROM pg_catalog.pg_class AS c WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND c.oid >= 16384 " +
  'AND (pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) > 0 OR pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) > 0) ' +
  OF_NO_EXTENSION;

/** Every table of a user, with what tells that it was emptied. Its size would be asked for under a lock. */
const RELATIONS =
  'SELECT c.oid::bigint, COALESCE(pg_catalog.pg_partition_root(c.oid)::oid, c.oid)::bigint, c.oid::pg_catalog.regclass::text, c.relfilenode::bigint, ' +
  'GREATEST(c.reltuples::bigint, pg_catalog.pg_stat_get_live_tuples(c.oid)) ' +
  "FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND c.oid >= 16384 AND n.nspname <> 'surefoot' " +
  OF_NO_EXTENSION;

function createWatch(scope: ConservationScope, need: Need): RowWatch {
  const deletes = new Set<string>(scope.declared);
  const drops = new Set<string>(scope.declared);
  let truncates = scope.opaque;
  const declare = (kind: string, names: readonly string[]): void => {
    if (kind === 'DROP TABLE') for (const name of names) drops.add(name);
    else if (!DROPS.test(kind)) for (const name of names) deletes.add(name);
    if (kind === 'TRUNCATE' || RUNS_CODE.test(kind) || kind === 'SELECT') truncates = true;
    // A body says outright what it deletes, empties and drops.
    if (RUNS_CODE.test(kind)) for (const name of names) drops.add(name);
  };
  for (const { facts } of scope.statements) declare(facts.kind, facts.dropsData);

  const commands = (moment: 'before' | 'after'): readonly Command[] => [
    ...(need.rows ? [{ text: COUNTERS }] : []),
    ...(need.relations ? [{ text: RELATIONS }] : []),
    ...(scope.opaque ? [] : [{ text: resolve(deletes) }, { text: resolve(drops) }]),
    ...(need.rebuilt.length === 0 ? [] : describeTables(need.rebuilt, moment)),
  ];
  return {
    before: commands('before'),
    after: commands('after'),
    open: null,
    statement: async (_session, text) => {
      const { dropsData } = readText('postgres', text);
      const kind = /^\s*(\w+)/u.exec(text)?.[1]?.toUpperCase() ?? '';
      declare(kind === 'DROP' ? 'DROP TABLE' : kind, dropsData);
      return Promise.resolve();
    },
    judge: async (session, before, after) => {
      const was = read(need, scope.opaque, before);
      const is = read(need, scope.opaque, after);
      const declaredRows = new Set([...was.deletes, ...is.deletes, ...(await now(session, scope, deletes))]);
      const declaredGone = new Set([...was.drops, ...is.drops, ...(await now(session, scope, drops))]);
      const suspects = [
        ...deletedFrom(was, is, declaredRows),
        ...emptied(was, is, { gone: declaredGone, rows: declaredRows, truncates, up: scope.direction === 'up' }, drops),
      ];
      const rebuilt = was.rebuilt.flatMap((before, index) => {
        const after = is.rebuilt[index] ?? null;
        return before === null || after === null ? [] : [{ before, after }];
      });
      const short = rebuilt.flatMap(({ before, after }): RowLoss[] =>
        after.rows >= before.rows || deletes.has(before.name)
          ? []
          : [{ table: before.name, before: before.rows, after: after.rows, exact: true }],
      );
      const dropped = dropsObject(scope.statements.map(({ text }) => text));
      const losses: Losses = {
        rows: [...(await counted(session, suspects)), ...short],
        objects: rebuilt.flatMap(({ before, after }) => lostObjects(before, after, dropped)),
        violations: [],
        altered: rebuilt.flatMap(({ before, after }) => alteredColumns(before, after)),
      };
      return losses;
    },
  };
}

/** Oids of the tables named, of the roots above them and of the partitions below. */
function resolve(names: ReadonlySet<string>): string {
  const relations = [...names]
    .filter((name) => NAMES.test(name) && name.split('.').length <= 2)
    .map((name) => `pg_catalog.to_regclass(${quoteLiteral('postgres', name)})::oid`);
  const tables = `SELECT pg_catalog.unnest(ARRAY[${relations.join(', ')}]::oid[])`;
  return `SELECT found::bigint FROM (${withPartitions(tables)}) AS below (found) UNION SELECT pg_catalog.pg_partition_root(oid)::oid::bigint FROM (${tables}) AS named (oid) WHERE pg_catalog.pg_partition_root(oid) IS NOT NULL`;
}

async function now(session: Session, scope: ConservationScope, names: ReadonlySet<string>): Promise<readonly number[]> {
  if (!scope.opaque || names.size === 0) return [];
  const [outcome] = await session.batch([{ text: resolve(names) }]);
  return outcome?.status === 'done' ? outcome.rows.map((row) => Number(row[0])) : [];
}

interface Reading {
  readonly counters: ReadonlyMap<number, { root: number; name: string; inserted: number; deleted: number }>;
  readonly relations: ReadonlyMap<number, { root: number; name: string; file: number; rows: number }>;
  readonly deletes: readonly number[];
  readonly drops: readonly number[];
  readonly rebuilt: readonly (TableState | null)[];
}

function read(need: Need, opaque: boolean, outcomes: readonly Outcome[]): Reading {
  const answers = outcomes.map((outcome) => (outcome.status === 'done' ? outcome.rows : []));
  const next = (wanted: boolean): readonly (readonly unknown[])[] => (wanted ? (answers.shift() ?? []) : []);
  const number = Number;
  const counters = next(need.rows).map(
    ([oid, root, name, inserted, deleted]) =>
      [
        number(oid),
        { root: number(root), name: String(name), inserted: number(inserted), deleted: number(deleted) },
      ] as const,
  );
  const relations = next(need.relations).map(
    ([oid, root, name, file, rows]) =>
      [number(oid), { root: number(root), name: String(name), file: number(file), rows: number(rows) }] as const,
  );
  const deletes = next(!opaque).map(([oid]) => number(oid));
  const drops = next(!opaque).map(([oid]) => number(oid));
  if (need.rebuilt.length > 0) answers.shift();
  const rebuilt = readTables(next(need.rebuilt.length > 0)[0]?.[0]);
  return {
    counters: new Map(counters),
    relations: new Map(relations),
    deletes,
    drops,
    rebuilt,
  };
}

interface Suspect {
  readonly name: string;
  /** Rows taken away as far as can be told; null where only counting tells. */
  readonly lost: number | null;
  /** An estimate of the rows before. */
  readonly before: number | null;
}

/** Net per partitioned table: a row that moves to another partition is deleted in one and inserted in the other. */
function deletedFrom(was: Reading, is: Reading, declared: ReadonlySet<number>): readonly Suspect[] {
  const net = new Map<number, { name: string; lost: number }>();
  for (const [oid, { root, name, inserted, deleted }] of is.counters) {
    const earlier = was.counters.get(oid);
    const lost = deleted - (earlier?.deleted ?? 0) - (inserted - (earlier?.inserted ?? 0));
    const sum = net.get(root) ?? { name, lost: 0 };
    net.set(root, { name, lost: sum.lost + lost });
  }
  return [...net].flatMap(([root, { name, lost }]) =>
    lost <= 0 || declared.has(root) ? [] : [{ name, lost, before: null }],
  );
}

function emptied(
  was: Reading,
  is: Reading,
  said: { gone: ReadonlySet<number>; rows: ReadonlySet<number>; truncates: boolean; up: boolean },
  drops: ReadonlySet<string>,
): readonly Suspect[] {
  return [...was.relations].flatMap(([oid, table]): Suspect[] => {
    const left = is.relations.get(oid);
    const named = (set: ReadonlySet<number>): boolean => set.has(oid) || set.has(table.root);
    if (left === undefined) {
      // A rollback may drop what its migration made.
      if (!said.up || named(said.gone) || drops.has(table.name)) return [];
      return [{ name: table.name, lost: null, before: Math.max(0, table.rows) }];
    }
    if (left.file === table.file || named(said.rows) || !said.truncates) return [];
    return [{ name: table.name, lost: null, before: Math.max(0, table.rows) }];
  });
}

async function counted(session: Session, suspects: readonly Suspect[]): Promise<readonly RowLoss[]> {
  const found = await session.batch(
    suspects.map(({ name }) => ({
      text: `SELECT pg_catalog.to_regclass(${quoteLiteral('postgres', name)}) IS NOT NULL`,
    })),
  );
  // A table that is gone may have been made anew under its name.
  const there = suspects.filter((_, index) => {
    const outcome = found[index];
    return outcome?.status === 'done' && outcome.rows[0]?.[0] === true;
  });
  const counts = await session.batch(there.map(({ name }) => ({ text: `SELECT count(*) FROM ${name}` })));
  return suspects.flatMap(({ name, lost, before }, index): RowLoss[] => {
    const suspect = suspects[index];
    const outcome = suspect === undefined ? undefined : counts[there.indexOf(suspect)];
    const after = outcome?.status === 'done' ? Number(outcome.rows[0]?.[0]) : null;
    if (lost !== null) return [{ table: name, before: after === null ? null : after + lost, after, exact: false }];
    if (after !== null && before !== null && before > 0 && after >= before) return [];
    return [{ table: name, before, after, exact: false }];
  });
}
