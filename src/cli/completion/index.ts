import { composeTools } from '../../compose.ts';
import { workingDirectory, loadConfig } from '../../config/index.ts';
import type { LoadedConfig } from '../../model/config.ts';
import { openTargets } from '../open.ts';
import { VERBS } from '../verbs/index.ts';
import { candidatesFor, type Candidate, type ProjectNames } from './candidates.ts';

/** Prints a candidate a line, its meaning behind a tab. A shell asks on every key: whatever is wrong, it says nothing. */
export async function printCandidates(typed: readonly string[], print: (line: string) => void): Promise<void> {
  const found = await quietly(() => candidatesFor(VERBS, typed, projectNames()), []);
  for (const { word, about } of found) print(`${word}\t${about}`);
}

function projectNames(): ProjectNames {
  return {
    databases: () => quietly(async () => Object.keys((await load()).config.databases), []),
    environments: () => quietly(async () => Object.keys((await load()).config.environments ?? {}), []),
    versions: (databases) => quietly(() => versions(databases), []),
  };
}

async function load(): Promise<LoadedConfig> {
  const tools = composeTools();
  return loadConfig({
    workingDirectory: workingDirectory(),
    exists: (path) => tools.files.exists(path),
    load: async (path) => tools.loader.load(path),
  });
}

async function versions(databases: readonly string[]): Promise<readonly Candidate[]> {
  const { loadSet } = await import('../../commands/parts/target.ts');
  const targets = await openTargets({
    flags: { database: databases, all: databases.length === 0, json: false, color: false, verbose: false },
    progress: { report: () => undefined },
    signal: new AbortController().signal,
  });
  return targets.flatMap((target) =>
    loadSet(target).migrations.map(({ version, slug }) => ({
      word: version.text,
      about: slug.replaceAll('_', ' '),
    })),
  );
}

async function quietly<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch {
    return otherwise;
  }
}
