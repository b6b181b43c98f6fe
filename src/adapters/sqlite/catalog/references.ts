import type { Session } from '../../../ports/session.ts';
import { readText } from '../../../sql/index.ts';
import { DANGLING } from '../dangling.ts';

/** What takes rows along: foreign keys that cascade, and triggers that delete. Names in lower case. */
export interface References {
  readonly cascades: readonly { readonly parent: string; readonly child: string }[];
  /** Columns that lose their value when the parent's row goes. */
  readonly clears: readonly { readonly parent: string; readonly child: string; readonly column: string }[];
  /** Tables that some trigger deletes from. */
  readonly triggered: readonly string[];
}

export interface Reached {
  readonly table: string;
  /** Only this column's values are at stake. */
  readonly column: string | null;
}

export async function readReferences(
  session: Session,
  foreignKeys: boolean,
  ownTriggers: readonly string[],
): Promise<References> {
  // One reading of the schema, which can be long: only these texts can say anything.
  const texts = await session.query(
    "SELECT type, sql FROM sqlite_schema WHERE (type = 'table' AND sql LIKE '%references%') OR (type = 'trigger' AND sql LIKE '%delete%from%')",
  );
  const triggers = texts.filter((row) => row['type'] === 'trigger');
  const keys =
    foreignKeys && texts.length > triggers.length
      ? await session.query(
          `SELECT lower(m.name) AS child, lower(k."table") AS parent, k."from" AS column_name, k.on_delete AS action FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table' AND m.sql LIKE '%references%' AND k.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT')`,
        )
      : [];
  const pairs = keys.map((row) => ({
    parent: String(row['parent']),
    child: String(row['child']),
    column: String(row['column_name']),
    cascades: row['action'] === 'CASCADE',
  }));
  return {
    cascades: pairs.filter((each) => each.cascades),
    clears: pairs.filter((each) => !each.cascades),
    triggered: [...triggers.map((row) => String(row['sql'])), ...ownTriggers].flatMap((text) =>
      readText('sqlite', text).dropsData.map((name) => name.replaceAll('"', '').toLowerCase()),
    ),
  };
}

/** Tables that lose rows along with those named in `from`, and columns that lose values along with those `dropped`. */
export function reachedTables(
  { cascades, clears, triggered }: References,
  touched: { readonly from: readonly string[]; readonly dropped: readonly string[]; readonly writes: boolean },
): readonly Reached[] {
  const reached = new Set<string>(touched.writes ? triggered : []);
  const open = [...touched.from, ...reached];
  const seen = new Set<string>();
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    if (seen.has(parent)) continue;
    seen.add(parent);
    for (const { parent: from, child } of cascades) {
      if (from !== parent || child === from) continue;
      reached.add(child);
      open.push(child);
    }
  }
  const cleared = clears.filter(({ parent, child }) => touched.dropped.includes(parent) && child !== parent);
  return [
    ...[...reached].map((table) => ({ table, column: null })),
    ...cleared.map(({ child, column }) => ({ table: child, column })),
  ];
}

/** Rows that refer to nothing, counted by table and parent. */
export async function violations(session: Session): Promise<ReadonlyMap<string, number>> {
  const rows = await session.query(DANGLING);
  return new Map(
    rows.map((row) => [`${String(row['child'])} that refer to ${String(row['parent'])}`, Number(row['rows'])]),
  );
}
