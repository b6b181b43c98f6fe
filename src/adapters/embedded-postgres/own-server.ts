import { SurefootError } from '../../model/errors.ts';
import type { Database } from '../../ports/database.ts';
import type { Processes } from '../../ports/processes.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { createPostgresDatabase, guardShared, parseConnection } from '../postgres/index.ts';
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
      open: (database) => (database === maintenance ? open(database) : guardShared(open(database))),
      alone: false,
      close: async () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}
