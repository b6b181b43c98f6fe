import { stopIfAborted } from '../../model/interrupted.ts';
import type { Database } from '../../ports/database.ts';
import { createSqliteActivity } from './activity.ts';
import { SQLITE_LONG_STATEMENTS } from './long-statements.ts';
import { SQLITE_CAPABILITIES } from './capabilities.ts';
import { SQLITE_CONSERVATION } from './conservation.ts';
import { openConnection } from './connection.ts';
import { loadDriver, type DriverLoader } from './driver.ts';
import { SQLITE_DIALECT } from './dialect.ts';
import { SQLITE_DIGESTER } from './digest.ts';
import { SQLITE_INTROSPECTOR } from './introspector.ts';
import { createSqliteFacts } from './facts.ts';
import { createSqliteDumper } from './dumper.ts';
import { SQLITE_LAYOUT } from './layout.ts';
import { createSqliteLock } from './lock.ts';
import { SQLITE_PROBE } from './probe.ts';
import { SQLITE_ROW_COPY } from './row-copy.ts';
import { createSqliteSession } from './session.ts';
import { rebuildSqliteTable } from './rebuild-table.ts';
import { SQLITE_TRAFFIC } from './traffic.ts';
import { watchSqliteWrites } from './write-watch.ts';

export interface SqliteSettings {
  readonly name: string;
  /** Absolute path of the file, or `:memory:`. */
  readonly path: string;
  /** This process, told to others who find the run lock held. */
  readonly pid?: number | null;
  /** Nobody misses the file after a crash: nothing waits for the disk. */
  readonly throwAway?: boolean;
  /** Where the driver comes from; better-sqlite3 as installed when left out. */
  readonly loadDriver?: DriverLoader;
}

/** A SQLite file. Foreign keys are enforced in every session; the journal mode is left as the file has it. */
export function createSqliteDatabase(settings: SqliteSettings): Database {
  const driver = () => loadDriver(settings.loadDriver);
  return {
    name: settings.name,
    capabilities: SQLITE_CAPABILITIES,
    dialect: SQLITE_DIALECT,
    layout: SQLITE_LAYOUT,
    lock: createSqliteLock({ path: settings.path, pid: settings.pid ?? null, driver }),
    probe: SQLITE_PROBE,
    digester: SQLITE_DIGESTER,
    traffic: SQLITE_TRAFFIC,
    longStatements: SQLITE_LONG_STATEMENTS,
    commits: null,
    introspector: SQLITE_INTROSPECTOR,
    dumper: createSqliteDumper({ path: settings.path, pid: settings.pid ?? null, driver }),
    watchWrites: watchSqliteWrites,
    activity: createSqliteActivity(settings.path, settings.pid ?? null),
    facts: createSqliteFacts({ path: settings.path, pid: settings.pid ?? null, driver }),
    conservation: SQLITE_CONSERVATION,
    rowCopy: SQLITE_ROW_COPY,
    rebuildTable: rebuildSqliteTable,
    displayUrl: `sqlite:${settings.path}`,
    connect: async ({ create, signal }) => {
      stopIfAborted(signal, `before opening ${settings.path}`);
      const connection = openConnection(await driver(), settings.path, create);
      if (settings.throwAway === true) connection.exec('PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY');
      return createSqliteSession(connection);
    },
  };
}
