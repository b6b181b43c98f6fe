import { describe, expect, test } from 'vitest';
import { must, statuses, withSession, type ContractEngine } from './contract-engine.ts';

const LEFT_BEHIND = [
  'CREATE TEMPORARY TABLE parent (id integer PRIMARY KEY)',
  'CREATE TEMPORARY TABLE child (id integer REFERENCES parent)',
  'CREATE INDEX child_id ON child (id)',
  'CREATE TEMPORARY VIEW both_ids AS SELECT parent.id FROM parent JOIN child ON child.id = parent.id',
  'INSERT INTO parent VALUES (1)',
  'INSERT INTO child VALUES (1)',
];

export function describeTemporary(engine: ContractEngine): void {
  describe('Session.dropTemporary', () => {
    test('drops tables that refer to each other, and views of them, and nothing else', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          await must(session, 'CREATE TABLE parent (id integer PRIMARY KEY)');
          await must(session, 'INSERT INTO parent VALUES (7)');
          const made = await session.batch(LEFT_BEHIND.map((text) => ({ text })));
          expect(statuses(made)).toEqual(LEFT_BEHIND.map(() => 'done'));
          const commands = [
            ...database.dialect.begin({ lockMs: null, statementMs: null }).map((text) => ({ text })),
            ...session.dropTemporary(),
            { text: database.dialect.commit },
          ];
          expect(new Set(statuses(await session.batch(commands)))).toEqual(new Set(['done']));
          expect(await session.query('SELECT id FROM parent')).toEqual([{ id: 7 }]);
          expect(statuses(await session.batch(LEFT_BEHIND.slice(0, 4).map((text) => ({ text }))))).toEqual(
            LEFT_BEHIND.slice(0, 4).map(() => 'done'),
          );
        }),
      ));
  });
}
