import { TOOL_VERSION } from '../model/tool-version.ts';
import type { CiCheckResult, CiDatabaseResult } from '../model/ci.ts';
import type { CiCheck, CiOptions, CiResult, ContributedFinding } from '../model/contribution.ts';
import { isSurefootError } from '../model/errors.ts';
import { renderCiSummary, renderJunit, renderSarif, type JunitSuite } from '../domain/report/index.ts';
import type { Files } from '../ports/files.ts';
import { contributionsOf } from './contributions.ts';
import type { CommandTarget } from './parts/target.ts';

export interface CiInput {
  /** Prove what has no valid proof, instead of calling it a failure. */
  readonly prove?: boolean | undefined;
  /** Write the kept snapshot anew, instead of comparing with it. */
  readonly keepSnapshot?: boolean | undefined;
}

/** Runs every check that a capability offers: those of one group in order, the groups side by side. */
export async function ci(target: CommandTarget, input: CiInput): Promise<CiDatabaseResult> {
  const { database, clock, signal } = target;
  const start = clock.monotonic();
  const { checks } = await contributionsOf(target);
  const options: CiOptions = {
    signal,
    prove: input.prove === true,
    keepSnapshot: input.keepSnapshot === true,
  };
  const done = new Map<CiCheck, CiCheckResult>();
  await Promise.all(
    [...groupsOf(checks).values()].map(async (group) => {
      for (const check of group) done.set(check, await runCheck(target, check, options));
    }),
  );
  const results = checks.flatMap((check) => done.get(check) ?? []);
  return {
    name: database.name,
    engine: database.capabilities.engine,
    outcome: results.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed',
    checks: results,
    durationMs: clock.monotonic() - start,
  };
}

function groupsOf(checks: readonly CiCheck[]): ReadonlyMap<string, readonly CiCheck[]> {
  const groups = new Map<string, CiCheck[]>();
  for (const check of checks) groups.set(check.group, [...(groups.get(check.group) ?? []), check]);
  return groups;
}

async function runCheck(target: CommandTarget, check: CiCheck, options: CiOptions): Promise<CiCheckResult> {
  const { clock, progress, database } = target;
  const start = clock.monotonic();
  const result = await resultOf(check, options);
  progress.report({
    type: 'message',
    database: database.name,
    level: 'info',
    text: `${check.title}: ${result.outcome}`,
  });
  const { id, title, group } = check;
  return { id, title, group, ...result, durationMs: clock.monotonic() - start };
}

/** What a check refuses or fails with is what it found; only an interruption ends them all. */
async function resultOf(check: CiCheck, options: CiOptions): Promise<CiResult> {
  try {
    return await check.run(options);
  } catch (error) {
    if (!isSurefootError(error) || error.code === 'interrupted') throw error;
    const { file, line } = error.context;
    const finding: ContributedFinding = {
      severity: 'error',
      rule: error.code,
      message: error.message,
      file: typeof file === 'string' ? file : null,
      line: typeof line === 'number' ? line : null,
    };
    return { outcome: 'failed', detail: `${error.message.split('\n')[0] ?? ''} (${error.code})`, findings: [finding] };
  }
}

/** Files to write what `ci` found to; paths are absolute. */
export interface CiFiles {
  readonly junit?: string | undefined;
  readonly sarif?: string | undefined;
  readonly summary?: string | undefined;
}

/** Writes the asked-for files. A summary is added to what stands there: a job has one, and may have other steps. */
export function writeCiFiles(files: Files, results: readonly CiDatabaseResult[], paths: CiFiles): void {
  const findings = results.flatMap(({ checks }) => checks.flatMap((check) => check.findings ?? []));
  if (paths.junit !== undefined) files.write(paths.junit, renderJunit(results.flatMap(suitesOf)));
  if (paths.sarif !== undefined) files.write(paths.sarif, renderSarif(findings, TOOL_VERSION));
  if (paths.summary !== undefined) files.append(paths.summary, renderCiSummary(results));
}

function suitesOf({ name, checks }: CiDatabaseResult): readonly JunitSuite[] {
  return checks.map((check) => {
    const findings = (check.findings ?? []).map(({ message }) => message);
    const whole = {
      name: check.title,
      outcome: check.outcome,
      detail: [check.detail, ...findings].join('\n'),
      durationMs: check.durationMs,
      file: null,
      line: null,
    };
    const cases = check.cases ?? [];
    const told = check.outcome === 'failed' ? [...cases, whole] : cases.length > 0 ? cases : [whole];
    return { name: `${name}.${check.id}`, cases: told };
  });
}
