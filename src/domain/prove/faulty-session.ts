import type { Database } from '../../ports/database.ts';
import type { BatchOptions, Command, Outcome, Session } from '../../ports/session.ts';
import type { ShadowStage } from '../../ports/shadow.ts';

/** What happens at a boundary. */
export const FAULTS = ['abort', 'killed session', 'lock time-out'] as const;
export type Fault = (typeof FAULTS)[number];

/** Where it happens: ahead of the statement at this index, or with `statements.length` ahead of the commit behind them. */
export interface FaultPlan {
  readonly fault: Fault;
  readonly at: number;
  /** Texts of the step's statements, as they are sent. */
  readonly statements: readonly string[];
  /** Commits with something for the history that come before the step's own. */
  readonly commitsBefore: number;
  /** Told when an abort is due. */
  readonly interrupt: () => void;
}

export interface Faulty {
  readonly database: Database;
  /** The boundary was reached. A lock time-out comes to pass only where something from there on has to wait. */
  readonly struck: boolean;
  /** Lets go of what is in the way. */
  release(): Promise<void>;
}

/** Whoever waits for a lock does so only for a moment. */
const MOMENT = { lockMs: 100, statementMs: null };

/** A shadow whose first session meets one fault; later sessions are sound. */
export function withFault(stage: ShadowStage, shadow: Database, plan: FaultPlan): Faulty {
  const state: FaultState = { struck: false, given: false, obstruction: null };
  return {
    release: async () => {
      await state.obstruction?.release();
      state.obstruction = null;
    },
    get struck() {
      return state.struck;
    },
    database: {
      ...shadow,
      connect: async (options) => {
        const session = await shadow.connect(options);
        if (state.given) return session;
        state.given = true;
        return faulty(stage, shadow, session, plan, state);
      },
    },
  };
}

interface FaultState {
  struck: boolean;
  given: boolean;
  obstruction: Awaited<ReturnType<ShadowStage['obstruct']>> | null;
}

function faulty(stage: ShadowStage, shadow: Database, inner: Session, plan: FaultPlan, state: FaultState): Session {
  let next = 0;
  let commits = 0;
  let closed = false;
  /** Index of the command that the fault is ahead of; -1 where it is not among these. */
  const dueAt = (commands: readonly Command[]): number => {
    for (const [index, { text }] of commands.entries()) {
      const due = next < plan.statements.length ? text === plan.statements[next] : isStepsEnd(text, commands);
      if (next === plan.at && due) return index;
      if (next < plan.statements.length && text === plan.statements[next]) next += 1;
    }
    return -1;
  };
  const history = shadow.dialect.table('history');
  const isStepsEnd = (text: string, commands: readonly Command[]): boolean => {
    if (text !== shadow.dialect.commit || !commands.some((each) => each.text.includes(history))) return false;
    commits += 1;
    return commits > plan.commitsBefore;
  };
  const strike = async (command: Command): Promise<Outcome> => {
    state.struck = true;
    if (plan.fault === 'abort') {
      plan.interrupt();
      return { status: 'skipped' };
    }
    await stage.kill(shadow, inner);
    if (inner.backend !== null) return (await inner.batch([command]))[0] ?? LOST;
    closed = true;
    return LOST;
  };
  /** Whoever was in the way is gone once something has waited in vain. */
  const letGo = async (outcomes: readonly Outcome[]): Promise<readonly Outcome[]> => {
    if (state.obstruction === null || !outcomes.some(({ status }) => status === 'failed')) return outcomes;
    await state.obstruction.release();
    state.obstruction = null;
    return outcomes;
  };
  /** Everything as it was to be sent, with somebody in the way from the boundary on. */
  const obstructed = async (
    commands: readonly Command[],
    at: number,
    options: BatchOptions | undefined,
  ): Promise<readonly Outcome[]> => {
    const before = at === 0 ? [] : await inner.batch(commands.slice(0, at), options);
    const skipped = commands.slice(at).map((): Outcome => ({ status: 'skipped' }));
    if (isStopped(before, commands)) return [...before, ...skipped];
    state.struck = true;
    state.obstruction = await stage.obstruct(shadow);
    await inner.batch(shadow.dialect.sessionTimeouts(MOMENT).map((text) => ({ text })));
    return [...before, ...(await letGo(await inner.batch(commands.slice(at), options)))];
  };
  return {
    get backend() {
      return inner.backend;
    },
    batch: async (commands, options) => {
      if (closed) return commands.map((_, index) => (index === 0 ? LOST : { status: 'skipped' }));
      const at = state.struck ? -1 : dueAt(commands);
      const due = commands[at];
      if (due === undefined) return letGo(await inner.batch(commands, options));
      if (plan.fault === 'lock time-out') return obstructed(commands, at, options);
      const before = await inner.batch(commands.slice(0, at), options);
      const struck: Outcome = isStopped(before, commands) ? { status: 'skipped' } : await strike(due);
      const rest = commands.slice(at + 1).map((): Outcome => ({ status: 'skipped' }));
      return [...before, struck, ...rest];
    },
    query: async (text, parameters) => inner.query(text, parameters),
    keep: async (statements) => inner.keep(statements),
    dropTemporary: () => inner.dropTemporary(),
    copyRows: async (table, columns, rows, options) => inner.copyRows(table, columns, rows, options),
    cancel: async () => inner.cancel(),
    close: async () => (closed ? Promise.resolve() : inner.close()),
  };
}

function isStopped(outcomes: readonly Outcome[], commands: readonly Command[]): boolean {
  return outcomes.some((each, index) => each.status === 'failed' && commands[index]?.tolerate !== true);
}

const LOST: Outcome = {
  status: 'failed',
  failure: {
    code: 'connection-lost',
    sqlState: null,
    message: 'the session was killed (rehearsed)',
    detail: null,
    hint: null,
    index: null,
    where: null,
    object: null,
    connectionLost: true,
  },
  durationMs: 0,
};
