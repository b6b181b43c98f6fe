import type { BackupManifest } from '../../model/backup.ts';
import { SurefootError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { BackupSource, Dumped, DumpRequest } from '../../ports/dumper.ts';
import type { Ended } from '../../ports/processes.ts';
import type { BackupParts } from './parts.ts';

/** The configured command: pgBackRest, WAL-G, a snapshot of the storage. What it writes to `{file}` is kept with the backup. */
export async function runCommand(
  parts: BackupParts,
  command: string,
  { path, id }: Pick<DumpRequest, 'path' | 'id'>,
): Promise<Dumped> {
  const { database, files, signal } = parts;
  const processes = await parts.processes();
  const ended = await processes.shell(filled(command, { file: path, id, database: database.name }), {
    env: await database.dumper.environment(),
    signal,
  });
  const said = saidBy(ended);
  const lastLine = said.split('\n').at(-1) ?? '';
  if (ended.code !== 0)
    throw new SurefootError({
      code: 'backup-failed',
      message: `the backup was not made: the command of backups.command ended with ${endOf(ended)}\n  ${tailOf(ended)}`,
      hint: 'Correct the cause and run the command again.',
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

/** What runs the configured restore command; null where there is none. `file` is where the data would be. */
export function fillBy(
  parts: BackupParts,
  { id, location, database }: BackupManifest,
  file: string | null,
): BackupSource['fill'] {
  const { restoreCommand } = parts.backups;
  if (restoreCommand === null) return null;
  return async ({ target, env }) => {
    const processes = await parts.processes();
    const words = { file: file ?? '', id, database, location, target };
    const ended = await processes.shell(filled(restoreCommand, words), { env, signal: parts.signal });
    if (ended.code === 0) return;
    throw new SurefootError({
      code: 'restore-failed',
      message: `the command of backups.restoreCommand ended with ${endOf(ended)}; the database is as it was\n  ${tailOf(ended)}`,
      hint: 'Correct the cause and run the command again.',
      context: { status: ended.code, output: saidBy(ended) },
    });
  };
}

function saidBy(ended: Ended): string {
  return `${ended.output}\n${ended.errors}`.trim();
}

function endOf(ended: Ended): string {
  return ended.code === null ? 'a signal' : `exit status ${String(ended.code)}`;
}

function tailOf(ended: Ended): string {
  return saidBy(ended).split('\n').slice(-6).join('\n  ');
}

function filled(command: string, values: Readonly<Record<string, string>>): string {
  return command.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : shellWord(value);
  });
}
