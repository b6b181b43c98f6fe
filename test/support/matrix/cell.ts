import { expect } from 'vitest';
import { differences, fingerprint } from '../../../scripts/fingerprint.mjs';
import { inspect, log, migrate, redo, rollback, type CallOptions, type LogResult } from '../../../src/index.ts';
import { rejection, type Project } from '../project.ts';
import { runAt } from '../schema.ts';
import { NOTHING, type Fault, type Rest } from './faults.ts';
import { render, sidesOf, type Direction, type Engine, type Kind, type Middle } from './kinds.ts';
import { KINDS } from './kinds.ts';
import type { Stage, Way } from './ways.ts';

/** One kind of step that fails in one way under one command. */
export interface Cell {
  readonly kind: Kind;
  readonly way: Way;
  readonly fault: Fault;
}

interface State {
  readonly objects: ReadonlyMap<string, string>;
  readonly history: readonly string[];
  /** Of the step outside a transaction. */
  readonly done: number | null;
}

/** Objects with each version applied last, and with the step half-way. */
export interface Truth {
  readonly empty: State['objects'];
  readonly stages: Readonly<Record<Stage, State['objects']>>;
  /** After none of its statements, one, two. */
  readonly midway: Readonly<Record<Direction, readonly State['objects'][]>>;
}

const STAGES: readonly Stage[] = ['001', '002', '003', '004'];
/** Nobody else is there: whoever has to wait for the lock found one that was not given back. */
const FREE: CallOptions = { lockWaitMs: 0 };
const NAMES: Readonly<Record<Stage, string>> = {
  '001': '001_base',
  '002': '002_ahead',
  '003': '003_step',
  '004': '004_behind',
};

function writeProject(project: Project, { kind, way, fault }: Cell, cured: boolean): void {
  const middle = fault.curedBy === 'file' && cured ? NOTHING : fault.middle(project.engine, way.direction);
  project.migration(
    NAMES['001'],
    `CREATE TABLE ran (mark text PRIMARY KEY);
CREATE TABLE traps (id integer);
CREATE TABLE items (id integer PRIMARY KEY, note text NOT NULL);
INSERT INTO items VALUES (1, 'one'), (2, 'two');
CREATE TABLE parents (id integer PRIMARY KEY);
INSERT INTO parents VALUES (1), (2);
CREATE TABLE children (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES parents ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
INSERT INTO children VALUES (1, 1), (2, 2);`,
    'DROP TABLE children;\nDROP TABLE parents;\nDROP TABLE items;\nDROP TABLE traps;\nDROP TABLE ran;',
  );
  project.write('items.csv', 'id,note\n1000,a\n1001,b\n1002,too,many\n');
  project.migration(NAMES['002'], 'CREATE TABLE ahead (id integer);', 'DROP TABLE ahead;');
  project.migration(NAMES['004'], 'CREATE TABLE behind (id integer);', 'DROP TABLE behind;');
  writeStep(project, kind, way.direction, middle, fault.curedBy === 'file' && cured ? null : fault.check);
}

function writeStep(project: Project, kind: Kind, direction: Direction, middle: Middle, check: string | null): void {
  const end = kind.language;
  for (const each of ['up', 'down'] as const) {
    if (each === 'down' && kind.irreversible) continue;
    const { text } = render(kind, each, each === direction ? middle : NOTHING);
    project.write(pathOf(kind, each), text);
  }
  const ahead = '-- @check the items are there\n-- @when before\n-- @expect rows >= 2\nSELECT id FROM items;\n';
  project.write(
    `verify/${NAMES['003']}.sql`,
    `-- @check it was made\n-- @expect rows = 0\nSELECT * FROM made;\n${kind.checkBefore ? ahead : ''}${check ?? ''}`,
  );
  expect(end).toMatch(/^(?:sql|ts)$/u);
}

function pathOf({ language }: Kind, direction: Direction): string {
  return `${direction === 'up' ? 'migrations' : 'rollbacks'}/${NAMES['003']}.${language}`;
}

