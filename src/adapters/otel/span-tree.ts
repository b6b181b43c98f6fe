import type { ProgressEvent } from '../../ports/progress.ts';

/** An event and when it was heard of, ms since 1970. */
export interface HeardEvent {
  readonly at: number;
  readonly event: ProgressEvent;
}

/** A span to be: run, step or check. Times in ms since 1970. No values of user data. */
export interface SpanSpec {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Null where it ended well. */
  readonly error: string | null;
  readonly events: readonly { readonly name: string; readonly at: number }[];
  readonly children: readonly SpanSpec[];
}

type Of<T extends ProgressEvent['type']> = Extract<ProgressEvent, { type: T }>;
type Checks = Of<'step-finished'>['checks'];

/** The runs and verifications that the events tell of, with their steps and checks. A run that nobody ended ends at `now`. */
export function spanTree(heard: readonly HeardEvent[], now: number): readonly SpanSpec[] {
  return heard.flatMap(({ at, event }, index) => {
    if (event.type === 'verify-started') return [verifySpan(event, at, heard.slice(index + 1), now)];
    if (event.type !== 'run-started') return [];
    const rest = heard.slice(index + 1);
    const length = rest.findIndex(
      ({ event: later }) =>
        later.database === event.database &&
        ((later.type === 'run-finished' && later.runId === event.runId) || later.type === 'run-started'),
    );
    const last = length < 0 ? undefined : rest[length];
    const inside = (length < 0 ? rest : rest.slice(0, length)).filter(
      ({ event: each }) => each.database === event.database,
    );
    const finished = last?.event.type === 'run-finished' ? last.event : null;
    const end = last?.at ?? now;
    return [
      {
        name: `surefoot ${event.direction === 'up' ? 'migrate' : 'rollback'} ${event.database}`,
        start: at,
        end,
        attributes: {
          'surefoot.run.id': event.runId,
          'surefoot.database': event.database,
          'surefoot.direction': event.direction,
          'surefoot.steps': event.steps,
          'surefoot.outcome': finished?.outcome ?? 'unknown',
        },
        error: finished?.outcome === 'succeeded' ? null : (failureOf(inside) ?? 'it did not end'),
        events: inside.flatMap(({ at: then, event: each }) =>
          each.type === 'lock-waiting' ? [{ name: 'waiting for the run lock', at: then }] : [],
        ),
        children: stepSpans(inside, end),
      },
    ];
  });
}

function verifySpan(
  { database, runId, checks }: Of<'verify-started'>,
  start: number,
  rest: readonly HeardEvent[],
  now: number,
): SpanSpec {
  const ended = rest.find(({ event }) => event.type === 'verify-finished' && event.runId === runId);
  const finished = ended?.event.type === 'verify-finished' ? ended.event : null;
  const end = ended?.at ?? now;
  return {
    name: `surefoot verify ${database}`,
    start,
    end,
    attributes: {
      'surefoot.run.id': runId,
      'surefoot.database': database,
      'surefoot.checks': checks,
      'surefoot.outcome': finished?.outcome ?? 'unknown',
    },
    error: finished === null ? 'it did not end' : finished.outcome === 'failed' ? 'check-failed' : null,
    events: [],
    children: finished === null ? [] : checkSpans(finished.checks, start, end),
  };
}

function stepSpans(inside: readonly HeardEvent[], runEnd: number): readonly SpanSpec[] {
  return inside.flatMap(({ at, event }, index) => {
    if (event.type !== 'step-started') return [];
    const ended = inside
      .slice(index + 1)
      .find(
        ({ event: later }) =>
          (later.type === 'step-finished' || later.type === 'step-failed') && later.name === event.name,
      );
    const outcome = ended?.event.type === 'step-finished' || ended?.event.type === 'step-failed' ? ended.event : null;
    const end = ended?.at ?? runEnd;
    return [
      {
        name: `${event.direction} ${event.name}`,
        start: at,
        end,
        attributes: {
          'surefoot.migration': event.name,
          'surefoot.direction': event.direction,
          'surefoot.step': event.index + 1,
        },
        error: outcome === null ? 'it did not end' : outcome.type === 'step-failed' ? outcome.code : null,
        events: [],
        children: outcome === null ? [] : checkSpans(outcome.checks, at, end),
      },
    ];
  });
}

/** Only how long each check took is known: they are laid end to end before the end of the step. */
function checkSpans(checks: Checks, from: number, end: number): readonly SpanSpec[] {
  let start = Math.max(from, end - checks.reduce((sum, check) => sum + check.durationMs, 0));
  return checks.map((check) => {
    const begun = start;
    start = Math.min(end, start + check.durationMs);
    return {
      name: `check ${check.name}`,
      start: begun,
      end: start,
      attributes: {
        'surefoot.check': check.name,
        'surefoot.check.when': check.when,
        'surefoot.check.severity': check.severity,
        'surefoot.check.outcome': check.outcome,
        'code.file.path': check.file,
        'code.line.number': check.line,
      },
      error: check.outcome === 'failed' ? 'check-failed' : null,
      events: [],
      children: [],
    };
  });
}

function failureOf(inside: readonly HeardEvent[]): string | null {
  for (const { event } of inside) if (event.type === 'step-failed') return event.code;
  return null;
}
