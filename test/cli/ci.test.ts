import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SCHEMAS } from '../../scripts/schemas.mjs';
import { renderJunit, renderSarif } from '../../src/domain/report/index.ts';
import { ENGINES, runCli, usersAndAddresses, withProject, type Project } from '../support/project.ts';

interface Told {
  readonly outcome: string;
  readonly checks: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly detail: string;
    readonly findings?: readonly { readonly rule: string; readonly message: string; readonly file: string | null }[];
  }[];
}

async function ci(
  project: Project,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly told: Told }> {
  const { code, out, err } = await project.run('ci', ...args, '--json');
  expect(err).toBe('');
  const document: unknown = JSON.parse(out);
  expect(SCHEMAS['ci']?.safeParse(document).error?.issues ?? []).toEqual([]);
  const [told] = (document as { readonly databases: readonly Told[] }).databases;
  if (told === undefined) throw new Error('nothing was told');
  return { code, told };
}

function outcomes(told: Told): Readonly<Record<string, string>> {
  return Object.fromEntries(told.checks.map(({ id, outcome }) => [id, outcome]));
}

describe.each(ENGINES)('ci on %s', (engine) => {
  it('passes a sound project, writes its files, and touches no configured database', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const first = await ci(project);
      expect(outcomes(first.told)).toEqual({
        plan: 'passed',
        rehearsal: 'passed',
        proofs: 'absent',
        snapshot: 'absent',
      });
      expect(first.code).toBe(0);
      const kept = await ci(project, '--prove', '--keep-snapshot');
      expect(outcomes(kept.told)).toEqual({
        plan: 'passed',
        rehearsal: 'passed',
        proofs: 'passed',
        snapshot: 'passed',
      });
      const whole = await project.run(
        'ci',
        '--junit',
        'out/junit.xml',
        '--sarif',
        'out/all.sarif',
        '--summary',
        'out/summary.md',
      );
      expect(whole.code).toBe(0);
      expect(whole.out).toContain('passed in');
      const junit = readFileSync(join(project.root, 'out/junit.xml'), 'utf8');
      expect(junit).toContain('<testcase classname="main.rehearsal" name="001_users up"');
      expect(junit).not.toContain('<failure');
      expect(readFileSync(join(project.root, 'out/summary.md'), 'utf8')).toContain('## surefoot: all passed\n');
      const status = await project.run('status', '--json');
      expect(status.out).not.toContain('"state": "applied"');
    });
  });

  it('fails for a failed check, a stale proof, a left-over table and a snapshot that differs, each named', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await ci(project, '--prove', '--keep-snapshot');
      project.write(
        'migrations/002_address.sql',
        'ALTER TABLE users ADD COLUMN address text;\nCREATE TABLE left_over (id integer);\n',
      );
      project.write('rollbacks/002_address.sql', 'ALTER TABLE users DROP COLUMN address;\n');
      const { code, told } = await ci(project);
      expect(code).toBe(1);
      expect(outcomes(told)).toEqual({ plan: 'passed', rehearsal: 'failed', proofs: 'failed', snapshot: 'failed' });
      const rules = told.checks.flatMap(({ findings = [] }) => findings.map(({ rule }) => rule));
      expect(rules).toEqual(expect.arrayContaining(['left-over', 'proof-stale', 'snapshot-differs']));
      const messages = told.checks.flatMap(({ findings = [] }) => findings.map(({ message }) => message));
      expect(messages.some((message) => message.includes('left_over'))).toBe(true);

      project.write('verify/002_address.sql', '-- @check it is there\n-- @expect rows = 5\nSELECT 1;\n');
      const failed = await project.run('ci', '--sarif', 'all.sarif', '--junit', 'junit.xml', '--summary', 'sum.md');
      expect(failed.code).toBe(1);
      expect(failed.out).toContain('it is there');
      expect(failed.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
      const summary = readFileSync(join(project.root, 'sum.md'), 'utf8');
      // What stands below the first line of a message keeps its lines.
      expect(summary).toMatch(/^- error: .*\(check-failed\)\n {2}```\n(?: {2}.*\n)+? {2}```$/mu);
      const sarif = JSON.parse(readFileSync(join(project.root, 'all.sarif'), 'utf8')) as {
        runs: { results: { ruleId: string }[] }[];
      };
      expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('check-failed');
      expect(readFileSync(join(project.root, 'junit.xml'), 'utf8')).toContain('<failure');
    });
  });

  it('fails for a file that can not be read, with its place', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);\nCOMMIT;\n', 'DROP TABLE a;\n');
      const { code, told } = await ci(project);
      expect(code).toBe(1);
      expect(told.checks[0]).toMatchObject({
        id: 'plan',
        outcome: 'failed',
        findings: [{ rule: 'transaction-statement' }],
      });
    });
  });
});

describe('what servers of CI read', () => {
  it('has a workflow of GitHub that its own parser takes without a word', async () => {
    const { out } = await runCli(tmpdir(), ['init', '--ci', 'github']);
    const { context } = parseWorkflow({ name: 'migrations.yml', content: out }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    const broken = parseWorkflow(
      { name: 'migrations.yml', content: out.replace('runs-on', 'run-on') },
      new NoOperationTraceWriter(),
    );
    expect(broken.context.errors.getErrors()).not.toEqual([]);
  });

  it('has a job of GitLab that holds to its schema', async () => {
    const { out } = await runCli(tmpdir(), ['init', '--ci', 'gitlab']);
    const folder = mkdtempSync(join(tmpdir(), 'surefoot-gitlab-'));
    const listed = (text: string): string => {
      writeFileSync(join(folder, '.gitlab-ci.yml'), text);
      const tool = join(import.meta.dirname, '../../node_modules/.bin/gitlab-ci-local');
      const missing = join(import.meta.dirname, '../support/set-union.mjs');
      return execFileSync(process.execPath, ['--import', missing, tool, '--list-json'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    };
    try {
      execFileSync('git', ['init', '--quiet', folder]);
      execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', 'git@example.com:group/project.git']);
      execFileSync('git', [
        '-C',
        folder,
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@example.com',
        'commit',
        '--quiet',
        '--allow-empty',
        '-m',
        'first',
      ]);
      expect(listed(out)).toContain('"surefoot"');
      expect(() => listed(out.replace('when: always', 'when: sometimes'))).toThrow();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    expect(parse(out)).toHaveProperty('surefoot.script');
  });

  it('has JUnit and SARIF in which no text breaks the form', () => {
    const nasty = '<&"\u0000\u001F]]>\n\uD800';
    const xml = renderJunit([
      {
        name: nasty,
        cases: [{ name: nasty, outcome: 'failed', detail: nasty, durationMs: 12.3, file: nasty, line: 3 }],
      },
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'surefoot-junit-'));
    try {
      writeFileSync(join(folder, 'a.xml'), xml);
      execFileSync('python3', [
        '-c',
        'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])',
        join(folder, 'a.xml'),
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const sarif: unknown = JSON.parse(
      renderSarif([{ severity: 'error', rule: 'r', message: nasty, file: 'a b.sql', line: 2 }], '1'),
    );
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'r', ruleIndex: 0 }] }] });
  });
});
