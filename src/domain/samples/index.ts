export { findSamples, orderOf } from './find.ts';
export { fillSample, loadSample, type Filled, type FillOptions } from './fill.ts';
export { createRandom } from './random.ts';
