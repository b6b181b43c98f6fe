import type { Engine } from '../../model/engine.ts';
import { PostgresScanner } from '../postgres/tokens.ts';
import { SqliteScanner } from '../sqlite/tokens.ts';
import type { Scanner } from './token.ts';

/** A scanner with the lexical rules of the engine, from offset `from` on. */
export function scannerFor(engine: Engine, text: string, from = 0): Scanner {
  return engine === 'postgres' ? new PostgresScanner(text, from) : new SqliteScanner(text, from);
}
