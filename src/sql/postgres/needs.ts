import type { Need } from '../../model/target-facts.ts';
import { displayName, nameParts, present, rangeVars, relationName } from '../name.ts';
import type { AlterTableCmd, Node, RangeVar } from '../parser.ts';

export interface StatementNeeds {
  readonly needs: readonly Need[];
  readonly extensions: readonly string[];
  readonly rewrites: readonly string[];
  readonly indexed: readonly string[];
  /** Tables by name, and `schema x`, `role x`. */
  readonly makes: readonly string[];
  /** True behind SET ROLE, false behind RESET ROLE, null where it stays as it is. */
  readonly assumesRole: boolean | null;
}

const NOTHING: StatementNeeds = { needs: [], extensions: [], rewrites: [], indexed: [], makes: [], assumesRole: null };

/** What one statement asks of the role that runs it; `why` is its place. What is not known here asks for nothing. */
export function postgresNeeds(node: Node, why: string): StatementNeeds {
  const own = (table: string | null): readonly Need[] =>
    present(table).map((name): Need => ({ kind: 'own-table', table: name, why }));
  const use = (privilege: string, table: string | null): readonly Need[] =>
    present(table).map((name): Need => ({ kind: 'use-table', table: name, privilege, why }));
  const inSchema = (schema: string | null | undefined): Need => ({
    kind: 'create-in-schema',
    schema: schema ?? null,
    why,
  });
  const attribute = (name: 'superuser' | 'createrole' | 'createdb'): StatementNeeds => ({
    ...NOTHING,
    needs: [{ kind: 'role-attribute', attribute: name, why }],
  });
  const makeTable = (relation: RangeVar | undefined): StatementNeeds =>
    relation?.relpersistence === 't'
      ? { ...NOTHING, makes: present(relationName(relation)) }
      : { ...NOTHING, needs: [inSchema(relation?.schemaname)], makes: present(relationName(relation)) };
  const named = (name: readonly Node[] | undefined): StatementNeeds => {
    const parts = (name ?? []).flatMap(nameParts);
    return { ...NOTHING, needs: [inSchema(parts.length > 1 ? parts[0] : null)] };
  };

  if ('CreateStmt' in node) return makeTable(node.CreateStmt.relation);
  if ('CreateTableAsStmt' in node) return makeTable(node.CreateTableAsStmt.into?.rel);
  if ('ViewStmt' in node) return makeTable(node.ViewStmt.view);
  if ('CreateSeqStmt' in node) return makeTable(node.CreateSeqStmt.sequence);
  if ('CreateFunctionStmt' in node) return named(node.CreateFunctionStmt.funcname);
  if ('CreateEnumStmt' in node) return named(node.CreateEnumStmt.typeName);
  if ('CreateDomainStmt' in node) return named(node.CreateDomainStmt.domainname);
  if ('CompositeTypeStmt' in node) return makeTable(node.CompositeTypeStmt.typevar);
  if ('CreateSchemaStmt' in node) {
    const { schemaname } = node.CreateSchemaStmt;
    return {
      ...NOTHING,
      needs: [{ kind: 'create-in-database', why }],
      makes: present(schemaname).map((name) => `schema ${name}`),
    };
  }
  if ('CreateExtensionStmt' in node) {
    const extensions = present(node.CreateExtensionStmt.extname);
    return {
      ...NOTHING,
      extensions,
      needs: extensions.map((extension): Need => ({ kind: 'make-extension', extension, why })),
    };
  }
  if ('IndexStmt' in node) {
    const table = relationName(node.IndexStmt.relation);
    return { ...NOTHING, needs: own(table), indexed: present(table) };
  }
  if ('AlterTableStmt' in node) {
    const { relation, cmds, objtype } = node.AlterTableStmt;
    if (objtype !== 'OBJECT_TABLE') return NOTHING;
    const table = relationName(relation);
    const commands = (cmds ?? []).flatMap((cmd) => ('AlterTableCmd' in cmd ? [cmd.AlterTableCmd] : []));
    return {
      ...NOTHING,
      needs: own(table),
      rewrites: commands.some(rewrites) ? present(table) : [],
      indexed: commands.some(builds) ? present(table) : [],
    };
  }
  if ('CreateTrigStmt' in node)
    return { ...NOTHING, needs: use('TRIGGER', relationName(node.CreateTrigStmt.relation)) };
  if ('CreatePolicyStmt' in node) return { ...NOTHING, needs: own(relationName(node.CreatePolicyStmt.table)) };
  if ('AlterPolicyStmt' in node) return { ...NOTHING, needs: own(relationName(node.AlterPolicyStmt.table)) };
  if ('RuleStmt' in node) return { ...NOTHING, needs: own(relationName(node.RuleStmt.relation)) };
  if ('DropStmt' in node) {
    const { objects, removeType, missing_ok: missingOk } = node.DropStmt;
    if (removeType !== 'OBJECT_TABLE' || missingOk === true) return NOTHING;
    return { ...NOTHING, needs: (objects ?? []).flatMap((object) => own(displayName(...nameParts(object)))) };
  }
  if ('RenameStmt' in node && node.RenameStmt.renameType === 'OBJECT_TABLE')
    return {
      ...NOTHING,
      needs: own(relationName(node.RenameStmt.relation)),
      makes: present(node.RenameStmt.newname).map((name) => displayName(node.RenameStmt.relation?.schemaname, name)),
    };
  if ('InsertStmt' in node) return { ...NOTHING, needs: use('INSERT', relationName(node.InsertStmt.relation)) };
  if ('UpdateStmt' in node) return { ...NOTHING, needs: use('UPDATE', relationName(node.UpdateStmt.relation)) };
  if ('DeleteStmt' in node) return { ...NOTHING, needs: use('DELETE', relationName(node.DeleteStmt.relation)) };
  if ('TruncateStmt' in node)
    return { ...NOTHING, needs: rangeVars(node.TruncateStmt.relations).flatMap((table) => use('TRUNCATE', table)) };
  if ('CopyStmt' in node) {
    const { relation, is_program: program, filename, is_from: from } = node.CopyStmt;
    if (program === true || filename !== undefined) return attribute('superuser');
    return { ...NOTHING, needs: use(from === true ? 'INSERT' : 'SELECT', relationName(relation)) };
  }
  if ('CreateRoleStmt' in node)
    return { ...attribute('createrole'), makes: present(node.CreateRoleStmt.role).map((role) => `role ${role}`) };
  if ('AlterRoleStmt' in node || 'DropRoleStmt' in node) return attribute('createrole');
  if ('CreatedbStmt' in node) return attribute('createdb');
  if ('AlterSystemStmt' in node || 'CreateEventTrigStmt' in node) return attribute('superuser');
  if ('VariableSetStmt' in node && node.VariableSetStmt.name === 'role') {
    const { kind, args } = node.VariableSetStmt;
    if (kind !== 'VAR_SET_VALUE') return { ...NOTHING, assumesRole: false };
    const [value] = args ?? [];
    const role = value !== undefined && 'A_Const' in value ? (value.A_Const.sval?.sval ?? null) : null;
    return {
      ...NOTHING,
      assumesRole: true,
      needs: present(role).map((name): Need => ({ kind: 'member-of', role: name, why })),
    };
  }
  return NOTHING;
}

