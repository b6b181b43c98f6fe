import { join } from 'node:path';
import type { Progress } from '../../ports/progress.ts';
import type { RunSettings } from './session/locked-run.ts';

interface OfRun {
  readonly stateFolder: string;
  readonly progress: Progress;
  readonly settings: RunSettings;
}

const SILENT: Progress = { report: () => undefined };

/**
 * What holds on a shadow: policies of the environment are about the real database, and what a shadow did is not what
 * the database did, so its journal stays apart and nobody is told of it.
 */
export function forShadow<T extends OfRun>(parts: T): T {
  return {
    ...parts,
    stateFolder: join(parts.stateFolder, 'shadow'),
    progress: SILENT,
    settings: { ...parts.settings, refuseHazards: [], requireProof: false },
  };
}
