import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { migrate, rollback, verify } from '../../src/index.ts';
import { connectTo } from '../support/connect-to.ts';
import { runInTerminal } from '../support/terminal.ts';
import { ENGINES, rejection, usersAndAddresses, withProject, type Project } from '../support/project.ts';

const PUBLISHED = fileURLToPath(new URL('../../schemas/', import.meta.url));
const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** Validates as a stranger would: the published file and a JSON Schema validator. */
function published(name: string): (value: unknown) => readonly unknown[] {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(PUBLISHED, `${name}.json`), 'utf8')) as object);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

const entryProblems = published('journal-entry');

/** Writes to the database as somebody with all rights would, past surefoot. */
async function tamper(project: Project, statements: readonly string[]): Promise<void> {
  if (project.engine === 'sqlite') {
    const { default: Driver } = await import('better-sqlite3');
    const file = new Driver(join(project.root, 'main.db'));
    for (const text of statements) file.exec(text.replaceAll('surefoot.', 'surefoot_'));
    file.close();
    return;
  }
  const sql = connectTo(project.url);
  for (const text of statements) await sql.unsafe(text);
  await sql.end();
}

/** A run that succeeds, one that fails on a duplicate key, one that fails a check, a rollback, a baseline-like repair. */
async function live(project: Project): Promise<void> {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
  project.migration(
    '003_fill',
    "INSERT INTO users (id, name) VALUES (1, 'Ana Secret');\nINSERT INTO users (id, name) VALUES (1, 'Ana Secret');\n",
    'DELETE FROM users;\n',
  );
  expect((await rejection(migrate(project.config, project.options))).exitCode).toBe(3);
  project.migration(
    '003_fill',
    "INSERT INTO users (id, name) VALUES (1, 'Ana Secret');\n",
    'DELETE FROM users;\n',
    "-- @check nobody has a name\n-- @expect result = []\nSELECT name FROM users WHERE name <> 'Bo Hidden';\n",
  );
  expect((await rejection(migrate(project.config, project.options))).exitCode).toBe(1);
  await rollback(project.config, project.options);
  await verify(project.config, project.options);
}

