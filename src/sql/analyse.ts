import type { Engine } from '../model/engine.ts';
import type { Statement, StatementFacts } from '../model/statement.ts';
import { postgresParser } from './parser.ts';
import { postgresFacts } from './postgres-facts.ts';
import { sqliteFacts } from './sqlite-facts.ts';

/** Facts of each statement, in the same order. PostgreSQL's come from its own parser, which the first call loads. */
export async function analyseStatements(
  engine: Engine,
  statements: readonly Pick<Statement, 'text'>[],
): Promise<readonly StatementFacts[]> {
  if (statements.length === 0) return [];
  if (engine === 'sqlite') return statements.map(({ text }) => sqliteFacts(text));
  const parse = await postgresParser();
  return statements.map(({ text }) => postgresFacts(parse, text));
}

/** {@link analyseStatements} for one statement. */
export async function factsOfStatement(engine: Engine, statement: Pick<Statement, 'text'>): Promise<StatementFacts> {
  return engine === 'sqlite' ? sqliteFacts(statement.text) : postgresFacts(await postgresParser(), statement.text);
}
