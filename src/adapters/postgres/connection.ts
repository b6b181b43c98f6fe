import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { closest } from '../../model/closest.ts';
import { fromEnvironment, fromUrl, invalid, type ConnInfo } from './wire/conninfo.ts';
import { homeOf } from './wire/home.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One place to connect to. A `host` that begins with / is the folder of a unix socket. */
export interface HostSettings {
  readonly host: string;
  /** A numeric address to connect to instead; `host` is then only the name the certificate must carry. */
  readonly address: string | null;
  readonly port: number;
}

export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** libpq's TLS settings; null where nothing was said and libpq's default file names hold. */
export interface TlsSettings {
  readonly mode: SslMode;
  /** A file, or `system`. */
  readonly rootCertificate: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly keyPassword: string | null;
  readonly revocationList: string | null;
  readonly sendName: boolean;
  readonly minVersion: string | null;
  readonly maxVersion: string | null;
  /** TLS from the first byte, without asking the server (PostgreSQL 17). */
  readonly direct: boolean;
}

export const SESSION_ATTRIBUTES = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const;
export type SessionAttributes = (typeof SESSION_ATTRIBUTES)[number];

/** Everything needed to connect. Passwords are in it: never show or log it. Times in milliseconds. */
export interface ConnectionSettings {
  readonly hosts: readonly HostSettings[];
  readonly randomOrder: boolean;
  readonly user: string;
  readonly password: string | null;
  readonly passwordFile: string;
  readonly database: string;
  readonly tls: TlsSettings;
  /** For each host; null waits for ever. */
  readonly connectTimeoutMs: number | null;
  readonly options: string | null;
  readonly attributes: SessionAttributes;
  /** The user's home folder, where libpq's default files are. */
  readonly home: string | null;
}

const DEFAULT_PORT = 5432;
const DEFAULT_CONNECT_TIMEOUT_MS = 15_000;
const SOCKET_FOLDERS = ['/var/run/postgresql', '/tmp'];

/** Reads a `postgres://` URL and libpq's environment with libpq's meaning; the URL goes first. Throws `url-invalid`. */
export function parseConnection(url: string, env: Environment): ConnectionSettings {
  const info: ConnInfo = { ...fromEnvironment(env), ...fromUrl(url) };
  const user = info.user ?? systemUser();
  const home = homeOf(env);
  return {
    hosts: hostsOf(info),
    randomOrder:
      oneOf('load_balance_hosts', info.load_balance_hosts, ['disable', 'random'] as const, 'disable') === 'random',
    user,
    password: info.password ?? null,
    passwordFile: info.passfile ?? home.passwordFile,
    database: info.dbname ?? user,
    tls: tlsOf(info),
    connectTimeoutMs: timeoutOf(info.connect_timeout),
    options: info.options ?? null,
    attributes: oneOf('target_session_attrs', info.target_session_attrs, SESSION_ATTRIBUTES, 'any'),
    home: home.configFolder,
  };
}

/** The settings as a URL for people: no password, and nothing that is not needed to tell databases apart. */
export function displayUrlOf(settings: ConnectionSettings): string {
  const sockets = settings.hosts.filter((host) => isSocket(host));
  const [socket] = sockets;
  const database = encodeURIComponent(settings.database);
  const user = encodeURIComponent(settings.user);
  if (socket !== undefined && sockets.length === settings.hosts.length) {
    return `postgres://${user}@/${database}?host=${sockets.map((host) => host.host).join(',')}&port=${sockets.map((host) => host.port).join(',')}`;
  }
  return `postgres://${user}@${settings.hosts.map(hostName).join(',')}/${database}`;
}

export function isSocket(host: HostSettings): boolean {
  return host.address === null && host.host.startsWith('/');
}

/** `host:port`, or the socket's path, for messages. */
export function hostName(host: HostSettings): string {
  if (isSocket(host)) return socketPath(host);
  return host.host.includes(':') ? `[${host.host}]:${String(host.port)}` : `${host.host}:${String(host.port)}`;
}

export function socketPath(host: HostSettings): string {
  return `${host.host}/.s.PGSQL.${String(host.port)}`;
}

