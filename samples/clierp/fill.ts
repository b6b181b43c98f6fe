import type { SampleTools } from 'surefoot';

import { fillCustomers, fillGoods, fillPurchasing } from './goods.ts';
import { fillBooks, fillPeople } from './people.ts';
import { shapeOf, type Writing } from './shape.ts';

/** Fills the CLI's schema, which is the same on both engines. */
export async function fillClierp(tools: SampleTools, write: Writing): Promise<void> {
  const shape = shapeOf(tools, write);
  await fillPeople(shape);
  await tools.sql.script(
    'UPDATE departments SET manager_id = (SELECT min(e.id) FROM employees AS e WHERE e.department_id = departments.id)',
  );
  await fillBooks(shape);
  await fillGoods(shape);
  await fillPurchasing(shape);
  await fillCustomers(shape);
}
