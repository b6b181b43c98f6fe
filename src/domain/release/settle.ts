import type { ChecklistItem, ItemResult } from '../../model/contribution.ts';
import { isSurefootError, messageOf } from '../../model/errors.ts';
import type { SignAnswer } from './pilot.ts';

/** What came of trying to settle one item. Durations in ms. */
export type Attempt =
  | {
      readonly kind: 'settled';
      readonly result: ItemResult;
      readonly signedBy: string | null;
      readonly durationMs: number | null;
      readonly error: unknown;
    }
  | { readonly kind: 'quit' }
  | { readonly kind: 'give up' };
export type Settled = Extract<Attempt, { kind: 'settled' }>;

/** Why an answer to a manual item is not taken; null where it is. */
export function signatureRefused(
  item: ChecklistItem,
  answer: SignAnswer,
  policy: { readonly twoPersons: boolean; readonly operators: readonly string[] },
): string | null {
  if (answer.kind === 'skipped') return item.stops.includes('absent') ? 'this item can not be passed over' : null;
  if (answer.kind !== 'signed' && answer.kind !== 'failed') return null;
  if (answer.by.trim() === '') return 'a signature is a name';
  return answer.kind === 'signed' && policy.twoPersons && isOneOf(answer.by, policy.operators)
    ? `${answer.by} runs this release, so another person has to sign (twoPersons)`
    : null;
}

/** Names are compared as people do: `Ana ` and `ana` are one person. */
export function isOneOf(name: string, names: readonly string[]): boolean {
  const plain = (text: string): string => text.trim().toLowerCase();
  return names.some((each) => plain(each) === plain(name));
}

export function stateOfAnswer(answer: Exclude<SignAnswer, { kind: 'quit' } | { kind: 'give up' }>): Settled {
  const base = { kind: 'settled', durationMs: null, error: null } as const;
  if (answer.kind === 'signed' || answer.kind === 'failed') {
    const state = answer.kind === 'signed' ? 'passed' : 'failed';
    const note = answer.note.trim();
    return {
      ...base,
      result: { state, detail: note === '' ? (state === 'passed' ? 'done' : 'it failed') : note },
      signedBy: answer.by.trim(),
    };
  }
  if (answer.kind === 'skipped')
    return {
      ...base,
      result: { state: 'absent', detail: `passed over${answer.note.trim() === '' ? '' : `: ${answer.note.trim()}`}` },
      signedBy: null,
    };
  return { ...base, result: { state: 'open', detail: 'it waits for a signature' }, signedBy: null };
}

/** What an item that threw leaves: the first line of the message, and the next command where no way back is offered. */
export function failureOf(error: unknown, hinted: boolean): ItemResult {
  const [first = ''] = (isSurefootError(error) ? (error.record ?? error.message) : messageOf(error)).split('\n');
  const hint = hinted && isSurefootError(error) ? error.hint : undefined;
  return { state: 'failed', detail: hint === undefined ? first : `${first.replace(/[.:]$/u, '')}. ${hint}` };
}
