import type { Direction, Engine } from './engine.ts';
import type { ScriptKind } from './migration.ts';

export const HAZARDS = ['drops-data', 'locks-existing-table', 'not-transactional', 'irreversible', 'unproven'] as const;
export type HazardName = (typeof HAZARDS)[number];

/** A danger that an operator can allow by name. */
export interface Hazard {
  readonly hazard: HazardName;
  /** What it is about, in one line. */
  readonly message: string;
  readonly file: string;
  readonly line: number | null;
  /** The reason of an `@allow` directive, or null. */
  readonly allowed: string | null;
}

export interface PlanStep {
  readonly version: string;
  readonly name: string;
  readonly direction: Direction;
  readonly description: string | null;
  readonly file: string;
  readonly kind: ScriptKind;
  /** `history`: the file is not on disk, the stored script is used. */
  readonly source: 'file' | 'history';
  readonly transaction: 'each' | 'none';
  readonly statements: number;
  /** First statement to run; more than 0 where a stopped step goes on. */
  readonly resumeAt: number;
  readonly lockTimeoutMs: number | null;
  readonly statementTimeoutMs: number | null;
  readonly verification: 'present' | 'absent';
  readonly checks: number;
  readonly hazards: readonly Hazard[];
}

/** Ordered steps, made without writing. `state` is a hash of the history it was computed from. */
export interface Plan {
  readonly database: string;
  readonly engine: Engine;
  readonly direction: Direction;
  readonly state: string;
  readonly steps: readonly PlanStep[];
}

export type MigrationState = 'applied' | 'pending' | 'missing' | 'modified' | 'out of order' | 'failed';

export interface MigrationStatus {
  readonly version: string;
  readonly name: string;
  readonly state: MigrationState;
  readonly appliedAt: string | null;
  readonly checksum: string;
  readonly baseline: boolean;
  readonly irreversible: boolean;
  readonly verification: 'present' | 'absent';
  /** What an applied TypeScript migration logged: which way it took, what it left as it was. */
  readonly notes: readonly string[];
}
