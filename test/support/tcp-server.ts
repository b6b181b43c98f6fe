import { chmodSync, chownSync, copyFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { TUNING } from '../../src/adapters/embedded-postgres/server.ts';
import { openThrowAway } from '../../src/adapters/embedded-postgres/throw-away.ts';
import { connectTo } from './postgres.ts';

/** A server of its own on the loopback, with TLS, whose login rules a test may write. */
export interface TcpServer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** As the superuser, without TLS. */
  readonly sql: postgres.Sql;
  /** Lines of pg_hba.conf, ahead of one that lets the superuser in. */
  setRules(lines: readonly string[]): Promise<void>;
  setTls(on: boolean): Promise<void>;
  close(): Promise<void>;
}

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export const certificate = (name: string): string => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));

export async function startTcpServer(major: number): Promise<TcpServer> {
  const server = await openThrowAway({ from: PROJECT, major }, { ...TUNING, transport: 'tcp' });
  const { port, user, dataDirectory } = server;
  const password = server.password ?? '';
  const sql = connectTo(`postgres://${user}:${password}@127.0.0.1:${String(port)}/postgres`, 1);
  const { uid, gid } = statSync(dataDirectory);
  const own = (path: string): void => {
    chownSync(path, uid, gid);
    chmodSync(path, 0o600);
  };
  for (const name of ['server.crt', 'server.key', 'root.crt']) {
    copyFileSync(certificate(name), join(dataDirectory, name));
    own(join(dataDirectory, name));
  }
  const reload = async (setting: string, done: (value: string) => boolean): Promise<void> => {
    await sql`SELECT pg_reload_conf()`;
    for (;;) {
      const probe = connectTo(`postgres://${user}:${password}@127.0.0.1:${String(port)}/postgres`, 1);
      const [row] = await probe.unsafe<{ value: string }[]>(setting);
      await probe.end();
      if (row !== undefined && done(row.value)) return;
      await pause(20);
    }
  };
  return {
    port,
    user,
    password,
    sql,
    setRules: async (lines) => {
      const rules = [...lines, `host all ${user} 127.0.0.1/32 scram-sha-256`];
      writeFileSync(join(dataDirectory, 'pg_hba.conf'), `${rules.join('\n')}\n`);
      own(join(dataDirectory, 'pg_hba.conf'));
      await reload('SELECT pg_conf_load_time()::text AS value', () => true);
    },
    setTls: async (on) => {
      await sql.unsafe("ALTER SYSTEM SET ssl_ca_file = 'root.crt'");
      await sql.unsafe(`ALTER SYSTEM SET ssl = ${on ? 'on' : 'off'}`);
      await reload("SELECT current_setting('ssl') AS value", (value) => value === (on ? 'on' : 'off'));
    },
    close: async () => {
      await sql.end();
      await server.close();
    },
  };
}
