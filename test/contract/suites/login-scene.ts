import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createPostgresDatabase } from '../../../src/adapters/postgres/index.ts';
import type { SurefootError } from '../../../src/model/errors.ts';
import { certificate, startTcpServer, type TcpServer } from '../../support/tcp-server.ts';
import { must } from './contract-engine.ts';

export const SECRET = 'pa ss/w@rd:%41';
const MAJOR = 18;
const RULES = [
  'hostssl all tester 127.0.0.1/32 cert',
  'hostssl all tls_only 127.0.0.1/32 scram-sha-256',
  'host all tls_only 127.0.0.1/32 reject',
  'hostnossl all plain_only 127.0.0.1/32 scram-sha-256',
  'host all plain_only 127.0.0.1/32 reject',
  'host all md5_user 127.0.0.1/32 md5',
  'host all clear_user 127.0.0.1/32 password',
  'host all trusted 127.0.0.1/32 trust',
  'host all all 127.0.0.1/32 scram-sha-256',
];

type Env = Readonly<Record<string, string | undefined>>;

export interface Made {
  /** `TLSv1.3`, or null where the connection is not encrypted. */
  readonly tls: string | null;
  readonly warnings: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** A server with TLS and users of every kind, and a home folder without anything in it. */
export interface LoginScene {
  readonly server: TcpServer;
  readonly home: string;
  at(user: string, parameters?: string, host?: string, password?: string | null): string;
  made(url: string, env?: Env, query?: string): Promise<Made>;
  /** The error of a connection that must fail, in which no password may be seen. */
  refused(url: string, env?: Env): Promise<SurefootError>;
  /** A copy of a certificate file that only its owner may read, as libpq wants its keys. */
  privateCopy(name: string): string;
}

/** Starts the server before all tests of the calling file. */
export function useLoginScene(): LoginScene {
  let server: TcpServer | null = null;
  let home = '';
  beforeAll(async () => {
    server = await startTcpServer(MAJOR);
    await server.setTls(true);
    await server.setRules(RULES);
    for (const role of ['tester', 'tls_only', 'plain_only', 'clear_user', 'trusted', 'limited', 'reader']) {
      await server.sql.unsafe(`CREATE ROLE ${role} LOGIN PASSWORD '${SECRET}'`);
    }
    await server.sql.unsafe(
      `SET password_encryption = md5; CREATE ROLE md5_user LOGIN PASSWORD '${SECRET}'; RESET password_encryption`,
    );
    await server.sql.unsafe(
      'ALTER ROLE limited CONNECTION LIMIT 0; ALTER ROLE reader SET default_transaction_read_only = on',
    );
  });
  afterAll(async () => {
    await server?.close();
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'surefoot-home-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const running = (): TcpServer => {
    if (server === null) throw new Error('the server is started before all tests');
    return server;
  };
  const made: LoginScene['made'] = async (url, env = {}, query = 'SELECT 1') => {
    const warnings: string[] = [];
    const database = createPostgresDatabase({
      name: 'pg',
      url,
      env: { HOME: home, ...env },
      onWarning: (text) => warnings.push(text),
    });
    const session = await database.connect({ create: false, label: 'connecting' });
    try {
      const [[tls] = []] = await must(session, 'SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      return { tls: tls as string | null, warnings, rows: await must(session, query) };
    } finally {
      await session.close();
    }
  };
  return {
    get server() {
      return running();
    },
    get home() {
      return home;
    },
    at: (user, parameters = '', host = 'localhost', password = SECRET) => {
      const login = `${user}${password === null ? '' : `:${encodeURIComponent(password)}`}`;
      return `postgres://${login}@${host}:${String(running().port)}/postgres${parameters === '' ? '' : `?${parameters}`}`;
    },
    made,
    refused: async (url, env = {}) => {
      const error: unknown = await made(url, env).then(
        () => new Error('it connected'),
        (reason: unknown) => reason,
      );
      const shown = `${inspect(error, { depth: 9 })}${JSON.stringify(error)}`;
      for (const secret of [SECRET, encodeURIComponent(SECRET), 'wr0ng']) expect(shown).not.toContain(secret);
      return error as SurefootError;
    },
    privateCopy: (name) => {
      const path = join(home, name);
      copyFileSync(certificate(name), path);
      chmodSync(path, 0o600);
      return path;
    },
  };
}
