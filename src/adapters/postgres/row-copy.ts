import type { Value } from '../../model/engine.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { RowCopy } from '../../ports/row-copy.ts';
import type { Session } from '../../ports/session.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { VALUE_SETTINGS } from './digest.ts';

const AT_ONCE = 5_000;
const CURSOR = 'surefoot_copy';

/** Rows travel as texts, which COPY takes for every type. Needs a superuser on the side that is written to. */
export const POSTGRES_ROW_COPY: RowCopy = {
  read: async function* (session, { table, columns }) {
    const texts = columns.map((column) => `t.${quoteIdentifier(column)}::pg_catalog.text`);
    await run(
      session,
      VALUE_SETTINGS.join('; '),
      `DECLARE ${CURSOR} NO SCROLL CURSOR FOR SELECT ${texts.join(', ')} FROM ${table} AS t`,
    );
    for (;;) {
      const [rows = []] = await run(session, `FETCH ${String(AT_ONCE)} FROM ${CURSOR}`);
      for (const row of rows) yield row as readonly Value[];
      if (rows.length < AT_ONCE) break;
    }
    await run(session, `CLOSE ${CURSOR}`);
  },
  replace: async (session, { table, columns }, rows) => {
    await run(session, `DELETE FROM ${table}`);
    await session.copyRows(table, columns, rows);
  },
  withoutReactions: async (session, work) => {
    await run(session, 'SET LOCAL session_replication_role = replica');
    await work();
    await run(session, 'SET LOCAL session_replication_role = origin');
  },
  setPositions: async (session, positions) => {
    const calls = [...positions]
      .filter(([, position]) => position !== 'unused')
      .map(([id, position]) => {
        const name = quoteLiteral('postgres', id.slice(id.indexOf(' ') + 1));
        return `SELECT pg_catalog.setval(pg_catalog.to_regclass(${name}), ${position})`;
      });
    await run(session, ...calls);
  },
};

async function run(session: Session, ...texts: readonly string[]): Promise<(readonly (readonly unknown[])[])[]> {
  const outcomes = await session.batch(texts.map((text) => ({ text })));
  return outcomes.map((outcome) => {
    if (outcome.status === 'failed') throw errorOfFailure(outcome.failure, 'copying rows');
    return outcome.status === 'done' ? outcome.rows : [];
  });
}
