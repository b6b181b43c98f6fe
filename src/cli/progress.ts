import { describeBlocker } from '../model/blocker.ts';
import type { Progress, ProgressEvent } from '../ports/progress.ts';
import { cut, showDuration } from './render/table.ts';
import type { Terminal } from './terminal.ts';

const REDRAW_EVERY_MS = 100;

/** Progress on standard error: one redrawn line on a terminal, plain lines elsewhere. */
export function createProgress(terminal: Terminal, quiet: boolean): Progress & { clear(): void } {
  const state = { live: false, drawnAt: 0, begun: new Map<string, number>() };
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
  begun: Map<string, number>,
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
    case 'progress': {
      const key = `${event.database} ${event.name}`;
      const now = performance.now();
      const start = begun.get(key) ?? now;
      begun.set(key, start);
      const seconds = (now - start) / 1000;
      const rate = seconds > 0.5 ? `, ${Math.round(event.done / seconds).toLocaleString('en')} ${event.unit}/s` : '';
      const left =
        event.total !== null && seconds > 1 && event.done > 0
          ? `, ${showDuration((seconds * 1000 * (event.total - event.done)) / event.done)} left`
          : '';
      draw(
        `  ${event.name}: ${event.done.toLocaleString('en')}${event.total === null ? '' : ` of ${event.total.toLocaleString('en')}`} ${event.unit}${rate}${left}`,
      );
      break;
    }
    case 'message':
      if (event.level === 'info') line(terminal.paint('dim', `  ${event.text}`));
      break;
    case 'run-started':
    case 'run-finished':
    case 'step-finished':
      break;
  }
}
