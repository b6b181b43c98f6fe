import type { LockReport } from '../../model/blocker.ts';
import type { CheckResult } from '../../model/check-result.ts';
import type { Direction } from '../../model/engine.ts';
import type { Executor } from '../../ports/executor.ts';
import type { Prepared } from '../plan/index.ts';
import type { BoundScript } from '../verification/index.ts';
import type { TransactionScope } from './apply-in.ts';

/** What became of one step. Times in milliseconds. */
export interface StepResult {
  readonly version: string;
  readonly name: string;
  readonly direction: Direction;
  readonly outcome: 'succeeded' | 'failed';
  readonly durationMs: number;
  readonly verification: 'passed' | 'absent' | 'failed';
  readonly checks: readonly CheckResult[];
  readonly locks: LockReport;
}

export interface PlanRun {
  readonly prepared: Prepared;
  readonly scope: TransactionScope;
  readonly standing: readonly BoundScript[];
  /** Orders of the versions applied when the run begins. */
  readonly applied: readonly bigint[];
  readonly executor: Executor;
}
