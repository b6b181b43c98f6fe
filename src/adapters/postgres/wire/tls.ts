import { existsSync, readFileSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { messageOf, SurefootError } from '../../../model/errors.ts';
import type { Environment, SslMode, TlsSettings } from '../connection.ts';

/** Ways to protect one attempt. `try`: plain when the server has no TLS. */
export type Protection = 'plain' | 'try' | 'must';

/** What to try on one host, in order. A unix socket is never encrypted, whatever is asked for, as in libpq. */
export function protectionsFor(mode: SslMode, socket: boolean): readonly Protection[] {
  if (socket || mode === 'disable') return ['plain'];
  if (mode === 'allow') return ['plain', 'must'];
  if (mode === 'prefer') return ['try', 'plain'];
  return ['must'];
}

export interface TlsMaterial {
  readonly options: tls.ConnectionOptions;
  /** For people: what the chosen mode does not protect against. */
  readonly warning: string | null;
}

/** Reads the certificate files and makes Node's options with libpq's meaning of `sslmode`. Throws `tls-failed`. */
export function tlsMaterial(settings: TlsSettings, name: string, home: string | null, env: Environment): TlsMaterial {
  const authorities = rootCertificates(settings, home, env);
  const checksName = settings.mode === 'verify-full';
  const options: tls.ConnectionOptions = {
    ...clientCertificate(settings, home),
    rejectUnauthorized: authorities !== null,
    checkServerIdentity: (_host, certificate) => (checksName ? tls.checkServerIdentity(name, certificate) : undefined),
  };
  if (authorities !== null && authorities.length > 0) options.ca = [...authorities];
  const crl = file(settings.revocationList, home, 'root.crl');
  const revokes = crl !== null && (settings.revocationList !== null || existsSync(crl));
  if (revokes && authorities !== null) options.crl = read(crl, 'revocation list');
  if (settings.minVersion !== null) options.minVersion = settings.minVersion as tls.SecureVersion;
  if (settings.maxVersion !== null) options.maxVersion = settings.maxVersion as tls.SecureVersion;
  if (settings.direct) options.ALPNProtocols = ['postgresql'];
  return { options, warning: authorities === null && settings.mode === 'require' ? UNVERIFIED : null };
}

const UNVERIFIED =
  "the connection is encrypted, but the server's certificate is not verified (sslmode=require without sslrootcert): anyone between here and the server could read along. Use sslmode=verify-full.";

/** Null: nothing is verified. Empty: Node's own list of authorities. As in libpq a root file makes any mode verify the chain. */
function rootCertificates(settings: TlsSettings, home: string | null, env: Environment): readonly string[] | null {
  if (settings.rootCertificate === 'system') return systemCertificates(env);
  const path = file(settings.rootCertificate, home, 'root.crt');
  if (path !== null && existsSync(path)) return [read(path, 'root certificate file').toString()];
  if (!settings.mode.startsWith('verify')) return null;
  throw new SurefootError({
    code: 'tls-failed',
    message: `sslmode=${settings.mode} needs a root certificate, and ${path === null ? 'no file is named' : `there is no file ${path}`}`,
    hint: 'Name the file with sslrootcert, or use sslrootcert=system for certificates of public authorities.',
  });
}

const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Node 22.15 and later can ask the system itself. */
interface SystemAware {
  readonly getCACertificates?: (from: 'system') => readonly string[];
}

function systemCertificates(env: Environment): readonly string[] {
  const named = env['SSL_CERT_FILE'];
  if (named !== undefined && named !== '') return [read(named, 'file of SSL_CERT_FILE').toString()];
  const certificates = (tls as SystemAware).getCACertificates?.('system');
  if (certificates !== undefined) return certificates;
  const bundle = SYSTEM_BUNDLES.find((path) => existsSync(path));
  return bundle === undefined ? [] : [read(bundle, 'system certificates').toString()];
}

function clientCertificate(settings: TlsSettings, home: string | null): tls.ConnectionOptions {
  const certificate = file(settings.certificate, home, 'postgresql.crt');
  if (certificate === null) return {};
  if (settings.certificate === null && !existsSync(certificate)) return {};
  const key = file(settings.key, home, 'postgresql.key');
  if (key === null || !existsSync(key)) {
    throw new SurefootError({
      code: 'tls-failed',
      message: `the client certificate ${certificate} has no private key${key === null ? '' : `: there is no file ${key}`}`,
      hint: 'Name the file of the key with sslkey.',
    });
  }
  refuseOpenKey(key);
  const options: tls.ConnectionOptions = {
    cert: read(certificate, 'client certificate'),
    key: read(key, 'private key'),
  };
  if (settings.keyPassword !== null) options.passphrase = settings.keyPassword;
  return options;
}

const OTHERS_MAY = 0o077;
const GROUP_READS = 0o040;
const ROOT = 0;

/** libpq's rule: nobody but the owner, or, where root owns it, its group for reading. */
function refuseOpenKey(key: string): void {
  if (platform() === 'win32') return;
  const { mode, uid } = statSync(key);
  const open = mode & OTHERS_MAY;
  if (open === 0 || (uid === ROOT && open === GROUP_READS)) return;
  throw new SurefootError({
    code: 'tls-failed',
    message: `the private key ${key} may be read by others`,
    hint: `chmod 600 ${key}`,
  });
}

function file(named: string | null, home: string | null, usual: string): string | null {
  if (named !== null) return named;
  return home === null ? null : join(home, usual);
}

function read(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new SurefootError({
      code: 'tls-failed',
      message: `the ${what} ${path} can not be read: ${messageOf(error)}`,
      hint: 'Check the path and its permissions.',
      cause: error,
    });
  }
}
