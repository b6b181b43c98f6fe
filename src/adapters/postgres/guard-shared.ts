import { SurefootError } from '../../model/errors.ts';
import type { SqlFailure } from '../../model/sql-failure.ts';
import type { Database } from '../../ports/database.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import { clusterWide } from '../../sql/index.ts';

/** The same database, on whose sessions nothing runs that changes what all databases of the server share. */
export function guardShared(database: Database): Database {
  return { ...database, connect: async (options) => guard(await database.connect(options)) };
}

function guard(inner: Session): Session {
  return {
    get backend() {
      return inner.backend;
    },
    batch: async (commands, options) => {
      const at = commands.findIndex(({ text }) => clusterWide(text) !== null);
      if (at === -1) return inner.batch(commands, options);
      const before = await inner.batch(commands.slice(0, at), options);
      const went = before.every((each, index) => each.status === 'done' || commands[index]?.tolerate === true);
      const skipped = commands.slice(at + 1).map((): Outcome => ({ status: 'skipped' }));
      return [...before, went ? refused(commands[at]) : { status: 'skipped' }, ...skipped];
    },
    query: async (text, parameters) => {
      const what = clusterWide(text);
      if (what === null) return inner.query(text, parameters);
      throw new SurefootError({ code: 'shadow-shared', message: refusalOf(what), hint: HINT });
    },
    copyRows: async (table, columns, rows, options) => inner.copyRows(table, columns, rows, options),
    keep: inner.keep,
    dropTemporary: () => inner.dropTemporary(),
    cancel: async () => inner.cancel(),
    close: async () => inner.close(),
  };
}

const HINT = "Leave out shadow: 'target', so that the shadow is on a throw-away server.";

function refusalOf(what: string): string {
  return `${what} changes what all databases of a server share, so it is not tried on the target's own server`;
}

function refused(command: Command | undefined): Outcome {
  const failure: SqlFailure = {
    code: 'shadow-shared',
    sqlState: null,
    message: refusalOf(clusterWide(command?.text ?? '') ?? 'it'),
    detail: null,
    hint: HINT,
    index: null,
    where: null,
    object: null,
    connectionLost: false,
  };
  return { status: 'failed', failure, durationMs: 0 };
}
