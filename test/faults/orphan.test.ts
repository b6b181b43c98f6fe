import { describe, expect, it } from 'vitest';
import { log, status } from '../../src/index.ts';
import { startOwnServer } from '../support/own-server.ts';
import { startCli } from '../support/kill-cli.ts';
import { projectIn, withProject } from '../support/project.ts';
import { withRoot } from '../support/fault-scene.ts';

const SLOW = 'CREATE TABLE slow (id integer);\nSELECT pg_sleep(300);';

async function until<T>(look: () => Promise<T | null | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error('waited for too long');
}

describe('a command line that was killed in mid-statement', () => {
  it('shows in status who holds the lock; its server process ends by itself, and the next run goes on', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_slow', SLOW, 'DROP TABLE slow;');
      const cli = startCli(project.root, ['migrate']);
      const lock = await until(async () => {
        const found = (await status(project.config, project.options)).databases[0]?.lock;
        return found?.command === 'migrate' ? found : null;
      });
      expect(lock).toMatchObject({ pid: cli.child.pid, orphan: false, command: 'migrate' });
      expect(lock.backend).toBeGreaterThan(0);
      expect(lock.ageMs).toBeGreaterThanOrEqual(0);
      const shown = await project.run('status');
      expect(shown.out).toMatch(
        new RegExp(
          `locked by migrate [\\da-f]{8} of .+ on .+, pid ${String(cli.child.pid)}, server process ${String(lock.backend)}, for `,
          'u',
        ),
      );
      cli.child.kill('SIGKILL');
      await cli.ended;
      project.migration('001_slow', 'CREATE TABLE slow (id integer);', 'DROP TABLE slow;');
      const next = await project.run('migrate');
      expect(next.err).not.toContain('error');
      expect(next.code).toBe(0);
      const runs = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(runs?.chain).toMatchObject({ intact: true });
      expect(runs?.runs.map((run) => run.outcome)).toEqual(['interrupted', 'succeeded']);
      expect((await status(project.config, project.options)).databases[0]?.lock).toBeNull();
    });
  });

  it('on a server that does not look after its clients is ended by the next run, which says so', async () => {
    const server = await startOwnServer(15);
    try {
      await withRoot(async (root) => {
        // As on a system where the server can not notice: the session itself switches it off.
        const url = server.url;
        const project = projectIn(root, 'postgres', url);
        project.migration('001_slow', `SET client_connection_check_interval = 0;\n${SLOW}`, 'DROP TABLE slow;');
        const cli = startCli(root, ['migrate']);
        await until(async () => {
          const rows = await server.query(
            "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(300)%' AND state = 'active' AND pid <> pg_backend_pid()",
          );
          return rows[0];
        });
        cli.child.kill('SIGKILL');
        await cli.ended;
        const seen = await project.run('status');
        expect(seen.out).toContain('its process is gone, the next run ends its session');
        project.migration('001_slow', 'CREATE TABLE slow (id integer);', 'DROP TABLE slow;');
        const next = await project.run('migrate');
        expect(next.err).toMatch(
          /ended the session of migrate [\da-f]{8} .*: its process is gone, and the server was still at work for it/u,
        );
        expect(next.code).toBe(0);
      });
    } finally {
      await server.close();
    }
  });
});
