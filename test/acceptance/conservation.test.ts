import { describe, expect, it } from 'vitest';
import { migrate, rollback, type ProgressEvent } from '../../src/index.ts';
import { rejection, withProject, type Project } from '../support/project.ts';

type Engine = Project['engine'];

/** Applies `first`, then holds `second` against what it may take away. */
async function withChange(
  engine: Engine,
  first: string,
  second: string,
  work: (project: Project) => Promise<void>,
): Promise<void> {
  await withProject(engine, async (project) => {
    project.migration('001_first', first, 'SELECT 1;');
    await migrate(project.config, project.options);
    project.migration('002_second', second, 'SELECT 1;');
    await work(project);
  });
}

async function lost(project: Project): Promise<unknown> {
  const error = await rejection(migrate(project.config, project.options));
  expect([error.code, error.exitCode]).toEqual(['rows-lost', 4]);
  expect(error.message).toContain('Nothing was changed');
  expect(error.message).toContain('migrations/002_second.sql');
  const losses = error.context['losses'] as readonly { table: string; before: number; after: number | null }[];
  for (const { table } of losses) expect(error.hint).toContain(`-- @deletes ${table}`);
  return losses.map(({ table, before, after }) => [table, before, after]);
}

async function count(project: Project, table: string): Promise<unknown> {
  return (await project.query(`SELECT count(*) AS n FROM ${table}`))[0]?.['n'];
}

const FAMILY =
  'CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);\n' +
  'CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents ON DELETE CASCADE);\n' +
  "INSERT INTO parents VALUES (1, 'Ana'), (2, 'Ben');\nINSERT INTO children VALUES (1, 1), (2, 2), (3, 2);";

describe.each(['sqlite', 'postgres'] as const)('rows that go behind the words of a step on %s', (engine) => {
  it('by a cascade abort it, unless they are declared', async () => {
    await withChange(engine, FAMILY, 'DELETE FROM parents WHERE id = 2;', async (project) => {
      expect(await lost(project)).toEqual([['children', 3, 1]]);
      expect([await count(project, 'parents'), await count(project, 'children')]).toEqual([2, 3]);
      project.write('migrations/002_second.sql', '-- @deletes children\nDELETE FROM parents WHERE id = 2;');
      await migrate(project.config, project.options);
      expect([await count(project, 'parents'), await count(project, 'children')]).toEqual([1, 1]);
    });
  });

  it('by a table that is copied in part abort it', async () => {
    const rebuild = (where: string): string =>
      `CREATE TABLE items_new (id INTEGER PRIMARY KEY, note TEXT NOT NULL);\nINSERT INTO items_new SELECT id, note FROM items${where};\nDROP TABLE items;\nALTER TABLE items_new RENAME TO items;`;
    const first =
      "CREATE TABLE items (id INTEGER PRIMARY KEY, note TEXT);\nINSERT INTO items VALUES (1, 'a'), (2, NULL);";
    await withChange(engine, first, rebuild(' WHERE note IS NOT NULL'), async (project) => {
      expect(await lost(project)).toEqual([['items', 2, 1]]);
      project.write('migrations/002_second.sql', "UPDATE items SET note = '' WHERE note IS NULL;\n" + rebuild(''));
      await migrate(project.config, project.options);
      expect(await count(project, 'items')).toBe(2);
    });
    // The old table renamed first, and dropped under that name.
    const other =
      'ALTER TABLE items RENAME TO items_old;\nCREATE TABLE items (id INTEGER PRIMARY KEY, note TEXT);\nINSERT INTO items SELECT * FROM items_old WHERE id = 1;\nDROP TABLE items_old;';
    await withChange(engine, first, other, async (project) => {
      expect(await lost(project)).toEqual([['items', 2, 1]]);
    });
  });

  it('are found in a TypeScript step, and what a statement or `deletes` says is not', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_first', FAMILY, 'SELECT 1;');
      await migrate(project.config, project.options);
      const script = (deletes: string): string =>
        `import { defineMigration } from 'surefoot';\nexport default defineMigration({ ${deletes}async run({ sql }) {\n  await sql\`DELETE FROM children WHERE id = \${3}\`;\n  await sql\`DELETE FROM parents WHERE id = \${1}\`;\n} });\n`;
      project.write('migrations/002_second.ts', script(''));
      project.write('rollbacks/002_second.sql', 'SELECT 1;');
      // The children are named by a statement of the step, so only the parents' words are held against it.
      await migrate(project.config, project.options);
      expect([await count(project, 'parents'), await count(project, 'children')]).toEqual([1, 1]);
      project.write(
        'migrations/003_third.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ async run({ sql }) { await sql`DELETE FROM parents`; } });\n",
      );
      project.write('rollbacks/003_third.sql', 'SELECT 1;');
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('rows-lost');
      expect(error.message).toContain('children: 1 row before, 0 after');
      project.write(
        'migrations/003_third.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ deletes: ['children'], async run({ sql }) { await sql`DELETE FROM parents`; } });\n",
      );
      await migrate(project.config, project.options);
    });
  });

  it('in a rollback abort it too; that drops what its migration made', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_first', FAMILY, 'DROP TABLE children;\nDROP TABLE parents;');
      project.migration('002_second', 'SELECT 1;', 'DELETE FROM parents;');
      await migrate(project.config, project.options);
      const error = await rejection(rollback(project.config, project.options));
      expect(error.code).toBe('rows-lost');
      project.write('rollbacks/002_second.sql', 'SELECT 1;');
      await rollback(project.config, { ...project.options, to: '0' });
    });
  });

  it('in a file outside a transaction abort the statement that takes them', async () => {
    await withChange(
      engine,
      FAMILY,
      "-- @transaction none\nUPDATE parents SET name = 'x';\nDELETE FROM parents WHERE id = 2;",
      async (project) => {
        const error = await rejection(migrate(project.config, project.options));
        expect(error.code).toBe('rows-lost');
        expect(error.message).toContain('children: 3 rows before, 1 after');
        expect(error.message).toContain('Statements 1 to 1 of 2 are in place');
        expect(await count(project, 'children')).toBe(3);
      },
    );
  });
});

