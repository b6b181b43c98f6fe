import { errorOfFailure, refusesTransaction } from '../../../model/sql-failure.ts';
import type { LockReport } from '../../../model/blocker.ts';
import { isSurefootError, SurefootError } from '../../../model/errors.ts';
import type { Statement, StatementFacts } from '../../../model/statement.ts';
import type { Command } from '../../../ports/session.ts';
import { factsOfStatement } from '../../../sql/index.ts';
import { firstFailure } from '../../journal/index.ts';
import type { PreparedStep } from '../../plan/index.ts';
import { openCommands, sendOpening } from '../step/apply-step.ts';
import { recount, refuseLosses } from '../step/conserve.ts';
import type { RunContext } from '../session/context.ts';
import { abort } from '../step/fail-step.ts';
import { must } from '../session/own-transaction.ts';
import { retryStep } from '../locks/retry-step.ts';
import type { Apart } from '../tools/step-sql.ts';

const STATE = 'It runs outside a transaction: what it did before this statement is in place, the statement is not.';

/**
 * The statements of a TypeScript step outside a transaction. Each stands for itself: it is tried again for its locks, and
 * held against the rows it may take away, in a transaction of its own where it can run in one.
 */
export function runApart(context: RunContext, step: PreparedStep, notes: string[], reports: LockReport[]): Apart {
  // Calls that nobody awaits between them would share a transaction, and be aborted for one another.
  const turns = { last: Promise.resolve() as Promise<unknown>, copying: false };
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turns.last.then(work);
    turns.last = mine.catch(() => undefined);
    return mine;
  };
  const refuseBeside = (): void => {
    if (turns.copying) throw beside(step);
  };
  return {
    statement: async (text, work) => {
      const facts = await factsOfStatement(context.database.capabilities.engine, { text });
      // The source of the rows may read.
      if (turns.copying && facts.kind === 'SELECT') return work();
      refuseBeside();
      return inTurn(async () => alone(text, facts, work));
    },
    whole: async (work) => {
      refuseBeside();
      return inTurn(async () => {
        turns.copying = true;
        return inOwn(context, openCommands(context, step), work).finally(() => {
          turns.copying = false;
        });
      });
    },
  };

  async function alone<T>(text: string, facts: StatementFacts, work: () => Promise<T>): Promise<T> {
    const { value, locks } = await retryStep(context, {
      step,
      facts: [facts],
      state: STATE,
      run: async ({ guard }) =>
        facts.transactional
          ? counted(context, step, { text, facts, guard, notes }, work).catch(async (error: unknown) => {
              if (!isSurefootError(error) || !refusesTransaction(error.context)) throw error;
              return cleaned(context, step, text, notes, work);
            })
          : cleaned(context, step, text, notes, work),
    });
    reports.push(locks);
    return value;
  }
}

function beside({ plan }: PreparedStep): SurefootError {
  return new SurefootError({
    code: 'step-failed',
    message: `${plan.name} called its tools while rows were being copied or a table rebuilt`,
    hint: 'Await every call of the function before the next one.',
  });
}

interface Piece {
  readonly text: string;
  readonly facts: StatementFacts;
  readonly guard: readonly Command[];
  readonly notes: string[];
}

async function counted<T>(context: RunContext, step: PreparedStep, piece: Piece, work: () => Promise<T>): Promise<T> {
  const excused = new Set<string>();
  for (;;) {
    try {
      return await guarded(context, step, piece, excused, work);
    } catch (error) {
      for (const table of await recount(context, error)) excused.add(table);
    }
  }
}

async function guarded<T>(
  context: RunContext,
  step: PreparedStep,
  { text, facts, guard, notes }: Piece,
  excused: ReadonlySet<string>,
  work: () => Promise<T>,
): Promise<T> {
  const { directives } = step.script;
  const watch = context.database.conservation.watch({
    statements: [{ text, facts }],
    opaque: false,
    direction: step.plan.direction,
    declared: directives.deletes,
    foreignKeys: directives.foreignKeys,
  });
  if (watch === null && guard.length === 0) return work();
  return inOwn(context, [...openCommands(context, step), ...guard], async () => {
    await watch?.open?.(context.session);
    const before = await sendOpening(context, watch?.before ?? []);
    const value = await work();
    if (watch === null) return value;
    const after = await context.session.batch(watch.after);
    await refuseLosses(context, step, watch, { before, after }, { notes, excused, state: STATE });
    return value;
  });
}

async function inOwn<T>(context: RunContext, open: readonly Command[], work: () => Promise<T>): Promise<T> {
  await sendOpening(context, open);
  try {
    const value = await work();
    const failure = firstFailure(await context.session.batch([{ text: context.database.dialect.commit }]));
    if (failure !== null) throw errorOfFailure(failure, 'committing the statement');
    return value;
  } catch (error) {
    await abort(context, error);
    throw error;
  }
}

/** What a statement that can not run in a transaction leaves when it fails (an invalid index) is removed. */
async function cleaned<T>(
  context: RunContext,
  step: PreparedStep,
  text: string,
  notes: string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSurefootError(error) || error.context['connectionLost'] === true) throw error;
    const statement: Statement = {
      text,
      file: step.plan.file,
      start: { line: 1, column: 1, offset: 0 },
      copyData: null,
    };
    const { cleanup, evidence } = await context.database.probe.settle(context.session, statement);
    await must(context, cleanup);
    if (cleanup.length > 0) notes.push(evidence);
    throw error;
  }
}
