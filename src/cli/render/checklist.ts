import type { ChecklistResult, ListedItem, ReleaseSummary } from '../../commands/checklist.ts';
import { STAGES, type Stage } from '../../model/contribution.ts';
import { showTime } from './table.ts';

export const STAGE_TITLES = {
  preflight: 'Preflight',
  backup: 'Backup',
  proofs: 'Proofs',
  plan: 'Plan',
  window: 'Maintenance window',
  before: 'Before the migration',
  migrate: 'Migration',
  checks: 'Checks',
  invariants: 'Invariants',
  timings: 'Query timings',
  after: 'After the migration',
  log: 'Log',
  rollback: 'Rollback',
  later: 'Afterwards',
} as const satisfies Record<Stage, string>;

/** The list as Markdown for a ticket. `--answers` reads the same text back: each item ends in its id. */
export function renderChecklist(result: ChecklistResult): string {
  const lines = [`# Release checklist: ${result.name}`];
  if (result.release !== null) lines.push(`<!-- release ${result.release.id} -->`, '', describeRelease(result.release));
  for (const stage of STAGES) {
    const items = result.items.filter((item) => item.stage === stage);
    if (items.length === 0) continue;
    lines.push('', `## ${STAGE_TITLES[stage]}`);
    let group: string | null = null;
    let listed = false;
    for (const item of items) {
      if (item.group !== group && item.group !== null && item.group !== STAGE_TITLES[stage]) {
        lines.push('', `### ${item.group}`, '');
        listed = true;
      } else if (!listed) {
        lines.push('');
        listed = true;
      }
      group = item.group;
      lines.push(...itemLines(item));
    }
  }
  return lines.join('\n');
}

function itemLines(item: ListedItem): readonly string[] {
  const passed = item.state === 'passed';
  const remarks = [
    ...(item.kind === 'manual' ? [] : ['automatic']),
    ...(item.owner === null ? [] : [`owner: ${item.owner}`]),
    ...(item.optional ? ['optional'] : []),
  ];
  const open = item.state === 'open';
  const word = passed || open ? '' : `**${item.state}** `;
  const said = item.detail === null || item.signedBy !== null ? '' : `: ${word}${plain(item.detail)}`;
  const line = `- [${passed ? 'x' : ' '}] ${item.title}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}${said} <!-- ${item.id} -->`;
  const help = item.help === null ? [] : item.help.split('\n').map((text) => `  ${text}`);
  if (item.kind === 'automatic')
    return [
      line,
      ...help,
      ...item.figures
        .filter(isTelling)
        .map(
          (figure) =>
            `  - ${plain(figure.name)}: ${plain(String(figure.value))}${figure.unit === null ? '' : ` ${figure.unit}`}`,
        ),
    ];
  const failed = item.state === 'failed' ? ' (it failed)' : '';
  return [
    line,
    ...help,
    `  - signed by: ${item.signedBy === null || item.state === 'failed' ? '' : plain(item.signedBy)}`.trimEnd(),
    `  - note: ${plain(item.note ?? '')}${failed}`.trimEnd(),
  ];
}

/** Counts are in the sentence already. */
function isTelling(figure: { readonly value: number | string; readonly unit: string | null }): boolean {
  return figure.unit !== null || typeof figure.value === 'string';
}

export function describeRelease(release: ReleaseSummary): string {
  const { id, outcome, startedAt, finishedAt, from, to, operators, walker, ending } = release;
  const way = `${from === null ? 'from nothing' : `from ${from}`} to ${to ?? 'the last version'}`;
  const at =
    walker === null
      ? ''
      : `, walked by ${plain(walker.operator)} on ${plain(walker.host)} (pid ${String(walker.pid)}) since ${showTime(walker.since)} UTC`;
  const end = finishedAt === null ? `it is open${at}` : `${outcome} ${showTime(finishedAt)} UTC`;
  return `Release ${id.slice(0, 8)}, ${way}, begun ${showTime(startedAt)} UTC by ${operators.map(plain).join(', ')}: ${end}${ending === null ? '' : ` (${plain(ending)})`}.`;
}

/** One line that Markdown shows as it is. */
function plain(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll('<', '&lt;').replaceAll('>', '&gt;').trim();
}
