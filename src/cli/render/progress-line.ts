import { formatBytes } from '../../model/bytes.ts';
import { showDuration } from './table.ts';

/** How far something is, and since when it is counted. */
export interface Counted {
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
  readonly elapsedMs: number;
  /** What was done already when it was first looked at. */
  readonly from: number;
}

const BAR_WIDTH = 24;
const WIDE = 100;
/** Sooner a rate says nothing. */
const RATE_AFTER_MS = 500;

/** One line: what, a bar where there is room and an end, the count, the rate, the time left. */
export function renderProgressLine(counted: Counted, width: number): string {
  const { label, done, total, unit, elapsedMs, from } = counted;
  const share = total === null || total <= 0 ? null : Math.min(1, done / total);
  const perSecond = elapsedMs > RATE_AFTER_MS ? ((done - from) * 1000) / elapsedMs : null;
  const count =
    unit === 'bytes'
      ? `${formatBytes(done)}${total === null ? '' : ` of ${formatBytes(total)}`}`
      : `${showCount(done)}${total === null ? '' : ` of ${showCount(total)}`} ${unit}`;
  const rate =
    perSecond === null || perSecond <= 0
      ? null
      : unit === 'bytes'
        ? `${formatBytes(perSecond)}/s`
        : `${showCount(Math.round(perSecond))} ${unit.split(' ')[0] ?? ''}/s`;
  const left =
    total === null || perSecond === null || perSecond <= 0 || done >= total
      ? null
      : `${showDuration(Math.max(0, ((total - done) * 1000) / perSecond))} left`;
  const percent = share === null ? null : `${String(Math.floor(share * 100))}%`;
  const facts = [percent, count, rate, left].filter((fact) => fact !== null).join(', ');
  const bar = share === null || width < WIDE ? '' : `${barOf(share)} `;
  // What it is gives way to how far it is.
  const room = width - bar.length - facts.length - 4;
  return `  ${label.length <= room ? label : `${label.slice(0, Math.max(0, room - 1))}…`}  ${bar}${facts}`;
}

function barOf(share: number): string {
  const full = Math.round(share * BAR_WIDTH);
  return `[${'='.repeat(full)}${' '.repeat(BAR_WIDTH - full)}]`;
}

function showCount(count: number): string {
  return Math.round(count).toLocaleString('en');
}
