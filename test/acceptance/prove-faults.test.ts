import { describe, expect, it } from 'vitest';
import { migrate, proveCommutes, rehearseFaults, type RehearseResult } from '../../src/index.ts';
import { SCHEMAS } from '../../scripts/schemas.mjs';
import { ENGINES, rejection, usersAndAddresses, withProject, type Project } from '../support/project.ts';

async function rehearsed(project: Project, input: object = {}): Promise<RehearseResult> {
  const [result] = (await rehearseFaults(project.config, { ...project.options, ...input })).databases;
  if (result === undefined) throw new Error('no result');
  return result;
}

describe.each(ENGINES)('prove --faults on %s', (engine) => {
  it('meets every fault at every boundary, and ends as before or as after', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const { rehearsals, findings } = await rehearsed(project, { from: '002' });
      // Two statements and the commit, three faults each, in both directions.
      expect(rehearsals).toHaveLength(18);
      expect(rehearsals.flatMap(({ findings: found }) => found)).toEqual([]);
      expect(findings).toBe(0);
      expect(new Set(rehearsals.map(({ end, rows }) => `${end} ${String(rows)}`))).toEqual(new Set(['after true']));
      for (const { left, statement, error, fault, met } of rehearsals) {
        expect([left, error === null]).toEqual(met ? ['before', false] : ['after', true]);
        if (statement !== null && fault === 'abort') expect(error).toBe('interrupted');
        if (met && fault === 'lock time-out') expect(error).toBe(engine === 'postgres' ? 'lock-unavailable' : 'busy');
      }
      // The first statement of each direction takes all there is to wait for; SQLite waits for readers as it commits.
      const met = rehearsals.filter(({ fault }) => fault === 'lock time-out').map((each) => each.met);
      expect(met).toEqual(
        engine === 'postgres' ? [true, false, false, true, false, false] : Array.from({ length: 6 }, () => true),
      );
    });
  });

  it('finds a third state: a step outside a transaction that can not be run again', async () => {
    await withProject(engine, async (project) => {
      project.migration(
        '001_a',
        'CREATE TABLE a (id integer PRIMARY KEY, n integer NOT NULL);\nINSERT INTO a VALUES (1, 1);\n',
        'DROP TABLE a;\n',
      );
      project.write(
        'migrations/002_twice.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ transaction: 'none', run: async ({ sql }) => { await sql`UPDATE a SET n = n * 2`; } });\n",
      );
      project.write(
        'rollbacks/002_twice.ts',
        "import { defineRollback } from 'surefoot';\nexport default defineRollback({ run: async ({ sql }) => { await sql`UPDATE a SET n = n / 2`; } });\n",
      );
      const { rehearsals, findings } = await rehearsed(project, { from: '002' });
      const thirds = rehearsals.filter(({ end }) => end === 'third');
      expect(thirds.length).toBeGreaterThan(0);
      expect(findings).toBe(thirds.length);
      expect(thirds.every(({ direction }) => direction === 'up')).toBe(true);
      expect(thirds[0]?.findings.join()).toContain('rows of ');
      if (engine === 'postgres') return;
      const printed = await project.run('prove', '--faults', '--from', '002', '--json');
      expect(printed.code).toBe(1);
      expect(SCHEMAS['prove-faults']?.safeParse(JSON.parse(printed.out)).error).toBeUndefined();
    });
  });
});

describe.each(ENGINES)('prove --commutes on %s', (engine) => {
  const base = (project: Project): void => {
    project.migration(
      '001_base',
      'CREATE TABLE a (id integer PRIMARY KEY, n integer);\nCREATE TABLE b (id integer PRIMARY KEY);\n',
      'DROP TABLE b; DROP TABLE a;\n',
    );
    project.migration('003_index', 'CREATE INDEX a_n ON a (n);\n', 'DROP INDEX a_n;\n');
    project.migration('004_numbers', 'UPDATE a SET n = 7;\n', '-- @allow unproven it is made up\nSELECT 1;\n');
  };

  it('lets a late migration pass whose order does not matter, and records why', async () => {
    await withProject(engine, async (project) => {
      base(project);
      await migrate(project.config, project.options);
      project.migration('002_late', 'ALTER TABLE b ADD COLUMN x integer;\n', 'ALTER TABLE b DROP COLUMN x;\n');
      expect((await rejection(migrate(project.config, project.options))).code).toBe('out-of-order');
      const [proven] = (await proveCommutes(project.config, project.options)).databases;
      expect(proven?.pairs).toEqual([
        { pending: '002_late', applied: '003_index', differences: [] },
        { pending: '002_late', applied: '004_numbers', differences: [] },
      ]);
      const [run] = (await migrate(project.config, project.options)).databases;
      expect(run?.steps.map(({ version }) => version)).toEqual(['002']);
    });
  });

  it('names the pair and the object where the order matters, and the refusal stands', async () => {
    await withProject(engine, async (project) => {
      base(project);
      await migrate(project.config, project.options);
      project.migration('002_late', 'UPDATE a SET n = coalesce(n, 0) + 1;\n', 'UPDATE a SET n = n - 1;\n');
      const [proven] = (await proveCommutes(project.config, project.options)).databases;
      expect(proven?.findings).toBe(1);
      const bad = proven?.pairs.find(({ differences }) => differences.length > 0);
      expect(bad?.applied).toBe('004_numbers');
      expect(bad?.differences.join()).toMatch(/rows of (?:public\.)?a$/u);
      expect((await rejection(migrate(project.config, project.options))).code).toBe('out-of-order');
      if (engine === 'postgres') return;
      const printed = await project.run('prove', '--commutes', '--json');
      expect(printed.code).toBe(1);
      expect(SCHEMAS['prove-commutes']?.safeParse(JSON.parse(printed.out)).error).toBeUndefined();
    });
  });
});
