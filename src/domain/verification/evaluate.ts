import type { Check, Expectation } from '../../model/directives.ts';
import type { Outcome } from '../../ports/session.ts';
import { readPlan } from './explain.ts';
import { slowdown, TIMING_RESOLUTION_MS, type Baseline, type Round } from './timing.ts';
import { compareValue, sameValue, showValue } from './values.ts';

/** What an expectation says of the answer. `more` is what helps to understand a failure. */
export interface Evaluation {
  readonly passed: boolean;
  readonly actual: string;
  readonly more: Detail | null;
}

export type Detail =
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
  | { readonly kind: 'diff'; readonly expected: string; readonly actual: string }
  | { readonly kind: 'text'; readonly text: string };

export interface Timings {
  /** The best round of this check; null where it was not timed. */
  readonly own: Round | null;
  /** The check of the same name before the change. */
  readonly before: Baseline | null;
}

type Done = Extract<Outcome, { status: 'done' }>;

/** Decides whether the answer of the checked statement is what was expected. */
export function evaluate(check: Check, outcome: Outcome, timings: Timings): Evaluation {
  const { expectation } = check;
  if (outcome.status === 'skipped') return failed('the statement was not run');
  if (outcome.status === 'failed') {
    const { sqlState, message } = outcome.failure;
    const actual = `error ${sqlState ?? ''}: ${message}`;
    if (expectation.kind !== 'error') return failed(actual);
    const fits = sqlState === expectation.code || (sqlState?.startsWith(`${expectation.code}_`) ?? false);
    return { passed: fits, actual, more: null };
  }
  if (expectation.kind === 'error') return failed(`no error, ${String(outcome.rowCount)} rows`, tableOf(outcome));
  return evaluateRows(expectation, outcome, timings);
}

function evaluateRows(
  expectation: Exclude<Expectation, { kind: 'error' }>,
  outcome: Done,
  timings: Timings,
): Evaluation {
  switch (expectation.kind) {
    case 'rows': {
      const count = outcome.columns.length === 0 ? outcome.rowCount : outcome.rows.length;
      return decide(
        compareValue(count, expectation.comparison, expectation.count),
        `rows = ${String(count)}`,
        tableOf(outcome),
      );
    }
    case 'value': {
      if (outcome.rows.length !== 1)
        return failed(`${String(outcome.rows.length)} rows where one value was expected`, tableOf(outcome));
      const value = outcome.rows[0]?.[0];
      return decide(
        compareValue(value, expectation.comparison, expectation.value),
        `value = ${showValue(value)}`,
        tableOf(outcome),
      );
    }
    case 'every': {
      const index = outcome.columns.indexOf(expectation.column);
      if (index < 0)
        return failed(`no column ${expectation.column} in ${outcome.columns.join(', ')}`, tableOf(outcome));
      const wrong = outcome.rows.filter((row) => !compareValue(row[index], expectation.comparison, expectation.value));
      const actual =
        wrong.length === 0
          ? `all ${String(outcome.rows.length)} rows`
          : `${String(wrong.length)} of ${String(outcome.rows.length)} rows differ`;
      return decide(wrong.length === 0, actual, { kind: 'table', columns: outcome.columns, rows: wrong });
    }
    case 'result': {
      const rows = outcome.rows.map((row) =>
        Object.fromEntries(outcome.columns.map((name, index) => [name, row[index] ?? null])),
      );
      const actual = pretty(rows);
      return decide(sameValue(rows, expectation.rows), rows.length === 0 ? '[]' : JSON.stringify(rows), {
        kind: 'diff',
        expected: pretty(expectation.rows),
        actual,
      });
    }
    case 'plan-index': {
      const plan = readPlan(outcome.columns, outcome.rows);
      const used = plan.indexes.length === 0 ? 'no index' : `indexes ${plan.indexes.join(', ')}`;
      return decide(plan.indexes.includes(expectation.index), used, { kind: 'text', text: plan.text });
    }
    case 'plan-no-seq-scan': {
      const plan = readPlan(outcome.columns, outcome.rows);
      const table = expectation.table.split('.').at(-1) ?? expectation.table;
      return decide(
        !plan.scans.includes(table),
        plan.scans.length === 0 ? 'no sequential scan' : `sequential scan on ${plan.scans.join(', ')}`,
        { kind: 'text', text: plan.text },
      );
    }
    case 'median': {
      if (timings.own === null) return failed('it was not timed');
      const { ms, durations } = timings.own;
      return decide(
        expectation.comparison === '<' ? ms < expectation.ms : ms <= expectation.ms,
        `median ${showMs(ms)} of ${String(durations.length)} runs`,
        null,
      );
    }
    case 'within':
      return evaluateWithin(expectation.percent, timings);
  }
}

/** A machine that has become slower meanwhile is no fault of the change: the limit grows as its reference did. */
function evaluateWithin(percent: number, { own, before }: Timings): Evaluation {
  if (own === null) return failed('it was not timed');
  if (before === null) return failed('no timing from before the change');
  const slower = slowdown(own.reference, before.reference);
  const limit = (factor: number): number => before.ms * factor * (1 + percent / 100) + TIMING_RESOLUTION_MS;
  const actual = `median ${showMs(own.ms)}, before ${showMs(before.ms)}`;
  if (own.ms <= limit(1) || slower < 1.05) return decide(own.ms <= limit(1), actual, null);
  return decide(own.ms <= limit(slower), `${actual} on a machine then ${slower.toFixed(1)} times as fast`, null);
}

function decide(passed: boolean, actual: string, more: Detail | null): Evaluation {
  return { passed, actual, more: passed ? null : more };
}

function failed(actual: string, more: Detail | null = null): Evaluation {
  return { passed: false, actual, more };
}

function tableOf(outcome: Done): Detail | null {
  return outcome.columns.length === 0 ? null : { kind: 'table', columns: outcome.columns, rows: outcome.rows };
}

function pretty(rows: readonly unknown[]): string {
  return rows.length === 0 ? '[]\n' : `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`;
}

function showMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
}
