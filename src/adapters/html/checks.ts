import type { ReportBlock } from '../../model/contribution.ts';
import { escapeHtml } from './escape.ts';
import { renderBadge } from './tone.ts';
import { renderScroll } from './scroll.ts';

type Checks = Extract<ReportBlock, { kind: 'checks' }>;
type Check = Checks['checks'][number];

/** Failed ones first. Each opens to its statement, its place, and what was found. */
export function renderChecks({ checks }: Checks): string {
  const ordered = [...checks.filter(isFailed), ...checks.filter((check) => !isFailed(check))];
  const head = ['Result', 'Check', 'When', 'Expected', 'Actual', 'Time']
    .map((title) => `<th scope="col"${title === 'Time' ? ' class="right"' : ''}>${title}</th>`)
    .join('');
  return renderScroll(
    'Checks',
    `<table class="checks"><thead><tr>${head}</tr></thead><tbody>${ordered.map(renderCheck).join('')}</tbody></table>`,
  );
}

function isFailed({ outcome }: Check): boolean {
  return outcome === 'failed';
}

function renderCheck(check: Check): string {
  const { name, when, outcome, severity, expected, actual, durationMs, sql, file, line, detail } = check;
  const tone = outcome === 'passed' ? 'good' : severity === 'error' ? 'bad' : 'warning';
  const more = `<p class="place">${escapeHtml(file)}:${String(line)}</p><pre><code data-language="sql">${escapeHtml(sql)}</code></pre>${detail === null ? '' : `<pre class="found">${escapeHtml(detail)}</pre>`}`;
  return `<tr class="${tone}"><td>${renderBadge({ text: outcome === 'failed' && severity === 'warning' ? 'warning' : outcome, tone })}</td><th scope="row"><details><summary>${escapeHtml(name)}</summary>${more}</details></th><td>${escapeHtml(when)}</td><td class="mono">${escapeHtml(expected)}</td><td class="mono">${escapeHtml(actual)}</td><td class="right">${durationMs.toFixed(1)} ms</td></tr>`;
}
