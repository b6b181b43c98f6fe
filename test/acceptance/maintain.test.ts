import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { log, maintain, migrate, status, type Config } from '../../src/index.ts';
import { withTestDatabase } from '../support/postgres.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** A database whose due jobs are rows of a table; the statement runs each once. */
function withJobs(project: Project, statement: string): Config {
  const { main } = project.config.databases;
  if (main === undefined) throw new Error('the project has no database');
  const config: Config = { databases: { main: { ...main, maintenance: statement } } };
  project.write('surefoot.config.ts', `export default ${JSON.stringify(config)};\n`);
  return config;
}

describe.each(ENGINES)('maintain on %s', (engine) => {
  it('runs what is due, tells of each job, and keeps it in the journal', async () => {
    await withProject(engine, async (project) => {
      project.migration(
        '001_jobs',
        "CREATE TABLE jobs (job text, outcome text, detail text);\nINSERT INTO jobs VALUES ('sweep', 'succeeded', NULL), ('purge', 'failed', 'no space');\n",
        'DROP TABLE jobs;\n',
      );
      const config = withJobs(project, 'DELETE FROM jobs RETURNING job, outcome, detail');
      await migrate(config, project.options);
      const told = await project.run('maintain');
      expect(told.code).toBe(1);
      expect(told.out).toContain('purge  failed');
      expect(told.out).toContain('2 jobs: 1 succeeded, 1 failed');
      expect((await project.run('maintain')).out).toContain('nothing is due');
      const runs = (await log(config, project.options)).databases[0]?.runs.filter((run) => run.command === 'maintain');
      expect(runs?.map((run) => run.entries.flatMap((entry) => entry.notes))).toEqual([
        ['sweep: succeeded', 'purge: failed: no space'],
      ]);
    });
  });

  it('changes nothing when the statement fails, and says what is missing', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_jobs', 'CREATE TABLE jobs (job text);\n', 'DROP TABLE jobs;\n');
      await migrate(project.config, project.options);
      expect(await rejection(maintain(project.config, project.options))).toMatchObject({
        code: 'maintenance-absent',
        exitCode: 2,
      });
      const wrong = withJobs(project, 'SELECT job FROM absent');
      expect(await rejection(maintain(wrong, project.options))).toMatchObject({ exitCode: 3 });
      const shapeless = withJobs(project, 'SELECT job AS other FROM jobs');
      expect(await rejection(maintain(shapeless, project.options))).toMatchObject({ code: 'maintenance-shape' });
    });
  });
});

it('serves the jobs of MES on a server without pg_cron, and status tells the way each extension was taken', async () => {
  await withTestDatabase(async (url, sql) => {
    const folders = Object.fromEntries(
      ['migrations', 'rollbacks', 'verify'].map((kind) => [kind, join(PROJECT, kind, 'mes')]),
    );
    const [, maintenance] =
      /maintenance: '([^']+)'/u.exec(readFileSync(join(PROJECT, 'surefoot.config.ts'), 'utf8')) ?? [];
    if (maintenance === undefined) throw new Error('the configuration of MES names no maintenance');
    const config: Config = { databases: { mes: { url, ...folders, maintenance } } };
    await migrate(config, { root: PROJECT, to: '2025_11_09_130500' });
    expect((await maintain(config, { root: PROJECT })).databases[0]).toMatchObject({ jobs: [], failed: 0 });
    await sql`UPDATE maintenance_jobs SET next_run_at = now() - interval '1 minute'`;
    await sql`SELECT cron.schedule('broken', '* * * * *', 'SELECT 1 / 0')`;
    await sql`UPDATE maintenance_jobs SET next_run_at = now() WHERE jobname = 'broken'`;
    expect((await maintain(config, { root: PROJECT })).databases[0]?.jobs).toEqual([
      { job: 'mes-purge-queue-archive', outcome: 'succeeded', detail: null },
      { job: 'mes-make-partitions', outcome: 'succeeded', detail: null },
      { job: 'broken', outcome: 'failed', detail: 'division by zero (22012)' },
    ]);
    const [told] = (await status(config, { root: PROJECT })).databases;
    const notes = told?.migrations.flatMap((each) => each.notes) ?? [];
    expect(notes).toHaveLength(5);
    for (const name of ['pgmq', 'pg_search', 'pg_cron', 'timescaledb', 'pg_duckdb'])
      expect(notes).toContain(`${name}: native (the server does not offer it)`);
  });
});
