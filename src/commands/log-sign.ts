import { checkChain, readEntries, readHistory, signHead } from '../domain/journal/index.ts';
import { withSession } from '../domain/run/index.ts';
import { SurefootError } from '../model/errors.ts';
import type { JournalSignature } from '../model/journal-entry.ts';
import type { CommandTarget } from './parts/target.ts';
import { writeEntry } from './parts/write-entry.ts';

export interface SignInput {
  /** Absolute path of an Ed25519 private key (PEM). */
  readonly key: string;
  readonly passphrase?: string | undefined;
  /** Absolute path of a file that keeps the signature apart from the database as well. */
  readonly out?: string | undefined;
}

export interface SignResult {
  readonly name: string;
  readonly signature: JournalSignature;
  readonly file: string | null;
}

/** Signs everything the journal holds so far. A journal whose chain does not hold is not signed. */
export async function logSign(target: CommandTarget, input: SignInput): Promise<SignResult> {
  const { database, files } = target;
  const pem = new TextDecoder().decode(files.read(input.key));
  return withSession(target, false, async (session) => {
    const { layout } = await readHistory(database, session);
    const entries = layout === null ? [] : await readEntries(database, session);
    // Entries that come in meanwhile are behind the signed place; so the head of this reading counts, not a later one.
    const chain = checkChain(entries, null);
    const head = entries.at(-1);
    if (!chain.intact || head === undefined) {
      throw new SurefootError({
        code: 'journal-unsignable',
        message: `the journal of ${database.name} was not signed: ${chain.intact ? 'it has no entries yet' : chain.reason}`,
        hint: `Look at surefoot log ${database.name} --check.`,
      });
    }
    const signature = signHead(head, pem, input.key, input.passphrase);
    await writeEntry(target, session, 'log sign', target.host.uuid(), {
      event: 'signed',
      outcome: 'succeeded',
      notes: [`entries 1 to ${String(signature.seq)} signed with key ${signature.key}`],
      signature,
    });
    if (input.out !== undefined)
      files.write(input.out, `${JSON.stringify({ database: database.name, ...signature }, null, 2)}\n`);
    return { name: database.name, signature, file: input.out ?? null };
  });
}
