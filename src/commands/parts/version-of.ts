import { parseVersion } from '../../domain/migrations/index.ts';
import { SurefootError } from '../../model/errors.ts';
import type { MigrationSet, Version } from '../../model/migration.ts';

/** The version of `database` a person means by `4`, `004` or a timestamp; it must be among the files or in `known`. */
export function versionOf(database: string, text: string, set: MigrationSet, known: readonly Version[] = []): Version {
  const parsed = parseVersion(text);
  const found =
    parsed === null
      ? undefined
      : [...set.migrations.map((migration) => migration.version), ...known].find(
          (version) => version.order === parsed.order,
        );
  if (found !== undefined) return found;
  throw new SurefootError({
    code: 'unknown-version',
    message: parsed === null ? `${text} is not a version` : `there is no version ${text} of ${database}`,
    hint: `Choose one that surefoot status ${database} lists.`,
  });
}