function hostsOf(info: ConnInfo): readonly HostSettings[] {
  const addresses = info.hostaddr?.split(',') ?? [];
  const names = info.host?.split(',') ?? addresses.map(() => '');
  if (addresses.length > 0 && addresses.length !== names.length)
    throw invalid('host and hostaddr name different numbers of hosts');
  const ports = (info.port ?? '').split(',').map(portOf);
  const count = Math.max(1, names.length);
  if (ports.length !== 1 && ports.length !== count)
    throw invalid('there are more ports than hosts, or fewer', 'Give one port for all hosts, or one for each.');
  return Array.from({ length: count }, (_, index) => {
    const port = ports[ports.length === 1 ? 0 : index] ?? DEFAULT_PORT;
    const address = addresses[index]?.trim() ?? '';
    const name = names[index]?.trim() ?? '';
    const host = name === '' ? (address === '' ? defaultHost(port) : address) : name;
    return { host, address: address === '' ? null : address, port };
  });
}

/** As a psql on this machine would: the local socket where there is one. */
function defaultHost(port: number): string {
  return SOCKET_FOLDERS.find((folder) => existsSync(`${folder}/.s.PGSQL.${String(port)}`)) ?? 'localhost';
}

function portOf(text: string): number {
  if (text.trim() === '') return DEFAULT_PORT;
  const port = Number(text);
  // The text is not shown: where a password holds an unencoded character this may be a part of it.
  if (!/^\d+$/u.test(text.trim()) || port < 1 || port > 65_535) {
    throw invalid(
      'the port is not a number from 1 to 65535',
      'Special characters of a password are written percent-encoded (: is %3A, / is %2F, @ is %40).',
    );
  }
  return port;
}

function tlsOf(info: ConnInfo): TlsSettings {
  const system = info.sslrootcert === 'system';
  const mode = oneOf('sslmode', info.sslmode, SSL_MODES, system ? 'verify-full' : 'prefer');
  if (system && mode !== 'verify-full') {
    throw invalid(
      `sslmode ${mode} is too weak for sslrootcert=system`,
      'Use sslmode=verify-full: any site can get a certificate from a public authority.',
    );
  }
  const direct = oneOf('sslnegotiation', info.sslnegotiation, ['postgres', 'direct'] as const, 'postgres') === 'direct';
  if (direct && !['require', 'verify-ca', 'verify-full'].includes(mode))
    throw invalid(`sslmode ${mode} is too weak for sslnegotiation=direct`, 'Use sslmode=require or stronger.');
  return {
    mode,
    rootCertificate: info.sslrootcert ?? null,
    certificate: info.sslcert ?? null,
    key: info.sslkey ?? null,
    keyPassword: info.sslpassword ?? null,
    revocationList: info.sslcrl ?? null,
    sendName: info.sslsni !== '0',
    minVersion: versionOf('ssl_min_protocol_version', info.ssl_min_protocol_version) ?? 'TLSv1.2',
    maxVersion: versionOf('ssl_max_protocol_version', info.ssl_max_protocol_version),
    direct,
  };
}

const TLS_VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

function versionOf(keyword: string, text: string | undefined): string | null {
  return text === undefined || text === '' ? null : oneOf(keyword, text, TLS_VERSIONS, 'TLSv1.2');
}

function timeoutOf(text: string | undefined): number | null {
  if (text === undefined || text === '') return DEFAULT_CONNECT_TIMEOUT_MS;
  const seconds = Number(text);
  if (!/^-?\d+$/u.test(text))
    throw invalid('connect_timeout is not a number of seconds', 'Write whole seconds; 0 waits for ever.');
  return seconds <= 0 ? null : seconds * 1000;
}

function oneOf<const T extends string>(
  keyword: string,
  text: string | undefined,
  values: readonly T[],
  otherwise: T,
): T {
  if (text === undefined || text === '') return otherwise;
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  const near = closest(text, values);
  throw invalid(
    `${keyword} has no value ${text}`,
    near === null ? `Use one of ${values.join(', ')}.` : `Did you mean ${near}?`,
  );
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run a user id that has no name.
    return 'postgres';
  }
}
