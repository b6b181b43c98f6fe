/** The program of a test's child process: one command of somebody who uses the embedded server. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { tryLock } from '../../../src/adapters/embedded-postgres/lock.ts';
import { pidSpace } from '../../../src/adapters/embedded-postgres/processes.ts';
import { isSurefootError } from '../../../src/model/errors.ts';
import { installedMajors, stopServer, type EmbeddedServer } from '../../../src/adapters/embedded-postgres/index.ts';
import { bringServer, TUNING, type Tuning } from '../../../src/adapters/embedded-postgres/server.ts';
import { openThrowAway } from '../../../src/adapters/embedded-postgres/throw-away.ts';

export interface ClientTask {
  /** `query` and `hold` bring the server up first; `hold` stays connected, after running `sql` without waiting. */
  readonly act: 'ensure' | 'query' | 'hold' | 'throw-away' | 'close' | 'stop' | 'majors' | 'count';
  readonly root: string;
  readonly from: string;
  readonly major?: number;
  readonly sql?: string;
  readonly times?: number;
  readonly tuning?: Partial<Tuning>;
}

function connectTo(server: EmbeddedServer): postgres.Sql {
  const { socketDirectory: host, port, user, password } = server;
  return postgres({ host, port, user, database: 'postgres', max: 1, onnotice: () => {}, password: password ?? '' });
}

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/**
 * Adds one to a number in a file, many times, in a way that loses some when two do it at once. Every other time it
 * lets go of the lock as a killed process does: its record stays, and names a process that is not there.
 */
async function count({ root, times = 1 }: ClientTask): Promise<void> {
  const folder = join(root, 'lock');
  for (let done = 0; done < times;) {
    const lock = tryLock(folder);
    if (lock === null) {
      await sleep(Math.random() * 4);
      continue;
    }
    const value = Number(readFileSync(join(root, 'number'), 'utf8'));
    await sleep(Math.random() * 2);
    writeFileSync(join(root, 'number'), String(value + 1));
    writeFileSync(join(root, `counted-${process.pid}`), '.', { flag: 'a' });
    done += 1;
    if (done % 2 === 0) lock.release();
    else abandon(folder);
  }
}

function abandon(folder: string): void {
  const numbers = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  const file = join(folder, String(Math.max(...numbers.map(Number))));
  const dead = { pid: 4_194_303, started: '1', space: pidSpace(), since: '' };
  writeFileSync(`${file}.dead`, JSON.stringify(dead));
  renameSync(`${file}.dead`, file);
}

async function run(task: ClientTask): Promise<void> {
  const tuning = { ...TUNING, ...task.tuning };
  const { act, from, root, sql = 'select 1 as one' } = task;
  const options = { root, from, major: task.major };
  if (act === 'count') return count(task);
  if (act === 'majors') return say(installedMajors(from));
  if (act === 'stop') return stopServer(root);
  if (act === 'throw-away') {
    const { close: _, ...server } = await openThrowAway(options, tuning);
    say(server);
    return new Promise(() => setInterval(() => {}, 60_000));
  }
  if (act === 'close') {
    const { close } = await openThrowAway(options, tuning);
    await close();
    return say({ closed: true });
  }
  const server = await bringServer(options, tuning);
  if (act === 'ensure') return say(server);
  const db = connectTo(server);
  if (act === 'hold') {
    await db`select 1`;
    db.unsafe(sql).catch(() => {});
    say(server);
    return new Promise(() => setInterval(() => {}, 60_000));
  }
  say({ server, rows: await db.unsafe(sql) });
  await db.end();
}

run(JSON.parse(process.argv[2] ?? '{}')).catch((error: unknown) => {
  say(isSurefootError(error) ? error.toJSON() : { error: { code: 'other', message: String(error) } });
  process.exitCode = 3;
});
