import type { ReleaseEvent } from '../domain/release/index.ts';
import type { ChecklistItem, Stage } from '../model/contribution.ts';
import type { Progress, ProgressEvent } from '../ports/progress.ts';
import { renderItem } from './render/release.ts';
import { STAGE_TITLES } from './render/checklist.ts';
import { cut, showDuration } from './render/table.ts';
import type { Terminal } from './terminal.ts';

const REDRAW_EVERY_MS = 120;
const BAR = 24;
const TURNING = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/** The pass as it goes on: settled items stay above, the item under way and the whole are redrawn below. */
export interface ReleaseView {
  readonly progress: Progress;
  report(event: ReleaseEvent): void;
  /** Takes the redrawn lines away ahead of a question about an item; returns how far the pass is. */
  pause(item: ChecklistItem | null): string;
  /** Removes what is redrawn and stops the clock. */
  close(): void;
}

interface ViewState {
  walked: readonly ChecklistItem[];
  settled: Set<string>;
  stage: Stage | null;
  /** The manual item whose title stands above its question. */
  introduced: string | null;
  item: ChecklistItem | null;
  itemBegan: number;
  step: string;
  drawn: number;
  turn: number;
  timer: NodeJS.Timeout | null;
}

export function createReleaseView(terminal: Terminal, quiet: boolean): ReleaseView {
  const began = performance.now();
  const state: ViewState = {
    walked: [],
    settled: new Set(),
    stage: null,
    introduced: null,
    item: null,
    itemBegan: began,
    step: '',
    drawn: 0,
    turn: 0,
    timer: null,
  };
  const erase = (): void => {
    if (state.drawn > 0) process.stderr.write(`\u001B[${String(state.drawn)}A\r\u001B[J`);
    state.drawn = 0;
  };
  const line = (text: string): void => {
    erase();
    if (!quiet) terminal.err(text);
  };
  const draw = (): void => {
    if (!terminal.live || quiet || state.item === null) return;
    erase();
    state.turn += 1;
    const width = (process.stderr.columns || 80) - 1;
    const ms = performance.now() - state.itemBegan;
    const elapsed = ms < 1000 ? '' : showDuration(ms);
    const lines = [
      `  ${terminal.paint('cyan', TURNING[state.turn % TURNING.length] ?? '')} ${state.item.title}  ${terminal.paint('dim', elapsed)}`,
      ...(state.step === '' ? [] : [`      ${state.step}`]),
      whole(state, began, terminal),
    ].map((text) => cut(text, width));
    process.stderr.write(`${lines.join('\n')}\n`);
    state.drawn = lines.length;
  };
  const start = (item: ChecklistItem): void => {
    state.item = item;
    state.itemBegan = performance.now();
    state.step = '';
    // What takes no time is not drawn at all.
    if (terminal.live && !quiet) state.timer ??= setInterval(draw, REDRAW_EVERY_MS).unref();
  };
  const stop = (): void => {
    if (state.timer !== null) clearInterval(state.timer);
    state.timer = null;
    state.item = null;
    erase();
  };
  const heading = (stage: Stage): void => {
    if (state.stage === stage) return;
    state.stage = stage;
    line(terminal.paint('bold', STAGE_TITLES[stage]));
  };
  return {
    progress: {
      report: (event) => {
        state.step = stepText(event, state.step);
        if (event.type === 'lock-waiting' && state.item === null) line(`Waiting for ${event.holder}`);
        if (event.type === 'message' && event.level === 'warn')
          line(`      ${terminal.paint('yellow', 'warning')}: ${event.text}`);
      },
    },
    report: (event) => {
      switch (event.type) {
        case 'begun':
          state.walked = event.items.filter(({ stage }) => stage !== 'rollback' && stage !== 'later');
          line(
            `Release ${event.state.id.slice(0, 8)}${event.resumed ? ', taken up again' : ''}: ${String(state.walked.length)} items`,
          );
          break;
        case 'item-started':
          heading(event.item.stage);
          start(event.item);
          break;
        case 'item-finished': {
          stop();
          heading(event.item.stage);
          const { title, state: now, detail, signedBy, durationMs } = event.record;
          if (now === 'passed' || now === 'absent') state.settled.add(event.item.id);
          const shown = { title, state: now, detail, signedBy, durationMs, result: event.result, kept: event.kept };
          const lines = renderItem(shown, terminal, state.introduced === event.item.id);
          state.introduced = null;
          for (const text of lines) line(text);
          break;
        }
        case 'ended':
          stop();
          break;
      }
    },
    pause: (item) => {
      stop();
      if (item !== null) heading(item.stage);
      state.introduced = item?.run === null ? item.id : null;
      return `${String(settledOf(state))} of ${String(state.walked.length)}, ${showDuration(performance.now() - began)}`;
    },
    close: stop,
  };
}

function settledOf({ walked, settled }: ViewState): number {
  return walked.filter(({ id }) => settled.has(id)).length;
}

function whole(state: ViewState, began: number, terminal: Terminal): string {
  const total = Math.max(1, state.walked.length);
  const done = settledOf(state);
  const filled = Math.round((BAR * done) / total);
  const next = state.walked.find(({ id }) => !state.settled.has(id) && id !== state.item?.id);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
  const time = showDuration(performance.now() - began);
  return terminal.paint(
    'dim',
    `  ${bar} ${String(done)} of ${String(state.walked.length)}, ${time}${state.item === null || next === undefined || state.stage === 'rollback' ? '' : `, next: ${next.title}`}`,
  );
}

function stepText(event: ProgressEvent, before: string): string {
  switch (event.type) {
    case 'step-started':
      return `${event.direction === 'up' ? '↑' : '↓'} ${event.name} (${String(event.index + 1)} of ${String(event.steps)})`;
    case 'progress':
      return `${event.name}: ${event.done.toLocaleString('en')}${event.total === null ? '' : ` of ${event.total.toLocaleString('en')}`} ${event.unit}`;
    case 'lock-waiting':
      return `waiting for ${event.holder}`;
    case 'run-finished':
      return '';
    default:
      return before;
  }
}
