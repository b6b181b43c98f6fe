import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayUrlOf, parseConnection, type ConnectionSettings } from '../../../src/adapters/postgres/index.ts';
import { SurefootError } from '../../../src/model/errors.ts';

const EMPTY = { HOME: '/home/nobody' };
const parse = (url: string, env: Readonly<Record<string, string>> = {}): ConnectionSettings =>
  parseConnection(url, { ...EMPTY, ...env });

function errorOf(url: string, env: Readonly<Record<string, string>> = {}): SurefootError {
  try {
    parse(url, env);
  } catch (error) {
    if (error instanceof SurefootError) return error;
    throw error;
  }
  throw new Error(`${url} was accepted`);
}

describe('a PostgreSQL URL', () => {
  test('with all its parts, percent-encoded', () => {
    expect(
      parse(
        'postgresql://us%40er:p%3Aw%2F%25@db.test:6543/my%20db?connect_timeout=3&options=-c%20a%3Db&application_name=ignored',
      ),
    ).toMatchObject({
      hosts: [{ host: 'db.test', address: null, port: 6543 }],
      user: 'us@er',
      password: 'p:w/%',
      database: 'my db',
      connectTimeoutMs: 3000,
      options: '-c a=b',
    });
  });

  test.each<[string, ConnectionSettings['hosts']]>([
    ['postgres://h/d', [{ host: 'h', address: null, port: 5432 }]],
    [
      'postgres://a,b:1,[::1]:2/d',
      [
        { host: 'a', address: null, port: 5432 },
        { host: 'b', address: null, port: 1 },
        { host: '::1', address: null, port: 2 },
      ],
    ],
    ['postgres://u@/d?host=/run/pg&port=7', [{ host: '/run/pg', address: null, port: 7 }]],
    ['postgres://%2Frun%2Fpg:7/d', [{ host: '/run/pg', address: null, port: 7 }]],
    [
      'postgres://ignored/d?host=a,b&port=5',
      [
        { host: 'a', address: null, port: 5 },
        { host: 'b', address: null, port: 5 },
      ],
    ],
    ['postgres://name/d?hostaddr=10.0.0.1', [{ host: 'name', address: '10.0.0.1', port: 5432 }]],
    [
      'postgres:///d?hostaddr=10.0.0.1,10.0.0.2',
      [
        { host: '10.0.0.1', address: '10.0.0.1', port: 5432 },
        { host: '10.0.0.2', address: '10.0.0.2', port: 5432 },
      ],
    ],
  ])('%s names its hosts', (url, hosts) => {
    expect(parse(url).hosts).toEqual(hosts);
  });

  test('leaves user and database to their defaults', () => {
    const { username } = userInfo();
    expect(parse('postgres://h')).toMatchObject({
      user: username,
      database: username,
      password: null,
      connectTimeoutMs: 15_000,
      attributes: 'any',
      options: null,
    });
    expect(parse('postgres://ann@h/')).toMatchObject({ user: 'ann', database: 'ann' });
    expect(parse('postgres:///d').hosts).toHaveLength(1);
  });

  test('goes before the environment, which goes before the defaults', () => {
    const env = {
      PGHOST: 'env',
      PGPORT: '1',
      PGUSER: 'eve',
      PGPASSWORD: 'secret',
      PGDATABASE: 'edb',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/r',
      PGSSLCERT: '/c',
      PGSSLKEY: '/k',
      PGPASSFILE: '/p',
      PGCONNECT_TIMEOUT: '0',
      PGOPTIONS: '-c x=y',
      PGTARGETSESSIONATTRS: 'primary',
      PGAPPNAME: 'ignored',
      PGSSLMINPROTOCOLVERSION: 'TLSv1.3',
    };
    expect(parse('postgres://', env)).toMatchObject({
      hosts: [{ host: 'env', port: 1 }],
      user: 'eve',
      password: 'secret',
      database: 'edb',
      passwordFile: '/p',
      connectTimeoutMs: null,
      options: '-c x=y',
      attributes: 'primary',
      tls: { mode: 'verify-full', rootCertificate: '/r', certificate: '/c', key: '/k', minVersion: 'TLSv1.3' },
    });
    expect(parse('postgres://ann:other@h:2/d?sslmode=disable', env)).toMatchObject({
      hosts: [{ host: 'h', port: 2 }],
      user: 'ann',
      password: 'other',
      database: 'd',
      tls: { mode: 'disable' },
    });
    expect(parse('postgres://h', { PGHOST: '', PGSSLMODE: '' })).toMatchObject({
      hosts: [{ host: 'h' }],
      tls: { mode: 'prefer' },
    });
  });

  test('finds the files of libpq below the home folder', () => {
    expect(parse('postgres://h')).toMatchObject({
      home: join('/home/nobody', '.postgresql'),
      passwordFile: join('/home/nobody', '.pgpass'),
    });
    expect(parseConnection('postgres://h', {}).passwordFile).toBe(join(homedir(), '.pgpass'));
  });

  test.each([
    ['', 'prefer'],
    ['ssl=true', 'require'],
    ['sslmode=verify-ca', 'verify-ca'],
    ['sslrootcert=system', 'verify-full'],
    ['sslmode=require&sslnegotiation=direct', 'require'],
  ])('?%s means sslmode %s', (parameters, mode) => {
    expect(parse(`postgres://h/d?${parameters}`).tls.mode).toBe(mode);
  });

  test('takes what is harmless, and values that ask for nothing', () => {
    expect(() =>
      parse(
        'postgres://h/d?keepalives=1&client_encoding=UTF8&gssencmode=prefer&channel_binding=prefer&tcp_user_timeout=5',
      ),
    ).not.toThrow();
  });

  test.each([
    ['mysql://h/d', /begins with postgres/u, ''],
    ['postgres://h/d?sslmod=require', /sslmod is not known/u, 'Did you mean sslmode?'],
    ['postgres://h/d?search_path=app', /search_path is not known/u, 'options'],
    ['postgres://h/d?sslmode=verify_full', /sslmode has no value verify_full/u, 'verify-full'],
    ['postgres://h/d?target_session_attrs=master', /no value master/u, 'primary'],
    ['postgres://h/d?sslmode=require&sslrootcert=system', /too weak/u, 'verify-full'],
    ['postgres://h/d?sslnegotiation=direct', /too weak/u, 'require'],
    ['postgres://h/d?channel_binding=require', /not support/u, 'channel_binding'],
    ['postgres://h/d?service=prod', /not support/u, 'service'],
    ['postgres://h/d?sslmode', /has no value/u, ''],
    ['postgres://a,b,c:1/d?port=1,2', /more ports/u, 'one port'],
    ['postgres://a,b/d?hostaddr=1.1.1.1', /different numbers/u, ''],
    ['postgres://h/d?connect_timeout=soon', /connect_timeout/u, 'seconds'],
    ['postgres://::1/d', /host is not understood/u, 'brackets'],
    ['postgres://h/d%zz', /percent sign/u, '%25'],
  ])('%s is refused, with the next thing to do', (url, message, hint) => {
    expect(errorOf(url)).toMatchObject({
      code: 'url-invalid',
      message: expect.stringMatching(message),
      hint: expect.stringContaining(hint),
    });
  });

  test('of the environment, what can not be honoured is refused as well', () => {
    expect(errorOf('postgres://h', { PGSERVICE: 'prod' })).toMatchObject({
      code: 'url-invalid',
      message: expect.stringContaining('PGSERVICE'),
    });
  });

  test.each(['zq@xj', 'zq/xj', 'zq:xj/w@kv', '12/34', 'zqxj%', 'zq#kv?xj', 'zq?xj=1', '77777/xj', '7432/@xj', 'zq%xj'])(
    'with the unencoded password %s never shows it',
    (password) => {
      try {
        const settings = parse(`postgres://user:${password}@host/name`);
        expect(settings).toMatchObject({ hosts: [{ host: 'host' }], password });
      } catch (error) {
        expect(error).toMatchObject({ code: 'url-invalid' });
        for (const part of password.split(/[@/:%?#]/u).filter((piece) => piece.length > 1))
          expect(JSON.stringify(error)).not.toContain(part);
      }
    },
  );

  test('any user, password and database come through, encoded, and the shown URL has no password', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(text, text, text, (user, password, database) => {
        const [u, p, d] = [user, password, database].map(encodeURIComponent);
        const settings = parse(`postgres://${u ?? ''}:${p ?? ''}@h:1/${d ?? ''}?sslmode=disable`);
        expect(settings).toMatchObject({ user, password, database, hosts: [{ host: 'h', port: 1 }] });
        expect(parse(displayUrlOf(settings))).toMatchObject({ user, password: null, database });
      }),
    );
  });

  test('is shown with what tells databases apart', () => {
    expect(displayUrlOf(parse('postgres://ann:secret@a,b:6/d?sslpassword=hidden'))).toBe('postgres://ann@a:5432,b:6/d');
    expect(displayUrlOf(parse('postgres://ann:secret@/d?host=/run/pg'))).toBe(
      'postgres://ann@/d?host=/run/pg&port=5432',
    );
    expect(displayUrlOf(parse('postgres://ann@[::1]/d'))).toBe('postgres://ann@[::1]:5432/d');
  });

  test('never fails with anything but url-invalid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (rest) => {
        try {
          parse(`postgres://${rest}`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'url-invalid' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('without a host looks for a local socket first', () => {
    const folder = mkdtempSync(join(tmpdir(), 'surefoot-url-'));
    rmSync(folder, { recursive: true });
    expect(['localhost', '/tmp', '/var/run/postgresql']).toContain(parse('postgres:///d').hosts[0]?.host);
  });
});
