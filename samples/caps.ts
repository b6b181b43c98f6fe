import { defineSample } from 'surefoot';

import { fillAudit, fillBackups, fillCore, fillSync } from './caps/core.ts';
import { fillAccounts, fillCommissions, fillCustomers, fillLayaways, fillPromotions } from './caps/sales.ts';
import { shapeOf } from './caps/shape.ts';
import { fillStock } from './caps/stock.ts';

export default defineSample({
  description: 'A car workshop with its shop: a few customers make most of the orders',
  at: '007',
  async fill(tools) {
    const shape = shapeOf(tools);
    await fillCore(shape);
    await fillCustomers(shape);
    await fillLayaways(shape);
    await fillCommissions(shape);
    await fillAccounts(shape);
    await fillPromotions(shape);
    await fillSync(shape);
    await fillStock(shape);
    await fillBackups(shape);
    await fillAudit(shape);
  },
});
