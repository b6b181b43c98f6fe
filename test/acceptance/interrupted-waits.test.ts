import { describe, expect, it } from 'vitest';
import { migrate, status, type ProgressEvent } from '../../src/index.ts';
import { connectTo } from '../support/postgres.ts';
import { ENGINES, rejection, withProject } from '../support/project.ts';

const live = { lockTimeout: '100ms', lockQueueTime: '10s' };

describe.each(ENGINES)('a signal of the library on %s', (engine) => {
  it('that was given before ends the run with an error of ours, and nothing is changed', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      const error = await rejection(migrate(project.config, { ...project.options, signal: AbortSignal.abort() }));
      expect([error.code, error.exitCode]).toEqual(['interrupted', 130]);
      expect((await status(project.config, project.options)).databases[0]?.migrations[0]?.state).toBe('pending');
    });
  });
});

describe('a signal of the library that comes while a run waits', () => {
  it('for the embedded server: its start ends', async () => {
    await withProject('sqlite', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      const config = { databases: { main: { url: 'embedded:main' } } };
      for (const signal of [AbortSignal.abort(), AbortSignal.timeout(60)]) {
        const error = await rejection(migrate(config, { ...project.options, signal }));
        expect(error.code).toBe('interrupted');
      }
    });
  });

  it.each(['step-retried', 'step-waiting'] as const)('for locks (%s)', async (event) => {
    await withProject('postgres', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      project.migration('002_b', 'ALTER TABLE a ADD COLUMN b integer;', 'ALTER TABLE a DROP COLUMN b;');
      await migrate(project.config, { ...project.options, to: '001' });
      const sql = connectTo(project.url);
      const reader = await sql.reserve();
      try {
        await reader.unsafe('BEGIN; SELECT * FROM a');
        const stop = new AbortController();
        const onEvent = ({ type }: ProgressEvent): void => {
          if (type === event) stop.abort();
        };
        const config = { ...project.config, environments: { live } };
        const started = migrate(config, { ...project.options, environment: 'live', signal: stop.signal, onEvent });
        const error = await rejection(started);
        expect(error.code).toBe('interrupted');
        expect(error.message).toMatch(/002_b .*Nothing was changed/su);
      } finally {
        await reader.unsafe('ROLLBACK');
        reader.release();
        await sql.end();
      }
      await migrate(project.config, project.options);
    });
  });

  it('for the run lock', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_a', 'SELECT pg_sleep(1.5);', 'SELECT 1;');
      const first = { run: Promise.resolve<unknown>(null) };
      await new Promise<void>((begun) => {
        first.run = migrate(project.config, {
          ...project.options,
          onEvent: ({ type }) => (type === 'step-started' ? begun() : undefined),
        });
      });
      const stop = new AbortController();
      const onEvent = ({ type }: ProgressEvent): void => {
        if (type === 'lock-waiting') stop.abort();
      };
      const error = await rejection(migrate(project.config, { ...project.options, signal: stop.signal, onEvent }));
      expect([error.code, error.message]).toEqual([
        'interrupted',
        'interrupted while waiting for the run lock of main; nothing was changed',
      ]);
      await first.run;
    });
  });
});
