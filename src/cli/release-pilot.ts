import type { Pilot, SignAnswer, Stop } from '../domain/release/index.ts';
import type { ChecklistItem } from '../model/contribution.ts';
import { describeRelease } from './render/checklist.ts';
import { renderPlan } from './render/plan.ts';
import { renderTitle } from './render/release.ts';
import { wrap } from './render/table.ts';
import type { ReleaseView } from './release-view.ts';
import type { Terminal } from './terminal.ts';

/** Puts one question; null when the person left it with Ctrl-C or Ctrl-D. */
export type Ask = (question: string) => Promise<string | null>;

export interface GuidedParts {
  readonly terminal: Terminal;
  readonly view: ReleaseView;
  readonly ask: Ask;
  /** Proposed as the one who signs; null where another person has to. */
  readonly signer: string | null;
}

/** A person at a terminal decides: every question can be left (q) or the release given up (g). */
export function createGuidedPilot({ terminal, view, ask, signer }: GuidedParts): Pilot {
  const say = (text: string, indent = 4): void => {
    for (const line of wrap(text, terminal.width - indent)) terminal.err(' '.repeat(indent) + line);
  };
  return {
    report: (event) => view.report(event),
    takeUp: async (open) => {
      say(describeRelease(open), 0);
      const answer = await choose(ask, 'r resume, q leave it, g give it up: ', ['r', 'q', 'g']);
      return answer === 'r' ? 'resume' : answer === 'g' ? 'give up' : 'quit';
    },
    sign: async (item, refused) => {
      const place = view.pause(item);
      if (refused === null) introduce(item, terminal, say);
      else say(terminal.paint('red', refused));
      return signature(item, terminal.paint('dim', `    [${place}] `), ask, signer);
    },
    go: async (plan) => {
      view.pause(null);
      terminal.err(renderPlan(plan, terminal));
      const answer = await choose(ask, `Migrate ${plan.database} now? Type yes to go on, q to leave, g to give up: `, [
        'yes',
        'q',
        'g',
      ]);
      return answer === 'yes' ? 'go' : answer === 'g' ? 'give up' : 'quit';
    },
    decide: async (stop) => {
      view.pause(null);
      return decide(stop, terminal, ask, say);
    },
  };
}

function introduce(item: ChecklistItem, terminal: Terminal, say: (text: string, indent?: number) => void): void {
  const owner = item.owner === null ? '' : ` (${item.owner})`;
  for (const line of renderTitle(terminal.paint('cyan', '○'), `${item.title}${owner}`, terminal)) terminal.err(line);
  if (item.help !== undefined) say(item.help, 6);
}

async function signature(item: ChecklistItem, place: string, ask: Ask, signer: string | null): Promise<SignAnswer> {
  const passable = !item.stops.includes('absent');
  const answer = await choose(
    ask,
    `${place}y done, n it failed, ${passable ? 's pass over, ' : ''}q leave, g give up: `,
    ['y', 'n', ...(passable ? ['s'] : []), 'q', 'g'],
  );
  if (answer === 'q') return { kind: 'quit' };
  if (answer === 'g') return { kind: 'give up' };
  if (answer === 's') return { kind: 'skipped', note: (await ask('    why: ')) ?? '' };
  const by = await ask(`    signed by${signer === null ? '' : ` [${signer}]`}: `);
  if (by === null) return { kind: 'quit' };
  const note = await ask('    note: ');
  if (note === null) return { kind: 'quit' };
  return { kind: answer === 'y' ? 'signed' : 'failed', by: by.trim() === '' ? (signer ?? '') : by.trim(), note };
}

async function decide(
  { options, givingUp }: Stop,
  terminal: Terminal,
  ask: Ask,
  say: (text: string, indent?: number) => void,
): Promise<string | null> {
  terminal.err(givingUp ? '  The way back:' : '  It stops here. What now?');
  for (const [index, option] of options.entries()) {
    const mark = option.recommended ? terminal.paint('green', ' (recommended)') : '';
    terminal.err(`    ${String(index + 1)}  ${terminal.paint('bold', option.title)}${mark}`);
    say(option.why, 7);
    const here = option.id === 'retry' || option.id === 'quit';
    if (option.command !== null && !here) say(terminal.paint('dim', option.command), 7);
  }
  const numbers = options.map((_, index) => String(index + 1));
  const answer = await choose(ask, `    ${numbers.join(', ')} or q: `, [...numbers, 'q']);
  return answer === 'q' ? null : (options[Number(answer) - 1]?.id ?? null);
}

/** Asks until one of the answers is given; leaving the question is `q`. */
async function choose(ask: Ask, question: string, answers: readonly string[]): Promise<string> {
  for (;;) {
    const answer = await ask(question);
    if (answer === null) return 'q';
    const said = answer.trim().toLowerCase();
    if (answers.includes(said)) return said;
  }
}

/** Questions on standard error, answers from standard input. */
export function createAsk(signal: AbortSignal): Ask {
  return async (question) => {
    const { createInterface } = await import('node:readline');
    return new Promise((resolve) => {
      const prompt = createInterface({ input: process.stdin, output: process.stderr });
      const settle = (answer: string | null): void => {
        resolve(answer);
        prompt.close();
      };
      prompt.on('SIGINT', () => {
        process.stderr.write('\n');
        settle(null);
      });
      // Ctrl-D closes it; after an answer this comes too late to matter.
      prompt.on('close', () => resolve(null));
      prompt.question(question, { signal }, settle);
    });
  };
}
