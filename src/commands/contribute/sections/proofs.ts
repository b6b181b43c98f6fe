import { openProofBook } from '../../../domain/migrations/index.ts';
import type { Badge, Contribution, MigrationPart, ReportBlock, SectionValue } from '../../../model/contribution.ts';
import { describeWithoutRows, isFinding, type ProofResult, type ProofState } from '../../../model/proof.ts';
import { loadSet, type CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';

const TONES = {
  proven: 'good',
  equivalent: 'good',
  irreversible: 'warning',
  differs: 'bad',
  lossy: 'bad',
  failed: 'bad',
} as const;

/** What the recorded proofs say of each rollback. */
export async function proofsSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [{ id: 'proofs', title: 'Proofs', value: async () => Promise.resolve(valueOf(target)) }],
  });
}

function valueOf(target: CommandTarget): SectionValue {
  const set = loadSet(target);
  const book = openProofBook(target.files, set, target.folders.verify, target.database.name);
  const states = set.migrations.map(({ version }, at) => {
    const migration = set.migrations[at];
    return { version: version.text, state: migration === undefined ? null : book.of(migration) };
  });
  const parts = states.flatMap(({ version, state }) => (state === null ? [] : [{ version, state }]));
  const unproven = parts.filter(({ state }) => !isProven(state));
  const broken = unproven.filter(({ state }) => state.state === 'valid').length;
  return {
    headlines: [
      {
        label: 'Unproven rollbacks',
        text:
          unproven.length === 0
            ? `none of ${counts(parts.length, 'migration')}`
            : `${String(unproven.length)} of ${counts(parts.length, 'migration')}${broken === 0 ? '' : `, ${String(broken)} proven wrong`}`,
        tone: broken > 0 ? 'bad' : unproven.length > 0 ? 'warning' : 'good',
      },
    ],
    blocks: [],
    migrations: parts.map(({ version, state }) => partOf(target, version, state)),
  };
}

function isProven({ state, proof }: ProofState): boolean {
  return state === 'valid' && proof !== null && !isFinding(proof.result);
}

function partOf(target: CommandTarget, version: string, { state, proof, reason }: ProofState): MigrationPart {
  const { name } = target.database;
  const prove = `surefoot prove ${name} --from ${version} --to ${version}`;
  if (proof === null)
    return {
      version,
      title: 'Proof of the rollback',
      badges: [{ text: 'not proven', tone: 'warning' }],
      blocks: [{ kind: 'text', text: `Absent: nothing was recorded. ${prove} makes it.` }],
    };
  const stale = state === 'stale';
  const badge: Badge = stale
    ? { text: 'proof is stale', tone: 'warning' }
    : { text: proof.result, tone: TONES[proof.result] };
  const servers = Object.entries(proof.servers).map(([major, result]) => `${result} on ${major}`);
  const blocks: ReportBlock[] = [
    {
      kind: 'text',
      text: `${stale ? `Stale: ${reason ?? ''}. It was: ` : ''}${servers.join(', ')}.${stale ? ` ${prove} makes it anew.` : ''}`,
    },
  ];
  if (proof.withoutRows !== undefined)
    blocks.push({
      kind: 'text',
      text: `Made ${describeWithoutRows(proof.withoutRows)}: of their data it says nothing.`,
    });
  if (proof.differences.length > 0)
    blocks.push({
      kind: 'table',
      columns: (['Object', 'Difference', 'When', 'Detail'] as const).map((title) => ({ title, align: 'left' })),
      rows: proof.differences.map(({ object, kind, phase, detail }) => [
        object,
        { text: kind, tone: toneOf(proof.result) },
        phase,
        detail,
      ]),
    });
  return { version, title: 'Proof of the rollback', badges: [badge], blocks };
}

function toneOf(result: ProofResult): Badge['tone'] {
  return isFinding(result) ? 'bad' : 'neutral';
}
