import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { hash } from 'node:crypto';
import { SurefootError } from '../../model/errors.ts';
import type { StoredScript, StoredScripts } from '../../model/history.ts';

/** The texts of a version as one compressed value, and the hash of what it holds. */
export interface PackedScripts {
  readonly bytes: Uint8Array;
  readonly hash: string;
}

/** Shorter texts are stored as they are: to compress one takes longer than all else that is done for its step. */
const SHORTEST_COMPRESSED = 1024;
/** For short texts, of which there are many: zlib's own sizes are a quarter of a megabyte, made anew for each. */
const FOR_SHORT = { windowBits: 12, memLevel: 4, chunkSize: 1024 } as const;
const LONGEST_SHORT = 4096;

export function packScripts(scripts: StoredScripts): PackedScripts {
  const text = JSON.stringify(scripts);
  return { bytes: bytesOf(text), hash: hashText(text) };
}

function bytesOf(text: string): Uint8Array {
  if (text.length < SHORTEST_COMPRESSED) return Buffer.from(text);
  return deflateRawSync(text, text.length <= LONGEST_SHORT ? FOR_SHORT : {});
}

/** The text with that hash; null where the bytes hold another one. */
function textOf(bytes: Uint8Array, hash: string | null): string | null {
  const plain = Buffer.from(bytes).toString('utf8');
  if (hashText(plain) === hash) return plain;
  try {
    const inflated = inflateRawSync(bytes).toString('utf8');
    return hashText(inflated) === hash ? inflated : null;
  } catch {
    return null;
  }
}

/** The texts, after checking that they are the ones whose hash the history row tells. */
export function unpackScripts(database: string, bytes: Uint8Array, hash: string | null, name: string): StoredScripts {
  const text = textOf(bytes, hash);
  if (text === null) {
    throw new SurefootError({
      code: 'journal-broken',
      message: `the scripts stored with ${name} are not the ones that were stored when it was applied`,
      hint: `Look with surefoot log ${database} --check whether the journal was changed too, and check out the release that has the files.`,
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
