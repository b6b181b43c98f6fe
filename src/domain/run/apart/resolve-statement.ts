import { messageOf, SurefootError } from '../../../model/errors.ts';
import type { AppliedMigration } from '../../../model/history.ts';
import { readHistory } from '../../journal/index.ts';
import type { Settlement } from '../../../ports/probe.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';
import { isCut, untilAnswered } from '../session/until-answered.ts';
import { commitAlone, must } from '../session/own-transaction.ts';
import { noteReconnected } from '../session/note-reconnected.ts';
import { createProgressNotes } from './progress-notes.ts';

/**
 * The connection was lost during a statement outside the step's transaction. Connects again, takes the lock again
 * (the lost session is at its end then) and finds out by its committed progress, or else by the catalog, whether the
 * statement took effect. Returns the evidence when it did. Throws the loss, told exactly, when it did not or nobody
 * can tell: what a server or an administrator stopped is not tried again by itself.
 */
export async function resolveStatement(
  context: RunContext,
  step: PreparedStep,
  index: number,
  loss: SurefootError,
): Promise<string> {
  const { database, seat, progress } = context;
  const place = `statement ${String(index + 1)} of ${String(step.script.statements.length)} of ${step.plan.file}`;
  progress.report({
    type: 'message',
    database: database.name,
    level: 'warn',
    text: `the connection was lost during ${place}: connecting again to see what became of it`,
  });
  const unknown = (error: unknown): SurefootError =>
    loss.with({
      message: `${loss.message}\nWhat became of it is not known yet: ${messageOf(error)}`,
      hint: `${again(context, step)} finds out and goes on there.`,
    });
  const found = await untilAnswered(context, async () => {
    try {
      await seat.reconnect();
      await seat.retakeLock();
    } catch (error) {
      throw isCut(error) ? error : unknown(error);
    }
    const row = (await readHistory(database, context.session)).applied.find(
      (each) => each.version.order === step.target.version.order,
    );
    if (row === undefined || row.state === 'applied') throw takenOver(context, step, place);
    return evidenceOf(context, step, index, row);
  }).catch((error: unknown) => {
    throw isCut(error) ? unknown(error) : error;
  });
  const { state, evidence } = found;
  if (state !== 'done') {
    const what = state === 'unknown' ? 'Whether it took effect is not known' : 'It did not take effect';
    throw new SurefootError({
      code: loss.code,
      message: `${loss.message.split('\n').slice(0, -1).join('\n')}\n${what}: ${evidence}. The statements before it are in place.`,
      hint: `${again(context, step)} ${state === 'unknown' ? 'runs this statement once more' : 'goes on with it'}.`,
      context: { ...loss.context, connectionLost: false, resolved: state === 'unknown' ? 'unknown' : 'aborted' },
      cause: loss,
    });
  }
  const told = `the connection was lost during ${place}. It took effect: ${evidence}`;
  await noteReconnected(context, step, told);
  progress.report({ type: 'message', database: database.name, level: 'warn', text: `${told}; the run goes on` });
  return told;
}

async function evidenceOf(
  context: RunContext,
  step: PreparedStep,
  index: number,
  row: AppliedMigration,
): Promise<Pick<Settlement, 'state' | 'evidence'>> {
  const { database, session } = context;
  if ((row.statementsDone ?? 0) > index)
    return { state: 'done', evidence: 'its progress was committed together with it' };
  const statement = step.script.statements[index];
  if (row.statementBegun !== index || statement === undefined)
    return { state: 'absent', evidence: 'its progress was not committed' };
  const settlement = await database.probe.settle(session, statement);
  if (settlement.state !== 'done') return settlement;
  await must(context, settlement.cleanup);
  await commitAlone(context, createProgressNotes(context, step)(index + 1, null));
  return settlement;
}

function again(context: RunContext, step: PreparedStep): string {
  return `Run surefoot ${step.plan.direction === 'up' ? 'migrate' : 'rollback'} ${context.database.name} again: it`;
}

function takenOver(context: RunContext, step: PreparedStep, place: string): SurefootError {
  return new SurefootError({
    code: 'plan-changed',
    message: `the connection was lost during ${place}, and another run has gone on with ${step.plan.name} since; this one stops`,
    hint: `Look at surefoot status ${context.database.name}, then run the command again.`,
    context: { committed: true },
  });
}
