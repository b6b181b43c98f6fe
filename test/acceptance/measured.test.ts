import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { log, migrate, report, rollback, type JournalEntry } from '../../src/index.ts';
import { ENGINES, usersAndAddresses, withProject, type Project } from '../support/project.ts';

async function entriesOf(project: Project): Promise<readonly JournalEntry[]> {
  const { databases } = await log(project.config, project.options);
  return databases[0]?.runs.flatMap(({ entries }) => entries) ?? [];
}

const FILL =
  'CREATE TABLE items (id integer PRIMARY KEY, name text);\n' +
  "INSERT INTO items (id, name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, 'item' FROM n;\n";

describe.each(ENGINES)('what a run does on %s', (engine) => {
  it('to rows, statement by statement, and to the size of the database is in the journal and in the report', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_items', FILL, 'DELETE FROM items WHERE id > 10;\nDROP TABLE items;\n');
      project.migration(
        '002_tidy',
        "-- @transaction none\nUPDATE items SET name = 'even' WHERE id % 2 = 0;\n\nDELETE FROM items\nWHERE id > 2990;\n",
        'SELECT id FROM items;\n',
      );
      project.write(
        'migrations/003_code.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ async run({ sql }) { await sql`DELETE FROM items WHERE id = 1`; } });\n",
      );
      project.write('rollbacks/003_code.sql', '-- the row stays away\nSELECT id FROM items;\n');
      await migrate(project.config, project.options);
      await rollback(project.config, { ...project.options, to: '0' });
      const entries = await entriesOf(project);
      const steps = entries.filter(({ event }) => event === 'step');
      expect(steps.map(({ version, direction, rows }) => [version, direction, rows])).toEqual([
        ['001', 'up', [{ line: 2, kind: 'INSERT', table: 'items', rows: 3000 }]],
        [
          '002',
          'up',
          [
            { line: 2, kind: 'UPDATE', table: 'items', rows: 1500 },
            { line: 4, kind: 'DELETE', table: 'items', rows: 10 },
          ],
        ],
        ['003', 'up', undefined],
        ['003', 'down', undefined],
        ['002', 'down', undefined],
        ['001', 'down', [{ line: 1, kind: 'DELETE', table: 'items', rows: 2980 }]],
      ]);
      const [up] = entries.filter(({ event }) => event === 'run-finished');
      expect(up?.size?.after).toBeGreaterThan((up?.size?.before ?? 0) + 30_000);

      await migrate(project.config, { ...project.options, to: '001' });
      const { databases } = await report(project.config, { ...project.options, shadow: true });
      const [told] = databases;
      const section = told?.sections.find(({ id }) => id === 'rows');
      const table = section?.blocks[0];
      expect(table?.kind === 'table' ? table.rows.map((row) => row.slice(2, 6)) : []).toEqual([
        ['migrate', 3000, 0, 0],
        ['rollback', 0, 0, 2980],
        ['migrate', 3000, 1500, 10],
      ]);
      const parts = told?.migrations.find(({ version }) => version === '001')?.parts ?? [];
      expect(JSON.stringify(parts)).toContain('Rows it changed');
      // What was counted where it ran is told in place of what an empty shadow shows.
      expect(JSON.stringify(parts)).not.toContain('Rows it writes by itself');
      const later = told?.migrations.find(({ version }) => version === '003')?.parts ?? [];
      expect(JSON.stringify(later)).toContain('Rows it writes by itself');
    });
  });
});

describe.each(ENGINES)('a report on %s', (engine) => {
  it('to rows is added up where statements are many', async () => {
    await withProject(engine, async (project) => {
      const inserts = Array.from({ length: 150 }, (_, id) => `INSERT INTO items VALUES (${String(id)});`);
      project.migration(
        '001_dump',
        ['CREATE TABLE items (id integer);', ...inserts, 'UPDATE items SET id = id + 1;'].join('\n'),
        'DROP TABLE items;',
      );
      await migrate(project.config, project.options);
      expect((await entriesOf(project)).find(({ event }) => event === 'step')?.rows).toEqual([
        { line: 2, kind: 'INSERT', table: 'items', rows: 150 },
        { line: 152, kind: 'UPDATE', table: 'items', rows: 150 },
      ]);
    });
  });

  it('walks only what no earlier one walked, and all of it from an edited migration on', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      const file = join(project.root, '.surefoot/walked/main.json');
      const details = async (): Promise<Record<string, string>> => {
        const { databases } = await report(project.config, { ...project.options, shadow: true });
        return Object.fromEntries(
          databases[0]?.migrations.map(({ version, parts }) => [version, JSON.stringify(parts)]) ?? [],
        );
      };
      const first = await details();
      expect(first['002']).toContain('users_address');
      // Whoever reads this has it from the file.
      const mark = (): void => {
        const text = (readFileSync(file, 'utf8').split('\n')[1] ?? '').replaceAll(/"diff":"/gu, '"diff":"KEPT');
        writeFileSync(file, `${createHash('sha256').update(text).digest('hex')}\n${text}\n`);
      };
      mark();
      const second = await details();
      expect([second['001']?.includes('KEPT'), second['002']?.includes('KEPT')]).toEqual([true, true]);
      project.migration('003_more', 'CREATE TABLE more (id integer PRIMARY KEY);\n', 'DROP TABLE more;\n');
      const third = await details();
      expect([third['001']?.includes('KEPT'), third['003']?.includes('CREATE TABLE')]).toEqual([true, true]);
      mark();
      project.migration(
        '002_address',
        'ALTER TABLE users ADD COLUMN town text;\n',
        'ALTER TABLE users DROP COLUMN town;\n',
      );
      const fourth = await details();
      expect(Object.entries(fourth).map(([version, text]) => [version, text.includes('KEPT')])).toEqual([
        ['001', true],
        ['002', false],
        ['003', false],
      ]);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"diff":', '"gone":'));
      const fifth = await details();
      expect([fifth['001']?.includes('KEPT'), fifth['002']?.includes('town')]).toEqual([false, true]);
    });
  });
});
