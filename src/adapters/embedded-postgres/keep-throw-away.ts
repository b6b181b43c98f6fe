import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeeperTask } from './keeper-task.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import { postgresProcessesIn, sendSignal } from './processes.ts';

type ThrowAwayTask = Extract<KeeperTask, { kind: 'throw-away' }>;

/** Waits for the end of the process that asked for a throw-away server, then removes the server without a trace. */
export async function keepThrowAway(task: ThrowAwayTask): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {});
  if (process.connected) await new Promise<void>((resolve) => process.once('disconnect', resolve));
  await removeThrowAway(task);
}

/** Stops the server, if there is one, and removes its folders. */
export async function removeThrowAway({ data, native, folders }: Omit<ThrowAwayTask, 'kind'>): Promise<void> {
  // An initdb whose parent was killed may go on for a moment and make files anew.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const found = existsSync(data) ? findPostmaster(data) : null;
    if (found !== null) await stopPostmaster({ mark: found.mark, data, native }, 'immediate');
    postgresProcessesIn(data).forEach((mark) => sendSignal(mark, 'SIGQUIT'));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    if (!folders.some((folder) => existsSync(folder))) return;
    await sleep(500);
  }
}
