import { SurefootError } from '../../model/errors.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { Host } from '../../ports/host.ts';

/** Who walks through a release. */
export interface ReleaseWalker {
  /** Id of this walk. */
  readonly walk: string;
  readonly operator: string;
  readonly host: string;
  readonly pid: number;
  /** See Host. */
  readonly space: string;
  /** ISO 8601 UTC. */
  readonly since: string;
}

/** The one who began a walk; null in an entry of a surefoot that did not tell. */
export function walkerOf({ release, operator, host, pid, at }: JournalEntry): ReleaseWalker | null {
  if (release?.walk === undefined) return null;
  const { id, space } = release.walk;
  return { walk: id, operator, host, pid, space, since: at };
}

/** Whether its process is known to be gone: false also where that can not be told from here. */
export function isGone({ space, pid }: ReleaseWalker, host: Pick<Host, 'space' | 'isRunning'>): boolean {
  return space === host.space && !host.isRunning(pid);
}

/** Refuses a release that somebody else is at. */
export function releaseHeld(
  database: string,
  { id }: { readonly id: string },
  walker: ReleaseWalker,
  command: string,
): SurefootError {
  return new SurefootError({
    code: 'release-held',
    message: `release ${id.slice(0, 8)} of ${database} is walked by ${describeWalker(walker)} since ${walker.since}; nothing was done`,
    hint: `Let them leave it (q), then run the command again; where nobody is at it any more: ${command} --take-over.`,
    context: { release: id, walker },
  });
}

/** Ends the walk of one whose release another has taken over. */
export function releaseTakenOver(database: string, id: string, walker: ReleaseWalker | null): SurefootError {
  const who = walker === null ? 'another one has ended' : `${describeWalker(walker)} has taken over`;
  return new SurefootError({
    code: 'release-held',
    message: `${who} release ${id.slice(0, 8)} of ${database}${walker === null ? '' : ` at ${walker.since}`}; this walk ends, and what it noted stays`,
    hint: `Look at it with surefoot checklist ${database}.`,
    context: { release: id, walker },
  });
}

function describeWalker({ operator, host, pid }: Pick<ReleaseWalker, 'operator' | 'host' | 'pid'>): string {
  return `${operator} on ${host} (pid ${String(pid)})`;
}
