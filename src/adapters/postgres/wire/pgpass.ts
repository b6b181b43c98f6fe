import { readFileSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { isSocket, type ConnectionSettings, type HostSettings } from '../connection.ts';

/** Folders libpq compiles in as the default socket place: in a password file they are called localhost. */
const DEFAULT_SOCKET_FOLDERS = new Set(['/var/run/postgresql', '/run/postgresql', '/tmp']);
const OTHERS_MAY = 0o077;

export interface StoredPassword {
  readonly password: string | null;
  /** Why the file was not read, for people. */
  readonly warning: string | null;
}

/** The password for one host out of libpq's password file. A file that others may read is not used, and that is said. */
export function readPasswordFile(settings: ConnectionSettings, host: HostSettings): StoredPassword {
  const file = settings.passwordFile;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) return { password: null, warning: null };
  if (platform() !== 'win32' && (found.mode & OTHERS_MAY) !== 0) {
    return {
      password: null,
      warning: `the password file ${file} is not used, because others may read it; run chmod 600 ${file}`,
    };
  }
  const name = isSocket(host) && DEFAULT_SOCKET_FOLDERS.has(host.host) ? 'localhost' : host.host;
  const wanted = [name, String(host.port), settings.database, settings.user];
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/u)) {
    if (line === '' || line.startsWith('#')) continue;
    const fields = fieldsOf(line);
    const password = fields[wanted.length];
    if (
      password !== undefined &&
      wanted.every((value, index) => fields[index] === '*' || unescaped(fields[index]) === value)
    ) {
      return { password: unescaped(password), warning: null };
    }
  }
  return { password: null, warning: null };
}

/** Fields between colons, still escaped. */
function fieldsOf(line: string): readonly string[] {
  const fields = [''];
  for (const [piece] of line.matchAll(/\\.|./gsu)) {
    if (piece === ':') fields.push('');
    else fields.push(`${fields.pop() ?? ''}${piece}`);
  }
  return fields;
}

function unescaped(field: string | undefined): string {
  return (field ?? '').replaceAll(/\\(.)/gu, '$1');
}
