import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stopServer } from '../../src/adapters/embedded-postgres/index.ts';
import { log, status } from '../../src/index.ts';
import { projectIn, usersAndAddresses, withProject } from '../support/project.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops the running statement, aborts, gives the lock back and exits %i', async (signal, code) => {
    await withProject('postgres', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      project.migration('002_slow', 'CREATE TABLE b (id integer);\nSELECT pg_sleep(100);', 'DROP TABLE b;');
      const child = spawn(process.execPath, [join(PROJECT, 'dist/bin.js'), 'migrate'], {
        cwd: project.root,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output: Buffer[] = [];
      child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
      const ended = once(child, 'exit');
      await waitUntil(
        async () =>
          (
            await project.query(
              "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%' AND pid <> pg_backend_pid()",
            )
          ).length > 0,
      );
      child.kill(signal);
      expect((await ended)[0]).toBe(code);
      expect(Buffer.concat(output).toString()).toContain('interrupted');
      expect(
        (await status(project.config, project.options)).databases[0]?.migrations.map((each) => each.state),
      ).toEqual(['applied', 'pending']);
      expect((await log(project.config, { ...project.options, check: true })).databases[0]?.chain).toMatchObject({
        intact: true,
      });
      project.write('migrations/002_slow.sql', 'CREATE TABLE b (id integer);');
      expect((await project.run('migrate', '--lock-wait', '0')).code).toBe(0);
    });
  });
});

describe('the embedded server behind a command', () => {
  it('lets a command substitution return, and serves the next command', async () => {
    const root = mkdtempSync(join(tmpdir(), 'surefoot-embedded-'));
    try {
      symlinkSync(join(PROJECT, 'node_modules'), join(root, 'node_modules'));
      const project = projectIn(root, 'postgres', 'embedded:main');
      usersAndAddresses(project);
      const child = spawn(
        'bash',
        ['-c', `x=$(node ${join(PROJECT, 'dist/bin.js')} migrate --json) && echo "got \${#x}"`],
        { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
      });
      expect((await once(child, 'close'))[0]).toBe(0);
      expect(out).toMatch(/^got [1-9]\d+/u);
      expect((await project.run('status', '--check')).code).toBe(0);
    } finally {
      await stopServer(join(root, '.surefoot'));
      rmSync(root, { recursive: true, force: true });
    }
  });
});

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await condition()) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error('waited for too long');
}
