import { messageOf, SurefootError } from '../../../model/errors.ts';
import type { Dumped, DumpRequest } from '../../../ports/dumper.ts';
import type { Ended, Processes } from '../../../ports/processes.ts';
import type { Session } from '../../../ports/session.ts';
import type { ConnectionSettings } from '../connection.ts';
import type { ClientPrograms } from './client-programs.ts';
import { databaseArgument, libpqEnvironment } from './libpq-env.ts';
import { must } from './statements.ts';

/** Below this one process is as fast, and one file is easier to carry. */
const PARALLEL_FROM_BYTES = 2 * 1024 ** 3;
const PARALLEL_JOBS = 4;

export interface ArchiveParts {
  readonly processes: Processes;
  readonly settings: ConnectionSettings;
  readonly client: ClientPrograms;
}

/** pg_dump in the snapshot of the session's own transaction, in which the database is observed at the same time. */
export async function dumpArchive(parts: ArchiveParts, request: DumpRequest): Promise<Dumped> {
  const { session, path, signal } = request;
  const [sizes] = await session.query(
    "SELECT pg_catalog.pg_database_size(pg_catalog.current_database()) AS bytes, (SELECT pg_catalog.count(*) FROM pg_catalog.pg_class WHERE relkind = 'r' AND oid >= 16384) AS tables",
  );
  const jobs = request.jobs ?? (Number(sizes?.['bytes']) > PARALLEL_FROM_BYTES ? PARALLEL_JOBS : 1);
  const tables = Number(sizes?.['tables'] ?? 0);
  await must(session, 'opening a snapshot', 'BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    const [exported] = await session.query('SELECT pg_catalog.pg_export_snapshot() AS id');
    let done = 0;
    const dumping = parts.processes.run(
      parts.client.dump,
      [
        `--format=${jobs > 1 ? 'directory' : 'custom'}`,
        ...(jobs > 1 ? [`--jobs=${String(jobs)}`] : []),
        `--file=${path}`,
        `--snapshot=${String(exported?.['id'])}`,
        '--no-password',
        '--verbose',
        '--lock-wait-timeout=60s',
        databaseArgument(parts.settings.database),
      ],
      {
        env: libpqEnvironment(parts.settings),
        signal,
        onLine: (line) => {
          if (line.includes('dumping contents of table')) request.onProgress(++done, Math.max(done, tables), 'tables');
        },
      },
    );
    const [ended] = await Promise.all([dumping, request.observe(session)]);
    if (ended.code !== 0) throw failed(ended, parts.client.dump);
  } catch (error) {
    throw error instanceof SurefootError ? error : failedWith(messageOf(error));
  } finally {
    await session.batch([{ text: 'ROLLBACK', tolerate: true }]);
  }
  return {
    method: 'archive',
    atPath: true,
    location: null,
    size: null,
    checked: await listArchive(parts, path),
    copy: null,
    keep: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}

/** Reads the table of contents. Throws `backup-damaged`. */
async function listArchive({ processes, client }: ArchiveParts, path: string): Promise<string> {
  let entries = 0;
  const listed = await processes.run(client.restore, ['--list', path], {
    env: {},
    onLine: (line) => {
      if (/^\d+;/u.test(line)) entries += 1;
    },
  });
  if (listed.code === 0) return `pg_restore ${String(client.major)} lists ${String(entries)} objects`;
  throw new SurefootError({
    code: 'backup-damaged',
    message: `pg_restore can not read ${path}: ${lastLines(listed)}`,
    hint: 'Run the command again, or use another backup.',
  });
}

/** Restores an archive into the database the settings name; stops at the first error. */
export async function restoreArchive(
  parts: ArchiveParts,
  path: string,
  options: { readonly plain: boolean; readonly jobs: number; readonly signal: AbortSignal },
): Promise<void> {
  const ended = await parts.processes.run(
    parts.client.restore,
    [
      '--exit-on-error',
      '--no-password',
      ...(options.plain ? ['--no-owner', '--no-privileges'] : []),
      ...(options.jobs > 1 ? [`--jobs=${String(options.jobs)}`] : []),
      databaseArgument(parts.settings.database),
      path,
    ],
    { env: libpqEnvironment(parts.settings), signal: options.signal },
  );
  if (ended.code === 0) return;
  throw new SurefootError({
    code: 'restore-failed',
    message: `pg_restore ended with ${String(ended.code ?? 'a signal')}: ${lastLines(ended)}`,
    hint: 'Correct the cause and run the command again.',
  });
}

/** Makes the roles that policies and functions of the archive name, on a throw-away server. */
export async function makeRoles(session: Session, roles: readonly unknown[]): Promise<void> {
  await session.batch(
    roles.map((role) => ({ text: `CREATE ROLE "${String(role).replaceAll('"', '""')}" NOLOGIN`, tolerate: true })),
  );
}

function failed(ended: Ended, program: string): SurefootError {
  return failedWith(`${program} ended with ${String(ended.code ?? 'a signal')}: ${lastLines(ended)}`);
}

function failedWith(reason: string): SurefootError {
  return new SurefootError({
    code: 'backup-failed',
    message: `the backup was not made: ${reason}`,
    hint: 'Correct the cause and run the command again.',
  });
}

export function lastLines({ errors, output }: Ended): string {
  const text = errors === '' ? output : errors;
  return text
    .split('\n')
    .filter(
      (line) =>
        !/^pg_dump: (?:reading|dumping|creating|saving|last built-in|identifying|finding|flagging|executing|connecting|using|read |processing)/u.test(
          line,
        ),
    )
    .slice(-6)
    .join('\n  ');
}
