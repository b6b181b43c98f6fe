import { block, ok, onFact, plural, showList, warn, type PreflightCheck } from '../check.ts';

export const DRIFT: PreflightCheck = {
  name: 'drift',
  title: 'The schema is what its history implies',
  examine: ({ drift, policy, database }) =>
    onFact(drift, ({ differences, applied }) => {
      if (differences.length === 0) return ok(`no difference to the schema of ${plural(applied, 'applied migration')}`);
      const figure = `${plural(differences.length, 'difference')}: ${showList(differences.map(({ kind, object }) => `${kind} ${object}`))}`;
      const remedy = `See surefoot drift ${database}; undo the change, or write it as a migration ahead of the pending ones and record that with: surefoot baseline ${database} --to <version>`;
      return policy.refuseDrift ? block(figure, remedy) : warn(figure, remedy);
    }),
};
