import type { TestProject } from 'vitest/node';
import { startServers, type RunningServers, type TestServer } from './servers.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresServers: readonly TestServer[];
  }
}

/** Every project of one run sets up by itself, perhaps with its own copy of this module; the servers are shared. */
interface Shared {
  users: number;
  running: Promise<RunningServers>;
}

const shelf = globalThis as typeof globalThis & { surefootTestServers?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (shelf.surefootTestServers ??= { users: 0, running: startServers() });
  shared.users++;
  const { servers } = await shared.running;
  project.provide('postgresServers', [...servers]);
  return async () => {
    shared.users--;
    if (shared.users > 0) return;
    delete shelf.surefootTestServers;
    await (await shared.running).stop();
  };
}
