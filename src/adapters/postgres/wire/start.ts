import { SurefootError } from '../../../model/errors.ts';
import { isSocket, type ConnectionSettings, type Environment, type HostSettings } from '../connection.ts';
import { isServerError } from '../errors.ts';
import { applicationName } from './application-name.ts';
import { openLink, type Link } from './link.ts';
import { readPasswordFile } from './pgpass.ts';
import { connectError } from './refusal.ts';
import { TlsFailure } from './socket.ts';
import { protectionsFor, tlsMaterial, type Protection } from './tls.ts';

export interface StartRequest {
  readonly settings: ConnectionSettings;
  readonly env: Environment;
  /** Shown to the server as the application name. */
  readonly label: string;
  readonly onNotice: ((text: string) => void) | undefined;
  /** What a person should know of the connection made, such as an unverified certificate. */
  readonly onWarning: ((text: string) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Connects to the first host that takes us. Throws a SurefootError that names the last host tried, or all of them. */
export async function startLink(request: StartRequest): Promise<Link> {
  const { settings } = request;
  const hosts = settings.randomOrder ? settings.hosts.toSorted(() => Math.random() - 0.5) : settings.hosts;
  const errors: SurefootError[] = [];
  const spare: HostSettings[] = [];
  for (const host of hosts) {
    try {
      const link = await startOnHost(request, host);
      if (await suits(link, settings)) return link;
      await link.close(true);
      spare.push(host);
      errors.push(unsuitable(settings, host));
    } catch (error) {
      if (!(error instanceof SurefootError) || !NEXT_HOST.has(error.code)) throw error;
      errors.push(error);
    }
  }
  const [second] = spare;
  if (settings.attributes === 'prefer-standby' && second !== undefined) return startOnHost(request, second);
  throw summary(errors);
}

/** As in libpq: a host that answers and refuses the login ends the search. */
const NEXT_HOST = new Set(['connection-failed', 'too-many-connections', 'server-stopping', 'tls-failed']);

async function startOnHost(request: StartRequest, host: HostSettings): Promise<Link> {
  const { settings } = request;
  const protections = protectionsFor(settings.tls.mode, isSocket(host));
  const stored =
    settings.password === null ? readPasswordFile(settings, host) : { password: settings.password, warning: null };
  if (stored.warning !== null) request.onWarning?.(stored.warning);
  let failure: SurefootError | null = null;
  for (const [index, protection] of protections.entries()) {
    try {
      return await startProtected(request, host, protection, stored.password);
    } catch (error) {
      const translated = connectError(error, {
        host,
        settings,
        hasPassword: stored.password !== null,
        interrupted: request.signal?.aborted === true,
      });
      failure ??= translated;
      if (index === protections.length - 1 || !mayDependOnTls(error))
        throw index === 0 || translated.code !== 'tls-failed' ? translated : failure;
    }
  }
  throw failure ?? new SurefootError({ code: 'internal', message: 'no way to connect was tried' });
}

/** Whether the other kind of connection (encrypted, plain) may be welcome where this one was not. */
function mayDependOnTls(error: unknown): boolean {
  return error instanceof TlsFailure || (isServerError(error) && error.code === '28000');
}

async function startProtected(
  request: StartRequest,
  host: HostSettings,
  protection: Protection,
  password: string | null,
): Promise<Link> {
  const { settings, env, label } = request;
  const { tls } = settings;
  const material =
    protection === 'plain' ? { options: {}, warning: null } : tlsMaterial(tls, host.host, settings.home, env);
  const plan = { host, protection, options: material.options, direct: tls.direct, sendName: tls.sendName };
  const base = {
    application_name: applicationName(label),
    ...(settings.options === null ? {} : { options: settings.options }),
  };
  const identity = { user: settings.user, password, database: settings.database, onNotice: request.onNotice };
  const open = (parameters: Readonly<Record<string, string>>): Promise<Link> => {
    const { signal, done } = deadline(request.signal, settings.connectTimeoutMs);
    return openLink(plan, { ...identity, parameters }, signal).finally(done);
  };
  let link: Link;
  try {
    link = await open({ ...base, ...VIGILANT });
  } catch (error) {
    if (!isServerError(error) || !UNKNOWN_PARAMETER.has(error.code)) throw error;
    link = await open(base);
  }
  if (link.encrypted && material.warning !== null) request.onWarning?.(material.warning);
  return link;
}

/**
 * With the first a backend whose client died in the middle of a long statement notices within seconds, and frees the run
 * lock; with the others a client whose machine or line went silent is found out within a minute. Servers before 14,
 * some systems, and poolers do not know them: then they are left out.
 */
const VIGILANT = {
  client_connection_check_interval: '2s',
  tcp_keepalives_idle: '20',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '4',
};
const UNKNOWN_PARAMETER = new Set(['42704', '22023', '08P01', '0A000']);

function deadline(outer: AbortSignal | undefined, ms: number | null): { readonly signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  const timer =
    ms === null
      ? null
      : setTimeout(() => controller.abort(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), ms);
  const onAbort = (): void => controller.abort(new Error('interrupted'));
  if (outer?.aborted === true) onAbort();
  outer?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    done: () => {
      if (timer !== null) clearTimeout(timer);
      outer?.removeEventListener('abort', onAbort);
    },
  };
}

async function suits(link: Link, settings: ConnectionSettings): Promise<boolean> {
  const { attributes } = settings;
  if (attributes === 'any') return true;
  const [row] = await link.guard(
    link.sql.unsafe<{ standby: boolean; readonly: boolean }[]>(
      "SELECT pg_catalog.pg_is_in_recovery() AS standby, pg_catalog.current_setting('transaction_read_only')::boolean AS readonly",
    ),
  );
  if (row === undefined) return false;
  if (attributes === 'primary') return !row.standby;
  if (attributes === 'read-write') return !row.readonly;
  if (attributes === 'read-only') return row.readonly;
  return row.standby;
}

function unsuitable(settings: ConnectionSettings, host: HostSettings): SurefootError {
  return new SurefootError({
    code: 'connection-failed',
    message: `the server at ${host.host}:${String(host.port)} is not ${settings.attributes}, which target_session_attrs asks for`,
    hint: 'Name a server that is, or change target_session_attrs.',
  });
}

function summary(errors: readonly SurefootError[]): SurefootError {
  const [first] = errors;
  if (first === undefined) return new SurefootError({ code: 'internal', message: 'no host to connect to' });
  if (errors.length === 1) return first;
  return first.with({
    message: `none of ${String(errors.length)} hosts took the connection: ${errors.map((error) => error.message).join('; ')}`,
  });
}
