import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffSnapshots } from '../../src/domain/schema/index.ts';
import { OBJECT_KINDS, type Snapshot } from '../../src/model/snapshot.ts';
import { everyKind, KIND_CHANGES, KIND_ROLES } from '../support/kinds/postgres.ts';
import { EVERY_SQLITE_KIND, SQLITE_CHANGES } from '../support/kinds/sqlite.ts';
import { connectTo, testServers, withTestDatabase } from '../support/postgres.ts';
import { withProject } from '../support/project.ts';
import { rebuiltAt, runAt, snapshotAt, withSessionAt } from '../support/schema.ts';

async function differing(left: Snapshot, right: Snapshot): Promise<readonly string[]> {
  const { differences } = await diffSnapshots(left, right);
  return differences.map(({ kind, object }) => `${kind} ${object}`).toSorted();
}

async function expectRebuilt(snapshot: Snapshot, major: number): Promise<void> {
  await withTestDatabase(
    async (url) => {
      const again = await rebuiltAt(url, snapshot);
      const { differences } = await diffSnapshots(snapshot, again);
      expect(differences.map(({ object, kind, diff }) => `${kind} ${object}\n${diff}`)).toEqual([]);
      expect(again.objects).toEqual(snapshot.objects);
    },
    { major },
  );
}

describe.each([15, 18])('every kind of object of PostgreSQL %i', (major) => {
  const serverUrl = (): string => testServers().find((server) => server.major === major)?.url ?? '';
  const inCluster = async (statements: readonly string[]): Promise<void> => {
    const sql = connectTo(serverUrl(), 1);
    try {
      for (const statement of statements) await sql.unsafe(statement);
    } finally {
      await sql.end();
    }
  };
  const names = KIND_ROLES.map((role) => `"${role.replaceAll('"', '""')}"`);
  beforeAll(async () => {
    await inCluster([
      ...names.map((name) => `DROP ROLE IF EXISTS ${name}`),
      ...names.map((name) => `CREATE ROLE ${name}`),
    ]);
  });
  afterAll(async () => {
    await inCluster(names.map((name) => `DROP ROLE ${name}`));
  });

  it('is rendered so that it can be made again, and each change is one difference that names it', async () => {
    await withTestDatabase(
      async (url) => {
        await runAt(url, everyKind(major, 'pgcrypto'));
        const first = await snapshotAt(url);
        const kinds = new Set(first.objects.map(({ kind }) => kind));
        expect(OBJECT_KINDS.filter((kind) => !kinds.has(kind))).toEqual(['language', 'setting']);
        await expectRebuilt(first, major);
        const wrong: object[] = [];
        await withSessionAt(url, async (session, { introspector, watchWrites }) => {
          const watched = watchWrites(session);
          const tracker = await introspector.track(session);
          const follower = await introspector.track(session);
          let before = first;
          for (const { sql, finds, since = 0 } of KIND_CHANGES) {
            if (since > major) continue;
            const outcomes = await watched.session.batch(['BEGIN', sql, 'COMMIT'].map((text) => ({ text })));
            expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
            const followed = await follower.refresh(watched.take());
            expect(await tracker.refresh()).toEqual(followed);
            const after = tracker.snapshot();
            expect(follower.snapshot()).toEqual(after);
            const found = await differing(before, after);
            if (found.join() !== finds.toSorted().join()) wrong.push({ sql, found, wanted: finds });
            before = after;
          }
          expect(wrong).toEqual([]);
          expect(before.objects).toEqual((await introspector.snapshot(session)).objects);
          await expectRebuilt(before, major);
        });
      },
      { major },
    );
  });
});

/** The same schema written by another hand: white space, comments, quotes, case of what SQLite keeps. */
const TABLE_AGAIN = 'CREATE  TABLE strict_one(\n id INTEGER PRIMARY KEY,/* any */a ANY,"b" TEXT NOT NULL)STRICT';

describe('every kind of object of SQLite', () => {
  it('is rendered so that it can be made again, and each change is one difference that names it', async () => {
    await withProject('sqlite', async ({ url, root }) => {
      await runAt(url, EVERY_SQLITE_KIND);
      const first = await snapshotAt(url);
      let copies = 0;
      const rebuilt = async (snapshot: Snapshot): Promise<void> => {
        const again = await rebuiltAt(`sqlite:${join(root, `again${String((copies += 1))}.db`)}`, snapshot);
        expect(await differing(snapshot, again)).toEqual([]);
        expect(again.objects).toEqual(snapshot.objects);
      };
      await rebuilt(first);
      const wrong: object[] = [];
      await withSessionAt(url, async (session, { introspector }) => {
        const tracker = await introspector.track(session);
        let before = first;
        for (const { sql, finds } of SQLITE_CHANGES) {
          await runAt(url, sql.split(';\n'));
          const after = await introspector.snapshot(session);
          const found = await differing(before, after);
          if (found.join() !== finds.toSorted().join()) wrong.push({ sql, found, wanted: finds });
          await tracker.refresh();
          const missed = await differing(tracker.snapshot(), after);
          if (missed.length > 0) wrong.push({ sql, missedByTracker: missed });
          before = after;
        }
        expect(wrong).toEqual([]);
        await rebuilt(before);
      });
    });
  });

  it('is the same however it was written', async () => {
    await withProject('sqlite', async ({ url, root }) => {
      await runAt(url, EVERY_SQLITE_KIND);
      const other = `sqlite:${join(root, 'other.db')}`;
      await runAt(
        other,
        EVERY_SQLITE_KIND.map((sql) => (sql.startsWith('CREATE TABLE strict_one') ? TABLE_AGAIN : sql)),
      );
      expect(await differing(await snapshotAt(url), await snapshotAt(other))).toEqual([]);
    });
  });
});
