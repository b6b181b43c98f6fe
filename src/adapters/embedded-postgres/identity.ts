import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';

/**
 * As whom the server runs. PostgreSQL refuses to run as root, so for root it runs either in a user
 * namespace in which root is called nobody (its files stay root's), or really as another user.
 */
export type Runner =
  | { readonly kind: 'self' }
  | { readonly kind: 'user-namespace' }
  | { readonly kind: 'other-user'; readonly uid: number; readonly gid: number };

/** The user "nobody" of most systems; it need not exist in the user database. */
export const NOBODY = { kind: 'other-user', uid: 65_534, gid: 65_534 } as const satisfies Runner;

const UNSHARE = 'unshare';
const NAMESPACE = ['--user', `--map-user=${NOBODY.uid}`, `--map-group=${NOBODY.gid}`, '--'] as const;

/** The variables a server may see: a lasting process must not hold the secrets of the command that started it. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'ComSpec', 'NIX_LD', 'NIX_LD_LIBRARY_PATH'];

/** The environment for server programs: C messages, so that they can be read, and UTC, so that all places agree. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.includes(name));
  return { ...Object.fromEntries(passed), LC_ALL: 'C', TZ: 'UTC' };
}

/** Starts a server program as the given runner. */
export function spawnAs(runner: Runner, file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const ids = runner.kind === 'other-user' ? { uid: runner.uid, gid: runner.gid } : {};
  const [program, prefix] =
    runner.kind === 'user-namespace' ? ([UNSHARE, [...NAMESPACE, file]] as const) : ([file, []] as const);
  // unshare replaces itself by the program, so the process number is the program's.
  return spawn(program, [...prefix, ...args], { env: serverEnvironment(), windowsHide: true, ...options, ...ids });
}

export interface Situation {
  /** Folder for the server's files; exists. */
  readonly folder: string;
  /** Owner of the data, where there is some already. */
  readonly data: Pick<Stats, 'uid' | 'gid'> | null;
  /** False where user namespaces are known not to be wanted. */
  readonly userNamespace: boolean;
}

/** A runner, and whether it can reach the folder; if not, its files must be put elsewhere. */
export interface Choice {
  readonly runner: Runner;
  readonly reaches: boolean;
}

/** Decides as whom to run the server. Data that exists decides by its owner, who alone may run a server on it. */
export function chooseRunner({ folder, data, userNamespace }: Situation): Choice {
  if (process.getuid === undefined) return { runner: { kind: 'self' }, reaches: true };
  if (process.getuid() !== 0) {
    // initdb wants the user to have a name, which a bare `docker run --user 1000` has not.
    const nameless = !hasName() && userNamespace && canUnshare();
    return { runner: { kind: nameless ? 'user-namespace' : 'self' }, reaches: true };
  }
  if (data !== null && data.uid !== 0) return choice({ kind: 'other-user', uid: data.uid, gid: data.gid }, folder);
  const owner = statSync(folder);
  if (data === null && owner.uid !== 0 && isListedUser(owner.uid)) {
    // The project of an ordinary user, who should be able to go on without root.
    const user = choice({ kind: 'other-user', uid: owner.uid, gid: owner.gid }, folder);
    if (user.reaches) return user;
  }
  const namespace = userNamespace && canUnshare() ? choice({ kind: 'user-namespace' }, folder) : null;
  if (namespace?.reaches === true) return namespace;
  const nobody = choice(NOBODY, folder);
  return nobody.reaches ? nobody : (namespace ?? nobody);
}

function choice(runner: Runner, folder: string): Choice {
  return { runner, reaches: canReach(runner, folder) };
}

function hasName(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

function isListedUser(uid: number): boolean {
  if (process.platform === 'darwin') return true;
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .some((line) => line.split(':')[2] === String(uid));
  } catch {
    return false;
  }
}

/** Whether user namespaces are to be had: the program exists, knows the options, and the kernel permits it. */
export function canUnshare(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync(UNSHARE, [...NAMESPACE, 'true'], { stdio: 'ignore', env: serverEnvironment() });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the runner may enter a folder (or run a file), going by owners and modes of the whole path. Within a
 * namespace root has no power over modes any more, but is still the owner of its files.
 */
export function canReach(runner: Runner, path: string): boolean {
  if (runner.kind === 'self' || process.getuid === undefined) return true;
  const { uid, gid } = runner.kind === 'other-user' ? runner : { uid: process.getuid(), gid: process.getgid?.() };
  for (let place = realpathSync(path); ; place = dirname(place)) {
    const stats = statSync(place);
    const bit = stats.uid === uid ? 0o100 : stats.gid === gid ? 0o010 : 0o001;
    if ((stats.mode & bit) === 0) return false;
    if (place === dirname(place)) return true;
  }
}
