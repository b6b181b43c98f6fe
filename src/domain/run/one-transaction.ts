import { SurefootError } from '../../model/errors.ts';
import type { Prepared } from '../plan/index.ts';

/** Why the steps can't live in one transaction; null when they can. */
export function obstacleToOneTransaction(prepared: Prepared): string | null {
  for (const [index, step] of prepared.steps.entries()) {
    if (step.plan.transaction === 'none') return `${step.plan.name} runs outside a transaction`;
    if (!step.script.directives.foreignKeys && prepared.steps.length > 1)
      return `${step.plan.name} runs with foreign keys off, and others with it do not`;
    const value = step.facts.find((fact) => fact.addsEnumValue !== null)?.addsEnumValue ?? null;
    if (value !== null && index < prepared.steps.length - 1)
      return `${step.plan.name} adds the enum value ${value}, which later steps can not use before it is committed`;
  }
  return null;
}

export function singleTransactionError(obstacle: string): SurefootError {
  return new SurefootError({
    code: 'single-transaction',
    message: `the run can not be one transaction: ${obstacle}; nothing was changed`,
    hint: 'Leave out --single-transaction, or stop before that step with --to.',
  });
}
