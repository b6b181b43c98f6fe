import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate, type Config } from '../../src/index.ts';
import { SCHEMAS } from '../../scripts/schemas.mjs';
import { ENGINES, rejection, withProject } from '../support/project.ts';
import { proofsOf, results } from '../support/proofs.ts';

describe.each(ENGINES)('what a proof covers on %s', (engine) => {
  const qualified = (name: string): string => (engine === 'postgres' ? `table public.${name}` : `table ${name}`);

  it('marks what was proven without rows; production is warned, or refuses where it wants rows', async () => {
    await withProject(engine, async (project) => {
      project.migration(
        '001_odd',
        'CREATE TABLE odd (a integer NOT NULL, b integer NOT NULL, CHECK (a = b * 1009 AND b > 31 AND b * b = 1024 * 1024));\nCREATE TABLE even (a integer PRIMARY KEY);\n',
        'DROP TABLE even;\nDROP TABLE odd;\n',
      );
      project.migration('002_alter', 'ALTER TABLE odd ADD COLUMN c text;\n', 'ALTER TABLE odd DROP COLUMN c;\n');
      project.migration('003_write', 'UPDATE odd SET c = 1;\n', 'UPDATE odd SET c = NULL;\n');
      project.migration('004_even', 'ALTER TABLE even ADD COLUMN c text;\n', 'ALTER TABLE even DROP COLUMN c;\n');
      const found = await proofsOf(project);
      expect(results(found)).toEqual({ '001': 'proven', '002': 'proven', '003': 'proven', '004': 'proven' });
      expect(found.unfilled.map(({ table }) => table)).toEqual([qualified('odd')]);
      const file = JSON.parse(readFileSync(join(project.root, 'verify', 'proofs.json'), 'utf8'));
      expect(SCHEMAS['proofs']?.safeParse(file).error).toBeUndefined();
      const marks = Object.entries<{ withoutRows?: unknown }>(file.versions).map(([version, each]) => [
        version,
        each.withoutRows,
      ]);
      const mark = { tables: [qualified('odd')], reason: null };
      expect(Object.fromEntries(marks)).toEqual({ '001': undefined, '002': mark, '003': mark, '004': undefined });
      const checked = await project.run('prove', '--check');
      expect(checked.code).toBe(0);
      expect(checked.out).toContain(`002_alter  proven without rows in ${qualified('odd')}`);
      const environments = { strict: { requireProof: true, requireRows: true }, usual: { requireProof: true } };
      const config: Config = { ...project.config, environments };
      const refused = await rejection(migrate(config, { ...project.options, environment: 'strict' }));
      expect([refused.code, refused.exitCode]).toEqual(['proof-missing', 4]);
      expect(refused.message).toContain(`002_alter: its rollback was proven without rows in ${qualified('odd')}`);
      expect(refused.message).not.toContain('004_even');
      const warnings: string[] = [];
      const onEvent = (event: { readonly type: string; readonly text?: unknown }): void => {
        if (event.type === 'message') warnings.push(String(event.text));
      };
      await migrate(config, { ...project.options, environment: 'usual', onEvent });
      expect(warnings.filter((text) => text.includes('without rows'))).toHaveLength(2);
    });
  });

  it('marks a migration that takes no rows at all with the reason', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer PRIMARY KEY, x text);\n', 'DROP TABLE a;\n');
      project.migration(
        '002_empty',
        'UPDATE a SET x = x;\n',
        'SELECT 1;\n',
        '-- @check nobody is there\n-- @when step\n-- @expect rows = 0\nSELECT id FROM a;\n',
      );
      const found = await proofsOf(project);
      expect(found.versions['002']?.result).toBe('proven');
      expect(found.versions['002']?.withoutRows).toEqual({
        tables: [qualified('a')],
        reason: expect.stringContaining('nobody is there'),
      });
    });
  });

  it('reports where counters stand apart from what differs', async () => {
    await withProject(engine, async (project) => {
      const key = engine === 'postgres' ? 'bigint GENERATED ALWAYS AS IDENTITY' : 'integer';
      const primary = engine === 'postgres' ? 'PRIMARY KEY' : 'PRIMARY KEY AUTOINCREMENT';
      project.migration(
        '001_a',
        `CREATE TABLE a (id ${key} ${primary}, x text);\nCREATE TABLE b (id ${key} ${primary});\n`,
        'DROP TABLE b;\nDROP TABLE a;\n',
      );
      project.migration('002_rows', "INSERT INTO a (x) VALUES ('new');\n", "DELETE FROM a WHERE x = 'new';\n");
      project.migration('003_none', 'CREATE INDEX a_x ON a (x);\n', 'DROP INDEX a_x;\n');
      const found = await proofsOf(project);
      expect(results(found)).toEqual({ '001': 'proven', '002': 'proven', '003': 'proven' });
      const object = engine === 'postgres' ? 'sequence public.a_id_seq' : 'table a';
      expect(found.versions['002']?.positions).toEqual([{ object, before: '3', after: '4' }]);
      expect([found.versions['001']?.positions, found.versions['003']?.positions]).toEqual([[], []]);
      const shown = await project.run('prove', '--all');
      expect(shown.out.replaceAll(/\s+/gu, ' ')).toContain(`which is no difference: ${object} 3 → 4`);
    });
  });
});
