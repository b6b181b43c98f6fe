import { closest } from '../../../model/closest.ts';
import { SurefootError } from '../../../model/errors.ts';

/** libpq's connection keywords that surefoot honours. */
export const KEYWORDS = [
  'host',
  'hostaddr',
  'port',
  'user',
  'password',
  'passfile',
  'dbname',
  'connect_timeout',
  'options',
  'target_session_attrs',
  'load_balance_hosts',
  'sslmode',
  'sslnegotiation',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslpassword',
  'sslcrl',
  'sslsni',
  'ssl_min_protocol_version',
  'ssl_max_protocol_version',
] as const;

export type Keyword = (typeof KEYWORDS)[number];
export type ConnInfo = Readonly<Partial<Record<Keyword, string>>>;

/** Without meaning here, and harmless: surefoot names itself, speaks UTF-8 and keeps connections alive. */
const IGNORED = new Set([
  'application_name',
  'fallback_application_name',
  'client_encoding',
  'keepalives',
  'keepalives_idle',
  'keepalives_interval',
  'keepalives_count',
  'tcp_user_timeout',
  'sslcompression',
  'krbsrvname',
  'gsslib',
  'gssdelegation',
]);

/** Keywords that ask for a protection or a source surefoot does not have, with the values that ask for nothing. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  channel_binding: ['disable', 'prefer'],
  gssencmode: ['disable', 'prefer'],
  require_auth: [''],
  sslcertmode: ['allow'],
  sslcrldir: [''],
  requirepeer: [''],
  service: [''],
  servicefile: [''],
  replication: ['false', 'off', 'no', '0'],
  min_protocol_version: ['3.0'],
  max_protocol_version: ['3.0', '3.2', 'latest'],
  scram_client_key: [''],
  scram_server_key: [''],
};

const VARIABLES: Readonly<Record<string, Keyword>> = {
  PGHOST: 'host',
  PGHOSTADDR: 'hostaddr',
  PGPORT: 'port',
  PGUSER: 'user',
  PGPASSWORD: 'password',
  PGPASSFILE: 'passfile',
  PGDATABASE: 'dbname',
  PGCONNECT_TIMEOUT: 'connect_timeout',
  PGOPTIONS: 'options',
  PGTARGETSESSIONATTRS: 'target_session_attrs',
  PGLOADBALANCEHOSTS: 'load_balance_hosts',
  PGSSLMODE: 'sslmode',
  PGSSLNEGOTIATION: 'sslnegotiation',
  PGSSLROOTCERT: 'sslrootcert',
  PGSSLCERT: 'sslcert',
  PGSSLKEY: 'sslkey',
  PGSSLCRL: 'sslcrl',
  PGSSLSNI: 'sslsni',
  PGSSLMINPROTOCOLVERSION: 'ssl_min_protocol_version',
  PGSSLMAXPROTOCOLVERSION: 'ssl_max_protocol_version',
};

const REFUSED_VARIABLES: Readonly<Record<string, string>> = {
  PGCHANNELBINDING: 'channel_binding',
  PGGSSENCMODE: 'gssencmode',
  PGREQUIREAUTH: 'require_auth',
  PGSSLCERTMODE: 'sslcertmode',
  PGREQUIREPEER: 'requirepeer',
  PGSERVICE: 'service',
};

/** What libpq's environment variables say. Throws `url-invalid` for what surefoot can not honour. */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): ConnInfo {
  const info: Partial<Record<Keyword, string>> = {};
  for (const [variable, keyword] of Object.entries(VARIABLES)) {
    const value = env[variable];
    if (value !== undefined && value !== '') info[keyword] = value;
  }
  for (const [variable, keyword] of Object.entries(REFUSED_VARIABLES)) {
    const value = env[variable];
    if (value !== undefined && value !== '') refuseUnsupported(keyword, value, `the environment variable ${variable}`);
  }
  return info;
}

