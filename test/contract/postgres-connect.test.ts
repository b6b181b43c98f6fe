import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPostgresDatabase, parseConnection } from '../../src/adapters/postgres/index.ts';
import type { SurefootError } from '../../src/model/errors.ts';
import { errorResponse, passOn, startFakeServer } from '../support/fake-server.ts';
import { certificate, startTcpServer, type TcpServer } from '../support/tcp-server.ts';
import { must } from './suites/contract-engine.ts';

const SECRET = 'pa ss/w@rd:%41';
const MAJOR = 18;

let server: TcpServer;
/** A home folder without anything, unless a test puts something there. */
let home = '';

beforeAll(async () => {
  server = await startTcpServer(MAJOR);
  await server.setTls(true);
  await server.setRules([
    'hostssl all tester 127.0.0.1/32 cert',
    'hostssl all tls_only 127.0.0.1/32 scram-sha-256',
    'host all tls_only 127.0.0.1/32 reject',
    'hostnossl all plain_only 127.0.0.1/32 scram-sha-256',
    'host all plain_only 127.0.0.1/32 reject',
    'host all md5_user 127.0.0.1/32 md5',
    'host all clear_user 127.0.0.1/32 password',
    'host all trusted 127.0.0.1/32 trust',
    'host all all 127.0.0.1/32 scram-sha-256',
  ]);
  for (const role of ['tester', 'tls_only', 'plain_only', 'clear_user', 'trusted', 'limited', 'reader']) await server.sql.unsafe(`CREATE ROLE ${role} LOGIN PASSWORD '${SECRET}'`);
  await server.sql.unsafe(`SET password_encryption = md5; CREATE ROLE md5_user LOGIN PASSWORD '${SECRET}'; RESET password_encryption`);
  await server.sql.unsafe('ALTER ROLE limited CONNECTION LIMIT 0; ALTER ROLE reader SET default_transaction_read_only = on');
});
afterAll(async () => {
  await server.close();
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'surefoot-home-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

type Env = Readonly<Record<string, string | undefined>>;

interface Made {
  /** `TLSv1.3`, or null where the connection is not encrypted. */
  readonly tls: string | null;
  readonly warnings: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

async function made(url: string, env: Env = {}, query = 'SELECT 1'): Promise<Made> {
  const warnings: string[] = [];
  const database = createPostgresDatabase({ name: 'pg', url, env: { HOME: home, ...env }, onWarning: (text) => warnings.push(text) });
  const session = await database.connect({ create: false, label: 'connecting' });
  try {
    const [[tls] = []] = await must(session, 'SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    return { tls: tls as string | null, warnings, rows: await must(session, query) };
  } finally {
    await session.close();
  }
}

async function refused(url: string, env: Env = {}): Promise<SurefootError> {
  const error: unknown = await made(url, env).then(
    () => new Error('it connected'),
    (reason: unknown) => reason,
  );
  const shown = `${inspect(error, { depth: 9 })}${JSON.stringify(error)}`;
  for (const secret of [SECRET, encodeURIComponent(SECRET), 'wr0ng']) expect(shown).not.toContain(secret);
  return error as SurefootError;
}

const at = (user: string, parameters = '', host = 'localhost', password: string | null = SECRET): string =>
  `postgres://${user}${password === null ? '' : `:${encodeURIComponent(password)}`}@${host}:${String(server.port)}/postgres${parameters === '' ? '' : `?${parameters}`}`;

/** A copy only its owner may read, as libpq wants its keys. */
function privateCopy(name: string): string {
  const path = join(home, name);
  copyFileSync(certificate(name), path);
  chmodSync(path, 0o600);
  return path;
}

describe('login', () => {
  test.each(['trusted', 'md5_user', 'clear_user', 'tls_only', 'plain_only'])('works for %s, by whatever method its rule asks for', async (user) => {
    expect((await made(at(user), {}, 'SELECT current_user')).rows).toEqual([[user]]);
  });

  test('with a wrong password, and with none, says what to do and never the password', async () => {
    const wrong = await refused(at('reader', '', 'localhost', 'wr0ng'));
    expect(wrong).toMatchObject({ code: 'authentication-failed', message: expect.stringContaining(`localhost:${String(server.port)}`), hint: expect.stringContaining('reader'), context: { sqlState: '28P01' } });
    expect(await refused(at('reader', '', 'localhost', null))).toMatchObject({ code: 'authentication-failed', hint: expect.stringMatching(/PGPASSWORD.*\.pgpass/u) });
    expect(await refused(at('nobody_here'))).toMatchObject({ code: 'authentication-failed' });
  });

  test('takes the password from PGPASSWORD, and from a password file only its owner may read', async () => {
    const url = at('reader', '', 'localhost', null);
    expect((await made(url, { PGPASSWORD: SECRET })).rows).toEqual([[1]]);
    const file = join(home, '.pgpass');
    const escaped = SECRET.replaceAll(/[\\:]/gu, String.raw`\$&`);
    writeFileSync(file, `# passwords\nother:*:*:*:wr0ng\nlocalhost:${String(server.port)}:postgres:reader:${escaped}\n*:*:*:*:wr0ng\n`, { mode: 0o600 });
    expect(await made(url)).toMatchObject({ rows: [[1]], warnings: [] });
    chmodSync(file, 0o640);
    expect(await refused(url)).toMatchObject({ code: 'authentication-failed', hint: expect.stringContaining('No password') });
    const warnings: string[] = [];
    const database = createPostgresDatabase({ name: 'pg', url, env: { PGPASSFILE: file }, onWarning: (text) => warnings.push(text) });
    await expect(database.connect({ create: false, label: 'x' })).rejects.toMatchObject({ code: 'authentication-failed' });
    expect(warnings).toEqual([expect.stringContaining(`chmod 600 ${file}`)]);
  });

  test('to a database that is not there, and above the number of connections', async () => {
    expect(await refused(at('reader').replace('/postgres', '/nowhere'))).toMatchObject({ code: 'database-absent', hint: 'Create it: createdb nowhere', context: { sqlState: '3D000' } });
    expect(await refused(at('limited'))).toMatchObject({ code: 'connection-failed', message: expect.stringContaining('too many connections'), hint: expect.stringContaining('max_connections') });
  });

  test('by a method surefoot does not know ends at once', async () => {
    const fake = await startFakeServer((socket) => socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 7])));
    try {
      expect(await refused(`postgres://reader@127.0.0.1:${String(fake.port)}/x?sslmode=disable`)).toMatchObject({ code: 'authentication-failed', message: expect.stringContaining('GSSAPI') });
    } finally {
      await fake.close();
    }
  });
});

describe('the network', () => {
  test('refused, not resolved, no socket: names host and port, and what to check', async () => {
    const closed = await startFakeServer((socket) => socket.destroy());
    await closed.close();
    const place = `localhost:${String(closed.port)}`;
    expect(await refused(`postgres://u:wr0ng@${place}/x`)).toMatchObject({ code: 'connection-failed', message: `no connection to ${place}: the connection was refused`, hint: expect.stringContaining(place) });
    expect(await refused('postgres://u@no-such-host.invalid/x')).toMatchObject({ code: 'connection-failed', message: expect.stringContaining('no-such-host.invalid:5432') });
    expect(await refused(`postgres://u@/x?host=${home}`)).toMatchObject({ code: 'connection-failed', message: expect.stringContaining(`${home}/.s.PGSQL.5432: there is no such socket`) });
  });

  test('a server that says nothing, and one that hangs up', async () => {
    const mute = await startFakeServer(() => undefined);
    const rude = await startFakeServer((socket) => socket.destroy());
    const web = await startFakeServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    try {
      for (const mode of ['disable', 'require']) {
        expect(await refused(`postgres://u@127.0.0.1:${String(mute.port)}/x?connect_timeout=1&sslmode=${mode}`)).toMatchObject({ code: 'connection-failed', message: expect.stringContaining('no answer in time'), hint: expect.stringContaining('connect_timeout') });
      }
      expect(await refused(`postgres://u@127.0.0.1:${String(rude.port)}/x?sslmode=disable`)).toMatchObject({ code: 'connection-failed', message: expect.stringContaining('closed the connection') });
      expect(await refused(`postgres://u@127.0.0.1:${String(web.port)}/x?sslmode=require`)).toMatchObject({ code: 'tls-failed' });
      const controller = new AbortController();
      const database = createPostgresDatabase({ name: 'pg', url: `postgres://u@127.0.0.1:${String(mute.port)}/x`, env: {} });
      setTimeout(() => controller.abort(), 50);
      await expect(database.connect({ create: false, label: 'x', signal: controller.signal })).rejects.toMatchObject({ code: 'interrupted' });
    } finally {
      await Promise.all([mute.close(), rude.close(), web.close()]);
    }
  });

  test('several hosts are tried in turn, until one lets us in or refuses the login', async () => {
    const closed = await startFakeServer((socket) => socket.destroy());
    await closed.close();
    const port = `${String(closed.port)},${String(server.port)}`;
    const url = (password: string): string => `postgres://reader:${encodeURIComponent(password)}@/postgres?host=127.0.0.1,localhost&port=${port}`;
    expect((await made(url(SECRET))).rows).toEqual([[1]]);
    expect(await refused(url('wr0ng'))).toMatchObject({ code: 'authentication-failed' });
    expect(await refused(`postgres://u@127.0.0.1:${String(closed.port)},localhost:${String(closed.port)}/x`)).toMatchObject({
      code: 'connection-failed',
      message: expect.stringMatching(/none of 2 hosts.*127\.0\.0\.1.*localhost/u),
    });
  });

  test.each([
    ['reader', 'read-only', true],
    ['reader', 'read-write', false],
    ['reader', 'primary', true],
    ['reader', 'prefer-standby', true],
    ['reader', 'standby', false],
    ['trusted', 'read-write', true],
    ['trusted', 'read-only', false],
  ])('%s finds target_session_attrs=%s: %s', async (user, attributes, fits) => {
    const url = at(user, `target_session_attrs=${attributes}`);
    if (fits) expect((await made(url)).rows).toEqual([[1]]);
    else expect(await refused(url)).toMatchObject({ code: 'connection-failed', message: expect.stringContaining(attributes) });
  });

  test('a pooler that knows fewer start-up parameters is asked with fewer', async () => {
    const pooler = await startFakeServer((socket, first) => {
      if (first.includes('client_connection_check_interval')) socket.end(errorResponse('08P01', 'unsupported startup parameter'));
      else passOn(socket, first, server.port);
    });
    try {
      const url = `postgres://trusted@127.0.0.1:${String(pooler.port)}/postgres?sslmode=disable`;
      expect((await made(url, {}, 'SHOW client_connection_check_interval')).rows).toEqual([['2s']]);
    } finally {
      await pooler.close();
    }
  });
});

describe('settings', () => {
  test('options hold even after the session is reset', async () => {
    const url = at('reader', `options=${encodeURIComponent('-c search_path=app -c lock_timeout=7s')}`);
    expect((await made(url, {}, "RESET ALL; SELECT current_setting('search_path'), current_setting('lock_timeout')")).rows).toEqual([['app', '7s']]);
    expect((await made(at('reader'), { PGOPTIONS: '-c search_path=env' }, 'SHOW search_path')).rows).toEqual([['env']]);
  });

  test('what the process has in its environment does not count, only what is handed in', async () => {
    const names = ['PGTARGETSESSIONATTRS', 'PGUSER', 'PGPASSWORD', 'PGAPPNAME', 'PGSSLMODE', 'PGHOST', 'PGOPTIONS', 'PGDATABASE'];
    const before = names.map((name) => process.env[name]);
    try {
      for (const name of names) process.env[name] = 'any';
      expect((await made(at('reader'), {}, "SELECT current_user, current_setting('application_name'), current_database()")).rows).toEqual([['reader', 'connecting', 'postgres']]);
    } finally {
      for (const [index, name] of names.entries()) {
        const value = before[index];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  test('a database of a server that surefoot starts is made when asked for, by one of many at once', async () => {
    const settings = parseConnection(`postgres://${server.user}:${server.password}@127.0.0.1:${String(server.port)}/made%20here`, {});
    let asked = 0;
    const database = createPostgresDatabase({
      name: 'pg',
      env: {},
      displayUrl: 'embedded:made here',
      resolve: () => {
        asked++;
        // The first time the server has just gone away.
        return Promise.resolve(asked === 1 ? { ...settings, hosts: [{ host: '127.0.0.1', address: null, port: 1 }] } : settings);
      },
    });
    await expect(database.connect({ create: false, label: 'x' })).rejects.toMatchObject({ code: 'database-absent' });
    expect(asked).toBe(2);
    const sessions = await Promise.all(Array.from({ length: 6 }, () => database.connect({ create: true, label: 'x' })));
    expect(await must(sessions[5]!, 'SELECT current_database()')).toEqual([['made here']]);
    await Promise.all(sessions.map((session) => session.close()));
  });
});

describe('TLS', () => {
  const root = (name = 'root.crt'): string => `sslrootcert=${encodeURIComponent(certificate(name))}`;

  test.each([
    ['disable', 'localhost', false],
    ['allow', 'localhost', false],
    ['prefer', 'localhost', true],
    ['require', '127.0.0.1', true],
    [`verify-ca&ROOT`, '127.0.0.1', true],
    [`verify-full&ROOT`, 'localhost', true],
  ])('sslmode=%s to %s encrypts: %s', async (mode, host, encrypted) => {
    const { tls, warnings } = await made(at('reader', `sslmode=${mode.replace('ROOT', root())}`, host));
    expect(tls).toBe(encrypted ? 'TLSv1.3' : null);
    if (mode === 'require') expect(warnings).toEqual([expect.stringMatching(/certificate is not verified/u)]);
    else expect(warnings).toEqual([]);
  });

  test.each<[string, string, string, RegExp]>([
    ['verify-full by a name the certificate has not', 'sslmode=verify-full&ROOT', '127.0.0.1', /altnames/u],
    ['verify-full, another authority', 'sslmode=verify-full&OTHER', 'localhost', /unable to verify|signed/u],
    ['verify-ca, another authority', 'sslmode=verify-ca&OTHER', 'localhost', /unable to verify|signed/u],
    ['require with a root certificate verifies like verify-ca', 'sslmode=require&OTHER', 'localhost', /unable to verify|signed/u],
    ['the public authorities of the system', 'sslrootcert=system', 'localhost', /unable to|signed/u],
    ['no root certificate', 'sslmode=verify-full', 'localhost', /root\.crt/u],
    ['a root certificate that is not there', 'sslmode=verify-ca&sslrootcert=/nowhere.crt', 'localhost', /nowhere\.crt/u],
    ['a revoked certificate', 'sslmode=verify-ca&ROOT&CRL', 'localhost', /revoked/u],
  ])('refuses %s', async (_, parameters, host, message) => {
    const text = parameters.replace('ROOT', root()).replace('OTHER', root('other.crt')).replace('CRL', `sslcrl=${encodeURIComponent(certificate('revoked.crl'))}`);
    expect(await refused(at('reader', text, host))).toMatchObject({ code: 'tls-failed', message: expect.stringMatching(message), hint: expect.any(String) });
  });

  test('the certificate must carry the name, not the address it is reached at', async () => {
    expect((await made(at('reader', `sslmode=verify-full&hostaddr=127.0.0.1&${root()}`, 'db.test'))).tls).toBe('TLSv1.3');
  });

  test('finds root.crt in the home folder, and the authorities of the system where SSL_CERT_FILE names them', async () => {
    mkdirSync(join(home, '.postgresql'));
    copyFileSync(certificate('other.crt'), join(home, '.postgresql', 'root.crt'));
    expect(await refused(at('reader', 'sslmode=require'))).toMatchObject({ code: 'tls-failed' });
    copyFileSync(certificate('root.crt'), join(home, '.postgresql', 'root.crt'));
    expect(await made(at('reader', 'sslmode=require'))).toMatchObject({ tls: 'TLSv1.3', warnings: [] });
    expect((await made(at('reader', 'sslrootcert=system'), { SSL_CERT_FILE: certificate('root.crt') })).tls).toBe('TLSv1.3');
  });

  test('prefer goes on without where the certificate is refused; allow goes on with where the server wants it', async () => {
    expect((await made(at('reader', `sslmode=prefer&${root('other.crt')}`))).tls).toBeNull();
    expect((await made(at('tls_only', 'sslmode=allow'))).tls).toBe('TLSv1.3');
    expect((await made(at('plain_only', 'sslmode=prefer'))).tls).toBeNull();
    expect(await refused(at('plain_only', 'sslmode=require'))).toMatchObject({ code: 'authentication-failed', message: expect.stringContaining('pg_hba.conf') });
    expect(await refused(at('tls_only', 'sslmode=disable'))).toMatchObject({ code: 'authentication-failed' });
  });

  test('logs in by a client certificate, with a key only its owner may read', async () => {
    const certificates = `sslmode=require&sslcert=${encodeURIComponent(certificate('client.crt'))}&sslkey=`;
    expect((await made(at('tester', certificates + encodeURIComponent(privateCopy('client.key')), 'localhost', null), {}, 'SELECT current_user')).rows).toEqual([['tester']]);
    const encrypted = certificates + encodeURIComponent(privateCopy('client-encrypted.key'));
    expect((await made(at('tester', `${encrypted}&sslpassword=secret`, 'localhost', null))).rows).toEqual([[1]]);
    expect(await refused(at('tester', `${encrypted}&sslpassword=wr0ng`, 'localhost', null))).toMatchObject({ code: 'tls-failed' });
    expect(await refused(at('tester', 'sslmode=require', 'localhost', null))).toMatchObject({ code: 'authentication-failed' });
    const open = privateCopy('client.key');
    chmodSync(open, 0o644);
    expect(await refused(at('tester', certificates + encodeURIComponent(open), 'localhost', null))).toMatchObject({ code: 'tls-failed', hint: `chmod 600 ${open}` });
    expect(await refused(at('tester', `${certificates}/nowhere.key`, 'localhost', null))).toMatchObject({ code: 'tls-failed', message: expect.stringContaining('/nowhere.key') });
    mkdirSync(join(home, '.postgresql'));
    for (const [from, to] of [['client.crt', 'postgresql.crt'], ['client.key', 'postgresql.key']] as const) {
      copyFileSync(certificate(from), join(home, '.postgresql', to));
      chmodSync(join(home, '.postgresql', to), 0o600);
    }
    expect((await made(at('tester', 'sslmode=require', 'localhost', null))).rows).toEqual([[1]]);
  });

  test('begins with TLS at once, and within the versions asked for', async () => {
    expect((await made(at('reader', `sslmode=verify-full&sslnegotiation=direct&${root()}`))).tls).toBe('TLSv1.3');
    expect((await made(at('reader', 'sslmode=require&ssl_max_protocol_version=TLSv1.2'))).tls).toBe('TLSv1.2');
  });

  test('cancels over an encrypted connection', async () => {
    const database = createPostgresDatabase({ name: 'pg', url: at('reader', `sslmode=verify-full&${root()}`), env: {} });
    const session = await database.connect({ create: false, label: 'x' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const [outcome] = await session.batch([{ text: 'SELECT pg_sleep(60)' }], { signal: controller.signal });
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'interrupted' } });
    await session.close();
  });

  test('a server without TLS is refused where TLS is asked for, and taken where it is only preferred', async () => {
    await server.setTls(false);
    try {
      expect(await refused(at('reader', 'sslmode=require'))).toMatchObject({ code: 'tls-failed', message: expect.stringContaining('does not offer TLS') });
      expect((await made(at('reader', 'sslmode=prefer'))).tls).toBeNull();
    } finally {
      await server.setTls(true);
    }
  });
});
