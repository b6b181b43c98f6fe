/** A session, or a prepared transaction, whose locks stand in the way. What the server does not show to us is null. */
export interface Blocker {
  /** Backend pid; null for a prepared transaction. */
  readonly pid: number | null;
  readonly user: string | null;
  readonly application: string | null;
  /** `active`, `idle in transaction` … or `prepared transaction`. */
  readonly state: string | null;
  /** The statement it runs or ran last, cut short, its literals masked. */
  readonly query: string | null;
  /** How long its transaction has been open, ms. */
  readonly ageMs: number | null;
}

/** What a step's locks cost, itself and others. Times in ms. */
export interface LockReport {
  /** 1 when the first try went through. */
  readonly tries: number;
  /** How long it waited for conflicting transactions to end, without standing in anybody's way. */
  readonly waitedMs: number;
  /** The longest that any other session was seen to wait because of us; null where nobody watched. */
  readonly othersWaitedMs: number | null;
}

/** Who it is, in one line for people. */
export function describeBlocker({ pid, user, application, state, query, ageMs }: Blocker): string {
  const who = pid === null ? 'a prepared transaction' : `pid ${String(pid)}`;
  const whose = [user === null ? null : `user ${user}`, application === null || application === '' ? null : application]
    .filter((part) => part !== null)
    .join(', ');
  const since = ageMs === null ? '' : `, its transaction open for ${(ageMs / 1000).toFixed(1)} s`;
  const doing = state === null ? '' : `, ${state}`;
  return `${who}${whose === '' ? '' : ` (${whose})`}${doing}${since}${query === null || query === '' ? '' : `: ${query}`}`;
}

/** Of several statements: every try after a first one, all waits, the longest wait of others. Null where there is nothing to tell. */
export function sumOfLocks(reports: readonly LockReport[]): LockReport | null {
  const others = reports.flatMap(({ othersWaitedMs }) => (othersWaitedMs === null ? [] : [othersWaitedMs]));
  const sum: LockReport = {
    tries: reports.reduce((tries, each) => tries + each.tries - 1, 1),
    waitedMs: reports.reduce((waited, each) => waited + each.waitedMs, 0),
    othersWaitedMs: others.length === 0 ? null : Math.max(...others),
  };
  return sum.tries === 1 && sum.waitedMs === 0 && sum.othersWaitedMs === null ? null : sum;
}

/** What the locks of a step cost, and who was in the way of the try that failed. */
export interface JournalLocks extends LockReport {
  readonly blockers: readonly Blocker[];
}

/** For the journal, which tells nothing where there is nothing to tell. */
export function journalLocks(report: LockReport | null, blockers: readonly Blocker[]): JournalLocks | undefined {
  return report === null ? undefined : { ...report, blockers };
}
