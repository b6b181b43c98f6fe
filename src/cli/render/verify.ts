import type { VerifyResult } from '../../commands/verify.ts';
import type { Terminal } from '../terminal.ts';
import { cut, plural, renderTable } from './table.ts';

export function renderVerify(result: VerifyResult, terminal: Terminal): string {
  const rows = result.checks.map((check) => {
    const failed = check.outcome === 'failed';
    const word = failed
      ? check.severity === 'warning'
        ? terminal.paint('yellow', 'warning')
        : terminal.paint('red', 'failed')
      : terminal.paint('green', 'passed');
    return [`  ${check.version ?? 'always'}`, word, check.name];
  });
  const lines = [terminal.paint('bold', result.name)];
  if (rows.length > 0) lines.push(...renderTable(['  version', 'outcome', 'check'], rows, terminal.width));
  for (const check of result.checks.filter((each) => each.outcome === 'failed')) {
    lines.push(
      '',
      `  ${check.file}:${String(check.line)}: ${check.name}`,
      `    expected  ${check.expected}`,
      `    actual    ${check.actual}`,
    );
    if (check.detail !== null) lines.push(...check.detail.split('\n').map((line) => `      ${line}`));
    lines.push('    query', ...check.sql.split('\n').map((line) => `      ${line}`));
  }
  if (result.absent.length > 0)
    lines.push(
      cut(
        terminal.paint(
          'yellow',
          `  no verification for ${plural(result.absent.length, 'applied version')}: ${result.absent.join(', ')}`,
        ),
        terminal.width,
      ),
    );
  const warnings = result.warnings === 0 ? '' : `, ${plural(result.warnings, 'warning')}`;
  lines.push(
    `  ${plural(result.checks.length, 'check')}: ${String(result.passed)} passed, ${String(result.failed)} failed${warnings}`,
  );
  return lines.join('\n');
}
