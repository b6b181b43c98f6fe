import { SurefootError } from '../../../model/errors.ts';
import type { StatementFacts } from '../../../model/statement.ts';
import type { Losses, RowLoss, RowWatch } from '../../../ports/conservation.ts';
import type { Outcome } from '../../../ports/session.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';
import { NOTHING_CHANGED } from '../errors/interrupted-error.ts';

/** Looks after what the given statements of a step may take away; null where they can take nothing. */
export function watchRows(
  context: RunContext,
  step: PreparedStep,
  statements: readonly { readonly text: string }[] = step.script.statements,
  facts: readonly StatementFacts[] = step.facts,
): RowWatch | null {
  return context.database.conservation.watch({
    statements: statements.flatMap(({ text }, index) => {
      const fact = facts[index];
      return fact === undefined ? [] : [{ text, facts: fact }];
    }),
    opaque: step.script.module !== null,
    direction: step.plan.direction,
    declared: step.script.directives.deletes,
    foreignKeys: step.script.directives.foreignKeys,
  });
}

/** Throws when the change took away more than it says. `excused` tables were counted before, and lose nothing. */
export async function refuseLosses(
  context: RunContext,
  step: PreparedStep,
  watch: RowWatch,
  answers: { readonly before: readonly Outcome[]; readonly after: readonly Outcome[] },
  told: { readonly notes: string[]; readonly excused: ReadonlySet<string>; readonly state: string },
): Promise<void> {
  const losses = await watch.judge(context.session, answers.before, answers.after);
  for (const column of losses.altered) warn(context, step, told.notes, column);
  const rows = losses.rows.filter(({ table }) => !told.excused.has(table));
  if (rows.length > 0) throw rowsLost(context, step, rows, told.state);
  if (losses.violations.length > 0) throw violated(step, losses.violations, told.state);
  if (losses.objects.length > 0) throw objectsLost(context, step, losses, told.state);
}

/** A step in one transaction, and who looks after it. */
export interface Guarded {
  readonly watch: RowWatch | null;
  readonly excused: ReadonlySet<string>;
  readonly notes: string[];
}

/** Where nobody looks after a step. */
export const NOTHING_ASKED: Pick<RowWatch, 'before' | 'after'> = { before: [], after: [] };

/** `refuseLosses` for a step in one transaction. */
export async function judgeRows(
  context: RunContext,
  step: PreparedStep,
  { watch, excused, notes }: Guarded,
  before: readonly Outcome[],
  after: readonly Outcome[],
): Promise<void> {
  if (watch === null) return;
  await refuseLosses(context, step, watch, { before, after }, { notes, excused, state: NOTHING_CHANGED });
}

/**
 * Where only counting tells for sure, counts once the transaction is aborted. Returns the tables that lost nothing, for
 * another try; throws the error, with the figures, when any did, and at once when it is another error.
 */
export async function recount(context: RunContext, error: unknown): Promise<readonly string[]> {
  if (!(error instanceof SurefootError) || error.code !== 'rows-lost') throw error;
  const suspects = error.context['losses'] as readonly RowLoss[];
  if (suspects.some(({ exact }) => exact)) throw error;
  await context.session.batch([{ text: context.database.dialect.abort, tolerate: true }]);
  const counted: RowLoss[] = [];
  for (const loss of suspects)
    counted.push({
      ...loss,
      before: await context.database.conservation.count(context.session, loss.table),
      exact: true,
    });
  const lost = counted.filter(({ before, after }) => (before ?? 0) > (after ?? 0));
  if (lost.length === 0) return counted.map(({ table }) => table);
  throw error.with({
    message: messageOf(String(error.context['file']), lost, String(error.context['state'])),
    context: { losses: lost },
  });
}

/** Tables of which it was only suspected, by the server's counters, that they lost rows; null where that is no question. */
export function suspectsOf(error: unknown): readonly string[] | null {
  if (!(error instanceof SurefootError) || error.code !== 'rows-lost') return null;
  const losses = error.context['losses'] as readonly RowLoss[];
  return losses.some(({ exact }) => exact) ? null : losses.map(({ table }) => table);
}

