import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { ObjectId } from '../../../model/snapshot.ts';
import type { Positions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import { CATALOG, text } from './catalog.ts';

const CLASS = String(CATALOG.class);

/** The last value of each sequence, of those that the given tables use, or of all; `unused` where it gave none. */
export async function readPositions(session: Session, tables: readonly ObjectId[] | null): Promise<Positions> {
  const query =
    "SELECT 'sequence ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname), coalesce(pg_catalog.pg_sequence_last_value(c.oid)::text, 'unused') " +
    'FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace ' +
    "WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname <> 'surefoot' AND n.nspname !~ '^pg_'" +
    (tables === null ? '' : ` AND c.oid IN (${usedBy(tables)})`);
  const outcomes = await session.batch([{ text: 'BEGIN' }, { text: query }, { text: 'ROLLBACK' }]);
  const found = outcomes[1];
  if (found?.status === 'failed') throw errorOfFailure(found.failure, 'reading where sequences stand');
  const rows = found?.status === 'done' ? found.rows : [];
  return new Map(rows.map((row) => [text(row[0]), text(row[1])]));
}

/** Behind identity and serial columns, and in defaults. */
function usedBy(tables: readonly ObjectId[]): string {
  const names = tables.map((id) => quoteLiteral('postgres', id.slice(id.indexOf(' ') + 1)));
  const oids = `ARRAY[${names.map((name) => `pg_catalog.to_regclass(${name})`).join(', ')}]::pg_catalog.oid[]`;
  return (
    `SELECT d.objid FROM pg_catalog.pg_depend AS d WHERE d.classid = ${CLASS} AND d.refclassid = ${CLASS} AND d.deptype IN ('a', 'i') AND d.refobjid = ANY (${oids}) ` +
    `UNION ALL SELECT d.refobjid FROM pg_catalog.pg_attrdef AS a JOIN pg_catalog.pg_depend AS d ON d.classid = ${String(CATALOG.attrdef)} AND d.objid = a.oid AND d.refclassid = ${CLASS} WHERE a.adrelid = ANY (${oids})`
  );
}
