import type { ChecklistItem, ItemContext, ItemResult, WayBack } from '../../model/contribution.ts';
import { isSurefootError } from '../../model/errors.ts';
import { EMPTY_NOTE, type JournalEntry, type ReleaseNote } from '../../model/journal-entry.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EntryChange } from '../journal/index.ts';
import type { Pilot, WalkEnd } from './pilot.ts';
import { lookAtWays, optionsAt } from './recover.ts';
import { failureOf, signatureRefused, stateOfAnswer, type Attempt, type Settled } from './settle.ts';
import { foldEntry, isBefore, stillHolds, type ItemRecord, type ReleaseState } from './state.ts';

/** The item that migrates: a person is asked right before it. */
export const MIGRATE = 'migrate';

/** What a walk through a release works with. */
export interface WalkParts {
  readonly database: string;
  /** `--env <name>` with a space before it, where an environment was chosen. */
  readonly env: string;
  /** In order; those of the stages `rollback` and `later` among them. */
  readonly items: readonly ChecklistItem[];
  readonly waysBack: readonly WayBack[];
  readonly pilot: Pilot;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly operator: string;
  readonly twoPersons: boolean;
  /** Writes an entry of this release, to the database or aside. */
  note(change: EntryChange): Promise<JournalEntry>;
  /** Writes again what a restored database knows nothing of. */
  rewrite(): Promise<void>;
  context(): Promise<ItemContext>;
  /** Something was applied since the release began, or a step of it stopped midway. */
  changed(): Promise<boolean>;
}

/** Walks the items in order, each noted as it is settled, until all are or one stops the release. */
export async function walk(parts: WalkParts, begun: ReleaseState): Promise<WalkResult> {
  const walker = new Walker(parts, begun);
  const ahead = parts.items.filter((item) => item.stage !== 'rollback' && item.stage !== 'later');
  for (const item of ahead) {
    const end = await walker.take(item);
    if (end !== null) return walker.end(end);
  }
  return walker.end(await walker.finish('succeeded', 'every item is settled'));
}

/** Ends an open release without going on: the ways back are offered first. */
export async function giveUp(parts: WalkParts, begun: ReleaseState, reason: string): Promise<WalkResult> {
  const walker = new Walker(parts, begun);
  const next = parts.items.find((item) => !stillHolds(item, begun)) ?? parts.items[0];
  if (next === undefined) return walker.end(await walker.finish('given up', reason));
  return walker.end(await walker.giveUp(next, null, reason));
}

/** A walk that has ended: the state it left, and how. */
export interface WalkResult {
  readonly state: ReleaseState;
  readonly end: WalkEnd;
}

class Walker {
  readonly #parts: WalkParts;
  #state: ReleaseState;

  constructor(parts: WalkParts, state: ReleaseState) {
    this.#parts = parts;
    this.#state = state;
  }

