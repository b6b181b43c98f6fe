import type { Argv } from 'yargs';
import type { LogInput, LogResult } from '../../commands/log.ts';
import type { CommandTarget } from '../../commands/parts/target.ts';
import { formatRuns, LOG_FORMATS, type LogFormat } from '../../domain/journal/index.ts';
import { SurefootError } from '../../model/errors.ts';
import { parseMoment } from '../../model/moment.ts';
import { renderLog, renderRunLog } from '../render/log.ts';
import type { Terminal } from '../terminal.ts';
import { absolute } from '../typed-path.ts';

const OUTCOMES = ['succeeded', 'failed', 'interrupted', 'running'] as const;

/** What chooses and shapes runs, for `log` and `log export`. */
export interface LogFlags {
  readonly json: boolean;
  readonly run?: string | undefined;
  readonly limit?: number | undefined;
  readonly migrationVersion?: string | undefined;
  readonly outcome?: LogInput['outcome'];
  readonly operator?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly format?: LogFormat | undefined;
  readonly follow?: boolean | undefined;
  readonly check?: boolean | undefined;
  readonly key?: string | undefined;
  readonly signature?: string | undefined;
}

export function logFlags<T>(yargs: Argv<T>): Argv<T & LogFlags> {
  return yargs
    .option('run', {
      type: 'string',
      global: false,
      describe: 'One run in full, by the beginning of its id; "last" for the newest',
      requiresArg: true,
    })
    .option('limit', {
      type: 'number',
      global: false,
      describe: 'At most this many runs, the newest',
      requiresArg: true,
    })
    .option('migration-version', {
      type: 'string',
      global: false,
      describe: 'Runs about this version',
      requiresArg: true,
    })
    .option('outcome', { choices: OUTCOMES, global: false, describe: 'Runs that ended so', requiresArg: true })
    .option('operator', { type: 'string', global: false, describe: 'Runs of this person', requiresArg: true })
    .option('since', {
      type: 'string',
      global: false,
      describe: 'Begun then or later: 2026-11-21, 2026-11-21T10:15Z, or 2h, 7d ago',
      requiresArg: true,
    })
    .option('until', { type: 'string', global: false, describe: 'Begun before then', requiresArg: true })
    .option('format', {
      choices: LOG_FORMATS,
      global: false,
      describe: 'table; template (the form of each run); markdown, json, jsonl or csv',
      requiresArg: true,
    }) as unknown as Argv<T & LogFlags>;
}

export function logInput(flags: LogFlags, target: CommandTarget): LogInput {
  if (flags.limit !== undefined && !(flags.limit > 0))
    throw new SurefootError({
      code: 'usage',
      message: '--limit must be 1 or more',
      hint: 'Leave it out for all runs.',
    });
  const moment = (name: 'since' | 'until'): string | undefined => {
    const text = flags[name];
    if (text === undefined) return undefined;
    const iso = parseMoment(text, target.clock.now());
    if (iso !== null) return iso;
    throw new SurefootError({
      code: 'usage',
      message: `--${name} ${text} is neither a time nor a duration`,
      hint: 'Write it like 2026-11-21, 2026-11-21T10:15Z, 2h or 7d.',
    });
  };
  return {
    run: flags.run,
    limit: flags.limit,
    version: flags.migrationVersion,
    outcome: flags.outcome,
    operator: flags.operator,
    since: moment('since'),
    until: moment('until'),
    check: flags.check,
    key: absolute(flags.key),
    signature: absolute(flags.signature),
  };
}

/** Options that say nothing together, told before anything is read. */
export function refuseTogether(flags: LogFlags): void {
  const refuse = (message: string, hint: string): never => {
    throw new SurefootError({ code: 'usage', message, hint });
  };
  const { follow = false, format, json, check = false } = flags;
  if (json && format !== undefined && format !== 'json')
    refuse(`--json and --format ${format} exclude each other`, 'Leave one of them out.');
  if (follow && (json || (format !== undefined && format !== 'table' && format !== 'jsonl' && format !== 'csv')))
    refuse('--follow shows entries one by one: as table, jsonl or csv', 'Pass --format jsonl for programs.');
  if (follow && check) refuse('--follow and --check exclude each other', 'Leave one of them out.');
  if (!check && (flags.key !== undefined || flags.signature !== undefined))
    refuse('--key and --signature belong to --check', 'Add --check.');
}

/** The runs as one document; null where the table of a terminal is wanted, which is made database by database. */
export function documentOf(results: readonly LogResult[], format: LogFormat): string | null {
  if (format === 'table' || format === 'json') return null;
  const texts = results
    .map((result, index) => formatRuns(format, result.runs, result.name, { head: index === 0 }))
    .filter((text) => text !== '');
  return texts.join(format === 'jsonl' || format === 'csv' ? '\n' : '\n\n');
}

export function showRuns(result: LogResult, flags: LogFlags, terminal: Terminal): string {
  const [run] = result.runs;
  return flags.run !== undefined && run !== undefined
    ? renderRunLog(run, result.name, terminal)
    : renderLog(result, terminal);
}
