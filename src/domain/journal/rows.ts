import type { AppliedMigration } from '../../model/history.ts';
import { SurefootError } from '../../model/errors.ts';

/** A history row as the engine gave it. */
export function toApplied(columns: readonly string[], row: readonly unknown[]): AppliedMigration {
  const cell = (name: string): unknown => row[columns.indexOf(name)] ?? null;
  const text = (name: string): string => String(cell(name) ?? '');
  const optionalText = (name: string): string | null => (cell(name) === null ? null : text(name));
  const optionalNumber = (name: string): number | null => (cell(name) === null ? null : Number(cell(name)));
  const version = text('version');
  if (!/^[\d_]+$/u.test(version)) {
    throw new SurefootError({ code: 'internal', message: `the history holds a version that is none: ${version}` });
  }
  return {
    version: { text: version, order: BigInt(version.replaceAll('_', '')) },
    name: text('name'),
    kind: text('kind') === 'baseline' ? 'baseline' : 'migration',
    state: text('state') === 'failed' ? 'failed' : 'applied',
    direction: text('direction') === 'down' ? 'down' : 'up',
    checksum: text('checksum'),
    statementsDone: optionalNumber('statements_done'),
    statementsTotal: optionalNumber('statements_total'),
    statementBegun: optionalNumber('statement_begun'),
    statementsHash: optionalText('statements_hash'),
    appliedAt: text('applied_at'),
    durationMs: Number(cell('duration_ms') ?? 0),
    operator: text('operator'),
    runId: text('run_id'),
    toolVersion: text('tool_version'),
    irreversible: optionalText('irreversible'),
    needsFile: cell('needs_file') === true || cell('needs_file') === 1,
    scriptsHash: optionalText('scripts_hash'),
  };
}
