import type { Value } from '../../model/engine.ts';
import type { Dialect } from '../../ports/dialect.ts';
import type { Command } from '../../ports/session.ts';

/** A statement of the record that every step writes: spelt with literals, or once with parameters. */
export interface RecordStatement {
  readonly name: string;
  /** What its values are, in order. */
  readonly columns: readonly string[];
  /** `values` has one expression for each of `columns`. */
  text(this: void, dialect: Dialect, values: readonly string[]): string;
}

export function recordCommand(dialect: Dialect, { name, text }: RecordStatement, given: readonly Value[]): Command {
  const values = given.map((value) => dialect.literal(value));
  return { text: text(dialect, values), kept: { name, values } };
}
