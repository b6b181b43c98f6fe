import { createSqliteDatabase } from '../../src/adapters/sqlite/index.ts';
import { SurefootError } from '../../src/model/errors.ts';

/** Run as a process of its own, perhaps as another user: what becomes of a write into the file named first. */
const [path = ''] = process.argv.slice(2);
const tell = (result: unknown): void => void process.stdout.write(`${JSON.stringify(result)}\n`);
try {
  const session = await createSqliteDatabase({ name: 'caps', path }).connect({ create: false, label: 'x' });
  const [outcome] = await session.batch([{ text: 'INSERT INTO thing VALUES (1)' }]);
  tell(
    outcome?.status === 'failed'
      ? { opened: true, code: outcome.failure.code, sqlState: outcome.failure.sqlState }
      : { opened: true, code: null, sqlState: null },
  );
} catch (error) {
  tell({
    opened: false,
    code: error instanceof SurefootError ? error.code : String(error),
    sqlState: error instanceof SurefootError ? (error.context['sqlState'] ?? null) : null,
  });
}
