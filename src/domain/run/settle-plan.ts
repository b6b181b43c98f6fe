import { SurefootError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import { outsideLinks } from '../migrations/index.ts';
import type { Prepared } from '../plan/index.ts';
import type { TransactionScope } from './apply-in.ts';
import { refuseHazards, type RunParts } from './session/locked-run.ts';

/** Says which of the files lie outside the project, behind links. */
export function warnOfLinks(parts: RunParts, { steps }: Prepared): void {
  const sources = steps.flatMap((step) => [
    ...(step.plan.source === 'file' ? [step.script.source] : []),
    ...(step.verify === null || step.target.migration === null ? [] : [step.verify.source]),
  ]);
  for (const text of outsideLinks(parts.files, parts.root, sources))
    parts.progress.report({ type: 'message', database: parts.database.name, level: 'warn', text });
}

/** Throws where the plan holds what nobody allowed, or nobody confirms it. */
export async function settlePlan(
  parts: RunParts,
  plan: Plan,
  options: { readonly scope: TransactionScope; readonly confirm?: ((plan: Plan) => Promise<boolean>) | undefined },
): Promise<void> {
  refuseHazards(plan, parts.settings);
  if (options.confirm === undefined || options.scope === 'abort' || (await options.confirm(plan))) return;
  throw new SurefootError({
    code: 'confirmation-absent',
    message: `nobody confirmed the plan for ${plan.database}; nothing was changed`,
    hint: 'Answer yes on a terminal, or pass --yes.',
  });
}
