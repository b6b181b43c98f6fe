import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { log, migrate, status, type ProgressEvent } from '../../src/index.ts';
import { LARGE } from '../support/fault-scene.ts';
import { onDatabase } from '../support/postgres.ts';
import { startOwnServer, type OwnServer } from '../support/own-server.ts';
import { projectIn, rejection, type Project } from '../support/project.ts';
import { MAJORS } from '../support/servers.ts';
import { startWireProxy, type WireProxy } from '../support/wire-proxy.ts';

const WHENS = ['before', 'after'] as const;

describe.each([...MAJORS])('a COMMIT whose answer is lost, on PostgreSQL %i', (major) => {
  let server: OwnServer;
  let proxy: WireProxy;
  let root = '';
  let count = 0;
  let direct: Project;
  let through: Project;
  const events: ProgressEvent[] = [];

  beforeAll(async () => {
    server = await startOwnServer(major);
    await server.query('ALTER SYSTEM SET synchronous_commit = on');
    await server.query('SELECT pg_reload_conf()');
    proxy = await startWireProxy(server.target);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });
  beforeEach(async () => {
    count += 1;
    const name = `lost_${String(count)}`;
    await server.query(`CREATE DATABASE ${name}`);
    root = mkdtempSync(join(tmpdir(), 'surefoot-lost-'));
    direct = projectIn(root, 'postgres', onDatabase(server.url, name));
    through = {
      ...direct,
      config: {
        databases: { main: { url: `postgres://postgres@127.0.0.1:${String(proxy.port)}/${name}?sslmode=disable` } },
      },
    };
    for (const version of ['001', '002', '003'])
      direct.migration(`${version}_t`, `CREATE TABLE t${version} (id integer);`, `DROP TABLE t${version};`);
    proxy.retarget(server.target);
    events.length = 0;
    return () => rmSync(root, { recursive: true, force: true });
  });

  /** The index of the message with the COMMIT of 002, from a run on another database that nothing happens to. */
  async function commitMessage(): Promise<number> {
    const name = `look_${String(count)}`;
    await server.query(`CREATE DATABASE ${name}`);
    proxy.arm(null);
    await migrate(
      { databases: { main: { url: `postgres://postgres@127.0.0.1:${String(proxy.port)}/${name}?sslmode=disable` } } },
      direct.options,
    );
    const found = proxy.seen.find(
      ({ side, text }) => side === 'frontend' && /INSERT INTO surefoot\.history .*'002'/su.test(text),
    );
    if (found === undefined) throw new Error('no COMMIT was seen');
    rmSync(join(root, '.surefoot'), { recursive: true, force: true });
    return found.index;
  }

  const run = async (lockWaitMs = 30_000) =>
    migrate(through.config, {
      ...direct.options,
      lockWaitMs,
      onEvent: (event) => {
        events.push(event);
      },
    });
  const states = async (): Promise<readonly string[]> =>
    ((await status(direct.config, direct.options)).databases[0]?.migrations ?? []).map((each) => each.state);
  const entries = async () =>
    ((await log(direct.config, { ...direct.options, check: true })).databases[0]?.runs ?? []).flatMap(
      (each) => each.entries,
    );

  it('but arrived: it is found committed, and the run goes on to its end', async () => {
    proxy.arm({ side: 'frontend', index: await commitMessage(), when: 'after', act: 'cut' });
    const { databases } = await run();
    expect(proxy.struck).toBe(true);
    expect(databases[0]?.steps.map((step) => step.name)).toEqual(['001_t', '002_t', '003_t']);
    const told = await entries();
    expect(told.map(({ event, version }) => [event, version])).toEqual([
      ['run-started', null],
      ['step', '001'],
      ['step', '002'],
      ['reconnected', '002'],
      ['step', '003'],
      ['run-finished', null],
    ]);
    expect(told[3]?.notes[0]).toMatch(
      /It was committed: the server says of transaction \d+: committed; the history holds it/u,
    );
    expect(events.flatMap((event) => (event.type === 'message' ? [event.text] : [])).join('\n')).toContain(
      'the run goes on',
    );
  });

  it('and the line is cut again at each message of the one that asks: it asks once more, and the run goes on', async () => {
    const index = await commitMessage();
    const again = async (message: number | null, when: 'before' | 'after'): Promise<boolean> => {
      const twice = { cut: false };
      proxy.arm({
        side: 'frontend',
        index,
        when: 'after',
        act: () => {
          proxy.cut();
          proxy.arm(message === null ? null : { side: 'frontend', index: message, when, act: 'cut' });
          twice.cut = true;
        },
      });
      const { databases } = await run();
      expect(databases[0]?.steps.map((step) => step.name)).toEqual(['001_t', '002_t', '003_t']);
      return twice.cut && (message === null || proxy.struck);
    };
    expect(await again(null, 'after')).toBe(true);
    const asked = proxy.seen.filter(({ side }) => side === 'frontend');
    const told = asked.findIndex(({ text }) => text.includes('"event":"reconnected"'));
    // What is cut from the journal entry on ends the run, as a cut between two steps does.
    const last = asked.findLastIndex(({ text }, at) => at < told && /FROM surefoot\.history/u.test(text));
    expect(last).toBeGreaterThan(2);
    for (let message = 0; message <= last; message += 1) {
      for (const when of LARGE ? WHENS : WHENS.slice(message % 2, (message % 2) + 1)) {
        await server.query(`DROP DATABASE lost_${String(count)} WITH (FORCE)`);
        await server.query(`CREATE DATABASE lost_${String(count)}`);
        const struck = await again(message, when).catch((error: unknown) => {
          throw new Error(`cut ${when} message ${String(message)} of ${String(last)}`, { cause: error });
        });
        expect([message, when, struck]).toEqual([message, when, true]);
      }
    }
  });

  it('and never arrived: it is found aborted, told so, and the next run goes on', async () => {
    proxy.arm({ side: 'frontend', index: await commitMessage(), when: 'before', act: 'cut' });
    const error = await rejection(run());
    expect(error).toMatchObject({ code: 'connection-lost', exitCode: 3, context: { resolved: 'aborted' } });
    expect(error.message).toMatch(
      /It was not committed: the server says of transaction \d+: aborted; the history does not hold it/u,
    );
    expect(error.hint).toBe('Run surefoot migrate main again to go on with it.');
    expect(await states()).toEqual(['applied', 'pending', 'pending']);
    await migrate(direct.config, direct.options);
    expect(await states()).toEqual(['applied', 'applied', 'applied']);
    expect((await entries()).filter((each) => each.outcome === 'failed').map((each) => each.error?.code)).toEqual([
      'connection-lost',
      'connection-lost',
    ]);
  });

  it('and the server is gone: it says that it does not know yet, and the next run knows', async () => {
    proxy.arm({
      side: 'frontend',
      index: await commitMessage(),
      when: 'after',
      act: () => {
        proxy.retarget({ host: '127.0.0.1', port: 1 });
        proxy.cut();
      },
    });
    const error = await rejection(run(300));
    expect(error).toMatchObject({ code: 'commit-unknown', exitCode: 3 });
    expect(error.message).toContain('either in place whole or not at all');
    expect(error.message).not.toMatch(/dirty|by hand/u);
    expect(await states()).toEqual(['applied', 'applied', 'pending']);
    await migrate(direct.config, direct.options);
    expect(await states()).toEqual(['applied', 'applied', 'applied']);
    expect((await entries()).find((each) => each.error?.code === 'commit-unknown')).toBeDefined();
  });

  it('while it waits for a standby: told as still being committed', async () => {
    // Read in mid-step: from then on every COMMIT waits for somebody who never comes.
    direct.migration(
      '002_t',
      'CREATE TABLE t002 (id integer);\nSELECT pg_reload_conf();\nSELECT pg_sleep(0.5);',
      'DROP TABLE t002;',
    );
    const index = await commitMessage();
    await server.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    proxy.arm({ side: 'frontend', index, when: 'after', act: 'cut' });
    const error = await rejection(run(1_500));
    expect(error).toMatchObject({ code: 'commit-pending', exitCode: 3 });
    expect(error.message).toMatch(/the server says of transaction \d+: in progress/u);
    await server.query('ALTER SYSTEM RESET synchronous_standby_names');
    await server.query('SELECT pg_reload_conf()');
    await migrate(direct.config, direct.options);
    expect(await states()).toEqual(['applied', 'applied', 'applied']);
  });

  it('in a failover to a server that never got it: the history there decides', async () => {
    const index = await commitMessage();
    await server.stop();
    const standby = server.copy();
    standby.makeStandby();
    await standby.start();
    await standby.query('SELECT pg_promote()');
    await server.start();
    try {
      proxy.arm({
        side: 'frontend',
        index,
        when: 'after',
        act: () => {
          proxy.retarget(standby.target);
          proxy.cut();
        },
      });
      const error = await rejection(run());
      expect(error).toMatchObject({ code: 'connection-lost', context: { resolved: 'aborted' } });
      expect(error.message).toMatch(
        /the server went over from timeline 1 to 2, so transaction \d+ means nothing here; the history does not hold it/u,
      );
    } finally {
      await standby.close();
    }
    expect(await states()).toEqual(['applied', 'applied', 'pending']);
  });
});
