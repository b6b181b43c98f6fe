import { SurefootError } from '../../model/errors.ts';
import type { SqlFailure } from '../../model/sql-failure.ts';
import type { Database } from '../../ports/database.ts';
import type { Processes } from '../../ports/processes.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { clusterWide } from '../../sql/index.ts';
import { createPostgresDatabase, parseConnection } from '../postgres/index.ts';
import { SHADOW_PREFIX, withPostgresStage, type StageServer } from './stage.ts';

export interface OwnServerSettings {
  readonly name: string;
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly processes: () => Promise<Processes>;
}

/** First key of the advisory locks that say whose shadows still have somebody: `SHAD`. */
const LOCKS = 0x53_48_41_44;
/** `surefoot_shadow_<token>_<number>`, of which nobody holds the lock any more. */
const ABANDONED = `SELECT pg_catalog.quote_ident(d.datname) AS name FROM pg_catalog.pg_database AS d
WHERE d.datname ~ '^${SHADOW_PREFIX}[0-9a-f]{8}_[0-9]+$' AND NOT EXISTS (
  SELECT 1 FROM pg_catalog.pg_locks AS l WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid = ${String(LOCKS)}
    AND l.objid::bigint = ('x' || pg_catalog.substr(d.datname, ${String(SHADOW_PREFIX.length + 1)}, 8))::bit(32)::bigint)`;

/** Shadows as databases of the target's own server. Whatever all its databases share is left alone. */
export function createOwnServerShadow(settings: OwnServerSettings): Shadow {
  const connection = parseConnection(settings.url, settings.env);
  const open = (database: string): Database =>
    createPostgresDatabase({
      name: settings.name,
      env: settings.env,
      processes: settings.processes,
      displayUrl: 'shadow',
      resolve: async () => Promise.resolve({ ...connection, database }),
    });
  const withStage: Shadow['withStage'] = async ({ major }, work) =>
    withPostgresStage({ start: async (token) => claim(open, connection.database, token, major) }, work);
  return { withShadow: async (work) => withStage({}, async (stage) => work(await stage.make())), withStage };
}

async function claim(
  open: (database: string) => Database,
  maintenance: string,
  token: string,
  asked: number | undefined,
): Promise<StageServer> {
  const session = await open(maintenance).connect({ create: false, label: 'surefoot shadow' });
  try {
    const [row] = await session.query(
      `SELECT pg_catalog.current_setting('server_version_num')::integer / 10000 AS major, pg_catalog.pg_advisory_lock(${String(LOCKS)}, x'${token}'::integer)`,
    );
    const major = Number(row?.['major']);
    if (asked !== undefined && asked !== major)
      throw new SurefootError({
        code: 'shadow-unavailable',
        message: `shadows live on the target's own server, which has version ${String(major)}, not ${String(asked)}`,
        hint: "Leave out --major, or shadow: 'target' in the configuration.",
      });
    for (const { name } of await session.query(ABANDONED))
      await session.batch([{ text: `DROP DATABASE IF EXISTS ${String(name)} WITH (FORCE)`, tolerate: true }]);
    return {
      major,
      maintenance,
      open: (database) => (database === maintenance ? open(database) : guarded(open(database))),
      alone: false,
      close: async () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** The same database, on whose sessions nothing runs that changes what all databases of the server share. */
function guarded(database: Database): Database {
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
