import type { History } from '../../../model/history.ts';
import type { BatchOptions, Command, Outcome } from '../../../ports/session.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';
import { commitCommands, uncommittedError, type StepRecord } from './record-step.ts';
import { resolveCommit } from './resolve-commit.ts';

/** A step whose change and checks went through in a transaction that is still open. */
export interface OpenStep {
  readonly step: PreparedStep;
  readonly record: StepRecord & { readonly transaction: string | null };
  /** When its duration began, on the monotonic clock. */
  readonly start: number;
  /** Does the step once more, commit included, where it is worth it; else throws the error. */
  again(error: unknown): Promise<void>;
  /** Told once it is committed. `history`: as it is now, where the answer to COMMIT was lost. May throw. */
  onCommitted(history: History | null): void;
}

/** What refused the commit of a step, thrown to whoever sent something behind it. It is no failure of that one's. */
export class RefusedCommit extends Error {
  readonly open: OpenStep;
  readonly reason: unknown;

  constructor(open: OpenStep, reason: unknown) {
    super(`the commit of ${open.step.plan.name} was refused`);
    this.open = open;
    this.reason = reason;
  }
}

/**
 * The commit of one step travels with the opening, change and checks of the next, so that a step costs one round trip.
 * The next step's own commit is sent only after the answer to this one: when a commit is refused, what travelled behind
 * it is still uncommitted, and is aborted.
 */
export interface Commits {
  /** Leaves the commit to what is sent next. */
  defer(open: OpenStep): void;
  /** Calls `work` when no commit is out any more: now, or when the one that waits has been answered. */
  afterwards(work: () => void): void;
  /**
   * Sends what `build` gives in one flight with the commit that waits. Throws RefusedCommit. Where the step ahead had to
   * be settled otherwise, `build` is asked again: session and lock may be others.
   */
  send(build: () => readonly Command[], options: BatchOptions): Promise<readonly Outcome[]>;
  /** Sends the commit that waits by itself. Throws RefusedCommit. */
  settle(): Promise<void>;
}

export function createCommits(context: RunContext): Commits {
  const state = { waiting: null as OpenStep | null, next: null as (() => void) | null };

  const committed = (open: OpenStep, history: History | null): void => {
    context.recorder.mirror(open.record.entry);
    open.onCommitted(history);
    state.next?.();
    state.next = null;
  };

  /** True when the answers are those of a commit; else the step is settled here, or RefusedCommit thrown. */
  const isCommitted = async (open: OpenStep, outcomes: readonly Outcome[]): Promise<boolean> => {
    const error = uncommittedError(context, open.step, outcomes);
    if (error === null) return true;
    try {
      if (error.context['connectionLost'] === true) {
        const { step, record } = open;
        committed(open, await resolveCommit(context, { step, transaction: record.transaction }));
      } else {
        await open.again(error);
        state.next?.();
        state.next = null;
      }
    } catch (reason) {
      throw new RefusedCommit(open, reason);
    }
    return false;
  };

  const settle = async (): Promise<void> => {
    const open = state.waiting;
    if (open === null) return;
    state.waiting = null;
    if (await isCommitted(open, await context.session.batch(commitCommands(context, open.record))))
      committed(open, null);
  };

  return {
    defer: (open) => {
      state.waiting = open;
    },
    afterwards: (work) => {
      if (state.waiting === null) work();
      else state.next = work;
    },
    send: async (build, options) => {
      // Interrupted before anything was sent: the step ahead is complete but for its commit.
      if (options.signal?.aborted === true) await settle();
      const open = state.waiting;
      if (open === null) return context.session.batch(build(), options);
      state.waiting = null;
      const ahead = commitCommands(context, open.record);
      const told = { committed: false, trouble: null as { readonly error: unknown } | null };
      const outcomes = await context.session.batch([...ahead, ...build()], {
        ...options,
        onDone: (count) => {
          if (count < ahead.length || told.committed) return;
          told.committed = true;
          try {
            committed(open, null);
          } catch (error) {
            // Only once all answers are here can what travelled behind be aborted.
            told.trouble = { error };
          }
        },
      });
      if (told.trouble !== null) throw told.trouble.error;
      if (await isCommitted(open, outcomes.slice(0, ahead.length))) return outcomes.slice(ahead.length);
      return context.session.batch(build(), options);
    },
    settle,
  };
}