describe.each(ENGINES)('log on %s', (engine) => {
  it('exports every format, valid against the published schema and free of user data', async () => {
    await withProject(engine, async (project) => {
      await live(project);
      await project.run('log', 'note', 'last', 'seen by =cmd, "Ana" | postgres://ana:pw@db/x');
      for (const ending of ['txt', 'md', 'json', 'jsonl', 'csv'])
        expect((await project.run('log', 'export', '--out', `out.${ending}`)).code).toBe(0);
      const read = (ending: string): string => readFileSync(join(project.root, `out.${ending}`), 'utf8');
      const lines = read('jsonl').trimEnd().split('\n');
      const entries = lines.map((line) => JSON.parse(line) as { event: string; outcome: string });
      expect(entries.flatMap(entryProblems)).toEqual([]);
      expect(new Set(entries.map(({ event }) => event))).toEqual(
        new Set(['run-started', 'step', 'run-finished', 'verified', 'note']),
      );
      expect(published('log')(JSON.parse(read('json')))).toEqual([]);
      expect(parse(read('csv'), { columns: true })).toHaveLength(lines.length);
      expect(read('md')).toContain('# Migration log of main');
      expect(read('txt').match(/^Migration Date: /gmu)?.length).toBe(
        (await project.run('log', '--json')).out.match(/"startedAt"/gu)?.length,
      );
      const mirror = readFileSync(join(project.root, '.surefoot/log/main.jsonl'), 'utf8').trimEnd().split('\n');
      expect(mirror.map((line) => JSON.parse(line) as unknown)).toEqual(entries);
      const everything = ['txt', 'md', 'json', 'jsonl', 'csv'].map(read).join('\n');
      for (const secret of ['Ana Secret', 'Bo Hidden', ':pw@', '(1)='])
        expect(everything.includes(secret) ? secret : null).toBeNull();
      expect(everything).toContain('003_fill');
      // The person at the terminal still sees what it was about.
      project.migration('003_fill', "INSERT INTO users (id, name) VALUES (1, 'Ana'), (1, 'Ana');\n", 'SELECT 1;\n');
      expect((await project.run('migrate')).err).toContain("'Ana'");
    });
  });

  it('keeps literals where the policy says so, and never a password', async () => {
    await withProject(engine, async (project) => {
      project.write(
        'surefoot.config.ts',
        `export default ${JSON.stringify({ ...project.config, environments: { open: { maskLiterals: false } } })};\n`,
      );
      await live(project);
      project.migration('003_fill', "INSERT INTO nowhere VALUES ('Ana Open', 'postgres://a:pw@b/c');\n", 'SELECT 1;\n');
      await project.run('migrate', '--env', 'open');
      const { out } = await project.run('log', '--format', 'jsonl');
      expect(out).toContain('Ana Open');
      expect(out).not.toContain(':pw@');
      expect(out).not.toContain('Ana Secret');
    });
  });

  it('refuses what waits to be written and is no entry, and writes nothing of it', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await project.run('migrate', '--to', '001');
      project.write('.surefoot/unwritten/main.jsonl', '{"cut off\n{"runId":1}\n');
      const refused = await project.run('migrate');
      expect(refused.code).toBe(4);
      expect(refused.err).toContain('unwritten/main.jsonl:2: it waits to be written to the journal');
      project.write('.surefoot/unwritten/main.jsonl', '{"cut off\n');
      expect((await project.run('migrate')).code).toBe(0);
      expect((await project.run('log', '--check')).code).toBe(0);
    });
  });

  it('filters runs, and says what it does not understand', async () => {
    await withProject(engine, async (project) => {
      await live(project);
      const runs = async (...args: readonly string[]): Promise<readonly { outcome: string; command: string }[]> =>
        (JSON.parse((await project.run('log', '--json', ...args)).out) as { databases: [{ runs: never[] }] })
          .databases[0].runs;
      const all = await runs();
      expect(all.map((run) => run.command)).toEqual(['migrate', 'migrate', 'migrate', 'rollback', 'verify']);
      expect((await runs('--outcome', 'failed')).map((run) => run.command)).toEqual(['migrate', 'migrate']);
      expect(await runs('--migration-version', '3')).toHaveLength(2);
      expect(await runs('--operator', 'nobody')).toEqual([]);
      expect(await runs('--since', '1h', '--limit', '2')).toHaveLength(2);
      expect(await runs('--until', '1h')).toEqual([]);
      expect(await runs('--run', 'last')).toHaveLength(1);
      for (const [args, words] of [
        [['--since', 'yesterday'], 'neither a time nor a duration'],
        [['--follow', '--format', 'markdown'], 'one by one'],
        [['--key', 'x'], 'belong to --check'],
        [['--json', '--format', 'csv'], 'exclude each other'],
        [['export', '--out', 'x.pdf'], 'tells no format'],
        [['note', 'ffffffff', 'text'], 'has no run ffffffff'],
        [['note', 'last', ' '], 'the note is empty'],
      ] as const) {
        const result = await project.run('log', ...args);
        const said = result.out + result.err;
        expect([result.code, said.includes(words) ? words : said]).toEqual([2, words]);
      }
    });
  });

  it('signs with its own and with OpenSSL keys, and names what was changed after that', async () => {
    await withProject(engine, async (project) => {
      await live(project);
      expect((await project.run('log', 'keygen', '--out', 'audit.key')).code).toBe(0);
      expect(statSync(join(project.root, 'audit.key')).mode & 0o077).toBe(0);
      expect((await project.run('log', 'keygen', '--out', 'audit.key')).code).toBe(2);
      const signed = await project.run('log', 'sign', '--key', 'audit.key', '--out', 'main.sig', '--json');
      expect(published('log-sign')(JSON.parse(signed.out))).toEqual([]);
      execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', join(project.root, 'own.key')]);
      execFileSync('openssl', ['pkey', '-in', 'own.key', '-pubout', '-out', 'own.pub'], { cwd: project.root });
      expect((await project.run('log', 'sign', '--key', 'own.key')).code).toBe(0);
      const { out } = await project.run('log', '--format', 'jsonl');
      expect(
        out
          .trimEnd()
          .split('\n')
          .flatMap((line) => entryProblems(JSON.parse(line))),
      ).toEqual([]);

      const check = async (...args: readonly string[]) => project.run('log', '--check', ...args);
      expect(await check('--key', 'audit.key.pub', '--signature', 'main.sig')).toMatchObject({ code: 0 });
      expect((await check('--key', 'own.pub')).out).toContain('1 of other keys not verified');
      expect((await check()).out).toContain('2 signatures not verified');
      execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', join(project.root, 'other.key')]);
      execFileSync('openssl', ['pkey', '-in', 'other.key', '-pubout', '-out', 'other.pub'], { cwd: project.root });
      expect(await check('--key', 'other.pub')).toMatchObject({ code: 1 });
      expect((await check('--key', 'main.sig')).code).toBe(2);

      // A row changed in place breaks the chain there.
      await tamper(project, [
        "UPDATE surefoot.journal SET entry = replace(entry, 'succeeded', 'failed') WHERE seq = 2",
      ]);
      const changed = await check('--key', 'audit.key.pub');
      expect(changed).toMatchObject({ code: 1 });
      expect(changed.out).toContain('broken at entry 2');
      expect(changed.out).toContain('not what was signed, from entry 1 on');
      expect((await project.run('log', 'sign', '--key', 'audit.key')).code).toBe(4);

      // All of it removed, and a chain begun anew, leaves the signature that was kept apart.
      await tamper(project, [
        'DELETE FROM surefoot.journal',
        `UPDATE surefoot.journal_head SET seq = 0, hash = '${'0'.repeat(64)}'`,
        'UPDATE surefoot.history SET scripts = NULL, scripts_hash = NULL',
      ]);
      expect(await check()).toMatchObject({ code: 0 });
      const emptied = await check('--key', 'audit.key.pub', '--signature', 'main.sig');
      expect(emptied).toMatchObject({ code: 1 });
      expect(emptied.out).toContain('entries from 1 on were removed');
    });
  });

  it('takes notes and signatures beside a run that is under way, and its chain holds', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await project.run('migrate');
      await project.run('log', 'keygen', '--out', 'audit.key');
      // A signature is no run that anybody means by `last`.
      await project.run('log', 'sign', '--key', 'audit.key');
      expect((await project.run('log', 'note', 'last', 'behind a signature')).code).toBe(0);
      expect((await project.run('log', '--format', 'jsonl', '--migration-version', '002')).out).toContain(
        'behind a signature',
      );
      project.write(
        'migrations/003_slow.ts',
        `import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { defineMigration } from 'surefoot';
export default defineMigration({ description: 'slow', async run({ sql, log }) {
  await sql.query("INSERT INTO users (id, name) VALUES (7, 'x')");
  log.info('waiting');
  while (!existsSync(${JSON.stringify(join(project.root, 'go'))})) await pause(20);
} });
`,
      );
      project.write('rollbacks/003_slow.sql', 'DELETE FROM users;\n');
      const state = { ended: false };
      const running = project.run('migrate').finally(() => {
        state.ended = true;
      });
      const runUnderWay = async (): Promise<boolean> =>
        (await project.run('log', '--outcome', 'running', '--format', 'jsonl')).out !== '';
      while (!state.ended && !(await runUnderWay()));
      const note = project.run('log', 'note', 'last', 'watching');
      const sign = project.run('log', 'sign', '--key', 'audit.key');
      // PostgreSQL lets them through; SQLite has one writer, and they wait for it.
      if (engine === 'postgres') expect(await Promise.all([note, sign])).toMatchObject([{ code: 0 }, { code: 0 }]);
      project.write('go', '');
      expect(await Promise.all([running, note, sign])).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
      expect(await project.run('log', '--check', '--key', 'audit.key.pub')).toMatchObject({ code: 0 });
      const { out } = await project.run('log', '--format', 'jsonl', '--migration-version', '003');
      const entries = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { runId: string; event: string; notes: readonly string[] });
      expect(entries.find(({ event }) => event === 'note')?.notes).toEqual(['watching']);
      expect(new Set(entries.map(({ runId }) => runId)).size).toBe(1);
    });
  });

  it('follows at a terminal, a line for each entry, until Ctrl-C', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await project.run('migrate', '--to', '001');
      const follow = runInTerminal(project.root, ['log', '--follow', '--run', 'last']);
      // What the filter finds is shown first, then what comes.
      await follow.shows('migrate: ↑ 001_users');
      project.migration('003_bad', 'SELECT nothing;\n', 'SELECT 1;\n');
      expect((await project.run('migrate')).code).toBe(3);
      await follow.shows('migrate: ↑ 002_address');
      await follow.shows('migrate: ↑ 003_bad');
      await follow.shows('failed');
      await follow.shows('migrations/003_bad.sql:1:');
      await follow.shows('migrate: run-finished');
      await follow.shows('\n');
      follow.types('\u0003');
      expect(await follow.ends()).toBe(130);
      const lines = stripVTControlCharacters(follow.text()).split(/\r*\n/u);
      expect(lines.filter((line) => /^\d{4}-/u.test(line) && line.length > 80)).toEqual([]);
      expect(follow.text()).toContain('\u001B[32msucceeded');
    });
  });

  it('follows entries from before the database exists, and ends with a signal', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const child = spawn(process.execPath, [BIN, 'log', '--follow', '--format', 'jsonl'], { cwd: project.root });
      const lines: string[] = [];
      let rest = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
      });
      const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
      const until = async (holds: () => boolean): Promise<void> => {
        while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      // It waits on a second migrate, so the first may be seen or not, depending on when it began to look.
      await project.run('migrate');
      await until(() => lines.length > 0 || existsSync(join(project.root, '.surefoot/log/main.jsonl')));
      await new Promise((resolve) => setTimeout(resolve, 1200));
      const before = lines.length;
      await project.run('rollback', '--yes');
      await until(() => lines.slice(before).some((line) => line.includes('"run-finished"')));
      expect(lines.slice(before).flatMap((line) => entryProblems(JSON.parse(line)))).toEqual([]);
      expect(lines.slice(before).map((line) => (JSON.parse(line) as { command: string }).command)).toEqual([
        'rollback',
        'rollback',
        'rollback',
      ]);
      child.kill('SIGINT');
      expect(await ended).toBe(130);
    });
  });
});
