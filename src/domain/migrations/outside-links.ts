import { join, sep } from 'node:path';
import type { SourceRef } from '../../model/migration.ts';
import type { Files } from '../../ports/files.ts';

/** What a person should hear of files that are really elsewhere: somebody else may decide there what runs here. */
export function outsideLinks(files: Files, root: string, sources: readonly SourceRef[]): readonly string[] {
  const inside = join(files.realPath(root), sep);
  return sources.flatMap(({ path, shown }) => {
    const real = files.realPath(path);
    return real.startsWith(inside) ? [] : [`${shown} is a link out of the project, to ${real}`];
  });
}
