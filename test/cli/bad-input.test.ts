import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startThrowAway, type ThrowAwayServer } from '../../src/adapters/embedded-postgres/index.ts';
import { connectTo } from '../support/postgres.ts';
import { runCli, withProject } from '../support/project.ts';

const root = mkdtempSync(join(tmpdir(), 'surefoot-cli-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** One clear message, no stack, no password. */
function clear(
  finished: { readonly code: number; readonly out: string; readonly err: string },
  code: number,
  says: readonly (string | RegExp)[],
): void {
  expect(finished.err).toMatch(/^error [a-z-]+: /mu);
  for (const each of says) expect(finished.err).toMatch(each);
  expect(finished.err).not.toMatch(/\n\s+at .+:\d+:\d+/u);
  expect(finished.err + finished.out).not.toContain('s3cret');
  expect(finished.code).toBe(code);
}

describe('a command line that is not understood', () => {
  const CASES: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no command', [], /name a command/u],
    ['a misspelt command', ['migrat'], /Did you mean surefoot migrate\?/u],
    [
      'an option of other commands',
      ['migrate', '--unchecked'],
      /unknown option: unchecked[\s\S]*surefoot migrate has no --unchecked; these have: baseline\./u,
    ],
    ['a misspelt option', ['migrate', '--dryrun'], /unknown option: dryrun[\s\S]*Did you mean --dry-run\?/u],
    ['an option without its value', ['migrate', '--to'], /Not enough arguments following: to/u],
    ['options that exclude each other', ['rollback', '--to', '1', '--step', '2'], /mutually exclusive/u],
    ['a choice that is none', ['log', '--format', 'xml'], /Invalid values[\s\S]*format/u],
    ['a demanded option left out', ['repair', '--to', '1'], /Missing required argument: reason/u],
    [
      'a duration that is none',
      ['migrate', '--lock-wait', 'soon', '--url', 'sqlite:x.db'],
      /--lock-wait soon is not a duration/u,
    ],
  ];
  it.each(CASES)('%s', async (_, args, says) => {
    clear(await runCli(root, args), 2, [says]);
  });

  it('goes on when nobody reads its output any more', async () => {
    await withProject('sqlite', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      const bin = join(import.meta.dirname, '../../dist/bin.js');
      const script = `node ${bin} migrate --json | true; echo "codes \${PIPESTATUS[*]}"; node ${bin} status --check | true; echo "codes \${PIPESTATUS[*]}"`;
      const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: project.root });
      expect(stdout).toBe('codes 0 0\ncodes 0 0\n');
      expect(stderr).not.toContain('EPIPE');
    });
  });

  it('has help with two examples for every command, and a version', async () => {
    const verbs = [
      'init',
      'new',
      'status',
      'plan',
      'migrate',
      'rollback',
      'redo',
      'verify',
      'baseline',
      'repair',
      'log',
    ];
    for (const verb of verbs) {
      const { code, out } = await runCli(root, [verb, '--help']);
      expect(code).toBe(0);
      expect(out.match(new RegExp(`^ +surefoot ${verb}`, 'gmu'))?.length ?? 0).toBeGreaterThanOrEqual(2);
    }
    expect((await runCli(root, ['--version'])).out.trim()).toBe(
      (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version,
    );
  });
});

