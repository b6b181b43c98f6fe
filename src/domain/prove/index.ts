export { proveCommutes, type CommuteResult } from './commutes.ts';
export { rehearseSet, type Rehearsal } from './faults.ts';
export { FAULTS, type Fault } from './faulty-session.ts';
export { copyLoad } from './copy-load.ts';
export { sampleLoads } from './loads.ts';
export { proveOnServer, type ProveRequest, type ServerProofs } from './prove.ts';
export type { MovedPosition } from './attempt.ts';
export type { VersionProof } from './walk.ts';
export type { Load, UnfilledTable } from './walk-state.ts';
