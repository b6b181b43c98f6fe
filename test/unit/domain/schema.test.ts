import { describe, expect, it } from 'vitest';
import { diffSnapshots, renderStatements } from '../../../src/domain/schema/index.ts';
import type { ObjectDetail, ObjectKind, SchemaObject, Snapshot } from '../../../src/model/snapshot.ts';
import { normalise, normaliseTable } from '../../../src/adapters/sqlite/introspect/text.ts';

function object(id: string, definition: string, more: Partial<SchemaObject> = {}): SchemaObject {
  const [kind = ''] = id.split(' ');
  return {
    id,
    kind: kind as ObjectKind,
    schema: 'public',
    name: id.slice(kind.length + 1),
    parent: null,
    definition,
    dependencies: [],
    systemNamed: false,
    detail: null,
    ...more,
  };
}

function snapshot(...objects: readonly SchemaObject[]): Snapshot {
  return { format: 1, engine: 'postgres', server: '18', owner: 'me', objects, roles: [] };
}

const ROUTINE: ObjectDetail = { type: 'routine', language: 'plpgsql', body: "BEGIN RETURN 'a b'; END" };
const VIEW: ObjectDetail = { type: 'view', columns: [{ name: 'n', type: 'integer' }], query: 'SELECT 1' };

describe('layout', () => {
  const layoutOf = async (left: SchemaObject, right: SchemaObject): Promise<readonly string[] | undefined> =>
    (await diffSnapshots(snapshot(left), snapshot(right))).differences[0]?.layout;

  it('is white space between tokens, never inside a literal', async () => {
    const view = (text: string): SchemaObject => object('view v', text, { detail: VIEW });
    expect(await layoutOf(view("SELECT 'a';"), view("SELECT\n  'a'; -- said"))).toEqual(['whitespace']);
    expect(await layoutOf(view("SELECT 'a b';"), view("SELECT 'a  b';"))).toEqual([]);
    expect(await layoutOf(view('SELECT "a b";'), view('SELECT "a  b";'))).toEqual([]);
    expect(await layoutOf(view('SELECT a;'), view('SELECT a;'))).toBeUndefined();
  });

  it('reads bodies as text of their own, and the literals in them to the letter', async () => {
    const routine = (body: string): SchemaObject =>
      object('function f()', `CREATE FUNCTION f() AS $f$${body}$f$;`, { detail: { ...ROUTINE, body } });
    expect(await layoutOf(routine("BEGIN RETURN 'a b'; END"), routine("BEGIN\n RETURN 'a b';\nEND"))).toEqual([
      'whitespace',
    ]);
    expect(await layoutOf(routine("BEGIN RETURN 'a b'; END"), routine("BEGIN RETURN 'a  b'; END"))).toEqual([]);
  });

  it('is a name that the system gave on both sides, and not one that people gave', async () => {
    const key = (name: string, systemNamed: boolean): SchemaObject =>
      object(`constraint ${name} on t`, `ALTER TABLE t ADD CONSTRAINT ${name} UNIQUE (a);`, { name, systemNamed });
    expect(await layoutOf(key('t_a_key', true), key('t_a_key1', true))).toEqual(['system-names']);
    const { differences } = await diffSnapshots(snapshot(key('t_a_key', true)), snapshot(key('mine', false)));
    expect(differences.map(({ kind, layout }) => [kind, layout])).toEqual([
      ['added', []],
      ['removed', []],
    ]);
  });
});

describe('objects that need each other', () => {
  const made = (...objects: readonly SchemaObject[]): readonly string[] =>
    renderStatements(snapshot(...objects)).filter((text) => text.startsWith('CREATE'));
  const view = (name: string, ...dependencies: readonly string[]): SchemaObject =>
    object(`view ${name}`, `CREATE VIEW ${name} AS SELECT n FROM other;`, { detail: VIEW, dependencies });

  it('are made with a view as a stub first, after the types of its columns, and whole at the end', () => {
    const routine = object('function f()', 'CREATE FUNCTION f();', { dependencies: ['view v'] });
    const type = object('enum z', 'CREATE TYPE z;');
    const expected = ['CREATE TYPE z;', 'CREATE VIEW v AS SELECT NULL::integer AS "n";', 'CREATE FUNCTION f();'];
    const whole = 'CREATE OR REPLACE VIEW v AS SELECT n FROM other;';
    expect(made(routine, type, view('v', 'enum z', 'function f()'))).toEqual([...expected, whole]);
    // Reached from the view first.
    const table = object('collation a', 'CREATE COLLATION a;', { dependencies: ['view v'] });
    expect(made(table, routine, type, view('v', 'enum z', 'function f()'))).toEqual([
      ...expected,
      whole,
      'CREATE COLLATION a;',
    ]);
    expect(made(table, routine, type, view('v', 'function f()', 'enum z'))).toEqual([
      ...expected,
      whole,
      'CREATE COLLATION a;',
    ]);
  });

  it('are made once each where two circles share a view', () => {
    const texts = made(view('a', 'view b', 'view c'), view('b', 'view a'), view('c', 'view a', 'view b'));
    for (const name of ['a', 'b', 'c']) {
      const whole = texts.filter((text) => text.includes(`VIEW ${name} AS SELECT n FROM other`));
      expect(whole.length).toBe(1);
      expect(texts.filter((text) => text.includes(`VIEW ${name} AS SELECT NULL`)).length).toBeLessThan(2);
    }
  });
});

describe('the text that SQLite keeps', () => {
  it('is one whatever stands between its tokens and however names are quoted', () => {
    const one = normalise(`CREATE INDEX "i" ON [t] (\`a\`) WHERE a = 'x'`);
    expect(normalise(`CREATE  INDEX i -- said\n ON t /* to */ ( a ) WHERE a='x'`)).toBe(one);
    expect(normalise(`CREATE INDEX i ON t (a) WHERE a = 'X'`)).not.toBe(one);
    expect(normalise('CREATE VIEW v AS SELECT "select", "a b" FROM t')).toContain('"select", "a b"');
  });

  it('is taken apart at the commas of the table alone', () => {
    const { clauses, definition } = normaliseTable(
      `CREATE TABLE t (a DECIMAL(10,2) DEFAULT (max(1, 2)), b TEXT CHECK (b IN ('x,y', ')')), UNIQUE (a, b)) STRICT`,
    );
    expect(clauses.length).toBe(3);
    expect(definition.split('\n').length).toBe(5);
    expect(definition.endsWith(') STRICT;')).toBe(true);
  });
});