/** Does the work of a step between two counts of these tables, in the open transaction. */
export async function countAround<T>(
  context: RunContext,
  step: PreparedStep,
  tables: ReadonlySet<string>,
  work: () => Promise<T>,
): Promise<T> {
  const { conservation } = context.database;
  const before = new Map<string, number | null>();
  for (const table of tables) before.set(table, await conservation.count(context.session, table));
  const done = await work();
  const losses: RowLoss[] = [];
  for (const [table, rows] of before)
    losses.push({ table, before: rows, after: await conservation.count(context.session, table), exact: true });
  const lost = losses.filter((loss) => (loss.before ?? 0) > (loss.after ?? 0));
  if (lost.length > 0) throw rowsLost(context, step, lost, NOTHING_CHANGED);
  return done;
}

/** Does the work of a step that is never committed; throws where COMMIT would be refused for a deferred foreign key. */
export async function asIfCommitted<T>(context: RunContext, step: PreparedStep, work: () => Promise<T>): Promise<T> {
  const since = (await context.database.conservation.uncommitted?.(context.session)) ?? null;
  const done = await work();
  const violations = (await since?.()) ?? [];
  if (violations.length > 0) throw violated(step, violations, NOTHING_CHANGED);
  return done;
}

function rowsLost(context: RunContext, step: PreparedStep, losses: readonly RowLoss[], state: string): SurefootError {
  const { file } = step.plan;
  const typescript = step.script.source.kind === 'ts';
  const declared = typescript
    ? `deletes: [${losses.map(({ table }) => `'${table}'`).join(', ')}] into the definition in`
    : `${losses.map(({ table }) => `-- @deletes ${table}`).join(' and ')} at the head of`;
  const rebuild =
    context.database.capabilities.foreignKeySwitch && step.script.directives.foreignKeys
      ? ` A table that others refer to is rebuilt with ${typescript ? "foreignKeys: 'off' in the definition" : '-- @foreign-keys off at the head of the file'}.`
      : '';
  return new SurefootError({
    code: 'rows-lost',
    message: messageOf(file, losses, state),
    hint: `Correct the statement that takes them along, or put ${declared} ${file} if that is meant.${rebuild}`,
    context: { file, losses, state },
  });
}

function messageOf(file: string, losses: readonly RowLoss[], state: string): string {
  const lines = losses.map(({ table, before, after, exact }) => {
    const about = exact || before === null ? '' : 'about ';
    return `  ${table}: ${before === null ? 'some rows' : `${about}${String(before)} ${before === 1 ? 'row' : 'rows'}`} before, ${after === null ? 'the table is gone' : String(after)} after`;
  });
  return `${file} takes away rows that no statement and no @deletes of it names:\n${lines.join('\n')}\n${state}`;
}

function violated(step: PreparedStep, violations: readonly string[], state: string): SurefootError {
  return new SurefootError({
    code: 'foreign-keys-violated',
    message: `${step.plan.file} leaves foreign keys that refer to nothing:\n${violations.map((line) => `  ${line}`).join('\n')}\n${state}`,
    hint: 'Keep the rows they refer to, or change those that refer to them in the same file.',
    context: { file: step.plan.file, violations, state },
  });
}

function objectsLost(context: RunContext, step: PreparedStep, { objects }: Losses, state: string): SurefootError {
  // Where tables can be changed in place, there is no helper for it.
  const helper = context.database.capabilities.foreignKeySwitch
    ? ', or use rebuildTable in a TypeScript migration, which keeps all of it'
    : '';
  return new SurefootError({
    code: 'objects-lost',
    message: `${step.plan.file} rebuilds a table and loses what hangs on it:\n${objects.map((line) => `  ${line}`).join('\n')}\n${state}`,
    hint: `Make them again behind the rebuild, or drop what is not wanted any more by name ahead of it${helper}.`,
    context: { file: step.plan.file, objects, state },
  });
}

function warn(context: RunContext, step: PreparedStep, notes: string[], column: string): void {
  const text = `${step.plan.file}: the rebuild keeps the column ${column}, and not what is in it`;
  notes.push(text);
  context.progress.report({ type: 'message', database: context.database.name, level: 'warn', text });
}
