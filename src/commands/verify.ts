import { createRecorder, readHistory } from '../domain/journal/index.ts';
import { loadStanding, storedReader, withSession } from '../domain/run/index.ts';
import { failures } from '../domain/verification/index.ts';
import type { CheckResult } from '../model/check-result.ts';
import type { Engine } from '../model/engine.ts';
import { isSurefootError } from '../model/errors.ts';
import { runChecksNow } from './parts/run-checks-now.ts';
import { loadSet, type CommandTarget } from './parts/target.ts';

export interface VerifyInput {
  /** Only the checks of this version. */
  readonly version?: string | undefined;
}

export interface VerifyResult {
  readonly name: string;
  readonly engine: Engine;
  readonly checks: readonly CheckResult[];
  /** Applied versions that have no verify script: absent is never passed. */
  readonly absent: readonly string[];
  readonly passed: number;
  readonly failed: number;
  readonly warnings: number;
}

/** Runs the checks of everything that is applied, in a transaction that is aborted, and notes the outcome in the journal. */
export async function verify(target: CommandTarget, input: VerifyInput): Promise<VerifyResult> {
  const set = loadSet(target);
  const { database } = target;
  return withSession(target, false, async (session) => {
    const history = await readHistory(database, session);
    const scripts = await loadStanding(
      {
        files: target.files,
        engine: database.capabilities.engine,
        set,
        history,
        stored: storedReader(database, session),
      },
      true,
    );
    const applied = history.applied.filter((each) => each.state === 'applied');
    const highest = applied.at(-1)?.version.order ?? -1n;
    const wanted = input.version === undefined ? null : BigInt(input.version.replaceAll('_', ''));
    const chosen = scripts.filter((script) => wanted === null || script.order === wanted);
    const start = target.clock.monotonic();
    const runId = target.host.uuid();
    const checks = await runChecksNow(target, session, {
      scripts: chosen,
      highest,
      onStart: (count) =>
        target.progress.report({ type: 'verify-started', database: database.name, runId, checks: count }),
    });
    const failed = failures(checks).length;
    const outcome = failed === 0 ? 'succeeded' : 'failed';
    const durationMs = Math.round(target.clock.monotonic() - start);
    target.progress.report({
      type: 'verify-finished',
      database: database.name,
      runId,
      outcome,
      durationMs,
      checks,
    });
    if (history.layout !== null) {
      const recorder = createRecorder({
        ...target,
        engine: database.capabilities.engine,
        command: 'verify',
        runId,
        gitCommit: null,
        maskLiterals: target.settings.maskLiterals,
      });
      const entry = recorder.entry({
        event: 'verified',
        outcome,
        durationMs,
        checks,
      });
      await note(target, async () => recorder.append(session, entry));
    }
    const covered = new Set(scripts.map((script) => script.order));
    return {
      name: database.name,
      engine: database.capabilities.engine,
      checks,
      absent: applied
        .filter((each) => (wanted === null || each.version.order === wanted) && !covered.has(each.version.order))
        .map((each) => each.version.text),
      passed: checks.filter((check) => check.outcome === 'passed').length,
      failed,
      warnings: failures(checks, 'warning').length,
    };
  });
}

/** A role that may only read can verify all the same; that the journal was not written is said. */
async function note(target: CommandTarget, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isSurefootError(error)) throw error;
    target.progress.report({
      type: 'message',
      database: target.database.name,
      level: 'warn',
      text: `the verification is not in the journal: ${error.message}`,
    });
  }
}
