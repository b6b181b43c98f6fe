import { foldRuns, readEntries, readHistory } from '../domain/journal/index.ts';
import { withSession } from '../domain/run/index.ts';
import { SurefootError } from '../model/errors.ts';
import { runOf } from './parts/run-of.ts';
import type { CommandTarget } from './parts/target.ts';
import { writeEntry } from './parts/write-entry.ts';

export interface NoteInput {
  /** A run id, the beginning of one, or `last`. */
  readonly run: string;
  readonly text: string;
}

export interface NoteResult {
  readonly name: string;
  readonly runId: string;
  readonly at: string;
  readonly operator: string;
  readonly note: string;
}

/** Adds what a person has to say to a run, also while it is under way. */
export async function logNote(target: CommandTarget, input: NoteInput): Promise<NoteResult> {
  const { database } = target;
  const text = input.text.trim();
  if (text === '')
    throw new SurefootError({
      code: 'usage',
      message: 'the note is empty',
      hint: 'Write it in quotes behind the run.',
    });
  return withSession(target, false, async (session) => {
    const history = await readHistory(database, session);
    const runs = history.layout === null ? [] : foldRuns(await readEntries(database, session));
    const run = runOf(database.name, runs, input.run);
    const entry = await writeEntry(target, session, 'log note', run.runId, {
      event: 'note',
      outcome: 'succeeded',
      notes: [text],
    });
    const [note = ''] = entry.notes;
    return { name: database.name, runId: run.runId, at: entry.at, operator: entry.operator, note };
  });
}
