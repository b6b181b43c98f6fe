import type { ItemContext, Stage, WayBack } from '../../model/contribution.ts';

/** Something that can be done where a release stopped. */
export interface StopOption {
  /** `retry`, `leave` (end it, the database stays as it is), `quit` (come back later), or the id of a way back. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** What does the same outside the release; null where nothing is to be done. */
  readonly command: string | null;
  readonly recommended: boolean;
}

/** A way back that was looked at. */
export interface LookedWay {
  readonly way: WayBack;
  readonly open: boolean;
  readonly why: string;
  readonly command: string;
}

/** Where a release stopped, and why. */
export interface StopFacts {
  readonly database: string;
  /** `--env <name>` with a space before it, where an environment was chosen. */
  readonly env: string;
  readonly stage: Stage;
  /** Code of the error, where the item threw one. */
  readonly code: string | null;
  /** Something was applied since the release began, or a step stopped midway. */
  readonly changed: boolean;
  /** The release is being given up: going on is no option. */
  readonly givingUp: boolean;
  readonly ways: readonly LookedWay[];
}

/** Errors whose cause may be gone when it is tried again. */
const PASSING: ReadonlySet<string> = new Set([
  'lock-timeout',
  'locked',
  'busy',
  'connection-lost',
  'connection-failed',
  'statement-timeout',
  'statement-cancelled',
  'lock-unavailable',
  'too-many-connections',
  'server-stopping',
  'commit-pending',
  'plan-changed',
]);

export async function lookAtWays(ways: readonly WayBack[], context: ItemContext): Promise<readonly LookedWay[]> {
  const looked: LookedWay[] = [];
  for (const way of ways) looked.push({ way, ...(await way.look(context)) });
  return looked;
}

/** What is open now, with the one that is recommended marked. Pure. */
export function optionsAt(facts: StopFacts): readonly StopOption[] {
  const { database, changed, givingUp } = facts;
  const open = changed ? facts.ways.filter((each) => each.open) : [];
  const closed = changed ? facts.ways.filter((each) => !each.open) : [];
  const advice = recommend(facts, open);
  const because = (id: string, otherwise: string): string => (advice.id === id ? advice.why : otherwise);
  const again = `surefoot release ${database}${facts.env}`;
  const options: Omit<StopOption, 'recommended'>[] = [
    ...(givingUp
      ? []
      : [
          {
            id: 'retry',
            title: 'Try this item again',
            why: because('retry', 'after its cause is gone'),
            command: again,
          },
        ]),
    ...open.map(({ way, why, command }) => ({ id: way.id, title: way.title, why: because(way.id, why), command })),
    {
      id: 'leave',
      title: changed ? 'Leave it as it is, and end the release' : 'End the release; nothing was changed',
      why: because(
        'leave',
        closed.length === 0
          ? changed
            ? 'what is applied stays applied'
            : 'there is nothing to take back'
          : closed.map(({ way, why }) => `${way.title.toLowerCase()} is not open: ${why}`).join('; '),
      ),
      command: null,
    },
    ...(givingUp
      ? []
      : [
          {
            id: 'quit',
            title: 'Leave the release open, and come back',
            why: because('quit', 'it goes on here'),
            command: again,
          },
        ]),
  ];
  return options.map((option) => ({ ...option, recommended: option.id === advice.id }));
}

function recommend(
  { stage, code, changed, givingUp }: StopFacts,
  open: readonly LookedWay[],
): { readonly id: string; readonly why: string } {
  const passing = code !== null && PASSING.has(code);
  if (!changed) {
    if (givingUp) return { id: 'leave', why: 'the database is as it was before the release' };
    return passing
      ? { id: 'retry', why: 'nothing was changed, and the cause may be gone by now' }
      : { id: 'quit', why: 'nothing was changed: see to it, then come back' };
  }
  if (!givingUp && passing)
    return { id: 'retry', why: 'what is applied was verified, and the cause may be gone by now' };
  if (!givingUp && stage === 'log') return { id: 'retry', why: 'the migration itself is applied and verified' };
  const [first] = open;
  if (first !== undefined) return { id: first.way.id, why: first.why };
  return {
    id: givingUp ? 'leave' : 'quit',
    why: 'no way back is open: have somebody look at it before more is changed',
  };
}
