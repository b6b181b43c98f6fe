import type { Badge, Figure, ReportBlock, Tone } from '../../model/contribution.ts';
import type { DatabaseReport, Report } from '../../model/report.ts';

const MARKS: Readonly<Record<Tone, string>> = { good: '✅', bad: '❌', warning: '⚠️', neutral: '➖' };

/** A report as Markdown, for a wiki, a ticket or a pull request. */
export function renderReportMarkdown({ at, toolVersion, databases }: Report): string {
  const lines = databases.flatMap((database, index) => [...(index === 0 ? [] : ['']), ...databaseLines(database)]);
  return `${[...lines, '', `Made ${at.slice(0, 16).replace('T', ' ')} UTC by surefoot ${toolVersion}.`].join('\n')}\n`;
}

function databaseLines({ name, engine, url, headlines, sections, migrations }: DatabaseReport): readonly string[] {
  return [
    `# Report of ${inline(name)}`,
    '',
    `${engine}, ${inline(url)}`,
    '',
    '| | | |',
    '|---|---|---|',
    ...headlines.map(({ label, text, tone }) => `| ${MARKS[tone]} | ${inline(label)} | ${inline(text)} |`),
    ...sections.flatMap(({ title, blocks }) => ['', `## ${inline(title)}`, ...blocks.flatMap(blockLines)]),
    ...(migrations.length === 0 ? [] : ['', '## Migrations']),
    ...migrations.flatMap((migration) => [
      '',
      `### ${inline(migration.name)}`,
      '',
      migration.badges.map(badge).join(' · '),
      ...migration.parts.flatMap(({ title, blocks }) => ['', `#### ${inline(title)}`, ...blocks.flatMap(blockLines)]),
    ]),
  ];
}

function blockLines(block: ReportBlock): readonly string[] {
  switch (block.kind) {
    case 'text':
      return ['', inline(block.text)];
    case 'figures':
      return ['', block.figures.map((figure) => `${inline(figure.name)}: ${inline(figureText(figure))}`).join(' · ')];
    case 'table':
      return table(
        block.columns.map(({ title }) => title),
        block.columns.map(({ align }) => align),
        block.rows.map((row) => row.map(cellText)),
      );
    case 'timeline':
      return [
        '',
        ...block.entries.map(
          ({ at, label, tone }) => `- ${MARKS[tone]} ${at.slice(0, 16).replace('T', ' ')} ${inline(label)}`,
        ),
      ];
    case 'code':
      return [...(block.file == null ? [] : ['', inline(block.file)]), ...fenced(block.language, block.text)];
    case 'diff':
      return fenced('diff', block.text);
    case 'findings':
      return [
        '',
        ...block.findings.map(({ severity, rule, message, file, line }) => {
          const place = file === null ? '' : `${inline(file)}${line === null ? '' : `:${String(line)}`} `;
          return `- ${severity === 'error' ? MARKS.bad : MARKS.warning} ${place}${inline(message)} (${inline(rule)})`;
        }),
      ];
    case 'checks':
      return table(
        ['', 'Check', 'When', 'Expected', 'Actual'],
        ['left', 'left', 'left', 'left', 'left'],
        block.checks.map(({ name, when, outcome, severity, expected, actual }) => [
          outcome === 'passed' ? MARKS.good : severity === 'error' ? MARKS.bad : MARKS.warning,
          inline(name),
          when,
          inline(expected),
          inline(actual),
        ]),
      );
    case 'timings':
      return table(
        ['Query', 'Before', 'After', 'Change'],
        ['left', 'right', 'right', 'right'],
        block.timings.map(({ label, beforeMs, afterMs }) => [
          inline(label),
          beforeMs === null ? 'absent' : `${beforeMs.toFixed(2)} ms`,
          `${afterMs.toFixed(2)} ms`,
          beforeMs === null || beforeMs === 0 ? '' : `${(((afterMs - beforeMs) / beforeMs) * 100).toFixed(0)} %`,
        ]),
      );
    case 'diagram':
      return [
        '',
        inline(block.label),
        ...(block.before === null || block.before === block.after
          ? []
          : ['', 'Before:', ...fenced('mermaid', block.before)]),
        ...(block.after === null ? [] : ['', 'After:', ...fenced('mermaid', block.after)]),
      ];
  }
}

function table(
  titles: readonly string[],
  aligns: readonly ('left' | 'right')[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return [
    '',
    `| ${titles.map(inline).join(' | ')} |`,
    `|${aligns.map((align) => (align === 'left' ? '---' : '--:')).join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
}

function cellText(cell: string | number | Badge | null): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? badge(cell) : inline(String(cell));
}

function badge({ text, tone }: Badge): string {
  return `${MARKS[tone]} ${inline(text)}`;
}

function figureText({ value, unit }: Figure): string {
  return unit === null ? String(value) : `${String(value)} ${unit}`;
}

/** A fence longer than any run of back ticks inside it. */
function fenced(language: string, text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return ['', `${fence}${language}`, text.replace(/\n+$/u, ''), fence];
}

/** Text on one line that neither ends a table cell nor becomes markup. */
function inline(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/gu, String.raw`\$&`).replaceAll(/\s*[\n\r]\s*/gu, ' ');
}
