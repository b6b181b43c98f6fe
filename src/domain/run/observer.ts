import { isSurefootError } from '../../model/errors.ts';
import type { Database } from '../../ports/database.ts';
import type { Session } from '../../ports/session.ts';

/** A second session of a run, for looking at the first one. */
export interface Observer {
  readonly isOpen: boolean;
  /** Lends that session, to one after the other; null where it can not be had. */
  ask<T>(work: (session: Session) => Promise<T>): Promise<{ readonly answer: T } | null>;
  /** Never throws. */
  close(): Promise<void>;
}

export function createObserver(database: Database): Observer {
  let opening: Promise<Session | null> | null = null;
  let open = false;
  let turn: Promise<void> = Promise.resolve();
  return {
    get isOpen() {
      return open;
    },
    ask: async (work) => {
      const before = turn;
      const [mine, done] = gate();
      turn = mine;
      try {
        await before;
        opening ??= connect(database);
        const session = await opening;
        open = session !== null;
        return session === null ? null : { answer: await work(session) };
      } finally {
        done();
      }
    },
    close: async () => {
      const session = await opening;
      opening = Promise.resolve(null);
      open = false;
      await session?.close();
    },
  };
}

/** That nobody can look on is no reason to stop a run. */
async function connect(database: Database): Promise<Session | null> {
  try {
    return await database.connect({ create: false, label: 'surefoot looking on' });
  } catch (error) {
    if (isSurefootError(error)) return null;
    throw error;
  }
}

function gate(): readonly [Promise<void>, () => void] {
  let open = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [closed, () => open()];
}
