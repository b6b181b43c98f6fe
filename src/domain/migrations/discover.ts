import { basename, join } from 'node:path';
import type { Migration, MigrationSet, SourceRef } from '../../model/migration.ts';
import type { Problem } from '../../model/problem.ts';
import type { Files } from '../../ports/files.ts';
import { checksumOf, checksumOfBytes, checksumOfMany } from './checksum.ts';
import { localImports } from './local-imports.ts';
import { kindOfFile, problemAt, readSource, scriptLikeName, sourceRef, sourcesIn } from './source.ts';
import { compareVersions, parseStem } from './version.ts';

/** The three folders of one database, absolute, and the project folder that paths are shown from. */
export interface Folders {
  readonly root: string;
  readonly migrations: string;
  readonly rollbacks: string;
  readonly verify: string;
  /** Those that hold the folders of several databases, and no scripts themselves. */
  readonly above: readonly string[];
}

export interface Discovery {
  readonly set: MigrationSet;
  readonly problems: readonly Problem[];
}

interface Found {
  readonly stem: string;
  readonly source: SourceRef;
}

const NOT_A_SCRIPT = new Set(['invariants.sql']);

/**
 * Finds the migrations of a database and pairs each with its rollback and verify script by stem. Reads the migration
 * files (for their checksums) and nothing else. A missing rollback is a problem only later, because only the
 * migration's own text can say that it is irreversible.
 */
export function discover(files: Files, folders: Folders): Discovery {
  const problems: Problem[] = [];
  const names = files.list(folders.migrations);
  if (names === null) {
    const shown = sourceRef(folders.root, folders.migrations, 'sql').shown;
    problems.push(
      problemAt(
        'directory-missing',
        shown,
        'the folder of the migrations does not exist',
        `Create it with: mkdir -p ${shown}`,
      ),
    );
  }
  const ups = scan(names ?? [], folders.migrations, folders.root, problems, true);
  const rollbacks = scan(files.list(folders.rollbacks) ?? [], folders.rollbacks, folders.root, problems, false);
  const verifies = scan(files.list(folders.verify) ?? [], folders.verify, folders.root, problems, false);

  const stems = new Map<string, Found>(ups.map((each) => [each.stem, each]));
  const rollbackOf = pair(rollbacks, stems, 'rollback-orphan', problems);
  const verifyOf = pair(verifies, stems, 'verify-orphan', problems);

  const migrations: Migration[] = [];
  for (const { stem, source } of ups) {
    const parsed = parseStem(stem);
    if (parsed === null) continue;
    const read = source.kind === 'ts' ? typeScriptChecksum(files, source) : sqlChecksum(files, source);
    if ('problem' in read) {
      problems.push(read.problem);
      continue;
    }
    migrations.push({
      version: parsed.version,
      name: stem,
      slug: parsed.slug,
      up: source,
      rollback: rollbackOf.get(stem) ?? null,
      verify: verifyOf.get(stem) ?? null,
      checksum: read.checksum,
    });
  }
  for (const folder of folders.above) problems.push(...astray(files.list(folder) ?? [], folder, folders));
  migrations.sort((a, b) => compareVersions(a.version, b.version));
  problems.push(...clashes(migrations));
  const invariants = join(folders.verify, 'invariants.sql');
  return {
    set: { migrations, invariants: files.exists(invariants) ? sourceRef(folders.root, invariants, 'sql') : null },
    problems,
  };
}

function scan(
  names: readonly string[],
  folder: string,
  root: string,
  problems: Problem[],
  mustHaveVersion: boolean,
): Found[] {
  const found: Found[] = [];
  const byLower = new Map<string, string>();
  const sourceOf = sourcesIn(root, folder);
  for (const name of [...names].sort()) {
    const kind = kindOfFile(name);
    if (kind === null) problems.push(...passedOver(name, names, sourceOf));
    if (kind === null || NOT_A_SCRIPT.has(name)) continue;
    const source = sourceOf(name, kind);
    const stem = name.slice(0, name.lastIndexOf('.'));
    if (mustHaveVersion && parseStem(stem) === null) {
      problems.push(
        problemAt(
          'version-invalid',
          source.shown,
          'the file name does not begin with a version',
          `Rename it to <version>_<slug>.${kind}, for example 001_${stem}.${kind}.`,
        ),
      );
      continue;
    }
    const other = byLower.get(stem.toLowerCase());
    if (other !== undefined && other !== stem) {
      problems.push(
        problemAt('stem-case', source.shown, `its name differs from ${other} only in case`, 'Rename one of them.'),
      );
    }
    byLower.set(stem.toLowerCase(), stem);
    found.push({ stem, source });
  }
  return found;
}

