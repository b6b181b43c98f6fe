import { appendCommands, firstFailure, recordCommands } from '../domain/journal/index.ts';
import { withLock, withSession } from '../domain/run/index.ts';
import { SurefootError } from '../model/errors.ts';
import type { AppliedMigration } from '../model/history.ts';
import { errorOfFailure } from '../model/sql-failure.ts';
import { loadSet, runParts, type CommandTarget } from './target.ts';
import { versionOf } from './version-of.ts';

export interface BaselineInput {
  /** The last version that is already present. */
  readonly to: string;
  readonly reason?: string | undefined;
}

export interface BaselineResult {
  readonly name: string;
  readonly runId: string;
  readonly versions: readonly string[];
}

/** Records versions as already present, without running them. */
export async function baseline(target: CommandTarget, input: BaselineInput): Promise<BaselineResult> {
  const set = loadSet(target);
  const to = versionOf(input.to, set);
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
        }),
      );
      const rows = chosen.map((migration, index): AppliedMigration => ({
        version: migration.version,
        name: migration.name,
        kind: 'baseline',
        state: 'applied',
        direction: 'up',
        checksum: migration.checksum,
        statementsDone: null,
        statementsTotal: null,
        statementBegun: null,
        statementsHash: null,
        appliedAt: entries[index]?.at ?? '',
        durationMs: 0,
        operator: target.host.operator,
        runId: recorder.runId,
        toolVersion: target.host.toolVersion,
        irreversible: null,
        needsFile: true,
        scriptsHash: null,
      }));
      const outcomes = await session.batch([
        ...dialect.begin({ lockMs: null, statementMs: null }).map((text) => ({ text })),
        ...rows.flatMap((row) => recordCommands(dialect, row, null)),
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
      };
    }),
  );
}
