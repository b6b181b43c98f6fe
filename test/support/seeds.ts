import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, type Config } from '../../src/index.ts';
import { fingerprint } from '../../scripts/fingerprint.mjs';
import { withTestDatabase } from './postgres.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** One of the systems this repository carries. `before` is the last version of the schema its change begins with. */
export interface Seed {
  readonly name: string;
  readonly engine: 'sqlite' | 'postgres';
  readonly before: string;
}

export const SEEDS: readonly Seed[] = [
  { name: 'caps', engine: 'sqlite', before: '007' },
  { name: 'crm', engine: 'postgres', before: '001' },
  { name: 'abparts', engine: 'postgres', before: '001' },
  { name: 'clierp-sqlite', engine: 'sqlite', before: '007' },
  { name: 'clierp', engine: 'postgres', before: '001' },
  { name: 'mes', engine: 'postgres', before: '2025_11_08_090000' },
];

export interface SeedProject {
  readonly config: Config;
  readonly options: { readonly root: string; readonly database: string };
  fingerprint(): Promise<Map<string, string>>;
}

/** Lends a fresh database with the files of a seed set. */
export async function withSeed(
  seed: Seed,
  major: number | undefined,
  work: (project: SeedProject) => Promise<void>,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), `surefoot-${seed.name}-`));
  symlinkSync(join(PROJECT, 'samples'), join(root, 'samples'));
  const folder = (kind: string): string => join(PROJECT, kind, seed.name);
  const lend = async (url: string): Promise<void> => {
    const config: Config = {
      databases: {
        [seed.name]: {
          url,
          migrations: folder('migrations'),
          rollbacks: folder('rollbacks'),
          verify: folder('verify'),
        },
      },
    };
    const options = { root, database: seed.name };
    await work({
      config,
      options,
      fingerprint: async () => inspect(config, options, async (sql) => fingerprint(seed.engine, sql)),
    });
  };
  try {
    if (seed.engine === 'sqlite') await lend(`sqlite:${join(root, 'seed.db')}`);
    else await withTestDatabase(lend, major === undefined ? {} : { major });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
