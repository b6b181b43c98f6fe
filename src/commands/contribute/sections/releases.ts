import type { ReleaseState } from '../../../domain/release/index.ts';
import { STAGES, type Contribution, type SectionValue, type Tone } from '../../../model/contribution.ts';
import { readReleases } from '../../parts/release-journal.ts';
import type { CommandTarget } from '../../parts/target.ts';

const OUTCOMES = { open: 'warning', succeeded: 'good', failed: 'bad', 'given up': 'warning' } as const;
const STATES = { passed: 'good', failed: 'bad', absent: 'neutral', blocked: 'warning', open: 'neutral' } as const;

/** The last release, item by item. */
export async function releasesSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [{ id: 'release', title: 'Last release', value: async () => valueOf(await readReleases(target)) }],
  });
}

function valueOf(releases: readonly ReleaseState[]): SectionValue {
  const last = releases.at(-1);
  if (last === undefined)
    return { headlines: [{ label: 'Last release', text: 'absent: there was none', tone: 'neutral' }], blocks: [] };
  const items = [...last.items.values()].toSorted((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage));
  const text = `${last.outcome}, begun ${minute(last.startedAt)} by ${last.operators.join(', ')}, from ${last.from ?? 'nothing'} to ${last.to ?? 'the last version'}`;
  return {
    headlines: [{ label: 'Last release', text, tone: OUTCOMES[last.outcome] }],
    blocks: [
      { kind: 'text', text: `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}. ${last.ending ?? ''}`.trim() },
      {
        kind: 'table',
        columns: (['Stage', 'Item', 'State', 'What was found', 'By', 'At (UTC)'] as const).map((title) => ({
          title,
          align: 'left',
        })),
        rows: items.map((item) => [
          item.stage,
          item.title,
          { text: item.state, tone: STATES[item.state] satisfies Tone },
          item.detail,
          item.signedBy === null ? item.operator : `${item.signedBy} (signed)`,
          minute(item.at),
        ]),
      },
    ],
  };
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
