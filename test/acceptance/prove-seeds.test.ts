import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkProofs, prove, type Config } from '../../src/index.ts';
import { SEEDS, type Seed } from '../support/seeds.ts';
import { MAJORS } from '../support/servers.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

interface Committed {
  readonly versions: Readonly<
    Record<string, { readonly result: string; readonly servers: Readonly<Record<string, string>> }>
  >;
}

/** The files of a seed, with a copy of its verify folder: a proof is written there. */
async function withCopy(
  seed: Seed,
  work: (config: Config, root: string, committed: Committed) => Promise<void>,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), `surefoot-prove-${seed.name}-`));
  try {
    symlinkSync(join(PROJECT, 'samples'), join(root, 'samples'));
    cpSync(join(PROJECT, 'verify', seed.name), join(root, 'verify'), { recursive: true });
    const url =
      seed.engine === 'sqlite' ? `sqlite:${join(root, 'seed.db')}` : `embedded:${seed.name.replaceAll('-', '_')}`;
    const config: Config = {
      databases: {
        [seed.name]: {
          url,
          migrations: join(PROJECT, 'migrations', seed.name),
          rollbacks: join(PROJECT, 'rollbacks', seed.name),
          verify: join(root, 'verify'),
        },
      },
    };
    const committed = JSON.parse(readFileSync(join(root, 'verify', 'proofs.json'), 'utf8')) as Committed;
    await work(config, root, committed);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe.each(SEEDS)('the proofs of $name', (seed) => {
  const servers = seed.engine === 'sqlite' ? ['3'] : MAJORS.map(String);

  it('are those of the files, on every server version', async () => {
    await withCopy(seed, async (config, root) => {
      const majors = seed.engine === 'sqlite' ? undefined : MAJORS;
      const [checked] = (await checkProofs(config, { root, majors })).databases;
      expect(
        Object.values(checked?.versions ?? {}).flatMap(({ name, reason }) =>
          reason === null ? [] : [`${name}: ${reason}`],
        ),
      ).toEqual([]);
      expect(Object.keys(checked?.versions ?? {}).length).toBeGreaterThan(4);
    });
  });

  // Version by version of the server, so that a machine with two cores can do both at once.
  it.each(servers)('come out again on version %s', { timeout: 600_000 }, async (server) => {
    await withCopy(seed, async (config, root, committed) => {
      const majors = seed.engine === 'sqlite' ? undefined : [Number(server)];
      const [result] = (await prove(config, { root, every: true, majors })).databases;
      const found = Object.entries(result?.versions ?? {}).map(([version, proof]) => [
        version,
        proof.servers[server],
        proof.differences,
      ]);
      const expected = Object.entries(committed.versions).map(([version, proof]) => [
        version,
        proof.servers[server],
        [],
      ]);
      expect(found).toEqual(expected);
    });
  });
});