/** Scripts that lie one level too high, where nothing is read. */
function astray(names: readonly string[], folder: string, { root, migrations }: Folders): readonly Problem[] {
  const sourceOf = sourcesIn(root, folder);
  return [...names].sort().flatMap((name) => {
    const kind = kindOfFile(name);
    if (kind === null || parseStem(name.slice(0, name.lastIndexOf('.'))) === null) return [];
    return [
      problemAt(
        'file-passed-over',
        sourceOf(name, kind).shown,
        'it lies beside the folders of the databases, so it would be passed over',
        `Move it into the folder of its database, such as ${sourceRef(root, join(folder, basename(migrations)), kind).shown}.`,
      ),
    ];
  });
}

/** A file that looks like a migration and would not be read. What a compiler writes beside a TypeScript file is none. */
function passedOver(
  name: string,
  names: readonly string[],
  sourceOf: (name: string, kind: SourceRef['kind']) => SourceRef,
): readonly Problem[] {
  const meant = scriptLikeName(name);
  if (meant === null || parseStem(meant.stem) === null) return [];
  if (meant.kind === 'ts' && names.includes(`${meant.stem}.ts`)) return [];
  return [
    problemAt(
      'file-passed-over',
      sourceOf(name, meant.kind).shown,
      'only files that end in .sql or .ts are read, so this one would be passed over',
      `Rename it to ${meant.stem}.${meant.kind}, or move it out of the folder.`,
    ),
  ];
}

function pair(
  list: readonly Found[],
  stems: ReadonlyMap<string, Found>,
  orphan: 'rollback-orphan' | 'verify-orphan',
  problems: Problem[],
): Map<string, SourceRef> {
  const paired = new Map<string, SourceRef>();
  const lower = new Map([...stems.keys()].map((stem) => [stem.toLowerCase(), stem]));
  for (const { stem, source } of list) {
    if (stems.has(stem)) {
      const other = paired.get(stem);
      if (other === undefined) paired.set(stem, source);
      else
        problems.push(
          problemAt('version-duplicate', source.shown, `${other.shown} has the same stem`, 'Keep one of them.'),
        );
      continue;
    }
    const near = lower.get(stem.toLowerCase());
    if (near === undefined) {
      const what = orphan === 'rollback-orphan' ? 'rollback' : 'verify script';
      problems.push(
        problemAt(
          orphan,
          source.shown,
          `no migration is named ${stem}, so this ${what} belongs to nothing`,
          'Bring its migration back, or rename or remove this file.',
        ),
      );
    } else {
      problems.push(
        problemAt(
          'stem-case',
          source.shown,
          `its name differs from the migration ${near} only in case`,
          `Rename it to ${near}.`,
        ),
      );
    }
  }
  return paired;
}

type Read = { readonly checksum: string } | { readonly problem: Problem };

function typeScriptChecksum(files: Files, source: SourceRef): Read {
  const read = readSource(files, source);
  if ('problem' in read) return read;
  return { checksum: checksumOfMany(read.text, localImports(files, source.path, read.text).files) };
}

/** Most files are hashed as they are: nobody needs their text before one of them is to run. */
function sqlChecksum(files: Files, source: SourceRef): Read {
  const checksum = checksumOfBytes(files.read(source.path));
  if (checksum !== null) return { checksum };
  const read = readSource(files, source);
  return 'problem' in read ? read : { checksum: checksumOf(read.text) };
}

function clashes(migrations: readonly Migration[]): Problem[] {
  const problems: Problem[] = [];
  for (const [index, migration] of migrations.entries()) {
    const before = migrations[index - 1];
    if (before !== undefined && before.version.order === migration.version.order) {
      problems.push(
        problemAt(
          'version-duplicate',
          migration.up.shown,
          `${before.up.shown} has the same version (versions are compared as numbers)`,
          'Give one of them another version.',
        ),
      );
    }
  }
  return problems;
}
