import { findBinaries } from './binaries.ts';
import { bringServer, stopServers } from './server.ts';
import { openThrowAway, type ThrowAwayServer } from './throw-away.ts';
import type { EmbeddedServer } from './state.ts';

export type { EmbeddedServer } from './state.ts';
export type { ThrowAwayServer } from './throw-away.ts';

/**
 * Initialises (once), starts (when needed) and returns the project's server. Safe for many processes at the same
 * instant, after any of them was killed, and while the server is being stopped.
 *
 * The server stops about 15 s after its last client has gone and the last call of this function. So connect within
 * that time; a caller that finds the connection refused, or ended by an administrator's command, because it was
 * slower, or after somebody else called `stopServer`, calls this function again and connects anew.
 *
 * With an AbortSignal that fires the promise is rejected with the signal's reason; what was begun is undone.
 * Throws `embedded-missing`, `embedded-unsupported` or `embedded-start-failed`.
 */
export function ensureServer(options: {
  /** The `.surefoot` folder of a project. */
  readonly root: string;
  /** File or folder from which npm packages are resolved first; then from this package itself. */
  readonly from: string;
  /** Without it, the version the project has begun with, or the default one of the installed. */
  readonly major?: number;
  readonly signal?: AbortSignal;
}): Promise<EmbeddedServer> {
  return bringServer(options);
}

/**
 * A throw-away server in a temporary folder, with nothing written to disk on purpose (fsync off). It and its folder
 * go with `close()`, or when this process ends in whatever way; if even the process that sees to that was killed,
 * with the next call. Errors as for `ensureServer`.
 */
export function startThrowAway(options: {
  readonly from: string;
  readonly major?: number;
  readonly signal?: AbortSignal;
}): Promise<ThrowAwayServer> {
  return openThrowAway(options);
}

/** Stops the project's servers of all versions, ending their clients; returns when they have ended. Data stays. */
export function stopServer(root: string): Promise<void> {
  return stopServers(root);
}

/** Major versions whose binaries are installed, newest first. Throws `embedded-unsupported`. */
export function installedMajors(from: string): readonly number[] {
  return findBinaries(from)
    .map(({ major }) => major)
    .toSorted((a, b) => b - a);
}
