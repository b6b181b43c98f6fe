import { createRequire } from 'node:module';
import { versions } from 'node:process';
import type BetterSqlite3 from 'better-sqlite3';
import { messageOf, SurefootError } from '../../model/errors.ts';
import { codeOf } from './errors.ts';

export type Driver = typeof BetterSqlite3;
export type DriverLoader = () => Promise<{ readonly default: Driver }>;

/** Versions as Node tells them: `24.21.0`, and `10` for its Node-API. */
export interface Runtime {
  readonly node: string;
  readonly napi: string;
}

/** Loads better-sqlite3, an optional dependency. Throws `driver-missing` or `driver-unfit`. */
export async function loadDriver(load: DriverLoader = importDriver): Promise<Driver> {
  try {
    return (await load()).default;
  } catch (error) {
    if (error instanceof SurefootError) throw error;
    const code = codeOf(error);
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw unloadable(error);
    throw new SurefootError({
      code: 'driver-missing',
      message: 'SQLite databases need the package better-sqlite3, which is not installed',
      hint: 'npm install better-sqlite3',
      cause: error,
    });
  }
}

async function importDriver(): Promise<{ readonly default: Driver }> {
  const { version } = createRequire(import.meta.url)('better-sqlite3/package.json') as { readonly version: string };
  refuseUnfit(version, { node: versions.node, napi: versions['napi'] ?? '0' });
  return import('better-sqlite3');
}

/** Throws `driver-unfit` where Node would end the process, without a word of ours, as soon as it works with the driver. */
export function refuseUnfit(driver: string, runtime: Runtime): void {
  const major = Number.parseInt(driver, 10);
  // Node 24 frees the objects of drivers that are not written for Node-API while no environment is entered, and aborts.
  if (major < 13 && Number.parseInt(runtime.node, 10) >= 24)
    throw unfit(`better-sqlite3 ${driver} makes Node ${runtime.node} abort when it frees a statement`, 13);
  if (major >= 13 && Number(runtime.napi) < 10)
    throw unfit(
      `better-sqlite3 ${driver} crashes Node ${runtime.node}, which has Node-API ${runtime.napi}, not 10`,
      12,
    );
}

function unfit(message: string, major: number): SurefootError {
  return new SurefootError({ code: 'driver-unfit', message, hint: `npm install better-sqlite3@${String(major)}` });
}

/** better-sqlite3 loads its native part when the first database is opened. */
export function isNativeFailure(error: unknown): boolean {
  const code = codeOf(error);
  if (code === 'ERR_DLOPEN_FAILED' || code === 'MODULE_NOT_FOUND') return true;
  return /Could not locate the bindings file|NODE_MODULE_VERSION/u.test(messageOf(error));
}

export function unloadable(error: unknown): SurefootError {
  const [reason] = messageOf(error).split('\n');
  return new SurefootError({
    code: 'driver-missing',
    message: `better-sqlite3 is installed, but its native part does not load: ${reason ?? ''}`,
    hint: 'npm rebuild better-sqlite3',
    cause: error,
  });
}
