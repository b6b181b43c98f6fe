import { displayName, nameParts, present, rangeVars, relationName } from '../name.ts';
import { isOn } from './option.ts';
import type { AlterTableCmd, AlterTableStmt, CreateStmt, DropStmt, Node, RenameStmt } from '../parser.ts';
import { readBody } from '../tokens/text-facts.ts';

/**
 * Tables, materialized views and indexes that the statement locks in SHARE mode or a stronger one, which stops at
 * least the writers; the weaker SHARE UPDATE EXCLUSIVE of the online forms is left out.
 */
export function locksTables(node: Node): readonly string[] {
  if ('AlterTableStmt' in node) return altered(node.AlterTableStmt);
  if ('IndexStmt' in node)
    return node.IndexStmt.concurrent === true ? [] : present(relationName(node.IndexStmt.relation));
  if ('CreateStmt' in node) return created(node.CreateStmt);
  if ('CreateSchemaStmt' in node) return (node.CreateSchemaStmt.schemaElts ?? []).flatMap(locksTables);
  if ('CreateTrigStmt' in node) return present(relationName(node.CreateTrigStmt.relation));
  if ('RuleStmt' in node) return present(relationName(node.RuleStmt.relation));
  if ('CreatePolicyStmt' in node) return present(relationName(node.CreatePolicyStmt.table));
  if ('AlterPolicyStmt' in node) return present(relationName(node.AlterPolicyStmt.table));
  if ('DropStmt' in node) return dropped(node.DropStmt);
  if ('RenameStmt' in node) return renamed(node.RenameStmt);
  if ('AlterObjectSchemaStmt' in node) {
    const { objectType, relation } = node.AlterObjectSchemaStmt;
    return isTableLike(objectType) ? present(relationName(relation)) : [];
  }
  if ('TruncateStmt' in node) return rangeVars(node.TruncateStmt.relations);
  if ('LockStmt' in node) return (node.LockStmt.mode ?? 0) >= SHARE ? rangeVars(node.LockStmt.relations) : [];
  if ('ClusterStmt' in node) return present(relationName(node.ClusterStmt.relation));
  if ('RefreshMatViewStmt' in node) {
    return node.RefreshMatViewStmt.concurrent === true ? [] : present(relationName(node.RefreshMatViewStmt.relation));
  }
  if ('ReindexStmt' in node) {
    const { params, relation, name } = node.ReindexStmt;
    if (isOn(params, 'concurrently')) return [];
    return present(relationName(relation) ?? (name === undefined ? null : displayName(name)));
  }
  if ('VacuumStmt' in node) {
    const { options, rels, is_vacuumcmd: isVacuum } = node.VacuumStmt;
    if (isVacuum !== true || !isOn(options, 'full')) return [];
    return (rels ?? []).flatMap((rel) =>
      'VacuumRelation' in rel ? present(relationName(rel.VacuumRelation.relation)) : [],
    );
  }
  if ('DoStmt' in node) {
    return (node.DoStmt.args ?? []).flatMap((arg) =>
      'DefElem' in arg && arg.DefElem.defname === 'as' ? readBody(nameParts(arg.DefElem.arg).join('')).locksTables : [],
    );
  }
  return [];
}

/** The number of lock mode SHARE, the weakest that stops writers. */
const SHARE = 5;

function isTableLike(type: string | undefined): boolean {
  return type === 'OBJECT_TABLE' || type === 'OBJECT_MATVIEW' || type === 'OBJECT_FOREIGN_TABLE';
}

/** Subcommands that take no more than SHARE UPDATE EXCLUSIVE on the altered table. */
const ONLINE: ReadonlySet<string | undefined> = new Set([
  'AT_SetStatistics',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_ValidateConstraint',
  'AT_AttachPartition',
  'AT_DetachPartitionFinalize',
]);

function altered({ relation, cmds, objtype }: AlterTableStmt): readonly string[] {
  if (!isTableLike(objtype) && objtype !== 'OBJECT_INDEX') return [];
  const commands = (cmds ?? []).flatMap((cmd) => ('AlterTableCmd' in cmd ? [cmd.AlterTableCmd] : []));
  const own = commands.every(isOnline) ? [] : present(relationName(relation));
  return unique([...own, ...commands.flatMap(others)]);
}

function isOnline({ subtype, def }: AlterTableCmd): boolean {
  if (ONLINE.has(subtype)) return true;
  if (subtype === 'AT_DetachPartition')
    return def !== undefined && 'PartitionCmd' in def && def.PartitionCmd.concurrent === true;
  if (subtype !== 'AT_SetRelOptions' && subtype !== 'AT_ResetRelOptions') return false;
  return (
    def !== undefined &&
    'List' in def &&
    !(def.List.items ?? []).some((item) => 'DefElem' in item && item.DefElem.defname === 'user_catalog_table')
  );
}

/** Tables beside the altered one: partitions, and those a foreign key refers to. */
function others({ def }: AlterTableCmd): readonly string[] {
  if (def === undefined) return [];
  return 'PartitionCmd' in def ? present(relationName(def.PartitionCmd.name)) : referenced(def);
}

function referenced(node: Node): readonly string[] {
  if ('Constraint' in node) return present(relationName(node.Constraint.pktable));
  if ('ColumnDef' in node) return (node.ColumnDef.constraints ?? []).flatMap(referenced);
  return [];
}

function created({ relation, tableElts, constraints, inhRelations, partbound }: CreateStmt): readonly string[] {
  const made = relationName(relation);
  const parents = partbound === undefined ? [] : rangeVars(inhRelations);
  const referred = [...(tableElts ?? []), ...(constraints ?? [])].flatMap(referenced);
  return unique([...parents, ...referred]).filter((name) => name !== made);
}

function dropped({ objects, removeType, concurrent }: DropStmt): readonly string[] {
  const names = (objects ?? []).map(nameParts);
  switch (removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_INDEX':
      return concurrent === true ? [] : names.map((parts) => displayName(...parts));
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
    case 'OBJECT_RULE':
      return names.map((parts) => displayName(...parts.slice(0, -1)));
    default:
      return [];
  }
}

function renamed({ renameType, relationType, relation }: RenameStmt): readonly string[] {
  switch (renameType) {
    case 'OBJECT_COLUMN':
      return isTableLike(relationType) ? present(relationName(relation)) : [];
    case 'OBJECT_TABLE':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_TABCONSTRAINT':
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
    case 'OBJECT_RULE':
      return present(relationName(relation));
    default:
      return [];
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
