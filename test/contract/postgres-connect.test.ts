import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPostgresDatabase, parseConnection } from '../../src/adapters/postgres/index.ts';
import { errorResponse, passOn, startFakeServer } from '../support/fake-server.ts';
import { must } from './suites/contract-engine.ts';
import { SECRET, useLoginScene } from './suites/login-scene.ts';

const scene = useLoginScene();
const { at, made, refused } = scene;

describe('login', () => {
  test.each(['trusted', 'md5_user', 'clear_user', 'tls_only', 'plain_only'])(
    'works for %s, by whatever method its rule asks for',
    async (user) => {
      expect((await made(at(user), {}, 'SELECT current_user')).rows).toEqual([[user]]);
    },
  );

  test('with a wrong password, and with none, says what to do and never the password', async () => {
    const wrong = await refused(at('reader', '', 'localhost', 'wr0ng'));
    expect(wrong).toMatchObject({
      code: 'authentication-failed',
      message: expect.stringContaining(`localhost:${String(scene.server.port)}`),
      hint: expect.stringContaining('reader'),
      context: { sqlState: '28P01' },
    });
    expect(await refused(at('reader', '', 'localhost', null))).toMatchObject({
      code: 'authentication-failed',
      hint: expect.stringMatching(/PGPASSWORD.*\.pgpass/u),
    });
    expect(await refused(at('nobody_here'))).toMatchObject({ code: 'authentication-failed' });
  });

  test('takes the password from PGPASSWORD, and from a password file only its owner may read', async () => {
    const url = at('reader', '', 'localhost', null);
    expect((await made(url, { PGPASSWORD: SECRET })).rows).toEqual([[1]]);
    const file = join(scene.home, '.pgpass');
    const escaped = SECRET.replaceAll(/[\\:]/gu, String.raw`\$&`);
    writeFileSync(
      file,
      `# passwords\nother:*:*:*:wr0ng\nlocalhost:${String(scene.server.port)}:postgres:reader:${escaped}\n*:*:*:*:wr0ng\n`,
      { mode: 0o600 },
    );
    expect(await made(url)).toMatchObject({ rows: [[1]], warnings: [] });
    chmodSync(file, 0o640);
    expect(await refused(url)).toMatchObject({
      code: 'authentication-failed',
      hint: expect.stringContaining('No password'),
    });
    const warnings: string[] = [];
    const database = createPostgresDatabase({
      name: 'pg',
      url,
      env: { PGPASSFILE: file },
      onWarning: (text) => warnings.push(text),
    });
    await expect(database.connect({ create: false, label: 'x' })).rejects.toMatchObject({
      code: 'authentication-failed',
    });
    expect(warnings).toEqual([expect.stringContaining(`chmod 600 ${file}`)]);
  });

  test('to a database that is not there, and above the number of connections', async () => {
    expect(await refused(at('reader').replace('/postgres', '/nowhere'))).toMatchObject({
      code: 'database-absent',
      hint: expect.stringMatching(/^Create it: createdb -h localhost -p \d+ -U reader nowhere$/u),
      context: { sqlState: '3D000' },
    });
    expect(await refused(at('limited'))).toMatchObject({
      code: 'too-many-connections',
      message: expect.stringContaining('too many connections'),
      hint: expect.stringContaining('max_connections'),
    });
  });

  test('by a method surefoot does not know ends at once', async () => {
    const fake = await startFakeServer((socket) => socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 7])));
    try {
      expect(await refused(`postgres://reader@127.0.0.1:${String(fake.port)}/x?sslmode=disable`)).toMatchObject({
        code: 'authentication-failed',
        message: expect.stringContaining('GSSAPI'),
      });
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
    expect(await refused(`postgres://u:wr0ng@${place}/x`)).toMatchObject({
      code: 'connection-failed',
      message: `no connection to ${place}: the connection was refused`,
      hint: expect.stringContaining(place),
    });
    expect(await refused('postgres://u@no-such-host.invalid/x')).toMatchObject({
      code: 'connection-failed',
      message: expect.stringContaining('no-such-host.invalid:5432'),
    });
    expect(await refused(`postgres://u@/x?host=${scene.home}`)).toMatchObject({
      code: 'connection-failed',
      message: expect.stringContaining(`${scene.home}/.s.PGSQL.5432: there is no such socket`),
    });
  });

  test('a server that says nothing, and one that hangs up', async () => {
    const mute = await startFakeServer(() => undefined);
    const rude = await startFakeServer((socket) => socket.destroy());
    const web = await startFakeServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    try {
      for (const mode of ['disable', 'require']) {
        expect(
          await refused(`postgres://u@127.0.0.1:${String(mute.port)}/x?connect_timeout=1&sslmode=${mode}`),
        ).toMatchObject({
          code: 'connection-failed',
          message: expect.stringContaining('no answer in time'),
          hint: expect.stringContaining('connect_timeout'),
        });
      }
      expect(await refused(`postgres://u@127.0.0.1:${String(rude.port)}/x?sslmode=disable`)).toMatchObject({
        code: 'connection-failed',
        message: expect.stringContaining('closed the connection'),
      });
      expect(await refused(`postgres://u@127.0.0.1:${String(web.port)}/x?sslmode=require`)).toMatchObject({
        code: 'tls-failed',
      });
      const controller = new AbortController();
      const database = createPostgresDatabase({
        name: 'pg',
        url: `postgres://u@127.0.0.1:${String(mute.port)}/x`,
        env: {},
      });
      setTimeout(() => controller.abort(), 50);
      await expect(database.connect({ create: false, label: 'x', signal: controller.signal })).rejects.toMatchObject({
        code: 'interrupted',
      });
    } finally {
      await Promise.all([mute.close(), rude.close(), web.close()]);
    }
  });

  test('several hosts are tried in turn, until one lets us in or refuses the login', async () => {
    const closed = await startFakeServer((socket) => socket.destroy());
    await closed.close();
    const port = `${String(closed.port)},${String(scene.server.port)}`;
    const url = (password: string): string =>
      `postgres://reader:${encodeURIComponent(password)}@/postgres?host=127.0.0.1,localhost&port=${port}`;
    expect((await made(url(SECRET))).rows).toEqual([[1]]);
    expect(await refused(url('wr0ng'))).toMatchObject({ code: 'authentication-failed' });
    expect(
      await refused(`postgres://u@127.0.0.1:${String(closed.port)},localhost:${String(closed.port)}/x`),
    ).toMatchObject({
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
    else
      expect(await refused(url)).toMatchObject({
        code: 'connection-failed',
        message: expect.stringContaining(attributes),
      });
  });

  test('a pooler that knows fewer start-up parameters is asked with fewer', async () => {
    const pooler = await startFakeServer((socket, first) => {
      if (first.includes('client_connection_check_interval'))
        socket.end(errorResponse('08P01', 'unsupported startup parameter'));
      else passOn(socket, first, scene.server.port);
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
    expect(
      (await made(url, {}, "RESET ALL; SELECT current_setting('search_path'), current_setting('lock_timeout')")).rows,
    ).toEqual([['app', '7s']]);
    expect((await made(at('reader'), { PGOPTIONS: '-c search_path=env' }, 'SHOW search_path')).rows).toEqual([['env']]);
  });

  test('what the process has in its environment does not count, only what is handed in', async () => {
    const names = [
      'PGTARGETSESSIONATTRS',
      'PGUSER',
      'PGPASSWORD',
      'PGAPPNAME',
      'PGSSLMODE',
      'PGHOST',
      'PGOPTIONS',
      'PGDATABASE',
    ];
    const before = names.map((name) => process.env[name]);
    try {
      for (const name of names) process.env[name] = 'any';
      expect(
        (await made(at('reader'), {}, "SELECT current_user, current_setting('application_name'), current_database()"))
          .rows,
      ).toEqual([['reader', 'connecting', 'postgres']]);
    } finally {
      for (const [index, name] of names.entries()) {
        const value = before[index];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  test('a database of a server that surefoot starts is made when asked for, by one of many at once', async () => {
    const settings = parseConnection(
      `postgres://${scene.server.user}:${scene.server.password}@127.0.0.1:${String(scene.server.port)}/made%20here`,
      {},
    );
    let asked = 0;
    const database = createPostgresDatabase({
      name: 'pg',
      env: {},
      displayUrl: 'embedded:made here',
      resolve: () => {
        asked++;
        // The first time the server has just gone away.
        return Promise.resolve(
          asked === 1 ? { ...settings, hosts: [{ host: '127.0.0.1', address: null, port: 1 }] } : settings,
        );
      },
    });
    await expect(database.connect({ create: false, label: 'x' })).rejects.toMatchObject({ code: 'database-absent' });
    expect(asked).toBe(2);
    const sessions = await Promise.all(Array.from({ length: 6 }, () => database.connect({ create: true, label: 'x' })));
    for (const session of sessions) expect(await must(session, 'SELECT current_database()')).toEqual([['made here']]);
    await Promise.all(sessions.map((session) => session.close()));
  });
});
