import { join, relative, sep } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import type { Problem } from '../../model/problem.ts';
import type { ScriptKind, SourceRef } from '../../model/migration.ts';
import type { Files } from '../../ports/files.ts';
import { normaliseText } from './checksum.ts';

export function kindOfFile(name: string): ScriptKind | null {
  if (name.endsWith('.sql')) return 'sql';
  return name.endsWith('.ts') && !name.endsWith('.d.ts') ? 'ts' : null;
}

/** Endings of files that somebody may take for a migration. */
const SCRIPT_LIKE = /^(.*)\.(sql|psql|pgsql|ddl|[cm]?[jt]s)$/iu;

/** The name a file should have that is not read and looks as if it were to be; null for any other. */
export function scriptLikeName(name: string): { readonly stem: string; readonly kind: ScriptKind } | null {
  const [, stem = '', ending = ''] = (name.endsWith('.d.ts') ? null : SCRIPT_LIKE.exec(name)) ?? [];
  if (stem === '' || kindOfFile(name) !== null) return null;
  return { stem, kind: /s$/iu.test(ending) ? 'ts' : 'sql' };
}

export function sourceRef(root: string, path: string, kind: ScriptKind): SourceRef {
  return { path, kind, shown: shownPath(root, path) };
}

/** Makes the references of many files of one folder. */
export function sourcesIn(root: string, folder: string): (name: string, kind: ScriptKind) => SourceRef {
  const inside = join(folder, sep);
  const shown = shownPath(root, folder);
  const before = shown === '' ? '' : `${shown}/`;
  return (name, kind) => ({ path: inside + name, kind, shown: before + name });
}

function shownPath(root: string, path: string): string {
  return relative(root, path).replaceAll('\\', '/');
}

export function problemAt(code: Problem['code'], file: string, message: string, hint: string | null = null): Problem {
  return { code, file, line: null, column: null, message, hint };
}

/** The normalised text of a file, or the problem that keeps it from being one. */
export function readSource(files: Files, source: SourceRef): { readonly text: string } | { readonly problem: Problem } {
  const text = normaliseText(files.read(source.path));
  if (text === null) {
    return { problem: problemAt('file-encoding', source.shown, 'the file is not UTF-8', 'Convert it to UTF-8.') };
  }
  if (text.trim() === '') {
    return { problem: problemAt('file-empty', source.shown, 'the file is empty', 'Write it, or remove it.') };
  }
  return { text };
}

/** The normalised text of a file that need not be a migration; `file-encoding` when it is not UTF-8. */
export function normaliseFile(files: Files, path: string): string {
  const text = normaliseText(files.read(path));
  if (text === null)
    throw new SurefootError({ code: 'file-encoding', message: `${path} is not UTF-8`, hint: 'Convert it to UTF-8.' });
  return text;
}
