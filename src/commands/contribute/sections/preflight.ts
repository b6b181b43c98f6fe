import type { Contribution, SectionValue, Tone } from '../../../model/contribution.ts';
import { preflight, type PreflightReport } from '../../preflight.ts';
import type { CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';

const TONES = { ok: 'good', warn: 'warning', block: 'bad', unknown: 'neutral', 'not applicable': 'neutral' } as const;

/** Whether the target is fit for the next migrate, as it is found while the report is made. */
export async function preflightSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [
      {
        id: 'preflight',
        title: 'Preflight',
        value: async ({ shadow }) => valueOf(await preflight(target, { drift: shadow })),
      },
    ],
  });
}

function valueOf({ outcome, checks }: PreflightReport): SectionValue {
  const shown = checks.filter((check) => check.outcome !== 'not applicable');
  const named = (wanted: 'block' | 'warn' | 'unknown', word: string): readonly string[] => {
    const found = shown.filter((check) => check.outcome === wanted);
    return found.length === 0 ? [] : [`${String(found.length)} ${word}: ${found.map(({ name }) => name).join(', ')}`];
  };
  const good = shown.filter((check) => check.outcome === 'ok').length;
  const text = [
    `${String(good)} of ${counts(shown.length, 'check')} ok`,
    ...named('block', 'block'),
    ...named('warn', 'warn'),
    ...named('unknown', 'not to be seen'),
  ].join('; ');
  return {
    headlines: [{ label: 'Preflight', text, tone: TONES[outcome] }],
    blocks: [
      {
        kind: 'table',
        columns: (['Check', 'Outcome', 'What was found', 'Next'] as const).map((title) => ({ title, align: 'left' })),
        rows: shown.map((check) => [
          check.title,
          { text: check.outcome, tone: TONES[check.outcome] satisfies Tone },
          check.figure,
          check.remedy,
        ]),
      },
    ],
  };
}
