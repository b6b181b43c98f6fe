import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { log, migrate, rollback, status, type Config, type ProgressEvent } from '../../src/index.ts';
import { parseConnection } from '../../src/adapters/postgres/index.ts';
import { splitStatements } from '../../src/sql/index.ts';
import { connectTo } from '../support/connect-to.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';
import { startProxy, type Proxy } from '../support/proxy.ts';

const STEPS = 4;
/** Long enough that a busy machine does not split what is sent in one go. */
const QUIET_MS = 60;

function steps(project: Project, count: number): void {
  for (let number = 1; number <= count; number += 1) {
    const id = String(number).padStart(3, '0');
    project.migration(
      `${id}_item`,
      `CREATE TABLE item_${id} (id integer PRIMARY KEY);\nINSERT INTO item_${id} VALUES (1);\n`,
      `DROP TABLE item_${id};\n`,
      `-- @check item_${id} has its row\n-- @expect value = 1\nSELECT count(*) FROM item_${id};\n`,
    );
  }
}

const states = async (project: Project): Promise<readonly string[]> =>
  (await status(project.config, project.options)).databases[0]?.migrations.map(({ state }) => state) ?? [];

/** What happened, as `started 001_item`, without the rest of the events. */
function storyOf(events: readonly ProgressEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.type.startsWith('step-') && 'name' in event ? [`${event.type} ${event.name}`] : [],
  );
}

