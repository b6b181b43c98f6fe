import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SurefootError } from '../../model/errors.ts';
import { serverEnvironment } from './identity.ts';
import { KEEPER_SAYS, type KeeperTask } from './keeper-task.ts';
import { markProcess, type ProcessMark } from './processes.ts';
import { openLog } from './state.ts';

/** A keeper that runs, and waits for its task. */
export interface Keeper {
  readonly mark: ProcessMark;
  /** Gives it its task and returns when it has taken over. */
  assign(task: KeeperTask): Promise<void>;
  /** Lets go of it: one with a project's task goes on by itself, any other one ends its work. */
  release(): void;
  /** Waits until the process has ended. */
  waitForEnd(): Promise<void>;
}

const ANSWER_MS = 30_000;

/**
 * The keeper is a program of its own, so the build makes a file of it beside the library (in the same folder, or
 * the one above when the library is split into parts). Running from source there is none: then the source itself is
 * run, by Node where it knows TypeScript, else through the loader that also loads configuration files.
 */
function keeperCommand(): { readonly args: readonly string[]; readonly cwd: string } {
  for (const candidate of ['./embedded-keeper.js', '../embedded-keeper.js']) {
    const file = fileURLToPath(new URL(candidate, import.meta.url));
    if (existsSync(file)) return { args: [file], cwd: dirname(file) };
  }
  const source = fileURLToPath(new URL('./keeper.ts', import.meta.url));
  if (!existsSync(source)) {
    throw new SurefootError({
      code: 'embedded-start-failed',
      message: `The file embedded-keeper.js is missing beside ${fileURLToPath(import.meta.url)}.`,
      hint: 'Install surefoot again, and keep it out of bundles.',
    });
  }
  const native = 'typescript' in process.features && Boolean(process.features.typescript);
  // The working folder is where --import looks for packages.
  return { args: [...(native ? [] : ['--import', 'jiti/register']), source], cwd: dirname(source) };
}

/** Starts a keeper, detached from this process. `folder` is the server's; failures go to the log in `base`. */
export function launchKeeper(folder: string, base: string): Keeper {
  const { args, cwd } = keeperCommand();
  const output = openLog(base);
  let child: ChildProcess;
  try {
    child = spawn(process.execPath, [...args, folder], {
      cwd,
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
      env: serverEnvironment(),
      windowsHide: true,
    });
  } finally {
    closeSync(output);
  }
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const up = answer(child, KEEPER_SAYS.up, base);
  // Waited for in assign, possibly never.
  up.catch(() => {});
  unref(child);
  return {
    mark: markProcess(child.pid ?? 0),
    waitForEnd() {
      // Else a program that only waits for this would be over before it.
      child.ref();
      return ended;
    },
    async assign(task) {
      ref(child);
      try {
        await up;
        const watching = answer(child, KEEPER_SAYS.watching, base);
        child.send(task);
        await watching;
      } finally {
        unref(child);
      }
    },
    release() {
      if (child.connected) child.disconnect();
    },
  };
}

function unref(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function ref(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

function answer(child: ChildProcess, expected: string, base: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (why: string): void =>
      settle(() =>
        reject(
          new SurefootError({
            code: 'embedded-start-failed',
            message: `The keeper of the embedded server ${why}; see ${join(base, 'server.log')}.`,
            hint: 'Run the command again.',
          }),
        ),
      );
    const timer = setTimeout(() => failed(`did not answer within ${ANSWER_MS / 1000} s`), ANSWER_MS);
    timer.unref();
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      finish();
    };
    const onMessage = (message: unknown): void => {
      if (message === expected) settle(resolve);
    };
    const onExit = (code: number | null): void => failed(`ended at once (exit code ${code})`);
    const onError = (error: Error): void => failed(`could not be started (${error.message})`);
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
  });
}
