import { describe, expect, it } from 'vitest';
import type { ProveResult } from '../../src/index.ts';
import { withProject, type Project } from '../support/project.ts';
import { proofsOf, results } from '../support/proofs.ts';

/** Proves two migrations: one that makes the tables, one that writes to each of them, so that empty ones are told. */
async function filled(project: Project, schema: string, tables: readonly string[]): Promise<ProveResult> {
  project.migration('001_tables', `-- @irreversible only what rows it takes is of interest\n${schema}`, null);
  const add = (way: string, type: string): string =>
    tables.map((table) => `ALTER TABLE ${table} ${way} COLUMN later${type};\n`).join('');
  project.migration('002_touch', add('ADD', ' text'), add('DROP', ''));
  const found = await proofsOf(project);
  expect(results(found)).toEqual({ '001': 'irreversible', '002': 'proven' });
  return found;
}

const POSTGRES: readonly (readonly [title: string, schema: string, ...tables: string[]])[] = [
  [
    'checks over several columns',
    `CREATE TABLE booking (id serial PRIMARY KEY, starts date NOT NULL, ends date NOT NULL, status text NOT NULL, done_at timestamptz, done_by text,
       low integer NOT NULL, high integer NOT NULL, share numeric(4,3) NOT NULL CHECK (share BETWEEN 0 AND 1),
       CHECK (ends > starts), CHECK (low < high AND high <= 500),
       CHECK ((status = 'done') = (done_at IS NOT NULL) AND (done_at IS NULL) = (done_by IS NULL)), CHECK (status IN ('open', 'done')),
       CHECK (num_nonnulls(done_by, done_at) <> 1));`,
    'booking',
  ],
  [
    'patterns and lengths',
    String.raw`CREATE TABLE code (iban text PRIMARY KEY CHECK (iban ~ '^[A-Z]{2}[0-9]{2}(?:[A-Z0-9]{4}){3}$'), hex char(64) NOT NULL CHECK (hex ~ '^[0-9a-f]{64}$'),
       slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'), zip text NOT NULL CHECK (zip SIMILAR TO '[0-9]{5}(-[0-9]{4})?'),
       path text NOT NULL CHECK (path LIKE '/srv/%' AND path NOT LIKE '%..%'), version text NOT NULL CHECK (version ~* '^v?\d+\.\d+\.\d+$'),
       pin text NOT NULL CHECK (length(pin) = 11), mac text NOT NULL CHECK (mac ~ '^([[:xdigit:]]{2}:){5}[[:xdigit:]]{2}$'));`,
    'code',
  ],
  [
    'domains over domains, enums and composites',
    `CREATE TYPE mood AS ENUM ('sad', 'ok');
     CREATE DOMAIN percent AS numeric(5,2) CHECK (VALUE >= 0 AND VALUE <= 100);
     CREATE DOMAIN currency AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');
     CREATE DOMAIN own_currency AS currency NOT NULL;
     CREATE TYPE money_part AS (amount numeric(10,2), unit currency, felt mood);
     CREATE DOMAIN felt AS mood CHECK (VALUE <> 'sad');
     CREATE TYPE floats AS RANGE (subtype = float8);
     CREATE TABLE price (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, share percent NOT NULL, unit own_currency, part money_part NOT NULL,
       feeling felt NOT NULL, moods mood[] NOT NULL, span floats NOT NULL, twice numeric GENERATED ALWAYS AS (share * 2) STORED);`,
    'price',
  ],
  [
    'types of every kind',
    `CREATE EXTENSION IF NOT EXISTS citext;
     CREATE TABLE kinds (id smallserial PRIMARY KEY, a citext NOT NULL UNIQUE, b inet NOT NULL, c cidr NOT NULL, d macaddr NOT NULL, e tsvector NOT NULL,
       f xml NOT NULL, g bit(7) NOT NULL, h bit varying(9) NOT NULL, i int4range NOT NULL, j tstzmultirange NOT NULL, k interval NOT NULL,
       l money NOT NULL, m bytea NOT NULL CHECK (octet_length(m) = 16), n jsonb NOT NULL CHECK (jsonb_typeof(n) = 'object' AND n ? 'kind'), o point NOT NULL,
       p timetz NOT NULL, q "char" NOT NULL, r name NOT NULL, s real NOT NULL, t text[][] NOT NULL, u nummultirange NOT NULL, v pg_lsn NOT NULL, w jsonpath NOT NULL);`,
    'kinds',
  ],
  [
    'exclusion, unique parts, one to one',
    `CREATE TABLE room (id serial PRIMARY KEY, during tstzrange NOT NULL, EXCLUDE USING gist (during WITH &&));
     CREATE TABLE owner (id serial PRIMARY KEY, name text NOT NULL);
     CREATE TABLE account (owner_id integer PRIMARY KEY REFERENCES owner, is_default boolean NOT NULL, grp integer NOT NULL REFERENCES room);
     CREATE UNIQUE INDEX account_default ON account (grp) WHERE is_default;`,
    'room',
    'owner',
    'account',
  ],
  [
    'circles of references, deferred or not, and rows that have to refer to themselves',
    `CREATE TABLE person (id serial PRIMARY KEY, main_address integer NOT NULL, name text NOT NULL);
     CREATE TABLE address (id serial PRIMARY KEY, person_id integer NOT NULL REFERENCES person, city text NOT NULL);
     ALTER TABLE person ADD FOREIGN KEY (main_address) REFERENCES address;
     CREATE TABLE team (code text PRIMARY KEY, lead uuid NOT NULL);
     CREATE TABLE member (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), team text NOT NULL REFERENCES team DEFERRABLE INITIALLY DEFERRED);
     ALTER TABLE team ADD FOREIGN KEY (lead) REFERENCES member DEFERRABLE INITIALLY DEFERRED;
     CREATE TABLE node (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, root bigint NOT NULL REFERENCES node, up bigint REFERENCES node, CHECK (up <> id));`,
    'person',
    'address',
    'team',
    'member',
    'node',
  ],
  [
    'references that have to agree',
    `CREATE TABLE tenant (id serial PRIMARY KEY);
     CREATE TABLE plant (tenant integer NOT NULL REFERENCES tenant, id serial, PRIMARY KEY (tenant, id));
     CREATE TABLE staff (tenant integer NOT NULL REFERENCES tenant, id serial, PRIMARY KEY (tenant, id));
     INSERT INTO tenant SELECT FROM generate_series(1, 9);
     INSERT INTO staff (tenant) VALUES (8);
     INSERT INTO plant (tenant) SELECT n FROM generate_series(1, 9) n;
     CREATE TABLE shift (id serial PRIMARY KEY, tenant integer NOT NULL, plant integer NOT NULL, staff integer NOT NULL, other_staff integer NOT NULL,
       FOREIGN KEY (tenant, plant) REFERENCES plant, FOREIGN KEY (tenant, staff) REFERENCES staff, FOREIGN KEY (tenant, other_staff) REFERENCES staff);`,
    'shift',
  ],
  [
    'partitions by list, range and hash',
    `CREATE TABLE by_list (region text NOT NULL, at date NOT NULL, n integer) PARTITION BY LIST (region);
     CREATE TABLE by_list_north PARTITION OF by_list FOR VALUES IN ('n', 'north') PARTITION BY RANGE (at);
     CREATE TABLE by_list_north_24 PARTITION OF by_list_north FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
     CREATE TABLE by_list_rest PARTITION OF by_list DEFAULT;
     CREATE TABLE by_range (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b)) PARTITION BY RANGE (a, b);
     CREATE TABLE by_range_1 PARTITION OF by_range FOR VALUES FROM (10, MINVALUE) TO (20, MAXVALUE);
     CREATE TABLE by_hash (id uuid PRIMARY KEY, note text) PARTITION BY HASH (id);
     CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
     CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);`,
    'by_list',
    'by_range',
    'by_hash',
  ],
  [
    'triggers that take only some words',
    `CREATE FUNCTION known_kind(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT kind = ANY ('{}'::text[] || ARRAY['invoice', 'receipt']) $$;
     CREATE FUNCTION check_document() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       IF NOT known_kind(NEW.kind) THEN RAISE EXCEPTION 'documents of kind % are not kept', NEW.kind; END IF;
       IF NEW.part = NEW.whole THEN RAISE EXCEPTION 'nothing is part of itself'; END IF;
       RETURN NEW;
     END $$;
     CREATE TABLE thing (id serial PRIMARY KEY);
     CREATE TABLE document (id serial PRIMARY KEY, kind text NOT NULL, part integer NOT NULL REFERENCES thing, whole integer NOT NULL REFERENCES thing);
     CREATE TRIGGER document_check BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION check_document();`,
    'document',
  ],
];

