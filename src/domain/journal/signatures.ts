import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { messageOf, SurefootError } from '../../model/errors.ts';
import { GENESIS_HASH, type JournalSignature, type StoredEntry } from '../../model/journal-entry.ts';
import { hashEntry } from './entries.ts';

/** A new Ed25519 key pair as PEM texts: PKCS #8 and SPKI, which OpenSSL reads. */
export function makeKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  const pair = generateKeyPairSync('ed25519');
  return {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Signs the head of a chain with a private key (PEM). `file` is named in errors. */
export function signHead(
  head: { readonly seq: number; readonly hash: string },
  pem: string,
  file: string,
  passphrase: string | undefined,
): JournalSignature {
  const key = readKey(file, () => createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) }));
  return {
    algorithm: 'ed25519',
    key: keyId(createPublicKey(key)),
    seq: head.seq,
    hash: head.hash,
    signature: sign(null, signedText(head), key).toString('base64'),
  };
}

/** A public key (PEM); a private key's own public half is taken too. */
export function readPublicKey(pem: string, file: string): KeyObject {
  return readKey(file, () => createPublicKey(pem));
}

/** What the signatures of a journal say. */
export interface SignatureResult {
  /** The key they were verified with; null when none was given, and they were only compared with the chain. */
  readonly key: string | null;
  readonly valid: number;
  /** Signatures that could not be verified: no key was given, or they are of another one. */
  readonly unverified: number;
  /** Entries up to this place are covered by a valid signature; 0 when none is. */
  readonly signedTo: number;
  /** The first place that can not be trusted; null when all holds. */
  readonly broken: { readonly seq: number; readonly reason: string } | null;
}

/**
 * Holds every signature of a journal, and those kept apart from it, against the chain computed anew from the texts.
 * Who can write the database can compute a whole new chain, but not a signature that fits it.
 */
export function checkSignatures(
  entries: readonly StoredEntry[],
  key: KeyObject | null,
  detached: readonly JournalSignature[] = [],
): SignatureResult {
  const hashes = [GENESIS_HASH];
  for (const { text } of entries) hashes.push(hashEntry(hashes.at(-1) ?? GENESIS_HASH, text));
  const own = key === null ? null : keyId(key);
  let valid = 0;
  let unverified = 0;
  let signedTo = 0;
  const broken = (seq: number, reason: string): SignatureResult => ({
    key: own,
    valid,
    unverified,
    signedTo,
    broken: { seq, reason },
  });
  const inJournal = entries.flatMap(({ seq, entry }) =>
    entry.signature === undefined ? [] : [{ place: `entry ${String(seq)}`, signature: entry.signature }],
  );
  const known = new Set(inJournal.map(({ signature }) => signature.signature));
  const apart = detached
    .filter(({ signature }) => !known.has(signature))
    .map((signature) => ({ place: 'the signature file', signature }));
  for (const { place, signature } of [...inJournal, ...apart].sort((a, b) => a.signature.seq - b.signature.seq)) {
    const { seq } = signature;
    const from = String(signedTo + 1);
    if (seq > entries.length)
      return broken(
        entries.length + 1,
        `entries from ${String(entries.length + 1)} on were removed: ${place} signs ${String(seq)} of them`,
      );
    if (key !== null && signature.key === own) {
      if (!isValid(signature, key)) return broken(signedTo + 1, `the signature of ${place} was changed or forged`);
      if (hashes[seq] !== signature.hash)
        return broken(signedTo + 1, `entries ${from} to ${String(seq)} are not those that ${place} signs`);
      valid += 1;
      signedTo = Math.max(signedTo, seq);
    } else if (hashes[seq] === signature.hash) unverified += 1;
    else return broken(1, `entries 1 to ${String(seq)} are not those that ${place} signs`);
  }
  return { key: own, valid, unverified, signedTo, broken: null };
}

/** A signature kept in a file of its own, as `log sign --out` writes it. */
export function readSignature(text: string, file: string): JournalSignature {
  try {
    const value: unknown = JSON.parse(text);
    const field = (name: string): unknown =>
      typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    const [key, seq, hash, signature] = [field('key'), field('seq'), field('hash'), field('signature')];
    if (
      field('algorithm') === 'ed25519' &&
      typeof key === 'string' &&
      typeof seq === 'number' &&
      typeof hash === 'string' &&
      typeof signature === 'string'
    )
      return { algorithm: 'ed25519', key, seq, hash, signature };
  } catch {
    // Told below, as for JSON that is something else.
  }
  throw new SurefootError({
    code: 'key-invalid',
    message: `${file} is no signature of a journal`,
    hint: 'Name a file that surefoot log sign --out has written.',
    context: { file },
  });
}

function isValid(signature: JournalSignature, key: KeyObject): boolean {
  return verify(null, signedText(signature), key, Buffer.from(signature.signature, 'base64'));
}

function signedText({ seq, hash }: { readonly seq: number; readonly hash: string }): Buffer {
  return Buffer.from(`surefoot journal 1\n${String(seq)}\n${hash}\n`);
}

function keyId(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

function readKey(file: string, read: () => KeyObject): KeyObject {
  const refuse = (reason: string, hint: string, cause?: unknown): SurefootError =>
    new SurefootError({
      code: 'key-invalid',
      message: `${file} can not be used as a key: ${reason}`,
      hint,
      context: { file },
      cause,
    });
  try {
    const key = read();
    if (key.asymmetricKeyType === 'ed25519') return key;
    throw refuse(
      `it is of the type ${key.asymmetricKeyType ?? 'unknown'}`,
      'Make an Ed25519 key with surefoot log keygen.',
    );
  } catch (error) {
    if (error instanceof SurefootError) throw error;
    const sealed = /passphrase|bad decrypt|interrupted or cancelled/iu.test(messageOf(error));
    throw refuse(
      sealed ? 'its passphrase is missing or wrong' : messageOf(error),
      sealed ? 'Set SUREFOOT_KEY_PASSPHRASE.' : 'Name a PEM file with an Ed25519 key; surefoot log keygen makes one.',
      error,
    );
  }
}
