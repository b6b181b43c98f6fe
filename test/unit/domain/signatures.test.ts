import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkChain,
  checkSignatures,
  hashEntry,
  makeKeyPair,
  readPublicKey,
  readSignature,
  signHead,
} from '../../../src/domain/journal/index.ts';
import { GENESIS_HASH, type JournalEntry, type StoredEntry } from '../../../src/model/journal-entry.ts';
import { journalEntry } from '../../support/journal-entry.ts';

const auditor = makeKeyPair();
const stranger = makeKeyPair();
const publicKey = readPublicKey(auditor.publicKey, 'audit.pub');

const entryOf = (change: Partial<JournalEntry>): JournalEntry =>
  journalEntry({ event: 'step', version: '001', name: '001_users', durationMs: 1, outcome: 'succeeded', ...change });

/** A chain as surefoot, or somebody who knows how it does it, would store these entries. */
function chained(list: readonly JournalEntry[]): readonly StoredEntry[] {
  let hash = GENESIS_HASH;
  return list.map((entry, index) => {
    const text = JSON.stringify(entry);
    hash = hashEntry(hash, text);
    const { runId, at, event, version, direction, outcome } = entry;
    return { seq: index + 1, hash, text, entry, columns: { runId, at, event, version, direction, outcome } };
  });
}

function signed(list: readonly JournalEntry[], key = auditor.privateKey): JournalEntry[] {
  const head = chained(list).at(-1);
  if (head === undefined) throw new Error('nothing to sign');
  return [...list, entryOf({ event: 'signed', version: null, signature: signHead(head, key, 'audit.key', undefined) })];
}

const three = [entryOf({ notes: ['a'] }), entryOf({ notes: ['b'] }), entryOf({ notes: ['c'] })];

describe('signatures of a journal', () => {
  it('hold for the entries that were signed, and tell how far they reach', () => {
    const journal = chained([...signed(three), entryOf({ notes: ['later'] })]);
    expect(checkSignatures(journal, publicKey)).toMatchObject({ valid: 1, unverified: 0, signedTo: 3, broken: null });
  });

  it('name the range in which an entry was changed, even when the whole chain was computed anew', () => {
    const honest = signed([...signed(three), entryOf({ notes: ['d'] })]);
    const forged = honest.map((entry, index) => (index === 4 ? entryOf({ notes: ['D'] }) : entry));
    const journal = chained(forged);
    expect(checkChain(journal, null)).toMatchObject({ intact: true });
    expect(checkSignatures(journal, publicKey)).toMatchObject({
      valid: 1,
      signedTo: 3,
      broken: { seq: 4, reason: 'entries 4 to 5 are not those that entry 6 signs' },
    });
    // Without the key the hash inside the signature still tells.
    expect(checkSignatures(journal, null).broken?.reason).toContain('not those that entry 6 signs');
  });

  it('can not be made to fit a forged chain without the private key', () => {
    const forged = three.map((entry) => ({ ...entry, operator: 'mallory' }));
    const [, , , honest] = signed(three);
    const head = chained(forged).at(-1);
    if (honest?.signature === undefined || head === undefined) throw new Error('no signature');
    const patched = { ...honest, signature: { ...honest.signature, hash: head.hash } };
    expect(checkSignatures(chained([...forged, patched]), publicKey).broken).toMatchObject({
      seq: 1,
      reason: 'the signature of entry 4 was changed or forged',
    });
    // Signed again with a key of one's own: nobody of the given key vouches for it.
    const own = signed(forged, stranger.privateKey);
    expect(checkSignatures(chained(own), publicKey)).toMatchObject({ valid: 0, unverified: 1, broken: null });
  });

  it('kept apart tell that a journal was cut short', () => {
    const honest = signed(three);
    const apart = honest[3]?.signature;
    if (apart === undefined) throw new Error('no signature');
    const cut = chained(three.slice(0, 2));
    expect(checkChain(cut, null)).toMatchObject({ intact: true });
    expect(checkSignatures(cut, publicKey, [apart]).broken).toMatchObject({ seq: 3 });
    expect(checkSignatures(chained(honest), publicKey, [apart])).toMatchObject({ valid: 1, broken: null });
    expect(readSignature(JSON.stringify({ database: 'crm', ...apart }), 'crm.sig')).toEqual(apart);
    expect(() => readSignature('{"algorithm":"rsa"}', 'crm.sig')).toThrow('no signature of a journal');
  });

  it('take Ed25519 keys only, sealed ones with their passphrase', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(() => readPublicKey(pem, 'rsa.pub')).toThrow('rsa.pub can not be used as a key: it is of the type rsa');
    expect(() => readPublicKey('nonsense', 'x')).toThrow('x can not be used as a key');
    const sealed = generateKeyPairSync('ed25519')
      .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
      .toString();
    const head = { seq: 1, hash: GENESIS_HASH };
    expect(signHead(head, sealed, 'k', 'open').seq).toBe(1);
    expect(() => signHead(head, sealed, 'k', undefined)).toThrow('passphrase is missing or wrong');
    expect(() => signHead(head, sealed, 'k', 'shut')).toThrow('passphrase is missing or wrong');
  });
});