const SQLITE: readonly (readonly [title: string, schema: string, ...tables: string[]])[] = [
  [
    'strict tables and checks of types',
    `CREATE TABLE strict_one (id INTEGER PRIMARY KEY, a INT NOT NULL, b REAL NOT NULL, c TEXT NOT NULL CHECK (length(c) = 12), d BLOB NOT NULL, e ANY NOT NULL) STRICT;
     CREATE TABLE typed (id INTEGER PRIMARY KEY, a NOT NULL CHECK (typeof(a) = 'blob'), b NOT NULL CHECK (typeof(b) = 'integer'), c TEXT NOT NULL CHECK (json_valid(c)),
       d TEXT NOT NULL CHECK (json_type(d) = 'array'), e TEXT NOT NULL CHECK (datetime(e) = e), f NOT NULL CHECK (typeof(f) = 'real'), g DATETIME NOT NULL,
       h BOOLEAN NOT NULL CHECK (h IN (0, 1)), i DECIMAL(6,2) NOT NULL, j);`,
    'strict_one',
    'typed',
  ],
  [
    'patterns, generated columns and tables without rowid',
    `CREATE TABLE code (code TEXT PRIMARY KEY CHECK (code GLOB '[A-Z][A-Z]-[0-9][0-9][0-9]*'), day TEXT NOT NULL CHECK (day LIKE '____-__-__'), low INTEGER NOT NULL, high INTEGER NOT NULL,
       span INTEGER GENERATED ALWAYS AS (high - low) VIRTUAL, CHECK (high > low AND high < 90)) WITHOUT ROWID;`,
    'code',
  ],
  [
    'references of several columns, circles, and rows that refer to themselves',
    `CREATE TABLE part (a INTEGER NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
     CREATE TABLE use (id INTEGER PRIMARY KEY, x INTEGER NOT NULL, y TEXT NOT NULL, FOREIGN KEY (x, y) REFERENCES part (a, b));
     CREATE TABLE person (id INTEGER PRIMARY KEY, home INTEGER NOT NULL REFERENCES address (id));
     CREATE TABLE address (id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL REFERENCES person (id));
     CREATE TABLE node (id INTEGER PRIMARY KEY AUTOINCREMENT, root INTEGER NOT NULL REFERENCES node (id));`,
    'part',
    'use',
    'person',
    'address',
    'node',
  ],
  [
    'triggers that take only some words',
    `CREATE TABLE event (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL);
     CREATE TRIGGER event_kind BEFORE INSERT ON event WHEN NEW.kind NOT IN ('opened', 'closed') BEGIN SELECT RAISE(ABORT, 'unknown kind of event'); END;`,
    'event',
  ],
];

