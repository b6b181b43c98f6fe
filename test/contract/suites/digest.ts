import { describe, expect, test } from 'vitest';
import type { Database } from '../../../src/ports/database.ts';
import type { DigestOptions, TableDigest } from '../../../src/ports/digest.ts';
import type { Session } from '../../../src/ports/session.ts';
import { withSession, type ContractEngine } from './contract-engine.ts';

async function digests(
  database: Database,
  session: Session,
  options?: DigestOptions,
): Promise<Readonly<Record<string, TableDigest>>> {
  const { beginProbe, abort } = database.dialect;
  await session.batch([{ text: beginProbe }]);
  const found = await database.digester.digest(session, options);
  await session.batch([{ text: abort }]);
  return Object.fromEntries(found.map((each) => [each.table.replace(/^\w+\./u, ''), each]));
}

async function run(session: Session, ...texts: readonly string[]): Promise<void> {
  for (const outcome of await session.batch(texts.map((text) => ({ text })))) expect(outcome.status).toBe('done');
}

export function describeDigest(engine: ContractEngine): void {
  describe('Digester', () => {
    test('sees every value of every column, NULL among them, and no order of rows or columns', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          await run(
            session,
            `CREATE TABLE a (id integer, name text, n numeric, f double precision, b ${engine.quirks.bytesType})`,
            `CREATE TABLE z (b ${engine.quirks.bytesType}, f double precision, n numeric, name text, id integer)`,
            'CREATE TABLE empty (id integer)',
            "INSERT INTO a VALUES (1, 'x', 1.5, 0.1, NULL), (2, '', 2, 1e300, NULL), (3, NULL, NULL, NULL, NULL)",
            "INSERT INTO z (id, name, n, f, b) VALUES (3, NULL, NULL, NULL, NULL), (2, '', 2, 1e300, NULL), (1, 'x', 1.5, 0.1, NULL)",
          );
          const before = await digests(database, session);
          expect(before['a']?.rows).toBe(3);
          expect(before['empty']?.rows).toBe(0);
          expect(before['a']?.hash).toBe(before['z']?.hash);
          const changes = [
            'UPDATE a SET name = NULL WHERE id = 2',
            "UPDATE a SET name = 'NULL' WHERE id = 3",
            'UPDATE a SET n = 1.6 WHERE id = 1',
            'UPDATE a SET f = 0.10000000000000002 WHERE id = 1',
            `UPDATE a SET b = ${engine.quirks.bytesType === 'BLOB' ? "x'00'" : String.raw`'\x00'`} WHERE id = 1`,
            'UPDATE a SET id = CASE id WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE id END',
            'DELETE FROM a WHERE id = 1',
            'INSERT INTO a SELECT * FROM a WHERE id = 1',
            "INSERT INTO a VALUES (4, 'y', 1, 1, NULL)",
          ];
          for (const change of changes) {
            await run(session, database.dialect.beginProbe, change);
            const now = await database.digester.digest(session);
            expect(now.find((each) => each.table.endsWith('a'))?.hash, change).not.toBe(before['a']?.hash);
            await run(session, database.dialect.abort);
          }
          expect(await digests(database, session)).toEqual(before);
        }),
      ));

    test('leaves out tables of surefoot and counters unless asked', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          const own = database.dialect.table('layout');
          await run(
            session,
            ...(own.startsWith('surefoot.') ? ['CREATE SCHEMA surefoot'] : []),
            `CREATE TABLE ${own} (version integer)`,
            engine.quirks.bytesType === 'BLOB'
              ? 'CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT)'
              : 'CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY)',
          );
          expect(Object.keys(await digests(database, session))).toEqual(['t']);
          const all = await digests(database, session, { own: true, counters: true });
          expect(Object.keys(all)).toHaveLength(3);
          await run(session, 'INSERT INTO t DEFAULT VALUES', 'DELETE FROM t');
          const later = await digests(database, session, { own: true, counters: true });
          expect(later['t']).toEqual(all['t']);
          expect(later).not.toEqual(all);
        }),
      ));

    test('takes more columns than a function has arguments, and names that need quotes', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          const columns = Array.from({ length: 250 }, (_, index) => `"c ${String(index)}"`);
          await run(
            session,
            `CREATE TABLE "Wide ""one""" (${columns.map((name) => `${name} integer`).join(', ')})`,
            `INSERT INTO "Wide ""one""" (${columns.join(', ')}) VALUES (${columns.map((_, index) => String(index)).join(', ')})`,
          );
          const [before] = Object.values(await digests(database, session));
          await run(session, 'UPDATE "Wide ""one""" SET "c 249" = 0');
          const [after] = Object.values(await digests(database, session));
          expect(before?.rows).toBe(1);
          expect(after?.hash).not.toBe(before?.hash);
        }),
      ));
  });
}
