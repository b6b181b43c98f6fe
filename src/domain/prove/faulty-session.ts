import type { Database } from '../../ports/database.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import type { SqlFailure } from '../../model/sql-failure.ts';

/** What happens at a boundary. */
export const FAULTS = ['abort', 'killed session', 'lock time-out'] as const;
export type Fault = (typeof FAULTS)[number];

/** Where it happens: ahead of the statement at this index, or with `statements.length` ahead of the commit behind them. */
export interface FaultPlan {
  readonly fault: Fault;
  readonly at: number;
  /** Texts of the step's statements, as they are sent. */
  readonly statements: readonly string[];
  /** Commits of the run itself that come before the step's own. */
  readonly commitsBefore: number;
  /** Told when an abort is due. */
  readonly interrupt: () => void;
}

/** Whether the fault has come to pass. */
export interface Faulty {
  readonly database: Database;
  readonly struck: boolean;
}

/** Refused by every engine while it is read, so that an open transaction is aborted where the engine aborts one. */
const REFUSED = 'SELECT surefoot_rehearses_a_fault()';

/** A shadow whose first session meets one fault; later sessions are sound. */
export function withFault(shadow: Database, plan: FaultPlan): Faulty {
  const state = { struck: false, given: false };
  return {
    get struck() {
      return state.struck;
    },
    database: {
      ...shadow,
      connect: async (options) => {
        const session = await shadow.connect(options);
        if (state.given) return session;
        state.given = true;
        return faulty(shadow, session, plan, state);
      },
    },
  };
}

function faulty(shadow: Database, inner: Session, plan: FaultPlan, state: { struck: boolean }): Session {
  let next = 0;
  let commits = 0;
  let closed = false;
  /** Index of the command that the fault is ahead of; -1 where it is not among these. */
  const dueAt = (commands: readonly Command[]): number => {
    for (const [index, { text }] of commands.entries()) {
      const due = next < plan.statements.length ? text === plan.statements[next] : isStepsEnd(text);
      if (next === plan.at && due) return index;
      if (next < plan.statements.length && text === plan.statements[next]) next += 1;
    }
    return -1;
  };
  const isStepsEnd = (text: string): boolean => {
    if (text !== shadow.dialect.commit) return false;
    commits += 1;
    return commits > plan.commitsBefore;
  };
  const strike = async (command: Command): Promise<Outcome> => {
    state.struck = true;
    if (plan.fault === 'abort') {
      plan.interrupt();
      return { status: 'skipped' };
    }
    if (plan.fault === 'lock time-out') {
      const [outcome] = await inner.batch([{ text: REFUSED }]);
      const durationMs = outcome?.status === 'failed' ? outcome.durationMs : 0;
      return { status: 'failed', failure: LOCK_TIMEOUT, durationMs };
    }
    await kill(shadow, inner);
    if (inner.backend !== null) return (await inner.batch([command]))[0] ?? LOST;
    closed = true;
    return LOST;
  };
  return {
    get backend() {
      return inner.backend;
    },
    batch: async (commands, options) => {
      if (closed) return commands.map((_, index) => (index === 0 ? LOST : { status: 'skipped' }));
      const at = state.struck ? -1 : dueAt(commands);
      const due = commands[at];
      if (due === undefined) return inner.batch(commands, options);
      const before = await inner.batch(commands.slice(0, at), options);
      const stopped = before.some((each, index) => each.status === 'failed' && commands[index]?.tolerate !== true);
      const struck: Outcome = stopped ? { status: 'skipped' } : await strike(due);
      const rest = commands.slice(at + 1).map((): Outcome => ({ status: 'skipped' }));
      return [...before, struck, ...rest];
    },
    query: async (text, parameters) => inner.query(text, parameters),
    copyRows: async (table, columns, rows, options) => inner.copyRows(table, columns, rows, options),
    cancel: async () => inner.cancel(),
    close: async () => (closed ? Promise.resolve() : inner.close()),
  };
}

/** Ends a session as a crash of its process would. */
async function kill(shadow: Database, session: Session): Promise<void> {
  const text = session.backend === null ? null : shadow.dialect.terminate(session.backend);
  if (text === null) return session.close();
  const other = await shadow.connect({ create: false, label: 'surefoot rehearsal' });
  try {
    await other.query(text);
  } finally {
    await other.close();
  }
}

const LOCK_TIMEOUT: SqlFailure = {
  code: 'lock-timeout',
  sqlState: null,
  message: 'canceling statement due to lock timeout (rehearsed)',
  detail: null,
  hint: null,
  index: null,
  where: null,
  object: null,
  connectionLost: false,
};
const LOST: Outcome = {
  status: 'failed',
  failure: {
    ...LOCK_TIMEOUT,
    code: 'connection-lost',
    message: 'the session was killed (rehearsed)',
    connectionLost: true,
  },
  durationMs: 0,
};