describe.each([
  ['postgres', POSTGRES],
  ['sqlite', SQLITE],
] as const)('rows made up on %s', (engine, schemas) => {
  it.each(schemas)('%s', async (_, schema, ...tables) => {
    await withProject(engine, async (project) => {
      const found = await filled(project, schema, tables);
      expect(found.unfilled).toEqual([]);
      expect(found.versions['002']?.withoutRows).toBeUndefined();
    });
  });

  it('names each table that takes none, with the reason', async () => {
    await withProject(engine, async (project) => {
      const name = (table: string): string => (engine === 'postgres' ? `table public.${table}` : `table ${table}`);
      const schema = `CREATE TABLE never (id integer PRIMARY KEY, a integer NOT NULL, CONSTRAINT never_so CHECK (a > 5 AND a < 5));
        CREATE TABLE after_never (id integer PRIMARY KEY, never integer NOT NULL REFERENCES never (id));
        CREATE TABLE with_rows (id integer PRIMARY KEY, never integer REFERENCES never (id));\n`;
      const found = await filled(project, schema, ['never', 'after_never', 'with_rows']);
      const reasons = new Map(found.unfilled.map(({ table, reason }) => [table, reason]));
      expect([...reasons.keys()].sort()).toEqual([name('after_never'), name('never')]);
      expect(reasons.get(name('never'))).toContain('never_so');
      expect(reasons.get(name('after_never'))).toBe(`it needs a row of ${name('never')}, which has none`);
      expect(found.versions['002']?.withoutRows?.tables).toEqual([name('after_never'), name('never')]);
    });
  });
});

