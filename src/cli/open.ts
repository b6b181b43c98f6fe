import { resolve } from 'node:path';
import type { CommandTarget } from '../commands/parts/target.ts';
import { compose, composeTools, composeTracing, tuneProcess, unknownDatabase } from '../compose.ts';
import { loadConfig, loadEnvFile, processEnvironment, workingDirectory } from '../config/index.ts';
import type { LoadedConfig } from '../model/config.ts';
import { parseDuration } from '../model/duration.ts';
import { SurefootError } from '../model/errors.ts';
import { HAZARDS, type HazardName } from '../model/plan.ts';
import type { Progress } from '../ports/progress.ts';
import type { DatabaseFlags, RunFlags, SharedFlags } from './flags.ts';

export interface OpenRequest {
  readonly flags: DatabaseFlags & Partial<RunFlags>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** The databases a command line names, wired and ready. */
export async function openTargets({ flags, progress, signal }: OpenRequest): Promise<readonly CommandTarget[]> {
  tuneProcess();
  const tools = composeTools();
  const names = flags.database ?? [];
  const loaded = await readConfig(flags, names[0], tools);
  const chosen = chooseNames(loaded, names, flags.all);
  if (flags.directUrl !== undefined && chosen.length > 1) throw oneDirectUrl(chosen);
  const allowHazards = (flags.allow ?? []).flatMap((name): HazardName[] => HAZARDS.filter((hazard) => hazard === name));
  warnOfConfig(loaded, chosen[0] ?? '', tools, progress);
  const targets: CommandTarget[] = [];
  for (const name of chosen) {
    targets.push(
      await compose(loaded, name, tools, {
        environment: flags.env,
        directUrl: flags.directUrl,
        lockWaitMs: lockWait(flags.lockWait),
        allowHazards,
        env: processEnvironment(),
        progress,
        signal,
      }),
    );
  }
  return targets;
}

function oneDirectUrl(names: readonly string[]): SurefootError {
  return new SurefootError({
    code: 'usage',
    message: `--direct-url is for one database, and ${String(names.length)} are named: ${names.join(', ')}`,
    hint: 'Name one database, or write directUrl for each in the configuration.',
  });
}

/** `progress`, told as spans too where the environment asks for that. */
export async function openTracing(progress: Progress): ReturnType<typeof composeTracing> {
  return composeTracing(processEnvironment(), progress);
}

/** Once, however many databases are named. */
function warnOfConfig(
  { file }: LoadedConfig,
  database: string,
  { files }: ReturnType<typeof composeTools>,
  progress: Progress,
): void {
  if (file === null || !files.writableByAll(file)) return;
  progress.report({
    type: 'message',
    database,
    level: 'warn',
    text: `${file} can be written by every user of this machine, and what it says is run; chmod o-w it`,
  });
}

export async function readConfig(
  flags: SharedFlags,
  name: string | undefined,
  tools: ReturnType<typeof composeTools>,
): Promise<LoadedConfig> {
  if (flags.envFile !== undefined) loadEnvFile(resolve(workingDirectory(), flags.envFile));
  return loadConfig({
    workingDirectory: workingDirectory(),
    file: flags.config,
    url: flags.url,
    name,
    exists: (path) => tools.files.exists(path),
    load: async (path) => tools.loader.load(path),
  });
}

function chooseNames({ config }: LoadedConfig, asked: readonly string[], all: boolean | undefined): readonly string[] {
  const known = Object.keys(config.databases);
  for (const name of asked) if (!known.includes(name)) throw unknownDatabase(name, known);
  if (asked.length > 0) return asked;
  if (all === true || known.length === 1) return known;
  throw new SurefootError({
    code: 'database-not-named',
    message: `several databases are configured: ${known.join(', ')}`,
    hint: all === undefined ? 'Name one of them.' : 'Name one or more of them, or pass --all.',
    context: { databases: known },
  });
}

function lockWait(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms === null)
    throw new SurefootError({
      code: 'usage',
      message: `--lock-wait ${text} is not a duration`,
      hint: 'Write it like 30s, 500ms or 2min.',
    });
  return ms;
}