/** What a `postgres://` URL says. Its errors never show text that could be a password. */
export function fromUrl(url: string): ConnInfo {
  const [, rest] = /^postgres(?:ql)?:\/\/(.*)$/su.exec(url) ?? [];
  if (rest === undefined) throw invalid('a PostgreSQL URL begins with postgres:// or postgresql://');
  const question = rest.indexOf('?');
  const place = question === -1 ? rest : rest.slice(0, question);
  const slash = place.indexOf('/');
  const authority = slash === -1 ? place : place.slice(0, slash);
  const path = slash === -1 ? '' : place.slice(slash + 1);
  // A character left unencoded in a password moves the parts: better to say so than to connect elsewhere.
  if (/[@/]/u.test(path)) throw invalid('the database name holds @ or /', ENCODE);
  if (question !== -1 && rest.includes('@', question)) throw invalid('the parameters hold an @', ENCODE);
  const info: Partial<Record<Keyword, string>> = {};
  const set = (keyword: Keyword, text: string): void => {
    const value = decode(text);
    if (value !== '') info[keyword] = value;
  };
  const at = authority.indexOf('@');
  if (at !== -1) {
    const [user, password] = split(authority.slice(0, at), ':');
    set('user', user);
    if (password !== null) set('password', password);
  }
  setHosts(authority.slice(at + 1), set);
  set('dbname', path);
  if (question !== -1)
    for (const [name, value] of parametersOf(rest.slice(question + 1))) setParameter(info, name, value);
  return info;
}

const ENCODE =
  'Write special characters of user, password and database name percent-encoded (@ is %40, / is %2F, : is %3A, ? is %3F).';

function setHosts(text: string, set: (keyword: Keyword, text: string) => void): void {
  if (text.includes('@')) throw invalid('there is more than one @ before the host', ENCODE);
  const hosts: string[] = [];
  const ports: string[] = [];
  for (const piece of text.split(',')) {
    const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([^:]*))?$/su.exec(piece) ?? [];
    if (bracketed === undefined && plain === undefined)
      throw invalid('the host is not understood', 'Write an IPv6 address in brackets: postgres://[::1]:5432/name.');
    hosts.push(bracketed ?? plain ?? '');
    ports.push(port ?? '');
  }
  set('host', hosts.every((host) => host === '') ? '' : hosts.join(','));
  set('port', ports.every((port) => port === '') ? '' : ports.join(','));
}

function parametersOf(text: string): readonly (readonly [string, string])[] {
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const [name, value] = split(piece, '=');
      if (value === null) throw invalid(`the URL parameter ${decode(name)} has no value`);
      return [decode(name), decode(value)] as const;
    });
}

function setParameter(info: Partial<Record<Keyword, string>>, name: string, value: string): void {
  const keyword = KEYWORDS.find((known) => known === name);
  if (keyword !== undefined) info[keyword] = value;
  // As libpq has it, for URLs written for JDBC.
  else if (name === 'ssl' && value === 'true') info.sslmode = 'require';
  else if (Object.hasOwn(REFUSED, name)) refuseUnsupported(name, value, `the URL parameter ${name}`);
  else if (!IGNORED.has(name)) throw unknownParameter(name);
}

function refuseUnsupported(keyword: string, value: string, what: string): void {
  if (REFUSED[keyword]?.includes(value) === true) return;
  throw invalid(`${what} asks for something surefoot does not support`, `Remove ${what}.`);
}

function unknownParameter(name: string): SurefootError {
  const near = closest(name, [...KEYWORDS, ...IGNORED]);
  const hint =
    near === null
      ? 'Settings of the server go into options: ?options=-c%20search_path%3Dapp.'
      : `Did you mean ${near}?`;
  return invalid(`the URL parameter ${name} is not known`, hint);
}

function split(text: string, separator: string): readonly [string, string | null] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(
      'a percent sign in the URL is not followed by two hexadecimal digits',
      'A percent sign itself is written %25.',
    );
  }
}

export function invalid(message: string, hint?: string): SurefootError {
  return new SurefootError({
    code: 'url-invalid',
    message: `the PostgreSQL URL is not valid: ${message}`,
    hint: hint ?? 'Write it as postgres://user@host:5432/name.',
  });
}
