import type { RunParts } from '../run/index.ts';
import { findSamples, loadSample, orderOf } from '../samples/index.ts';
import type { Load } from './walk-state.ts';

/** Enough for every table of a sample to have some, few enough to be digested in no time. */
const SAMPLE_ROWS = 600;

/** The sample data of the set, each file at the version it is made for. */
export async function sampleLoads(parts: RunParts, folder: string): Promise<readonly Load[]> {
  const samples = await findSamples(parts, folder);
  return samples.flatMap(({ at, file }): Load[] =>
    at === null
      ? []
      : [
          {
            at: orderOf(at),
            load: async (runner) => {
              const shadow = { ...parts, database: runner.shadow, progress: runner.context.progress };
              await loadSample(shadow, runner.session, file, { rows: SAMPLE_ROWS, seed: 1 });
            },
          },
        ],
  );
}
