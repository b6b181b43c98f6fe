import { Buffer } from 'node:buffer';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseConnection } from '../../../src/adapters/postgres/index.ts';
import { applicationName } from '../../../src/adapters/postgres/wire/application-name.ts';
import { copyLine } from '../../../src/adapters/postgres/wire/copy.ts';
import { readPasswordFile } from '../../../src/adapters/postgres/wire/pgpass.ts';
import { lacksCopyData, sendable } from '../../../src/adapters/postgres/wire/pipeline.ts';
import { createWireWatch } from '../../../src/adapters/postgres/wire/watch.ts';

describe('what may be sent ahead of the answers', () => {
  const cases: readonly (readonly [string, readonly string[], number])[] = [
    ['a whole transaction', ['BEGIN', 'SELECT 1', 'COMMIT', 'SELECT 2'], 3],
    ['outside a transaction one by one', ['SELECT 1', 'SELECT 2'], 1],
    ['another way to begin', ['START TRANSACTION ISOLATION LEVEL REPEATABLE READ;', 'SELECT 1'], 2],
    ['a BEGIN that could be refused', ['BEGIN ISOLATION LEVEL NONSENSE', 'SELECT 1'], 1],
    ['BEGIN in a text with more', ['BEGIN; SELECT 1', 'SELECT 2'], 1],
    ['checks in savepoints', ['BEGIN', 'SAVEPOINT a', 'SELECT 1', 'ROLLBACK TO SAVEPOINT a', 'SELECT 2'], 5],
    ['the end behind a savepoint that may revive', ['BEGIN', 'SAVEPOINT a', 'ROLLBACK TO a', 'COMMIT'], 3],
    ['the end behind a revival in other words', ['BEGIN', 'ROLLBACK WORK TO SAVEPOINT a', 'END'], 2],
    ['an end behind a comment', ['BEGIN', '/* x */ -- y\n ABORT', 'SELECT 1'], 2],
    ['an end inside a text of several', ['BEGIN', 'SELECT 1; COMMIT', 'SELECT 1'], 2],
    [
      'a function body with END',
      ['BEGIN', 'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN 1; END; $body$', 'SELECT 1'],
      3,
    ],
    ['a CASE with END', ['BEGIN', 'SELECT CASE WHEN true THEN 1 END;', 'SELECT 1'], 3],
    ['PREPARE TRANSACTION', ['BEGIN', "PREPARE TRANSACTION 'x'", 'SELECT 1'], 2],
  ];

  test.each(cases)('%s', (_, statements, count) => {
    expect(
      sendable(
        statements.map((text) => ({ text })),
        0,
        'none',
      ),
    ).toBe(count);
  });

  test('knows the transaction the server says is open', () => {
    const commands = ['SELECT 1', 'SELECT 2', 'COMMIT', 'SELECT 3'].map((text) => ({ text }));
    expect(sendable(commands, 0, 'open')).toBe(3);
    expect(sendable(commands, 0, 'failed')).toBe(3);
    expect(sendable(commands, 3, 'none')).toBe(1);
  });

  test('is bounded in number and size, and stops around COPY data', () => {
    const many = Array.from({ length: 500 }, () => ({ text: 'SELECT 1' }));
    expect(sendable(many, 0, 'open')).toBe(64);
    expect(sendable(many, 480, 'open')).toBe(20);
    const large = Array.from({ length: 9 }, () => ({ text: 'x'.repeat(400_000) }));
    expect(sendable(large, 0, 'open')).toBe(2);
    expect(sendable([{ text: 'x'.repeat(9_000_000) }], 0, 'open')).toBe(1);
    const copying = [{ text: 'SELECT 1' }, { text: 'COPY t FROM stdin', copyData: '' }, { text: 'SELECT 2' }];
    expect(sendable(copying, 0, 'open')).toBe(1);
    expect(sendable(copying, 1, 'open')).toBe(1);
  });
});

test.each([
  ['COPY t FROM STDIN', true],
  ['copy "a ""b"" from".t (id, "x y") from stdin with (format csv)', true],
  ['-- data\n/* below */ COPY t FROM stdin', true],
  ['COPY t TO STDOUT', false],
  ["COPY t FROM '/file' -- from stdin", false],
  ["COPY (SELECT 'x FROM STDIN') TO STDOUT", false],
  ["SELECT 'COPY t FROM STDIN'", false],
  [`COPY ${'x'.repeat(100_000)} stdin`, false],
])('%.60s lacks its data: %s', (text, lacks) => {
  expect(lacksCopyData({ text })).toBe(lacks);
  expect(lacksCopyData({ text, copyData: '' })).toBe(false);
  expect(sendable([{ text: 'SELECT 1' }, { text }, { text: 'SELECT 2' }], 0, 'open')).toBe(lacks ? 1 : 3);
});

