import { block, ok, type PreflightCheck } from '../check.ts';

export const BASELINE: PreflightCheck = {
  name: 'baseline',
  title: 'The history is the expected one',
  examine: ({ planProblem, applied, pending }) =>
    planProblem === null
      ? ok(`${String(applied)} applied as their files say, ${String(pending)} pending`)
      : block(planProblem.message, planProblem.hint ?? 'Correct it, then look again.'),
};
