import { dirname } from 'node:path';
import { createSqliteShadow } from '../../src/adapters/sqlite/index.ts';

// Makes a shadow, tells its folder, and holds it until it is killed.
await createSqliteShadow('main').withStage({}, async (stage) => {
  const shadow = await stage.make();
  const session = await shadow.connect({ create: true, label: 'held' });
  process.stdout.write(`${dirname(shadow.displayUrl.slice('sqlite:'.length))}\n`);
  setInterval(() => undefined, 1_000);
  await new Promise(() => undefined);
  await session.close();
});
