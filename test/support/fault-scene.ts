import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { differences, fingerprint } from '../../scripts/fingerprint.mjs';
import { inspect, log, migrate, SurefootError, type LogResult } from '../../src/index.ts';
import { parseConnection } from '../../src/adapters/postgres/index.ts';
import { withTestDatabase } from './postgres.ts';
import { projectIn, type Project } from './project.ts';
import type { Target } from './wire-proxy.ts';

/** `SUREFOOT_FAULTS=large` tries every boundary on every server; without it a sample that fits a few minutes. */
export const LARGE = process.env['SUREFOOT_FAULTS'] === 'large';

/** Each change notes that it ran: the table must hold each note once, whatever happened. */
const ran = (mark: string): string => `INSERT INTO ran VALUES ('${mark}');\n`;

/** A plan with every kind of step, and a last one that fails. */
export function writeFaultPlan(project: Project): void {
  const { engine } = project;
  const filled =
    engine === 'sqlite'
      ? "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO items SELECT i, 'note ' || i FROM n;\n"
      : "INSERT INTO items SELECT i, 'note ' || i FROM generate_series(1, 500) AS i;\n";
  project.migration(
    '001_items',
    `CREATE TABLE ran (mark text NOT NULL);\nCREATE TABLE items (id integer PRIMARY KEY, note text NOT NULL);\n${filled}${ran('001')}`,
    'DROP TABLE items;\nDROP TABLE ran;\n',
    '-- @check the items are there\n-- @expect value = 500\nSELECT count(*) FROM items;\n',
  );
  project.migration(
    '002_state',
    `ALTER TABLE items ADD COLUMN state text NOT NULL DEFAULT 'new';\nUPDATE items SET state = 'old' WHERE id <= 100;\n${ran('002')}`,
    'ALTER TABLE items DROP COLUMN state;\n',
    "-- @check the old ones\n-- @expect value = 100\nSELECT count(*) FROM items WHERE state = 'old';\n-- @check committed\n-- @when committed\n-- @expect rows = 1\nSELECT mark FROM ran WHERE mark = '002';\n",
  );
  project.migration(
    '003_index',
    `-- @transaction none\n${ran('003a')}CREATE INDEX ${engine === 'postgres' ? 'CONCURRENTLY ' : ''}items_note ON items (note);\n${ran('003b')}`,
    '-- @transaction none\nDROP INDEX items_note;\n',
    "-- @check both notes\n-- @expect value = 2\nSELECT count(*) FROM ran WHERE mark IN ('003a', '003b');\n",
  );
  project.write(
    'migrations/004_rows.ts',
    `import { defineMigration } from 'surefoot';
export default defineMigration({
  async run({ sql }) {
    await sql.script("CREATE TABLE copies (id integer PRIMARY KEY, note text)");
    for (const { id, note } of await sql\`SELECT id, note FROM items WHERE id <= 3 ORDER BY id\`)
      await sql\`INSERT INTO copies (id, note) VALUES (\${id}, \${note})\`;
    await sql.script("INSERT INTO ran VALUES ('004')");
  },
});
`,
  );
  project.write('rollbacks/004_rows.sql', 'DROP TABLE copies;\n');
  project.write('verify/004_rows.sql', '-- @check three copies\n-- @expect rows = 3\nSELECT id FROM copies;\n');
  project.migration(
    '005_fails',
    `CREATE TABLE never (id integer);\n${ran('005')}SELECT * FROM nowhere;\n`,
    'DROP TABLE never;\n',
  );
}

/** What a run over that plan ends in when nothing happens to it. */
export const FAILS_WITH = 'sql-failed';
export const MARKS = ['001', '002', '003a', '003b', '004'];

/** What must be the same, however a run was disturbed. */
export interface Truth {
  readonly objects: ReadonlyMap<string, string>;
  readonly history: readonly unknown[];
}

export async function readTruth(project: Project): Promise<Truth> {
  return inspect(project.config, project.options, async (sql) => {
    const prefix = project.engine === 'sqlite' ? 'surefoot_' : 'surefoot.';
    const history = await sql.query(
      `SELECT version, name, kind, state, direction, checksum, statements_done, statement_begun FROM ${prefix}history ORDER BY version`,
    );
    const marks = await sql.query('SELECT mark FROM ran ORDER BY mark');
    expect(marks.map((row) => row['mark'])).toEqual(MARKS);
    return { objects: await fingerprint(project.engine, sql), history };
  });
}

/** Runs to the end and returns the code it ended with; null for success. */
export async function runOnce(project: Project): Promise<string | null> {
  try {
    await migrate(project.config, { ...project.options, lockWaitMs: 60_000 });
    return null;
  } catch (error) {
    if (error instanceof SurefootError) return error.code;
    throw error;
  }
}

/**
 * Runs again, undisturbed, and holds everything against the truth: objects, rows, history, each migration once, the
 * chain, and that the journal tells of the run that was disturbed, should it have told of its beginning.
 */
export async function settle(project: Project, truth: Truth, first: string | null): Promise<string> {
  expect(await runOnce(project)).toBe(FAILS_WITH);
  const now = await readTruth(project);
  expect(differences(truth.objects, now.objects)).toEqual([]);
  expect(now.history).toEqual(truth.history);
  const told = (await log(project.config, { ...project.options, check: true })).databases[0];
  expect(told?.chain).toMatchObject({ intact: true });
  return outcomeOf(told, first);
}

/** In a few words, for the matrix; fails where the journal is silent on a fault it should tell of. */
function outcomeOf(told: LogResult | undefined, first: string | null): string {
  const runs = told?.runs ?? [];
  const [run] = runs;
  // Two runs of this plan, of which the second ends at the failing step.
  if (runs.length === 1 || run === undefined) return 'not begun; the next run did it all';
  if (run.entries.some((entry) => entry.event === 'reconnected')) return 'found out it was done, went on to the end';
  expect(['failed', 'interrupted']).toContain(run.outcome);
  if (run.error?.code === FAILS_WITH) return 'was at its end';
  if (run.outcome === 'failed') expect(run.error?.code).toBe(first);
  return run.versions.length === 0 ? 'nothing changed; the next run did it all' : 'stopped; the next run went on';
}

/** Lends a project on a fresh PostgreSQL database, its folder shared by all that use the same `root`. */
export async function withDatabaseIn(
  root: string,
  major: number,
  work: (project: Project, target: Target, through: (port: number) => Project) => Promise<void>,
): Promise<void> {
  await withTestDatabase(
    async (url) => {
      const settings = parseConnection(url, {});
      const [host] = settings.hosts;
      if (host === undefined) throw new Error('the test URL names no host');
      const target = host.host.startsWith('/') ? { path: `${host.host}/.s.PGSQL.${String(host.port)}` } : host;
      rmSync(join(root, '.surefoot'), { recursive: true, force: true });
      const through = (port: number): Project => {
        const password = settings.password === null ? '' : `:${encodeURIComponent(settings.password)}`;
        return projectIn(
          root,
          'postgres',
          `postgres://${settings.user}${password}@127.0.0.1:${String(port)}/${settings.database}?sslmode=disable`,
        );
      };
      await work(projectIn(root, 'postgres', url), target, through);
    },
    { major },
  );
}

export async function withRoot(work: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'surefoot-faults-'));
  mkdirSync(join(root, 'migrations'));
  try {
    await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
