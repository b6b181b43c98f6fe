import { describe, expect, it } from 'vitest';
import type { ObjectId } from '../../src/model/snapshot.ts';
import { withTestDatabase } from '../support/postgres.ts';
import { runAt, withSessionAt } from '../support/schema.ts';

const START = [
  'CREATE TABLE parent (id integer PRIMARY KEY, name text)',
  'CREATE TABLE child (id serial PRIMARY KEY, parent integer REFERENCES parent (id), n integer CHECK (n > 0))',
  'CREATE INDEX child_n ON child (n)',
  'CREATE VIEW seen AS SELECT id, name FROM parent',
  "COMMENT ON COLUMN parent.name IS 'a name'",
  'CREATE SCHEMA aside',
  'CREATE TABLE aside.one (id integer PRIMARY KEY)',
  "CREATE TYPE aside.mood AS ENUM ('good', 'bad')",
  'CREATE TABLE aside.two (mood aside.mood)',
];

/** What one transaction does; each leaves the schema as the next one finds it. */
const TRANSACTIONS: readonly (readonly [what: string, ...statements: string[]])[] = [
  ['rows alone', "INSERT INTO parent VALUES (1, 'x')"],
  ['what a savepoint takes back', 'SAVEPOINT a', 'ALTER TABLE child ADD COLUMN x text', 'ROLLBACK TO SAVEPOINT a'],
  ['what comes and goes', 'CREATE TABLE brief (id serial PRIMARY KEY, t text)', 'DROP TABLE brief'],
  ['what goes and comes again', 'DROP VIEW seen', 'CREATE VIEW seen AS SELECT name, id FROM parent'],
  ['an old table among new ones', 'CREATE TABLE fresh (t text)', 'ALTER TABLE child ADD COLUMN y integer'],
  ['another name of what a view shows', 'ALTER TABLE parent RENAME COLUMN name TO title'],
  ['a grant, for which nothing is locked', 'GRANT SELECT ON parent TO PUBLIC'],
  ['a grant beside a new table', 'CREATE TABLE late (t text)', 'GRANT INSERT ON fresh TO PUBLIC'],
  ['a comment that goes', 'COMMENT ON COLUMN parent.title IS NULL'],
  ['a catalog written by hand', "UPDATE pg_constraint SET conname = 'by_hand' WHERE conname = 'child_n_check'"],
  ['a row deleted by hand', "DELETE FROM pg_constraint WHERE conname = 'by_hand'"],
  ['a value of an enum', "ALTER TYPE aside.mood ADD VALUE 'fair'"],
  [
    'a default that a function takes along',
    'CREATE FUNCTION one() RETURNS integer LANGUAGE sql RETURN 1',
    'ALTER TABLE child ALTER n SET DEFAULT one()',
  ],
  ['the function, with the default', 'DROP FUNCTION one() CASCADE'],
  ['a type of another key', 'ALTER TABLE child ALTER COLUMN parent TYPE bigint'],
  ['prepared statements forgotten', 'DEALLOCATE ALL', 'CREATE TABLE after_all (id integer)'],
  ['counting put off', 'SET LOCAL track_counts = off', 'ALTER TABLE fresh ADD COLUMN unseen integer'],
  ['a schema with all that is in it', 'DROP SCHEMA aside CASCADE'],
];

describe.each([15, 18])('what a session writes on PostgreSQL %i', (major) => {
  it('tells a tracker where to look, as well as looking everywhere does', async () => {
    await withTestDatabase(
      async (url) => {
        await runAt(url, START);
        await withSessionAt(url, async (session, { introspector, watchWrites }) => {
          const watched = watchWrites(session);
          const sent: string[] = [];
          const tracker = await introspector.track({
            ...session,
            batch: async (commands, options) => {
              sent.push(...commands.map(({ text }) => text));
              return session.batch(commands, options);
            },
          });
          const follow = async (what: string): Promise<readonly ObjectId[]> => {
            sent.length = 0;
            const changes = await tracker.refresh(watched.take());
            const { objects } = await introspector.snapshot(session);
            expect(tracker.snapshot().objects, what).toEqual(objects);
            return changes.map(({ id }) => id);
          };
          const searches = (): number => sent.filter((text) => text.includes('SELECT DISTINCT 0::bigint')).length;
          await watched.session.batch([{ text: 'BEGIN' }, { text: 'COMMIT' }]);
          await follow('nothing');
          for (const [what, ...statements] of TRANSACTIONS) {
            const outcomes = await watched.session.batch(['BEGIN', ...statements, 'COMMIT'].map((text) => ({ text })));
            expect(
              outcomes.every(({ status }) => status === 'done'),
              what,
            ).toBe(true);
            await follow(what);
            if (what === 'rows alone') expect(sent).toEqual([]);
            expect(searches(), what).toBe(what === 'counting put off' || what.startsWith('a schema') ? 1 : 0);
          }
          await watched.session.batch([{ text: 'CREATE INDEX CONCURRENTLY outside ON child (y)' }]);
          expect(await follow('outside a transaction')).toEqual(['index public.outside']);
          expect(searches()).toBe(1);
        });
      },
      { major },
    );
  });
});
