import { existsSync, utimesSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../model/errors.ts';
import type { KeeperTask } from './keeper-task.ts';
import { tryLock } from './lock.ts';
import { removeTemporarySocketFolder } from './places.ts';
import { recordedPid, stopPostmaster, waitUntilSettled } from './postmaster.ts';
import { isRunning, sendSignal, waitForEnd, workingFolder } from './processes.ts';
import { dataFolder, layoutOf, modifiedAt, readState, removeState, writeState, type Layout } from './state.ts';
import { openWire, type WireSession } from './wire.ts';

type ProjectTask = Extract<KeeperTask, { kind: 'project' }>;

const ANSWER_MS = 10_000;
const HEARTBEAT_MS = 5_000;

/** Sessions that are there now, and how many there were in all: a session between two looks counts too. */
const CLIENTS_SQL = `select
  (select count(*) from pg_catalog.pg_stat_activity
    where backend_type in ('client backend', 'walsender') and pid <> pg_catalog.pg_backend_pid()),
  (select coalesce(sum(sessions), 0) from pg_catalog.pg_stat_database)`;

/** Looks after a project's server until it has stopped, or another keeper has taken it over. */
export async function keepProject(task: ProjectTask): Promise<void> {
  const keeper = new ProjectKeeper(task);
  process.once('SIGTERM', () => keeper.stopNow());
  process.once('SIGINT', () => keeper.stopNow());
  for (;;) {
    try {
      if (await keeper.look()) return;
    } catch (error) {
      // A full disk or the like may pass; a keeper that gave up would leave the server to run for ever.
      process.stderr.write(`surefoot keeper: ${messageOf(error)}\n`);
    }
    await keeper.pause();
  }
}

/**
 * Stops the server of a command that was killed between starting it and writing its state, unless another command
 * is at work there already and so takes it over.
 */
export async function endUnkept(layout: Layout): Promise<void> {
  if (!existsSync(layout.folder)) return;
  let lock = tryLock(layout.locks);
  // The channel to a parent closes a moment before the parent has ended.
  for (let attempt = 0; lock === null && attempt < 10; attempt += 1) {
    await sleep(200);
    lock = tryLock(layout.locks);
  }
  if (lock === null) return;
  try {
    const data = dataFolder(layout);
    const found = existsSync(data) ? await waitUntilSettled(data, undefined) : null;
    const state = readState(layout);
    const isKept = state !== null && state.keeper.pid !== process.pid && isRunning(state.keeper);
    if (found === null || (isKept && state.postmaster.pid === found.mark.pid)) return;
    removeState(layout);
    await stopPostmaster({ mark: found.mark, data, native: '' });
  } finally {
    lock.release();
  }
}

class ProjectKeeper {
  readonly #task: ProjectTask;
  readonly #layout: Layout;
  #session: WireSession | null = null;
  #sessionsInAll = '';
  #lastUse: number | null = null;
  #activeAt = performance.now();
  #heartbeatAt = 0;
  #mustStop = false;
  #wake: () => void = () => {};

  constructor(task: ProjectTask) {
    this.#task = task;
    this.#layout = layoutOf(task.root, task.major);
  }

  /** Waits for the time of the next look, or until something has happened. */
  pause(): Promise<void> {
    const { pollMs } = this.#task;
    return new Promise((resolve) => {
      // Without a connection the server is about to end, or to be ready again.
      const timer = setTimeout(resolve, this.#session === null ? Math.min(pollMs, 200) : pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  stopNow(): void {
    this.#mustStop = true;
    this.#wake();
  }

  /** One look; true when there is nothing more to do. */
  async look(): Promise<boolean> {
    const { state, idleMs } = this.#task;
    if (!isRunning(state.postmaster)) {
      this.#forget();
      return true;
    }
    if (recordedPid(state.dataDirectory) !== state.postmaster.pid) {
      await this.#endOrphan();
      return true;
    }
    const recorded = readState(this.#layout);
    if (recorded !== null && recorded.keeper.pid !== process.pid) return true;
    if (recorded === null) this.#restore();
    this.#beat();
    if (this.#mustStop) return this.#stop(() => Promise.resolve(true));
    if (await this.#isActive()) this.#activeAt = performance.now();
    if (performance.now() - this.#activeAt < idleMs) return false;
    return this.#stop(async () => !(await this.#isActive()));
  }

  /** Whether a command has asked for the server, or a session was there, since the last look. */
  async #isActive(): Promise<boolean> {
    const use = modifiedAt(this.#layout.used);
    const asked = use !== this.#lastUse;
    this.#lastUse = use;
    try {
      this.#session ??= await this.#connect();
      const [row] = await this.#session.query(CLIENTS_SQL);
      const [now = '', inAll = ''] = row ?? [];
      const changed = this.#sessionsInAll !== inAll;
      this.#sessionsInAll = inAll ?? '';
      return asked || changed || now !== '0';
    } catch {
      // All connections taken, a crashed backend's restart, no such database: not knowing is not "nobody there".
      this.#session?.close();
      this.#session = null;
      return true;
    }
  }

  async #connect(): Promise<WireSession> {
    const { socketDirectory: host, port, user, password, postmaster } = this.#task.state;
    const session = await openWire({ host, port, user, password, database: 'postgres' }, ANSWER_MS);
    // Mostly the end of the connection tells of the server's end, which follows in a moment.
    void session.closed.then(() => waitForEnd(postmaster, this.#task.pollMs)).then(() => this.#wake());
    return session;
  }

  /**
   * Takes the state away, so that commands wait for the lock instead of using the server; looks once more; stops.
   * A command that asked before it could see the state gone is seen by that look (see `noteUse`).
   */
  async #stop(stillWanted: () => Promise<boolean>): Promise<boolean> {
    const lock = tryLock(this.#layout.locks);
    if (lock === null) {
      this.#activeAt = performance.now();
      return false;
    }
    const { state } = this.#task;
    try {
      const recorded = readState(this.#layout);
      if (recorded !== null && recorded.keeper.pid !== process.pid) return true;
      removeState(this.#layout);
      if (!(await stillWanted())) {
        writeState(this.#layout, state);
        this.#activeAt = performance.now();
        return false;
      }
      this.#session?.close();
      await stopPostmaster({ mark: state.postmaster, data: state.dataDirectory, native: state.native });
      removeTemporarySocketFolder(state);
      return true;
    } finally {
      lock.release();
    }
  }

  /** The server has ended by itself: takes the state away, unless somebody is at work on it already. */
  #forget(): void {
    if (!existsSync(this.#layout.folder)) return;
    const lock = tryLock(this.#layout.locks);
    if (lock === null) return;
    try {
      if (readState(this.#layout)?.keeper.pid === process.pid) removeState(this.#layout);
    } finally {
      lock.release();
    }
  }

  /** Only the state file was deleted: without it every command would wait for the lock. */
  #restore(): void {
    const lock = tryLock(this.#layout.locks);
    if (lock === null) return;
    try {
      if (readState(this.#layout) === null) writeState(this.#layout, this.#task.state);
    } finally {
      lock.release();
    }
  }

  /** The data folder was moved, or deleted and perhaps made anew, under a running server that nobody can find any more. */
  async #endOrphan(): Promise<void> {
    const { postmaster } = this.#task.state;
    if (await waitForEnd(postmaster, 2_000)) return;
    const folder = workingFolder(postmaster.pid);
    const moved = folder !== null && existsSync(folder) && recordedPid(folder) === postmaster.pid;
    // Killed where the files are gone: in an orderly end it would remove the socket of its successor.
    sendSignal(postmaster, moved ? 'SIGINT' : 'SIGKILL');
  }

  #beat(): void {
    if (performance.now() - this.#heartbeatAt < HEARTBEAT_MS) return;
    this.#heartbeatAt = performance.now();
    const now = new Date();
    try {
      utimesSync(this.#layout.alive, now, now);
    } catch {
      // Only commands in other containers look at it.
    }
  }
}
