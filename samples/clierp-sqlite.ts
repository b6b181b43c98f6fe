import { defineSample } from 'surefoot';

import { fillClierp } from './clierp/fill.ts';
import { loosely } from './clierp/loose.ts';

export default defineSample({
  description: 'The trading company as the CLI holds it: dates as text, 0 and 1, and a few values of the wrong type',
  at: '007',
  fill: (tools) => fillClierp(tools, loosely),
});
