import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffSnapshots, hashSnapshot } from '../../src/domain/schema/index.ts';
import { migrate } from '../../src/index.ts';
import { withTestDatabase } from '../support/postgres.ts';
import { rebuiltAt, snapshotAt } from '../support/schema.ts';
import { unlikeWorded } from '../support/worded.ts';
import { SEEDS, withSeed, type Seed } from '../support/seeds.ts';

const RUNS = SEEDS.flatMap((seed): (Seed & { readonly major: number | undefined })[] =>
  (seed.engine === 'sqlite' ? [undefined] : [15, 18]).map((major) => ({ ...seed, major })),
);

describe.each(RUNS)('$name ($engine $major)', (seed) => {
  it('rendered as SQL and run on an empty database gives the same snapshot', async () => {
    await withSeed(seed, seed.major, async ({ config, options }) => {
      await migrate(config, options);
      const made = config.databases[seed.name]?.url ?? '';
      const snapshot = await snapshotAt(made);
      expect(snapshot.objects.length).toBeGreaterThan(100);
      if (seed.engine === 'postgres') expect((await unlikeWorded(made, snapshot)).unlike).toEqual([]);
      const compare = async (url: string): Promise<void> => {
        const again = await rebuiltAt(url, snapshot);
        const { differences } = await diffSnapshots(snapshot, again);
        expect(differences.map(({ object, kind, diff }) => `${kind} ${object}\n${diff}`)).toEqual([]);
        expect(again.objects).toEqual(snapshot.objects);
        expect(hashSnapshot(again)).toBe(hashSnapshot(snapshot));
      };
      if (seed.engine === 'sqlite') await compare(`sqlite:${join(options.root, 'again.db')}`);
      else await withTestDatabase(compare, seed.major === undefined ? {} : { major: seed.major });
    });
  });
});
