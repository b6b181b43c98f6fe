import { join, resolve } from 'node:path';
import { createHost } from './adapters/node/index.ts';
import type { DatabaseConfig } from './model/config.ts';
import { SurefootError } from './model/errors.ts';
import { TOOL_VERSION } from './model/tool-version.ts';
import type { Database } from './ports/database.ts';
import type { Processes } from './ports/processes.ts';
import type { Progress } from './ports/progress.ts';
import type { Shadow } from './ports/shadow.ts';

export interface ConnectOptions {
  /** The project's folder. */
  readonly root: string;
  readonly stateFolder: string;
  /** Goes before what the configuration says. */
  readonly directUrl?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Loaded when another program is needed, not before. */
export async function openProcesses(): Promise<Processes> {
  const { createProcesses } = await import('./adapters/node/processes.ts');
  return createProcesses();
}

/** The database that a URL names, and where its shadows are made. Loads only what that engine needs; connects to nothing. */
export async function connectable(
  name: string,
  entry: DatabaseConfig,
  options: ConnectOptions,
): Promise<{ readonly database: Database; readonly shadow: Shadow }> {
  const { root, stateFolder } = options;
  const url = options.directUrl ?? entry.directUrl ?? entry.url;
  if (url.startsWith('sqlite:')) {
    const { createSqliteDatabase, createSqliteShadow } = await import('./adapters/sqlite/index.ts');
    const path = url.slice('sqlite:'.length).replace(/^\/\//u, '');
    if (path === '') throw invalidUrl(url, 'it names no file');
    if (path.includes('?')) throw invalidUrl(url, 'what follows sqlite: is a path, and takes no parameters');
    return {
      database: createSqliteDatabase({
        name,
        path: path === ':memory:' ? path : resolve(root, path),
        pid: createHost(TOOL_VERSION, undefined).pid,
      }),
      shadow: createSqliteShadow(name),
    };
  }
  const from = join(root, 'surefoot.config.ts');
  const onWarning = (text: string): void =>
    options.progress.report({ type: 'message', database: name, level: 'warn', text });
  if (url.startsWith('embedded:')) {
    const { createEmbeddedDatabase, createEmbeddedShadow } = await import('./adapters/embedded-postgres/database.ts');
    const match = /^embedded:([A-Za-z_][\w-]*)(?:\?major=(\d+))?$/u.exec(url);
    if (match?.[1] === undefined) throw invalidUrl(url, 'write embedded:<name>, or embedded:<name>?major=<number>');
    const major = match[2] === undefined ? null : Number(match[2]);
    const database = createEmbeddedDatabase({
      name,
      database: match[1],
      root: stateFolder,
      from,
      major,
      signal: options.signal,
      processes: openProcesses,
    });
    return {
      database,
      shadow: createEmbeddedShadow({
        name,
        from,
        signal: options.signal,
        majorOf: async () => Promise.resolve(major),
        processes: openProcesses,
      }),
    };
  }
  if (/^postgres(?:ql)?:\/\//u.test(url)) {
    const { createPostgresDatabase } = await import('./adapters/postgres/index.ts');
    const database = createPostgresDatabase({ name, url, env: options.env, onWarning, processes: openProcesses });
    if (entry.shadow === 'target')
      return { database, shadow: lazily(async () => ownServerShadow(name, url, options.env)) };
    return { database, shadow: await lazyShadow(name, from, options.signal, database) };
  }
  throw invalidUrl(url, 'it begins with none of postgres://, postgresql://, sqlite: and embedded:');
}

async function ownServerShadow(name: string, url: string, env: ConnectOptions['env']): Promise<Shadow> {
  const { createOwnServerShadow } = await import('./adapters/embedded-postgres/own-server.ts');
  return createOwnServerShadow({ name, url, env, processes: openProcesses });
}

function lazily(load: () => Promise<Shadow>): Shadow {
  return {
    withShadow: async (work) => (await load()).withShadow(work),
    withStage: async (options, work) => (await load()).withStage(options, work),
  };
}

async function lazyShadow(name: string, from: string, signal: AbortSignal, database: Database): Promise<Shadow> {
  const load = async (): Promise<Shadow> => {
    const { createEmbeddedShadow } = await import('./adapters/embedded-postgres/database.ts');
    return createEmbeddedShadow({
      name,
      from,
      signal,
      majorOf: async () => majorOf(database, signal),
      processes: openProcesses,
    });
  };
  return Promise.resolve(lazily(load));
}

async function majorOf(database: Database, signal: AbortSignal): Promise<number> {
  const session = await database.connect({ create: false, label: 'surefoot', signal });
  try {
    const rows = await session.query('SHOW server_version_num');
    return Math.floor(Number(rows[0]?.['server_version_num']) / 10_000);
  } finally {
    await session.close();
  }
}

function invalidUrl(url: string, reason: string): SurefootError {
  return new SurefootError({
    code: 'url-invalid',
    message: `the database URL ${url.replace(/:[^:@/]*@/u, ':***@')} is not understood: ${reason}`,
    hint: 'Write postgres://user@host/database, sqlite:path/to/file.db or embedded:name.',
  });
}
