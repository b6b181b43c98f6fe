import { formatDuration } from '../../../model/duration.ts';
import { block, ok, onFact, plural, warn, type PreflightCheck } from '../check.ts';

const LONG_MS = 10_000;
const TOO_LONG_MS = 5 * 60_000;

export const LONG_TRANSACTIONS: PreflightCheck = {
  name: 'long-transactions',
  title: 'Long transactions, and sessions idle in one',
  examine: ({ facts }) =>
    facts.server.connections === null
      ? { outcome: 'not applicable', figure: 'SQLite shows no transactions of others; see connections', remedy: null }
      : onFact(facts.sessions, (sessions) => {
          const long = sessions.filter((session) => (session.transactionMs ?? 0) >= LONG_MS);
          const idle = sessions.filter((session) => session.state?.startsWith('idle in transaction') === true);
          const [oldest] = [...long, ...idle].toSorted((a, b) => (b.transactionMs ?? 0) - (a.transactionMs ?? 0));
          if (oldest === undefined) return ok('none');
          const figure =
            `${plural(long.length, 'transaction')} of 10 s or more, ${plural(idle.length, 'session')} idle in transaction; ` +
            `the oldest is ${formatDuration(oldest.transactionMs ?? 0)} old: pid ${String(oldest.pid)} (${oldest.user ?? '?'} ${oldest.application ?? ''}, ${oldest.state ?? '?'}): ${oldest.query ?? ''}`;
          const remedy = `Wait for it, or end it with SELECT pg_terminate_backend(${String(oldest.pid)}).`;
          return (oldest.transactionMs ?? 0) >= TOO_LONG_MS ? block(figure, remedy) : warn(figure, remedy);
        }),
};
