import type { JournalLocks } from './blocker.ts';
import type { JournalBackup } from './backup.ts';
import type { CheckResult } from './check-result.ts';
import type { Figure, ItemState, Stage } from './contribution.ts';
import type { Direction, Engine } from './engine.ts';

export type JournalEvent =
  | 'run-started'
  | 'run-finished'
  | 'run-interrupted'
  | 'reconnected'
  | 'step'
  | 'retried'
  | 'verified'
  | 'maintained'
  | 'baselined'
  | 'repaired'
  | 'note'
  | 'signed'
  | 'backed-up'
  | 'restored'
  | 'release-started'
  | 'release-item'
  | 'release-left'
  | 'release-finished';

/** `absent`: there was nothing to do it with, or it was passed over; never a success. */
export type JournalOutcome = 'succeeded' | 'failed' | 'started' | 'interrupted' | 'absent';

/** What entries of a release tell beside the rest. */
export interface ReleaseNote {
  /** Of `release-started`: the last version applied then, and the last one asked for; null without. */
  readonly from: string | null;
  readonly to: string | null;
  /** Of `release-started`: a hash of the migrations it is about. */
  readonly set: string | null;
  /** Of `release-item`. */
  readonly item: string | null;
  readonly title: string | null;
  readonly stage: Stage | null;
  readonly state: ItemState | null;
  /** Who signed a manual item. */
  readonly signedBy: string | null;
  readonly detail: string | null;
  readonly figures: readonly Figure[];
  /** Of `release-started` and `release-left`: which walk through the release it is, and where its process number counts. */
  readonly walk?: { readonly id: string; readonly space: string } | undefined;
  /** Of `release-started`: the one who walked it before was asked, or is gone. */
  readonly takeOver?: boolean | undefined;
}

/** For notes that say little. */
export const EMPTY_NOTE: ReleaseNote = {
  from: null,
  to: null,
  set: null,
  item: null,
  title: null,
  stage: null,
  state: null,
  signedBy: null,
  detail: null,
  figures: [],
};

/** What went wrong, as the journal keeps it. */
export interface JournalError {
  readonly code: string;
  readonly sqlState: string | null;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** An Ed25519 signature over a place in the chain: all entries up to `seq`, whose last hash is `hash`. */
export interface JournalSignature {
  readonly algorithm: 'ed25519';
  /** First 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
  readonly key: string;
  readonly seq: number;
  readonly hash: string;
  /** Base64. */
  readonly signature: string;
}

/** What one statement of a step did to rows, as the engine counted. */
export interface StatementRows {
  /** 1-based line of the file at which it begins; the first one's where many of one kind and table are added up. */
  readonly line: number;
  /** `INSERT`, `UPDATE`, `DELETE` … */
  readonly kind: string;
  /** As written; null where the statement does not begin with it. */
  readonly table: string | null;
  readonly rows: number;
}

/** One entry of the journal: the structured migration log. Times ISO 8601 UTC, durations in ms. */
export interface JournalEntry {
  readonly runId: string;
  readonly at: string;
  readonly event: JournalEvent;
  readonly command: string;
  readonly database: string;
  readonly engine: Engine;
  readonly version: string | null;
  readonly name: string | null;
  readonly direction: Direction | null;
  readonly checksum: string | null;
  readonly durationMs: number | null;
  readonly outcome: JournalOutcome;
  readonly operator: string;
  readonly host: string;
  readonly pid: number;
  readonly toolVersion: string;
  readonly gitCommit: string | null;
  readonly error: JournalError | null;
  readonly checks: readonly CheckResult[];
  /** Why an operator did it (repair, baseline), or what a migration logged. */
  readonly notes: readonly string[];
  /** SHA-256 of the texts stored with the version. */
  readonly scriptsHash: string | null;
  /** What its locks cost, where somebody watched or it took more than one try. */
  readonly locks?: JournalLocks | undefined;
  /** Of a step: its statements that changed rows. A TypeScript step tells nothing. */
  readonly rows?: readonly StatementRows[] | undefined;
  /** Of `run-finished`: the size of the database when the run began and now, bytes. */
  readonly size?: { readonly before: number; readonly after: number } | undefined;
  /** Of run-started: all its steps are committed together. */
  readonly together?: true | undefined;
  /** Only in entries of the event `signed`. */
  readonly signature?: JournalSignature | undefined;
  /** The backup that was made, restored, or taken before the run. */
  readonly backup?: JournalBackup | undefined;
  /** Only in entries of a release. */
  readonly release?: ReleaseNote | undefined;
}

/** An entry as stored: its place in the chain. `hash` = SHA-256 of the previous hash followed by `text`. */
export interface StoredEntry {
  readonly seq: number;
  readonly hash: string;
  /** The entry's JSON exactly as hashed. */
  readonly text: string;
  readonly entry: JournalEntry;
  /** Columns kept beside the text for queries; they must say the same. */
  readonly columns: {
    readonly runId: string;
    readonly at: string;
    readonly event: string;
    readonly version: string | null;
    readonly direction: string | null;
    readonly outcome: string | null;
  };
}

export const GENESIS_HASH = '0'.repeat(64);
