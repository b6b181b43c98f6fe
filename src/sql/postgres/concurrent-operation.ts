import type { Statement } from '../../model/statement.ts';
import { nameParts, qualifiedName, type QualifiedName } from '../name.ts';
import { isOn } from './option.ts';
import { onlyStatement, parsePostgres, type DropStmt, type IndexStmt, type Node, type ReindexStmt } from '../parser.ts';
import { isTransactional } from './transactional.ts';

/**
 * A statement that runs outside a transaction, with the catalog names (not quoted) by which a run can find out after
 * a crash how far it came. `schema` is null where the statement leaves it to the search path.
 */
export type ConcurrentOperation =
  | {
      readonly kind: 'create-index';
      readonly schema: string | null;
      readonly table: string;
      /** Null when the server is to choose the name. */
      readonly index: string | null;
      readonly unique: boolean;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: 'drop-index'; readonly names: readonly QualifiedName[]; readonly ifExists: boolean }
  | {
      readonly kind: 'reindex';
      readonly target: 'index' | 'table' | 'schema' | 'database' | 'system';
      /** Null for the current database, when it is not named. */
      readonly name: QualifiedName | null;
      readonly concurrently: boolean;
    }
  | { readonly kind: 'detach-partition'; readonly parent: QualifiedName; readonly partition: QualifiedName }
  | { readonly kind: 'create-database' | 'drop-database'; readonly name: string }
  | { readonly kind: 'vacuum' }
  | { readonly kind: 'other' };

/** What a PostgreSQL statement does outside a transaction; null when it can run inside one or can not be read. */
export async function concurrentOperation(statement: Pick<Statement, 'text'>): Promise<ConcurrentOperation | null> {
  const parsed = await parsePostgres(statement.text);
  const node = 'tree' in parsed ? onlyStatement(parsed.tree) : undefined;
  return node === undefined || isTransactional(node) ? null : operationOf(node);
}

function operationOf(node: Node): ConcurrentOperation {
  if ('IndexStmt' in node) return createIndex(node.IndexStmt);
  if ('DropStmt' in node) return dropIndex(node.DropStmt);
  if ('ReindexStmt' in node) return reindex(node.ReindexStmt);
  if ('VacuumStmt' in node) return { kind: 'vacuum' };
  if ('CreatedbStmt' in node) return { kind: 'create-database', name: node.CreatedbStmt.dbname ?? '' };
  if ('DropdbStmt' in node) return { kind: 'drop-database', name: node.DropdbStmt.dbname ?? '' };
  if ('AlterTableStmt' in node) {
    const parent = qualifiedName(node.AlterTableStmt.relation);
    const cmd = node.AlterTableStmt.cmds?.[0];
    const def = cmd !== undefined && 'AlterTableCmd' in cmd ? cmd.AlterTableCmd.def : undefined;
    const partition = def !== undefined && 'PartitionCmd' in def ? qualifiedName(def.PartitionCmd.name) : null;
    if (parent !== null && partition !== null) return { kind: 'detach-partition', parent, partition };
  }
  return { kind: 'other' };
}

function createIndex(index: IndexStmt): ConcurrentOperation {
  const table = qualifiedName(index.relation);
  if (table === null) return { kind: 'other' };
  return {
    kind: 'create-index',
    schema: table.schema,
    table: table.name,
    index: index.idxname ?? null,
    unique: index.unique ?? false,
    ifNotExists: index.if_not_exists ?? false,
  };
}

function dropIndex({ objects, missing_ok: ifExists }: DropStmt): ConcurrentOperation {
  const names = (objects ?? []).map((object) => {
    const parts = nameParts(object);
    return { schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' };
  });
  return { kind: 'drop-index', names, ifExists: ifExists ?? false };
}

const TARGETS = {
  REINDEX_OBJECT_INDEX: 'index',
  REINDEX_OBJECT_TABLE: 'table',
  REINDEX_OBJECT_SCHEMA: 'schema',
  REINDEX_OBJECT_DATABASE: 'database',
  REINDEX_OBJECT_SYSTEM: 'system',
} as const;

function reindex({ kind, relation, name, params }: ReindexStmt): ConcurrentOperation {
  const whole = name === undefined ? null : { schema: null, name };
  return {
    kind: 'reindex',
    target: TARGETS[kind ?? 'REINDEX_OBJECT_INDEX'],
    name: qualifiedName(relation) ?? whole,
    concurrently: isOn(params, 'concurrently'),
  };
}
