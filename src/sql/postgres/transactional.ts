import { nameParts } from '../name.ts';
import { isOn, option } from './option.ts';
import type { AlterSubscriptionStmt, Node } from '../parser.ts';
import { readBody } from '../tokens/text-facts.ts';

/** Nodes the server always refuses inside a transaction block. */
const NEVER: readonly string[] = [
  'CreatedbStmt',
  'DropdbStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
  'AlterSystemStmt',
  // Refused while the subscription has a slot, which it has unless it was given up on purpose.
  'DropSubscriptionStmt',
];

/**
 * Whether the server runs the statement inside a transaction block. What only the catalog tells (REINDEX of a
 * partitioned table, a procedure that commits) is taken as transactional.
 */
export function isTransactional(node: Node): boolean {
  if (NEVER.some((kind) => kind in node)) return false;
  if ('IndexStmt' in node) return node.IndexStmt.concurrent !== true;
  if ('DropStmt' in node) return node.DropStmt.concurrent !== true;
  if ('VacuumStmt' in node) return node.VacuumStmt.is_vacuumcmd !== true;
  if ('ClusterStmt' in node) return node.ClusterStmt.relation !== undefined;
  if ('ReindexStmt' in node) {
    const { kind, params } = node.ReindexStmt;
    const single = kind === 'REINDEX_OBJECT_INDEX' || kind === 'REINDEX_OBJECT_TABLE';
    return single && !isOn(params, 'concurrently');
  }
  if ('AlterTableStmt' in node) return !(node.AlterTableStmt.cmds ?? []).some(detachesConcurrently);
  if ('AlterDatabaseStmt' in node) return option(node.AlterDatabaseStmt.options, 'tablespace') === undefined;
  if ('DiscardStmt' in node) return node.DiscardStmt.target !== 'DISCARD_ALL';
  if ('CreateSubscriptionStmt' in node) {
    const { options } = node.CreateSubscriptionStmt;
    return !isOn(options, 'create_slot', isOn(options, 'connect', true));
  }
  if ('AlterSubscriptionStmt' in node) return isTransactionalAlteration(node.AlterSubscriptionStmt);
  if ('TransactionStmt' in node) {
    const { kind } = node.TransactionStmt;
    return kind !== 'TRANS_STMT_COMMIT_PREPARED' && kind !== 'TRANS_STMT_ROLLBACK_PREPARED';
  }
  if ('DoStmt' in node) {
    return !(node.DoStmt.args ?? []).some(
      (arg) =>
        'DefElem' in arg &&
        arg.DefElem.defname === 'as' &&
        readBody(nameParts(arg.DefElem.arg).join('')).endsTransaction,
    );
  }
  return true;
}

function detachesConcurrently(cmd: Node): boolean {
  if (!('AlterTableCmd' in cmd)) return false;
  const { def } = cmd.AlterTableCmd;
  return def !== undefined && 'PartitionCmd' in def && def.PartitionCmd.concurrent === true;
}

function isTransactionalAlteration({ kind, options }: AlterSubscriptionStmt): boolean {
  switch (kind) {
    case 'ALTER_SUBSCRIPTION_REFRESH':
      return false;
    case 'ALTER_SUBSCRIPTION_SET_PUBLICATION':
    case 'ALTER_SUBSCRIPTION_ADD_PUBLICATION':
    case 'ALTER_SUBSCRIPTION_DROP_PUBLICATION':
      return !isOn(options, 'refresh', true);
    case 'ALTER_SUBSCRIPTION_OPTIONS':
      return option(options, 'failover') === undefined && option(options, 'two_phase') === undefined;
    default:
      return true;
  }
}
