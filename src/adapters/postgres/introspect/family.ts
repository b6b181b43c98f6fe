import type { Draft } from './draft.ts';
import type { Scope } from './catalog.ts';

export type CatalogRow = readonly unknown[];

/** One catalog query and what its rows become. */
export interface Family {
  readonly name: string;
  /** Null where this server has no such thing. */
  query(scope: Scope): string | null;
}

/** The rows of all queries of one reading, by family. */
export type Answers = ReadonlyMap<string, readonly CatalogRow[]>;

export interface Reading {
  readonly scope: Scope;
  readonly answers: Answers;
  readonly draft: Draft;
  /** Definitions that could not be composed, filled as objects are made. */
  readonly lacking: LackingDefinition[];
}

/** An object that was added without its definition. */
export interface LackingDefinition {
  /** The server's function that words it. */
  readonly call: 'pg_get_indexdef' | 'pg_get_constraintdef';
  readonly oid: string;
  /** Adds the object again. */
  readonly add: (definition: string) => void;
}

export function rowsOf(reading: Reading, family: Family): readonly CatalogRow[] {
  return reading.answers.get(family.name) ?? [];
}