const ALWAYS: ReadonlySet<string | undefined> = new Set([
  'AT_AlterColumnType',
  'AT_SetLogged',
  'AT_SetUnLogged',
  'AT_SetAccessMethod',
  'AT_SetTableSpace',
  'AT_AddIdentity',
]);
/** Known once for the whole statement, so that existing rows need not be written. */
const STABLE: ReadonlySet<string> = new Set(['now', 'transaction_timestamp', 'statement_timestamp', 'current_setting']);

/** Whether it may write the table anew. A change of type may also turn out to need nothing: this is the most it takes. */
function rewrites({ subtype, def }: AlterTableCmd): boolean {
  if (ALWAYS.has(subtype)) return true;
  if (subtype !== 'AT_AddColumn' || def === undefined || !('ColumnDef' in def)) return false;
  const type = (def.ColumnDef.typeName?.names ?? []).flatMap(nameParts).at(-1) ?? '';
  if (/^(?:big|small)?serial[248]?$/u.test(type)) return true;
  return (def.ColumnDef.constraints ?? []).some((constraint) => {
    if (!('Constraint' in constraint)) return false;
    const { contype, raw_expr: expression } = constraint.Constraint;
    if (contype === 'CONSTR_GENERATED' || contype === 'CONSTR_IDENTITY') return true;
    if (contype !== 'CONSTR_DEFAULT' || expression === undefined || !('FuncCall' in expression)) return false;
    return !STABLE.has((expression.FuncCall.funcname ?? []).flatMap(nameParts).at(-1) ?? '');
  });
}

function builds({ subtype, def }: AlterTableCmd): boolean {
  if (def === undefined) return false;
  if (subtype === 'AT_AddConstraint') return isKey(def);
  return subtype === 'AT_AddColumn' && 'ColumnDef' in def && (def.ColumnDef.constraints ?? []).some(isKey);
}

function isKey(node: Node): boolean {
  if (!('Constraint' in node)) return false;
  const { contype, indexname } = node.Constraint;
  const key = contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_EXCLUSION';
  return key && indexname === undefined;
}
