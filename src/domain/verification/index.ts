export {
  checksBefore,
  checksCommitted,
  checksInStep,
  checksNow,
  checksRolledBack,
  holdsOn,
  type BoundScript,
} from './choose.ts';
export {
  checkBatch,
  checksError,
  failures,
  readCheck,
  runChecks,
  type Baselines,
  type BoundCheck,
  type CheckBatch,
} from './run-checks.ts';
export { unifiedDiff } from './unified-diff.ts';
export { probeCommands } from './probe-commands.ts';
