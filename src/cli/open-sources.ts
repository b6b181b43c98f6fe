import type { DiffSources } from '../commands/diff.ts';
import { composeSources, composeTools } from '../compose.ts';
import { processEnvironment, workingDirectory } from '../config/index.ts';
import type { LoadedConfig } from '../model/config.ts';
import { isSurefootError } from '../model/errors.ts';
import type { Progress } from '../ports/progress.ts';
import type { SharedFlags } from './flags.ts';
import { readConfig } from './open.ts';

interface SourcesRequest {
  readonly flags: SharedFlags;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Where `diff` finds its sides: in the configuration, where there is one, and by URL. */
export async function openSources({ flags, progress, signal }: SourcesRequest): Promise<DiffSources> {
  const tools = composeTools();
  const loaded = await readConfig(flags, undefined, tools).catch((error: unknown): LoadedConfig => {
    if (!isSurefootError(error) || error.code !== 'config-not-found') throw error;
    return { config: { databases: {} }, root: workingDirectory(), file: null };
  });
  const options = { environment: flags.env, env: processEnvironment(), progress, signal };
  return composeSources(loaded, tools, workingDirectory(), options);
}
