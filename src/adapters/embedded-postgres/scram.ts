import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** One SCRAM-SHA-256 login (RFC 5802, RFC 7677), without channel binding. */
export interface ScramExchange {
  /** The client's first message. */
  readonly first: string;
  /** The client's answer to the server's first message. */
  answer(serverFirst: string): string;
  /** Throws unless the server's last message proves that it knows the password too. */
  verify(serverFinal: string): void;
}

/** Starts an exchange. The password is of printable ASCII, so it needs no normalisation. */
export function startScram(password: string): ScramExchange {
  const nonce = randomBytes(18).toString('base64');
  const bare = `n=,r=${nonce}`;
  let expected: Buffer | null = null;
  return {
    first: `n,,${bare}`,
    answer(serverFirst) {
      const fields = parseFields(serverFirst);
      const joint = fields.get('r') ?? '';
      const rounds = Number(fields.get('i'));
      if (!joint.startsWith(nonce) || !Number.isInteger(rounds)) throw new Error('malformed SCRAM challenge');
      const salted = pbkdf2Sync(password, Buffer.from(fields.get('s') ?? '', 'base64'), rounds, 32, 'sha256');
      const withoutProof = `c=biws,r=${joint}`;
      const message = `${bare},${serverFirst},${withoutProof}`;
      const clientKey = hmac(salted, 'Client Key');
      const signature = hmac(createHash('sha256').update(clientKey).digest(), message);
      expected = hmac(hmac(salted, 'Server Key'), message);
      const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
      return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
    },
    verify(serverFinal) {
      const given = Buffer.from(parseFields(serverFinal).get('v') ?? '', 'base64');
      if (expected === null || given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw new Error('the server does not know the password');
      }
    },
  };
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function parseFields(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(',').map((field) => [field.slice(0, 1), field.slice(2)]));
}
