import { defineSample } from 'surefoot';

import { fillMaster } from './mes/master.ts';
import { shapeOf } from './mes/shape.ts';
import { fillWork } from './mes/work.ts';

export default defineSample({
  description: 'Manufacturers of very different size, each with its plants, and a year of orders, logs and inspections',
  at: '2025_11_08_090000',
  async fill(tools) {
    const shape = shapeOf(tools);
    await fillMaster(shape);
    await fillWork(shape);
  },
});
