import { createHash } from 'node:crypto';
import type { Snapshot } from '../../model/snapshot.ts';

/** Lower-case hex SHA-256 over ids and definitions: equal for equal schemas, whatever server they were read from. */
export function hashSnapshot(snapshot: Snapshot): string {
  const hash = createHash('sha256');
  for (const { id, definition } of snapshot.objects) hash.update(`${id}\0${definition}\0`);
  return hash.digest('hex');
}
