import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectTo } from './connect-to.ts';

const PLACES = ['/usr/sbin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer', '/usr/bin/pgbouncer'];

/** Where the program is; null where it is not installed. */
export const PGBOUNCER = PLACES.find((path) => existsSync(path)) ?? null;

export interface Pooler {
  /** A database behind it, as the server's superuser. */
  url(database: string): string;
  close(): Promise<void>;
}

export interface PoolerOptions {
  readonly mode: 'transaction' | 'session' | 'statement';
  readonly size: number;
  readonly roundRobin?: boolean;
  readonly server: { readonly port: number; readonly user: string; readonly password: string };
}

export async function startPgBouncer({ mode, size, roundRobin, server }: PoolerOptions): Promise<Pooler> {
  if (PGBOUNCER === null) throw new Error('pgbouncer is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'surefoot-pgbouncer-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const settings = [
    '[databases]',
    `* = host=127.0.0.1 port=${String(server.port)} user=${server.user} password=${server.password}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${String(port)}`,
    'unix_socket_dir =',
    'auth_type = any',
    `pool_mode = ${mode}`,
    `default_pool_size = ${String(size)}`,
    `server_round_robin = ${roundRobin === true ? '1' : '0'}`,
    'max_client_conn = 500',
  ];
  writeFileSync(join(folder, 'pgbouncer.ini'), `${settings.join('\n')}\n`, { mode: 0o644 });
  // It does not run as root.
  const before = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  const [program = PGBOUNCER, ...args] = [...before, PGBOUNCER, join(folder, 'pgbouncer.ini')];
  let output = '';
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const url = (database: string): string =>
    `postgres://${server.user}@127.0.0.1:${String(port)}/${database}?sslmode=disable`;
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await Promise.resolve();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries += 1) {
    const sql = connectTo(url('postgres'), 1);
    try {
      await sql`SELECT 1`;
      return { url, close };
    } catch (error) {
      if (tries > 100) {
        await close();
        throw new Error(`pgbouncer did not start: ${output}`, { cause: error });
      }
      await pause(50);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
