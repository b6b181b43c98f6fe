import type { RunParts } from '../run/index.ts';
import { fillSample, sampleVersion } from '../samples/index.ts';
import type { Load } from './walk-state.ts';

/** Enough for every table of a sample to have some, few enough to be digested in no time. */
const SAMPLE_ROWS = 600;

/** The sample data of the set, at the version it is made for; null where the set has none. */
export async function sampleLoad(parts: RunParts, folder: string): Promise<Load | null> {
  const at = await sampleVersion(parts, folder);
  if (at === null) return null;
  return {
    at: BigInt(at.replaceAll('_', '')),
    label: 'the sample data',
    load: async (runner) => {
      await fillSample({ ...parts, database: runner.shadow, progress: runner.context.progress }, runner.session, {
        folder,
        rows: SAMPLE_ROWS,
        seed: 1,
      });
    },
  };
}
