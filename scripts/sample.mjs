// npm run sample -- <database> [--rows N] [--seed N]: loads samples/<database>.ts into a configured database.
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';
import { isSurefootError, sample } from 'surefoot';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const config = await createJiti(import.meta.url).import('../surefoot.config.ts', { default: true });
try {
  const { databases } = await sample(config, {
    database: positionals,
    rows: Number(values.rows),
    seed: Number(values.seed),
  });
  for (const { name, rows, durationMs } of databases)
    console.log(`${name}: ${rows.toLocaleString('en')} rows in ${(durationMs / 1000).toFixed(1)} s`);
} catch (error) {
  if (!isSurefootError(error)) throw error;
  console.error(`error ${error.code}: ${error.message}\n  next: ${error.hint ?? ''}`);
  process.exitCode = error.exitCode;
}
