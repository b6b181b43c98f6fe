import { normaliseFile } from '../../../domain/migrations/index.ts';
import { foldStates, type VersionState } from '../../../domain/plan/index.ts';
import type { Badge, Contribution, Figure, Headline, MigrationPart, ReportBlock } from '../../../model/contribution.ts';
import { formatDuration } from '../../../model/duration.ts';
import type { SourceRef } from '../../../model/migration.ts';
import type { MigrationState } from '../../../model/plan.ts';
import { loadSet, type CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';
import { journalOf } from './journal-of.ts';

/** Every migration with its state, its text and its rollback. */
export async function scriptsSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [
      {
        id: 'scripts',
        title: 'Migrations',
        value: async () => {
          const { history, exists } = await journalOf(target);
          const states = foldStates(loadSet(target), history);
          return {
            headlines: [headlineOf(states, exists)],
            blocks: [],
            migrations: states.flatMap((state) => partsOf(target, state)),
          };
        },
      },
    ],
  });
}

const TONES = {
  applied: 'good',
  pending: 'neutral',
  missing: 'bad',
  modified: 'bad',
  'out of order': 'warning',
  failed: 'bad',
} as const;

function headlineOf(states: readonly VersionState[], exists: boolean): Headline {
  const number = (state: MigrationState): number => states.filter((each) => each.state === state).length;
  const applied = number('applied');
  const last = states.findLast(({ applied }) => applied !== null)?.applied?.version.text;
  const rest = (['pending', 'failed', 'modified', 'missing', 'out of order'] as const).filter(
    (state) => number(state) > 0,
  );
  const wrong = rest.some((state) => TONES[state] === 'bad');
  const text = [
    exists ? `${String(applied)} of ${counts(states.length, 'migration')} applied` : 'the database does not exist yet',
    ...rest.map((state) => `${String(number(state))} ${state}`),
    ...(last === undefined ? [] : [`${last} is the last`]),
  ].join(', ');
  return { label: 'State', text, tone: wrong ? 'bad' : rest.length > 0 || !exists ? 'neutral' : 'good' };
}

function partsOf(target: CommandTarget, { state, migration, applied }: VersionState): readonly MigrationPart[] {
  const version = migration?.version.text ?? applied?.version.text ?? '';
  const irreversible = applied?.irreversible ?? null;
  const badges: Badge[] = [
    { text: state, tone: TONES[state] },
    ...(applied?.kind === 'baseline' ? [{ text: 'baseline', tone: 'neutral' } as const] : []),
    ...(irreversible === null ? [] : [{ text: 'irreversible', tone: 'warning' } as const]),
  ];
  const figures: Figure[] =
    applied === null
      ? []
      : [
          { name: 'applied', value: applied.appliedAt, unit: null },
          { name: 'took', value: formatDuration(applied.durationMs), unit: null },
          { name: 'by', value: applied.operator, unit: null },
          { name: 'run', value: applied.runId.slice(0, 8), unit: null },
        ];
  const up: ReportBlock = migration === null ? absent('its file is missing') : codeOf(target, migration.up);
  return [
    {
      version,
      title: 'Migration',
      badges,
      blocks: [...(figures.length === 0 ? [] : [{ kind: 'figures', figures } as const]), up],
    },
    {
      version,
      title: 'Rollback',
      blocks: [
        migration?.rollback != null
          ? codeOf(target, migration.rollback)
          : absent(irreversible === null ? 'there is no rollback' : `irreversible: ${irreversible}`),
      ],
    },
  ];
}

function codeOf({ files }: CommandTarget, { path, shown, kind }: SourceRef): ReportBlock {
  return {
    kind: 'code',
    language: kind === 'ts' ? 'typescript' : 'sql',
    text: normaliseFile(files, path).trimEnd(),
    file: shown,
  };
}

function absent(text: string): ReportBlock {
  return { kind: 'text', text: `Absent: ${text}.` };
}
