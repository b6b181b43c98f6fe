import type { Dialect } from '../../ports/dialect.ts';
import type { KeptStatement } from '../../ports/session.ts';
import { ENTRY_STATEMENTS } from './entries.ts';
import { HISTORY_STATEMENTS } from './history-store.ts';

/** What the record of every step is written with, for Session.keep. */
export function stepStatements(dialect: Dialect): readonly KeptStatement[] {
  return [...HISTORY_STATEMENTS, ...ENTRY_STATEMENTS].map(({ name, columns, text }) => ({
    name,
    text: text(
      dialect,
      columns.map((_, index) => dialect.parameter(index + 1)),
    ),
  }));
}
