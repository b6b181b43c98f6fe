import { withLock, withSession } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import { SurefootError } from '../model/errors.ts';
import { errorOfFailure } from '../model/sql-failure.ts';
import type { Outcome } from '../ports/session.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';

/** One job that was due, as the database told how it ended. */
export interface MaintenanceJob {
  readonly job: string;
  readonly outcome: 'succeeded' | 'failed';
  /** What a failed job said; null where there is nothing to say. */
  readonly detail: string | null;
}

/** What `maintain` did on one database. Times in milliseconds. */
export interface MaintainResult {
  readonly name: string;
  readonly engine: Engine;
  readonly jobs: readonly MaintenanceJob[];
  readonly failed: number;
  readonly durationMs: number;
}

/**
 * Runs the database's own maintenance statement, which does what is due and returns a row a job: `job`, `outcome`
 * (`succeeded` or `failed`) and `detail`. It holds the run lock meanwhile, so that it never meets a migration. What ran
 * is in the journal; with nothing due nothing is written.
 */
export async function maintain(target: CommandTarget): Promise<MaintainResult> {
  const { database, maintenance, clock } = target;
  if (maintenance === null)
    throw new SurefootError({
      code: 'maintenance-absent',
      message: `no maintenance is configured for ${database.name}`,
      hint: `Write maintenance: 'SELECT job, outcome, detail FROM …' under databases.${database.name} in the configuration; each outcome is succeeded or failed.`,
    });
  const { dialect } = database;
  return withSession(target, false, async (session) =>
    withLock(runParts(target, loadSet(target), 'maintain'), session, { prepare: true }, async ({ context }) => {
      const start = clock.monotonic();
      const opening = dialect
        .begin({ lockMs: target.settings.lockTimeoutMs, statementMs: target.settings.statementTimeoutMs })
        .map((text) => ({ text }));
      const outcomes = await session.batch([...opening, { text: maintenance }, { text: dialect.commit }], {
        signal: target.signal,
      });
      const failed = outcomes.find((outcome) => outcome.status === 'failed');
      if (failed?.status === 'failed') {
        if (!failed.failure.connectionLost) await session.batch([{ text: dialect.abort, tolerate: true }]);
        throw errorOfFailure(failed.failure, `the maintenance of ${database.name} (nothing was changed)`);
      }
      const jobs = jobsOf(database.name, outcomes[opening.length]);
      const durationMs = clock.monotonic() - start;
      const failures = jobs.filter((each) => each.outcome === 'failed').length;
      if (jobs.length > 0)
        await context.recorder.append(
          session,
          context.recorder.entry({
            event: 'maintained',
            outcome: failures === 0 ? 'succeeded' : 'failed',
            durationMs: Math.round(durationMs * 100) / 100,
            notes: jobs.map((each) => `${each.job}: ${each.outcome}${each.detail === null ? '' : `: ${each.detail}`}`),
          }),
        );
      return { name: database.name, engine: database.capabilities.engine, jobs, failed: failures, durationMs };
    }),
  );
}

function jobsOf(name: string, outcome: Outcome | undefined): readonly MaintenanceJob[] {
  if (outcome?.status !== 'done') return [];
  const [job, ended, detail] = ['job', 'outcome', 'detail'].map((column) => outcome.columns.indexOf(column));
  if (job === undefined || ended === undefined || job === -1 || ended === -1)
    throw new SurefootError({
      code: 'maintenance-shape',
      message: `the maintenance of ${name} ran, and returned the columns ${outcome.columns.join(', ') || '(none)'} where job and outcome are needed`,
      hint: 'Name its columns job, outcome and detail with AS.',
    });
  return outcome.rows.map((row) => ({
    job: String(row[job]),
    outcome: row[ended] === 'succeeded' ? 'succeeded' : 'failed',
    detail: detail === undefined || row[detail] == null ? null : String(row[detail]),
  }));
}
