import type { CiCheckResult, CiDatabaseResult } from '../../model/ci.ts';
import type { ContributedFinding } from '../../model/contribution.ts';

const MARKS = { passed: '✅', failed: '❌', absent: '➖' } as const;
/** A job summary has a limit; the whole list is in the other files. */
const MOST_FINDINGS = 50;

/** What `ci` found as Markdown, for a job summary or a pull request. */
export function renderCiSummary(results: readonly CiDatabaseResult[]): string {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const title = failed.length === 0 ? passedTitle(results) : `failed for ${failed.map(({ name }) => name).join(', ')}`;
  return `${[`## surefoot: ${title}`, ...results.flatMap(databaseLines)].join('\n')}\n`;
}

/** What was absent was not looked at, which is no pass. */
function passedTitle(results: readonly CiDatabaseResult[]): string {
  const checks = results.flatMap((result) => result.checks);
  const absent = checks.filter(({ outcome }) => outcome === 'absent').length;
  if (absent === 0) return 'all passed';
  return `${String(checks.length - absent)} of ${String(checks.length)} checks passed, ${String(absent)} absent`;
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
    ...findings.slice(0, MOST_FINDINGS).flatMap(findingLines),
    ...(more > 0 ? [`- and ${String(more)} more`] : []),
  ];
}

/** The first line says what it is; what stands below it, an excerpt with its caret for instance, keeps its shape. */
function findingLines({ severity, rule, message, file, line }: ContributedFinding): readonly string[] {
  const place = file === null ? '' : `\`${file}${line === null ? '' : `:${String(line)}`}\` `;
  const [first = '', ...rest] = message.split('\n');
  const fence = '`'.repeat(Math.max(3, ...[...message.matchAll(/`+/gu)].map(([ticks]) => ticks.length + 1)));
  const below = rest.length === 0 ? [] : [fence, ...rest, fence].map((text) => `  ${text}`);
  return [`- ${severity}: ${place}${cell(first)} (${rule})`, ...below];
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
