export { createAnsweringPilot, type Decisions } from './answering-pilot.ts';
export {
  parseAnswers,
  refuseOtherRelease,
  refuseUnknownAnswers,
  type Answer,
  type Answers,
  type FilledList,
} from './answers.ts';
export { checkNow, timeAgain, type CheckNowParts } from './check-now.ts';
export { parseChecklist, wordsOf, type Proof, type WrittenItem } from './checklist-file.ts';
export type { Pilot, ReleaseEvent, SignAnswer, Stop, WalkEnd } from './pilot.ts';
export { optionsAt, type StopOption } from './recover.ts';
export { isOneOf } from './settle.ts';
export {
  foldEntry,
  foldReleases,
  isBefore,
  orderItems,
  setHash,
  stillHolds,
  type ItemRecord,
  type ReleaseState,
} from './state.ts';
export { giveUp, MIGRATE, walk, type WalkParts, type WalkResult } from './walk.ts';
export { isGone, releaseHeld, releaseTakenOver, type ReleaseWalker } from './walker.ts';
export { windowAt } from './window.ts';
