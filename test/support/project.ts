import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, type Config, type Row } from '../../src/index.ts';
import { withTestDatabase } from './postgres.ts';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** A throw-away project folder with one database, `main`. */
export interface Project {
  readonly root: string;
  readonly engine: 'sqlite' | 'postgres';
  readonly url: string;
  readonly config: Config;
  /** What library calls take beside their input. */
  readonly options: { readonly root: string };
  write(path: string, text: string | Uint8Array): void;
  remove(path: string): void;
  /** Writes `migrations/<stem>.sql` and its two companions. Null leaves one out. */
  migration(stem: string, up: string, rollback: string | null, verify?: string): void;
  query(text: string): Promise<readonly Row[]>;
  /** Runs the built command line in the project folder. */
  run(...args: readonly string[]): Promise<Finished>;
}

export interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export const ENGINES = ['sqlite', 'postgres'] as const;

/** Lends a project on a fresh database of the engine. */
export async function withProject(
  engine: Project['engine'],
  work: (project: Project) => Promise<void>,
  options: { readonly major?: number } = {},
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'surefoot-project-'));
  try {
    if (engine === 'sqlite') await work(projectIn(root, engine, `sqlite:${join(root, 'main.db')}`));
    else await withTestDatabase(async (url) => work(projectIn(root, engine, url)), options);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export function projectIn(root: string, engine: Project['engine'], url: string): Project {
  const config: Config = { databases: { main: { url } } };
  const write = (path: string, text: string | Uint8Array): void => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write('surefoot.config.ts', `export default ${JSON.stringify(config)};\n`);
  mkdirSync(join(root, 'migrations'), { recursive: true });
  return {
    root,
    engine,
    url,
    config,
    options: { root },
    write,
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    migration: (stem, up, rollback, verify) => {
      write(`migrations/${stem}.sql`, up);
      if (rollback !== null) write(`rollbacks/${stem}.sql`, rollback);
      if (verify !== undefined) write(`verify/${stem}.sql`, verify);
    },
    query: async (text) => inspect(config, { root }, async (sql) => sql.query(text)),
    run: async (...args) => runCli(root, args),
  };
}

/** Runs the built command line, behind the words of `before` if any; never throws for its exit code. */
export async function runCli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  before: readonly string[] = [],
): Promise<Finished> {
  return new Promise((resolve) => {
    const [program = process.execPath, ...rest] = [...before, process.execPath, BIN, ...args];
    const child = execFile(
      program,
      rest,
      { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, out, err });
      },
    );
    child.stdin?.end();
  });
}

/** The error a promise rejects with; fails when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<{
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly exitCode: number;
  readonly context: Readonly<Record<string, unknown>>;
}> {
  try {
    await promise;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && 'exitCode' in error) return error as never;
    throw error;
  }
  throw new Error('it was expected to fail, and did not');
}

/** Two migrations that both engines understand: users, then an address. */
export function usersAndAddresses(project: Project): void {
  project.migration(
    '001_users',
    '-- @description Users\nCREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);\n',
    'DROP TABLE users;\n',
    '-- @check users is empty or named\n-- @expect rows = 0\nSELECT id FROM users WHERE name IS NULL;\n\n-- @check users is gone\n-- @when rolled-back\n-- @expect rows = 0\n' +
      tableQuery(project.engine, 'users'),
  );
  project.migration(
    '002_address',
    'ALTER TABLE users ADD COLUMN address text;\nCREATE INDEX users_address ON users (address);\n',
    'DROP INDEX users_address;\nALTER TABLE users DROP COLUMN address;\n',
    "-- @setup\nINSERT INTO users (id, name, address) VALUES (1, 'Ana', 'here');\n-- @check addresses can be written\n-- @expect value = 1\nSELECT count(*) FROM users WHERE address = 'here';\n",
  );
}

export function tableQuery(engine: Project['engine'], table: string): string {
  return engine === 'sqlite'
    ? `SELECT name FROM sqlite_schema WHERE name = '${table}';\n`
    : `SELECT relname FROM pg_catalog.pg_class WHERE relname = '${table}';\n`;
}