describe('a configuration that is wrong', () => {
  it('is not there', async () => {
    clear(await runCli(root, ['status']), 2, [/config-not-found/u, /surefoot init/u]);
  });

  it('throws: its own line is shown', async () => {
    const folder = mkdtempSync(join(root, 'throws-'));
    writeFileSync(
      join(folder, 'surefoot.config.ts'),
      "import { defineConfig } from 'surefoot';\nconst url: string = (() => { throw new Error('no url today'); })();\nexport default defineConfig({ databases: { main: { url } } });\n",
    );
    clear(await runCli(folder, ['status']), 2, [
      /config-failed/u,
      /surefoot\.config\.ts:2:\d+: no url today/u,
      /2 \| const url/u,
    ]);
  });

  it('names one database twice', async () => {
    const folder = mkdtempSync(join(root, 'twins-'));
    writeFileSync(
      join(folder, 'surefoot.config.ts'),
      "export default { databases: { main: { url: 'sqlite:x.db' }, other: { url: 'sqlite://./x.db' }, third: { url: 'postgres://u:secret@h/d' }, fourth: { url: 'postgresql://u:secret@h/d' } } };\n",
    );
    clear(await runCli(folder, ['status']), 2, [
      /config-invalid/u,
      /databases\.other\.url: the same database as databases\.main/u,
      /databases\.fourth\.url: the same database as databases\.third/u,
    ]);
  });

  it('has unknown keys and wrong types: all are told', async () => {
    const folder = mkdtempSync(join(root, 'keys-'));
    writeFileSync(
      join(folder, 'surefoot.config.ts'),
      "export default { databases: { main: { ulr: 'sqlite:x' } }, environments: { production: { confirm: 'yes', lockTimeout: 'soon' } }, extra: 1 };\n",
    );
    clear(await runCli(folder, ['status']), 2, [
      /config-invalid/u,
      /databases\.main\.ulr: unknown key; did you mean url\?/u,
      /databases\.main\.url/u,
      /environments\.production\.confirm/u,
      /lockTimeout: not a duration/u,
      /extra: unknown key/u,
    ]);
  });

  it('needs a variable that is not set', async () => {
    const folder = mkdtempSync(join(root, 'env-'));
    writeFileSync(
      join(folder, 'surefoot.config.ts'),
      "import { defineConfig, env } from 'surefoot';\nexport default defineConfig({ databases: { main: { url: env('NOT_SET_ANYWHERE') } } });\n",
    );
    clear(await runCli(folder, ['status']), 2, [/env-missing/u, /NOT_SET_ANYWHERE/u]);
    writeFileSync(join(folder, '.env'), 'NOT_SET_ANYWHERE=sqlite:from-file.db\n');
    clear(await runCli(folder, ['status']), 2, [/env-missing/u]);
    writeFileSync(join(folder, '.gitkeep'), '');
    const read = await runCli(folder, ['status', '--env-file', '.env']);
    expect(read.err).toMatch(/directory-missing/u);
  });

  it('has several databases and none or an unknown one is named', async () => {
    const folder = mkdtempSync(join(root, 'many-'));
    writeFileSync(
      join(folder, 'surefoot.config.ts'),
      "export default { databases: { caps: { url: 'sqlite:caps.db' }, crm: { url: 'sqlite:crm.db' } } };\n",
    );
    clear(await runCli(folder, ['status']), 2, [/database-not-named/u, /caps, crm/u]);
    clear(await runCli(folder, ['status', 'cap']), 2, [/unknown-database/u, /Did you mean caps\?/u]);
    clear(await runCli(folder, ['status', 'caps', '--env', 'prod']), 2, [/unknown-environment/u]);
    clear(await runCli(folder, ['status', '--url', 'mysql://root:s3cret@host/db']), 2, [/url-invalid/u]);
    clear(await runCli(folder, ['status', '--url', 'sqlite:x.db?mode=ro']), 2, [
      /url-invalid/u,
      /takes no parameters/u,
    ]);
  });
});

describe('a database that can not be had', () => {
  let server: ThrowAwayServer;
  beforeAll(async () => {
    server = await startThrowAway({ from: import.meta.url.replace('file://', '') });
    const hba = join(server.dataDirectory, 'pg_hba.conf');
    writeFileSync(hba, `local all bob scram-sha-256\n${readFileSync(hba, 'utf8')}`);
    const sql = connectTo(
      `postgres://${server.user}@${encodeURIComponent(server.socketDirectory)}:${String(server.port)}/postgres`,
      1,
    );
    await sql.unsafe("CREATE ROLE bob LOGIN PASSWORD 'right'");
    await sql.unsafe('SELECT pg_reload_conf()');
    await sql.end();
  });
  afterAll(async () => server.close());
  const migrations = (folder: string): void => {
    const { mkdirSync } = process.getBuiltinModule('node:fs');
    mkdirSync(join(folder, 'migrations'), { recursive: true });
    mkdirSync(join(folder, 'rollbacks'), { recursive: true });
    writeFileSync(join(folder, 'migrations/001_a.sql'), 'CREATE TABLE a (id integer);');
    writeFileSync(join(folder, 'rollbacks/001_a.sql'), 'DROP TABLE a;');
  };

  it('because of the password', async () => {
    const folder = mkdtempSync(join(root, 'password-'));
    migrations(folder);
    const url = `postgres://bob:s3cret@${encodeURIComponent(server.socketDirectory)}:${String(server.port)}/postgres`;
    clear(await runCli(folder, ['migrate', '--url', url]), 3, [/authentication-failed/u, /bob/u]);
  });

  it('because it does not exist, or nothing listens there', async () => {
    const folder = mkdtempSync(join(root, 'absent-'));
    migrations(folder);
    const absent = `postgres://${server.user}@${encodeURIComponent(server.socketDirectory)}:${String(server.port)}/nowhere`;
    clear(await runCli(folder, ['migrate', '--url', absent]), 3, [/database-absent/u, /nowhere/u]);
    clear(await runCli(folder, ['migrate', '--url', 'postgres://ana:s3cret@127.0.0.1:9/db']), 3, [
      /connection-failed/u,
      /127\.0\.0\.1:9/u,
    ]);
  });

  it('because the path is a folder, no database, or read-only', async () => {
    const folder = mkdtempSync(join(root, 'sqlite-'));
    migrations(folder);
    clear(await runCli(folder, ['migrate', '--url', 'sqlite:migrations']), 3, [/database-file/u, /folder/u]);
    writeFileSync(
      join(folder, 'text.db'),
      'this is no database at all, but text that is long enough to have a header '.repeat(20),
    );
    clear(await runCli(folder, ['migrate', '--url', 'sqlite:text.db']), 3, [/database-file/u]);
    expect((await runCli(folder, ['migrate', '--url', 'sqlite:locked.db'])).code).toBe(0);
    chmodSync(join(folder, 'locked.db'), 0o444);
    writeFileSync(join(folder, 'migrations/002_b.sql'), 'CREATE TABLE b (id integer);');
    writeFileSync(join(folder, 'rollbacks/002_b.sql'), 'DROP TABLE b;');
    // Root may write whatever the mode says, unless it is nobody in a namespace of its own.
    const ordinary = process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=65534', '--map-group=65534'] : [];
    clear(await runCli(folder, ['migrate', '--url', 'sqlite:locked.db'], {}, ordinary), 3, [/read-only/u]);
  });
});

