/** What a plan does, as far as expectations ask: the indexes it uses and the tables it scans whole. */
export interface PlanFacts {
  readonly indexes: readonly string[];
  readonly scans: readonly string[];
  /** The plan for people, one node a line. */
  readonly text: string;
}

/** Reads the rows of `EXPLAIN (FORMAT JSON)` or `EXPLAIN QUERY PLAN`. */
export function readPlan(columns: readonly string[], rows: readonly (readonly unknown[])[]): PlanFacts {
  const detail = columns.indexOf('detail');
  return detail >= 0 ? readQueryPlan(rows.map((row) => String(row[detail]))) : readJsonPlan(rows[0]?.[0]);
}

function readJsonPlan(cell: unknown): PlanFacts {
  const value: unknown = typeof cell === 'string' ? JSON.parse(cell) : cell;
  const indexes: string[] = [];
  const scans: string[] = [];
  const lines: string[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null) return;
    const get = (key: string): string | null => {
      const field: unknown = Reflect.get(node, key);
      return typeof field === 'string' ? field : null;
    };
    const type = get('Node Type');
    const index = get('Index Name');
    const relation = get('Relation Name');
    if (index !== null) indexes.push(index);
    if (type === 'Seq Scan' && relation !== null) scans.push(relation);
    if (type !== null) {
      lines.push(
        `${'  '.repeat(depth)}${type}${index === null ? '' : ` using ${index}`}${relation === null ? '' : ` on ${relation}`}`,
      );
    }
    const children: unknown = Reflect.get(node, 'Plans');
    if (Array.isArray(children)) for (const child of children) visit(child, depth + 1);
  };
  const top: unknown = Array.isArray(value) ? value[0] : value;
  visit(typeof top === 'object' && top !== null ? Reflect.get(top, 'Plan') : null, 0);
  return { indexes, scans, text: lines.join('\n') };
}

function readQueryPlan(lines: readonly string[]): PlanFacts {
  const indexes: string[] = [];
  const scans: string[] = [];
  for (const line of lines) {
    const index = /USING (?:AUTOMATIC )?(?:PARTIAL )?(?:COVERING )?INDEX (\S+)/u.exec(line)?.[1];
    if (index !== undefined) indexes.push(index);
    const scan = /^SCAN (?:TABLE )?(\S+)/u.exec(line)?.[1];
    if (scan !== undefined && index === undefined) scans.push(scan);
  }
  return { indexes, scans, text: lines.join('\n') };
}
