import { randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { inject } from 'vitest';
import { connectTo, onDatabase } from './connect-to.ts';
import type { MAJORS, TestServer } from './servers.ts';

export { connectTo, onDatabase } from './connect-to.ts';

/** The servers of this test run, newest first. */
export function testServers(): readonly TestServer[] {
  return [...inject('postgresServers')].toSorted((a, b) => b.major - a.major);
}

/** Lends a fresh, empty database and drops it afterwards, whoever is still connected to it. `major`: the newest by default. */
export async function withTestDatabase(
  work: (url: string, sql: postgres.Sql) => Promise<void>,
  options: { readonly major?: (typeof MAJORS)[number] | number } = {},
): Promise<void> {
  const server = serverOf(options.major);
  const name = `surefoot_test_${randomBytes(6).toString('hex')}`;
  const admin = connectTo(server.url, 1);
  try {
    // Copying the files is several times faster than writing them through the log, where nothing is synced to disk.
    const strategy = server.major >= 15 ? ' STRATEGY file_copy' : '';
    await admin.unsafe(`CREATE DATABASE ${name} TEMPLATE template0${strategy}`);
    const url = onDatabase(server.url, name);
    const sql = connectTo(url);
    try {
      await work(url, sql);
    } finally {
      await sql.end({ timeout: 5 });
      await admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
  } finally {
    await admin.end({ timeout: 5 });
  }
}

function serverOf(major: number | undefined): TestServer {
  const servers = testServers();
  const found = major === undefined ? servers[0] : servers.find((server) => server.major === major);
  if (found === undefined)
    throw new Error(
      `no test server of PostgreSQL ${String(major ?? '')}; there are ${servers.map((server) => server.major).join(', ')}`,
    );
  return found;
}
