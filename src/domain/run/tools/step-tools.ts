import { dirname, isAbsolute, join } from 'node:path';
import type { StepTools } from '../../../model/user-script.ts';
import type { Dialect } from '../../../ports/dialect.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { RebuildTable } from '../../../ports/rebuild.ts';
import { readCsv } from './csv.ts';
import { createSql, type SqlParts } from './step-sql.ts';

export interface ToolParts extends SqlParts {
  readonly database: string;
  /** Absolute path of the file the step comes from. */
  readonly file: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Lines logged by the step, kept for the journal. */
  readonly notes: string[];
  readonly rebuild: RebuildTable;
}

/** What a TypeScript step, sample or test works with, on the session's open transaction. */
export function createTools(parts: ToolParts): StepTools {
  const { session, dialect, progress, database, name, signal, notes } = parts;
  const message = (level: 'info' | 'warn', text: string): void => {
    notes.push(text);
    progress.report({ type: 'message', database, level, text });
  };
  const whole = async (work: () => Promise<number>): Promise<number> => parts.apart?.whole(work) ?? work();
  const copyRows: StepTools['copyRows'] = async (table, columns, rows) =>
    whole(async () => session.copyRows(quotePath(dialect, table), columns, rows, { signal }));
  return {
    sql: createSql(parts),
    copyRows,
    rebuildTable: async (table, rebuild) => whole(async () => parts.rebuild(session, table, rebuild)),
    copyFromCsv: async (table, file, options) => {
      const path = isAbsolute(file) ? file : join(dirname(parts.file), file);
      const csv = await readCsv(path, options?.delimiter ?? ',');
      return copyRows(table, csv.columns, csv.rows);
    },
    progress: (state) => {
      progress.report({
        type: 'progress',
        database,
        name,
        done: state.done,
        total: state.total ?? null,
        unit: state.unit ?? 'rows',
      });
    },
    log: { info: (text) => message('info', text), warn: (text) => message('warn', text) },
    signal,
  };
}

/** `schema.table` quoted part by part. */
function quotePath(dialect: Dialect, table: string): string {
  return table
    .split('.')
    .map((part) => dialect.identifier(part))
    .join('.');
}
