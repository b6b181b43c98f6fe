import { parseSnapshot } from '../../domain/schema/index.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Files } from '../../ports/files.ts';

/** A snapshot that somebody keeps in a file, shown as `shown`. Throws `snapshot-invalid`. */
export function readKeptSnapshot(files: Files, path: string, shown: string): Snapshot {
  const text = new TextDecoder().decode(files.read(path));
  try {
    return parseSnapshot(JSON.parse(text), shown);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return parseSnapshot(null, shown);
  }
}
