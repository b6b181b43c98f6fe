import type { ObjectChange, ObjectId, SchemaObject, Snapshot } from '../model/snapshot.ts';
import type { Session } from './session.ts';
import type { Footprint } from './write-watch.ts';

export interface SnapshotOptions {
  /** Schemas to leave out beside the system's and surefoot's own. */
  readonly ignoreSchemas?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads schemas. Left out by rule: system schemas, surefoot's own schema or tables, members of extensions, temporary
 * objects, history tables of other migration tools. A snapshot is read in a constant number of round trips, whatever
 * the size, and writes nothing. Inside an open transaction it sees what that transaction did; outside, one
 * transaction of its own gives it one moment. Throws what the session throws; `search_path` is put back as it was.
 */
export interface Introspector {
  snapshot(session: Session, options?: SnapshotOptions): Promise<Snapshot>;
  /**
   * Reads everything once and then only what changed, so that looking after each of N steps costs O(objects touched)
   * and not N times the schema. For a database that nobody else changes meanwhile: a shadow.
   */
  track(session: Session, options?: SnapshotOptions): Promise<SchemaTracker>;
  /**
   * Where the counters stand that the given tables use, identity columns' among them; null: all of the database. Outside
   * a transaction.
   */
  positions(session: Session, tables: readonly ObjectId[] | null): Promise<Positions>;
}

/**
 * The schema as it was at the last `refresh`. The objects are immutable: keep those that a change hands out to compare
 * with later ones.
 */
export interface SchemaTracker {
  readonly objects: ReadonlyMap<ObjectId, SchemaObject>;
  /**
   * Reads what changed since the last call (or since `track`), by another session too, and brings `objects` up to
   * date. Returns one change for each object whose definition or structure is another now, ascending by id; objects
   * touched and found equal are not among them. Call it between transactions, or inside one that will not be aborted.
   * `footprint`: all that was written since then, by a watched session and nobody else, which spares looking for it.
   */
  refresh(footprint?: Footprint): Promise<readonly ObjectChange[]>;
  /**
   * Tables whose rows may have changed, as of the last `refresh`; those that triggers, foreign keys and functions wrote
   * to are among them, those that only their definition changed for need not be. Null: any table.
   */
  written(footprint: Footprint): ReadonlySet<ObjectId> | null;
  /** All of it as it was at the last `refresh`; costs O(objects). */
  snapshot(): Snapshot;
}

/** How far each counter has come: last value by the id of its sequence, or of its AUTOINCREMENT table. Never part of a snapshot. */
export type Positions = ReadonlyMap<ObjectId, string>;
