import { isSurefootError } from '../../../model/errors.ts';
import type { JournalEntry } from '../../../model/journal-entry.ts';
import type { Database } from '../../../ports/database.ts';
import type { Host } from '../../../ports/host.ts';
import type { LockHolder } from '../../../ports/lock.ts';
import type { Session } from '../../../ports/session.ts';
import { readOpenRun } from '../../journal/index.ts';
import { parseRunLabel } from './run-label.ts';

/** Who holds the run lock, from what the engine and the journal know. Times ISO 8601 UTC, ages in ms. */
export interface LockOwner {
  readonly runId: string | null;
  readonly command: string | null;
  readonly operator: string | null;
  readonly host: string | null;
  /** Of the process that runs surefoot. */
  readonly pid: number | null;
  /** Process of the server that holds the lock; null where there is no server. */
  readonly backend: number | null;
  readonly since: string | null;
  readonly ageMs: number | null;
  /** The process that took the lock is gone from this machine; false also where that can't be told. */
  readonly orphan: boolean;
}

export interface OwnedLock {
  readonly holder: LockHolder;
  readonly owner: LockOwner;
}

/** Null when nobody holds the lock. */
export async function readOwner(database: Database, session: Session, host: Host): Promise<OwnedLock | null> {
  const holder = await database.lock.holder(session);
  if (holder === null) return null;
  return { holder, owner: ownerOf(database, holder, await openRun(database, session), host) };
}

function ownerOf(database: Database, holder: LockHolder, open: JournalEntry | null, host: Host): LockOwner {
  const name = parseRunLabel(holder.label);
  // A run tells the journal only once it holds the lock and knows what to do: an entry of another run says nothing.
  const run = open !== null && name !== null && open.runId === name.runId ? open : null;
  const [operator, machine] = /^(.*?)(?:@(.*))?$/u.exec(name?.who ?? '')?.slice(1) ?? [];
  return {
    runId: name?.runId ?? null,
    command: run?.command ?? null,
    operator: run?.operator ?? textOrNull(operator),
    host: run?.host ?? textOrNull(machine),
    pid: name?.pid ?? (database.capabilities.remote ? null : holder.pid),
    backend: database.capabilities.remote ? holder.pid : null,
    since: holder.since,
    ageMs: holder.ageMs,
    orphan: name !== null && name.space === host.space && !host.isRunning(name.pid),
  };
}

/** One line for people. */
export function describeOwner(lock: OwnedLock | null): string {
  if (lock === null) return 'a run that just ended';
  const { owner, holder } = lock;
  if (owner.runId === null) return holder.label ?? `another run${holder.pid === null ? '' : ` (pid ${holder.pid})`}`;
  const who = owner.operator === null ? '' : ` of ${owner.operator}${owner.host === null ? '' : `@${owner.host}`}`;
  const command = owner.command === null ? 'run' : owner.command;
  const backend = owner.backend === null ? '' : `, server process ${owner.backend}`;
  return `${command} ${owner.runId.slice(0, 8)}${who} (pid ${owner.pid ?? 'unknown'}${backend})`;
}

async function openRun(database: Database, session: Session): Promise<JournalEntry | null> {
  try {
    return await readOpenRun(database, session);
  } catch (error) {
    // The first run on a database holds the lock before there is a journal.
    if (!isSurefootError(error)) throw error;
    return null;
  }
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