describe('a table that refuses every row, and refers to others by keys that share columns', () => {
  it('is named, and no try makes the next one larger than what a server can take', async () => {
    await withProject('postgres', async (project) => {
      const schema = `CREATE TABLE tenant (id serial PRIMARY KEY);
        CREATE TABLE step (tenant_id integer REFERENCES tenant, flow integer, id serial, PRIMARY KEY (tenant_id, flow, id));
        CREATE TABLE desk (tenant_id integer REFERENCES tenant, id serial, PRIMARY KEY (tenant_id, id));
        CREATE TABLE visit (tenant_id integer NOT NULL, flow integer NOT NULL, step_id integer NOT NULL, desk_id integer NOT NULL,
          FOREIGN KEY (tenant_id, flow, step_id) REFERENCES step, FOREIGN KEY (tenant_id, desk_id) REFERENCES desk);
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION refuse();\n`;
      const found = await filled(project, schema, ['visit']);
      expect(found.unfilled.map(({ table, reason }) => [table, reason])).toEqual([
        ['table public.visit', 'not this one, also after 150 tries'],
      ]);
    });
  });
});

describe('sample data for tables that came later', () => {
  it('is loaded at its version, beside that of the set', async () => {
    await withProject('sqlite', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT);\n', 'DROP TABLE a;\n');
      const never = 'CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, CHECK (a * 3 = id * 1000003));\n';
      project.migration('002_b', never, 'DROP TABLE b;\n');
      project.migration('003_lose', 'DELETE FROM b;\n', 'SELECT 1;\n');
      project.migration('004_lose', 'DELETE FROM a;\n', 'SELECT 1;\n');
      project.write('samples/main.sql', "-- @at 001\nINSERT INTO a VALUES (1, 'one'), (2, 'two');\n");
      project.write('samples/main@002.sql', 'INSERT INTO b VALUES (3, 1000003);\n');
      const found = await proofsOf(project);
      expect(results(found)).toEqual({ '001': 'proven', '002': 'proven', '003': 'lossy', '004': 'lossy' });
      expect(found.versions['003']?.differences[0]?.detail).toContain('id=3, a=1000003');
      expect(found.versions['004']?.differences[0]?.detail).toContain("x='two'");
      expect(found.versions['003']?.withoutRows).toBeUndefined();
    });
  });

  it('of a version that fails, or that stands on one that did, does not hide why it failed', async () => {
    await withProject('sqlite', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id INTEGER PRIMARY KEY);\n', 'DROP TABLE a;\n');
      const broken = '-- @check b has a row\n-- @expect rows = 1\nSELECT 1 FROM b;\n';
      project.migration('002_b', 'CREATE TABLE b (id INTEGER PRIMARY KEY);\n', 'DROP TABLE b;\n', broken);
      project.migration('003_c', 'CREATE TABLE c (id INTEGER PRIMARY KEY);\n', 'DROP TABLE c;\n');
      project.write('samples/main@002.sql', 'INSERT INTO b VALUES (1);\n');
      project.write('samples/main@003.sql', 'INSERT INTO c SELECT id FROM b;\n');
      const found = await proofsOf(project);
      expect(results(found)).toEqual({ '001': 'proven', '002': 'failed', '003': 'proven' });
      expect(found.versions['002']?.differences[0]?.detail).toContain('b has a row');
    });
  });
});
