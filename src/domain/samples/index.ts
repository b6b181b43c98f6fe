export { fillSample, type Filled, type FillOptions } from './fill.ts';
export { createRandom } from './random.ts';
