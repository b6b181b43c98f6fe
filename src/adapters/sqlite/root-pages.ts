import type { Session } from '../../ports/session.ts';

/** Knows which tables the first pages of trees belong to. */
export interface RootPages {
  /** Names of the tables that the pages, or those of their indexes, are of. `virtual`: and all tables without any. */
  tablesOf(pages: ReadonlySet<number>, virtual: boolean): Promise<readonly string[]>;
}

/**
 * `sqlite_schema` has no index on the pages. What was made last stands last, so it is read from its end until all are
 * found; and the row that a page was found in is looked at first from then on.
 */
export function createRootPages(session: Session): RootPages {
  const rowOf = new Map<number, string>();

  const find = async (pages: readonly number[], rest: string): Promise<readonly string[]> => {
    const [answer] = await session.batch([
      { text: `SELECT rootpage, rowid, tbl_name FROM sqlite_schema WHERE rootpage IN (${pages.join(', ')})${rest}` },
    ]);
    if (answer?.status !== 'done') return [];
    for (const [page, row] of answer.rows) rowOf.set(Number(page), String(row));
    return answer.rows.map(([, , name]) => String(name));
  };

  return {
    tablesOf: async (pages, virtual) => {
      if (virtual) return find([...pages], ' OR rootpage = 0');
      if (pages.size === 0) return [];
      const all = [...pages];
      const rows = all.flatMap((page) => rowOf.get(page) ?? []);
      if (rows.length === all.length) {
        const known = await find(all, ` AND rowid IN (${rows.join(', ')})`);
        if (known.length === all.length) return known;
      }
      return find(all, ` ORDER BY rowid DESC LIMIT ${String(all.length)}`);
    },
  };
}
