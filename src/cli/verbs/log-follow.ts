import { formatEntries } from '../../domain/journal/index.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { CliContext } from '../context.ts';
import type { DatabaseFlags } from '../flags.ts';
import { createProgress } from '../progress.ts';
import { renderEntry } from '../render/log.ts';
import { createTerminal } from '../terminal.ts';
import { logInput, type LogFlags } from './log-flags.ts';

/** Shows entries as they are written; those the filters choose first, where one of them looks back. Ends with a signal. */
export async function followLog(cli: CliContext, flags: DatabaseFlags & LogFlags): Promise<void> {
  const terminal = createTerminal(!flags.color);
  const progress = createProgress(terminal, true);
  const [{ openTargets }, { log }, { logFollow }] = await Promise.all([
    import('../open.ts'),
    import('../../commands/log.ts'),
    import('../../commands/log-follow.ts'),
  ]);
  const targets = await openTargets({ flags, progress, signal: cli.signal });
  const state = { first: true };
  const print = (entry: JournalEntry): void => {
    const text =
      flags.format === 'jsonl' || flags.format === 'csv'
        ? formatEntries(flags.format, [entry], { head: state.first })
        : renderEntry(entry, terminal, targets.length > 1);
    state.first = false;
    terminal.out(text);
  };
  const looksBack = flags.since !== undefined || flags.limit !== undefined || flags.run !== undefined;
  await Promise.all(
    targets.map(async (target) => {
      const input = logInput(flags, target);
      const wanted = (entry: JournalEntry): boolean =>
        (input.run === undefined || input.run === 'last' || entry.runId.startsWith(input.run)) &&
        (input.operator === undefined || entry.operator === input.operator) &&
        (input.outcome === undefined || entry.outcome === input.outcome) &&
        (input.version === undefined || entry.version === input.version);
      const past = looksBack ? await log(target, input) : null;
      for (const run of past?.runs ?? []) run.entries.forEach(print);
      await logFollow(target, {
        after: past?.head,
        onEntry: ({ entry }) => {
          if (wanted(entry)) print(entry);
        },
      });
    }),
  );
}
