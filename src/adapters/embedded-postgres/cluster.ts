import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import { spawnAs, type Runner } from './identity.ts';
import { programIn } from './native-tree.ts';
import { giveTo, makePrivateFolder } from './places.ts';
import { USER } from './state.ts';

/** How clients reach a server: a socket only its owner can reach, or TCP on the loopback with a password. */
export type Transport = 'socket' | 'tcp';

export interface ClusterRequest {
  readonly base: string;
  readonly major: number;
  readonly native: string;
  readonly runner: Runner;
  readonly transport: Transport;
  /** False for data nobody will miss: then nothing is synced to disk, now or later. */
  readonly durable: boolean;
  readonly signal: AbortSignal | undefined;
}

const DRAFT = 'data.new-';
const PASSWORD_FILE = 'password';

/**
 * Makes `<base>/data` unless it is there: initdb into a folder beside it, then one rename, so that a data folder is
 * whole or absent. A folder that is not whole (something else has made or damaged it) is kept under another name.
 * The caller holds the server's lock; should two come here nevertheless, the second rename fails and loses.
 */
export async function ensureData(request: ClusterRequest): Promise<string> {
  const { base, durable } = request;
  const data = join(base, 'data');
  if (isCluster(data)) return data;
  setAside(data);
  for (const name of readdirSync(base)) {
    if (name.startsWith(DRAFT)) rmSync(join(base, name), { recursive: true, force: true, maxRetries: 5 });
  }
  const draft = join(base, `${DRAFT}${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await initialise(request, draft);
    const settings = join(draft, 'postgresql.conf');
    appendFileSync(settings, settingsText(request));
    if (durable) [settings, draft].forEach(sync);
    renameSync(draft, data);
    if (durable) sync(base);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 });
    if (!isCluster(data)) throw error;
  }
  return data;
}

/** The superuser's password; null for a server on a socket, which needs none. */
export function readPassword(base: string): string | null {
  const file = join(base, PASSWORD_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

function isCluster(data: string): boolean {
  return existsSync(join(data, 'PG_VERSION')) && existsSync(join(data, 'global', 'pg_control'));
}

function setAside(data: string): void {
  if (!existsSync(data)) return;
  if (readdirSync(data).length === 0) rmdirSync(data);
  else renameSync(data, `${data}.half-made-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
}

function sync(path: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

async function initialise(request: ClusterRequest, draft: string): Promise<void> {
  const { base, major, transport, durable, runner } = request;
  const args = [
    `--pgdata=${draft}`,
    `--username=${USER}`,
    '--encoding=UTF8',
    '--lc-messages=C',
    ...(major >= 14 ? ['--no-instructions'] : []),
    ...(durable ? [] : ['--no-sync']),
  ];
  if (transport === 'socket') {
    args.push('--auth-local=trust', '--auth-host=scram-sha-256');
  } else {
    const file = join(base, PASSWORD_FILE);
    if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    giveTo(runner, file);
    args.push('--auth=scram-sha-256', `--pwfile=${file}`);
  }
  let output = '';
  for (const locale of localeChoices(major)) {
    makePrivateFolder(runner, draft);
    const result = await runInitdb(request, [...args, ...locale]);
    if (result.code === 0) return;
    output = result.output;
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 });
    if (!/locale/i.test(output)) break;
  }
  throw new SurefootError({
    code: 'embedded-start-failed',
    message: `The embedded server's data could not be made in ${base}:\n${lastLines(output)}`,
    hint: 'Remove the cause named in the last line and run the command again.',
    context: { folder: base, output: lastLines(output) },
  });
}

/** By code point everywhere; with the characters of Unicode where the system knows that locale. */
function localeChoices(major: number): readonly (readonly string[])[] {
  const builtin = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
  return [
    ['--locale=C.UTF-8', ...builtin],
    ['--locale=C', ...builtin],
  ];
}

function runInitdb(
  { native, runner, signal }: ClusterRequest,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawnAs(runner, programIn(native, 'initdb'), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', (error) => reject(signal?.aborted === true ? signal.reason : cannotRun(error, native)));
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The error for a program that can't even be started. */
export function cannotRun(error: Error, native: string): SurefootError {
  // The file is there, so what was not found is the loader it names: a system without glibc.
  const foreign = 'code' in error && error.code === 'ENOENT' && existsSync(programIn(native, 'postgres'));
  return new SurefootError({
    code: foreign ? 'embedded-unsupported' : 'embedded-start-failed',
    message: foreign
      ? 'The embedded PostgreSQL server does not run here: its binaries need glibc.'
      : `The embedded PostgreSQL server can't be run: ${error.message}`,
    hint: foreign ? 'Give the URL of a PostgreSQL server instead of embedded:<name>.' : undefined,
    context: { native },
    cause: error,
  });
}

/** The end of a program's output, for an error. */
export function lastLines(output: string, count = 15): string {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}

function settingsText({ major, durable }: ClusterRequest): string {
  const settings: readonly (readonly [string, string])[] = [
    ['max_connections', '300'],
    // Without it a statement whose client was killed runs on, and keeps the server from being stopped.
    ...(major >= 14 && process.platform !== 'win32' ? ([['client_connection_check_interval', "'2s'"]] as const) : []),
    ...(durable
      ? []
      : ([
          ['fsync', 'off'],
          ['synchronous_commit', 'off'],
          ['full_page_writes', 'off'],
        ] as const)),
  ];
  return `\n# Set by surefoot\n${settings.map(([name, value]) => `${name} = ${value}\n`).join('')}`;
}
