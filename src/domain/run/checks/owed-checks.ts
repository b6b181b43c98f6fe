import type { CheckResult } from '../../../model/check-result.ts';
import type { History } from '../../../model/history.ts';
import type { Session } from '../../../ports/session.ts';
import { createRecorder, readOwedVersions } from '../../journal/index.ts';
import { loadVerify, problemsError } from '../../migrations/index.ts';
import {
  checksCommitted,
  checksError,
  failures,
  probeCommands,
  runChecks,
  type BoundCheck,
} from '../../verification/index.ts';
import type { RunParts } from '../session/locked-run.ts';

/**
 * Makes the checks that an earlier run owes: those after the commit of a step that failed there, or that it never came
 * to. Throws `check-failed` while one of them fails. Only reads, beside the journal.
 */
export async function makeOwedChecks(
  parts: RunParts,
  session: Session,
  readApplied: () => Promise<History>,
  state: string,
): Promise<void> {
  const owed = new Set(await readOwedVersions(parts.database, session));
  if (owed.size === 0) return;
  const history = await readApplied();
  const checks = history.applied
    .filter(({ version, state }) => state === 'applied' && owed.has(version.text))
    .map(({ version }) => ({ version: version.text, bound: committedChecks(parts, version.order) }))
    .filter(({ bound }) => bound.length > 0);
  if (checks.length === 0) return;
  const failed: CheckResult[] = [];
  for (const { version, bound } of checks) {
    const results = await makeNow(parts, session, bound);
    failed.push(...failures(results));
    await record(parts, session, version, results);
  }
  const { name } = parts.database;
  if (failed.length === 0) {
    parts.progress.report({
      type: 'message',
      database: name,
      level: 'info',
      text: `the checks after the commit of ${checks.map(({ version }) => version).join(', ')}, which an earlier run owed, pass now`,
    });
    return;
  }
  throw checksError(
    parts.database,
    'verification of what is applied',
    failed,
    `${state}: an earlier run committed the step of these checks, and they have not passed since`,
    `Correct the data and run surefoot migrate ${name} again, which makes these checks once more, or surefoot rollback ${name} to take the step back.`,
  );
}

function committedChecks({ files, set, database }: RunParts, order: bigint): readonly BoundCheck[] {
  const migration = set.migrations.find(({ version }) => version.order === order);
  if (migration?.verify == null) return [];
  const loaded = loadVerify({ files, engine: database.capabilities.engine }, migration.verify);
  if (loaded.problems.length > 0) throw problemsError(loaded.problems);
  if (loaded.value === null) return [];
  return checksCommitted({ version: migration.version.text, order, script: loaded.value });
}

async function makeNow(
  { database: { dialect }, settings }: RunParts,
  session: Session,
  bound: readonly BoundCheck[],
): Promise<readonly CheckResult[]> {
  const timeouts = { lockMs: settings.lockTimeoutMs, statementMs: settings.statementTimeoutMs };
  await session.batch(probeCommands(dialect, timeouts));
  try {
    return await runChecks(dialect, session, bound, new Map());
  } finally {
    await session.batch([{ text: dialect.abort, tolerate: true }]);
  }
}

async function record(
  parts: RunParts,
  session: Session,
  version: string,
  checks: readonly CheckResult[],
): Promise<void> {
  const recorder = createRecorder({
    ...parts,
    engine: parts.database.capabilities.engine,
    gitCommit: null,
    maskLiterals: parts.settings.maskLiterals,
  });
  await recorder.append(
    session,
    recorder.entry({
      event: 'verified',
      outcome: failures(checks).length === 0 ? 'succeeded' : 'failed',
      version,
      direction: 'up',
      checks,
    }),
  );
}
