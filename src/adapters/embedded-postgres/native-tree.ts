import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { canReach, type Runner } from './identity.ts';
import type { Binaries } from './binaries.ts';
import { readText } from './state.ts';

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The file of a server program in a native folder. */
export function programIn(native: string, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * The native folder to run from: the package's own where it is complete and the runner can reach it, else a
 * tree made in `base` (npm with scripts switched off leaves out the links between shared libraries; a folder
 * only root may enter keeps other users out). Made once per package version; node_modules is never written to.
 * The caller holds the server's lock.
 */
export function prepareNative(binaries: Binaries, base: string, runner: Runner): string {
  const links = readLinks(binaries.native);
  const reachable = ['bin', 'lib', 'share'].every((name) => canReach(runner, join(binaries.native, name)));
  if (reachable && isComplete(binaries.native, links)) return binaries.native;
  const tree = join(base, `native-${binaries.packageVersion}-${reachable ? 'linked' : 'copied'}`);
  if (existsSync(tree) && isComplete(tree, links)) return tree;
  rmSync(tree, { recursive: true, force: true });
  const draft = `${tree}.new`;
  rmSync(draft, { recursive: true, force: true });
  if (reachable) {
    linkTree(binaries.native, draft, links);
  } else {
    copyTree(binaries.native, draft);
  }
  makeLinks(draft, links);
  for (const name of readdirSync(join(draft, 'bin'))) chmodSync(join(draft, 'bin', name), 0o755);
  renameSync(draft, tree);
  return tree;
}

function readLinks(native: string): readonly Link[] {
  const text = readText(join(native, 'pg-symlinks.json'));
  const value: unknown = text === null ? [] : JSON.parse(text);
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('source' in one && 'target' in one)) return [];
    const { source, target } = one;
    if (typeof source !== 'string' || typeof target !== 'string') return [];
    // The list is relative to the package, the tree begins one level below.
    return [{ source: posix.relative('native', source), target: posix.relative('native', target) }];
  });
}

function isComplete(native: string, links: readonly Link[]): boolean {
  const executable = ['initdb', 'postgres'] as const;
  return (
    links.every(({ target }) => existsSync(join(native, target))) &&
    existsSync(join(native, 'share')) &&
    executable.every((name) => isExecutable(programIn(native, name)))
  );
}

/** A copy for another user, who may read it however npm installed it; of links, what they lead to (cpSync keeps links). */
function copyTree(from: string, to: string): void {
  const found = statSync(from);
  if (found.isDirectory()) {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) copyTree(join(from, name), join(to, name));
  } else copyFileSync(from, to);
  chmodSync(to, found.mode | 0o444 | ((found.mode & 0o100) === 0 ? 0 : 0o111));
}

function isExecutable(file: string): boolean {
  if (process.platform === 'win32') return existsSync(file);
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0;
}

/** A tree of links, but with real programs: a server looks for its libraries beside the file it really runs from. */
function linkTree(from: string, to: string, links: readonly Link[], inside = ''): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const path = posix.join(inside, entry.name);
    const mirrored = path === 'bin' || links.some(({ target }) => target.startsWith(`${path}/`));
    if (entry.isDirectory() && mirrored) linkTree(join(from, entry.name), join(to, entry.name), links, path);
    else if (inside === 'bin') copyFileSync(join(from, entry.name), join(to, entry.name));
    else symlinkSync(join(from, entry.name), join(to, entry.name));
  }
}

function makeLinks(tree: string, links: readonly Link[]): void {
  for (const { source, target } of links) {
    const path = join(tree, target);
    if (existsSync(path)) continue;
    // Both are in one folder, as in the package's own list.
    const toward = dirname(source) === dirname(target) ? basename(source) : join(tree, source);
    rmSync(path, { force: true });
    symlinkSync(toward, path);
  }
}
