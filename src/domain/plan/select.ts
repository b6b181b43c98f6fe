import { createHash } from 'node:crypto';
import type { Direction } from '../../model/engine.ts';
import { SurefootError } from '../../model/errors.ts';
import type { AppliedMigration, History } from '../../model/history.ts';
import type { Migration, MigrationSet, Version } from '../../model/migration.ts';
import { foldStates, type VersionState } from './states.ts';

/** What an operator asks for. `to` of a rollback is the version that stays applied last; null there means nothing stays. */
export type PlanRequest =
  | {
      readonly direction: 'up';
      readonly to?: Version | undefined;
      readonly step?: number | undefined;
      readonly allowOutOfOrder?: boolean | undefined;
    }
  | { readonly direction: 'down'; readonly to?: Version | null | undefined; readonly step?: number | undefined };

/** One version to take in one direction. At least one of `migration` and `applied` is there. */
export interface Target {
  readonly direction: Direction;
  readonly version: Version;
  readonly name: string;
  readonly migration: Migration | null;
  readonly applied: AppliedMigration | null;
}

/** Decides which versions to take, in order, or refuses. Pure: files and history in, targets out. */
export function selectTargets(
  database: string,
  set: MigrationSet,
  history: History,
  request: PlanRequest,
  commutes: Commutes = () => false,
): readonly Target[] {
  const states = foldStates(set, history);
  return request.direction === 'up'
    ? selectUp(database, states, request, commutes)
    : selectDown(database, states, request);
}

/** Whether it is proven that a pending migration gives the same after an applied one as ahead of it. */
export type Commutes = (pending: Migration, applied: Migration) => boolean;

/** A step outside a transaction that stopped midway in the direction it is to take now: it goes on. */
export function isStopped({ applied, direction }: Target): boolean {
  return applied?.state === 'failed' && applied.direction === direction;
}

function selectUp(
  database: string,
  states: readonly VersionState[],
  request: Extract<PlanRequest, { direction: 'up' }>,
  commutes: Commutes,
): readonly Target[] {
  refuse(
    database,
    states,
    'modified',
    (names) => `applied migrations were edited: ${names}`,
    `Undo the edit, or accept it with: surefoot repair ${database} --to <version> --reason "…"`,
  );
  refuse(
    database,
    states,
    'missing',
    (names) => `applied migrations have no file: ${names}`,
    `Bring the files back, or check out the release that has them, or take them back with all that came later: surefoot rollback ${database} --to ${belowMissing(states)}`,
  );
  const stopped = states.filter((each) => each.state === 'failed');
  for (const each of stopped) refuseStopped(database, each);
  const until = request.to;
  const within = (each: VersionState): boolean => until === undefined || each.order <= until.order;
  if (request.allowOutOfOrder !== true) {
    refuse(
      database,
      states.filter((each) => within(each) && !isProvenLate(each, states, commutes)),
      'out of order',
      (names) => `pending migrations are older than an applied one: ${names}`,
      `Give them newer versions, or prove with surefoot prove ${database} --commutes that their order does not matter.`,
    );
  }
  const pending = states.filter((each) => (each.state === 'pending' || each.state === 'out of order') && within(each));
  const chosen = [...stopped, ...pending];
  return chosen.slice(0, request.step ?? chosen.length).map((each) => target('up', each));
}

/** What stays applied last when all that have no file are taken back. */
function belowMissing(states: readonly VersionState[]): string {
  const first = states.findIndex(({ state }) => state === 'missing');
  return states.slice(0, first).findLast(({ applied }) => applied !== null)?.applied?.version.text ?? '0';
}

/** It is proven to commute with every applied migration above it. */
function isProvenLate(each: VersionState, states: readonly VersionState[], commutes: Commutes): boolean {
  const { migration } = each;
  if (each.state !== 'out of order' || migration === null) return false;
  return states
    .filter((other) => other.applied !== null && other.order > each.order)
    .every((other) => other.migration !== null && commutes(migration, other.migration));
}

