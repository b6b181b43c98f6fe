import { appendCommands, firstFailure, forgetCommands, packScripts, recordCommands } from '../domain/journal/index.ts';
import { readSource } from '../domain/migrations/index.ts';
import { withLock, withSession } from '../domain/run/index.ts';
import { SurefootError } from '../model/errors.ts';
import { IN_PLACE, type AppliedMigration, type StoredScript } from '../model/history.ts';
import type { Migration, SourceRef } from '../model/migration.ts';
import { errorOfFailure } from '../model/sql-failure.ts';
import type { Command } from '../ports/session.ts';
import type { Dialect } from '../ports/dialect.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';
import { versionOf } from './parts/version-of.ts';

export interface RepairInput {
  readonly version: string;
  /** Kept in the journal. */
  readonly reason: string;
  /** What a step that stopped midway is now, after somebody settled it by hand. */
  readonly as?: 'applied' | 'pending' | undefined;
}

export interface RepairResult {
  readonly name: string;
  readonly runId: string;
  readonly version: string;
  readonly change: 'checksum recorded' | 'recorded as applied' | 'recorded as pending';
}

/** Accepts an edited migration's new checksum, or settles a step that stopped midway. Changes the history only. */
export async function repair(target: CommandTarget, input: RepairInput): Promise<RepairResult> {
  const set = loadSet(target);
  const { database } = target;
  const { dialect } = database;
  return withSession(target, false, async (session) =>
    withLock(runParts(target, set, 'repair'), session, { prepare: true }, async ({ context, history }) => {
      const version = versionOf(
        database.name,
        input.version,
        set,
        history.applied.map((each) => each.version),
      );
      const applied = history.applied.find((each) => each.version.order === version.order);
      const migration = set.migrations.find((each) => each.version.order === version.order);
      const decision = decide(target, input, applied, migration);
      const { recorder } = context;
      const entry = recorder.entry({
        event: 'repaired',
        outcome: 'succeeded',
        version: version.text,
        name: applied?.name ?? null,
        checksum: decision.row?.checksum ?? null,
        notes: [decision.change, input.reason],
        scriptsHash: decision.scriptsHash,
      });
      const outcomes = await session.batch([
        ...dialect.begin({ lockMs: null, statementMs: null }).map((text) => ({ text })),
        ...decision.commands(dialect),
        ...appendCommands(dialect, entry),
        { text: dialect.commit },
      ]);
      const failure = firstFailure(outcomes);
      if (failure !== null) {
        await session.batch([{ text: dialect.abort, tolerate: true }]);
        throw errorOfFailure(failure, 'recording the repair (nothing was recorded)');
      }
      recorder.mirror(entry);
      return { name: database.name, runId: recorder.runId, version: version.text, change: decision.change };
    }),
  );
}

interface Decision {
  readonly change: RepairResult['change'];
  readonly row: AppliedMigration | null;
  readonly scriptsHash: string | null;
  readonly commands: (dialect: Dialect) => readonly Command[];
}

function decide(
  target: CommandTarget,
  input: RepairInput,
  applied: AppliedMigration | undefined,
  migration: Migration | undefined,
): Decision {
  if (applied === undefined) throw nothing(target, input, 'it is not in the history');
  if (applied.state === 'failed') {
    const down = applied.direction === 'down';
    if (input.as === undefined) {
      throw new SurefootError({
        code: 'usage',
        message: `${down ? 'the rollback of ' : ''}${applied.name} stopped midway; say what it is now`,
        hint: down
          ? 'Pass --as pending when all of the rollback is done, or --as applied when nothing of it is left.'
          : 'Pass --as applied when all its statements are in place, or --as pending when none is.',
      });
    }
    if (input.as === 'pending') {
      return {
        change: 'recorded as pending',
        row: null,
        scriptsHash: null,
        commands: (dialect) => forgetCommands(dialect, applied.version.text),
      };
    }
    return keep(target, applied, migration, 'recorded as applied');
  }
  if (migration === undefined)
    throw nothing(target, input, 'its file is missing, and a history entry can not be repaired without it');
  if (migration.checksum === applied.checksum) throw nothing(target, input, 'it is applied and its file is unchanged');
  return keep(target, applied, migration, 'checksum recorded');
}

function keep(
  target: CommandTarget,
  applied: AppliedMigration,
  migration: Migration | undefined,
  change: RepairResult['change'],
): Decision {
  const packed =
    migration === undefined || migration.rollback?.kind === 'ts'
      ? null
      : packScripts({
          migration: textOf(target, migration.up),
          rollback: textOf(target, migration.rollback),
          verify: textOf(target, migration.verify),
        });
  const row: AppliedMigration = {
    ...applied,
    ...IN_PLACE,
    checksum: migration?.checksum ?? applied.checksum,
    scriptsHash: packed?.hash ?? applied.scriptsHash,
  };
  return {
    change,
    row,
    scriptsHash: packed?.hash ?? applied.scriptsHash,
    commands: (dialect) => recordCommands(dialect, row, packed),
  };
}

function textOf(target: CommandTarget, source: SourceRef | null): StoredScript | null {
  if (source === null) return null;
  const read = readSource(target.files, source);
  return 'text' in read ? { kind: source.kind, file: source.shown, text: read.text } : null;
}

function nothing(target: CommandTarget, input: RepairInput, reason: string): SurefootError {
  return new SurefootError({
    code: 'nothing-to-repair',
    message: `nothing to repair for version ${input.version} on ${target.database.name}: ${reason}`,
    hint: `See surefoot status ${target.database.name}.`,
  });
}
