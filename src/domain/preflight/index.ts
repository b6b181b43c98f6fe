export type { PreflightOutcome, PreflightPolicy, PreflightResult } from './check.ts';
export {
  judge,
  preflight,
  refuseBlocked,
  type KeptBaseline,
  type Preflight,
  type PreflightParts,
} from './preflight.ts';
