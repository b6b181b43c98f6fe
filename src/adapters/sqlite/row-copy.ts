import type { Value } from '../../model/engine.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { RowCopy } from '../../ports/row-copy.ts';
import type { Session } from '../../ports/session.ts';
import { quoteIdentifier } from '../../sql/quote.ts';

const AT_ONCE = 20_000;

/** Foreign keys are the business of who opens the transaction. Counters follow the rows by themselves. */
export const SQLITE_ROW_COPY: RowCopy = {
  read: async function* (session, { table, columns }) {
    const names = columns.map(quoteIdentifier).join(', ');
    for (let at = 0; ; at += AT_ONCE) {
      const [rows = []] = await run(
        session,
        `SELECT ${names} FROM ${quoteIdentifier(table)} LIMIT ${String(AT_ONCE)} OFFSET ${String(at)}`,
      );
      for (const row of rows) yield row as readonly Value[];
      if (rows.length < AT_ONCE) return;
    }
  },
  replace: async (session, { table, columns }, rows) => {
    const name = quoteIdentifier(table);
    await run(session, `DELETE FROM ${name}`);
    await session.copyRows(name, columns, rows);
  },
  withoutReactions: async (session, work) => {
    const [triggers = []] = await run(session, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    await run(session, ...triggers.map(([name]) => `DROP TRIGGER ${quoteIdentifier(String(name))}`));
    await work();
    await run(session, ...triggers.map(([, sql]) => String(sql)));
  },
  setPositions: async () => Promise.resolve(),
};

async function run(session: Session, ...texts: readonly string[]): Promise<(readonly (readonly unknown[])[])[]> {
  const outcomes = await session.batch(texts.map((text) => ({ text })));
  return outcomes.map((outcome) => {
    if (outcome.status === 'failed') throw errorOfFailure(outcome.failure, 'copying rows');
    return outcome.status === 'done' ? outcome.rows : [];
  });
}
