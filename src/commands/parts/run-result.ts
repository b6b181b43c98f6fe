import type { RunReport, StepResult } from '../../domain/run/index.ts';
import { sumOfLocks } from '../../model/blocker.ts';
import type { JournalBackup } from '../../model/backup.ts';
import type { Direction, Engine } from '../../model/engine.ts';
import type { Plan } from '../../model/plan.ts';
import type { CommandTarget } from './target.ts';

/** What `migrate`, `rollback` and `redo` did on one database. Times in milliseconds. */
export interface RunResult {
  readonly name: string;
  readonly engine: Engine;
  /** Null when there was nothing to do. */
  readonly runId: string | null;
  readonly direction: Direction;
  readonly outcome: 'succeeded' | 'nothing to do';
  readonly durationMs: number;
  /** Where a dry run executed; null for a real run. */
  readonly dryRun: 'transaction' | 'shadow' | null;
  /** The backup made before the first step. */
  readonly backup: JournalBackup | null;
  readonly steps: readonly StepResult[];
  readonly plan: Plan;
  /** The longest that any other session was seen to wait because of this run; null where nobody watched. */
  readonly othersWaitedMs: number | null;
}

export function resultOf(target: CommandTarget, report: RunReport): RunResult {
  return {
    name: target.database.name,
    engine: target.database.capabilities.engine,
    runId: report.runId,
    direction: report.plan.direction,
    outcome: report.steps.length === 0 ? 'nothing to do' : 'succeeded',
    durationMs: report.durationMs,
    dryRun: report.dryRun,
    backup: report.backup,
    steps: report.steps,
    plan: report.plan,
    othersWaitedMs: sumOfLocks(report.steps.map((step) => step.locks))?.othersWaitedMs ?? null,
  };
}
