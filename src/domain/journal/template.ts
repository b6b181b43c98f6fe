import type { JournalEntry } from '../../model/journal-entry.ts';
import type { RunSummary } from './runs.ts';

/** The migration log form of a run, filled in. Fields nobody can know are left to the person. */
export function renderTemplate(run: RunSummary, database: string): string {
  const box = (on: boolean, label: string): string => `[${on ? 'x' : ' '}] ${label}`;
  const total = run.checksPassed + run.checksFailed;
  const failed = run.checksFailed > 0 || run.outcome === 'failed';
  const versions = run.versions.length === 0 ? 'no version' : run.versions.join(', ');
  const facts = [
    `${database}: ${run.command} of ${versions}`,
    `run ${run.runId}`,
    `surefoot ${run.toolVersion}`,
    ...(run.gitCommit === null ? [] : [`commit ${run.gitCommit}`]),
  ].join('; ');
  return [
    `Migration Date: ${run.startedAt.slice(0, 10)}`,
    `Migration Start Time: ${run.startedAt.slice(11, 19)} UTC`,
    `Migration End Time: ${run.finishedAt === null ? '' : `${run.finishedAt.slice(11, 19)} UTC`}`.trimEnd(),
    `Executed By: ${run.operator} on ${run.host}`,
    `Verification Status: ${box(total > 0 && !failed, 'PASS')} ${box(failed, 'FAIL')}${total > 0 ? ` (${String(run.checksPassed)} of ${String(total)} ${total === 1 ? 'check' : 'checks'} passed)` : ' (no checks)'}`,
    `Issues Encountered: ${run.error === null ? 'none' : (run.error.message.split('\n')[0] ?? '')}`,
    `Rollback Required: ${box(run.direction === 'up' && run.outcome !== 'succeeded' && run.versions.length > 0, 'YES')} ${box(run.outcome === 'succeeded', 'NO')}`,
    `Notes: ${facts}`,
    ...notesOf(run).map(({ note, entry }) => `  ${entry.at.slice(0, 16).replace('T', ' ')} ${entry.operator}: ${note}`),
  ].join('\n');
}

const SAID = new Set<JournalEntry['event']>(['note', 'repaired', 'baselined', 'signed', 'run-interrupted']);

/** What was said of a run: notes of people, and the reasons of a repair, a baseline or a signature. */
export function notesOf(run: RunSummary): readonly { readonly note: string; readonly entry: JournalEntry }[] {
  return run.entries.flatMap((entry) => (SAID.has(entry.event) ? entry.notes.map((note) => ({ note, entry })) : []));
}
