import { SurefootError } from '../../../model/errors.ts';
import type { SqlFailure } from '../../../model/sql-failure.ts';
import type { Statement } from '../../../model/statement.ts';
import type { Command, Outcome } from '../../../ports/session.ts';
import { firstFailure } from '../../journal/index.ts';
import type { PreparedStep } from '../../plan/index.ts';
import { openCommands, sendOpening } from '../step/apply-step.ts';
import { recount, refuseLosses, watchRows } from '../step/conserve.ts';
import type { RunContext } from '../session/context.ts';
import type { NoteProgress } from './progress-notes.ts';
import type { RowTally } from '../step/statement-rows.ts';

export type Uncommitted = SqlFailure | 'interrupted';

/** One statement of a step outside a transaction that can run in one. */
export interface StatementOfStep {
  readonly step: PreparedStep;
  readonly index: number;
  readonly statement: Statement;
  /** Goes right behind what opens the transaction. */
  readonly guard: readonly Command[];
  readonly notes: string[];
  /** Where what it did to rows is added. */
  readonly tally: RowTally;
  readonly note: NoteProgress;
  /** The state of the database when this statement is not in place. */
  readonly state: string;
}

/**
 * Commits the statement together with its progress, unless it takes away rows without saying so. Returns the failure of
 * a statement, or that an interruption came before its COMMIT; its transaction is aborted then.
 */
export async function commitStatement(context: RunContext, what: StatementOfStep): Promise<Uncommitted | null> {
  const excused = new Set<string>();
  for (;;) {
    try {
      return await attempt(context, what, excused);
    } catch (error) {
      if (error instanceof SurefootError && error.context['connectionLost'] !== true)
        await context.session.batch([{ text: context.database.dialect.abort, tolerate: true }]);
      for (const table of await recount(context, error)) excused.add(table);
    }
  }
}

async function attempt(
  context: RunContext,
  { step, index, statement, guard, notes, tally, note, state }: StatementOfStep,
  excused: ReadonlySet<string>,
): Promise<Uncommitted | null> {
  const { dialect } = context.database;
  const command: Command = { text: statement.text, copyData: statement.copyData };
  const closing: readonly Command[] = [...note(index + 1, null), { text: dialect.commit }];
  let opening: readonly Command[] = [...openCommands(context, step), ...guard];
  const watch = watchRows(context, step, [statement], step.facts.slice(index, index + 1));
  const count = (outcome: Outcome | undefined): void => {
    tally.add(statement, step.facts[index], outcome);
  };
  if (watch === null) {
    const outcomes = await context.session.batch([...opening, command, ...closing], { signal: context.signal });
    const failed = uncommitted(outcomes);
    if (failed !== null) return aborted(context, failed);
    count(outcomes[opening.length]);
    return null;
  }
  if (watch.open !== null) {
    await sendOpening(context, opening);
    opening = [];
    await watch.open(context.session);
  }
  const commands = [...opening, ...watch.before, command, ...watch.after];
  const outcomes = await context.session.batch(commands, { signal: context.signal });
  const failure = uncommitted(outcomes);
  if (failure !== null) return aborted(context, failure);
  const from = opening.length + watch.before.length;
  await refuseLosses(
    context,
    step,
    watch,
    { before: outcomes.slice(opening.length, from), after: outcomes.slice(from + 1) },
    { notes, excused, state },
  );
  const refused = uncommitted(await context.session.batch(closing, { signal: context.signal }));
  if (refused !== null) return aborted(context, refused);
  count(outcomes[from]);
  return null;
}

/** What kept a batch from its end. */
function uncommitted(outcomes: readonly Outcome[]): Uncommitted | null {
  return firstFailure(outcomes) ?? (outcomes.some(({ status }) => status === 'skipped') ? 'interrupted' : null);
}

async function aborted(context: RunContext, failure: Uncommitted): Promise<Uncommitted> {
  if (failure === 'interrupted' || !failure.connectionLost)
    await context.session.batch([{ text: context.database.dialect.abort, tolerate: true }]);
  return failure;
}
