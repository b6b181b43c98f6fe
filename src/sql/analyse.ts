import type { Engine } from '../model/engine.ts';
import type { Statement, StatementFacts } from '../model/statement.ts';
import { postgresParser } from './parser.ts';
import { postgresFacts } from './postgres/facts.ts';
import { sqliteFacts } from './sqlite/facts.ts';
import { statementKind } from './tokens/statement-kind.ts';

/** Facts of each statement, in the same order. PostgreSQL's come from its own parser, which the first call loads. */
export async function analyseStatements(
  engine: Engine,
  statements: readonly Pick<Statement, 'text'>[],
): Promise<readonly StatementFacts[]> {
  if (statements.length === 0) return [];
  if (engine === 'sqlite') return statements.map(({ text }) => sqliteFacts(text));
  const parse = await postgresParser();
  const known = new Map<string, StatementFacts>();
  return statements.map(({ text }) => shared(known, postgresFacts(parse, text)));
}

/** The one value for equal facts: a file of a hundred thousand INSERTs says the same thing of each. */
function shared(known: Map<string, StatementFacts>, facts: StatementFacts): StatementFacts {
  const key = JSON.stringify(facts);
  const same = known.get(key);
  if (same === undefined) known.set(key, facts);
  return same ?? facts;
}

/** What decides whether a statement can be run where it stands. */
export type RunFacts = Pick<StatementFacts, 'kind' | 'transactionControl' | 'transactional' | 'setLocal'>;

/** Kinds that always run inside a transaction, whatever else they say: most rollbacks consist of them. */
const ALWAYS_TRANSACTIONAL: ReadonlySet<string> = new Set([
  'DROP TABLE',
  'DROP VIEW',
  'DROP TYPE',
  'DROP FUNCTION',
  'DROP TRIGGER',
  'DROP POLICY',
  'DROP SEQUENCE',
  'DROP SCHEMA',
  'INSERT',
  'UPDATE',
  'DELETE',
]);

/** Like {@link analyseStatements} for who needs no more than this: the parser is only asked where the first words don't tell. */
export async function analyseRuns(
  engine: Engine,
  statements: readonly Pick<Statement, 'text'>[],
): Promise<readonly RunFacts[]> {
  const kinds = statements.map(({ text }) => statementKind(engine, text));
  if (engine === 'sqlite' || !kinds.every((kind) => ALWAYS_TRANSACTIONAL.has(kind)))
    return analyseStatements(engine, statements);
  return kinds.map((kind) => ({ kind, transactionControl: null, transactional: true, setLocal: false }));
}

/** {@link analyseStatements} for one statement. */
export async function factsOfStatement(engine: Engine, statement: Pick<Statement, 'text'>): Promise<StatementFacts> {
  return engine === 'sqlite' ? sqliteFacts(statement.text) : postgresFacts(await postgresParser(), statement.text);
}
