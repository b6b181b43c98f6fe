import { block, ok, onFact, showList, warn, type PreflightCheck } from '../check.ts';

const NEAR = 0.95;
/** The server stops taking writes a little before 2^31. */
const LAST = 2_000_000_000;

export const WRAPAROUND: PreflightCheck = {
  name: 'wraparound',
  title: 'Autovacuum to prevent wraparound',
  examine: ({ facts, needs }) =>
    onFact(facts.wraparound, ({ workers, age, limit }) => {
      const figure = `the oldest transaction id is ${age.toLocaleString('en')} old; it is frozen at ${limit.toLocaleString('en')}`;
      if (workers.length > 0) {
        const touched = [...needs.rewrites, ...needs.indexed].some((table) =>
          workers.some((worker) => worker.includes(table)),
        );
        const shown = `at work now: ${showList(workers)}; ${figure}`;
        const remedy = 'Wait for its end: it does not give way to a migration that wants a lock on its table.';
        return touched ? block(shown, remedy) : warn(shown, remedy);
      }
      if (age > LAST) return block(figure, 'VACUUM the database now: the server is about to stop taking writes.');
      return age > limit * NEAR
        ? warn(
            figure,
            'VACUUM (FREEZE) the oldest tables first: an autovacuum that does not give way may start during the run.',
          )
        : ok(figure);
    }),
};
