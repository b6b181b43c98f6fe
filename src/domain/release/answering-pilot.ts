import type { Answers } from './answers.ts';
import type { Pilot, ReleaseEvent } from './pilot.ts';

/** What was decided ahead of a release that nobody watches. */
export interface Decisions {
  /** `--yes`, or an answers file. */
  readonly go: boolean;
  /** Signs every manual item that is open (`all`), or only those ticked in the answers without a name. */
  readonly signer: string | null;
  readonly signsAll: boolean;
  readonly answers: Answers;
  /** `recommended`, an option's id, or null to stop with the release open. */
  readonly onFailure: string | null;
}

/** A pilot that answers from what was decided ahead. */
export function createAnsweringPilot(decisions: Decisions, report: (event: ReleaseEvent) => void): Pilot {
  const { go, signer, signsAll, answers, onFailure } = decisions;
  const tried = new Set<string>();
  return {
    takeUp: async () => Promise.resolve('resume'),
    report,
    sign: async (item, refused) => {
      const answer = answers.get(item.id);
      const by = answer?.by ?? (signsAll || answer?.signed === true ? signer : null);
      if (refused !== null || by === null) {
        const passedOver = refused === null && !item.stops.includes('absent');
        return Promise.resolve(passedOver ? { kind: 'skipped', note: answer?.note ?? '' } : { kind: 'unanswered' });
      }
      return Promise.resolve({ kind: 'signed', by, note: answer?.note ?? '' });
    },
    go: async () => Promise.resolve(go ? 'go' : 'unanswered'),
    decide: async ({ item, options, givingUp }) => {
      const wanted =
        onFailure === 'recommended'
          ? (options.find((option) => option.recommended)?.id ?? null)
          : (onFailure ?? (givingUp ? 'leave' : null));
      const known = options.some((option) => option.id === wanted);
      // What failed twice in the same way is left to a person.
      const key = `${item.id} ${wanted ?? ''}`;
      if (!known || wanted === null || tried.has(key)) return Promise.resolve(null);
      tried.add(key);
      return Promise.resolve(wanted);
    },
  };
}
