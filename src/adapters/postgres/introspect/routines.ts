import type { ObjectKind } from '../../../model/snapshot.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import { keyOf, maybe, notOfExtension, ownSchemas, schemaIdOf, text, texts, unquote, within } from './catalog.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { addPrivileges } from './privileges.ts';

export const ROUTINES: Family = {
  name: 'routines',
  query: (scope) => `
SELECT p.oid, quote_ident(n.nspname) || '.' || quote_ident(p.proname), p.prokind, pg_get_function_identity_arguments(p.oid),
  CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END, p.proowner, to_json(p.proacl::text[]), l.lanname,
  CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END, to_json(p.proargtypes::bigint[] || p.prorettype::bigint || coalesce(p.proallargtypes::bigint[], '{}')),
  pg_get_function_arguments(p.oid), p.proparallel,
  oidvectortypes(p.proargtypes)
FROM pg_proc AS p
JOIN pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_language AS l ON l.oid = p.prolang
WHERE p.pronamespace = ANY (${ownSchemas(scope)}) AND ${notOfExtension('proc', 'p.oid')}
  AND NOT EXISTS (SELECT 1 FROM pg_depend AS inner_ WHERE inner_.classid = 1255 AND inner_.objid = p.oid AND inner_.deptype = 'i')${within(scope, 'p.oid')}`,
};

export const AGGREGATES: Family = {
  name: 'aggregates',
  query: (scope) => `
SELECT g.aggfnoid::oid, format_type(g.aggtranstype, NULL), g.aggtransfn::text, nullif(g.aggfinalfn::oid, 0)::regproc::text, nullif(g.aggcombinefn::oid, 0)::regproc::text,
  nullif(g.aggserialfn::oid, 0)::regproc::text, nullif(g.aggdeserialfn::oid, 0)::regproc::text, nullif(g.aggmtransfn::oid, 0)::regproc::text, nullif(g.aggminvtransfn::oid, 0)::regproc::text, nullif(g.aggmfinalfn::oid, 0)::regproc::text,
  g.agginitval, g.aggminitval, CASE WHEN g.aggsortop <> 0 THEN (SELECT 'OPERATOR(' || quote_ident(n.nspname) || '.' || o.oprname || ')' FROM pg_operator AS o JOIN pg_namespace AS n ON n.oid = o.oprnamespace WHERE o.oid = g.aggsortop) END,
  g.aggfinalextra, g.aggfinalmodify, g.aggkind, nullif(g.aggmtranstype, 0)::regtype::text, g.aggtransspace
FROM pg_aggregate AS g
JOIN pg_proc AS p ON p.oid = g.aggfnoid
WHERE p.pronamespace = ANY (${ownSchemas(scope)}) AND ${notOfExtension('proc', 'p.oid')}${within(scope, 'p.oid')}`,
};

const KINDS: Readonly<Record<string, ObjectKind>> = { f: 'function', w: 'function', p: 'procedure', a: 'aggregate' };

export function addRoutines(reading: Reading): void {
  const { draft } = reading;
  const aggregates = new Map(rowsOf(reading, AGGREGATES).map((row) => [text(row[0]), row]));
  for (const row of rowsOf(reading, ROUTINES)) {
    const kind = KINDS[text(row[2])] ?? 'function';
    const sql = text(row[1]);
    const aggregate = aggregates.get(text(row[0]));
    const call = `${sql}(${kind === 'aggregate' && text(row[3]) === '' ? '*' : text(row[3])})`;
    const unit = `proc:${text(row[0])}`;
    const object = {
      // Named by types alone: names of arguments may change.
      id: `${kind} ${sql}(${text(row[12])})`,
      schema: unquote(schemaIdOf(sql).slice('schema '.length)),
    };
    const word = kind.toUpperCase();
    draft.add(
      unit,
      {
        ...object,
        kind,
        name: unquote(sql.slice(schemaIdOf(sql).length - 'schema '.length + 1)),
        parent: null,
        needsIds: [schemaIdOf(sql)],
        needs: texts(row[9]).map((oid) => keyOf('type', oid)),
        keys: [keyOf('proc', row[0])],
        definition: aggregate === undefined ? `${text(row[4]).trimEnd()};` : makeAggregate(row, aggregate),
        detail: { type: 'routine', language: text(row[7]), body: aggregate === undefined ? maybe(row[8]) : null },
      },
      `${word} ${call}`,
    );
    draft.own(unit, object, `${word} ${call}`, row[5]);
    addPrivileges(draft, unit, {
      ...object,
      sql: `${kind === 'procedure' ? 'PROCEDURE' : 'FUNCTION'} ${sql}(${text(row[3])})`,
      kind: 'routine',
      ownerOid: row[5],
      acl: row[6] === null ? null : texts(row[6]),
    });
  }
}

function makeAggregate(row: CatalogRow, aggregate: CatalogRow): string {
  const at = (index: number): string | null => maybe(aggregate[index]);
  const line = (name: string, value: string | null): readonly string[] =>
    value === null ? [] : [`  ${name} = ${value}`];
  const literal = (value: string | null): string | null => (value === null ? null : quoteLiteral('postgres', value));
  const [, , , , , , , , , , , parallel] = row;
  const lines = [
    ...line('SFUNC', at(2)),
    ...line('STYPE', at(1)),
    ...line('SSPACE', at(17) === '0' ? null : at(17)),
    ...line('FINALFUNC', at(3)),
    ...(aggregate[13] === true ? ['  FINALFUNC_EXTRA'] : []),
    ...(at(14) === (at(15) === 'n' ? 'r' : 'w') ? [] : line('FINALFUNC_MODIFY', MODIFY[at(14) ?? ''] ?? null)),
    ...line('COMBINEFUNC', at(4)),
    ...line('SERIALFUNC', at(5)),
    ...line('DESERIALFUNC', at(6)),
    ...line('INITCOND', literal(at(10))),
    ...line('MSFUNC', at(7)),
    ...line('MINVFUNC', at(8)),
    ...line('MSTYPE', at(16)),
    ...line('MFINALFUNC', at(9)),
    ...line('MINITCOND', literal(at(11))),
    ...line('SORTOP', at(12)),
    ...line('PARALLEL', { s: 'SAFE', r: 'RESTRICTED' }[text(parallel)] ?? null),
    ...(at(15) === 'h' ? ['  HYPOTHETICAL'] : []),
  ];
  const parameters = text(row[10]) === '' ? '*' : text(row[10]);
  return `CREATE AGGREGATE ${text(row[1])}(${parameters}) (\n${lines.join(',\n')}\n);`;
}

const MODIFY: Readonly<Record<string, string>> = { r: 'READ_ONLY', s: 'SHAREABLE', w: 'READ_WRITE' };
