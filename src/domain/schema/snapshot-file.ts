import { SurefootError } from '../../model/errors.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** A snapshot as a file keeps it: indented, objects by id, so that two of them can be compared line by line. */
export function renderSnapshot(snapshot: Snapshot): string {
  return `${JSON.stringify(snapshot, null, 2)}\n`;
}

/** What was read from a file as a snapshot. Throws `snapshot-invalid`. */
export function parseSnapshot(value: unknown, file: string): Snapshot {
  if (isSnapshot(value)) return value;
  throw new SurefootError({
    code: 'snapshot-invalid',
    message: `${file} is not a snapshot of this version of surefoot`,
    hint: `Make it anew with: surefoot snapshot <database> --out ${file}`,
  });
}

function isSnapshot(value: unknown): value is Snapshot {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 1 &&
    'engine' in value &&
    (value.engine === 'postgres' || value.engine === 'sqlite') &&
    'objects' in value &&
    Array.isArray(value.objects) &&
    value.objects.every(isObject)
  );
}

function isObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'definition' in value &&
    typeof value.definition === 'string' &&
    'dependencies' in value &&
    Array.isArray(value.dependencies)
  );
}
