import { afterAll, describe, expect, it } from 'vitest';
import {
  FAILS_WITH,
  LARGE,
  runOnce,
  settle,
  withDatabaseIn,
  withRoot,
  writeFaultPlan,
  type Truth,
} from '../support/fault-scene.ts';
import { createKillMatrix } from '../support/kill-matrix.ts';
import { projectIn } from '../support/project.ts';
import { MAJORS } from '../support/servers.ts';
import { placesOf } from '../support/wire-places.ts';
import { undisturbed } from '../support/undisturbed.ts';
import { startWireProxy, type Boundary, type Fault } from '../support/wire-proxy.ts';

/** `SUREFOOT_FAULTS_ONLY=<words>` tries only the places that have them in their name. */
const ONLY = process.env['SUREFOOT_FAULTS_ONLY'] ?? '';
const matrix = createKillMatrix();
afterAll(() => matrix.print('A line that is cut, PostgreSQL'));

describe.each(LARGE ? [...MAJORS] : [MAJORS[1]])('a line cut at each message, on PostgreSQL %i', (major) => {
  it('leaves nothing lost and nothing done twice', { timeout: 3_600_000 }, async () => {
    await withRoot(async (one) => {
      await withRoot(async (other) => {
        for (const root of [one, other])
          writeFaultPlan(projectIn(root, 'postgres', 'postgres://nobody@nowhere/nothing'));
        const { truth, seen } = await undisturbed(one, major);
        const places = placesOf(seen);
        const faults = faultsFor(seen, places).toReversed();
        const lane = async (root: string): Promise<void> => {
          for (let fault = faults.pop(); fault !== undefined; fault = faults.pop())
            await strike(root, major, fault, places(fault.side, fault.index), truth);
        };
        await Promise.all([lane(one), lane(other)]);
      });
    });
  });
});

async function strike(root: string, major: number, fault: Fault, place: string, truth: Truth): Promise<void> {
  await withDatabaseIn(root, major, async (direct, target, through) => {
    const proxy = await startWireProxy(target);
    try {
      proxy.arm(fault);
      const first = await runOnce(through(proxy.port));
      expect(proxy.struck || first === FAILS_WITH).toBe(true);
      matrix.add(place, `${fault.side} message, cut ${fault.when} it`, await settle(direct, truth, first));
    } catch (error) {
      // Names the boundary, so that it can be tried alone.
      throw new Error(`${fault.side} ${String(fault.index)} ${fault.when} (${place})`, { cause: error });
    } finally {
      await proxy.close();
    }
  });
}

function faultsFor(seen: readonly Boundary[], places: ReturnType<typeof placesOf>): readonly Fault[] {
  return seen.flatMap(({ side, index, type }): Fault[] => {
    const cut = (when: Fault['when']): Fault => ({ side, index, when, act: 'cut' });
    const place = places(side, index);
    if (LARGE && place.includes(ONLY)) return [cut('before'), cut('after')];
    if (!place.includes(ONLY)) return [];
    // What the client acts on is that a query is done; the rest of an answer is as good as one of its messages.
    if (side === 'backend') return type === 'Z' && index % 5 === 0 ? [cut('before')] : [];
    if (place.endsWith('COMMIT') || place.includes('CONCURRENTLY')) return [cut('before'), cut('after')];
    if (place.startsWith('making') && index % 8 !== 0) return [];
    return place.startsWith('004') && index % 2 === 0 ? [] : [cut(index % 4 < 2 ? 'after' : 'before')];
  });
}
