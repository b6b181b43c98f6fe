import { isAbsolute, join } from 'node:path';
import { foldStates } from '../domain/plan/index.ts';
import {
  createAnsweringPilot,
  giveUp,
  isOneOf,
  orderItems,
  parseAnswers,
  refuseOtherRelease,
  refuseUnknownAnswers,
  setHash,
  walk,
  type FilledList,
  type Pilot,
  type ReleaseEvent,
  type ReleaseState,
  type StopOption,
  type WalkParts,
  type WalkResult,
} from '../domain/release/index.ts';
import type { ItemContext } from '../model/contribution.ts';
import { isSurefootError, SurefootError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit.ts';
import type { Plan } from '../model/plan.ts';
import { listOf, summaryOf, type ChecklistResult } from './checklist.ts';
import { CAPABILITIES, contributionsOf, type Capability } from './contributions.ts';
import { plan } from './plan.ts';
import { envOf } from './contribute/env-of.ts';
import { readFacts } from './parts/release-journal.ts';
import { takeSeat, waitForSeat, type ReleaseSeat } from './parts/release-seat.ts';
import { loadSet, type CommandTarget } from './parts/target.ts';
import { versionOf } from './parts/version-of.ts';

export interface ReleaseInput {
  /** The last version to apply. */
  readonly to?: string | undefined;
  /** Says yes to the migration. */
  readonly yes?: boolean | undefined;
  /** Signs the open manual items. */
  readonly sign?: string | undefined;
  /** Path of a filled list; it says yes as well. */
  readonly answers?: string | undefined;
  /** What to do where an item stops the release: `recommended`, `leave`, `roll-back` or another way back. */
  readonly onFailure?: string | undefined;
  /** Ends the open release for this reason. */
  readonly giveUp?: string | undefined;
  /** Takes the release over from the one who is at it: that walk ends before its next item. */
  readonly takeOver?: boolean | undefined;
  /** Decides instead of all of the above. */
  readonly pilot?: Pilot | undefined;
  readonly onRelease?: ((event: ReleaseEvent) => void) | undefined;
  /** What takes part beside what is built in. */
  readonly capabilities?: readonly Capability[] | undefined;
}

export interface ReleaseResult extends ChecklistResult {
  /** Environment whose policies held; null for none. */
  readonly environment: string | null;
  readonly outcome: 'succeeded' | 'failed' | 'given up' | 'open';
  /** The item it stopped at; null where it went through. */
  readonly stoppedAt: string | null;
  readonly detail: string;
  /** What is open where it stopped. */
  readonly options: readonly StopOption[];
  readonly exitCode: ExitCode;
}

/** One guided pass through the checklist of a database. An open release is taken up again. */
export async function release(target: CommandTarget, input: ReleaseInput): Promise<ReleaseResult> {
  const offered = await contributionsOf(target, [...CAPABILITIES, ...(input.capabilities ?? [])]);
  const items = orderItems(offered.items);
  const set = loadSet(target);
  refuseUnknownWay(input, offered.waysBack);
  const to = input.to === undefined ? null : versionOf(target.database.name, input.to, set).text;
  const open = await waitForSeat(target, input);
  const filled = readAnswers(target, input, open);
  refuseUnknownAnswers(
    target.database.name,
    filled.answers,
    new Set([...items.map(({ id }) => id)]),
    input.answers ?? '',
  );
  refuseOwnSignature(target, input, open);
  const pilot =
    input.pilot ??
    createAnsweringPilot(
      {
        go: input.yes === true || input.answers !== undefined,
        signer: input.sign ?? null,
        signsAll: input.yes === true && input.sign !== undefined,
        answers: filled.answers,
        onFailure: input.onFailure ?? null,
      },
      input.onRelease ?? (() => undefined),
    );
  if (open === null && input.giveUp !== undefined) throw noOpenRelease(target);
  const waiting = open === null ? null : { ...open, walker: null };
  const taken = waiting === null ? 'resume' : input.giveUp === undefined ? await pilot.takeUp(waiting) : 'give up';
  if (waiting !== null && taken === 'quit') return left(target, items, waiting);
  const seat = await takeSeat(target, open, {
    to,
    set: setHash(set),
    takeOver: open !== null && open.walker !== null,
  });
  const { state } = seat;
  try {
    const parts = partsOf(target, { items, waysBack: offered.waysBack, pilot, seat });
    pilot.report({ type: 'begun', state, items, resumed: open !== null });
    const walked =
      taken === 'give up' ? await giveUp(parts, state, input.giveUp ?? 'given up') : await walk(parts, state);
    if (walked.end.outcome === 'open') await seat.leave();
    return resultOf(target, items, walked);
  } catch (error) {
    await seat.leave();
    throw error;
  }
}

function partsOf(
  target: CommandTarget,
  { items, waysBack, pilot, seat }: Pick<WalkParts, 'items' | 'waysBack' | 'pilot'> & { readonly seat: ReleaseSeat },
): WalkParts {
  const { state } = seat;
  const made: { plan: Promise<Plan> | null; runs: number } = { plan: null, runs: -1 };
  const context = async (): Promise<ItemContext> => {
    await seat.hold();
    const { exists, runIds } = await readFacts(target, state.startedAt);
    if (made.runs !== runIds.length) made.plan = null;
    made.runs = runIds.length;
    return {
      signal: target.signal,
      exists,
      since: state.startedAt,
      from: state.from,
      to: state.to,
      runIds,
      plan: async () => {
        made.plan ??= plan(target, { direction: 'up', to: state.to ?? undefined });
        return made.plan;
      },
    };
  };
  return {
    database: target.database.name,
    env: envOf(target),
    items,
    waysBack,
    pilot,
    clock: target.clock,
    signal: target.signal,
    operator: target.host.operator,
    twoPersons: target.releases.twoPersons,
    note: async (change) => {
      await seat.hold();
      return seat.noter.note(change);
    },
    rewrite: seat.noter.rewrite,
    context,
    changed: async () => {
      const { history, runIds } = await readFacts(target, state.startedAt);
      const stopped = foldStates(loadSet(target), history).some((each) => each.state === 'failed');
      return stopped || history.applied.some((each) => runIds.includes(each.runId));
    },
  };
}

function readAnswers(target: CommandTarget, { answers }: ReleaseInput, open: ReleaseState | null): FilledList {
  if (answers === undefined) return { answers: new Map(), release: null };
  const path = isAbsolute(answers) ? answers : join(target.folders.root, answers);
  const filled = parseAnswers(new TextDecoder().decode(target.files.read(path)), answers, target.database.name);
  refuseOtherRelease(target.database.name, filled, open?.id ?? null, answers);
  return filled;
}

function refuseOwnSignature(target: CommandTarget, { sign }: ReleaseInput, open: ReleaseState | null): void {
  const { operator } = target.host;
  if (sign === undefined || !target.releases.twoPersons) return;
  if (!isOneOf(sign, [operator, ...(open?.operators ?? [])])) return;
  throw new SurefootError({
    code: 'second-person',
    message: `${sign} runs this release, so another person has to sign (twoPersons); nothing was done`,
    hint: 'Give --sign the name of another person, or run it as another one with SUREFOOT_OPERATOR.',
  });
}

function refuseUnknownWay({ onFailure }: ReleaseInput, ways: WalkParts['waysBack']): void {
  const known = ['recommended', 'leave', ...ways.map(({ id }) => id)];
  if (onFailure === undefined || known.includes(onFailure)) return;
  throw new SurefootError({
    code: 'usage',
    message: `there is no way back named ${onFailure}`,
    hint: `Use one of ${known.join(', ')}.`,
  });
}

function noOpenRelease(target: CommandTarget): SurefootError {
  return new SurefootError({
    code: 'release-absent',
    message: `${target.database.name} has no open release that could be given up`,
    hint: `Look at the last one with surefoot checklist ${target.database.name}.`,
  });
}

function left(target: CommandTarget, items: WalkParts['items'], open: ReleaseState): ReleaseResult {
  return {
    ...listOf(target, items, open),
    environment: target.releases.environment,
    outcome: 'open',
    stoppedAt: null,
    detail: 'left open',
    options: [],
    exitCode: EXIT.done,
  };
}

function resultOf(target: CommandTarget, items: WalkParts['items'], { state, end }: WalkResult): ReleaseResult {
  const list = listOf(target, items, state);
  return {
    ...list,
    environment: target.releases.environment,
    release: summaryOf(target, state),
    outcome: end.outcome,
    stoppedAt: end.item,
    detail: end.detail,
    options: end.options,
    exitCode: exitOf(end, state),
  };
}

function exitOf(end: WalkResult['end'], state: ReleaseState): ExitCode {
  if (end.outcome === 'succeeded') return EXIT.done;
  if (isSurefootError(end.error)) return end.error.exitCode;
  if (end.error !== null) return EXIT.failed;
  if (end.outcome === 'given up' || end.left) return EXIT.done;
  const stopped = end.item === null ? undefined : state.items.get(end.item);
  return stopped?.state === 'failed' ? EXIT.finding : EXIT.refused;
}
