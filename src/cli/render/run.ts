import type { RunResult } from '../../commands/parts/run-result.ts';
import { sumOfLocks } from '../../model/blocker.ts';
import type { Terminal } from '../terminal.ts';
import { plural, renderTable, showDuration } from './table.ts';

export function renderRun(result: RunResult, terminal: Terminal): string {
  const name = terminal.paint('bold', result.name);
  if (result.outcome === 'nothing to do')
    return `${name}: nothing to do, ${result.direction === 'up' ? 'everything is applied' : 'nothing is applied'}`;
  const rows = result.steps.map((step) => {
    const passed = step.checks.filter((check) => check.outcome === 'passed').length;
    const warned = step.checks.length - passed;
    const verification =
      step.verification === 'absent'
        ? terminal.paint('yellow', 'no verification')
        : `${plural(passed, 'check')} passed${warned > 0 ? terminal.paint('yellow', `, ${plural(warned, 'warning')}`) : ''}`;
    return [`  ${step.direction === 'up' ? '↑' : '↓'} ${step.name}`, showDuration(step.durationMs), verification];
  });
  const where = {
    transaction: 'dry run in a transaction that was aborted: real locks were taken, nothing was changed',
    shadow: 'dry run on a shadow: the database was not touched',
  };
  const what =
    result.dryRun === null
      ? `${result.direction === 'up' ? 'applied' : 'rolled back'} ${plural(result.steps.length, 'migration')} in ${showDuration(result.durationMs)}`
      : where[result.dryRun];
  const { tries, waitedMs } = sumOfLocks(result.steps.map((step) => step.locks)) ?? { tries: 1, waitedMs: 0 };
  const locks = [
    tries === 1 ? null : `${String(tries - 1)} ${tries === 2 ? 'try' : 'tries'} aborted for locks`,
    waitedMs === 0 ? null : `waited ${showDuration(waitedMs)} for long transactions with nothing locked`,
    result.othersWaitedMs === null
      ? null
      : result.othersWaitedMs === 0
        ? 'no other session was seen to wait for it'
        : `no other session was seen to wait for it longer than ${showDuration(result.othersWaitedMs)}`,
  ].filter((part) => part !== null);
  return [
    ...(result.backup === null
      ? []
      : [`  backup ${result.backup.id} made first (${showDuration(result.backup.durationMs)})`]),
    ...renderTable(['  step', 'time', 'verification'], rows, terminal.width),
    `${name}: ${terminal.paint('green', what)}${result.runId === null ? '' : terminal.paint('dim', ` (run ${result.runId.slice(0, 8)})`)}`,
    ...(locks.length === 0 ? [] : [terminal.paint('dim', `  ${locks.join('; ')}`)]),
  ].join('\n');
}
