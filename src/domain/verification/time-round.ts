import type { Command, Session } from '../../ports/session.ts';
import { median, TIMED_RUNS, type Round } from './timing.ts';

/** Makes the dialect's reference in a size. */
export type MakeReference = (size: number) => Command;

const LEAST_SIZE = 1_000;
/** The reference is at most this much longer than its least size: a check of seconds is held up in any case. */
const LONGEST = 100;

/**
 * Times the checked statement, the last but one of a check's commands. Each run is sent alone: answers to a pipeline
 * arrive together, whatever each one took. The reference is timed by turns with it, so that both saw the same machine;
 * `size` is that of earlier rounds, null before there are any.
 */
export async function timeRound(
  session: Session,
  commands: readonly Command[],
  reference: MakeReference | null,
  size: number | null,
): Promise<Round> {
  const [asked, close] = commands.slice(-2);
  const durations: number[] = [];
  const references: number[] = [];
  if (asked === undefined || close === undefined) return { durations, ms: median(durations), reference: null };
  await session.batch(commands.slice(0, -2));
  let fitting = size ?? LEAST_SIZE;
  for (let run = 0; run <= TIMED_RUNS; run += 1) {
    const [outcome] = await session.batch([asked]);
    const [beside] = reference === null ? [] : await session.batch([reference(fitting)]);
    if (outcome?.status !== 'done') break;
    if (run > 0) durations.push(outcome.durationMs);
    if (beside?.status !== 'done') continue;
    if (run > 0) references.push(beside.durationMs);
    else if (size === null) fitting = sizeFor(outcome.durationMs, beside.durationMs);
  }
  await session.batch([close]);
  return {
    durations,
    ms: median(durations),
    reference: references.length === 0 ? null : { size: fitting, ms: median(references) },
  };
}

function sizeFor(checkMs: number, leastMs: number): number {
  return Math.round(LEAST_SIZE * Math.min(LONGEST, Math.max(1, checkMs / Math.max(leastMs, 0.01))));
}
