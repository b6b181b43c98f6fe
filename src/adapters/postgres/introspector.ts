import type { Introspector } from '../../ports/introspector.ts';

/** Reads the catalogs of PostgreSQL; loaded when a schema is looked at. */
export const POSTGRES_INTROSPECTOR: Introspector = {
  snapshot: async (session, options) => (await import('./introspect/read.ts')).readSnapshot(session, options),
  track: async (session, options) => (await import('./introspect/track.ts')).trackSchema(session, options),
  positions: async (session, tables) => (await import('./introspect/positions.ts')).readPositions(session, tables),
};
