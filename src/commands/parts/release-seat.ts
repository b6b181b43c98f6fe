import {
  foldEntry,
  foldReleases,
  isGone,
  releaseHeld,
  releaseTakenOver,
  type ReleaseState,
} from '../../domain/release/index.ts';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import { EMPTY_NOTE } from '../../model/journal-entry.ts';
import { envOf } from '../contribute/env-of.ts';
import { readFacts, readReleases, readStored, releaseNoter, type ReleaseNoter } from './release-journal.ts';
import type { CommandTarget } from './target.ts';

/** The one place from which a release is walked. */
export interface ReleaseSeat {
  readonly state: ReleaseState;
  readonly noter: ReleaseNoter;
  /** Throws `release-held` once another has taken the release over, or ended it. */
  hold(): Promise<void>;
  /** For the next one. Does nothing where another has it already; never throws. */
  leave(): Promise<void>;
}

/** A walk that is being ended leaves within moments. */
const MOST_WAIT_MS = 5_000;
const POLL_MS = 250;

/**
 * The open release, once nobody is at it any more, as far as that can be told from here; null without one. Throws
 * `release-held` where somebody stays at it and nothing says that it is to be taken over.
 */
export async function waitForSeat(
  target: CommandTarget,
  { takeOver }: { readonly takeOver?: boolean | undefined },
): Promise<ReleaseState | null> {
  const { clock, database, host, progress, settings, signal } = target;
  const start = clock.monotonic();
  for (let told = false; ; told = true) {
    const open = (await readReleases(target)).findLast(({ outcome }) => outcome === 'open') ?? null;
    const walker = open?.walker ?? null;
    if (open === null || walker === null || takeOver === true || isGone(walker, host)) return open;
    const waitedMs = clock.monotonic() - start;
    if (waitedMs >= Math.min(MOST_WAIT_MS, settings.lockWaitMs))
      throw releaseHeld(database.name, open, walker, `surefoot release ${database.name}${envOf(target)}`);
    const holder = `${walker.operator} on ${walker.host}, who walks this release`;
    if (!told)
      progress.report({ type: 'lock-waiting', database: database.name, holder, since: walker.since, waitedMs });
    await clock.sleep(POLL_MS, signal);
  }
}

/**
 * Begins a release, or takes an open one up, and notes who does. The journal orders those who do so at one moment: the
 * first has it, the others are refused with `release-held`.
 */
export async function takeSeat(
  target: CommandTarget,
  open: ReleaseState | null,
  wanted: { readonly to: string | null; readonly set: string; readonly takeOver: boolean },
): Promise<ReleaseSeat> {
  const { database, host } = target;
  const { environment } = target.releases;
  if (open !== null && wanted.to !== null && wanted.to !== open.to) throw otherTarget(database.name, open, wanted.to);
  const { history } = await readFacts(target, target.clock.now().toISOString());
  const id = open?.id ?? host.uuid();
  const walk = { id: host.uuid(), space: host.space };
  const noter = await releaseNoter(target, id);
  const entry = await noter.note({
    event: 'release-started',
    outcome: 'started',
    notes: environment === null ? [] : [`environment ${environment}`],
    release: {
      ...EMPTY_NOTE,
      from: open === null ? (history.applied.at(-1)?.version.text ?? null) : open.from,
      to: open === null ? wanted.to : open.to,
      set: wanted.set,
      walk,
      ...(wanted.takeOver ? { takeOver: true } : {}),
    },
  });
  // Asked also when the release was interrupted: what it did then is noted.
  const parts = { ...target, signal: new AbortController().signal };
  const now = async (): Promise<ReleaseState | undefined> =>
    foldReleases(await readStored(parts, id)).find((each) => each.id === id);
  const releases = await readReleases(target);
  const mine = releases.findIndex((release) => release.id === id);
  const rival = (open === null ? releases.slice(0, mine) : releases.slice(mine, mine + 1)).find(
    ({ outcome, walker }) => outcome === 'open' && walker !== null && walker.walk !== walk.id,
  );
  if (rival !== undefined && rival.walker !== null) {
    if (rival.id !== id) await noter.note(withdrawn(rival.id));
    throw releaseHeld(database.name, rival, rival.walker, `surefoot release ${database.name}${envOf(target)}`);
  }
  const state = releases[mine] ?? foldEntry(open ?? undefined, entry);
  if (state === undefined) throw new SurefootError({ code: 'internal', message: 'a release that began is none' });
  return {
    state,
    noter,
    hold: async () => {
      const release = await now();
      // A database that was restored knows nothing of it yet.
      if (release === undefined || release.walker?.walk === walk.id) return;
      throw releaseTakenOver(database.name, id, release.walker);
    },
    leave: async () => {
      try {
        const release = await now();
        if (release?.walker?.walk !== walk.id) return;
        await noter.note({ event: 'release-left', outcome: 'interrupted', release: { ...EMPTY_NOTE, walk } });
      } catch (error) {
        if (!isSurefootError(error)) throw error;
      }
    },
  };
}

function withdrawn(other: string): Parameters<ReleaseNoter['note']>[0] {
  return {
    event: 'release-finished',
    outcome: 'interrupted',
    release: { ...EMPTY_NOTE, detail: `release ${other.slice(0, 8)} had begun a moment earlier; nothing was done` },
  };
}

function otherTarget(database: string, open: ReleaseState, to: string): SurefootError {
  return new SurefootError({
    code: 'usage',
    message: `the open release of ${database} goes to ${open.to ?? 'the last version'}, not to ${to}`,
    hint: `Leave out --to, or end it first: surefoot release ${database} --give-up "another target".`,
  });
}
