import { SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Dumped, DumpRequest } from '../../ports/dumper.ts';
import type { BackupParts } from './parts.ts';

/** The configured command: pgBackRest, WAL-G, a snapshot of the storage. What it writes to `{file}` is kept with the backup. */
export async function runCommand(parts: BackupParts, command: string, request: DumpRequest): Promise<Dumped> {
  const { database, files, signal } = parts;
  const { session, path } = request;
  const [opened] = await session.batch([{ text: database.dialect.beginProbe }]);
  if (opened?.status === 'failed') throw errorOfFailure(opened.failure, 'reading the database');
  try {
    await request.observe(session);
  } finally {
    await session.batch([{ text: database.dialect.abort, tolerate: true }]);
  }
  const processes = await parts.processes();
  const ended = await processes.shell(fill(command, { file: path, id: request.id, database: database.name }), {
    env: await database.dumper.environment(),
    signal,
  });
  const said = `${ended.output}\n${ended.errors}`.trim();
  const lastLine = said.split('\n').at(-1) ?? '';
  if (ended.code !== 0)
    throw new SurefootError({
      code: 'backup-failed',
      message: `the backup was not made: the command of backups.command ended with ${ended.code === null ? 'a signal' : `exit status ${String(ended.code)}`}\n  ${said.split('\n').slice(-6).join('\n  ')}`,
      hint: 'Correct the cause and run surefoot backup again.',
      context: { status: ended.code, output: said },
    });
  const atPath = files.exists(path);
  return {
    method: 'command',
    atPath,
    location: atPath ? null : lastLine === '' ? 'elsewhere: the command said nothing' : lastLine,
    size: null,
    checked: `the command ended with exit status 0${lastLine === '' ? '' : `: ${lastLine}`}`,
    copy: null,
    keep: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}

function fill(command: string, values: Readonly<Record<string, string>>): string {
  return command.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : `'${value.replaceAll("'", String.raw`'\''`)}'`;
  });
}
