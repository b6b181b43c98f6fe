import { maybe, text, texts } from './catalog.ts';

/** One column for what few relations have: `c` the row of pg_class, `t` that of its toast table. */
export const RARE = `CASE WHEN c.relpersistence <> 'p' OR c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL OR c.relrowsecurity OR c.relforcerowsecurity
    OR (c.relkind IN ('r', 'p') AND c.relreplident IN ('n', 'f')) OR c.relam NOT IN (0, 2) OR c.reltablespace <> 0 OR c.reloftype <> 0
    THEN json_build_array(c.relpersistence, c.reloptions, t.reloptions, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
      (SELECT quote_ident(a.amname) FROM pg_am AS a WHERE a.oid = c.relam AND a.amname <> 'heap'),
      (SELECT quote_ident(s.spcname) FROM pg_tablespace AS s WHERE s.oid = c.reltablespace),
      c.reloftype::bigint, CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END) END`;

/** What few relations have. */
export interface Rare {
  readonly unlogged: boolean;
  readonly options: readonly string[];
  readonly toastOptions: readonly string[];
  readonly rowSecurity: boolean;
  readonly forcedRowSecurity: boolean;
  readonly replicaIdentity: string | null;
  readonly accessMethod: string | null;
  readonly tablespace: string | null;
  readonly ofType: { readonly oid: string; readonly sql: string } | null;
}

const USUAL: Rare = {
  unlogged: false,
  options: [],
  toastOptions: [],
  rowSecurity: false,
  forcedRowSecurity: false,
  replicaIdentity: null,
  accessMethod: null,
  tablespace: null,
  ofType: null,
};

export function readRare(value: unknown): Rare {
  if (!Array.isArray(value)) return USUAL;
  const ofType = maybe(value[9]);
  return {
    unlogged: value[0] === 'u',
    options: texts(value[1]),
    toastOptions: texts(value[2]),
    rowSecurity: value[3] === true,
    forcedRowSecurity: value[4] === true,
    replicaIdentity: maybe(value[5]),
    accessMethod: maybe(value[6]),
    tablespace: maybe(value[7]),
    ofType: ofType === null ? null : { oid: text(value[8]), sql: ofType },
  };
}
