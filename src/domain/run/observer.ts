import { isSurefootError } from '../../model/errors.ts';
import type { Database } from '../../ports/database.ts';
import type { Session } from '../../ports/session.ts';

/** A second session of a run, for looking at the first one. */
export interface Observer {
  readonly isOpen: boolean;
  /** Opened by the first call; null where it can not be had. */
  session(): Promise<Session | null>;
  /** Never throws. */
  close(): Promise<void>;
}

export function createObserver(database: Database): Observer {
  let opening: Promise<Session | null> | null = null;
  let open = false;
  return {
    get isOpen() {
      return open;
    },
    session: async () => {
      opening ??= connect(database);
      const session = await opening;
      open = session !== null;
      return session;
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
