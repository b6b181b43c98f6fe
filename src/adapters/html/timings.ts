import type { ReportBlock } from '../../model/contribution.ts';
import { escapeHtml } from './escape.ts';
import { renderBadge } from './tone.ts';
import { renderScroll } from './scroll.ts';

type Timings = Extract<ReportBlock, { kind: 'timings' }>;

const LONGEST = 160;

export function renderTimings({ timings }: Timings): string {
  const most = Math.max(...timings.flatMap(({ beforeMs, afterMs }) => [beforeMs ?? 0, afterMs]), Number.MIN_VALUE);
  const bar = (ms: number, y: number, name: string): string =>
    `<rect class="${name}" x="0" y="${String(y)}" width="${Math.max(1, (ms / most) * LONGEST).toFixed(1)}" height="7" rx="1.5"/>`;
  const rows = timings.map(({ label, beforeMs, afterMs, tone }) => {
    const bars = `${beforeMs === null ? '' : bar(beforeMs, 1, 'was')}${bar(afterMs, 10, 'now')}`;
    return `<tr><th scope="row">${escapeHtml(label)}</th><td class="right">${beforeMs === null ? 'absent' : `${shown(beforeMs)} ms`}</td><td class="right">${shown(afterMs)} ms</td><td class="right">${changeOf(beforeMs, afterMs)}</td><td>${renderBadge({ text: tone === 'bad' ? 'too slow' : 'as allowed', tone })}</td><td><svg class="bars" width="${String(LONGEST)}" height="18" aria-hidden="true">${bars}</svg></td></tr>`;
  });
  const head = ['Query', 'Before', 'After', 'Change', 'Limit', 'Before over after']
    .map((title, at) => `<th scope="col"${at > 0 && at < 4 ? ' class="right"' : ''}>${title}</th>`)
    .join('');
  return renderScroll('Query timings', `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`);
}

function changeOf(beforeMs: number | null, afterMs: number): string {
  if (beforeMs === null || beforeMs === 0) return 'absent';
  const percent = Math.round(((afterMs - beforeMs) / beforeMs) * 100);
  return `${percent === 0 ? '' : percent < 0 ? '−' : '+'}${String(Math.abs(percent))} %`;
}

function shown(ms: number): string {
  return ms.toFixed(ms < 1 ? 3 : ms < 100 ? 1 : 0);
}
