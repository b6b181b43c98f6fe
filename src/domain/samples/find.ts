import { join } from 'node:path';
import type { UserSample } from '../../model/user-script.ts';
import type { RunParts } from '../run/index.ts';
import { parseSampleVersion } from '../../sql/index.ts';
import { normaliseFile, problemsError } from '../migrations/index.ts';

/** A file of sample data. `at`: the version it is made for, as written; null for a TypeScript file that tells none. */
export interface SampleFile {
  readonly at: string | null;
  readonly file: string;
}

/**
 * The sample data of a database: `<database>.ts` or `.sql`, and `<database>@<version>.sql` with more rows for tables that
 * came later, by version. `at` of the first is that of its definition or its `@at`, or the last version.
 */
export async function findSamples(
  parts: Pick<RunParts, 'database' | 'files' | 'loader' | 'set'>,
  folder: string,
): Promise<readonly SampleFile[]> {
  const { database, files } = parts;
  const later = (files.list(folder) ?? []).flatMap((name): { at: string; file: string }[] => {
    const at = name.startsWith(`${database.name}@`)
      ? /^([\d_]+)\.sql$/u.exec(name.slice(database.name.length + 1))?.[1]
      : undefined;
    return at === undefined ? [] : [{ at, file: join(folder, name) }];
  });
  later.sort((a, b) => Number(orderOf(a.at) - orderOf(b.at)));
  const first = await firstSample(parts, folder);
  return first === null ? later : [first, ...later];
}

/** A version as written, as a number to compare by. */
export function orderOf(version: string): bigint {
  return BigInt(version.replaceAll('_', ''));
}

async function firstSample(
  parts: Pick<RunParts, 'database' | 'files' | 'loader' | 'set'>,
  folder: string,
): Promise<SampleFile | null> {
  const { database, files, loader, set } = parts;
  const file = join(folder, `${database.name}.ts`);
  if (files.exists(file)) {
    const sample: unknown = await loader.load(file);
    return { at: isSample(sample) ? sample.at : null, file };
  }
  const sql = join(folder, `${database.name}.sql`);
  if (!files.exists(sql)) return null;
  const at = versionInSql(parts, sql, normaliseFile(files, sql)) ?? set.migrations.at(-1)?.version.text ?? null;
  return { at, file: sql };
}

/** The version that an SQL sample names with `@at`; null without. */
export function versionInSql({ database }: Pick<RunParts, 'database'>, file: string, text: string): string | null {
  const { at, problems } = parseSampleVersion(text, file, database.capabilities.engine);
  if (problems.length > 0) throw problemsError(problems);
  return at;
}

export function isSample(value: unknown): value is UserSample {
  return (
    typeof value === 'object' &&
    value !== null &&
    'surefoot' in value &&
    value.surefoot === 'sample' &&
    'fill' in value &&
    typeof value.fill === 'function'
  );
}
