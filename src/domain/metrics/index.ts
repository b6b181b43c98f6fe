export type { Family, Sample } from './family.ts';
export { measure, type Measured } from './measure.ts';
export { METRICS_FORMATS, renderMetrics, type MetricsFormat } from './render-metrics.ts';