describe.each(['sqlite', 'postgres'] as const)('the content of a rebuilt table on %s', (engine) => {
  it('is compared by hashes of its values, and of which row has which', async () => {
    const first =
      "CREATE TABLE items (id INTEGER PRIMARY KEY, a TEXT, b TEXT, n INTEGER);\nINSERT INTO items VALUES (1, 'one', 'xay', 10), (2, 'two', 'xby', 20), (3, NULL, '', NULL);";
    const rebuild = (columns: string): string =>
      `CREATE TABLE items_new (id INTEGER PRIMARY KEY, a TEXT, b TEXT, n INTEGER NOT NULL DEFAULT 0);\nINSERT INTO items_new SELECT ${columns} FROM items AS t;\nDROP TABLE items;\nALTER TABLE items_new RENAME TO items;`;
    for (const [columns, altered] of [
      ['id, a, b, coalesce(n, 0)', ['items.n']],
      // The same length, the same first and last character.
      ["id, a, replace(b, 'a', 'c'), n + 0", ['items.b']],
      // The same values, in other rows.
      ['id, (SELECT a FROM items AS o WHERE o.id = 4 - t.id), b, n + 0', ['items.a']],
      // Other keys: no row can be told from the next.
      ['id + 10, a, b, n + 0', ['items.id']],
    ] as const) {
      const second = columns.includes('coalesce') ? rebuild(columns) : rebuild(columns).replace(' NOT NULL', '');
      await withChange(engine, first, second, async (project) => {
        const events: ProgressEvent[] = [];
        await migrate(project.config, { ...project.options, onEvent: (event) => void events.push(event) });
        const warnings = events.flatMap((event) =>
          event.type === 'message' && event.level === 'warn' ? [event.text] : [],
        );
        expect(warnings.map((text) => /column (\S+),/u.exec(text)?.[1])).toEqual(altered);
      });
    }
  });
});

