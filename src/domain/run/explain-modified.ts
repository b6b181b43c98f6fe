import { isSurefootError } from '../../model/errors.ts';
import type { History, StoredScripts, AppliedMigration } from '../../model/history.ts';
import type { MigrationSet } from '../../model/migration.ts';
import type { Files } from '../../ports/files.ts';
import { readSource } from '../migrations/index.ts';
import { unifiedDiff } from '../verification/index.ts';

const MOST_DIFFS = 3;

/** Adds to a `modified` refusal how the files differ from the texts that were applied, where the history has them. */
export async function explainModified(
  error: unknown,
  parts: {
    readonly set: MigrationSet;
    readonly files: Files;
    readonly history: History;
    readonly stored: (applied: AppliedMigration) => Promise<StoredScripts | null>;
  },
): Promise<unknown> {
  const { set, files, history } = parts;
  if (!isSurefootError(error) || error.code !== 'modified') return error;
  const names = new Set(Array.isArray(error.context['names']) ? error.context['names'].map(String) : []);
  const diffs: string[] = [];
  for (const migration of set.migrations.filter((each) => names.has(each.name)).slice(0, MOST_DIFFS)) {
    const applied = history.applied.find((each) => each.version.order === migration.version.order);
    const stored = applied === undefined ? null : await parts.stored(applied);
    const read = readSource(files, migration.up);
    if (stored?.migration == null || 'problem' in read) continue;
    diffs.push(
      await unifiedDiff(stored.migration.text, read.text, [
        `${migration.up.shown} as applied`,
        `${migration.up.shown} on disk`,
      ]),
    );
  }
  return diffs.length === 0 ? error : error.with({ message: `${error.message}\n${diffs.join('\n')}` });
}
