import { setTimeout as pause } from 'node:timers/promises';
import { isSurefootError } from '../../../model/errors.ts';
import type { Database } from '../../../ports/database.ts';
import type { Session } from '../../../ports/session.ts';

/** A second session of a run, for looking at the first one. */
export interface Observer {
  readonly isOpen: boolean;
  /** Lends that session, to one after the other; null where it can not be had. */
  ask<T>(work: (session: Session) => Promise<T>): Promise<{ readonly answer: T } | null>;
  /** Never throws. */
  close(): Promise<void>;
}

/** A pool that has no second connection lets a session in and never answers it. */
const PATIENCE_MS = 5_000;

/** `onBlind` is told once, with the reason, when there is no second session to be had. */
export function createObserver(database: Database, onBlind: (reason: string) => void): Observer {
  const state = { opening: null as Promise<Session | null> | null, open: false };
  let turn: Promise<void> = Promise.resolve();
  const giveUp = (reason: string): void => {
    const left = state.opening;
    state.opening = Promise.resolve(null);
    state.open = false;
    left?.then(async (session) => session?.close()).catch(() => undefined);
    onBlind(reason);
  };
  const connect = async (): Promise<Session | null> => {
    try {
      return await database.connect({ create: false, label: 'surefoot looking on' });
    } catch (error) {
      // That nobody can look on is no reason to stop a run.
      if (!isSurefootError(error)) throw error;
      onBlind(error.message);
      return null;
    }
  };
  return {
    get isOpen() {
      return state.open;
    },
    ask: async (work) => {
      const before = turn;
      const [mine, done] = gate();
      turn = mine;
      try {
        await before;
        const opening = (state.opening ??= connect());
        const asked = opening.then(async (session) => {
          state.open = session !== null;
          return session === null ? null : { answer: await work(session) };
        });
        const answer = await Promise.race([asked, pause(PATIENCE_MS, TOO_LATE, { ref: false })]);
        if (answer !== TOO_LATE) return answer;
        asked.catch(() => undefined);
        giveUp(`a second session got no answer in ${String(PATIENCE_MS / 1000)} s`);
        return null;
      } finally {
        done();
      }
    },
    close: async () => {
      const session = await state.opening;
      state.opening = Promise.resolve(null);
      state.open = false;
      await session?.close();
    },
  };
}

const TOO_LATE = Symbol('too late');

function gate(): readonly [Promise<void>, () => void] {
  let open = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [closed, () => open()];
}
