import type { LongStatements } from '../../ports/long-statements.ts';

/** The engine runs in this very process and tells nothing before a statement is done. */
export const SQLITE_LONG_STATEMENTS: LongStatements = { look: () => Promise.resolve(null) };