describe('conservation on PostgreSQL', () => {
  it('names what hung on a table that was made anew without it, unless it is dropped by name', async () => {
    await withProject('postgres', async (project) => {
      const [row] = await project.query('SELECT current_database() AS name');
      const role = `${String(row?.['name'])}_app`;
      project.migration(
        '001_first',
        `CREATE ROLE ${role};\nCREATE TABLE items (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a text UNIQUE, "b c" text);\n` +
          'CREATE INDEX items_a ON items (lower(a)) WHERE a IS NOT NULL;\nCREATE UNIQUE INDEX items_b ON items ("b c");\n' +
          'CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\n' +
          'CREATE TRIGGER items_watch BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION noop();\n' +
          `ALTER TABLE items ENABLE ROW LEVEL SECURITY;\nCREATE POLICY all_of_it ON items USING (true);\nGRANT SELECT, INSERT ON items TO ${role};\n` +
          "INSERT INTO items (a, \"b c\") VALUES ('x', 'X'), ('y', 'Y'), ('z', 'Z');",
        `DROP TABLE items;\nDROP FUNCTION noop;\nDROP ROLE ${role};`,
      );
      await migrate(project.config, project.options);
      const rebuild = (like: string, after: string, ahead = ''): void =>
        project.migration(
          '002_second',
          `${ahead}CREATE TABLE items_new (${like});\nINSERT INTO items_new SELECT * FROM items;\nDROP TABLE items;\nALTER TABLE items_new RENAME TO items;\n${after}`,
          'SELECT 1;',
        );
      rebuild('id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a text UNIQUE, "b c" text', '');
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['objects-lost', 4]);
      expect(error.hint).not.toContain('rebuildTable');
      expect((error.context['objects'] as readonly string[]).toSorted()).toEqual([
        'the counter of items.id: 3 before, none after, so numbers that were given once are given again',
        `the grant INSERT to ${role} of items`,
        `the grant SELECT to ${role} of items`,
        'the index items_a of items',
        'the index items_b of items',
        'the policy all_of_it of items',
        'the row-level security of items',
        'the trigger items_watch of items',
      ]);
      // Indexes come back under other names with LIKE; what is not wanted is dropped by name.
      rebuild(
        'LIKE items INCLUDING ALL',
        "SELECT setval(pg_get_serial_sequence('items', 'id'), 3);",
        `DROP TRIGGER items_watch ON items;\nDROP POLICY IF EXISTS all_of_it ON items;\nALTER TABLE items DISABLE ROW LEVEL SECURITY;\nREVOKE ALL ON items FROM ${role};\n`,
      );
      await migrate(project.config, project.options);
      expect(await count(project, 'items')).toBe(3);
      await rollback(project.config, { ...project.options, to: '0' });
    });
  });

  it('sees a trigger, TRUNCATE … CASCADE, a schema that is dropped with its tables, and what a DO block does', async () => {
    const first =
      'CREATE TABLE logs (id integer); INSERT INTO logs SELECT generate_series(1, 5);\n' +
      'CREATE TABLE items (id integer PRIMARY KEY); INSERT INTO items VALUES (1), (2);\n' +
      'CREATE TABLE parts (item integer REFERENCES items); INSERT INTO parts VALUES (1), (1), (2);\n' +
      'CREATE SCHEMA old; CREATE TABLE old.things (id integer); INSERT INTO old.things VALUES (7);\n' +
      'CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM logs WHERE id > 3; RETURN NEW; END $$;\n' +
      'CREATE TRIGGER forgets AFTER INSERT ON items FOR EACH STATEMENT EXECUTE FUNCTION forget();';
    await withChange('postgres', first, 'INSERT INTO items VALUES (3);', async (project) => {
      expect(await lost(project)).toEqual([['logs', 5, 3]]);
      const change = (text: string): void => project.write('migrations/002_second.sql', text);
      change('TRUNCATE items CASCADE;');
      expect(await lost(project)).toEqual([['parts', 3, 0]]);
      change('DROP SCHEMA old CASCADE;');
      expect(await lost(project)).toEqual([['old.things', 1, null]]);
      change("DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'logs'); END $$;");
      expect(await lost(project)).toEqual([['logs', 5, null]]);
      change(
        '-- @deletes parts\n-- @deletes old.things\nTRUNCATE items CASCADE;\nDROP SCHEMA old CASCADE;\nTRUNCATE logs;\nDROP TABLE logs;',
      );
      await migrate(project.config, project.options);
    });
  });

  it('is not misled by partitions, rolled back blocks, empty tables, checks, or what went before', async () => {
    const first =
      'CREATE TABLE events (id integer, year integer) PARTITION BY LIST (year);\n' +
      'CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);\nCREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2);\n' +
      'INSERT INTO events SELECT n, 1 FROM generate_series(1, 10) AS n;\n' +
      'CREATE TABLE notes (id integer); INSERT INTO notes VALUES (1), (2); CREATE TABLE bare (id integer);\n' +
      'CREATE SCHEMA gone; CREATE TABLE gone.bare (id integer); INSERT INTO gone.bare VALUES (1); DELETE FROM gone.bare;';
    await withProject('postgres', async (project) => {
      project.migration('001_first', first, 'SELECT 1;');
      // In one session: the deletes of the second would otherwise be laid to the third, and its checks' to nobody.
      project.migration('002_second', 'DELETE FROM notes WHERE id = 1;', 'SELECT 1;');
      project.migration(
        '003_third',
        "UPDATE events SET year = 2;\nINSERT INTO bare VALUES (1);\nDO $$ BEGIN BEGIN EXECUTE 'DELETE FROM ' || 'notes'; RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN NULL; END; END $$;",
        'SELECT 1;',
        '-- @setup\nDELETE FROM events;\n-- @check checks may delete\n-- @expect value = 0\nSELECT count(*) FROM events;',
      );
      project.migration('004_fourth', 'DROP SCHEMA gone CASCADE;', 'SELECT 1;');
      await migrate(project.config, project.options);
      expect(await count(project, 'events_2')).toBe(10);
      expect(await count(project, 'notes')).toBe(1);
    });
  });
});