  /** Settles one item; null goes on to the next. */
  async take(item: ChecklistItem): Promise<WalkEnd | null> {
    const { pilot, signal } = this.#parts;
    const known = this.#state.items.get(item.id);
    if (known !== undefined && stillHolds(item, this.#state)) {
      pilot.report({ type: 'item-finished', item, record: known, result: null, kept: true });
      return null;
    }
    for (;;) {
      if (signal.aborted) return open(item, 'interrupted before this item', null);
      const attempt = item.run === null ? await this.#ask(item) : await this.#run(item, item.run);
      if (attempt.kind === 'quit') return { ...open(item, 'left here', null), left: true };
      if (attempt.kind === 'give up') return this.giveUp(item, null, 'given up');
      const record = await this.#settle(item, attempt);
      if (!item.stops.includes(record.state)) return null;
      if (signal.aborted) return open(item, record.detail, attempt.error);
      const end = await this.#stop(item, record, attempt.error);
      if (end !== null) return end;
    }
  }

  async finish(outcome: 'succeeded' | 'failed' | 'given up', detail: string): Promise<WalkEnd> {
    await this.#note({
      event: 'release-finished',
      outcome: outcome === 'given up' ? 'interrupted' : outcome,
      durationMs: this.#parts.clock.now().getTime() - Date.parse(this.#state.startedAt),
      release: { ...EMPTY_NOTE, detail },
    });
    return { outcome, item: null, detail, left: false, error: null, options: [] };
  }

  end(end: WalkEnd): WalkResult {
    this.#parts.pilot.report({ type: 'ended', end });
    return { state: this.#state, end };
  }

  async giveUp(item: ChecklistItem, record: ItemRecord | null, reason: string): Promise<WalkEnd> {
    const end = await this.#decide(item, record, null, true, reason);
    return end ?? open(item, reason, null);
  }

  async #ask(item: ChecklistItem): Promise<Attempt> {
    const { pilot, operator, twoPersons } = this.#parts;
    let refused: string | null = null;
    for (;;) {
      const answer = await pilot.sign(item, refused);
      if (answer.kind === 'quit' || answer.kind === 'give up') return answer;
      refused = signatureRefused(item, answer, {
        twoPersons,
        operators: [...this.#state.operators, operator],
      });
      if (refused === null || answer.kind === 'unanswered') return stateOfAnswer(answer);
    }
  }

  async #run(item: ChecklistItem, run: NonNullable<ChecklistItem['run']>): Promise<Attempt> {
    const { pilot, clock } = this.#parts;
    const context = await this.#parts.context();
    if (item.id === MIGRATE) {
      const plan = await planOrNull(context);
      const answer = plan === null || plan.steps.length === 0 ? 'go' : await pilot.go(plan);
      if (answer === 'quit') return { kind: 'quit' };
      if (answer === 'give up') return { kind: 'give up' };
      if (answer === 'unanswered')
        return settled({
          state: 'open',
          detail: 'nobody said yes to the migration: answer on a terminal, or pass --yes',
        });
    }
    pilot.report({ type: 'item-started', item });
    const start = clock.monotonic();
    try {
      return settled(await run(context), clock.monotonic() - start);
    } catch (error) {
      return { ...settled(failureOf(error, isBefore(item.stage, 'migrate')), clock.monotonic() - start), error };
    }
  }

  /** Notes what became of an item. One that only waits for somebody is not noted. */
  async #settle(item: ChecklistItem, attempt: Settled): Promise<ItemRecord> {
    const { result, signedBy, durationMs, error } = attempt;
    const release: ReleaseNote = {
      ...EMPTY_NOTE,
      item: item.id,
      title: item.title,
      stage: item.stage,
      state: result.state,
      signedBy,
      detail: result.detail,
      figures: result.figures ?? [],
    };
    const change: EntryChange = {
      event: 'release-item',
      outcome: outcomeOf(result),
      durationMs: durationMs === null ? null : Math.round(durationMs * 100) / 100,
      failure: error,
      checks: result.checks ?? [],
      release,
    };
    const noted = result.state !== 'open';
    if (noted) await this.#note(change);
    const record: ItemRecord = (noted ? this.#state.items.get(item.id) : undefined) ?? {
      id: item.id,
      title: item.title,
      stage: item.stage,
      state: result.state,
      detail: result.detail,
      figures: result.figures ?? [],
      signedBy,
      operator: this.#parts.operator,
      at: this.#parts.clock.now().toISOString(),
      durationMs,
      error: null,
    };
    this.#parts.pilot.report({ type: 'item-finished', item, record, result, kept: false });
    return record;
  }

  async #stop(item: ChecklistItem, record: ItemRecord, error: unknown): Promise<WalkEnd | null> {
    return this.#decide(item, record, error, false, record.detail);
  }

  /** Offers what is open, runs what is chosen and writes it down. Null tries the item again. */
  async #decide(
    item: ChecklistItem,
    record: ItemRecord | null,
    error: unknown,
    givingUp: boolean,
    reason: string,
  ): Promise<WalkEnd | null> {
    const { pilot, waysBack, database, env } = this.#parts;
    for (;;) {
      const changed = await this.#parts.changed();
      const looked = changed ? await lookAtWays(waysBack, await this.#parts.context()) : [];
      const code = isSurefootError(error) ? error.code : null;
      const options = optionsAt({ database, env, stage: item.stage, code, changed, givingUp, ways: looked });
      const choice = await pilot.decide({ item, record, givingUp, options });
      if (choice === 'retry' && !givingUp) return null;
      if (choice === null || choice === 'quit' || choice === 'retry')
        return { ...open(item, reason, error, options), left: choice === 'quit' };
      if (choice === 'leave') {
        const end = await this.finish(
          givingUp ? 'given up' : 'failed',
          changed ? `${reason}; what was applied is left in place` : `${reason}; nothing was changed`,
        );
        return { ...end, item: item.id, error };
      }
      const chosen = looked.find(({ way }) => way.id === choice && options.some((option) => option.id === choice));
      if (chosen === undefined) continue;
      const done = await this.#goBack(chosen.way);
      if (done.state !== 'passed') continue;
      const end = await this.finish(givingUp ? 'given up' : 'failed', `${reason}; ${done.detail}`);
      return { ...end, item: item.id, error };
    }
  }

  /** Runs a way back as an item of its own, then walks what the list wants after one. */
  async #goBack(way: WayBack): Promise<ItemRecord> {
    const item: ChecklistItem = {
      id: `way/${way.id}`,
      title: way.title,
      stage: 'rollback',
      owner: null,
      stops: [],
      run: async (context) => way.run(context),
    };
    const attempt = await this.#run(item, async (context) => way.run(context));
    if (attempt.kind !== 'settled') return this.#settle(item, settled({ state: 'open', detail: attempt.kind }));
    await this.#parts.rewrite();
    const record = await this.#settle(item, attempt);
    if (record.state !== 'passed') return record;
    for (const next of this.#parts.items.filter((each) => each.stage === 'rollback')) {
      const after = next.run === null ? await this.#ask(next) : await this.#run(next, next.run);
      if (after.kind === 'settled') await this.#settle(next, after);
    }
    return record;
  }

  async #note(change: EntryChange): Promise<void> {
    const entry = await this.#parts.note(change);
    this.#state = foldEntry(this.#state, entry) ?? this.#state;
  }
}

function open(item: ChecklistItem, detail: string, error: unknown, options: WalkEnd['options'] = []): WalkEnd {
  return { outcome: 'open', item: item.id, detail, left: false, error, options };
}

function settled(result: ItemResult, durationMs: number | null = null): Settled {
  return { kind: 'settled', result, signedBy: null, durationMs, error: null };
}

function outcomeOf({ state }: ItemResult): JournalEntry['outcome'] {
  if (state === 'passed') return 'succeeded';
  return state === 'failed' || state === 'blocked' ? 'failed' : 'absent';
}

async function planOrNull(context: ItemContext): Promise<Awaited<ReturnType<ItemContext['plan']>> | null> {
  try {
    return await context.plan();
  } catch {
    // The item itself then fails with the reason.
    return null;
  }
}
