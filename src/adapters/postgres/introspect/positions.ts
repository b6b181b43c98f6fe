import type { Positions, SnapshotOptions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import { notOfExtension, ownSchemas, text } from './catalog.ts';
import { ask, readFacts, scopeOf } from './read.ts';

/** The last value of each sequence, or the first it will give where it gave none. */
export async function readPositions(session: Session, options: SnapshotOptions = {}): Promise<Positions> {
  const facts = await readFacts(session);
  const [rows = []] = await ask(
    session,
    facts,
    [
      `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), pg_sequence_last_value(c.oid)::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND c.relnamespace IN ${ownSchemas(scopeOf(facts, options, null))} AND ${notOfExtension('class', 'c.oid')} ORDER BY 1`,
    ],
    options.signal,
  );
  return new Map(rows.map((row) => [`sequence ${text(row[0])}`, text(row[1])]));
}
