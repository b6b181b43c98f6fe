import { isSurefootError } from '../../model/errors.ts';
import type { AppliedMigration } from '../../model/history.ts';

/** What was applied when a redo began and when it stopped; `after` is null where that can not be asked any more. */
interface Standings {
  readonly before: readonly AppliedMigration[];
  readonly after: readonly AppliedMigration[] | null;
}

/**
 * The error of a redo that stopped when something was rolled back already: another redo would take back the versions
 * below, so the commands named are those that go on.
 */
export function stoppedRedo(database: string, error: unknown, { before, after }: Standings): unknown {
  if (!isSurefootError(error)) return error;
  const stay = after === null ? null : new Set(after.map(({ name }) => name));
  const gone = before.filter(({ name }) => stay?.has(name) === false).map(({ name }) => name);
  const midway = after?.some(({ state, direction }) => state === 'failed' && direction === 'down') === true;
  if (after !== null && gone.length === 0 && !midway) return error;
  const migrate = `surefoot migrate ${database}`;
  const next = midway ? `surefoot rollback ${database}, then ${migrate}` : migrate;
  const said = error.hint?.replace('the command again', next) ?? '';
  const hint = said.includes(migrate) ? said : `${said} Then run ${next}.`.trimStart();
  const what = gone.length === 0 ? 'What this redo rolled back' : `This redo rolled back ${gone.join(', ')}, which`;
  return error.with({
    message: `${error.message}\n${what} is pending until it is applied again. Another redo would take back the versions below.`,
    hint,
  });
}
