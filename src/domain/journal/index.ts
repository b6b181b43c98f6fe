export { appendCommands, checkChain, hashEntry, type ChainResult } from './entries.ts';
export {
  firstFailure,
  forgetCommands,
  prepareLayout,
  progressCommands,
  readHistory,
  readScripts,
  recordCommands,
} from './history-store.ts';
export {
  readEntries,
  readJournal,
  readNotes,
  readOpenRun,
  readOwedVersions,
  type EntryFilter,
} from './journal-store.ts';
export { stepStatements } from './step-statements.ts';
export {
  createRecorder,
  hasAside,
  readAside,
  type EntryChange,
  type Recorder,
  type RecorderParts,
} from './recorder.ts';
export { packScripts, unpackScripts, type PackedScripts } from './scripts.ts';
export { foldRuns, type RunSummary } from './runs.ts';
export { maskCheck, maskMessage } from './mask.ts';
export { chooseRuns, type RunFilter } from './choose-runs.ts';
export {
  checkSignatures,
  makeKeyPair,
  readPublicKey,
  readSignature,
  signHead,
  type SignatureResult,
} from './signatures.ts';
export { formatEntries, formatRuns, LOG_FORMATS, type LogFormat } from './formats.ts';
