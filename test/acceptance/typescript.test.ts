import { describe, expect, it } from 'vitest';
import { log, migrate, rollback, status, type ProgressEvent } from '../../src/index.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';

const MIGRATION = `
import { defineMigration } from 'surefoot';
import { PRICES } from './shared/prices.ts';
interface Item { readonly id: number; readonly name: string }
export default defineMigration({
  description: 'Items from a file',
  async run({ sql, copyFromCsv, copyRows, progress, log, signal }): Promise<void> {
    await sql.script('CREATE TABLE items (id integer PRIMARY KEY, name text, note text); CREATE TABLE prices (id integer, cents integer);');
    const count = await copyFromCsv('items', '../data/items.csv');
    log.info(\`\${count} items\`);
    const rows = await sql\`SELECT id, name FROM \${sql.id('items')} WHERE name = \${"O'Brien; DROP TABLE items"}\`;
    if (rows.length !== 1) throw new Error('the quoted name was not found');
    await copyRows('prices', ['id', 'cents'], PRICES.map((cents, id) => [id, cents]));
    progress({ done: count, total: count, unit: 'items' });
    if (signal.aborted) throw new Error('aborted');
  },
});
`;
const ROLLBACK = `
import { defineRollback } from 'surefoot';
export default defineRollback({ async run({ sql }) { await sql.script('DROP TABLE items; DROP TABLE prices;'); } });
`;

function items(project: Project): void {
  project.write('migrations/001_items.ts', MIGRATION);
  project.write('migrations/shared/prices.ts', 'export const PRICES: readonly number[] = [100, 200, 300];\n');
  project.write('rollbacks/001_items.ts', ROLLBACK);
  project.write(
    'data/items.csv',
    'id,name,note\n1,Ana,\n2,"O\'Brien; DROP TABLE items",""\n3,"two\nlines","say ""hi"""\n',
  );
}

