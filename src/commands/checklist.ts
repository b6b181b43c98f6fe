import {
  isBefore,
  isGone,
  orderItems,
  stillHolds,
  type ReleaseState,
  type ReleaseWalker,
} from '../domain/release/index.ts';
import type { ChecklistItem, Figure, ItemState, Stage } from '../model/contribution.ts';
import type { Engine } from '../model/engine.ts';
import { SurefootError } from '../model/errors.ts';
import { CAPABILITIES, contributionsOf, type Capability } from './contributions.ts';
import { readReleases } from './parts/release-journal.ts';
import type { CommandTarget } from './parts/target.ts';

export interface ChecklistInput {
  /** Leave out what earlier releases did. */
  readonly blank?: boolean | undefined;
}

/** One item as it stands. Times ISO 8601 UTC, durations in ms. */
export interface ListedItem {
  readonly id: string;
  readonly title: string;
  readonly stage: Stage;
  readonly group: string | null;
  readonly kind: 'automatic' | 'manual';
  readonly owner: string | null;
  readonly help: string | null;
  /** Left open or failed, it does not stop the release. */
  readonly optional: boolean;
  readonly state: ItemState;
  readonly detail: string | null;
  readonly figures: readonly Figure[];
  readonly signedBy: string | null;
  /** What the one who signed said; in a filled list, what he says. */
  readonly note: string | null;
  readonly at: string | null;
  readonly durationMs: number | null;
}

/** A release in short. */
export interface ReleaseSummary {
  readonly id: string;
  readonly outcome: ReleaseState['outcome'];
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly operators: readonly string[];
  /** Who is at it now; null where nobody is, as far as that can be told from here. */
  readonly walker: Pick<ReleaseWalker, 'operator' | 'host' | 'pid' | 'since'> | null;
  readonly ending: string | null;
}

export interface ChecklistResult {
  readonly name: string;
  readonly engine: Engine;
  /** The open release, else the last one; null without any, and for a blank list. */
  readonly release: ReleaseSummary | null;
  readonly items: readonly ListedItem[];
}

/** The checklist of a database, filled in with what the journal knows of its open or last release. Reads only. */
export async function checklist(target: CommandTarget, input: ChecklistInput): Promise<ChecklistResult> {
  const items = await itemsOf(target);
  const releases = input.blank === true ? [] : await readReleases(target);
  return listOf(target, items, releases.findLast(({ outcome }) => outcome === 'open') ?? releases.at(-1) ?? null);
}

/** All items offered for a database, in order. */
export async function itemsOf(
  target: CommandTarget,
  capabilities: readonly Capability[] = CAPABILITIES,
): Promise<readonly ChecklistItem[]> {
  const items = orderItems((await contributionsOf(target, capabilities)).items);
  const twice = items.find((item, index) => items.findIndex(({ id }) => id === item.id) !== index);
  if (twice === undefined) return items;
  throw new SurefootError({ code: 'internal', message: `two checklist items have the id ${twice.id}` });
}

export function listOf(
  target: CommandTarget,
  items: readonly ChecklistItem[],
  release: ReleaseState | null,
): ChecklistResult {
  return {
    name: target.database.name,
    engine: target.database.capabilities.engine,
    release: release === null ? null : summaryOf(target, release),
    items: [...items.map((item) => listed(item, release)), ...waysTaken(items, release)],
  };
}

function listed(item: ChecklistItem, release: ReleaseState | null): ListedItem {
  const record = release?.items.get(item.id);
  const { id, title, stage, group, owner, help, stops, run } = item;
  const known = { id, title, stage, group: group ?? null, owner, help: help ?? null } as const;
  const kind = run === null ? 'manual' : 'automatic';
  const optional = !stops.includes('failed') || (run === null && !stops.includes('absent'));
  if (release === null || record === undefined)
    return {
      ...known,
      kind,
      optional,
      state: 'open',
      detail: null,
      figures: [],
      signedBy: null,
      note: null,
      at: null,
      durationMs: null,
    };
  const { state, detail, figures, signedBy, at, durationMs } = record;
  return {
    ...known,
    kind,
    optional,
    state,
    detail,
    figures,
    signedBy,
    note: signedBy === null ? null : detail,
    at,
    durationMs,
  };
}

/** Ways back that were taken are part of the record, though not of the list. */
function waysTaken(items: readonly ChecklistItem[], release: ReleaseState | null): readonly ListedItem[] {
  const known = new Set(items.map(({ id }) => id));
  return [...(release?.items.values() ?? [])]
    .filter(({ id }) => !known.has(id))
    .map(({ id, title, stage, state, detail, figures, signedBy, at, durationMs }) => ({
      id,
      title,
      stage,
      group: null,
      kind: signedBy === null ? 'automatic' : 'manual',
      owner: null,
      help: null,
      optional: true,
      state,
      detail,
      figures,
      signedBy,
      note: signedBy === null ? null : detail,
      at,
      durationMs,
    }));
}

export function summaryOf({ host }: Pick<CommandTarget, 'host'>, release: ReleaseState): ReleaseSummary {
  const { id, outcome, startedAt, finishedAt, from, to, operators, ending } = release;
  const at = release.walker === null || isGone(release.walker, host) ? null : release.walker;
  const walker = at === null ? null : { operator: at.operator, host: at.host, pid: at.pid, since: at.since };
  return { id, outcome, startedAt, finishedAt, from, to, operators, walker, ending };
}

/** Items a release walks, and how many of them are settled. */
export function progressOf(
  items: readonly ChecklistItem[],
  state: ReleaseState,
): { readonly settled: number; readonly total: number; readonly next: ChecklistItem | null } {
  const walked = items.filter(({ stage }) => isBefore(stage, 'rollback'));
  const open = walked.filter((item) => !stillHolds(item, state));
  return { settled: walked.length - open.length, total: walked.length, next: open[0] ?? null };
}
