import { SurefootError } from '../../model/errors.ts';
import type { Database } from '../../ports/database.ts';
import type { Processes } from '../../ports/processes.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { POSTGRES_ACTIVITY } from './activity.ts';
import { POSTGRES_LONG_STATEMENTS } from './long-statements.ts';
import { POSTGRES_CAPABILITIES } from './capabilities.ts';
import { POSTGRES_COMMITS } from './commits.ts';
import {
  displayUrlOf,
  isSocket,
  parseConnection,
  type ConnectionSettings,
  type Environment,
  type HostSettings,
} from './connection.ts';
import { POSTGRES_CONSERVATION } from './conservation.ts';
import { POSTGRES_DIALECT } from './dialect.ts';
import { POSTGRES_DIGESTER } from './digest.ts';
import { POSTGRES_INTROSPECTOR } from './introspector.ts';
import { createPostgresFacts } from './facts.ts';
import { createPostgresDumper } from './dumper.ts';
import { POSTGRES_LAYOUT } from './layout.ts';
import { createPostgresLock } from './lock.ts';
import { POSTGRES_PROBE } from './probe.ts';
import { POSTGRES_ROW_COPY } from './row-copy.ts';
import { createPostgresSession } from './session.ts';
import { rebuildPostgresTable } from './rebuild-table.ts';
import { POSTGRES_TRAFFIC } from './traffic.ts';
import type { Link } from './wire/link.ts';
import { startLink, type StartRequest } from './wire/start.ts';
import { watchPostgresWrites } from './write-watch.ts';

interface CommonSettings {
  readonly name: string;
  /** libpq's variables are looked up here. */
  readonly env: Environment;
  /** Told once for each thing a person should know of the connection, such as an unverified certificate. */
  readonly onWarning?: ((text: string) => void) | undefined;
  /** Other programs, such as pg_dump; without them there are no archives. */
  readonly processes?: (() => Promise<Processes>) | undefined;
}

export interface UrlSettings extends CommonSettings {
  readonly url: string;
}

/** A server that has to be started or found first. `connect({ create: true })` makes the database on it. */
export interface ResolvedSettings extends CommonSettings {
  /** Called for each session, and again when the server it named is gone. */
  readonly resolve: () => Promise<ConnectionSettings>;
  readonly displayUrl: string;
}

/** A PostgreSQL database. Throws `url-invalid` for a URL that can not be read; connects to nothing yet. */
export function createPostgresDatabase(settings: UrlSettings | ResolvedSettings): Database {
  const place = 'url' in settings ? fixed(parseConnection(settings.url, settings.env)) : settings;
  const owned = 'resolve' in settings;
  const onWarning = once(settings.onWarning);
  const connect: Database['connect'] = async ({ create, label, onNotice, signal }) => {
    const request = { env: settings.env, label, onNotice, onWarning: onWarning ?? onNotice, signal };
    return createPostgresSession(await start(place.resolve, request, owned && create, owned));
  };
  return {
    name: settings.name,
    capabilities: owned ? { ...POSTGRES_CAPABILITIES, creates: true } : POSTGRES_CAPABILITIES,
    dialect: POSTGRES_DIALECT,
    layout: POSTGRES_LAYOUT,
    lock: createPostgresLock(async (signal) =>
      connect({ create: false, label: 'surefoot looking for a pooler', signal }),
    ),
    probe: POSTGRES_PROBE,
    digester: POSTGRES_DIGESTER,
    traffic: POSTGRES_TRAFFIC,
    longStatements: POSTGRES_LONG_STATEMENTS,
    commits: POSTGRES_COMMITS,
    introspector: POSTGRES_INTROSPECTOR,
    facts: createPostgresFacts(async () => (await place.resolve()).hosts.every(isLocal)),
    dumper: createPostgresDumper({
      resolve: place.resolve,
      owned,
      processes: settings.processes ?? noProcesses,
      connectTo: async (database) => {
        const request = {
          env: settings.env,
          label: 'surefoot backup',
          onNotice: undefined,
          onWarning,
          signal: undefined,
        };
        return createPostgresSession(
          await startLink({ ...request, settings: { ...(await place.resolve()), database } }),
        );
      },
    }),
    watchWrites: watchPostgresWrites,
    activity: POSTGRES_ACTIVITY,
    conservation: POSTGRES_CONSERVATION,
    rowCopy: POSTGRES_ROW_COPY,
    rebuildTable: rebuildPostgresTable,
    displayUrl: place.displayUrl,
    connect,
  };
}

function isLocal(host: HostSettings): boolean {
  return isSocket(host) || ['localhost', '127.0.0.1', '::1'].includes(host.address ?? host.host);
}

async function noProcesses(): Promise<Processes> {
  return Promise.reject(new SurefootError({ code: 'internal', message: 'this database was given no other programs' }));
}

function fixed(settings: ConnectionSettings): Pick<ResolvedSettings, 'resolve' | 'displayUrl'> {
  return { resolve: () => Promise.resolve(settings), displayUrl: displayUrlOf(settings) };
}

const TRIES = 5;
const GONE = new Set(['connection-failed', 'server-stopping']);
const OWN_SCHEMA = 'surefoot';
const SAME_NAME = `the role ${OWN_SCHEMA} has the name of the schema surefoot keeps its history in: with PostgreSQL's default search_path, names without a schema would land there; connect as another role, or set search_path for this one`;

async function start(
  resolve: () => Promise<ConnectionSettings>,
  request: Omit<StartRequest, 'settings'>,
  create: boolean,
  restarts: boolean,
): Promise<Link> {
  for (let tried = 1; ; tried++) {
    const settings = await resolve();
    if (settings.user === OWN_SCHEMA) request.onWarning?.(SAME_NAME);
    try {
      return await startLink({ ...request, settings });
    } catch (error) {
      if (!(error instanceof SurefootError)) throw error;
      if (create && error.code === 'database-absent' && tried < TRIES) await createDatabase(settings, request);
      // A server started on demand may stop in the very moment somebody comes.
      else if (!restarts || !GONE.has(error.code) || tried >= TRIES) throw error;
    }
  }
}

async function createDatabase(settings: ConnectionSettings, request: Omit<StartRequest, 'settings'>): Promise<void> {
  const session = createPostgresSession(
    await startLink({ ...request, settings: { ...settings, database: 'postgres' } }),
  );
  try {
    const [made] = await session.batch([{ text: `CREATE DATABASE ${quoteIdentifier(settings.database)}` }]);
    if (made?.status !== 'failed' || ALREADY_THERE.has(made.failure.sqlState ?? '')) return;
    throw new SurefootError({
      code: made.failure.code,
      message: `making the database ${settings.database}: ${made.failure.message}`,
      context: { sqlState: made.failure.sqlState },
    });
  } finally {
    await session.close();
  }
}

/** Others may be making it at the same instant: the loser of that race meets the catalog's unique index. */
const ALREADY_THERE = new Set(['42P04', '23505']);

function once(tell: ((text: string) => void) | undefined): ((text: string) => void) | undefined {
  if (tell === undefined) return undefined;
  const told = new Set<string>();
  return (text) => {
    if (told.has(text)) return;
    told.add(text);
    tell(text);
  };
}
