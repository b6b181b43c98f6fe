export { fillSample, sampleVersion, type Filled, type FillOptions } from './fill.ts';
export { createRandom } from './random.ts';
