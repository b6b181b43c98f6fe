import type { StatementFacts } from '../../model/statement.ts';
import { displayName, nameParts, present, relationName } from '../name.ts';
import type { Node, ParsedPostgres } from '../parser.ts';
import { onlyStatement } from '../parser.ts';
import { dropsData } from './drops.ts';
import { locksTables } from './locks.ts';
import { isTransactional } from './transactional.ts';
import { statementKind } from '../tokens/statement-kind.ts';
import { readText } from '../tokens/text-facts.ts';
import { TokenReader } from '../tokens/token-reader.ts';
import { TOKEN } from '../tokens/token.ts';
import { createdTable, transactionControl } from '../tokens/transaction-control.ts';

/** Longer INSERTs and the like are not parsed: a tree takes a hundred times their size, and tokens tell as much. */
const LONGEST_PARSED = 256 * 1024;

const ROW_VERBS: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'SELECT', 'VALUES', 'MERGE']);

/** Facts of one PostgreSQL statement from its parse tree, or from its tokens when there is none. */
export function postgresFacts(parse: (text: string) => ParsedPostgres, text: string): StatementFacts {
  const kind = statementKind('postgres', text);
  if (text.length > LONGEST_PARSED && ROW_VERBS.has(kind)) return factsOfText(kind, text, true);
  const parsed = parse(text);
  const node = 'tree' in parsed ? onlyStatement(parsed.tree) : undefined;
  if (node === undefined) return factsOfText(kind, text, false);
  return {
    kind,
    transactionControl: 'TransactionStmt' in node ? transactionControl('postgres', text) : null,
    transactional: isTransactional(node),
    setLocal: isSetLocal(node),
    dropsData: [...new Set(dropsData(node))],
    locksTables: locksTables(node),
    createsTables: createsTables(node),
    addsEnumValue: addedEnumValue(node),
    parsed: true,
  };
}

function isSetLocal(node: Node): boolean {
  if (!('VariableSetStmt' in node)) return false;
  const { is_local: isLocal, kind, name } = node.VariableSetStmt;
  return isLocal === true || (kind === 'VAR_SET_MULTI' && name === 'TRANSACTION');
}

function createsTables(node: Node): readonly string[] {
  if ('CreateStmt' in node) return present(relationName(node.CreateStmt.relation));
  if ('CreateForeignTableStmt' in node) return present(relationName(node.CreateForeignTableStmt.base?.relation));
  if ('CreateTableAsStmt' in node) return present(relationName(node.CreateTableAsStmt.into?.rel));
  if ('SelectStmt' in node) return present(relationName(node.SelectStmt.intoClause?.rel));
  if ('CreateSchemaStmt' in node) {
    const { schemaname, schemaElts } = node.CreateSchemaStmt;
    return (schemaElts ?? []).flatMap((element) =>
      createsTables(element).flatMap((name) =>
        schemaname === undefined || name.includes('.') ? [name] : [name, `${displayName(schemaname)}.${name}`],
      ),
    );
  }
  return [];
}

function addedEnumValue(node: Node): string | null {
  if (!('AlterEnumStmt' in node) || node.AlterEnumStmt.oldVal !== undefined) return null;
  const { typeName, newVal } = node.AlterEnumStmt;
  return `${displayName(...(typeName ?? []).flatMap(nameParts))}.${newVal ?? ''}`;
}

/** For text the parser can not read: what the first words and the plainest forms tell. */
function factsOfText(kind: string, text: string, parsed: boolean): StatementFacts {
  const runsBody = !kind.startsWith('CREATE');
  const found = runsBody ? readText('postgres', text) : null;
  return {
    kind,
    transactionControl: transactionControl('postgres', text),
    transactional: !refusesTransaction(kind, text),
    setLocal: kind === 'SET LOCAL' || kind === 'SET TRANSACTION',
    dropsData: found?.dropsData ?? [],
    locksTables: found?.locksTables ?? [],
    createsTables: present(createdTable('postgres', text)),
    addsEnumValue: null,
    parsed,
  };
}

const REFUSING: ReadonlySet<string> = new Set([
  'VACUUM',
  'ALTER SYSTEM',
  'CREATE DATABASE',
  'DROP DATABASE',
  'CREATE TABLESPACE',
  'DROP TABLESPACE',
  'DROP SUBSCRIPTION',
]);

/** Kinds with an online form that says CONCURRENTLY. */
const CONCURRENT: ReadonlySet<string> = new Set(['CREATE INDEX', 'DROP INDEX', 'REINDEX', 'ALTER TABLE', 'REPACK']);

function refusesTransaction(kind: string, text: string): boolean {
  if (REFUSING.has(kind)) return true;
  if (!CONCURRENT.has(kind)) return false;
  const reader = new TokenReader('postgres', text);
  for (; reader.kind !== TOKEN.end; reader.advance()) if (reader.isWord('concurrently')) return true;
  return false;
}