describe.each(ENGINES)('TypeScript migrations on %s', (engine) => {
  it('run in the transaction of their step, stream CSV and tell of progress', async () => {
    await withProject(engine, async (project) => {
      items(project);
      const events: ProgressEvent[] = [];
      await migrate(project.config, { ...project.options, onEvent: (event) => events.push(event) });
      expect(await project.query('SELECT id, name, note FROM items ORDER BY id')).toEqual([
        { id: 1, name: 'Ana', note: null },
        { id: 2, name: "O'Brien; DROP TABLE items", note: '' },
        { id: 3, name: 'two\nlines', note: 'say "hi"' },
      ]);
      expect(await project.query('SELECT sum(cents) AS total FROM prices')).toEqual([{ total: 600 }]);
      expect(events).toContainEqual({
        type: 'progress',
        database: 'main',
        name: '001_items',
        done: 3,
        total: 3,
        unit: 'items',
      });
      const runs = (await log(project.config, project.options)).databases[0]?.runs;
      expect(runs?.[0]?.entries.flatMap((entry) => entry.notes)).toContain('3 items');
    });
  });

  it('are modified when a file they import is', async () => {
    await withProject(engine, async (project) => {
      items(project);
      await migrate(project.config, project.options);
      project.write('migrations/shared/prices.ts', 'export const PRICES: readonly number[] = [1];\n');
      expect((await status(project.config, project.options)).databases[0]?.migrations[0]?.state).toBe('modified');
    });
  });

  it('copy rows whole or not at all, also outside a transaction', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_prices', 'CREATE TABLE prices (id integer PRIMARY KEY);', 'DROP TABLE prices;');
      project.write(
        'migrations/002_many.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ transaction: 'none', async run({ copyRows }) {\n  await copyRows('prices', ['id'], Array.from({ length: 1000 }, (_, id) => [id === 999 ? 0 : id]));\n} });\n",
      );
      project.write('rollbacks/002_many.sql', 'DELETE FROM prices;');
      expect((await rejection(migrate(project.config, project.options))).message).toContain('prices');
      expect(await project.query('SELECT count(*) AS n FROM prices')).toEqual([{ n: 0 }]);
    });
  });

  it('roll back from the history when the files are gone', async () => {
    await withProject(engine, async (project) => {
      items(project);
      await migrate(project.config, project.options);
      project.remove('migrations/001_items.ts');
      project.remove('rollbacks/001_items.ts');
      await rollback(project.config, project.options);
      expect((await status(project.config, project.options)).databases[0]?.migrations).toEqual([]);
    });
  });

  it('need their file for a rollback with imports of its own', async () => {
    await withProject(engine, async (project) => {
      items(project);
      project.write(
        'rollbacks/001_items.ts',
        ROLLBACK.replace(
          'export default',
          "import { basename } from 'node:path';\nexport const name = basename('x');\nexport default",
        ),
      );
      await migrate(project.config, project.options);
      project.remove('migrations/001_items.ts');
      project.remove('rollbacks/001_items.ts');
      expect((await rejection(rollback(project.config, project.options))).code).toBe('rollback-needs-file');
    });
  });

  it('abort when they throw, naming their own line', async () => {
    await withProject(engine, async (project) => {
      items(project);
      project.write(
        'migrations/001_items.ts',
        MIGRATION.replace('if (signal.aborted) throw', 'if (!signal.aborted) throw'),
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('step-failed');
      expect(error.message).toMatch(/migrations\/001_items\.ts:15:\d+: aborted/u);
      expect(error.message).toContain('Nothing was changed');
      await expect(project.query('SELECT * FROM items')).rejects.toThrow('items');
    });
  });

  it.each([
    ['transaction-statement', "await sql.query('/* done */ COMMIT')"],
    ['transaction-statement', "await sql.query('; COMMIT')"],
    ['transaction-statement', "await sql.query('SELECT 1; COMMIT; SELECT 2')"],
    ['transaction-statement', "await sql.script('SELECT 1; COMMIT;')"],
    ['transaction-statement', 'await sql`SELECT 1; -- and\nEND`'],
    ['several-statements', "await sql.query('SELECT 1; DELETE FROM items')"],
    ['several-statements', 'await sql`SELECT 1; SELECT 2`'],
  ])('may not end the transaction they run in, nor hide statements: %s for %s', async (code, line) => {
    await withProject(engine, async (project) => {
      items(project);
      project.write('migrations/001_items.ts', MIGRATION.replace('log.info(`${count} items`)', line));
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe(code);
      expect(error.message).toContain('migrations/001_items.ts:');
      await expect(project.query('SELECT * FROM items')).rejects.toThrow('items');
    });
  });

  it.each([
    ['undefined', 'await sql`UPDATE items SET note = ${({} as { note: string }).note}`'],
    ['a Date', 'await sql`UPDATE items SET note = ${new Date(0) as never}`'],
    ['an array', "await sql`UPDATE items SET note = ${['x'] as never}`"],
    ['an object', 'await sql`UPDATE items SET note = ${{ a: 1 } as never}`'],
    ['undefined', "await copyRows('items', ['id', 'name'], [[7, 'x'], [8, undefined as never]])"],
    ['a Date', "await copyRows('items', ['id', 'name'], [[7, new Date(0) as never]])"],
  ])('may not give %s for a value: %s', async (fault, line) => {
    await withProject(engine, async (project) => {
      items(project);
      project.write('migrations/001_items.ts', MIGRATION.replace('log.info(`${count} items`)', line));
      const error = await rejection(migrate(project.config, project.options));
      expect(error).toMatchObject({ code: 'value-invalid', exitCode: 3 });
      expect(error.message).toContain(` is ${fault}`);
      expect(error.hint).toContain('toISOString');
      await expect(project.query('SELECT * FROM items')).rejects.toThrow('items');
    });
  });

  it('tell of several failures the first, whichever of them the function looked at', async () => {
    await withProject(engine, async (project) => {
      const step = (body: string): void => {
        project.write(
          'migrations/001_a.ts',
          `import { defineMigration } from 'surefoot';\nexport default defineMigration({ async run({ sql }) {\n${body}\n} });\n`,
        );
      };
      project.write('rollbacks/001_a.sql', 'SELECT 1;\n');
      step('  const first = sql.query("SELECT looked_at");\n  void sql`SELECT 2 FROM not_looked_at`;\n  await first;');
      const awaited = (await rejection(migrate(project.config, project.options))).message;
      expect(awaited).toContain('looked_at');
      expect(awaited).not.toMatch(/not_looked_at|aborted, commands/u);
      step(
        '  void sql.query("SELECT not_looked_at");\n  try { await sql`SELECT 2 FROM looked_at`; } catch { throw new Error("mine"); }',
      );
      expect((await rejection(migrate(project.config, project.options))).message).toContain('not_looked_at');
    });
  });

  it('may name COMMIT in a text, and end a statement with a semicolon', async () => {
    await withProject(engine, async (project) => {
      items(project);
      const line =
        "const [row] = await sql.query(`SELECT 'a; COMMIT; b' AS said; -- end;`); log.info(String(row?.said))";
      project.write('migrations/001_items.ts', MIGRATION.replace('log.info(`${count} items`)', line));
      await migrate(project.config, project.options);
      expect(await project.query('SELECT count(*) AS n FROM items')).toHaveLength(1);
    });
  });

  it('name the line of a broken CSV file, and of a syntax error', async () => {
    await withProject(engine, async (project) => {
      items(project);
      project.write('data/items.csv', 'id,name,note\n1,Ana,x\n2,too,many,fields\n');
      const csv = await rejection(migrate(project.config, project.options));
      expect(csv.code).toBe('csv-invalid');
      expect(csv.message).toMatch(/line 3/u);
      project.write(
        'migrations/001_items.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ run( { });\n",
      );
      const syntax = await rejection(migrate(project.config, project.options));
      expect(syntax.code).toBe('typescript-failed');
      expect(syntax.message).toContain('001_items.ts:2');
    });
  });

  it('stop when they are interrupted, and change nothing', async () => {
    await withProject(engine, async (project) => {
      project.write(
        'migrations/001_slow.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ async run({ sql, progress, signal }) {\n  await sql.script('CREATE TABLE slow (id integer)');\n  for (let done = 0; done < 600 && !signal.aborted; done += 1) { progress({ done }); await new Promise((wake) => setTimeout(wake, 50)); }\n} });\n",
      );
      project.write('rollbacks/001_slow.sql', 'DROP TABLE slow;');
      const stop = new AbortController();
      const error = await rejection(
        migrate(project.config, {
          ...project.options,
          signal: stop.signal,
          onEvent: (event) => (event.type === 'progress' && event.done === 2 ? stop.abort() : undefined),
        }),
      );
      expect([error.code, error.exitCode]).toEqual(['interrupted', 130]);
      expect((await status(project.config, project.options)).databases[0]?.migrations[0]?.state).toBe('pending');
    });
  });
});
