import type { Ask, Confirm } from '../commands/parts/target.ts';
import { renderPlan } from './render/plan.ts';
import type { Terminal } from './terminal.ts';

/** Shows the plan and asks on a terminal; without one only `--yes` says yes. */
export function createConfirm(terminal: Terminal, yes: boolean, signal: AbortSignal): Confirm {
  const ask = createAsk(terminal, yes, signal);
  return async (plan) => {
    if (!yes && terminal.interactive) terminal.err(renderPlan(plan, terminal));
    return ask(`${plan.direction === 'up' ? 'Apply' : 'Roll back'} these on ${plan.database}?`);
  };
}

/** Asks one question on a terminal; without one only `--yes` says yes. */
export function createAsk(terminal: Terminal, yes: boolean, signal: AbortSignal): Ask {
  return async (question) => {
    if (yes) return true;
    if (!terminal.interactive) return false;
    const { createInterface } = await import('node:readline/promises');
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const answer = await prompt.question(`${question} Type yes to go on: `, { signal });
      return answer.trim().toLowerCase() === 'yes';
    } finally {
      prompt.close();
    }
  };
}
