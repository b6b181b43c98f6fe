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
export { readEntries, readNotes, readOpenRun, type EntryFilter } from './journal-store.ts';
export { createRecorder, journalError, type EntryChange, type Recorder, type RecorderParts } from './recorder.ts';
export { packScripts, unpackScripts, type PackedScripts } from './scripts.ts';
export { foldRuns, type RunSummary } from './runs.ts';
