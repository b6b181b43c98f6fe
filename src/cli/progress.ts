import { describeBlocker } from '../model/blocker.ts';
import type { Progress, ProgressEvent } from '../ports/progress.ts';
import { renderProgressLine } from './render/progress-line.ts';
import { cut, showDuration } from './render/table.ts';
import type { Terminal } from './terminal.ts';

const REDRAW_EVERY_MS = 100;
/** Where lines stay: so that a log tells of a long statement without being filled by it. */
const LINE_EVERY_MS = 10_000;

/** Since when something is counted, from where, and when a line last told of it. */
interface Begun {
  readonly at: number;
  readonly from: number;
  told: number;
}

/** Progress on standard error: one redrawn line on a terminal, plain lines elsewhere. */
export function createProgress(terminal: Terminal, quiet: boolean): Progress & { clear(): void } {
  const state = { live: false, drawnAt: 0, begun: new Map<string, Begun>() };
  const clear = (): void => {
    if (!state.live) return;
    process.stderr.write('\r\u001B[2K');
    state.live = false;
  };
  const line = (text: string): void => {
    clear();
    terminal.err(text);
  };
  const draw = (text: string): void => {
    const now = performance.now();
    if (!terminal.live || now - state.drawnAt < REDRAW_EVERY_MS) return;
    state.drawnAt = now;
    process.stderr.write(`\r\u001B[2K${cut(text, (process.stderr.columns || 80) - 1)}`);
    state.live = true;
  };
  return {
    clear,
    watches: !quiet,
    report: (event) => {
      if (event.type === 'message' && event.level === 'warn')
        line(`${terminal.paint('yellow', 'warning')}: ${event.database}: ${event.text}`);
      if (quiet) return;
      show(event, terminal, line, draw, state.begun);
    },
  };
}

function show(
  event: ProgressEvent,
  terminal: Terminal,
  line: (text: string) => void,
  draw: (text: string) => void,
  begun: Map<string, Begun>,
): void {
  switch (event.type) {
    case 'lock-waiting':
      line(
        `${event.database}: waiting for ${event.holder}${event.since === null ? '' : `, which has held the lock since ${event.since}`} (${showDuration(event.waitedMs)})`,
      );
      break;
    case 'step-started':
      draw(
        `${event.direction === 'up' ? '↑' : '↓'} ${event.name} (${String(event.index + 1)} of ${String(event.steps)})`,
      );
      break;
    case 'step-failed':
      line(`${terminal.paint('red', '✗')} ${event.name}`);
      break;
    case 'step-waiting':
      line(
        `${event.name}: waiting for long transactions to end, with nothing locked (${showDuration(event.waitedMs)}); in the way: ${event.blockers.map(describeBlocker).join('; ')}`,
      );
      break;
    case 'step-retried': {
      const by = event.blockers.length === 0 ? '' : `; in the way: ${event.blockers.map(describeBlocker).join('; ')}`;
      line(
        `${event.name}: try ${String(event.tries)} was aborted: ${event.reason}${by}; next try in ${showDuration(event.pauseMs)}`,
      );
      break;
    }
    case 'progress':
      showProgress(event, terminal, line, draw, begun);
      break;
    case 'message':
      if (event.level === 'info') line(terminal.paint('dim', `  ${event.text}`));
      break;
    case 'run-started':
    case 'run-finished':
    case 'step-finished':
    case 'verify-started':
    case 'verify-finished':
      break;
  }
}

function showProgress(
  event: Extract<ProgressEvent, { type: 'progress' }>,
  terminal: Terminal,
  line: (text: string) => void,
  draw: (text: string) => void,
  begun: Map<string, Begun>,
): void {
  const label = event.what ?? event.name;
  const key = `${event.database} ${event.name} ${label}`;
  const now = performance.now();
  const start = begun.get(key) ?? { at: now, from: event.what === undefined ? 0 : event.done, told: now };
  begun.set(key, start);
  const text = renderProgressLine(
    { label, done: event.done, total: event.total, unit: event.unit, elapsedMs: now - start.at, from: start.from },
    terminal.live ? (process.stderr.columns || 80) - 1 : 100,
  );
  if (terminal.live) draw(text);
  else if (now - start.told >= LINE_EVERY_MS) {
    start.told = now;
    line(text.trimStart());
  }
}
