import type { Introspector } from '../../ports/introspector.ts';

/** Reads the schema of a SQLite file; loaded when a schema is looked at. */
export const SQLITE_INTROSPECTOR: Introspector = {
  snapshot: async (session, options) => (await import('./introspect/read.ts')).readSnapshot(session, options),
  track: async (session, options) => (await import('./introspect/track.ts')).trackSchema(session, options),
  positions: async (session, tables) => (await import('./introspect/positions.ts')).readPositions(session, tables),
};
