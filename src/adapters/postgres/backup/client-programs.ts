import { dirname, join } from 'node:path';
import { SurefootError } from '../../../model/errors.ts';
import type { Processes } from '../../../ports/processes.ts';

/** pg_dump and pg_restore of one installation. */
export interface ClientPrograms {
  readonly dump: string;
  readonly restore: string;
  readonly major: number;
}

/**
 * The client programs nearest to the server's version and not older: a newer pg_dump writes settings that an older
 * server refuses on restore. Throws `backup-client-missing`, or `backup-client-older` with what was found.
 */
export async function findClient(processes: Processes, major: number): Promise<ClientPrograms> {
  const found: ClientPrograms[] = [];
  for (const dump of processes.find('pg_dump')) {
    const { code, output } = await processes.run(dump, ['--version'], { env: {} });
    const version = Number(/(\d+)(?:\.\d+|\w+)*\s*(?:\(.*\))?$/u.exec(output)?.[1] ?? Number.NaN);
    if (code === 0 && Number.isInteger(version))
      found.push({ dump, restore: join(dirname(dump), 'pg_restore'), major: version });
  }
  const fitting = found.filter((client) => client.major >= major).toSorted((a, b) => a.major - b.major)[0];
  if (fitting !== undefined) return fitting;
  const install = `Install the client programs of PostgreSQL ${String(major)} (Debian: postgresql-client-${String(major)}), or set backups.command in the configuration.`;
  if (found.length === 0)
    throw new SurefootError({
      code: 'backup-client-missing',
      message: `a backup of this PostgreSQL ${String(major)} needs pg_dump, which is neither in PATH nor in the usual folders; nothing was changed`,
      hint: install,
    });
  throw new SurefootError({
    code: 'backup-client-older',
    message: `the server is PostgreSQL ${String(major)}, and pg_dump is older: ${found.map((client) => `${client.dump} is ${String(client.major)}`).join(', ')}. It does not know everything this server holds; nothing was changed`,
    hint: install,
    context: { server: major, found: found.map((client) => client.major) },
  });
}
