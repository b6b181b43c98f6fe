import { describe, expect, it } from 'vitest';
import { everyDefinition } from '../support/kinds/definitions.ts';
import { withTestDatabase } from '../support/postgres.ts';
import { databaseAt, rebuiltAt, runAt, snapshotAt, withSessionAt } from '../support/schema.ts';
import { unlikeWorded } from '../support/worded.ts';

describe.each([15, 18])('definitions of indexes and constraints on PostgreSQL %i', (major) => {
  it('are as the server words them, to the letter, in every form', async () => {
    await withTestDatabase(
      async (url) => {
        await runAt(url, everyDefinition(major));
        const snapshot = await snapshotAt(url);
        const { count, unlike } = await unlikeWorded(url, snapshot);
        expect(unlike).toEqual([]);
        expect(count).toBeGreaterThan(100);
        await withTestDatabase(
          async (other) => expect((await rebuiltAt(other, snapshot)).objects).toEqual(snapshot.objects),
          { major },
        );
      },
      { major },
    );
  });

  it('are so where a key points into a schema that is left out, and in an open transaction', async () => {
    await withTestDatabase(
      async (url) => {
        await runAt(url, everyDefinition(major));
        await withSessionAt(url, async (session) => {
          await session.batch([{ text: 'BEGIN' }, { text: 'CREATE INDEX inside ON ranked (v DESC)' }]);
          const snapshot = await databaseAt(url).introspector.snapshot(session, { ignoreSchemas: ['Odd "s"'] });
          await session.batch([{ text: 'COMMIT' }]);
          expect(snapshot.objects.map(({ id }) => id)).toContain('index public.inside');
          expect(snapshot.objects.filter(({ schema }) => schema === 'Odd "s"')).toEqual([]);
          const { count, unlike } = await unlikeWorded(url, snapshot);
          expect(unlike).toEqual([]);
          expect(count).toBeGreaterThan(100);
        });
      },
      { major },
    );
  });
});
