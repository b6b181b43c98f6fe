import type { ErrorCode } from '../../model/error-catalogue.ts';
import { messageOf } from '../../model/errors.ts';
import type { SqlFailure } from '../../model/sql-failure.ts';
import { charOffsetToIndex } from '../../sql/position.ts';

/** What the fence raises: see lock.ts. */
export const FENCE_MESSAGE = 'surefoot does not hold the run lock on this connection any more';

/** The fields of a server error as the driver names them. */
export interface ServerError extends Error {
  readonly code: string;
  readonly severity?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: string;
  readonly where?: string;
  readonly schema_name?: string;
  readonly table_name?: string;
  readonly column_name?: string;
  readonly constraint_name?: string;
}

/** What is known beside the error itself. */
export interface FailureScene {
  /** The statement the error is about. */
  readonly text: string;
  /** The server's last words, when it ended the connection. */
  readonly fatal: { readonly code: string; readonly message: string } | null;
  /** This session asked for the cancellation. */
  readonly cancelled: boolean;
  /** The role that logged in. */
  readonly user?: string | undefined;
}

/** What the server or the network said, in surefoot's terms. */
export function toFailure(error: unknown, scene: FailureScene): SqlFailure {
  if (!isServerError(error))
    return lostConnection(scene.fatal?.message ?? plainReason(error), scene.fatal?.code ?? null);
  if (isFatal(error)) return lostConnection(error.message, error.code);
  const fence = error.message.includes(FENCE_MESSAGE);
  return {
    code: fence ? 'locked' : classOf(error, scene.cancelled),
    sqlState: error.code,
    message: fence ? FENCE_MESSAGE : error.message,
    detail: error.detail ?? null,
    hint: fence
      ? 'Connect to the server itself, not through a pooler in transaction mode (--direct-url), and run the command again.'
      : hintOf(error, scene.user),
    index: error.position === undefined ? null : charOffsetToIndex(scene.text, Number(error.position)),
    where: error.where ?? null,
    object: deniedObject(error)?.name ?? objectOf(error),
    connectionLost: false,
  };
}

/** The failure of everything on a session whose connection is gone. */
export function lostConnection(reason: string, sqlState: string | null): SqlFailure {
  return {
    code: STOPPING.has(sqlState ?? '') ? 'server-stopping' : 'connection-lost',
    sqlState,
    message: `the connection to the server was lost: ${reason}`,
    detail: null,
    hint: STOPPING.has(sqlState ?? '')
      ? 'Wait until the server is up again, then run the command again.'
      : hintOfLimit(LIMITS[sqlState ?? '']),
    index: null,
    where: null,
    object: null,
    connectionLost: true,
  };
}

/** Settings by which the server ends sessions of its own accord. */
const LIMITS: Readonly<Record<string, string>> = {
  '25P03': 'idle_in_transaction_session_timeout',
  '25P04': 'transaction_timeout',
  '57P05': 'idle_session_timeout',
};

function hintOfLimit(setting: string | undefined): string | null {
  return setting === undefined
    ? null
    : `Raise ${setting} for the migrating role (ALTER ROLE … SET ${setting} = …), then run the command again.`;
}

/** Sent as it is, such a statement would leave the server waiting for data, and take the next statement for it. */
export const WITHOUT_DATA: SqlFailure = {
  code: 'sql-failed',
  sqlState: null,
  message: 'COPY … FROM STDIN has no data: its lines and a closing \\. must follow the statement in its file',
  detail: null,
  hint: 'Write the data below the statement, or use copyFromCsv in a TypeScript migration.',
  index: null,
  where: null,
  object: null,
  connectionLost: false,
};

/** A pooler's own errors have the severity in its own language only. */
export function isServerError(error: unknown): error is ServerError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return 'severity' in error || 'severity_local' in error;
}

function isFatal(error: ServerError): boolean {
  return error.severity === 'FATAL' || error.severity === 'PANIC' || /^(?:57P0[1-5]|08)/u.test(error.code);
}

