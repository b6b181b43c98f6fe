import { block, ok, plural, showList, warn, type PreflightCheck } from '../check.ts';

export const BASELINE: PreflightCheck = {
  name: 'baseline',
  title: 'History and schema are the expected ones',
  examine: ({ planProblem, applied, pending, baseline, policy, database }) => {
    if (planProblem !== null) return block(planProblem.message, planProblem.hint ?? 'Correct it, then look again.');
    const figure = `${String(applied)} applied as their files say, ${String(pending)} pending`;
    if (baseline === null) return ok(figure);
    const { file, differences } = baseline;
    if (differences.length === 0) return ok(`${figure}; the schema is the one kept in ${file}`);
    const told = `the schema is not the one kept in ${file}: ${plural(differences.length, 'difference')}: ${showList(differences.map(({ kind, object }) => `${kind} ${object}`))}`;
    const remedy = `See surefoot diff ${file} ${database}; undo the change, or keep the schema of now with surefoot snapshot ${database} --out ${file}.`;
    return policy.refuseDrift ? block(told, remedy) : warn(told, remedy);
  },
};
