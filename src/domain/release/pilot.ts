import type { ChecklistItem, ItemResult } from '../../model/contribution.ts';
import type { Plan } from '../../model/plan.ts';
import type { StopOption } from './recover.ts';
import type { ItemRecord, ReleaseState } from './state.ts';

/** What a walk tells while it goes on. */
export type ReleaseEvent =
  | {
      readonly type: 'begun';
      readonly state: ReleaseState;
      readonly items: readonly ChecklistItem[];
      readonly resumed: boolean;
    }
  | { readonly type: 'item-started'; readonly item: ChecklistItem }
  /** `kept`: it was settled when the release was left. */
  | {
      readonly type: 'item-finished';
      readonly item: ChecklistItem;
      readonly record: ItemRecord;
      readonly result: ItemResult | null;
      readonly kept: boolean;
    }
  | { readonly type: 'ended'; readonly end: WalkEnd };

/** The answer to a manual item. `unanswered`: there is nobody to ask. */
export type SignAnswer =
  | { readonly kind: 'signed'; readonly by: string; readonly note: string }
  | { readonly kind: 'failed'; readonly by: string; readonly note: string }
  | { readonly kind: 'skipped'; readonly note: string }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'give up' };

/** Where a walk stopped. */
export interface Stop {
  readonly item: ChecklistItem;
  readonly record: ItemRecord | null;
  readonly givingUp: boolean;
  readonly options: readonly StopOption[];
}

/** Who decides during a walk: a person at a terminal, or answers given ahead. */
export interface Pilot {
  /** Asked when a release is open already. */
  takeUp(open: ReleaseState): Promise<'resume' | 'quit' | 'give up'>;
  report(event: ReleaseEvent): void;
  /** `refused`: why the last answer was not taken; null at first. */
  sign(item: ChecklistItem, refused: string | null): Promise<SignAnswer>;
  /** Asked right before the migration, where there is something to apply. */
  go(plan: Plan): Promise<'go' | 'unanswered' | 'quit' | 'give up'>;
  /** The id of one of the options; null leaves the release open where it stopped. */
  decide(stop: Stop): Promise<string | null>;
}

/** How a walk ended. */
export interface WalkEnd {
  readonly outcome: 'succeeded' | 'failed' | 'given up' | 'open';
  /** The item it stopped at; null when all were walked. */
  readonly item: string | null;
  readonly detail: string;
  /** A person left it, to come back. */
  readonly left: boolean;
  /** What the item threw; null where it did not. */
  readonly error: unknown;
  /** What was open where it stopped, for those who were not asked. */
  readonly options: readonly StopOption[];
}
