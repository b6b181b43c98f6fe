import { hash } from 'node:crypto';
import type { AppliedMigration } from '../../model/history.ts';
import { SurefootError } from '../../model/errors.ts';
import type { Script } from '../../model/migration.ts';
import type { Statement } from '../../model/statement.ts';

/**
 * SHA-256 over the first statements of a script outside a transaction, as they are sent: what tells a later run that the
 * ones in place are still those of the file. Each is added to the hash of those before it, so that all of them together
 * cost one pass. Null for none.
 */
export function createStartHash(statements: readonly Statement[]): (count: number) => string | null {
  const hashes: string[] = [];
  return (count) => {
    for (const { text, copyData } of statements.slice(hashes.length, count))
      hashes.push(hash('sha256', JSON.stringify([hashes.at(-1) ?? null, text, copyData])));
    return count === 0 ? null : (hashes[count - 1] ?? null);
  };
}

/** Statements of a stopped step that are in place, or were begun and may be. */
function startedCount({ statementsDone, statementBegun }: AppliedMigration): number {
  return Math.max(statementsDone ?? 0, statementBegun === null ? 0 : statementBegun + 1);
}

/** A stopped step goes on in an edited file as long as what is in place was left as it was. Throws `failed-step`. */
export function refuseOtherStart(database: string, applied: AppliedMigration, script: Script): void {
  const count = startedCount(applied);
  if (count === 0) return;
  const same =
    script.directives.transaction === 'none' && createStartHash(script.statements)(count) === applied.statementsHash;
  if (same) return;
  const down = applied.direction === 'down';
  const done = count === 1 ? 'its first statement is' : `its first ${String(count)} statements are`;
  throw new SurefootError({
    code: 'failed-step',
    message: `${down ? `the rollback of ${applied.name}` : applied.name} stopped midway (${done} in place or begun), and that part of ${script.source.shown} was edited since`,
    hint: `Bring that part back as it was and run surefoot ${down ? 'rollback' : 'migrate'} ${database}${down ? '' : `, or run surefoot rollback ${database}`}, or settle it by hand and record that with: surefoot repair ${database} --to ${applied.version.text} --as ${down ? 'pending' : 'applied'} --reason "…" (--as ${down ? 'applied where nothing of the rollback is left' : 'pending where none of it is left'})`,
  });
}
