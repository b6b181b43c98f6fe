import type { LockPolicy } from '../../../model/lock-policy.ts';
import type { JournalBackup } from '../../../model/backup.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Database } from '../../../ports/database.ts';
import type { Files } from '../../../ports/files.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { HeldLock } from '../../../ports/lock.ts';
import type { Session } from '../../../ports/session.ts';
import type { Recorder } from '../../journal/index.ts';
import type { Observer } from './observer.ts';
import type { Seat } from './seat.ts';

/** What one run works with, from the moment it holds the lock. */
export interface RunContext {
  readonly database: Database;
  /** The seat's: another one after the connection was lost. */
  readonly session: Session;
  readonly lock: HeldLock;
  readonly seat: Seat;
  readonly recorder: Recorder;
  /** Whether the journal gets an entry of each step that went through. That of a shadow nobody reads. */
  readonly journalsSteps: boolean;
  readonly clock: Clock;
  readonly files: Files;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly locks: LockPolicy;
  /** A second session, opened when somebody first looks through it. */
  readonly observer: Observer;
  /** How long to wait for what another session still does; ms. */
  readonly waitMs: number;
  /** The backup made before the first step, once it is. */
  readonly backup: { made: JournalBackup | null };
}
