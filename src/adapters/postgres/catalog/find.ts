import type { Row } from '../../../model/engine.ts';
import type { Session } from '../../../ports/session.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';
import type { QualifiedName } from '../../../sql/index.ts';

/** Quoted, ready for to_regclass and for statements. */
export function quotedName(name: QualifiedName): string {
  return name.schema === null
    ? quoteIdentifier(name.name)
    : `${quoteIdentifier(name.schema)}.${quoteIdentifier(name.name)}`;
}

/** The oid of a relation as the search path finds it; null where there is none. */
export async function findRelation(session: Session, name: QualifiedName): Promise<number | null> {
  const [row] = await session.query('SELECT pg_catalog.to_regclass($1)::oid::bigint AS oid', [quotedName(name)]);
  return typeof row?.['oid'] === 'number' ? row['oid'] : null;
}

export interface FoundIndex {
  readonly oid: number;
  /** Null when the relation is no index. */
  readonly table: number | null;
  /** Quoted, with its schema. */
  readonly name: string;
  readonly valid: boolean;
  readonly unique: boolean;
  /** The part of its definition that names no table and no index: access method, columns, predicate. */
  readonly definition: string;
}

const INDEX_COLUMNS =
  "c.oid::bigint AS oid, i.indrelid::bigint AS indrelid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, " +
  'i.indisvalid AND i.indisready AS valid, i.indisunique AS indisunique, pg_catalog.pg_get_indexdef(i.indexrelid) AS definition ' +
  'FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid';

/** Every index of a table. */
export async function indexesOf(session: Session, table: number): Promise<readonly FoundIndex[]> {
  const rows = await session.query(`SELECT ${INDEX_COLUMNS} WHERE i.indrelid = $1`, [table]);
  return rows.map(toIndex);
}

/** The relation with this name in the schema of `table`: where CREATE INDEX puts its index. */
export async function relationBeside(session: Session, table: number, name: string): Promise<FoundIndex | null> {
  const rows = await session.query(
    `SELECT ${INDEX_COLUMNS} WHERE c.relname = $1 AND c.relnamespace = (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = $2)`,
    [name, table],
  );
  return rows.map(toIndex)[0] ?? null;
}

export async function indexByOid(session: Session, oid: number): Promise<FoundIndex | null> {
  return (await session.query(`SELECT ${INDEX_COLUMNS} WHERE c.oid = $1`, [oid])).map(toIndex)[0] ?? null;
}

function toIndex(row: Row): FoundIndex {
  const text = String(row['definition'] ?? '');
  return {
    oid: Number(row['oid']),
    table: row['indrelid'] === null ? null : Number(row['indrelid']),
    name: String(row['name']),
    valid: row['valid'] === true,
    unique: row['indisunique'] === true,
    definition: definitionOf(text),
  };
}

/** Behind the table's name, which may itself be a quoted text that holds ` USING `. */
function definitionOf(text: string): string {
  const name = String.raw`(?:"(?:[^"]|"")*"|[^\s".]+)`;
  return new RegExp(String.raw`^CREATE (?:UNIQUE )?INDEX ${name} ON (?:ONLY )?${name}(?:\.${name})? `, 'u').exec(
    text,
  ) === null
    ? text
    : text.replace(
        new RegExp(String.raw`^CREATE (?:UNIQUE )?INDEX ${name} ON (?:ONLY )?${name}(?:\.${name})? `, 'u'),
        '',
      );
}
