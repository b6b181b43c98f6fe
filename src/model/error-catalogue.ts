import { BACKUP } from './catalogue/backup.ts';
import { FILES } from './catalogue/files.ts';
import { LOCKS } from './catalogue/locks.ts';
import { OPERATIONS } from './catalogue/operations.ts';
import { PREFLIGHT } from './catalogue/preflight.ts';
import { PROOFS } from './catalogue/proofs.ts';
import { REFUSALS } from './catalogue/refusals.ts';
import { RELEASE } from './catalogue/release.ts';
import { SCHEMA } from './catalogue/schema.ts';
import { SERVER } from './catalogue/server.ts';
import { USAGE } from './catalogue/usage.ts';

/** Every error code of surefoot. Codes are stable: they may be added, never renamed. */
export const ERROR_CATALOGUE = {
  ...USAGE,
  ...FILES,
  ...REFUSALS,
  ...OPERATIONS,
  ...LOCKS,
  ...SERVER,
  ...BACKUP,
  ...PREFLIGHT,
  ...PROOFS,
  ...RELEASE,
  ...SCHEMA,
} as const;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
