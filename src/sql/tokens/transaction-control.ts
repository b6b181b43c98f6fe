import type { Engine } from '../../model/engine.ts';
import { TokenReader } from './token-reader.ts';

/**
 * The transaction statement a text is: BEGIN (START TRANSACTION too), COMMIT (END too), ROLLBACK (ABORT too),
 * `ROLLBACK TO`, SAVEPOINT, RELEASE, `PREPARE TRANSACTION`, `COMMIT PREPARED`, `ROLLBACK PREPARED`; null for others.
 */
export function transactionControl(engine: Engine, text: string): string | null {
  const reader = new TokenReader(engine, text);
  if (reader.take('begin') || reader.take('start', 'transaction')) return 'BEGIN';
  if (reader.take('savepoint')) return 'SAVEPOINT';
  if (reader.take('release')) return 'RELEASE';
  if (reader.take('prepare', 'transaction')) return 'PREPARE TRANSACTION';
  if (reader.take('abort')) return 'ROLLBACK';
  if (reader.take('commit') || reader.take('end')) return reader.isWord('prepared') ? 'COMMIT PREPARED' : 'COMMIT';
  if (!reader.take('rollback')) return null;
  if (reader.isWord('prepared')) return 'ROLLBACK PREPARED';
  if (!reader.take('work')) reader.take('transaction');
  return reader.isWord('to') ? 'ROLLBACK TO' : 'ROLLBACK';
}

/** The table a CREATE TABLE makes, by tokens; null for any other statement. */
export function createdTable(engine: Engine, text: string): string | null {
  const reader = new TokenReader(engine, text);
  if (!reader.take('create')) return null;
  while (MODIFIERS.some((word) => reader.take(word)));
  if (!reader.take('table')) return null;
  reader.take('if', 'not', 'exists');
  return reader.name();
}

const MODIFIERS = ['global', 'local', 'temp', 'temporary', 'unlogged', 'virtual', 'foreign'] as const;
