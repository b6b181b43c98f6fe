export { sampleLoad } from './loads.ts';
export { proveOnServer, type ProveRequest, type ServerProofs } from './prove.ts';
export type { Load, UnfilledTable, VersionProof } from './walk.ts';
