import { homedir, platform } from 'node:os';
import { join } from 'node:path';

export interface Home {
  /** Where libpq looks for root.crt, postgresql.crt and the others; null without a home. */
  readonly configFolder: string | null;
  readonly passwordFile: string;
}

/** libpq's places in the user's home folder. */
export function homeOf(env: Readonly<Record<string, string | undefined>>): Home {
  if (platform() === 'win32') {
    const folder = join(env['APPDATA'] ?? homedir(), 'postgresql');
    return { configFolder: folder, passwordFile: join(folder, 'pgpass.conf') };
  }
  const home = env['HOME'] ?? homedir();
  return { configFolder: join(home, '.postgresql'), passwordFile: join(home, '.pgpass') };
}
