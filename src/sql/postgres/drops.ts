import { displayName, nameParts, present, rangeVars, relationName } from '../name.ts';
import { isOn } from './option.ts';
import type { AlterTableStmt, DropStmt, MergeStmt, Node, WithClause } from '../parser.ts';
import { readBody } from '../tokens/text-facts.ts';

/** What the statement destroys: `table`, `table.column`, and objects whose CASCADE takes columns or tables along. */
export function dropsData(node: Node): readonly string[] {
  if ('DropStmt' in node) return dropped(node.DropStmt);
  if ('AlterTableStmt' in node) return droppedColumns(node.AlterTableStmt);
  if ('TruncateStmt' in node) return rangeVars(node.TruncateStmt.relations);
  if ('DropdbStmt' in node) return present(node.DropdbStmt.dbname).map((name) => displayName(name));
  if ('DropOwnedStmt' in node) {
    return (node.DropOwnedStmt.roles ?? []).flatMap((role) =>
      'RoleSpec' in role ? [displayName(role.RoleSpec.rolename ?? 'CURRENT_USER')] : [],
    );
  }
  if ('DoStmt' in node) {
    return (node.DoStmt.args ?? []).flatMap((arg) =>
      'DefElem' in arg && arg.DefElem.defname === 'as' ? readBody(nameParts(arg.DefElem.arg).join('')).dropsData : [],
    );
  }
  return deleted(node);
}

/** Rows that a DELETE anywhere in the statement takes away, common table expressions included. */
function deleted(node: Node): readonly string[] {
  if ('DeleteStmt' in node) {
    const { relation, withClause } = node.DeleteStmt;
    return [...present(relationName(relation)), ...deletedBy(withClause)];
  }
  if ('MergeStmt' in node) return [...mergedAway(node.MergeStmt), ...deletedBy(node.MergeStmt.withClause)];
  if ('SelectStmt' in node) return deletedBy(node.SelectStmt.withClause);
  if ('InsertStmt' in node) {
    const { selectStmt, withClause } = node.InsertStmt;
    return [...deletedBy(withClause), ...(selectStmt === undefined ? [] : deleted(selectStmt))];
  }
  if ('UpdateStmt' in node) return deletedBy(node.UpdateStmt.withClause);
  if ('CopyStmt' in node) return node.CopyStmt.query === undefined ? [] : deleted(node.CopyStmt.query);
  if ('ExplainStmt' in node) {
    const { query, options } = node.ExplainStmt;
    return query !== undefined && isOn(options, 'analyze') ? deleted(query) : [];
  }
  return [];
}

function deletedBy(clause: WithClause | undefined): readonly string[] {
  return (clause?.ctes ?? []).flatMap((cte) =>
    'CommonTableExpr' in cte && cte.CommonTableExpr.ctequery !== undefined ? deleted(cte.CommonTableExpr.ctequery) : [],
  );
}

function mergedAway(merge: MergeStmt): readonly string[] {
  const deletes = (merge.mergeWhenClauses ?? []).some(
    (clause) => 'MergeWhenClause' in clause && clause.MergeWhenClause.commandType === 'CMD_DELETE',
  );
  return deletes ? present(relationName(merge.relation)) : [];
}

function dropped({ objects, removeType, behavior }: DropStmt): readonly string[] {
  switch (removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_MATVIEW':
      break;
    case 'OBJECT_SCHEMA':
    case 'OBJECT_EXTENSION':
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      // Without CASCADE the server refuses them while data depends on them.
      if (behavior !== 'DROP_CASCADE') return [];
      break;
    default:
      return [];
  }
  return (objects ?? []).map((object) => displayName(...nameParts(object)));
}

function droppedColumns({ relation, cmds, objtype }: AlterTableStmt): readonly string[] {
  if (objtype !== 'OBJECT_TABLE' && objtype !== 'OBJECT_TYPE') return [];
  return (cmds ?? []).flatMap((cmd) => {
    if (!('AlterTableCmd' in cmd) || cmd.AlterTableCmd.subtype !== 'AT_DropColumn') return [];
    return [displayName(relation?.catalogname, relation?.schemaname, relation?.relname, cmd.AlterTableCmd.name)];
  });
}
