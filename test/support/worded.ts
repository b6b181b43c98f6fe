import { settleExpression } from '../../src/adapters/postgres/introspect/expression.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { withSessionAt } from './schema.ts';

/** Index and constraint definitions of a snapshot that are not as the server at `url` words them; `count`: all compared. */
export async function unlikeWorded(
  url: string,
  snapshot: Snapshot,
): Promise<{ readonly count: number; readonly unlike: readonly string[] }> {
  const rows = await withSessionAt(url, async (session) => {
    await session.batch([{ text: "SELECT pg_catalog.set_config('search_path', '', false)" }]);
    return session.query(`
      SELECT 'index ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS id, pg_get_indexdef(c.oid) AS definition
      FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
      UNION ALL
      SELECT 'constraint ' || quote_ident(k.conname) || ' on ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname), ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
      FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace`);
  });
  const worded = new Map(rows.map(({ id, definition }) => [String(id), settleExpression(String(definition))]));
  const compared = snapshot.objects.filter(
    ({ kind, parent }) => kind === 'index' || (kind === 'constraint' && parent?.startsWith('domain ') !== true),
  );
  const unlike = compared.flatMap(({ id, kind, definition }) => {
    const words = worded.get(id) ?? 'the server has no such thing';
    const alike = kind === 'index' ? definition.startsWith(words) : definition.endsWith(`${words};`);
    return alike ? [] : [`${definition}\n${words}`];
  });
  return { count: compared.length, unlike };
}
