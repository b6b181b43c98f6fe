import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { BackupSource, Beside, Dumper, OpenedCopy } from '../../ports/dumper.ts';
import type { Processes } from '../../ports/processes.ts';
import type { Session } from '../../ports/session.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { makeRoles, restoreArchive, dumpArchive } from './backup/archive.ts';
import { findClient, type ClientPrograms } from './backup/client-programs.ts';
import { copyDatabase, copyName } from './backup/database-copy.ts';
import { libpqEnvironment } from './backup/libpq-env.ts';
import { createStatement, parseList, propertyStatements, readProperties } from './backup/properties.ts';
import { must } from './backup/statements.ts';
import { keptName, swapDatabases } from './backup/swap.ts';
import type { ConnectionSettings } from './connection.ts';
import { POSTGRES_DIGESTER } from './digest.ts';

export interface DumperParts {
  readonly resolve: () => Promise<ConnectionSettings>;
  /** A server of surefoot's own, which brings no client programs: there a copy of the database will do. */
  readonly owned: boolean;
  readonly processes: () => Promise<Processes>;
  /** Opens a session on another database of the same server. */
  readonly connectTo: (database: string) => Promise<Session>;
}

const JOBS = 2;

export function createPostgresDumper(parts: DumperParts): Dumper {
  const opened = (name: string): OpenedCopy => ({
    digester: POSTGRES_DIGESTER,
    connect: async () => parts.connectTo(name),
  });
  const client = async (session: Session): Promise<ClientPrograms> =>
    findClient(await parts.processes(), await majorOf(session));
  return {
    describe: async (session) => {
      const [version] = await session.query('SHOW server_version');
      return {
        properties: await readProperties(session),
        serverVersion: String(version?.['server_version'] ?? ''),
      };
    },
    environment: async () => libpqEnvironment(await parts.resolve()),
    dump: async (request) => {
      const settings = await parts.resolve();
      const programs = await clientOrCopy(parts, request.session);
      if (programs === null) return copyDatabase(request, settings.database, opened);
      return dumpArchive({ processes: await parts.processes(), settings, client: programs }, request);
    },
    load: async (source, signal) => {
      const settings = await parts.resolve();
      const session = await parts.connectTo(settings.database);
      try {
        await makeRoles(session, parseList(source.manifest.properties['roles']));
        if (isByCommand(source)) {
          await source.fill({ target: settings.database, env: libpqEnvironment(settings) });
          return;
        }
        const programs = await client(session);
        await restoreArchive({ processes: await parts.processes(), settings, client: programs }, archiveOf(source), {
          plain: true,
          jobs: 1,
          signal,
        });
      } finally {
        await session.close();
      }
    },
    restoreBeside: async (source, signal) => besideOf(parts, source, signal, client, opened),
    forget: async (manifest) => {
      if (manifest.method !== 'database-copy') return;
      await withMaintenance(parts, async (session) =>
        must(
          session,
          `removing ${manifest.location}`,
          `DROP DATABASE IF EXISTS ${quoteIdentifier(copyName(manifest.id))}`,
        ),
      );
    },
  };
}

async function besideOf(
  parts: DumperParts,
  source: BackupSource,
  signal: AbortSignal,
  client: (session: Session) => Promise<ClientPrograms>,
  opened: (name: string) => OpenedCopy,
): Promise<Beside> {
  const settings = await parts.resolve();
  const { manifest } = source;
  const name = `surefoot_restore_${manifest.id.replaceAll('-', '_')}`.slice(0, 63);
  const drop = async (session: Session): Promise<void> => {
    const [found] = await session.query('SELECT 1 AS one FROM pg_catalog.pg_database WHERE datname = $1', [name]);
    if (found === undefined) return;
    await session.batch([{ text: `DROP DATABASE ${quoteIdentifier(name)} WITH (FORCE)`, tolerate: true }]);
  };
  const kept = await withMaintenance(parts, async (session) => {
    const free = await keptName(session, settings.database);
    await drop(session);
    try {
      if (manifest.method === 'database-copy') {
        await must(
          session,
          'copying the backup',
          `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE ${quoteIdentifier(copyName(manifest.id))}`,
        );
      } else if (isByCommand(source)) {
        await must(session, 'making a database to restore into', createStatement(name, manifest.properties));
        await source.fill({ target: name, env: libpqEnvironment({ ...settings, database: name }) });
      } else {
        const archive = archiveOf(source);
        const programs = await client(session);
        await must(session, 'making a database to restore into', createStatement(name, manifest.properties));
        await restoreArchive(
          { processes: await parts.processes(), settings: { ...settings, database: name }, client: programs },
          archive,
          { plain: false, jobs: JOBS, signal },
        );
      }
      await must(
        session,
        'giving the restored database its properties',
        ...propertyStatements(name, manifest.properties),
      );
    } catch (error) {
      await drop(session);
      throw restoreError(error);
    }
    return free;
  });
  return {
    copy: opened(name),
    kept,
    swap: async ({ endConnections }) =>
      withMaintenance(parts, async (session) =>
        swapDatabases(session, { target: settings.database, beside: name, kept }, endConnections),
      ),
    discard: async () => withMaintenance(parts, drop),
  };
}

/** Null: copy the database instead. */
async function clientOrCopy(parts: DumperParts, session: Session): Promise<ClientPrograms | null> {
  try {
    return await findClient(await parts.processes(), await majorOf(session));
  } catch (error) {
    if (parts.owned && isSurefootError(error)) return null;
    throw error;
  }
}

async function majorOf(session: Session): Promise<number> {
  const [row] = await session.query('SHOW server_version_num');
  return Math.floor(Number(row?.['server_version_num']) / 10_000);
}

/** A session on the server's own database, so that the others can be made, renamed and dropped. */
async function withMaintenance<T>(parts: DumperParts, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await parts.connectTo('postgres');
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

function isByCommand(
  source: BackupSource,
): source is BackupSource & { readonly fill: NonNullable<BackupSource['fill']> } {
  return source.manifest.method === 'command' && source.fill !== null;
}

function archiveOf({ manifest, path }: BackupSource): string {
  if (path !== null && manifest.method === 'archive') return path;
  throw new SurefootError({
    code: 'backup-elsewhere',
    message: `the backup ${manifest.id} was made by a command: ${manifest.location}; the database is as it was`,
    hint: 'Say in backups.restoreCommand of the configuration how it is restored and run the command again, or restore it with the tool that made it.',
  });
}

const AS_IT_WAS = 'the database is as it was';

function restoreError(error: unknown): unknown {
  if (!isSurefootError(error) || error.code === 'backup-elsewhere' || error.code === 'interrupted') return error;
  if (error.code.startsWith('backup-')) return error;
  if (error.message.includes(AS_IT_WAS)) return error;
  return error.with({
    code: 'restore-failed',
    message: `${error.message}; ${AS_IT_WAS}`,
    hint: error.hint ?? 'Correct the cause and run the command again.',
  });
}
