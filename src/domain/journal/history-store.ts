import type { Value } from '../../model/engine.ts';
import { SurefootError } from '../../model/errors.ts';
import type { AppliedMigration, History, StoredScripts } from '../../model/history.ts';
import type { Database } from '../../ports/database.ts';
import type { Dialect } from '../../ports/dialect.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import { recordCommand, type RecordStatement } from './kept.ts';
import { toApplied } from './rows.ts';
import { unpackScripts, type PackedScripts } from './scripts.ts';

const COLUMNS = [
  'version',
  'name',
  'kind',
  'state',
  'direction',
  'checksum',
  'statements_done',
  'statements_total',
  'statement_begun',
  'statements_hash',
  'duration_ms',
  'operator',
  'run_id',
  'tool_version',
  'irreversible',
  'needs_file',
  'scripts_hash',
] as const;

/** Reads the history in one round trip. A database without surefoot's tables has an empty history; nothing is created. */
export async function readHistory(database: Database, session: Session): Promise<History> {
  const { dialect } = database;
  const select = `SELECT ${COLUMNS.join(', ')}, ${dialect.isoTime('applied_at')} AS applied_at FROM ${dialect.table('history')} ORDER BY version_order`;
  const [layout, rows, head] = await session.batch([
    { text: `SELECT version FROM ${dialect.table('layout')}`, tolerate: true },
    { text: select, tolerate: true },
    { text: `SELECT seq, hash FROM ${dialect.table('journal_head')}`, tolerate: true },
  ]);
  if (layout === undefined || rows === undefined || head === undefined) throw absentAnswer();
  if (layout.status === 'failed') {
    if (isAbsentTable(layout)) return { layout: null, applied: [], head: null };
    throw errorOfFailure(layout.failure, 'reading the history');
  }
  const version = layout.status === 'done' ? layout.rows[0]?.[0] : undefined;
  if (typeof version !== 'number') return { layout: null, applied: [], head: null };
  refuseNewer(database, version);
  if (rows.status !== 'done')
    throw rows.status === 'failed' ? errorOfFailure(rows.failure, 'reading the history') : absentAnswer();
  const applied = rows.rows.map((row) => toApplied(rows.columns, row));
  const top = head.status === 'done' ? head.rows[0] : undefined;
  return {
    layout: version,
    applied,
    head: top === undefined ? null : { seq: Number(top[0]), hash: String(top[1]) },
  };
}

/** Makes or upgrades surefoot's own tables. The caller holds the run lock. */
export async function prepareLayout(database: Database, session: Session, layout: number | null): Promise<void> {
  const { dialect } = database;
  const pending = database.layout.filter((step) => step.version > (layout ?? 0));
  const last = pending.at(-1);
  if (last === undefined) return;
  const commands: Command[] = [
    ...dialect.begin({ lockMs: null, statementMs: null }).map((text) => ({ text })),
    ...pending.flatMap((step) => step.statements.map((text) => ({ text }))),
    {
      text:
        layout === null
          ? `INSERT INTO ${dialect.table('layout')} (version) VALUES (${String(last.version)})`
          : `UPDATE ${dialect.table('layout')} SET version = ${String(last.version)}`,
    },
    { text: dialect.commit },
  ];
  const failed = firstFailure(await session.batch(commands));
  if (failed === null) return;
  await session.batch([{ text: dialect.abort, tolerate: true }]);
  throw errorOfFailure(failed, "making surefoot's own tables");
}

/**
 * Writes (or replaces) the row of a version. `scripts` null leaves stored scripts as they are. `fresh`: the history was
 * read under the lock and has no such row; should there be one after all, the command fails.
 */
export function recordCommands(
  dialect: Dialect,
  row: AppliedMigration,
  scripts: PackedScripts | null,
  fresh = false,
): readonly Command[] {
  const fields = scripts === null ? ROW : ROW_WITH_SCRIPTS;
  const values = fields.map(([, value]) => value(row, scripts));
  if (fresh && scripts !== null) return [recordCommand(dialect, INSERT_ROW, values)];
  const names = fields.map(([name]) => name);
  const text = insertText(
    dialect,
    names,
    values.map((value) => dialect.literal(value)),
  );
  if (fresh) return [{ text }];
  const updates = names.filter((name) => name !== 'version').map((name) => `${name} = excluded.${name}`);
  return [{ text: `${text} ON CONFLICT (version) DO UPDATE SET ${updates.join(', ')}` }];
}