describe('output', () => {
  it('is one JSON document on standard output with --json, errors too', async () => {
    await withProject('sqlite', async (project) => {
      project.migration(
        '001_a',
        'CREATE TABLE a (id integer);',
        'DROP TABLE a;',
        '-- @check a is empty\n-- @expect value = 0\nSELECT count(*) FROM a;',
      );
      const migrated = JSON.parse((await project.run('migrate', '--json')).out) as {
        databases: { steps: unknown[] }[];
      };
      expect(migrated.databases[0]?.steps).toHaveLength(1);
      const status = JSON.parse((await project.run('status', '--json')).out) as {
        databases: { name: string; engine: string; migrations: Record<string, unknown>[] }[];
      };
      expect(status.databases[0]).toMatchObject({
        name: 'main',
        engine: 'sqlite',
        migrations: [{ version: '001', name: '001_a', state: 'applied' }],
      });
      const verified = JSON.parse((await project.run('verify', '--json')).out) as {
        databases: { checks: Record<string, unknown>[] }[];
      };
      expect(verified.databases[0]?.checks[0]).toMatchObject({
        version: '001',
        name: 'a is empty',
        outcome: 'passed',
        expected: 'value = 0',
        actual: 'value = 0',
        severity: 'error',
      });
      const failed = await project.run('migrate', '--to', '9', '--json');
      expect(failed.code).toBe(2);
      expect(JSON.parse(failed.out)).toMatchObject({ error: { code: 'unknown-version' } });
    });
  });

  it('gives gates their exit codes', async () => {
    await withProject('sqlite', async (project) => {
      project.migration(
        '001_a',
        'CREATE TABLE a (id integer);',
        'DROP TABLE a;',
        '-- @check a has a row\n-- @severity warning\n-- @expect value = 1\nSELECT count(*) FROM a;\n\n-- @check never\n-- @when step\n-- @expect value = 0\nSELECT count(*) FROM a;',
      );
      expect((await project.run('status', '--check')).code).toBe(1);
      expect((await project.run('plan', '--check')).code).toBe(1);
      expect((await project.run('migrate')).code).toBe(0);
      expect((await project.run('status', '--check')).code).toBe(0);
      expect((await project.run('plan', '--check')).code).toBe(0);
      expect((await project.run('verify')).code).toBe(0);
      project.write('verify/001_a.sql', '-- @check a has a row\n-- @expect value = 1\nSELECT count(*) FROM a;');
      const failed = await project.run('verify');
      expect(failed.code).toBe(1);
      expect(failed.out).toContain('expected  value = 1');
    });
  });

  it('reads never make a database', async () => {
    await withProject('sqlite', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      expect((await project.run('status')).out).toContain('does not exist yet');
      expect((await project.run('plan')).code).toBe(0);
      expect((await project.run('log')).code).toBe(0);
      const { existsSync } = process.getBuiltinModule('node:fs');
      expect(existsSync(join(project.root, 'main.db'))).toBe(false);
    });
  });
});
