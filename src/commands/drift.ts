import { findDrift } from '../domain/schema/index.ts';
import type { Engine } from '../model/engine.ts';
import type { LayoutKind, SchemaDifference } from '../model/snapshot.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';

export interface DriftInput {
  /** Layout that is no difference. */
  readonly ignore?: readonly LayoutKind[] | undefined;
}

export interface DriftResult {
  readonly name: string;
  readonly engine: Engine;
  /** Versions the history holds. */
  readonly applied: number;
  /** Where the schema that history implies came from. */
  readonly source: 'shadow' | 'cache';
  readonly differences: readonly SchemaDifference[];
  readonly ignored: readonly SchemaDifference[];
}

/** The live schema against what its history implies. Reads only. */
export async function drift(target: CommandTarget, { ignore }: DriftInput): Promise<DriftResult> {
  const { shadow, schemaScope: scope, database } = target;
  const found = await findDrift(runParts(target, loadSet(target), 'drift'), { shadow, scope, ignore });
  return { name: database.name, engine: database.capabilities.engine, ...found };
}
