import type { RunSummary } from './runs.ts';
import { notesOf } from './template.ts';

/** The runs of a database as a Markdown document: facts, steps, failed checks, error and notes of each. */
export function renderMarkdown(runs: readonly RunSummary[], database: string): string {
  const lines = [`# Migration log of ${cell(database)}`];
  if (runs.length === 0) lines.push('', 'No runs.');
  for (const run of runs) {
    lines.push('', `## ${cell(run.command)}, ${time(run.startedAt)} UTC: ${run.outcome}`, '');
    const facts: readonly (readonly [string, string])[] = [
      ['Run', run.runId],
      ['Executed by', `${run.operator} on ${run.host}`],
      ['Started', `${time(run.startedAt)} UTC`],
      ['Finished', run.finishedAt === null ? '' : `${time(run.finishedAt)} UTC`],
      ['Versions', run.versions.join(', ')],
      [
        'Verification',
        run.checksPassed + run.checksFailed === 0
          ? 'absent'
          : `${String(run.checksPassed)} passed, ${String(run.checksFailed)} failed`,
      ],
      ['Surefoot', run.toolVersion],
      ['Commit', run.gitCommit ?? ''],
    ];
    lines.push('| | |', '|---|---|');
    for (const [name, value] of facts) if (value !== '') lines.push(`| ${name} | ${cell(value)} |`);
    const steps = run.entries.filter((entry) => entry.name !== null);
    if (steps.length > 0) {
      lines.push('', '| time (UTC) | step | | outcome | ms | checks |', '|---|---|---|---|--:|--:|');
      for (const entry of steps) {
        const passed = entry.checks.filter((check) => check.outcome === 'passed').length;
        const checks = entry.checks.length === 0 ? '' : `${String(passed)} of ${String(entry.checks.length)}`;
        lines.push(
          `| ${time(entry.at)} | ${cell(entry.name ?? '')} | ${entry.direction ?? cell(entry.event)} | ${entry.outcome} | ${entry.durationMs === null ? '' : String(Math.round(entry.durationMs))} | ${checks} |`,
        );
      }
    }
    const failed = run.entries.flatMap((entry) => entry.checks).filter((check) => check.outcome === 'failed');
    for (const check of failed)
      lines.push('', `- Failed: ${cell(check.name)}: expected ${cell(check.expected)}, actual ${cell(check.actual)}`);
    if (run.error !== null)
      lines.push('', `Error \`${run.error.code}\`:`, '', ...run.error.message.split('\n').map((line) => `    ${line}`));
    const notes = notesOf(run);
    if (notes.length > 0) lines.push('');
    for (const { note, entry } of notes) lines.push(`- ${time(entry.at)} ${cell(entry.operator)}: ${cell(note)}`);
  }
  return lines.join('\n');
}

function time(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** Text that neither ends a table cell nor becomes markup. */
function cell(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|]/gu, String.raw`\$&`).replaceAll(/\s*\n\s*/gu, ' ');
}
