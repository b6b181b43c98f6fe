import type { PreflightCheck } from '../check.ts';
import { BACKUP } from './backup.ts';
import { BASELINE } from './baseline.ts';
import { BEFORE_CHECKS } from './before-checks.ts';
import { CLOCK } from './clock.ts';
import { CONNECTIONS } from './connections.ts';
import { DISK_SPACE } from './disk-space.ts';
import { DRIFT } from './drift.ts';
import { EXTENSIONS } from './extensions.ts';
import { INVALID_INDEXES } from './invalid-indexes.ts';
import { LIBRARY_VERSION } from './library-version.ts';
import { LONG_TRANSACTIONS } from './long-transactions.ts';
import { PREPARED_TRANSACTIONS } from './prepared-transactions.ts';
import { PRIVILEGES } from './privileges.ts';
import { REPLICATION } from './replication.ts';
import { SERVER } from './server.ts';
import { WRAPAROUND } from './wraparound.ts';

/** Every built-in check, in the order shown. */
export const CHECKS: readonly PreflightCheck[] = [
  SERVER,
  LIBRARY_VERSION,
  BASELINE,
  DRIFT,
  BEFORE_CHECKS,
  PRIVILEGES,
  EXTENSIONS,
  BACKUP,
  DISK_SPACE,
  CONNECTIONS,
  LONG_TRANSACTIONS,
  PREPARED_TRANSACTIONS,
  REPLICATION,
  WRAPAROUND,
  INVALID_INDEXES,
  CLOCK,
];