const CLASSES: Readonly<Record<string, ErrorCode>> = {
  '42501': 'permission-denied',
  '55P03': 'lock-timeout',
  '25006': 'read-only',
  '28P01': 'authentication-failed',
  '28000': 'authentication-failed',
  '3D000': 'database-absent',
  '53000': 'disk-full',
  '53100': 'disk-full',
  '53200': 'out-of-memory',
  '53300': 'too-many-connections',
};
/** Shut down, crashed, starting; the first also when an administrator ends one session. */
const STOPPING = new Set(['57P01', '57P02', '57P03']);
const QUERY_CANCELED = '57014';

function classOf(error: ServerError, cancelled: boolean): ErrorCode {
  if (error.code !== QUERY_CANCELED) return CLASSES[error.code] ?? 'sql-failed';
  if (/statement timeout/iu.test(error.message)) return 'statement-timeout';
  // Servers may speak another language: who asked for the cancellation then decides.
  if (cancelled) return 'interrupted';
  return /user request/iu.test(error.message) ? 'statement-cancelled' : 'statement-timeout';
}

const DENIED =
  /^(?:permission denied for|must be owner of) (?:(materialized view|foreign table|large object|event trigger|[a-z]+) )?(.+)$/u;

/** A refusal for want of a privilege names the object in its words only. */
function deniedObject(error: ServerError): { readonly kind: string | null; readonly name: string } | null {
  if (error.code !== '42501') return null;
  const [, kind, name] = DENIED.exec(error.message) ?? [];
  return name === undefined ? null : { kind: kind ?? null, name };
}

function hintOf(error: ServerError, user: string | undefined): string | null {
  if (error.code === '55P04')
    return 'Put ALTER TYPE … ADD VALUE into a migration of its own, ahead of the one that uses the value.';
  if (error.hint !== undefined) return error.hint;
  switch (error.code) {
    case '42501':
      return deniedHint(error, user ?? 'the migrating role');
    case '53100':
      return 'Free disk space on the server (its data folder, its log, its temporary files), then run the command again.';
    case '53200':
      return 'Give the server more memory, or do the work in smaller steps, then run the command again.';
    case '25006':
      return 'Connect to the primary (target_session_attrs=read-write), or switch default_transaction_read_only off.';
    case '2D000':
      return 'It commits by itself: put it into a file with -- @transaction none.';
    case '25001':
      return /transaction block/iu.test(error.message) ? 'Put it into a file with -- @transaction none.' : null;
    case QUERY_CANCELED:
      return classOf(error, false) === 'statement-cancelled'
        ? 'Another session cancelled it (pg_cancel_backend): find out why, then run the command again.'
        : null;
    default:
      return null;
  }
}

function deniedHint(error: ServerError, user: string): string {
  const denied = deniedObject(error);
  if (denied === null) return `Grant role ${user} what it needs, or connect as a role that has it.`;
  if (error.message.startsWith('must be owner'))
    return `Connect as the owner of ${denied.kind ?? ''} ${denied.name}, or make role ${user} a member of the owner.`.replace(
      / {2}/u,
      ' ',
    );
  return `Have its owner grant it: GRANT … ON ${(denied.kind ?? 'TABLE').toUpperCase()} ${denied.name} TO ${user};`;
}

function objectOf(error: ServerError): string | null {
  if (error.constraint_name !== undefined) return error.constraint_name;
  if (error.table_name === undefined) return null;
  const schema = error.schema_name === undefined || error.schema_name === 'public' ? '' : `${error.schema_name}.`;
  return `${schema}${error.table_name}${error.column_name === undefined ? '' : `.${error.column_name}`}`;
}

const REASONS: Readonly<Record<string, string>> = {
  CONNECTION_CLOSED: 'the server or the network closed it',
  CONNECTION_DESTROYED: 'it was closed here',
  CONNECTION_ENDED: 'it was closed here',
  ECONNRESET: 'it was reset by the other side',
  EPIPE: 'the other side had closed it',
  ETIMEDOUT: 'the other side did not answer any more',
};

function plainReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? messageOf(error);
}
