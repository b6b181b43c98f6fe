import type { Progress } from '../../ports/progress.ts';
import type { HeardEvent } from './span-tree.ts';

export interface TracingSettings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly toolVersion: string;
  /** Who is told of everything else. */
  readonly progress: Progress;
}

/** Hands events on, and sends what they tell of runs as spans when it is closed. */
export interface Tracing {
  readonly progress: Progress;
  /** Never throws: that nobody takes the spans is a warning. */
  close(): Promise<void>;
}

/** Whether OpenTelemetry's own variables ask for spans. */
export function wantsTracing(env: TracingSettings['env']): boolean {
  const endpoint = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  return (
    endpoint !== '' && env['OTEL_SDK_DISABLED']?.toLowerCase() !== 'true' && env['OTEL_TRACES_EXPORTER'] !== 'none'
  );
}

/** The packages are loaded when a run has ended, so neither commands without one nor the run itself wait for them. */
export function createTracing({ env, toolVersion, progress }: TracingSettings): Tracing {
  const heard: HeardEvent[] = [];
  let database = '';
  return {
    progress: {
      ...progress,
      report: (event) => {
        if (event.type !== 'progress' && event.type !== 'message') heard.push({ at: Date.now(), event });
        if (event.type === 'run-started' || event.type === 'verify-started') ({ database } = event);
        progress.report(event);
      },
    },
    close: async () => {
      if (database === '') return;
      const [{ spanTree }, { exportSpans }] = await Promise.all([
        import('./span-tree.ts'),
        import('./export-spans.ts'),
      ]);
      const spans = spanTree(heard.splice(0), Date.now());
      const problem = await exportSpans({ spans, toolVersion, traceparent: env['TRACEPARENT'] });
      if (problem === null) return;
      progress.report({ type: 'message', database, level: 'warn', text: `the run was not traced: ${problem}` });
    },
  };
}
