export { bareName } from './hazards.ts';
export { createStartHash } from './first-statements.ts';
export { prepareSteps, type Prepared, type PreparedStep, type PrepareParts } from './prepare.ts';
export { isStopped, selectTargets, stateHash, type Commutes, type PlanRequest, type Target } from './select.ts';
export { foldStates, statusOf, versionsWithNotes, type VersionState } from './states.ts';
