import type { Plan, PlanStep } from '../../model/plan.ts';
import type { Terminal } from '../terminal.ts';
import { cut, plural, showDuration } from './table.ts';

/** The plan as a list of steps, each with what an operator has to know before saying yes. */
export function renderPlan(plan: Plan, terminal: Terminal): string {
  if (plan.steps.length === 0) return `${terminal.paint('bold', plan.database)}: nothing to do`;
  const verb = plan.direction === 'up' ? 'apply' : 'roll back';
  const lines = [
    `${terminal.paint('bold', plan.database)} (${plan.engine}): ${verb} ${plural(plan.steps.length, 'migration')}`,
  ];
  for (const [index, step] of plan.steps.entries()) lines.push(...stepLines(step, index + 1, terminal));
  const unproven = plan.steps.filter((step) => step.hazards.some((hazard) => hazard.hazard === 'unproven')).length;
  if (unproven > 0)
    lines.push(
      terminal.paint(
        'dim',
        `  ${plural(unproven, 'step')} without a proof that its rollback restores schema and data (unproven)`,
      ),
    );
  return lines.map((line) => cut(line, terminal.width)).join('\n');
}

function stepLines(step: PlanStep, number: number, terminal: Terminal): string[] {
  const facts = [
    step.kind === 'ts' ? 'TypeScript, hazards unknown' : plural(step.statements, 'statement'),
    step.verification === 'absent' ? terminal.paint('yellow', 'no verification') : plural(step.checks, 'check'),
    ...(step.resumeAt > 0 ? [`goes on at statement ${String(step.resumeAt + 1)}`] : []),
    ...(step.source === 'history'
      ? [terminal.paint('yellow', 'script from the history: its file is not on disk')]
      : []),
    ...(step.lockTimeoutMs === null ? [] : [`lock time-out ${showDuration(step.lockTimeoutMs)}`]),
    ...(step.statementTimeoutMs === null ? [] : [`statement time-out ${showDuration(step.statementTimeoutMs)}`]),
  ];
  const arrow = step.direction === 'up' ? '↑' : '↓';
  const lines = [
    `${String(number).padStart(3)} ${arrow} ${step.name}  ${terminal.paint('dim', `(${facts.join(', ')})`)}`,
  ];
  if (step.description !== null) lines.push(`      ${step.description}`);
  for (const hazard of step.hazards) {
    if (hazard.hazard === 'unproven') continue;
    const allowed = hazard.allowed === null ? '' : ` (allowed: ${hazard.allowed})`;
    lines.push(
      `      ${terminal.paint('yellow', hazard.hazard)} ${hazard.message}${hazard.line === null ? '' : ` [line ${String(hazard.line)}]`}${allowed}`,
    );
  }
  return lines;
}
