export { acquireLock } from './acquire-lock.ts';
export { forShadow } from './for-shadow.ts';
export { execute, executeLocked, type ExecuteOptions, type RunReport } from './execute.ts';
export { planRequest } from './plan-request.ts';
export {
  isAbsentDatabase,
  refuseHazards,
  storedReader,
  withLock,
  withSession,
  type LockedRun,
  type RunParts,
  type RunSettings,
} from './locked-run.ts';
export { readDeadRun } from './dead-run.ts';
export { describeOwner, readOwner, type LockOwner } from './lock-owner.ts';
export type { TransactionScope } from './apply-in.ts';
export type { RunContext } from './context.ts';
export { createObserver } from './observer.ts';
export { runSteps } from './run-plan.ts';
export type { StepResult } from './step-result.ts';
export { statementError } from './statement-error.ts';
export { loadStanding } from './standing.ts';
export { createSql } from './step-sql.ts';
export { createTools } from './step-tools.ts';
export { refuseUnproven, unprovenReason, type ProofPolicy } from './refuse-unproven.ts';
