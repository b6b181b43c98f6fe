import { appendCommands, firstFailure, recordCommands } from '../domain/journal/index.ts';
import { loadStanding, storedReader, withLock, withSession } from '../domain/run/index.ts';
import { checksError, failures } from '../domain/verification/index.ts';
import type { CheckResult } from '../model/check-result.ts';
import { SurefootError } from '../model/errors.ts';
import { IN_PLACE, type AppliedMigration, type History } from '../model/history.ts';
import type { Migration, MigrationSet, Version } from '../model/migration.ts';
import { errorOfFailure } from '../model/sql-failure.ts';
import type { Session } from '../ports/session.ts';
import { runChecksNow } from './parts/run-checks-now.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';
import { versionOf } from './parts/version-of.ts';

export interface BaselineInput {
  /** The last version that is already present. */
  readonly to: string;
  readonly reason?: string | undefined;
  /** Records them without making their checks. */
  readonly unchecked?: boolean | undefined;
}

export interface BaselineResult {
  readonly name: string;
  readonly runId: string;
  readonly versions: readonly string[];
  /** Of the versions recorded, as the database is now. */
  readonly checks: readonly CheckResult[];
}

/**
 * Records versions as already present, without running them. Throws `check-failed`, and records nothing, where their
 * checks do not hold.
 */
export async function baseline(target: CommandTarget, input: BaselineInput): Promise<BaselineResult> {
  const set = loadSet(target);
  const to = versionOf(target.database.name, input.to, set);
  const { database } = target;
  const { dialect } = database;
  return withSession(target, true, async (session) =>
    withLock(runParts(target, set, 'baseline'), session, { prepare: true }, async ({ context, history }) => {
      const present = new Set(history.applied.map((each) => each.version.order));
      const chosen = set.migrations.filter(
        (migration) => migration.version.order <= to.order && !present.has(migration.version.order),
      );
      if (chosen.length === 0) {
        throw new SurefootError({
          code: 'already-applied',
          message: `every version up to ${to.text} is in the history of ${database.name} already`,
          hint: `See surefoot status ${database.name}.`,
        });
      }
      const rows = chosen.map((migration) => rowOf(target, migration, context.recorder.runId));
      const checks = input.unchecked === true ? [] : await checkPresent(target, set, session, { history, rows, to });
      const { recorder } = context;
      const notes = input.reason === undefined ? [] : [input.reason];
      const entries = chosen.map((migration) =>
        recorder.entry({
          event: 'baselined',
          outcome: 'succeeded',
          version: migration.version.text,
          name: migration.name,
          direction: 'up',
          checksum: migration.checksum,
          notes,
          checks: checks.filter((check) => check.version === migration.version.text),
        }),
      );
      const outcomes = await session.batch([
        ...dialect.begin({ lockMs: null, statementMs: null }).map((text) => ({ text })),
        ...rows.flatMap((row, index) =>
          recordCommands(dialect, { ...row, appliedAt: entries[index]?.at ?? row.appliedAt }, null),
        ),
        ...entries.flatMap((entry) => appendCommands(dialect, entry)),
        { text: dialect.commit },
      ]);
      const failure = firstFailure(outcomes);
      if (failure !== null) {
        await session.batch([{ text: dialect.abort, tolerate: true }]);
        throw errorOfFailure(failure, 'recording the baseline (nothing was recorded)');
      }
      for (const entry of entries) recorder.mirror(entry);
      return {
        name: database.name,
        runId: recorder.runId,
        versions: chosen.map((migration) => migration.version.text),
        checks,
      };
    }),
  );
}

function rowOf({ host, clock }: CommandTarget, migration: Migration, runId: string): AppliedMigration {
  return {
    version: migration.version,
    name: migration.name,
    kind: 'baseline',
    ...IN_PLACE,
    checksum: migration.checksum,
    appliedAt: clock.now().toISOString(),
    durationMs: 0,
    operator: host.operator,
    runId,
    toolVersion: host.toolVersion,
    irreversible: null,
    needsFile: true,
    scriptsHash: null,
  };
}

/** The checks of the versions that are to be recorded, as if they were applied. Throws where one does not hold. */
async function checkPresent(
  { database, files, settings }: CommandTarget,
  set: MigrationSet,
  session: Session,
  {
    history,
    rows,
    to,
  }: { readonly history: History; readonly rows: readonly AppliedMigration[]; readonly to: Version },
): Promise<readonly CheckResult[]> {
  const scripts = await loadStanding(
    {
      files,
      engine: database.capabilities.engine,
      set: { ...set, invariants: null },
      history: { ...history, applied: rows },
      stored: storedReader(database, session),
    },
    true,
  );
  const highest = history.applied.reduce(
    (most, { version }) => (version.order > most ? version.order : most),
    to.order,
  );
  const checks = await runChecksNow({ database, settings }, session, { scripts, highest });
  if (failures(checks).length > 0)
    throw checksError(
      database,
      'verification of what was to be recorded as present',
      checks,
      'nothing was recorded',
      `Name the last version that is really there, or record them all the same with: surefoot baseline ${database.name} --to ${to.text} --unchecked`,
    );
  return checks;
}