function selectDown(
  database: string,
  states: readonly VersionState[],
  request: Extract<PlanRequest, { direction: 'down' }>,
): readonly Target[] {
  const applied = states.filter((each) => each.applied !== null).reverse();
  const stopped = applied.find((each) => each.applied?.state === 'failed' && each.applied.direction === 'down');
  const { to } = request;
  if (to !== undefined && to !== null && !applied.some((each) => each.order === to.order)) {
    throw new SurefootError({
      code: 'unknown-version',
      message: `version ${to.text} is not applied on ${database}, so a rollback can not end with it`,
      hint: `Choose a version that surefoot status ${database} shows as applied, or --to 0 for nothing.`,
    });
  }
  const count = to === undefined ? (request.step ?? 1) : applied.length;
  const ordered = stopped === undefined ? applied : [stopped, ...applied.filter((each) => each !== stopped)];
  const chosen = ordered.filter((each) => to === undefined || to === null || each.order > to.order).slice(0, count);
  refuse(
    database,
    chosen,
    'modified',
    (names) => `applied migrations were edited, so their rollbacks may not fit: ${names}`,
    `Undo the edit, or accept it with: surefoot repair ${database} --to <version> --reason "…"`,
  );
  for (const each of chosen) refuseNoWayBack(database, each);
  return chosen.map((each) => target('down', each));
}

function target(direction: Direction, each: VersionState): Target {
  const version = each.migration?.version ??
    each.applied?.version ?? { text: each.order.toString(), order: each.order };
  return {
    direction,
    version,
    name: each.migration?.name ?? each.applied?.name ?? version.text,
    migration: each.migration,
    applied: each.applied,
  };
}

function refuse(
  database: string,
  states: readonly VersionState[],
  state: 'modified' | 'missing' | 'out of order',
  message: (names: string) => string,
  hint: string,
): void {
  const found = states.filter((each) => each.state === state);
  if (found.length === 0) return;
  const names = found.map((each) => each.migration?.name ?? each.applied?.name ?? '');
  throw new SurefootError({
    code: state === 'out of order' ? 'out-of-order' : state,
    message: `${database}: ${message(names.slice(0, 10).join(', '))}${names.length > 10 ? ` and ${String(names.length - 10)} more` : ''}`,
    hint: names.length === 1 ? hint.replace('<version>', found[0]?.applied?.version.text ?? '<version>') : hint,
    context: { versions: found.map((each) => each.migration?.version.text ?? each.applied?.version.text ?? ''), names },
  });
}

function refuseStopped(database: string, each: VersionState): void {
  const { applied, migration } = each;
  if (applied === null) return;
  const where = `${String(applied.statementsDone ?? 0)} of ${String(applied.statementsTotal ?? 0)} statements are in place`;
  if (applied.direction === 'down') {
    throw new SurefootError({
      code: 'failed-step',
      message: `the rollback of ${applied.name} stopped midway: ${where}`,
      hint: `Run surefoot rollback ${database} to go on with it.`,
    });
  }
  if (migration !== null) return;
  throw new SurefootError({
    code: 'failed-step',
    message: `${applied.name} stopped midway (${where}) and its file is missing`,
    hint: `Bring the file back and run surefoot migrate ${database}, or run surefoot rollback ${database}, or settle it by hand and record that with: surefoot repair ${database} --to ${applied.version.text} --as applied --reason "…" (--as pending where none of it is left)`,
  });
}

function refuseNoWayBack(database: string, each: VersionState): void {
  const { applied, migration } = each;
  if (applied?.irreversible != null) {
    throw new SurefootError({
      code: 'irreversible',
      message: `${applied.name} is irreversible: ${applied.irreversible}`,
      hint: `Stop above it with surefoot rollback ${database} --to ${applied.version.text}, or restore a backup from before it, which surefoot backup ${database} --list shows.`,
    });
  }
  if (migration?.rollback != null || applied?.needsFile === false) return;
  throw new SurefootError({
    code: applied?.needsFile === true ? 'rollback-needs-file' : 'rollback-absent',
    message:
      applied?.kind === 'baseline'
        ? `${applied.name} was recorded without being run, so its rollback is not in the history, and its file is not on disk`
        : applied?.needsFile === true
          ? `the rollback of ${applied.name} is TypeScript with imports of its own, so it is not in the history, and its file is not on disk`
          : `there is no rollback for ${applied?.name ?? migration?.name ?? ''}, neither on disk nor in the history`,
    hint: 'Check out the release that has the file, or write the rollback.',
  });
}

/** A hash of the history a plan was computed from: the same history gives the same hash. */
export function stateHash(history: History): string {
  const lines = history.applied.map(
    (each) => `${each.version.order.toString()} ${each.state} ${each.checksum} ${String(each.statementsDone)}`,
  );
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
