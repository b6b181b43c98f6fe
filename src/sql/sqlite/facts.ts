import type { StatementFacts } from '../../model/statement.ts';
import { statementKind } from '../tokens/statement-kind.ts';
import { readText } from '../tokens/text-facts.ts';
import { TokenReader } from '../tokens/token-reader.ts';
import { createdTable, transactionControl } from '../tokens/transaction-control.ts';

/** Facts of one SQLite statement, by tokens: SQLite has no parser to ask without a database. */
export function sqliteFacts(text: string): StatementFacts {
  const kind = statementKind('sqlite', text);
  const made = createdTable('sqlite', text);
  return {
    kind,
    transactionControl: transactionControl('sqlite', text),
    transactional: !refusesTransaction(text),
    setLocal: false,
    // A trigger's body runs later; EXPLAIN runs nothing.
    dropsData: kind.startsWith('CREATE') || kind === 'EXPLAIN' ? [] : readText('sqlite', text).dropsData,
    locksTables: [],
    createsTables: made === null ? [] : [made],
    addsEnumValue: null,
    parsed: true,
  };
}

/** Settings that inside a transaction fail (journal mode, synchronous) or silently do nothing (foreign keys). */
const OUTSIDE_ONLY: readonly string[] = ['journal_mode', 'foreign_keys', 'synchronous', 'temp_store'];

function refusesTransaction(text: string): boolean {
  const reader = new TokenReader('sqlite', text);
  if (reader.isWord('vacuum') || reader.isWord('attach') || reader.isWord('detach')) return true;
  if (!reader.take('pragma')) return false;
  const name = reader.name()?.split('.').at(-1) ?? '';
  if (name === 'wal_checkpoint') return true;
  const reads = !reader.isSymbol('=') && reader.token !== '(';
  return !reads && OUTSIDE_ONLY.includes(name);
}
