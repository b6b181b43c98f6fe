import { join } from 'node:path';
import { fillSample } from '../domain/samples/index.ts';
import { withSession } from '../domain/run/index.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';

export interface SampleInput {
  /** Rows wanted over all tables together. */
  readonly rows?: number | undefined;
  /** The same seed gives the same rows. */
  readonly seed?: number | undefined;
}

export interface SampleResult {
  readonly name: string;
  readonly rows: number;
  readonly seed: number;
  readonly durationMs: number;
}

/** Loads the project's sample data into a database at the schema version the sample is made for. */
export async function sample(target: CommandTarget, input: SampleInput): Promise<SampleResult> {
  const { rows = 2_000, seed = 1 } = input;
  const start = target.clock.monotonic();
  return withSession(target, false, async (session) => {
    const filled = await fillSample(runParts(target, loadSet(target), 'sample'), session, {
      folder: join(target.folders.root, 'samples'),
      rows,
      seed,
    });
    return { name: target.database.name, rows: filled.rows, seed, durationMs: target.clock.monotonic() - start };
  });
}
