import type { ColumnDetail } from '../../../model/snapshot.ts';
import { collationName, maybe, text, texts, type Scope } from './catalog.ts';

/** One column for what few columns of tables have: `a`, `t`, `c` and `nn` the rows of attribute, type, relation and NOT NULL. */
export function rareOf(scope: Scope): string {
  return `CASE WHEN a.attidentity <> '' OR a.attgenerated <> '' OR (a.attcollation <> t.typcollation AND a.attcollation <> 0) OR a.attstorage <> t.typstorage
    OR a.attcompression <> '' OR a.attstattarget >= 0 OR NOT a.attislocal OR a.attoptions IS NOT NULL OR a.attfdwoptions IS NOT NULL
    OR a.attacl IS NOT NULL OR (t.typelem <> 0 AND t.typlen = -1)${scope.major >= 18 ? " OR nn.connoinherit OR NOT nn.convalidated OR (nn.conislocal AND nn.conname <> c.relname || '_' || a.attname || '_not_null')" : ''}
    THEN json_build_array(a.attidentity, a.attgenerated,
      CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0 THEN json_build_array(a.attcollation::bigint, ${collationName('a.attcollation')}) END,
      CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, a.attcompression, CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
      a.attislocal, a.attoptions, a.attfdwoptions, a.attacl::text[], ${
        scope.major >= 18
          ? 'CASE WHEN nn.conislocal OR NOT nn.convalidated THEN quote_ident(nn.conname) END, nn.connoinherit, NOT nn.convalidated'
          : 'NULL, false, false'
      }, CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN t.typelem::bigint END) END`;
}

const IDENTITY: Readonly<Record<string, ColumnDetail['identity']>> = { a: 'always', d: 'by default' };

/** What few columns have. */
export interface ColumnRare {
  readonly identity: ColumnDetail['identity'];
  readonly generated: string;
  readonly collation: { readonly oid: string; readonly sql: string } | null;
  readonly storage: string;
  readonly compression: string;
  readonly target: string | null;
  readonly local: boolean;
  readonly options: readonly string[];
  readonly foreignOptions: readonly string[];
  readonly acl: readonly string[] | null;
  readonly notNullName: string | null;
  readonly noInherit: boolean;
  readonly unproven: boolean;
  readonly elementType: string | null;
}

export const USUAL_COLUMN: ColumnRare = {
  identity: null,
  generated: '',
  collation: null,
  storage: '',
  compression: '',
  target: null,
  local: true,
  options: [],
  foreignOptions: [],
  acl: null,
  notNullName: null,
  noInherit: false,
  unproven: false,
  elementType: null,
};

export function readColumnRare(value: unknown): ColumnRare {
  if (!Array.isArray(value)) return USUAL_COLUMN;
  const [identity, generated, collation, storage, compression, target, local, options, foreign, acl, ...more] = value;
  const [collationOid, collationName] = texts(collation);
  return {
    identity: IDENTITY[text(identity)] ?? null,
    generated: text(generated),
    collation: collationOid === undefined ? null : { oid: collationOid, sql: collationName ?? '' },
    storage: text(storage),
    compression: text(compression),
    target: maybe(target),
    local: local === true,
    options: texts(options),
    foreignOptions: texts(foreign),
    acl: acl === null ? null : texts(acl),
    notNullName: maybe(more[0]),
    noInherit: more[1] === true,
    unproven: more[2] === true,
    elementType: maybe(more[3]),
  };
}