async function readState(project: Project): Promise<State> {
  return inspect(project.config, project.options, async (sql) => {
    const prefix = project.engine === 'sqlite' ? 'surefoot_' : 'surefoot.';
    const rows = await sql.query(
      `SELECT version, name, kind, state, direction, statements_done AS done FROM ${prefix}history ORDER BY version`,
    );
    const objects = new Map<string, string>(await fingerprint(project.engine, sql));
    for (const name of objects.keys()) if (name.startsWith('rows of') && name.endsWith('traps')) objects.delete(name);
    return {
      objects,
      history: rows.map(({ version, name, kind, state, direction }) =>
        [version, name, kind, state, direction].map(String).join(' '),
      ),
      done: rows.map(({ done }) => (done === null ? null : Number(done))).find((done) => done !== null) ?? null,
    };
  });
}

const appliedTo = (stage: Stage): readonly string[] =>
  STAGES.filter((each) => each <= stage).map((each) => `${each} ${NAMES[each]} migration applied up`);

/** What a run that nothing happens to leaves, stage by stage. */
export async function readTruth(project: Project): Promise<Truth> {
  const [kind] = KINDS;
  if (kind === undefined) throw new Error('there are no kinds');
  const objects = async (): Promise<State['objects']> => (await readState(project)).objects;
  const to = async (stage: string): Promise<State['objects']> => {
    await migrate(project.config, { ...project.options, to: stage });
    return objects();
  };
  writeStep(project, kind, 'up', NOTHING, null);
  const cell = {
    kind,
    way: { direction: 'up' } as Way,
    fault: { middle: () => NOTHING, check: null } as unknown as Fault,
  };
  writeProject(project, cell, false);
  await to('001');
  await rollback(project.config, { ...project.options, to: '0' });
  const empty = await objects();
  await to('001');
  await runAt(project.url, ["INSERT INTO items VALUES (77, 'theirs')"]);
  const one = await objects();
  const two = await to('002');
  const oneByOne = async (direction: Direction): Promise<readonly State['objects'][]> => {
    const states = [await objects()];
    for (const text of sidesOf(kind, direction).ahead) {
      await runAt(project.url, [text]);
      states.push(await objects());
    }
    return states;
  };
  const up = await oneByOne('up');
  await runAt(project.url, ["DELETE FROM ran WHERE mark = 'a'", 'DROP TABLE made']);
  const three = await to('003');
  const four = await to('004');
  await rollback(project.config, project.options);
  const down = await oneByOne('down');
  return {
    empty,
    stages: { '001': one, '002': two, '003': three, '004': four },
    midway: { up, down },
  };
}

/** Has the step fail, and holds the product to what it promises. */
export async function runCell(project: Project, truth: Truth, cell: Cell): Promise<void> {
  const { way, fault, kind } = cell;
  writeProject(project, cell, false);
  await migrate(project.config, { ...project.options, to: '001' });
  await runAt(project.url, ["INSERT INTO items VALUES (77, 'theirs')"]);
  if (way.from !== '001') await migrate(project.config, { ...project.options, to: way.from });
  await runAt(project.url, ['INSERT INTO traps VALUES (1)']);
  if (way.stored) for (const path of stepFiles(kind)) project.remove(path);
  const before = await journalOf(project);

  const error = await fail(project, cell);
  const rest = kind.apart ? fault.leaves.apart : fault.leaves.inside;
  const { done } = await expectState(project, truth, cell, rest);
  expectTold(cell, error, rest, done);
  if (!fault.cuts || way.dry) expectJournal(await journalOf(project), before, cell, error.code);

  await runAt(project.url, ['DELETE FROM traps']);
  if (fault.curedBy === 'file') writeProject(project, cell, true);
  await goOn(project, way, error);
  const end = await readState(project);
  expect(differences(truth.stages[way.ends], end.objects)).toEqual([]);
  expect(end.history).toEqual(appliedTo(way.ends));
  if (kind.irreversible) return;
  if (way.stored) writeProject(project, cell, true);
  await rollback(project.config, { ...project.options, ...FREE, to: '0' });
  expect(differences(truth.empty, (await readState(project)).objects)).toEqual([]);
  if (fault.cuts && !way.dry) expectJournal(await journalOf(project), before, cell, error.code);
}

const stepFiles = (kind: Kind): readonly string[] => [
  pathOf(kind, 'up'),
  pathOf(kind, 'down'),
  `verify/${NAMES['003']}.sql`,
];

