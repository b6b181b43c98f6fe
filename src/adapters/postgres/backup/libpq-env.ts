import type { ConnectionSettings } from '../connection.ts';

/** The settings as libpq reads them from its environment, for its own programs: a password is never an argument. */
export function libpqEnvironment(settings: ConnectionSettings): Readonly<Record<string, string>> {
  const { hosts, tls } = settings;
  const addresses = hosts.map((host) => host.address ?? '');
  const values: Record<string, string | null> = {
    PGHOST: hosts.map((host) => host.host).join(','),
    PGHOSTADDR: addresses.some((address) => address !== '') ? addresses.join(',') : null,
    PGPORT: hosts.map((host) => String(host.port)).join(','),
    PGUSER: settings.user,
    PGDATABASE: settings.database,
    PGPASSWORD: settings.password,
    PGPASSFILE: settings.password === null ? settings.passwordFile : null,
    PGOPTIONS: settings.options,
    PGTARGETSESSIONATTRS: settings.attributes === 'any' ? null : settings.attributes,
    PGCONNECT_TIMEOUT:
      settings.connectTimeoutMs === null ? null : String(Math.max(1, Math.ceil(settings.connectTimeoutMs / 1000))),
    PGSSLMODE: tls.mode,
    PGSSLROOTCERT: tls.rootCertificate,
    PGSSLCERT: tls.certificate,
    PGSSLKEY: tls.key,
    PGSSLCRL: tls.revocationList,
    PGSSLSNI: tls.sendName ? null : '0',
    PGSSLMINPROTOCOLVERSION: tls.minVersion,
    PGSSLMAXPROTOCOLVERSION: tls.maxVersion,
    PGAPPNAME: 'surefoot backup',
  };
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** The argument that names a database whatever its name holds, and nothing else. */
export function databaseArgument(name: string): string {
  return `--dbname=dbname='${name.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
}