type Field = readonly [string, (row: AppliedMigration, scripts: PackedScripts | null) => Value];

const ROW: readonly Field[] = [
  ['version', (row) => row.version.text],
  ['version_order', (row) => row.version.order],
  ['name', (row) => row.name],
  ['kind', (row) => row.kind],
  ['state', (row) => row.state],
  ['direction', (row) => row.direction],
  ['checksum', (row) => row.checksum],
  ['statements_done', (row) => row.statementsDone],
  ['statements_total', (row) => row.statementsTotal],
  ['statement_begun', (row) => row.statementBegun],
  ['statements_hash', (row) => row.statementsHash],
  ['applied_at', (row) => row.appliedAt],
  ['duration_ms', (row) => Math.round(row.durationMs)],
  ['operator', (row) => row.operator],
  ['run_id', (row) => row.runId],
  ['tool_version', (row) => row.toolVersion],
  ['irreversible', (row) => row.irreversible],
  ['needs_file', (row) => row.needsFile],
];

const ROW_WITH_SCRIPTS: readonly Field[] = [
  ...ROW,
  ['scripts', (_, scripts) => scripts?.bytes ?? null],
  ['scripts_hash', (_, scripts) => scripts?.hash ?? null],
];

function insertText(dialect: Dialect, columns: readonly string[], values: readonly string[]): string {
  return `INSERT INTO ${dialect.table('history')} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
}

export function forgetCommands(dialect: Dialect, version: string): readonly Command[] {
  return [recordCommand(dialect, DELETE_ROW, [version])];
}

const INSERT_ROW: RecordStatement = {
  name: 'surefoot_row',
  columns: ROW_WITH_SCRIPTS.map(([name]) => name),
  text: (dialect, values) => insertText(dialect, INSERT_ROW.columns, values),
};

const DELETE_ROW: RecordStatement = {
  name: 'surefoot_forget',
  columns: ['version'],
  text: (dialect, [version = '']) => `DELETE FROM ${dialect.table('history')} WHERE version = ${version}`,
};

export const HISTORY_STATEMENTS: readonly RecordStatement[] = [INSERT_ROW, DELETE_ROW];

/** How far a step outside a transaction is. */
export function progressCommands(
  dialect: Dialect,
  version: string,
  { done, begun, hash }: { readonly done: number; readonly begun: number | null; readonly hash: string | null },
): readonly Command[] {
  return [
    {
      text: `UPDATE ${dialect.table('history')} SET statements_done = ${dialect.literal(done)}, statement_begun = ${dialect.literal(begun)}, statements_hash = ${dialect.literal(hash)} WHERE version = ${dialect.literal(version)}`,
    },
  ];
}

/** The texts stored with a version; null where it has none. */
export async function readScripts(
  database: Database,
  session: Session,
  row: AppliedMigration,
): Promise<StoredScripts | null> {
  const { dialect } = database;
  const rows = await session.query(
    `SELECT scripts FROM ${dialect.table('history')} WHERE version = ${dialect.parameter(1)}`,
    [row.version.text],
  );
  const bytes = rows[0]?.['scripts'];
  return bytes instanceof Uint8Array ? unpackScripts(database.name, bytes, row.scriptsHash, row.name) : null;
}

export function firstFailure(outcomes: readonly Outcome[]): Extract<Outcome, { status: 'failed' }>['failure'] | null {
  for (const outcome of outcomes) if (outcome.status === 'failed') return outcome.failure;
  return null;
}

function isAbsentTable(outcome: Extract<Outcome, { status: 'failed' }>): boolean {
  const { sqlState, message } = outcome.failure;
  return sqlState === '42P01' || sqlState === '3F000' || message.includes('no such table');
}

function refuseNewer(database: Database, version: number): void {
  const known = database.layout.at(-1)?.version ?? 0;
  if (version <= known) return;
  throw new SurefootError({
    code: 'history-newer',
    message: `the history of ${database.name} has layout ${String(version)}; this surefoot knows layouts up to ${String(known)}`,
    hint: 'Update surefoot to the version that wrote it, or a newer one.',
  });
}

function absentAnswer(): SurefootError {
  return new SurefootError({ code: 'internal', message: 'the session gave no answer to a statement' });
}
