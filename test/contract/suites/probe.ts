import { describe, expect, test } from 'vitest';
import type { Statement } from '../../../src/model/statement.ts';
import { withSession, type ContractEngine } from './contract-engine.ts';

export const statement = (text: string): Statement => ({
  text,
  file: 'migrations/x/001_x.sql',
  start: { line: 1, column: 1, offset: 0 },
  copyData: null,
});

export function describeProbe(engine: ContractEngine): void {
  describe('Probe', () => {
    test('owns up that the catalog tells nothing of VACUUM', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          const settlement = await database.probe.settle(session, statement('VACUUM'));
          expect(settlement).toEqual({ state: 'unknown', cleanup: [], evidence: expect.stringMatching(/\w{3}/u) });
        }),
      ));
  });
}
