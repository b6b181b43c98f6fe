import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCHEMAS } from '../../scripts/schemas.mjs';
import { metrics, migrate } from '../../src/index.ts';
import { readExposition } from '../support/prometheus.ts';
import { ENGINES, usersAndAddresses, withProject } from '../support/project.ts';

describe.each(ENGINES)('metrics on %s', (engine) => {
  it('count what the journal tells, in a file that is written whole', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, { ...project.options, step: 1 });
      const { code } = await project.run('metrics', '--out', 'node/surefoot.prom');
      expect(code).toBe(0);
      expect(readdirSync(join(project.root, 'node'))).toEqual(['surefoot.prom']);
      const read = readExposition(readFileSync(join(project.root, 'node/surefoot.prom'), 'utf8'), 'prometheus');
      const values = Object.fromEntries(
        read.flatMap(({ samples }) =>
          samples.map(({ name, labels, value }) => [`${name} ${Object.values(labels).slice(1).join(' ')}`, value]),
        ),
      );
      expect(values).toMatchObject({
        'surefoot_pending_migrations ': 1,
        'surefoot_migrations applied': 1,
        'surefoot_runs_total migrate succeeded': 1,
        'surefoot_runs_total migrate failed': 0,
        'surefoot_checks_total passed': 1,
        'surefoot_step_duration_seconds_count up': 1,
      });
      const open = await project.run('metrics', '--format', 'openmetrics');
      expect(readExposition(open.out, 'openmetrics').length).toBeGreaterThan(8);
      const told = await metrics(project.config, { ...project.options, drift: true });
      expect(told.families.find(({ name }) => name === 'surefoot_drift_differences')?.samples[0]?.value).toBe(0);
      const json = SCHEMAS['metrics']?.safeParse(JSON.parse((await project.run('metrics', '--json')).out));
      expect(json?.success === true ? [] : json?.error.issues).toEqual([]);
    });
  });
});

describe('metrics', () => {
  it('tell of a database that can not be read, and go on with the others', async () => {
    await withProject('sqlite', async (project) => {
      usersAndAddresses(project);
      project.write(
        'surefoot.config.ts',
        `export default { databases: { main: { url: ${JSON.stringify(project.url)}, migrations: 'migrations', rollbacks: 'rollbacks', verify: 'verify' }, gone: { url: 'postgres://nobody:s3cret@127.0.0.1:1/none', migrations: 'migrations', rollbacks: 'rollbacks', verify: 'verify' } } };\n`,
      );
      const { code, out, err } = await project.run('metrics', '--all');
      expect(code).toBe(3);
      expect(err).toContain('warning: gone: ');
      expect(out + err).not.toContain('s3cret');
      const up = readExposition(out, 'prometheus').find(({ name }) => name === 'surefoot_up');
      expect(up?.samples.map(({ labels, value }) => [labels['database'], value])).toEqual([
        ['main', 0],
        ['gone', 0],
      ]);
    });
  });
});
