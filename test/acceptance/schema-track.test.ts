import { describe, expect, it } from 'vitest';
import { migrate, rollback } from '../../src/index.ts';
import { withSessionAt } from '../support/schema.ts';
import { SEEDS, withSeed } from '../support/seeds.ts';

const RUNS = SEEDS.filter(({ name }) => name !== 'mes' && name !== 'clierp').map((seed) => ({
  ...seed,
  major: seed.engine === 'sqlite' ? undefined : seed.name === 'crm' ? 18 : 15,
}));

describe.each(RUNS)('$name ($engine $major)', (seed) => {
  it('looks only at what changed, and sees the same as who reads everything, step by step up and down', async () => {
    await withSeed(seed, seed.major, async ({ config, options }) => {
      await migrate(config, { ...options, step: 1 });
      await withSessionAt(config.databases[seed.name]?.url ?? '', async (session, { introspector }) => {
        const tracker = await introspector.track(session);
        const look = async (): Promise<number> => {
          const before = new Map(tracker.objects);
          const changes = await tracker.refresh();
          const whole = await introspector.snapshot(session);
          expect(tracker.snapshot().objects).toEqual(whole.objects);
          const now = new Map(whole.objects.map((object) => [object.id, object]));
          const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
            (id) => before.get(id)?.definition !== now.get(id)?.definition,
          );
          expect(changes.map(({ id }) => id)).toEqual(expect.arrayContaining(changed));
          expect(await tracker.refresh()).toEqual([]);
          return changes.length;
        };
        let steps = 0;
        let changed = 0;
        for (; ; steps++) {
          const [result] = (await migrate(config, { ...options, step: 1 })).databases;
          if (result?.steps.length === 0) break;
          changed += await look();
        }
        expect(changed).toBeGreaterThan(10);
        expect(steps).toBeGreaterThan(1);
        for (; steps > 0; steps--) {
          await rollback(config, { ...options, step: 1 });
          await look();
        }
      });
    });
  });
});
