/** Rows picked to refer to, by name: a pick asks the ones before it, and written out in full it would double with each. */
export interface Picks {
  /** The name of what the query picks. */
  readonly add: (query: string) => string;
  /** The statement with what it asks for, directly or by another pick, in front. */
  readonly before: (statement: string) => string;
}

const NAME = /\bsurefoot_pick_(\d+)\b/gu;

export function createPicks(): Picks {
  const queries: string[] = [];
  return {
    add: (query) => `surefoot_pick_${String(queries.push(query))}`,
    before: (statement) => {
      const needed = new Map<number, string>();
      const follow = (text: string): void => {
        for (const [, digits] of text.matchAll(NAME)) {
          const number = Number(digits);
          const query = queries[number - 1];
          if (query === undefined || needed.has(number)) continue;
          needed.set(number, query);
          follow(query);
        }
      };
      follow(statement);
      if (needed.size === 0) return statement;
      const parts = [...needed]
        .sort(([a], [b]) => a - b)
        .map(([number, query]) => `surefoot_pick_${String(number)} AS MATERIALIZED (${query})`);
      return `WITH ${parts.join(', ')} ${statement}`;
    },
  };
}
