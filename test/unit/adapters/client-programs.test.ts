import { describe, expect, it } from 'vitest';
import { findClient } from '../../../src/adapters/postgres/backup/client-programs.ts';
import { isSurefootError } from '../../../src/model/errors.ts';
import type { Processes } from '../../../src/ports/processes.ts';

/** A machine on which these pg_dumps say what version they are. */
function machine(versions: Readonly<Record<string, string>>): Processes {
  const run: Processes['run'] = async (program) =>
    Promise.resolve({ code: 0, output: versions[program] ?? '', errors: '' });
  return { run, shell: async (line, options) => run(line, [], options), find: () => Object.keys(versions) };
}

const MACHINE = machine({
  '/a/pg_dump': 'pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)',
  '/b/pg_dump': 'pg_dump (PostgreSQL) 17.2',
  '/c/pg_dump': 'pg_dump (PostgreSQL) 18beta1',
  '/d/pg_dump': 'something else',
});

async function codeOf(found: Promise<unknown>): Promise<string> {
  try {
    await found;
  } catch (error) {
    if (isSurefootError(error)) return `${error.code}: ${error.message}`;
  }
  return 'no error';
}

describe('findClient', () => {
  it('takes the one nearest to the server and not older', async () => {
    expect(await findClient(MACHINE, 14)).toEqual({ dump: '/a/pg_dump', restore: '/a/pg_restore', major: 15 });
    expect((await findClient(MACHINE, 15)).major).toBe(15);
    expect((await findClient(MACHINE, 16)).dump).toBe('/b/pg_dump');
    expect((await findClient(MACHINE, 18)).dump).toBe('/c/pg_dump');
  });

  it('refuses an older one with the reason, and says when there is none', async () => {
    expect(await codeOf(findClient(MACHINE, 19))).toMatch(/^backup-client-older: .*PostgreSQL 19.*\/a\/pg_dump is 15/u);
    expect(await codeOf(findClient(machine({}), 15))).toMatch(/^backup-client-missing: .*nothing was changed/u);
  });
});
