import type { Direction } from '../model/engine.ts';
import type { Blocker } from '../model/blocker.ts';
import type { CheckResult } from '../model/check-result.ts';

/** What happens during a run, in order, for terminals and libraries. Times in milliseconds. */
export type ProgressEvent =
  | {
      readonly type: 'lock-waiting';
      readonly database: string;
      readonly holder: string;
      readonly since: string | null;
      readonly waitedMs: number;
    }
  | {
      readonly type: 'run-started';
      readonly database: string;
      readonly runId: string;
      readonly steps: number;
      readonly direction: Direction;
    }
  | {
      readonly type: 'step-started';
      readonly database: string;
      readonly name: string;
      readonly direction: Direction;
      readonly index: number;
      readonly steps: number;
    }
  | {
      readonly type: 'step-finished';
      readonly database: string;
      readonly name: string;
      readonly direction: Direction;
      readonly durationMs: number;
      readonly checks: readonly CheckResult[];
    }
  | {
      readonly type: 'step-failed';
      readonly database: string;
      readonly name: string;
      readonly direction: Direction;
      readonly message: string;
      /** The code of the error. */
      readonly code: string;
      /** Where checks were made: all of them or those that failed, as far as is known. */
      readonly checks: readonly CheckResult[];
    }
  /** Nothing is locked while it waits for these to end. */
  | {
      readonly type: 'step-waiting';
      readonly database: string;
      readonly name: string;
      readonly blockers: readonly Blocker[];
      readonly waitedMs: number;
    }
  /** A try failed and was aborted; the next one comes after `pauseMs`. */
  | {
      readonly type: 'step-retried';
      readonly database: string;
      readonly name: string;
      readonly tries: number;
      readonly reason: string;
      readonly blockers: readonly Blocker[];
      readonly pauseMs: number;
    }
  | {
      readonly type: 'progress';
      readonly database: string;
      readonly name: string;
      /** Which part of it, where there are several: a statement and its phase. */
      readonly what?: string | undefined;
      readonly done: number;
      readonly total: number | null;
      readonly unit: string;
    }
  | {
      readonly type: 'run-finished';
      readonly database: string;
      readonly runId: string;
      readonly outcome: string;
      readonly durationMs: number;
    }
  | {
      readonly type: 'verify-started';
      readonly database: string;
      readonly runId: string;
      readonly checks: number;
    }
  | {
      readonly type: 'verify-finished';
      readonly database: string;
      readonly runId: string;
      readonly outcome: 'succeeded' | 'failed';
      readonly durationMs: number;
      readonly checks: readonly CheckResult[];
    }
  | { readonly type: 'message'; readonly database: string; readonly level: 'info' | 'warn'; readonly text: string };

/** Receives events; must not throw and must not block. */
export interface Progress {
  /** Wants to know how far long statements are: another session asks the engine then. */
  readonly watches?: boolean | undefined;
  report(event: ProgressEvent): void;
}
