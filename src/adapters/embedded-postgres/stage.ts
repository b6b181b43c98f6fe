import { randomBytes } from 'node:crypto';
import { SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Database } from '../../ports/database.ts';
import type { Session } from '../../ports/session.ts';
import type { ShadowStage } from '../../ports/shadow.ts';

/** A server on which shadows are made. */
export interface StageServer {
  readonly major: number;
  /** A database from which others are made and dropped. */
  readonly maintenance: string;
  open(database: string): Database;
  /** Nobody else is on it: what its databases share is put back to the beginning. */
  readonly alone: boolean;
  close(): Promise<void>;
}

export interface StageParts {
  /** Starts another server of the same version, or claims one; names of shadows hold the token, eight hexadecimal digits. */
  readonly start: (token: string) => Promise<StageServer>;
}

export const SHADOW_PREFIX = 'surefoot_shadow_';
/** Server versions from here on copy the files of a template; before, they did nothing else. */
const NAMES_STRATEGY = 15;

const SHARED = `SELECT coalesce(pg_catalog.string_agg(line, E'\\n' ORDER BY line), '') AS state FROM (
  SELECT 'role ' || r.rolname || ' ' || (pg_catalog.to_jsonb(r) - 'oid')::text AS line FROM pg_catalog.pg_authid AS r
  UNION ALL SELECT 'member ' || pg_catalog.pg_get_userbyid(m.roleid) || ' ' || pg_catalog.pg_get_userbyid(m.member) || ' ' || m.admin_option::text FROM pg_catalog.pg_auth_members AS m
  UNION ALL SELECT 'setting ' || s.setrole::text || ' ' || s.setconfig::text FROM pg_catalog.pg_db_role_setting AS s WHERE s.setdatabase = 0
  UNION ALL SELECT 'tablespace ' || t.spcname FROM pg_catalog.pg_tablespace AS t
  UNION ALL SELECT 'comment ' || d.description FROM pg_catalog.pg_shdescription AS d WHERE d.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass
) AS shared`;

/** A table that somebody has locked already is left out, and what was locked by its own block stays so. */
const LOCK_ALL = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('surefoot', 'information_schema') AND n.nspname !~ '^pg_' LOOP
    BEGIN EXECUTE 'LOCK TABLE ONLY ' || name || ' IN ACCESS EXCLUSIVE MODE NOWAIT'; EXCEPTION WHEN lock_not_available THEN NULL; END;
  END LOOP; END $$`;

/** Lends a stage on a throw-away server, and closes whichever server it ends on. */
export async function withPostgresStage<T>(parts: StageParts, work: (stage: ShadowStage) => Promise<T>): Promise<T> {
  const token = randomBytes(4).toString('hex');
  const state = { server: await parts.start(token), count: 0, initial: '' };
  const names = new Map<Database, string>();

  const administer = async <R>(run: (session: Session) => Promise<R>): Promise<R> => {
    const session = await state.server
      .open(state.server.maintenance)
      .connect({ create: false, label: 'surefoot shadow' });
    try {
      return await run(session);
    } finally {
      await session.close();
    }
  };
  const sharedState = async (): Promise<string> =>
    state.server.alone ? administer(async (session) => String((await session.query(SHARED))[0]?.['state'] ?? '')) : '';

  const stage: ShadowStage = {
    server: String(state.server.major),
    make: async (copyOf) => {
      state.count += 1;
      const name = `${SHADOW_PREFIX}${token}_${String(state.count)}`;
      const template = copyOf === undefined ? 'template0' : names.get(copyOf);
      if (template === undefined) throw new SurefootError({ code: 'internal', message: 'not a shadow of this stage' });
      const strategy = state.server.major >= NAMES_STRATEGY ? ' STRATEGY file_copy' : '';
      await administer(async (session) => run(session, `CREATE DATABASE ${name} TEMPLATE ${template}${strategy}`));
      const database = asserted(state.server.open(name), name);
      names.set(database, name);
      return database;
    },
    drop: async (shadow) => {
      const name = names.get(shadow);
      if (name === undefined) return;
      names.delete(shadow);
      await administer(async (session) => run(session, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
    sharedState,
    kill: async (shadow, session) => {
      const text = session.backend === null ? null : shadow.dialect.terminate(session.backend);
      if (text !== null) await administer(async (other) => run(other, text));
    },
    obstruct: async (shadow) => {
      const session = await shadow.connect({ create: false, label: 'surefoot in the way' });
      await run(session, 'BEGIN');
      await run(session, LOCK_ALL);
      return { release: async () => session.close() };
    },
    resetShared: async () => {
      if ((await sharedState()) === state.initial) return;
      await administer(dropAddedRoles);
      if ((await sharedState()) === state.initial) return;
      await state.server.close();
      state.server = await parts.start(token);
    },
  };
  try {
    state.initial = await sharedState();
    return await work(stage);
  } finally {
    if (!state.server.alone) await dropAll(administer, names.values());
    await state.server.close();
  }
}

/** Of the roles that initdb makes, only the first has a number that is given later. */
async function dropAddedRoles(session: Session): Promise<void> {
  const rows = await session.query(
    'SELECT pg_catalog.quote_ident(rolname) AS name FROM pg_catalog.pg_roles WHERE oid >= 16384',
  );
  await session.batch(rows.map(({ name }) => ({ text: `DROP ROLE ${String(name)}`, tolerate: true })));
}

/** What can not be dropped now is dropped by the next run. */
async function dropAll(
  administer: (run: (session: Session) => Promise<void>) => Promise<void>,
  names: Iterable<string>,
): Promise<void> {
  const texts = [...names].map((name) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  if (texts.length === 0) return;
  await administer(async (session) => {
    for (const text of texts) await session.batch([{ text, tolerate: true }]);
  });
}

/** The same database, whose sessions are handed out only once they have been seen to be on it. */
function asserted(database: Database, name: string): Database {
  return {
    ...database,
    connect: async (options) => {
      const session = await database.connect(options);
      const [row] = await session.query('SELECT pg_catalog.current_database() AS name');
      if (row?.['name'] === name) return session;
      await session.close();
      throw new SurefootError({
        code: 'shadow-foreign',
        message: `the connection to the shadow ${name} reached the database ${String(row?.['name'])}; nothing was written`,
        hint: 'Run the command again; if it happens again, look for a proxy between surefoot and its shadow.',
      });
    },
  };
}

async function run(session: Session, text: string): Promise<void> {
  const [outcome] = await session.batch([{ text }]);
  if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, 'making a shadow');
}
