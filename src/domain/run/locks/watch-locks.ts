import type { Blocker } from '../../../model/blocker.ts';
import { isSurefootError } from '../../../model/errors.ts';
import type { TrafficSample } from '../../../ports/traffic.ts';
import type { RunContext } from '../session/context.ts';

/** What was seen while a step worked. Times in milliseconds. */
export interface Watched {
  /** Who was in our way when it was last looked at and somebody was. */
  readonly blockers: readonly Blocker[];
  /** Null when it was over before anybody looked. */
  readonly othersWaitedMs: number | null;
  /** Our own statement was cancelled, because others had waited long enough. */
  readonly cancelled: boolean;
}

export interface LockWatch {
  /** The longest that others were seen to wait until now, ms; null before anybody looked. */
  othersWaitedMs(): number | null;
  stop(): Promise<Watched>;
}

/** Steps that are over sooner need no second session. */
const FIRST_LOOK_MS = 100;
const EVERY_MS = 100;
const OFTENEST_MS = 20;

/**
 * Looks at our own backend from another session: who blocks it, and who waits because of it. While it waits for a lock
 * itself and somebody behind it has waited for nearly `queueMs`, its statement is cancelled.
 */
export function watchLocks(context: RunContext, queueMs: number): LockWatch {
  const { clock, observer, session, database } = context;
  const end = new AbortController();
  const begun = clock.monotonic();
  const every = Math.max(OFTENEST_MS, Math.min(EVERY_MS, queueMs / 4));
  const seen = { blockers: [] as readonly Blocker[], longest: null as number | null, cancelled: false };
  let last: { readonly at: number; readonly sample: TrafficSample } | null = null;

  /** Who waited before we began waited for somebody else then. */
  const longestBehind = (sample: TrafficSample, now: number): number =>
    Math.max(0, ...sample.behind.map(({ waitedMs }) => Math.min(waitedMs, now - begun)));

  const look = async (): Promise<void> => {
    await clock.sleep(observer.isOpen ? every : FIRST_LOOK_MS, end.signal);
    // Another one after the connection was lost.
    for (let { backend } = context.lock; !end.signal.aborted && backend !== null; { backend } = context.lock) {
      const ours = backend;
      const seenNow = await observer.ask(async (other) =>
        end.signal.aborted ? null : database.traffic.look(other, ours),
      );
      const sample = seenNow?.answer ?? null;
      if (sample === null) return;
      const now = clock.monotonic();
      last = { at: now, sample };
      const longest = longestBehind(sample, now);
      seen.longest = Math.max(seen.longest ?? 0, longest);
      if (sample.blockers.length > 0) seen.blockers = sample.blockers;
      if (sample.waiting && longest > 0 && longest + every >= queueMs && !end.signal.aborted) {
        seen.cancelled = true;
        await session.cancel();
      }
      await clock.sleep(every, end.signal);
    }
  };
  // That nobody can look on must not fail the step.
  const looking = look().catch((error: unknown) => {
    if (!isSurefootError(error)) throw error;
  });
  // Told by stop(), which comes later.
  looking.catch(() => undefined);
  return {
    othersWaitedMs: () => (seen.longest === null ? null : Math.round(seen.longest)),
    stop: async () => {
      const now = clock.monotonic();
      end.abort();
      await looking;
      const waiting = last === null ? 0 : longestBehind(last.sample, now);
      // Those seen last waited until now.
      const until = last === null || waiting === 0 ? 0 : waiting + Math.max(0, now - last.at);
      return {
        blockers: seen.blockers,
        othersWaitedMs: seen.longest === null ? null : Math.round(Math.max(seen.longest, until)),
        cancelled: seen.cancelled,
      };
    },
  };
}
