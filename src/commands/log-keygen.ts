import { makeKeyPair } from '../domain/journal/index.ts';
import { SurefootError } from '../model/errors.ts';
import type { Files } from '../ports/files.ts';

export interface KeygenResult {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** Writes a new key pair: `<out>` for who signs, `<out>.pub` for who verifies. Never overwrites one. */
export function logKeygen(files: Files, out: string): KeygenResult {
  const paths = { privateKey: out, publicKey: `${out}.pub` };
  for (const path of Object.values(paths)) {
    if (files.exists(path))
      throw new SurefootError({
        code: 'file-exists',
        message: `${path} exists already; nothing was written`,
        hint: 'Choose another name with --out.',
      });
  }
  const pair = makeKeyPair();
  files.write(paths.privateKey, pair.privateKey, { secret: true });
  files.write(paths.publicKey, pair.publicKey);
  return paths;
}
