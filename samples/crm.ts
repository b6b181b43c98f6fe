import { defineSample } from 'surefoot';

import { fillPeople } from './crm/people.ts';
import { shapeOf } from './crm/shape.ts';
import { fillWork } from './crm/work.ts';

export default defineSample({
  description:
    'A wholesaler, its agents and the dispensaries they sell to: a few agents and dispensaries have most of the orders',
  at: '001',
  async fill(tools) {
    const shape = shapeOf(tools);
    await fillPeople(shape);
    await fillWork(shape);
  },
});
