import type { BackupDigest } from '../../model/backup.ts';
import { SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Database } from '../../ports/database.ts';
import type { DigestOptions } from '../../ports/digest.ts';
import type { OpenedCopy } from '../../ports/dumper.ts';
import type { Session } from '../../ports/session.ts';

/** Content of all tables, surefoot's own and the counters included, in the transaction that is open. */
export async function contentOf(
  { digester }: Pick<OpenedCopy, 'digester'>,
  session: Session,
  options: Pick<DigestOptions, 'signal' | 'onTable'> = {},
): Promise<readonly BackupDigest[]> {
  return digester.digest(session, { own: true, counters: true, ...options });
}

/** Reads a copy and throws `backup-differs` with the first tables whose content is not as expected. */
export async function compareContent(
  database: Database,
  copy: OpenedCopy,
  expected: readonly BackupDigest[],
  what: string,
  signal: AbortSignal,
): Promise<void> {
  const session = await copy.connect();
  try {
    const [opened] = await session.batch([{ text: database.dialect.beginProbe }]);
    if (opened?.status === 'failed') throw errorOfFailure(opened.failure, `opening ${what}`);
    refuseDifferences(expected, await contentOf(copy, session, { signal }), what);
  } finally {
    await session.close();
  }
}

/** What was seen before a backup and after it: tables that are not the same in both can't be compared with it. */
export function steadyDigests(
  before: readonly BackupDigest[],
  after: readonly BackupDigest[],
): readonly BackupDigest[] {
  const later = new Map(after.map((digest) => [digest.table, digest]));
  const known = new Set(before.map((digest) => digest.table));
  return [
    ...before.map((digest) => (later.get(digest.table)?.hash === digest.hash ? digest : { ...digest, hash: null })),
    ...after.flatMap((digest) => (known.has(digest.table) ? [] : [{ ...digest, hash: null }])),
  ];
}

export function refuseDifferences(
  expected: readonly BackupDigest[],
  found: readonly BackupDigest[],
  what: string,
): void {
  const there = new Map(found.map((digest) => [digest.table, digest]));
  const wanted = new Set(expected.map((digest) => digest.table));
  const differences = [
    ...expected.flatMap((digest) => {
      if (digest.hash === null) return [];
      const other = there.get(digest.table);
      if (other === undefined) return [`${digest.table} is missing`];
      if (other.rows !== digest.rows)
        return [`${digest.table} has ${String(other.rows)} rows, not ${String(digest.rows)}`];
      return other.hash === digest.hash ? [] : [`${digest.table} has other values`];
    }),
    ...found.flatMap((digest) => (wanted.has(digest.table) ? [] : [`${digest.table} is one too many`])),
  ];
  if (differences.length === 0) return;
  const more = differences.length > 5 ? `\n  and ${String(differences.length - 5)} more` : '';
  throw new SurefootError({
    code: 'backup-differs',
    message: `${what} does not hold what the database held:\n${differences
      .slice(0, 5)
      .map((line) => `  ${line}`)
      .join('\n')}${more}`,
    hint: 'Keep the database as it is and run the command again.',
    context: { differences },
  });
}