describe('on PostgreSQL', () => {
  it('a step with change, checks and records costs one round trip, and few messages', () =>
    throughProxy(async (project, config, proxy) => {
      steps(project, 1);
      await migrate(project.config, project.options);
      steps(project, 1 + STEPS);
      const apart = STEPS - 1;
      // What comes before the first step and after the last is the same for any number of them.
      const between = (from: string, to: string): { trips: number; onEvent: (event: ProgressEvent) => void } => {
        const counted = {
          trips: 0,
          onEvent: (event: ProgressEvent) => {
            if (event.type === 'step-finished' && [from, to].includes(event.name))
              counted.trips = proxy.takeRoundTrips();
          },
        };
        return counted;
      };
      const opens = (text: string, index: number): readonly number[] =>
        /^BEGIN; (?:SELECT|EXECUTE)/.test(text) ? [index] : [];

      proxy.takeQueries();
      const up = between('002_item', '005_item');
      await migrate(config, { ...project.options, onEvent: up.onEvent });
      const sent = proxy.takeQueries();
      const opened = sent.flatMap(opens);
      expect(opened).toHaveLength(STEPS);
      expect(up.trips).toBe(apart);
      expect((opened[apart] ?? 0) - (opened[0] ?? 0)).toBe(apart * 7);
      expect(
        sent.slice(opened[0], opened[1]).map((text) => splitStatements('postgres', text, 'sent').statements.length),
      ).toEqual([4, 1, 1, 5, 1, 1, 4]);

      const down = between('005_item', '002_item');
      await rollback(config, { ...project.options, to: '001', onEvent: down.onEvent });
      const back = proxy.takeQueries().flatMap(opens);
      expect(back).toHaveLength(STEPS);
      expect(down.trips).toBe(apart);
      expect((back[apart] ?? 0) - (back[0] ?? 0)).toBe(apart * 4);
    }));

  it('a commit whose answer is lost is found, and the step that travelled behind it is done once', () =>
    throughProxy(async (project, config, proxy) => {
      steps(project, 4);
      // The server has it, and its answer is still held back.
      proxy.whenSent(/'002'.*COMMIT$/su, () => void setTimeout(proxy.cut, QUIET_MS / 2));
      const events: ProgressEvent[] = [];
      await migrate(config, { ...project.options, onEvent: (event) => events.push(event) });
      expect(storyOf(events).map((told) => told.replace('step-', '').replace('_item', ''))).toEqual(
        ['001', '002', '003', '004'].flatMap((version) => [`started ${version}`, `finished ${version}`]),
      );
      expect(await states(project)).toEqual(['applied', 'applied', 'applied', 'applied']);
      expect(await project.query('SELECT count(*)::integer AS rows FROM item_003')).toEqual([{ rows: 1 }]);
      const told = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(told?.chain).toMatchObject({ intact: true });
      expect(told?.runs.at(-1)?.entries.map(({ event, version }) => [event, version].join(' '))).toEqual([
        'run-started ',
        'step 001',
        'step 002',
        'reconnected 002',
        'step 003',
        'step 004',
        'run-finished ',
      ]);
    }));

  it('tells that a step is committed while the next one is at work', () =>
    withProject('postgres', async (project) => {
      steps(project, 1);
      project.migration('002_waits', '-- @lock-timeout 20s\nSELECT pg_advisory_xact_lock(7);\n', 'SELECT 1;\n');
      const other = connectTo(project.url, 1);
      try {
        await other`SELECT pg_advisory_lock(7)`;
        let seen: unknown = null;
        const events: ProgressEvent[] = [];
        await migrate(project.config, {
          ...project.options,
          onEvent: (event) => {
            events.push(event);
            if (event.type !== 'step-finished' || event.name !== '001_item') return;
            void (async () => {
              seen = await other`SELECT version FROM surefoot.history`;
              await other`SELECT pg_advisory_unlock(7)`;
            })();
          },
        });
        expect(seen).toEqual([{ version: '001' }]);
        expect(storyOf(events)).toEqual([
          'step-started 001_item',
          'step-finished 001_item',
          'step-started 002_waits',
          'step-finished 002_waits',
        ]);
      } finally {
        await other.end();
      }
    }));

  it('a commit that met a serialization conflict is tried again, with its step, before the next one', () =>
    withProject('postgres', async (project) => {
      steps(project, 1);
      await migrate(project.config, project.options);
      const other = connectTo(project.url, 1);
      await other.unsafe(`
        CREATE SEQUENCE times;
        CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF nextval('times') = 1 THEN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER conflict AFTER INSERT ON surefoot.journal FOR EACH ROW
          WHEN (NEW.version = '003' AND NEW.outcome = 'succeeded') EXECUTE FUNCTION conflict();`);
      await other.end();
      steps(project, 4);
      await migrate(project.config, project.options);
      expect(await states(project)).toEqual(['applied', 'applied', 'applied', 'applied']);
      const told = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(told?.chain).toMatchObject({ intact: true });
      expect(told?.runs.at(-1)?.entries.map(({ event, version }) => [event, version].join(' '))).toEqual([
        'run-started ',
        'step 002',
        'retried 003',
        'step 003',
        'step 004',
        'run-finished ',
      ]);
    }));

  it('a commit that is refused takes back what travelled behind it', () =>
    withProject('postgres', async (project) => {
      steps(project, 1);
      await migrate(project.config, project.options);
      // Deferred again after surefoot has made constraints speak, so that nothing but COMMIT itself fails.
      const other = connectTo(project.url, 1);
      await other.unsafe(`
        CREATE TABLE parent (id integer PRIMARY KEY);
        CREATE TABLE child (id integer REFERENCES parent DEFERRABLE);
        CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          SET CONSTRAINTS ALL DEFERRED;
          INSERT INTO child VALUES (1);
          RETURN NEW;
        END $$;
        CREATE TRIGGER spoil AFTER INSERT ON surefoot.journal FOR EACH ROW
          WHEN (NEW.version = '003' AND NEW.outcome = 'succeeded') EXECUTE FUNCTION spoil();`);
      await other.end();
      steps(project, 5);
      await refusedAtThird(project, '23503');
    }));
});