describe('the watch on the protocol', () => {
  const message = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeUInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const stream = Buffer.concat([
    message('R', Buffer.from([0, 0, 0, 10])),
    message('K', Buffer.from([0, 0, 1, 2, 9, 8, 7, 6])),
    message('D', Buffer.alloc(300, 'Z')),
    message('C', Buffer.from('COPY 12\0')),
    message('E', Buffer.from('SERROR\0VERROR\0C22012\0Mdivision by zero\0\0')),
    message('Z', Buffer.from('E')),
    message('E', Buffer.from('STÖDLICH\0VFATAL\0C57P01\0Mterminating – now\0\0')),
  ]);

  test('reads the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 })), (cuts) => {
        const watch = createWireWatch();
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        for (let index = 1; index < places.length; index++)
          watch.feed(stream.subarray(places[index - 1], places[index]));
        expect(watch).toMatchObject({
          backend: 258,
          status: 'failed',
          lastTag: 'COPY 12',
          authentication: 10,
          fatal: { code: '57P01', message: 'terminating – now' },
        });
        expect(watch.cancelKey).toEqual(Buffer.from([0, 0, 1, 2, 9, 8, 7, 6]));
      }),
    );
  });
});

describe('the password file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'surefoot-pgpass-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const read = (text: string, url: string, mode = 0o600): ReturnType<typeof readPasswordFile> => {
    const file = join(folder, 'pgpass');
    writeFileSync(file, text);
    chmodSync(file, mode);
    const settings = parseConnection(url, { PGPASSFILE: file });
    const [host] = settings.hosts;
    if (host === undefined) throw new Error('no host');
    return readPasswordFile(settings, host);
  };

  test.each([
    ['h:5432:d:u:pw', 'postgres://u@h/d', 'pw'],
    ['h:5432:d:other:no\n\n# h:5432:d:u:no\n*:*:*:u:any', 'postgres://u@h/d', 'any'],
    [String.raw`h:5432:d:u:a\:b\\c`, 'postgres://u@h/d', String.raw`a:b\c`],
    [String.raw`\:\:1:5432:*:u:six`, 'postgres://u@[::1]/d', 'six'],
    ['localhost:5432:d:u:local', 'postgres://u@/d?host=/tmp', 'local'],
    ['/srv/pg:5432:d:u:socket', 'postgres://u@/d?host=/srv/pg', 'socket'],
    ['h:5432:d:u:pw\r\n', 'postgres://u@h/d', 'pw'],
    ['h:5433:d:u:pw', 'postgres://u@h/d', null],
    ['h:5432:d', 'postgres://u@h/d', null],
    ['', 'postgres://u@h/d', null],
  ])('%j for %s gives %j', (text, url, password) => {
    expect(read(text, url)).toEqual({ password, warning: null });
  });

  test.each([0o644, 0o640, 0o604])('that others may read (%o) is not used, and that is said', (mode) => {
    expect(read('*:*:*:*:pw', 'postgres://u@h/d', mode)).toEqual({
      password: null,
      warning: expect.stringContaining('chmod 600'),
    });
  });
});

test('a row in COPY text: escaped where it must be, and only there', () => {
  expect(copyLine(['a', 1, 2n, true, false, null, -0.5, new Uint8Array([0, 255])])).toBe(
    'a\t1\t2\tt\tf\t\\N\t-0.5\t\\\\x00ff\n',
  );
  expect(copyLine(['\t\n\r\\', '\\N', '\\.'])).toBe('\\t\\n\\r\\\\\t\\\\N\t\\\\.\n');
  expect(copyLine([Number.NaN, Number.POSITIVE_INFINITY])).toBe('NaN\tInfinity\n');
});

test.each([
  ['plain', 'plain'],
  ['Zoë Ñandú', 'Zoe Nandu'],
  ['run 🐘 x', 'run ? x'],
  ['tab\there', 'tab?here'],
  ['y'.repeat(80), 'y'.repeat(63)],
])('the application name of %j is %j', (label, name) => {
  expect(applicationName(label)).toBe(name);
});
