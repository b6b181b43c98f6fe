import type { Migration } from '../../model/migration.ts';
import type { ObjectId } from '../../model/snapshot.ts';
import type { PreparedStep } from '../plan/index.ts';
import type { Delta } from './delta.ts';
import type { LineEntry } from './line.ts';
import type { Stand } from './stand.ts';

/** Rows the shadow had nothing of: what a proof does not cover. */
export interface UnfilledTable {
  readonly table: ObjectId;
  readonly reason: string;
}

/** A load of rows that replaces the synthesised ones, right after the version it is made for. */
export interface Load {
  readonly at: bigint;
  readonly load: Extract<LineEntry, { kind: 'load' }>['load'];
}

/** One step of the true line, for who walks it back. */
export interface Applied {
  readonly migration: Migration;
  readonly down: PreparedStep | null;
  readonly delta: Delta;
  /** Tables that got rows after it. */
  readonly filled: readonly ObjectId[];
}

/** Where a walk up is. */
export interface WalkState {
  stand: Stand;
  readonly applied: { migration: Migration; down: PreparedStep | null; delta: Delta; filled: ObjectId[] }[];
  /** Of the versions in `applied`. */
  readonly orders: Set<bigint>;
  /** Tables that are new or have other columns since rows were written. */
  readonly unfilled: Map<ObjectId, string>;
  toFill: Set<ObjectId>;
  readonly serial: { next: number };
  /** False from when the stand was made anew on. */
  steady: boolean;
}
