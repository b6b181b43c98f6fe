import { dirname, join } from 'node:path';
import type { Files } from '../../ports/files.ts';
import { normaliseText } from './checksum.ts';

const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/gu;
const ENDINGS = ['', '.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'] as const;

export interface LocalImports {
  /** Files reached through relative imports, in the order of their paths. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** True when the text imports anything but surefoot. */
  readonly needsFile: boolean;
}

/**
 * The local files a TypeScript file imports, theirs included. Found in the text, so a specifier inside a comment counts
 * too: a checksum that covers a file too many is harmless, one too few is not.
 */
export function localImports(files: Files, path: string, text: string): LocalImports {
  const found = new Map<string, string>();
  let needsFile = false;
  const visit = (from: string, source: string): void => {
    for (const match of source.matchAll(SPECIFIER)) {
      const specifier = match[2] ?? '';
      if (from === path && specifier !== 'surefoot') needsFile = true;
      if (!specifier.startsWith('.')) continue;
      const target = resolve(files, join(dirname(from), specifier));
      if (target === null || target === path || found.has(target)) continue;
      const imported = normaliseText(files.read(target));
      if (imported === null) continue;
      found.set(target, imported);
      visit(target, imported);
    }
  };
  visit(path, text);
  const root = dirname(path);
  const list = [...found].map(([target, imported]) => ({ path: shorten(root, target), text: imported }));
  return { files: list.sort((a, b) => (a.path < b.path ? -1 : 1)), needsFile };
}

function resolve(files: Files, base: string): string | null {
  const plain = base.replace(/\.(?:js|mjs)$/u, '');
  for (const candidate of [...ENDINGS.map((ending) => base + ending), `${plain}.ts`, `${plain}.mts`]) {
    if (files.exists(candidate) && !files.isDirectory(candidate)) return candidate;
  }
  return null;
}

function shorten(root: string, path: string): string {
  return path.startsWith(root) ? path.slice(root.length + 1) : path;
}
