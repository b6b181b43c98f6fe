import { describe, expect, it } from 'vitest';
import { differences } from '../../scripts/fingerprint.mjs';
import { migrate, rollback, sample, verify } from '../../src/index.ts';
import { withSeed, type Seed } from '../support/seeds.ts';

const SEEDS: readonly Seed[] = [
  { name: 'clierp', engine: 'postgres', before: '001' },
  { name: 'clierp-sqlite', engine: 'sqlite', before: '007' },
];
const RUNS = SEEDS.flatMap((seed): (Seed & { readonly major: number | undefined })[] =>
  (seed.engine === 'sqlite' ? [undefined] : [15, 18]).map((major) => ({ ...seed, major })),
);

describe.each(RUNS)('$name ($engine $major)', (seed) => {
  it('goes up and down step by step on an empty database, each rollback restoring what was there', async () => {
    await withSeed(seed, seed.major, async ({ config, options, fingerprint }) => {
      await migrate(config, { ...options, step: 1 });
      await rollback(config, options);
      const snapshots: [string, Map<string, string>][] = [['0', await fingerprint()]];
      for (;;) {
        const [result] = (await migrate(config, { ...options, step: 1 })).databases;
        const step = result?.steps[0];
        if (step === undefined) break;
        snapshots.push([step.version, await fingerprint()]);
      }
      expect(snapshots.length).toBeGreaterThan(3);
      snapshots.pop();
      for (const [version, before] of snapshots.reverse()) {
        await rollback(config, { ...options, to: version });
        expect([version, differences(before, await fingerprint())]).toEqual([version, []]);
      }
    });
  });

  it('goes up and down step by step on sample data, losing nothing, and up again', async () => {
    await withSeed(seed, seed.major, async ({ config, options, fingerprint }) => {
      await migrate(config, { ...options, to: seed.before });
      const [filled] = (await sample(config, { ...options, rows: 3_000 })).databases;
      expect(filled?.rows).toBeGreaterThan(2_000);
      const snapshots: [string, Map<string, string>][] = [[seed.before, await fingerprint()]];
      for (;;) {
        const [result] = (await migrate(config, { ...options, step: 1 })).databases;
        const step = result?.steps[0];
        if (step === undefined) break;
        snapshots.push([step.version, await fingerprint()]);
      }
      snapshots.pop();
      for (const [version, before] of snapshots.reverse()) {
        await rollback(config, { ...options, to: version });
        expect([version, differences(before, await fingerprint())]).toEqual([version, []]);
      }
      await migrate(config, options);
      const [verified] = (await verify(config, options)).databases;
      expect([verified?.failed, verified?.absent]).toEqual([0, []]);
    });
  });
});
