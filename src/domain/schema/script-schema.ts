import { SurefootError } from '../../model/errors.ts';
import type { SourceRef } from '../../model/migration.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { splitStatements } from '../../sql/index.ts';
import { statementError, withSession } from '../run/index.ts';
import type { ImpliedParts } from './implied.ts';

/** What an SQL file makes of an empty database: run on a shadow, statement by statement. */
export async function snapshotOfScript(
  { run, shadow, options }: Pick<ImpliedParts, 'run' | 'shadow' | 'options'>,
  text: string,
  source: SourceRef,
): Promise<Snapshot> {
  return shadow.withShadow(async (database) => {
    const { statements, problems } = splitStatements(database.capabilities.engine, text, source.shown);
    const [problem] = problems;
    if (problem !== undefined)
      throw new SurefootError({
        code: 'files-invalid',
        message: `${source.shown}:${String(problem.line ?? 1)}: ${problem.message}`,
        hint: 'Correct the file.',
      });
    return withSession({ ...run, database }, true, async (session) => {
      const answers = await session.batch(
        statements.map((statement) => ({ text: statement.text, copyData: statement.copyData })),
        { signal: run.signal },
      );
      const at = answers.findIndex(({ status }) => status === 'failed');
      const [statement, answer] = [statements[at], answers[at]];
      if (statement !== undefined && answer?.status === 'failed')
        throw statementError(
          answer.failure,
          statement,
          { text, source },
          'it ran on a shadow; nothing was changed',
          database.capabilities.engine,
        );
      return database.introspector.snapshot(session, options);
    });
  });
}