describe.each(ENGINES)('on %s', (engine) => {
  it('a record that is refused takes back what travelled behind it', () =>
    withProject(engine, async (project) => {
      steps(project, 1);
      await migrate(project.config, project.options);
      await spoilRecord(project);
      steps(project, 5);
      await refusedAtThird(project, engine === 'postgres' ? 'P0001' : 'SQLITE_CONSTRAINT_TRIGGER');
    }));

  it('the last step is committed too, and a listener that throws commits nothing by accident', () =>
    withProject(engine, async (project) => {
      steps(project, 4);
      // On PostgreSQL the listener is told while this one is still at work.
      if (engine === 'postgres')
        project.migration(
          '003_item',
          'CREATE TABLE item_003 (id integer);\nINSERT INTO item_003 VALUES (1);\nSELECT pg_sleep(0.3);\n',
          'DROP TABLE item_003;\n',
        );
      const error = new Error('the listener broke');
      await expect(
        migrate(project.config, {
          ...project.options,
          onEvent: (event) => {
            if (event.type === 'step-finished' && event.name === '002_item') throw error;
          },
        }),
      ).rejects.toThrow(error);
      expect(await states(project)).toEqual(['applied', 'applied', 'pending', 'pending']);
      await migrate(project.config, project.options);
      expect(await states(project)).toEqual(['applied', 'applied', 'applied', 'applied']);
      expect((await log(project.config, { ...project.options, check: true })).databases[0]?.chain).toMatchObject({
        intact: true,
      });
    }));

  it('an interruption between two steps leaves the first committed', () =>
    withProject(engine, async (project) => {
      steps(project, 3);
      const controller = new AbortController();
      const failed = await rejection(
        migrate(project.config, {
          ...project.options,
          signal: controller.signal,
          onEvent: (event) => {
            if (event.type === 'step-finished' && event.name === '001_item') controller.abort();
          },
        }),
      );
      expect(failed.code).toBe('interrupted');
      const after = await states(project);
      expect(after[0]).toBe('applied');
      expect(after[2]).toBe('pending');
    }));
});

async function refusedAtThird(project: Project, sqlState: string): Promise<void> {
  const events: ProgressEvent[] = [];
  const failed = await rejection(
    migrate(project.config, { ...project.options, onEvent: (event) => events.push(event) }),
  );
  expect(failed.message).toContain('committing 003_item (nothing was changed)');
  expect(failed.context).toMatchObject({ sqlState });
  expect(storyOf(events)).toEqual([
    'step-started 002_item',
    'step-finished 002_item',
    'step-started 003_item',
    'step-failed 003_item',
  ]);
  expect(await states(project)).toEqual(['applied', 'applied', 'pending', 'pending', 'pending']);
  for (const table of ['item_003', 'item_004'])
    await expect(project.query(`SELECT * FROM ${table}`)).rejects.toThrow(table);
  const told = (await log(project.config, { ...project.options, check: true })).databases[0];
  expect(told?.chain).toMatchObject({ intact: true });
  expect(told?.runs.at(-1)?.entries.map(({ event, version, outcome }) => [event, version, outcome].join(' '))).toEqual([
    'run-started  started',
    'step 002 succeeded',
    'step 003 failed',
    'run-finished  failed',
  ]);
}

async function spoilRecord(project: Project): Promise<void> {
  const when = "WHEN (NEW.version = '003' AND NEW.outcome = 'succeeded')";
  if (project.engine === 'sqlite') {
    const database = new Database(join(project.root, 'main.db'));
    database.exec(
      `CREATE TRIGGER spoil AFTER INSERT ON surefoot_journal ${when} BEGIN SELECT raise(ABORT, 'spoilt'); END`,
    );
    database.close();
    return;
  }
  const other = connectTo(project.url, 1);
  await other.unsafe(`
    CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'spoilt'; END $$;
    CREATE TRIGGER spoil AFTER INSERT ON surefoot.journal FOR EACH ROW ${when} EXECUTE FUNCTION spoil();`);
  await other.end();
}

async function throughProxy(work: (project: Project, config: Config, proxy: Proxy) => Promise<void>): Promise<void> {
  await withProject('postgres', async (project) => {
    const { hosts, user, password, database } = parseConnection(project.url, {});
    const [host] = hosts;
    if (host === undefined) throw new Error('no host');
    const proxy = await startProxy(
      host.host.startsWith('/')
        ? { path: `${host.host}/.s.PGSQL.${String(host.port)}` }
        : { host: host.host, port: host.port },
      QUIET_MS,
    );
    const login = [user, password ?? ''].map(encodeURIComponent).join(':');
    const url = `postgres://${login}@127.0.0.1:${String(proxy.port)}/${encodeURIComponent(database)}?sslmode=disable`;
    try {
      await work(project, { databases: { main: { url } } }, proxy);
    } finally {
      await proxy.close();
    }
  });
}
