import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPostgresDatabase } from '../../src/adapters/postgres/index.ts';
import { certificate } from '../support/tcp-server.ts';
import { useLoginScene } from './suites/login-scene.ts';

const scene = useLoginScene();
const { at, made, refused, privateCopy } = scene;

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
    [
      'require with a root certificate verifies like verify-ca',
      'sslmode=require&OTHER',
      'localhost',
      /unable to verify|signed/u,
    ],
    ['the public authorities of the system', 'sslrootcert=system', 'localhost', /unable to|signed/u],
    ['no root certificate', 'sslmode=verify-full', 'localhost', /root\.crt/u],
    [
      'a root certificate that is not there',
      'sslmode=verify-ca&sslrootcert=/nowhere.crt',
      'localhost',
      /nowhere\.crt/u,
    ],
    ['a revoked certificate', 'sslmode=verify-ca&ROOT&CRL', 'localhost', /revoked/u],
  ])('refuses %s', async (_, parameters, host, message) => {
    const text = parameters
      .replace('ROOT', root())
      .replace('OTHER', root('other.crt'))
      .replace('CRL', `sslcrl=${encodeURIComponent(certificate('revoked.crl'))}`);
    expect(await refused(at('reader', text, host))).toMatchObject({
      code: 'tls-failed',
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });

  test('the certificate must carry the name, not the address it is reached at', async () => {
    expect((await made(at('reader', `sslmode=verify-full&hostaddr=127.0.0.1&${root()}`, 'db.test'))).tls).toBe(
      'TLSv1.3',
    );
  });

  test('finds root.crt in the home folder, and the authorities of the system where SSL_CERT_FILE names them', async () => {
    mkdirSync(join(scene.home, '.postgresql'));
    copyFileSync(certificate('other.crt'), join(scene.home, '.postgresql', 'root.crt'));
    expect(await refused(at('reader', 'sslmode=require'))).toMatchObject({ code: 'tls-failed' });
    copyFileSync(certificate('root.crt'), join(scene.home, '.postgresql', 'root.crt'));
    expect(await made(at('reader', 'sslmode=require'))).toMatchObject({ tls: 'TLSv1.3', warnings: [] });
    expect((await made(at('reader', 'sslrootcert=system'), { SSL_CERT_FILE: certificate('root.crt') })).tls).toBe(
      'TLSv1.3',
    );
  });

  test('prefer goes on without where the certificate is refused; allow goes on with where the server wants it', async () => {
    expect((await made(at('reader', `sslmode=prefer&${root('other.crt')}`))).tls).toBeNull();
    expect((await made(at('tls_only', 'sslmode=allow'))).tls).toBe('TLSv1.3');
    expect((await made(at('plain_only', 'sslmode=prefer'))).tls).toBeNull();
    expect(await refused(at('plain_only', 'sslmode=require'))).toMatchObject({
      code: 'authentication-failed',
      message: expect.stringContaining('pg_hba.conf'),
    });
    expect(await refused(at('tls_only', 'sslmode=disable'))).toMatchObject({ code: 'authentication-failed' });
  });

  test('logs in by a client certificate, with a key only its owner may read', async () => {
    const certificates = `sslmode=require&sslcert=${encodeURIComponent(certificate('client.crt'))}&sslkey=`;
    expect(
      (
        await made(
          at('tester', certificates + encodeURIComponent(privateCopy('client.key')), 'localhost', null),
          {},
          'SELECT current_user',
        )
      ).rows,
    ).toEqual([['tester']]);
    const encrypted = certificates + encodeURIComponent(privateCopy('client-encrypted.key'));
    expect((await made(at('tester', `${encrypted}&sslpassword=secret`, 'localhost', null))).rows).toEqual([[1]]);
    expect(await refused(at('tester', `${encrypted}&sslpassword=wr0ng`, 'localhost', null))).toMatchObject({
      code: 'tls-failed',
    });
    expect(await refused(at('tester', 'sslmode=require', 'localhost', null))).toMatchObject({
      code: 'authentication-failed',
    });
    const open = privateCopy('client.key');
    chmodSync(open, 0o644);
    expect(await refused(at('tester', certificates + encodeURIComponent(open), 'localhost', null))).toMatchObject({
      code: 'tls-failed',
      hint: `chmod 600 ${open}`,
    });
    expect(await refused(at('tester', `${certificates}/nowhere.key`, 'localhost', null))).toMatchObject({
      code: 'tls-failed',
      message: expect.stringContaining('/nowhere.key'),
    });
    mkdirSync(join(scene.home, '.postgresql'));
    for (const [from, to] of [
      ['client.crt', 'postgresql.crt'],
      ['client.key', 'postgresql.key'],
    ] as const) {
      copyFileSync(certificate(from), join(scene.home, '.postgresql', to));
      chmodSync(join(scene.home, '.postgresql', to), 0o600);
    }
    expect((await made(at('tester', 'sslmode=require', 'localhost', null))).rows).toEqual([[1]]);
  });

  test('begins with TLS at once, and within the versions asked for', async () => {
    expect((await made(at('reader', `sslmode=verify-full&sslnegotiation=direct&${root()}`))).tls).toBe('TLSv1.3');
    expect((await made(at('reader', 'sslmode=require&ssl_max_protocol_version=TLSv1.2'))).tls).toBe('TLSv1.2');
  });

  test('cancels over an encrypted connection', async () => {
    const database = createPostgresDatabase({
      name: 'pg',
      url: at('reader', `sslmode=verify-full&${root()}`),
      env: {},
    });
    const session = await database.connect({ create: false, label: 'x' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const [outcome] = await session.batch([{ text: 'SELECT pg_sleep(60)' }], { signal: controller.signal });
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'interrupted' } });
    await session.close();
  });

  test('a server without TLS is refused where TLS is asked for, and taken where it is only preferred', async () => {
    await scene.server.setTls(false);
    try {
      expect(await refused(at('reader', 'sslmode=require'))).toMatchObject({
        code: 'tls-failed',
        message: expect.stringContaining('does not offer TLS'),
      });
      expect((await made(at('reader', 'sslmode=prefer'))).tls).toBeNull();
    } finally {
      await scene.server.setTls(true);
    }
  });
});
