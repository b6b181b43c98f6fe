import { basename, dirname, join, sep } from 'node:path';
import type { SourceRef } from '../../model/migration.ts';
import type { Files } from '../../ports/files.ts';

/** More than these are told as one. */
const MOST_TOLD = 3;

/** What a person should hear of files that are really elsewhere: somebody else may decide there what runs here. */
export function outsideLinks(files: Files, root: string, sources: readonly SourceRef[]): readonly string[] {
  const inside = join(files.realPath(root), sep);
  const folders = new Map<string, Folder>();
  const told = sources.flatMap(({ path, shown }) => {
    const parent = dirname(path);
    const folder = folders.get(parent) ?? readFolder(files, parent);
    folders.set(parent, folder);
    const name = basename(path);
    const real = folder.links.has(name) ? files.realPath(path) : folder.real + name;
    return real.startsWith(inside) ? [] : [`${shown} is a link out of the project, to ${real}`];
  });
  if (told.length <= MOST_TOLD) return told;
  return [
    `${String(told.length)} of the files that are used are reached by links out of the project; ${told[0] ?? ''}`,
  ];
}

interface Folder {
  /** Its real path, with a separator behind it. */
  readonly real: string;
  readonly links: ReadonlySet<string>;
}

function readFolder(files: Files, path: string): Folder {
  return { real: join(files.realPath(path), sep), links: new Set(files.links(path)) };
}
