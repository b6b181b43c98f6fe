import { isAbsentDatabase } from '../../../domain/run/index.ts';
import type { Contribution, SectionValue } from '../../../model/contribution.ts';
import { drift } from '../../drift.ts';
import type { CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';

/** Where the live schema is not what the history implies. */
export async function driftSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [
      {
        id: 'drift',
        title: 'Drift',
        value: async ({ shadow }) =>
          shadow ? valueOf(target) : unknown(`not looked at; surefoot drift ${target.database.name} does`),
      },
    ],
  });
}

function unknown(why: string): SectionValue {
  return { headlines: [{ label: 'Drift', text: `absent: ${why}`, tone: 'neutral' }], blocks: [] };
}

async function valueOf(target: CommandTarget): Promise<SectionValue> {
  try {
    const { differences, applied } = await drift(target, {});
    if (applied === 0) return unknown('nothing is applied');
    if (differences.length === 0)
      return {
        headlines: [{ label: 'Drift', text: 'none: the schema is what its history makes', tone: 'good' }],
        blocks: [],
      };
    return {
      headlines: [{ label: 'Drift', text: counts(differences.length, 'difference'), tone: 'bad' }],
      blocks: [
        {
          kind: 'table',
          columns: (['Object', 'Difference', 'Detail'] as const).map((title) => ({ title, align: 'left' })),
          rows: differences.map(({ object, kind, detail }) => [object, { text: kind, tone: 'bad' }, detail]),
        },
        {
          kind: 'diff',
          text: differences
            .map(({ object, diff }) =>
              [`@@ ${object}`, ...diff.split('\n').filter((line) => /^[-+ ](?![-+]{2} )/u.test(line))].join('\n'),
            )
            .join('\n'),
        },
      ],
    };
  } catch (error) {
    if (isAbsentDatabase(error)) return unknown('the database does not exist yet');
    throw error;
  }
}
