import { shellWord } from '../../../model/shell-word.ts';
import type { ErrorCode } from '../../../model/error-catalogue.ts';
import { messageOf, SurefootError } from '../../../model/errors.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';
import { hostName, isSocket, type ConnectionSettings, type HostSettings } from '../connection.ts';
import { isServerError, type ServerError } from '../errors.ts';
import { TlsFailure } from './socket.ts';

export interface Refused {
  readonly host: HostSettings;
  readonly settings: ConnectionSettings;
  readonly hasPassword: boolean;
  readonly interrupted: boolean;
}

/** Why no session could be had, with host and port and the next thing to do; never with a password. */
export function connectError(error: unknown, refused: Refused): SurefootError {
  if (error instanceof SurefootError) return error;
  if (refused.interrupted)
    return new SurefootError({
      code: 'interrupted',
      message: `interrupted while connecting to ${hostName(refused.host)}`,
    });
  if (error instanceof TlsFailure) return tlsError(error, refused);
  if (isServerError(error)) return loginError(error, refused);
  return networkError(error, refused);
}

function contextOf({ host, settings }: Refused, sqlState: string | null = null): Readonly<Record<string, unknown>> {
  return { host: host.host, port: host.port, user: settings.user, database: settings.database, sqlState };
}

function loginError(error: ServerError, refused: Refused): SurefootError {
  const { host } = refused;
  return new SurefootError({
    code: LOGIN_CODES[error.code] ?? 'connection-failed',
    message: `the server at ${hostName(host)} refused the connection: ${error.message}`,
    hint: loginHint(error.code, refused),
    context: contextOf(refused, error.code),
  });
}

const LOGIN_CODES: Readonly<Record<string, ErrorCode>> = {
  '28P01': 'authentication-failed',
  '28000': 'authentication-failed',
  '3D000': 'database-absent',
  '42501': 'permission-denied',
  '53300': 'too-many-connections',
  '57P01': 'server-stopping',
  '57P02': 'server-stopping',
  '57P03': 'server-stopping',
};

function loginHint(sqlState: string, { host, settings, hasPassword }: Refused): string {
  const { user, database } = settings;
  if (sqlState === '28P01' || sqlState === '28000') {
    return hasPassword
      ? `Check the user ${user} and its password.`
      : `No password was given for ${user}: set PGPASSWORD, or put it into the URL or ~/.pgpass.`;
  }
  if (sqlState === '3D000')
    return `Create it: createdb -h ${shellWord(host.host)} -p ${String(host.port)} -U ${shellWord(user)} ${shellWord(database)}`;
  if (sqlState === '42501')
    return `Grant it: GRANT CONNECT ON DATABASE ${quoteIdentifier(database)} TO ${quoteIdentifier(user)};`;
  if (sqlState === '53300')
    return 'All connections are taken: end some, or raise the limit (max_connections, or CONNECTION LIMIT of the role or database).';
  if (sqlState.startsWith('57P')) return 'The server is starting up or shutting down: try again in a moment.';
  return 'Look into the log of the server.';
}

function tlsError(error: TlsFailure, refused: Refused): SurefootError {
  const { host, settings } = refused;
  const hint = error.unsupported
    ? 'Switch TLS on at the server, or use sslmode=prefer where an unencrypted connection will do.'
    : settings.tls.mode === 'verify-full' && /altnames|does not match/iu.test(error.message)
      ? 'Connect by a name that the certificate holds, or use sslmode=verify-ca.'
      : 'Check sslmode, and that sslrootcert names the authority that signed the certificate of the server.';
  return new SurefootError({
    code: 'tls-failed',
    message: `no TLS connection to ${hostName(host)} (sslmode=${settings.tls.mode}): ${error.message}`,
    hint,
    context: { ...contextOf(refused), sslmode: settings.tls.mode },
  });
}

function networkError(error: unknown, refused: Refused): SurefootError {
  const place = hostName(refused.host);
  const { code, message } = firstOf(error);
  const [reason, hint] = explain(code, place, refused.host) ?? [message, 'Check host, port and network.'];
  return new SurefootError({
    code: 'connection-failed',
    message: `no connection to ${place}: ${reason}`,
    hint,
    context: { ...contextOf(refused), cause: code },
  });
}

/** A name with several addresses gives one error for each of them. */
function firstOf(error: unknown): { readonly code: string | null; readonly message: string } {
  const single: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const code = single instanceof Error && 'code' in single && typeof single.code === 'string' ? single.code : null;
  return { code, message: messageOf(single) };
}

function explain(code: string | null, place: string, host: HostSettings): readonly [string, string] | null {
  if (code === 'ECONNREFUSED')
    return ['the connection was refused', `Check that the server runs and listens on ${place}.`];
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return [`the host name ${host.host} can not be resolved`, 'Check the host name and the network.'];
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH')
    return ['the host can not be reached', 'Check the network and firewalls.'];
  if (code === 'ETIMEDOUT') return ['no answer in time', 'Check host, port and firewalls, or raise connect_timeout.'];
  if (code === 'ENOENT' && isSocket(host))
    return [
      'there is no such socket',
      'Check that the server runs and which folder its unix_socket_directories names.',
    ];
  if (code === 'EACCES') return ['permission denied', 'Check the permissions of the folder of the socket.'];
  if (code === 'ECONNRESET' || code === 'CONNECTION_CLOSED')
    return ['the other side closed the connection', 'Check that a PostgreSQL server listens there, and its log.'];
  return null;
}
