import type { CiCheckResult, CiDatabaseResult } from '../../model/ci.ts';

const MARKS = { passed: '✅', failed: '❌', absent: '➖' } as const;
/** A job summary has a limit; the whole list is in the other files. */
const MOST_FINDINGS = 50;

/** What `ci` found as Markdown, for a job summary or a pull request. */
export function renderCiSummary(results: readonly CiDatabaseResult[]): string {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const title = failed.length === 0 ? 'all passed' : `failed for ${failed.map(({ name }) => name).join(', ')}`;
  return `${[`## surefoot: ${title}`, ...results.flatMap(databaseLines)].join('\n')}\n`;
}

function databaseLines({ name, engine, checks }: CiDatabaseResult): readonly string[] {
  const findings = checks.flatMap((check) => check.findings ?? []);
  const more = findings.length - MOST_FINDINGS;
  return [
    '',
    `### ${name} (${engine})`,
    '',
    '| | check | result | time |',
    '|---|---|---|--:|',
    ...checks.map(checkLine),
    ...(findings.length === 0 ? [] : ['']),
    ...findings.slice(0, MOST_FINDINGS).map(({ severity, rule, message, file, line }) => {
      const place = file === null ? '' : `\`${file}${line === null ? '' : `:${String(line)}`}\` `;
      return `- ${severity}: ${place}${cell(message)} (${rule})`;
    }),
    ...(more > 0 ? [`- and ${String(more)} more`] : []),
  ];
}

function checkLine({ outcome, title, detail, durationMs }: CiCheckResult): string {
  return `| ${MARKS[outcome]} | ${cell(title)} | ${cell(detail)} | ${(durationMs / 1000).toFixed(1)} s |`;
}

/** Text in a table cell, on one line. */
function cell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll(/\s*\n\s*/gu, ' ');
}
