import type { Command } from '../../../ports/session.ts';
import { progressCommands } from '../../journal/index.ts';
import { createStartHash, type PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';

/** Notes in the history how far a step outside a transaction is: statements done, and one begun whose end is not known. */
export type NoteProgress = (done: number, begun: number | null) => readonly Command[];

export function createProgressNotes({ database }: RunContext, { plan, script, target }: PreparedStep): NoteProgress {
  const hashOf = createStartHash(script.statements);
  const version = target.applied?.version.text ?? plan.version;
  return (done, begun) =>
    progressCommands(database.dialect, version, { done, begun, hash: hashOf(begun === null ? done : begun + 1) });
}