type Failure = Awaited<ReturnType<typeof rejection>>;

async function fail(project: Project, { way, fault }: Cell): Promise<Failure> {
  const stop = new AbortController();
  return rejection(
    way.run(project, {
      ...FREE,
      signal: stop.signal,
      onEvent: (event) => {
        if (fault.abortsOn === null) return;
        // On SQLite nothing is heard while a statement runs: the signal comes when the loop has its next turn.
        if (project.engine === 'sqlite' && event.type === 'step-started' && isStep(event, way.direction))
          setImmediate(() => stop.abort());
        if (event.type === 'progress' || (event.type === 'message' && event.text.includes(fault.abortsOn)))
          stop.abort();
      },
    }),
  );
}

const isStep = (event: { readonly name: string; readonly direction: string }, direction: Direction): boolean =>
  event.name === NAMES['003'] && event.direction === direction;

async function expectState(project: Project, truth: Truth, { way, kind, fault }: Cell, rest: Rest): Promise<State> {
  const now = await readState(project);
  const whole: Stage = way.together ? way.ends : way.direction === 'up' ? '003' : '002';
  if (way.dry || rest === 'nothing') {
    expect(differences(truth.stages[way.stops], now.objects)).toEqual([]);
    expect(now.history).toEqual(appliedTo(way.stops));
    return now;
  }
  const { ahead, behind } = sidesOf(kind, way.direction);
  const all = ahead.length + fault.middle(project.engine, way.direction).sql.length + behind.length;
  const midway = truth.midway[way.direction];
  // A function says nothing of how far it came.
  const done = kind.language === 'sql' ? (now.done ?? all) : rest === 'all' ? all : ahead.length;
  const objects = done === all ? truth.stages[whole] : midway[Math.min(done, midway.length - 1)];
  expect(differences(objects ?? new Map(), now.objects)).toEqual([]);
  if (kind.apart && !fault.name.includes('committed')) {
    expect(now.history.at(-1)).toBe(`003 ${NAMES['003']} migration failed ${way.direction}`);
    if (fault.abortsOn === null) expect(done).toBe(rest === 'all' ? all : ahead.length);
    return now;
  }
  expect(now.history).toEqual(appliedTo(whole));
  return now;
}

function expectTold({ way, fault, kind }: Cell, error: Failure, rest: Rest, done: number | null): void {
  expect(fault.exits, error.message).toContain(error.exitCode);
  expect(error.hint ?? '', error.message).not.toBe('');
  expect(error.message).toMatch(/nothing was changed|nothing of this step is in place|in place|is committed/iu);
  if (kind.apart && kind.language === 'sql' && rest === 'ahead' && !fault.cuts)
    expect(error.message).toContain(done === 0 ? 'None of its' : `Statements 1 to ${String(done)} of`);
  if (!fault.line) return;
  const { line } = render(kind, way.direction, fault.middle('sqlite', way.direction));
  expect(error.message).toContain(`${pathOf(kind, way.direction)}:${String(line)}`);
}

async function journalOf(project: Project): Promise<LogResult> {
  const [told] = (await log(project.config, { ...project.options, check: true })).databases;
  if (told === undefined) throw new Error('no log');
  return told;
}

function expectJournal(now: LogResult, before: LogResult, { way }: Cell, code: string): void {
  expect(now.chain).toMatchObject({ intact: true });
  const runs = now.runs.slice(before.runs.length);
  if (way.dry) {
    expect(runs).toEqual([]);
    return;
  }
  expect(runs[0]?.outcome).toMatch(/failed|interrupted/u);
  expect(runs[0]?.error?.code).toBe(code);
}

/** Does what the message says: the command its hint names, or the same one again. Then what is still to do. */
async function goOn(project: Project, way: Way, error: Failure): Promise<void> {
  const named = /surefoot (migrate|rollback|redo) main/u.exec(`${error.hint ?? ''}\n${error.message}`)?.[1];
  const options = { ...project.options, ...FREE };
  if (named === undefined || way.dry) await way.run(project, FREE);
  else if (named === 'migrate') await migrate(project.config, options);
  else if (named === 'rollback') await rollback(project.config, options);
  else await redo(project.config, options);
  if (way.ends === '004') await migrate(project.config, options);
}

export type { Engine };
