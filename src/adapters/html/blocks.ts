import type { Badge, ReportBlock } from '../../model/contribution.ts';
import { renderChecks } from './checks.ts';
import { escapeHtml, escapeValue } from './escape.ts';
import { renderScroll } from './scroll.ts';
import { renderTimeline } from './timeline.ts';
import { renderTimings } from './timings.ts';
import { renderBadge } from './tone.ts';

/** `id` is unique in the page. */
export function renderBlock(block: ReportBlock, id: string): string {
  switch (block.kind) {
    case 'text':
      return block.text.startsWith('Absent: ')
        ? `<p class="absent">${escapeHtml(block.text)}</p>`
        : `<p>${escapeHtml(block.text)}</p>`;
    case 'figures':
      return `<dl class="figures">${block.figures.map(renderFigure).join('')}</dl>`;
    case 'table':
      return renderTable(block);
    case 'timeline':
      return renderTimeline(block);
    case 'code':
      return renderCode(block);
    case 'diff':
      return renderScroll('Differences', `<pre class="diff"><code>${renderDiff(block.text)}</code></pre>`, 'code');
    case 'findings':
      return `<ul class="findings">${block.findings.map(renderFinding).join('')}</ul>`;
    case 'checks':
      return renderChecks(block);
    case 'timings':
      return renderTimings(block);
    case 'diagram':
      return renderDiagram(block, id);
  }
}

type Of<K extends ReportBlock['kind']> = Extract<ReportBlock, { kind: K }>;

function renderFigure({ name, value, unit }: Of<'figures'>['figures'][number]): string {
  return `<div><dt>${escapeHtml(name)}</dt><dd>${escapeValue(value)}${unit === null ? '' : ` ${unit}`}</dd></div>`;
}

function renderTable({ columns, rows }: Of<'table'>): string {
  const align = (at: number): string => (columns[at]?.align === 'right' ? ' class="right"' : '');
  const head = columns.map(({ title }, at) => `<th scope="col"${align(at)}>${escapeHtml(title)}</th>`).join('');
  const body = rows.map(
    (row) => `<tr>${row.map((cell, at) => `<td${align(at)}>${renderCell(cell)}</td>`).join('')}</tr>`,
  );
  return renderScroll(
    columns.map(({ title }) => title).join(', '),
    `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`,
  );
}

function renderCell(cell: string | number | Badge | null): string {
  if (cell === null) return '<span class="none">–</span>';
  return typeof cell === 'object' ? renderBadge(cell) : escapeValue(cell);
}

function renderCode({ language, text, file }: Of<'code'>): string {
  const head = file == null ? '' : `<p class="place">${escapeHtml(file)}</p>`;
  return `${head}${renderScroll(file ?? 'Text', `<pre><code data-language="${language}">${escapeHtml(text)}</code></pre>`, 'code')}`;
}

function renderDiff(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const name = line.startsWith('@@') ? 'at' : line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : '';
      const shown = escapeHtml(name === 'at' ? line.replace(/^@@ ?/u, '') : line);
      return name === '' ? `${shown}\n` : `<span class="${name}">${shown}\n</span>`;
    })
    .join('');
}

function renderFinding({ severity, rule, message, file, line }: Of<'findings'>['findings'][number]): string {
  const place =
    file === null ? '' : `<span class="place">${escapeHtml(file)}${line === null ? '' : `:${String(line)}`}</span> `;
  const badge = renderBadge({ text: severity, tone: severity === 'error' ? 'bad' : 'warning' });
  return `<li>${badge} ${place}<span class="message">${escapeHtml(message)}</span> <span class="rule">${escapeHtml(rule)}</span></li>`;
}

/** One drawing of both states; which parts are seen is chosen above it. */
function renderDiagram({ label, svg, before, after }: Of<'diagram'>, id: string): string {
  const views = before === after ? [] : (['changes', 'before', 'after'] as const);
  const choices = views.map((view, at) => {
    const title = { changes: 'Changes', before: 'Before', after: 'After' }[view];
    return `<label><input type="radio" name="${escapeHtml(id)}" value="${view}"${at === 0 ? ' checked' : ''}>${title}</label>`;
  });
  const bar =
    choices.length === 0
      ? ''
      : `<fieldset class="views"><legend>Show</legend>${choices.join('')}</fieldset><p class="legend"><span class="added">added</span> <span class="changed">changed</span> <span class="removed">removed</span></p>`;
  return `<figure class="diagram"><figcaption>${escapeHtml(label)}</figcaption><div class="tools">${bar}<label class="fit"><input type="checkbox" checked>Fit to the width</label></div>${renderScroll(label, svg, 'drawing')}</figure>`;
}
