/** The program of a test's child process: one command of somebody who uses the embedded server. */
import { writeFileSync } from 'node:fs';
import postgres from 'postgres';
import { tryLock } from '../../../src/adapters/embedded-postgres/lock.ts';
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

/** Adds one to a number in a file, many times, in a way that loses some when two do it at once. */
async function count({ root, times = 1 }: ClientTask): Promise<void> {
  const { readFileSync } = await import('node:fs');
  for (let done = 0; done < times;) {
    const lock = tryLock(`${root}/lock`);
    if (lock === null) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
      continue;
    }
    const value = Number(readFileSync(`${root}/number`, 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 2));
    writeFileSync(`${root}/number`, String(value + 1));
    writeFileSync(`${root}/counted-${process.pid}`, '.', { flag: 'a' });
    lock.release();
    done += 1;
  }
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
