import { expect } from 'vitest';
import { FAILS_WITH, readTruth, runOnce, withDatabaseIn, type Truth } from './fault-scene.ts';
import { startWireProxy, type Boundary } from './wire-proxy.ts';

/** A run over the plan in `root` that nothing happens to: what it leaves, and the messages it exchanged with the server. */
export async function undisturbed(
  root: string,
  major: number,
): Promise<{ readonly truth: Truth; readonly seen: readonly Boundary[] }> {
  const found: { truth: Truth | null; seen: readonly Boundary[] } = { truth: null, seen: [] };
  await withDatabaseIn(root, major, async (direct, target, through) => {
    const proxy = await startWireProxy(target);
    proxy.arm(null);
    expect(await runOnce(through(proxy.port))).toBe(FAILS_WITH);
    found.seen = proxy.seen;
    await proxy.close();
    found.truth = await readTruth(direct);
  });
  if (found.truth === null) throw new Error('the undisturbed run left nothing');
  return { truth: found.truth, seen: found.seen };
}
