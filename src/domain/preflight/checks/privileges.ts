import { block, ok, onFact, plural, showList, type PreflightCheck } from '../check.ts';

export const PRIVILEGES: PreflightCheck = {
  name: 'privileges',
  title: "Privileges that the plan's statements need",
  examine: ({ facts, needs }) =>
    onFact(facts.missing, (missing) =>
      missing.length === 0
        ? ok(`${plural(needs.needs.length, 'need')} of the plan met`)
        : block(
            `${plural(missing.length, 'privilege')} missing: ${showList(missing, 8)}`,
            'Grant what is named, or run as the role that has it.',
          ),
    ),
};
