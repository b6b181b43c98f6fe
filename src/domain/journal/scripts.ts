import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { hash } from 'node:crypto';
import { SurefootError } from '../../model/errors.ts';
import type { StoredScript, StoredScripts } from '../../model/history.ts';

/** The texts of a version as one compressed value, and the hash of what it holds. */
export interface PackedScripts {
  readonly bytes: Uint8Array;
  readonly hash: string;
}

const SMALLEST_CHUNK = 256;
const LARGEST_CHUNK = 16_384;

export function packScripts(scripts: StoredScripts): PackedScripts {
  const text = JSON.stringify(scripts);
  // No larger than what can come out: zlib's own choice is allocated anew for each.
  const chunkSize = Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, text.length));
  return { bytes: deflateRawSync(text, { chunkSize }), hash: hashText(text) };
}

/** The texts, after checking that they are the ones whose hash the history row tells. */
export function unpackScripts(bytes: Uint8Array, hash: string | null, name: string): StoredScripts {
  const text = inflateRawSync(bytes).toString('utf8');
  if (hash !== hashText(text)) {
    throw new SurefootError({
      code: 'journal-broken',
      message: `the scripts stored with ${name} are not the ones that were stored when it was applied`,
      hint: 'Run surefoot log --check, and use the files of the release instead.',
    });
  }
  const value: unknown = JSON.parse(text);
  const field = (key: string): StoredScript | null => {
    const script: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
    return isStoredScript(script) ? script : null;
  };
  return { migration: field('migration'), rollback: field('rollback'), verify: field('verify') };
}

function isStoredScript(value: unknown): value is StoredScript {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'file' in value &&
    typeof value.file === 'string' &&
    'kind' in value &&
    (value.kind === 'sql' || value.kind === 'ts')
  );
}

function hashText(text: string): string {
  return hash('sha256', text);
}