describe('conservation on SQLite', () => {
  const REBUILD =
    'CREATE TABLE parents_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\nINSERT INTO parents_new SELECT id, name FROM parents;\nDROP TABLE parents;\nALTER TABLE parents_new RENAME TO parents;';

  it('stops the well-known rebuild that takes all children along, and lets it through with foreign keys off', async () => {
    await withChange('sqlite', FAMILY, REBUILD, async (project) => {
      expect(await lost(project)).toEqual([['children', 3, 0]]);
      expect(await count(project, 'children')).toBe(3);
      // The usual advice does not help.
      project.write('migrations/002_second.sql', `PRAGMA defer_foreign_keys = ON;\n${REBUILD}`);
      expect(await lost(project)).toEqual([['children', 3, 0]]);
      project.write('migrations/002_second.sql', `PRAGMA foreign_keys = OFF;\n${REBUILD}\nPRAGMA foreign_keys = ON;`);
      const refused = await rejection(migrate(project.config, project.options));
      expect([refused.code, refused.exitCode]).toEqual(
        ['files-invalid', 2].includes(refused.code) ? ['files-invalid', 2] : ['foreign-keys-pragma', 2],
      );
      expect(refused.message).toContain('does nothing inside a transaction');
      project.write('migrations/002_second.sql', `-- @foreign-keys off\n${REBUILD}`);
      project.migration(
        '003_third',
        'SELECT 1;',
        'SELECT 1;',
        '-- @check they are enforced again\n-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY\nINSERT INTO children VALUES (9, 99);',
      );
      await migrate(project.config, project.options);
      expect([await count(project, 'parents'), await count(project, 'children')]).toEqual([2, 3]);
    });
  });

  it('checks every foreign key before a step with foreign keys off commits, and names those it broke', async () => {
    await withChange('sqlite', FAMILY, '-- @foreign-keys off\nDELETE FROM parents WHERE id = 2;', async (project) => {
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['foreign-keys-violated', 4]);
      expect(error.message).toContain('2 rows of children that refer to parents');
      expect(await count(project, 'parents')).toBe(2);
    });
  });

  it('sees columns that lose what they refer to, REPLACE, and triggers', async () => {
    const first =
      `${FAMILY}\nCREATE TABLE guests (id INTEGER PRIMARY KEY, host INTEGER REFERENCES parents ON DELETE SET NULL);\nINSERT INTO guests VALUES (1, 1), (2, NULL);\n` +
      'CREATE TABLE logs (id INTEGER); INSERT INTO logs VALUES (1), (2);\nCREATE TRIGGER forgets AFTER INSERT ON guests BEGIN DELETE FROM logs WHERE id = 1; END;';
    await withChange('sqlite', first, `-- @deletes children\n${REBUILD}`, async (project) => {
      expect(await lost(project)).toEqual([['guests.host', 1, 0]]);
      project.write('migrations/002_second.sql', "INSERT OR REPLACE INTO parents VALUES (2, 'Bea');");
      expect(await lost(project)).toEqual([['children', 3, 1]]);
      project.write('migrations/002_second.sql', 'INSERT INTO guests VALUES (3, 1);');
      expect(await lost(project)).toEqual([['logs', 2, 1]]);
    });
  });

  it('names the indexes, triggers and the counter that a naive rebuild loses, and the columns it changes', async () => {
    const first =
      "CREATE TABLE items (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b TEXT);\nCREATE INDEX items_a ON items (a);\nCREATE TRIGGER items_watch AFTER UPDATE ON items BEGIN SELECT 1; END;\nINSERT INTO items VALUES (1, 'x', 'long'), (9, 'y', 'longer'), (10, 'z', 'last');\nDELETE FROM items WHERE id = 10;";
    const rebuild = (after: string, columns = 'id, a, b'): string =>
      `CREATE TABLE items_new (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL, b TEXT);\nINSERT INTO items_new SELECT ${columns} FROM items;\nDROP TABLE items;\nALTER TABLE items_new RENAME TO items;\n${after}`;
    await withChange('sqlite', first, rebuild(''), async (project) => {
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['objects-lost', 4]);
      expect(error.message).toContain('the index items_a of items');
      expect(error.message).toContain('the trigger items_watch of items');
      expect(error.message).toContain('the AUTOINCREMENT counter of items: 10 before, 9 after');
      const events: ProgressEvent[] = [];
      project.write(
        'migrations/002_second.sql',
        `DROP INDEX items_a;\n${rebuild("CREATE TRIGGER items_watch AFTER UPDATE ON items BEGIN SELECT 1; END;\nUPDATE sqlite_sequence SET seq = 10 WHERE name = 'items';", 'id, b, a')}`,
      );
      await migrate(project.config, { ...project.options, onEvent: (event) => void events.push(event) });
      const warnings = events.flatMap((event) =>
        event.type === 'message' && event.level === 'warn' ? [event.text] : [],
      );
      expect(warnings.map((text) => /column (\S+),/u.exec(text)?.[1])).toEqual(['items.a', 'items.b']);
    });
  });
});
