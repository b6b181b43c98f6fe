export { createTracing, wantsTracing, type Tracing } from './tracing.ts';
