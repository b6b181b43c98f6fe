import { join } from 'node:path';
import { parseVersion } from '../domain/migrations/index.ts';
import { SurefootError } from '../model/errors.ts';
import type { MigrationSet } from '../model/migration.ts';
import { migrationTemplate, rollbackTemplate, verifyTemplate } from './parts/templates.ts';
import { loadSet, type CommandTarget } from './parts/target.ts';

export interface NewInput {
  readonly slug: string;
  readonly typescript?: boolean | undefined;
  /** The version to use; else the next number, or a UTC timestamp where the set uses them. */
  readonly version?: string | undefined;
}

export interface NewResult {
  readonly name: string;
  readonly version: string;
  /** Paths from the project folder. */
  readonly files: readonly string[];
}

/** Writes the three files of a new migration. Never overwrites one. */
export async function newMigration(target: CommandTarget, input: NewInput): Promise<NewResult> {
  const { files, folders, clock } = target;
  const set = files.list(folders.migrations) === null ? { migrations: [], invariants: null } : loadSet(target);
  const slug = input.slug
    .trim()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
    .toLowerCase();
  if (slug === '')
    throw new SurefootError({
      code: 'usage',
      message: `${JSON.stringify(input.slug)} holds no letter or digit to name a migration by`,
      hint: `Name what it does: surefoot new add_users ${target.database.name}`,
    });
  const version = input.version ?? nextVersion(set, clock.now());
  if (parseVersion(version) === null)
    throw new SurefootError({
      code: 'version-invalid',
      message: `${version} is not a version`,
      hint: 'Use a number or a UTC timestamp YYYYMMDDHHMMSS.',
    });
  const ending = input.typescript === true ? 'ts' : 'sql';
  const title = input.slug.replaceAll('_', ' ').trim();
  const written = [
    { path: join(folders.migrations, `${version}_${slug}.${ending}`), text: migrationTemplate(ending, title) },
    { path: join(folders.rollbacks, `${version}_${slug}.${ending}`), text: rollbackTemplate(ending, title) },
    { path: join(folders.verify, `${version}_${slug}.sql`), text: verifyTemplate(title) },
  ];
  const taken = written.find(({ path }) => files.exists(path));
  const clash = set.migrations.find((migration) => migration.version.order === parseVersion(version)?.order);
  if (taken !== undefined || clash !== undefined) {
    throw new SurefootError({
      code: 'file-exists',
      message: `${taken?.path ?? clash?.up.shown ?? ''} exists already; nothing was written`,
      hint: 'Choose another name, or another --migration-version.',
    });
  }
  for (const { path, text } of written) files.write(path, text);
  return Promise.resolve({
    name: target.database.name,
    version,
    files: written.map(({ path }) => path.slice(folders.root.length + 1)),
  });
}

function nextVersion({ migrations }: MigrationSet, now: Date): string {
  const last = migrations.at(-1)?.version;
  const digits = last?.text.replaceAll('_', '') ?? '';
  if (last !== undefined && digits.length < 12) return (last.order + 1n).toString().padStart(last.text.length, '0');
  const taken = new Set(migrations.map(({ version }) => version.order));
  // Two in one second are one after the other all the same.
  for (let at = now.getTime(); ; at += 1_000) {
    const text = new Date(at).toISOString().replaceAll(/[-:T]/gu, '').slice(0, 14);
    if (!taken.has(BigInt(text))) return text;
  }
}
