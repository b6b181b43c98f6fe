import type { Contribution } from '../../model/contribution.ts';
import { preflight } from '../preflight.ts';
import type { CommandTarget } from '../parts/target.ts';
import { counts } from './counts.ts';

const WORDS = { block: 'block', warn: 'warn', unknown: 'not to be seen' } as const;

/** The preflight as an item of the release. */
export async function preflightCapability(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    items: [
      {
        id: 'preflight',
        title: 'The preflight of the target',
        stage: 'preflight',
        owner: null,
        stops: ['failed', 'blocked'],
        run: async ({ to }) => {
          const { outcome, checks } = await preflight(target, { to: to ?? undefined });
          const of = (wanted: string): typeof checks => checks.filter((check) => check.outcome === wanted);
          const found = [...of('block'), ...of('warn')];
          const more = found.length === 0 ? '' : `: ${found.map((check) => check.name).join(', ')}`;
          return {
            state: outcome === 'block' ? 'failed' : 'passed',
            detail: [
              `${String(of('ok').length)} of ${counts(checks.length - of('not applicable').length, 'check')} ok`,
              ...(['block', 'warn', 'unknown'] as const).flatMap((each) =>
                of(each).length === 0 ? [] : [`${String(of(each).length)} ${WORDS[each]}`],
              ),
            ]
              .join(', ')
              .concat(more),
            findings: found.map((check) => ({
              severity: check.outcome === 'block' ? 'error' : 'warning',
              rule: check.name,
              message: `${check.title}: ${check.figure}${check.remedy === null ? '' : `. ${check.remedy}`}`,
              file: null,
              line: null,
            })),
          };
        },
      },
    ],
  });
}
