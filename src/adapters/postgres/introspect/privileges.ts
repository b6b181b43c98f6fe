import type { ObjectId } from '../../../model/snapshot.ts';
import type { Draft } from './draft.ts';

const LETTERS: Readonly<Record<string, string>> = {
  r: 'SELECT',
  w: 'UPDATE',
  a: 'INSERT',
  d: 'DELETE',
  D: 'TRUNCATE',
  x: 'REFERENCES',
  t: 'TRIGGER',
  m: 'MAINTAIN',
  X: 'EXECUTE',
  U: 'USAGE',
  C: 'CREATE',
  c: 'CONNECT',
  T: 'TEMPORARY',
  s: 'SET',
  A: 'ALTER SYSTEM',
};

/** What a kind of object gives its owner and the public where nobody said anything. MAINTAIN came with version 17. */
const FROM_START = {
  table: { owner: 'arwdDxtm', public: '' },
  column: { owner: '', public: '' },
  sequence: { owner: 'rwU', public: '' },
  schema: { owner: 'UC', public: '' },
  routine: { owner: 'X', public: 'X' },
  type: { owner: 'U', public: 'U' },
  language: { owner: 'U', public: 'U' },
  'foreign-data-wrapper': { owner: 'U', public: '' },
  server: { owner: 'U', public: '' },
} as const;

export type PrivilegeKind = keyof typeof FROM_START;

export interface AclItem {
  /** Quoted; PUBLIC for everybody. */
  readonly grantee: string;
  /** Letters, a star behind each that may be passed on. */
  readonly letters: string;
}

const ITEM = /^("(?:[^"]|"")*"|[^=]*)=([A-Za-z*]*)\//u;

/** Items of an ACL as `to_json(acl::text[])` gives it; the grantors are not told. */
export function parseAcl(items: readonly string[]): readonly AclItem[] {
  const byGrantee = new Map<string, Set<string>>();
  for (const item of items) {
    const [, name = '', letters = ''] = ITEM.exec(item) ?? [];
    const grantee = name === '' ? 'PUBLIC' : name;
    const known = byGrantee.get(grantee) ?? new Set<string>();
    for (const each of letters.match(/[A-Za-z]\*?/gu) ?? []) known.add(each);
    byGrantee.set(grantee, known);
  }
  return [...byGrantee].map(([grantee, letters]) => ({
    grantee,
    letters: [...letters].filter((each) => each.endsWith('*') || !letters.has(`${each}*`)).join(''),
  }));
}

export function privilegesOf(letters: string): readonly string[] {
  return (letters.match(/[A-Za-z]\*?/gu) ?? [])
    .map((each) => `${LETTERS[each.charAt(0)] ?? each.charAt(0)}${each.endsWith('*') ? '*' : ''}`)
    .toSorted();
}

interface Granted {
  readonly id: ObjectId;
  readonly schema: string | null;
  /** `TABLE public.users`. */
  readonly sql: string;
  readonly kind: PrivilegeKind;
  readonly ownerOid: unknown;
  /** Null: as from the start. */
  readonly acl: readonly string[] | null;
  readonly column?: string | null;
  /** What the public has from the start where it is more than usual. */
  readonly publicFromStart?: string;
  readonly parent?: ObjectId;
}

/** A grant object for each role whose privileges are others than from the start. */
export function addPrivileges(draft: Draft, unit: string, granted: Granted): void {
  if (granted.acl === null) return;
  const owner = draft.role(granted.ownerOid);
  const start = FROM_START[granted.kind];
  const now = new Map(parseAcl(granted.acl).map((item) => [item.grantee, item.letters]));
  for (const grantee of new Set([...now.keys(), owner, 'PUBLIC'])) {
    const usual =
      grantee === owner ? start.owner : grantee === 'PUBLIC' ? (granted.publicFromStart ?? start.public) : '';
    const letters = now.get(grantee) ?? '';
    if (same(letters, usual)) continue;
    draft.namedRoles.add(grantee);
    const column = granted.column ?? null;
    const privileges = privilegesOf(letters);
    // The owner's name is another on every server.
    const to = grantee === owner ? 'its owner' : grantee;
    draft.add(unit, {
      id: `grant on ${granted.id} to ${to}`,
      kind: 'grant',
      schema: granted.schema,
      name: `on ${granted.id} to ${to}`,
      parent: granted.parent ?? granted.id,
      // The owner is set before anything is granted.
      needsIds: [`owner of ${granted.parent ?? granted.id}`],
      definition: [
        ...(usual === '' ? [] : [`REVOKE ALL ON ${granted.sql} FROM ${grantee};`]),
        ...grants(privileges, column, granted.sql, grantee),
      ].join('\n'),
      detail: { type: 'grant', grantee, privileges, column },
    });
  }
}

/** GRANT statements for privileges as {@link privilegesOf} gives them. */
export function grants(
  privileges: readonly string[],
  column: string | null,
  on: string,
  grantee: string,
): readonly string[] {
  const of = column === null ? '' : ` (${column})`;
  const plain = privileges.filter((each) => !each.endsWith('*'));
  const passed = privileges.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1));
  const line = (names: readonly string[]): string => names.map((name) => `${name}${of}`).join(', ');
  return [
    ...(plain.length === 0 ? [] : [`GRANT ${line(plain)} ON ${on} TO ${grantee};`]),
    ...(passed.length === 0 ? [] : [`GRANT ${line(passed)} ON ${on} TO ${grantee} WITH GRANT OPTION;`]),
  ];
}

/** The owner's grants to himself may be passed on anyway. */
function same(letters: string, usual: string): boolean {
  const set = (all: string): string => [...new Set(all.replaceAll('*', '').replaceAll('m', ''))].toSorted().join('');
  return set(letters) === set(usual) && (usual !== '' || letters === usual);
}
