export { acquireLock } from './session/acquire-lock.ts';
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
} from './session/locked-run.ts';
export { readDeadRun } from './session/dead-run.ts';
export { describeOwner, readOwner, type LockOwner } from './session/lock-owner.ts';
export type { TransactionScope } from './apply-in.ts';
export type { RunContext } from './session/context.ts';
export { createObserver } from './session/observer.ts';
export { runSteps } from './run-plan.ts';
export type { StepResult } from './step-result.ts';
export { statementError } from './errors/statement-error.ts';
export { loadStanding } from './checks/standing.ts';
export { createSql } from './tools/step-sql.ts';
export { createTools } from './tools/step-tools.ts';
export { refuseUnproven, unprovenReason, type ProofPolicy } from './refuse-unproven.ts';
