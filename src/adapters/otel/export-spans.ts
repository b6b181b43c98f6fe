import type { Context, TracerProvider } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { messageOf } from '../../model/errors.ts';
import type { SpanSpec } from './span-tree.ts';

export interface ExportRequest {
  readonly spans: readonly SpanSpec[];
  readonly toolVersion: string;
  /** W3C trace context of the process that started this one, such as a CI job. */
  readonly traceparent: string | undefined;
}

const TIMEOUT_MS = 5_000;

/** Sends the spans over OTLP/HTTP as OpenTelemetry's own variables say. Returns why not; null when they were taken. */
export async function exportSpans(request: ExportRequest): Promise<string | null> {
  let packages;
  try {
    packages = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
  } catch (error) {
    return `a package is missing (${messageOf(error).split('\n')[0] ?? ''}); npm install @opentelemetry/api @opentelemetry/sdk-trace-base @opentelemetry/resources @opentelemetry/exporter-trace-otlp-http`;
  }
  const [api, sdk, resources, otlp] = packages;
  const ended: ReadableSpan[] = [];
  const provider = new sdk.BasicTracerProvider({
    resource: resources
      .resourceFromAttributes({ 'service.name': 'surefoot', 'service.version': request.toolVersion })
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: (span) => void ended.push(span),
        forceFlush: async () => Promise.resolve(),
        shutdown: async () => Promise.resolve(),
      },
    ],
  });
  const parent = parentOf(api, request.traceparent);
  for (const spec of request.spans) start(api, provider, spec, parent);
  const exporter = new otlp.OTLPTraceExporter({ timeoutMillis: TIMEOUT_MS });
  try {
    return await new Promise((resolve) => {
      exporter.export(ended, ({ code, error }) => {
        resolve(code === 0 ? null : (error?.message ?? 'the receiver refused them'));
      });
    });
  } finally {
    await exporter.shutdown();
  }
}

type Api = typeof import('@opentelemetry/api');

function start(api: Api, provider: TracerProvider, spec: SpanSpec, parent: Context): void {
  const span = provider
    .getTracer('surefoot')
    .startSpan(spec.name, { startTime: spec.start, attributes: { ...spec.attributes } }, parent);
  const own = api.trace.setSpan(parent, span);
  for (const child of spec.children) start(api, provider, child, own);
  for (const { name, at } of spec.events) span.addEvent(name, at);
  if (spec.error !== null) span.setStatus({ code: api.SpanStatusCode.ERROR, message: spec.error });
  span.end(spec.end);
}

function parentOf(api: Api, traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] =
    /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/u.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return api.ROOT_CONTEXT;
  return api.trace.setSpanContext(api.ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}
