import type { CiResult } from './contribution.ts';
import type { Engine } from './engine.ts';

/** One check of `ci` as it ended. Durations in milliseconds. */
export interface CiCheckResult extends CiResult {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly durationMs: number;
}

/** What `ci` found for one database. */
export interface CiDatabaseResult {
  readonly name: string;
  readonly engine: Engine;
  /** `failed` when any check failed; what is absent neither passes nor fails. */
  readonly outcome: 'passed' | 'failed';
  readonly checks: readonly CiCheckResult[];
  readonly durationMs: number;
}
