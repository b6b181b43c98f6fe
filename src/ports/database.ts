import type { LongStatements } from './long-statements.ts';
import type { Activity } from './activity.ts';
import type { Commits } from './commits.ts';
import type { Conservation } from './conservation.ts';
import type { Capabilities, Dialect, LayoutStep } from './dialect.ts';
import type { Digester } from './digest.ts';
import type { Introspector } from './introspector.ts';
import type { Dumper } from './dumper.ts';
import type { Lock } from './lock.ts';
import type { Probe } from './probe.ts';
import type { RebuildTable } from './rebuild.ts';
import type { RowCopy } from './row-copy.ts';
import type { Session } from './session.ts';
import type { FactReader } from './target-facts.ts';
import type { Traffic } from './traffic.ts';
import type { WatchedSession } from './write-watch.ts';

/** One configured database, not yet connected. */
export interface Database {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly dialect: Dialect;
  /** Steps of surefoot's own tables, ascending by version. */
  readonly layout: readonly LayoutStep[];
  readonly lock: Lock;
  readonly probe: Probe;
  readonly digester: Digester;
  readonly traffic: Traffic;
  readonly longStatements: LongStatements;
  /** Null where the engine runs in this process and every COMMIT is answered. */
  readonly commits: Commits | null;
  /** Reads the schema; what it needs is loaded at the first call. */
  readonly introspector: Introspector;
  readonly dumper: Dumper;
  /** Wraps a session so that the tables it writes to are known. */
  watchWrites(session: Session): WatchedSession;
  readonly activity: Activity;
  readonly facts: FactReader;
  readonly conservation: Conservation;
  readonly rowCopy: RowCopy;
  readonly rebuildTable: RebuildTable;
  /** The URL without password, for people. */
  readonly displayUrl: string;
  /**
   * Opens a session. `create: true` makes the SQLite file or embedded database where it is absent; without it an
   * absent one is SurefootError `database-absent`. Notices of the server go to `onNotice`.
   */
  connect(options: {
    readonly create: boolean;
    /** Shown to the server as the application name. */
    readonly label: string;
    readonly onNotice?: ((text: string) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<Session>;
}
