import type { Confirm } from '../commands/target.ts';
import { renderPlan } from './render/plan.ts';
import type { Terminal } from './terminal.ts';

/** Shows the plan and asks on a terminal; without one only `--yes` says yes. */
export function createConfirm(terminal: Terminal, yes: boolean, signal: AbortSignal): Confirm {
  return async (plan) => {
    if (yes) return true;
    if (!terminal.interactive) return false;
    const { createInterface } = await import('node:readline/promises');
    terminal.err(renderPlan(plan, terminal));
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const verb = plan.direction === 'up' ? 'Apply' : 'Roll back';
      const answer = await prompt.question(`${verb} these on ${plan.database}? Type yes to go on: `, { signal });
      return answer.trim().toLowerCase() === 'yes';
    } finally {
      prompt.close();
    }
  };
}
