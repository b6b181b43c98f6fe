import { describe, expect, it } from 'vitest';
import { migrate, plan, rollback } from '../../src/index.ts';
import { rejection, withProject } from '../support/project.ts';

describe('hazards', () => {
  it('are named in the plan from the statements, with their lines', async () => {
    await withProject('postgres', async (project) => {
      project.migration(
        '001_a',
        'CREATE TABLE a (id integer, note text);\nCREATE INDEX a_note ON a (note);',
        'DROP TABLE a;',
      );
      project.migration(
        '002_b',
        '\nALTER TABLE a ADD COLUMN more text;\nDELETE FROM a;\nALTER TABLE a DROP COLUMN note;',
        'ALTER TABLE a DROP COLUMN more; ALTER TABLE a ADD COLUMN note text;',
      );
      project.migration(
        '003_c',
        '-- @transaction none\n-- @irreversible no way back\nCREATE INDEX CONCURRENTLY a_id ON a (id);',
        null,
      );
      const [made] = (await plan(project.config, project.options)).databases;
      const named = made?.steps.map((step) =>
        step.hazards.filter((each) => each.hazard !== 'unproven').map((each) => `${each.hazard} ${String(each.line)}`),
      );
      expect(named?.[0]).toEqual([]);
      expect(named?.[1]).toContain('drops-data 3');
      expect(named?.[1]).toContain('drops-data 4');
      expect(named?.[1]).toContain('locks-existing-table 2');
      expect(named?.[2]).toContain('not-transactional null');
      expect(named?.[2]).toContain('irreversible null');
      expect(made?.steps.every((step) => step.hazards.some((each) => each.hazard === 'unproven'))).toBe(true);
    });
  });

  it('stop a run where the environment refuses them, unless allowed by name or in the file', async () => {
    await withProject('sqlite', async (project) => {
      const config = { ...project.config, environments: { production: { refuseHazards: ['drops-data'] as const } } };
      const options = { ...project.options, environment: 'production' };
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      project.migration('002_b', 'DELETE FROM a;', 'SELECT 1;');
      const error = await rejection(migrate(config, options));
      expect([error.code, error.exitCode]).toEqual(['hazard', 4]);
      expect(error.message).toContain('migrations/002_b.sql:1: drops-data');
      expect(error.hint).toContain('--allow drops-data');
      await migrate(config, { ...options, allowHazards: ['drops-data'] });
      expect((await rejection(rollback(config, { ...options, to: '0' }))).code).toBe('hazard');
      project.write('rollbacks/001_a.sql', '-- @allow drops-data it was empty before\nDROP TABLE a;');
      await rollback(config, { ...options, to: '0' });
    });
  });

  it('policies of an environment hold: verification and time-outs', async () => {
    await withProject('postgres', async (project) => {
      const config = {
        ...project.config,
        environments: { production: { requireVerification: true, lockTimeout: '2s', statementTimeout: '200ms' } },
      };
      const options = { ...project.options, environment: 'production' };
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      expect((await rejection(migrate(config, options))).code).toBe('verification-required');
      project.write('verify/001_a.sql', '-- @check the time-outs are on\n-- @expect value = 2s\nSHOW lock_timeout;');
      await migrate(config, options);
      project.migration(
        '002_slow',
        'SELECT pg_sleep(5);',
        'SELECT 1;',
        '-- @check one\n-- @expect value = 1\nSELECT 1;',
      );
      const slow = await rejection(migrate(config, options));
      expect(slow.code).toBe('statement-timeout');
      expect(slow.message).toContain('Nothing was changed');
      project.write('migrations/002_slow.sql', '-- @statement-timeout 1min\nSELECT pg_sleep(0.4);');
      await migrate(config, options);
    });
  });

  it('a statement time-out is refused where the engine has none', async () => {
    await withProject('sqlite', async (project) => {
      project.migration('001_a', '-- @statement-timeout 1s\nCREATE TABLE a (id integer);', 'DROP TABLE a;');
      expect((await rejection(migrate(project.config, project.options))).code).toBe('engine-unsupported');
    });
  });
});
