import { isSurefootError, SurefootError } from '../../model/errors.ts';
import { stopIfAborted } from '../../model/interrupted.ts';
import type { Database } from '../../ports/database.ts';
import type { Processes } from '../../ports/processes.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { createPostgresDatabase, parseConnection, type ConnectionSettings } from '../postgres/index.ts';
import { ensureServer, startThrowAway, type EmbeddedServer, type ThrowAwayServer } from './index.ts';
import { withPostgresStage, type StageServer } from './stage.ts';

export interface EmbeddedSettings {
  readonly name: string;
  /** Name of the database on the server. */
  readonly database: string;
  /** The `.surefoot` folder of the project. */
  readonly root: string;
  /** Where npm packages are looked up first. */
  readonly from: string;
  readonly major: number | null;
  readonly signal: AbortSignal;
  readonly processes: () => Promise<Processes>;
}

const NO_ENVIRONMENT = {};

/** A database on the project's own server, which is started when somebody connects. */
export function createEmbeddedDatabase(settings: EmbeddedSettings): Database {
  return createPostgresDatabase({
    name: settings.name,
    env: NO_ENVIRONMENT,
    processes: settings.processes,
    displayUrl: `embedded:${settings.database}`,
    resolve: async () =>
      settingsOf(
        await started(settings.signal, async () =>
          ensureServer({
            root: settings.root,
            from: settings.from,
            signal: settings.signal,
            ...(settings.major === null ? {} : { major: settings.major }),
          }),
        ),
        settings.database,
      ),
  });
}

/** A signal ends a start with the reason it was given, which is no error of ours. */
async function started<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!isSurefootError(error)) stopIfAborted(signal, 'while the embedded server was started; nothing was changed');
    throw error;
  }
}

/** Shadows on a throw-away server of the major version that `majorOf` tells (null: the newest installed). */
export function createEmbeddedShadow(settings: {
  readonly name: string;
  readonly from: string;
  readonly signal: AbortSignal;
  readonly majorOf: () => Promise<number | null>;
  readonly processes: () => Promise<Processes>;
}): Shadow {
  const withStage: Shadow['withStage'] = async ({ major: asked }, work) => {
    const major = asked ?? (await settings.majorOf());
    return withPostgresStage(
      { start: async () => stageOn(settings, await started(settings.signal, async () => throwAway(settings, major))) },
      work,
    );
  };
  return {
    withShadow: async (work) => withStage({}, async (stage) => work(await stage.make())),
    withStage,
  };
}

/** A throw-away server as a place for shadows. `databaseOf`: what a name stands for. */
export function stageOn(
  { name, processes }: Pick<EmbeddedSettings, 'name' | 'processes'>,
  server: ThrowAwayServer,
  databaseOf = (database: string): string => database,
): StageServer {
  return {
    major: server.major,
    maintenance: 'postgres',
    alone: true,
    open: (database) =>
      createPostgresDatabase({
        name,
        env: NO_ENVIRONMENT,
        processes,
        displayUrl: 'shadow',
        resolve: async () => Promise.resolve(settingsOf(server, databaseOf(database))),
      }),
    close: async () => server.close(),
  };
}

async function throwAway(
  settings: { readonly from: string; readonly signal: AbortSignal },
  major: number | null,
): ReturnType<typeof startThrowAway> {
  try {
    return await startThrowAway({ from: settings.from, signal: settings.signal, ...(major === null ? {} : { major }) });
  } catch (error) {
    if (!isSurefootError(error) || error.code !== 'embedded-missing') throw error;
    throw new SurefootError({
      code: 'shadow-unavailable',
      message: `no shadow can be made: ${error.message}`,
      hint: error.hint,
      cause: error,
    });
  }
}

function settingsOf(server: EmbeddedServer, database: string): ConnectionSettings {
  const host = encodeURIComponent(server.socketDirectory);
  const secret = server.password === null ? '' : `:${encodeURIComponent(server.password)}`;
  return parseConnection(
    `postgres://${server.user}${secret}@${host}:${String(server.port)}/${encodeURIComponent(database)}`,
    NO_ENVIRONMENT,
  );
}
