import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
const run = promisify(execFile);

/** The code blocks of the README whose first line says exactly this. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gmu)].flatMap(([, info, code]) =>
    info === language && code !== undefined ? [code] : [],
  );
}

/** An empty folder in which this checkout is installed. */
async function stranger(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'surefoot-stranger-'));
  try {
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    symlinkSync(PROJECT, join(folder, 'node_modules/surefoot'));
    symlinkSync(join(PROJECT, 'dist/bin.js'), join(folder, 'node_modules/.bin/surefoot'));
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the README', () => {
  it('does what its first section says, typed line by line', async () => {
    await stranger(async (folder) => {
      const script = blocks('sh')
        .join('\n')
        .replace(/^npm install surefoot$/mu, '');
      const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
        cwd: folder,
        env: { ...process.env, NO_COLOR: '1' },
      });
      expect(stdout).toContain('applied 1 migration');
      expect(stdout).toContain('exit code 1');
      expect(stdout).toContain('2 proven in');
      expect(stdout).toContain('2 checks: 2 passed, 0 failed');
      expect(stdout).toContain('rolled back 1 migration');
      expect(stdout).toMatch(/the chain of \d+ entries holds/u);
    });
  });

  it('has a library example that runs', async () => {
    await stranger(async (folder) => {
      const example = blocks('ts').find((code) => code.includes('await migrate('));
      expect(example).toBeDefined();
      writeFileSync(join(folder, 'app.ts'), example ?? '');
      for (const kind of ['migrations', 'rollbacks']) mkdirSync(join(folder, kind));
      writeFileSync(join(folder, 'migrations/001_a.sql'), 'CREATE TABLE a (id integer);');
      writeFileSync(join(folder, 'rollbacks/001_a.sql'), 'DROP TABLE a;');
      const { stdout } = await run(
        process.execPath,
        ['--import', join(PROJECT, 'node_modules/jiti/lib/jiti-register.mjs'), 'app.ts'],
        { cwd: folder },
      );
      expect(stdout).toContain('run-started');
      expect(stdout).toContain("[ '001_a absent' ]");
    });
  });

  it('has a TypeScript migration that runs', async () => {
    await stranger(async (folder) => {
      const example = blocks('ts').find((code) => code.includes('defineMigration('));
      for (const kind of ['migrations', 'rollbacks', 'data']) mkdirSync(join(folder, kind));
      writeFileSync(join(folder, 'migrations/001_prices.ts'), example ?? '');
      writeFileSync(join(folder, 'rollbacks/001_prices.sql'), 'DROP TABLE prices;');
      writeFileSync(join(folder, 'data/prices.csv'), 'sku,cents\nA-1,100\nA-2,-5\n');
      const { stdout, stderr } = await run(
        process.execPath,
        [join(PROJECT, 'dist/bin.js'), 'migrate', '--url', 'sqlite:shop.db'],
        { cwd: folder },
      );
      expect(stdout).toContain('applied 1 migration');
      expect(stderr).toContain('2 prices');
    });
  });

  it('names only files that exist', () => {
    const { existsSync } = process.getBuiltinModule('node:fs');
    const missing = [...readme.matchAll(/\]\(([^)#]+)\)/gu)].flatMap(([, path = '']) =>
      existsSync(join(PROJECT, path)) ? [] : [path],
    );
    expect(missing).toEqual([]);
  });

  it('names for each promise a test that exists', () => {
    const { existsSync } = process.getBuiltinModule('node:fs');
    const section = /^## What surefoot promises$([\s\S]*?)^## /mu.exec(readme)?.[1] ?? '';
    const [, , ...promises] = section.split('\n').filter((line) => line.startsWith('|'));
    expect(promises.length).toBeGreaterThan(5);
    for (const promise of promises) {
      if (promise.includes('| the same file')) continue;
      const tests = [...promise.matchAll(/\]\((test\/[^)]+\.test\.ts)\)/gu)].map(([, path = '']) => path);
      expect([promise, tests.length > 0, tests.filter((path) => !existsSync(join(PROJECT, path)))]).toEqual([
        promise,
        true,
        [],
      ]);
    }
  });

  it('and the generated pages are up to date', async () => {
    await run(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: PROJECT });
  });
});
