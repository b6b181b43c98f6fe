import type { ReportBlock, Tone } from '../../model/contribution.ts';
import { escapeHtml } from './escape.ts';
import { renderScroll } from './scroll.ts';

type Timeline = Extract<ReportBlock, { kind: 'timeline' }>;

const WIDTH = 960;
const FLOOR = 96;
const TALLEST = 74;
const SHORTEST = 8;
const WIDEST_STEP = 56;

/** Entries one after the other, a bar each as high as it took long (logarithmic), with a mark where a day begins. */
export function renderTimeline({ entries }: Timeline): string {
  if (entries.length === 0) return '';
  const step = Math.min(WIDEST_STEP, WIDTH / entries.length);
  const took = entries.map(({ at, until }) => (until === null ? 0 : Math.max(0, Date.parse(until) - Date.parse(at))));
  const most = Math.max(...took.map(logOf), 1);
  const bars = entries.map(({ at, label, tone }, index) => {
    const height = SHORTEST + (logOf(took[index] ?? 0) / most) * (TALLEST - SHORTEST);
    const width = Math.max(2, Math.min(26, step * 0.55));
    const x = index * step + (step - width) / 2;
    const title = escapeHtml(`${at.slice(0, 16).replace('T', ' ')} UTC ${label}`);
    // A failure is marked by a cross as well as by its colour.
    const cross =
      tone === 'bad' && width > 5
        ? `<path class="cross" d="M${n(x + width / 2 - 4)} ${n(FLOOR - height - 13)}l8 8m0-8l-8 8"/>`
        : '';
    return `<g class="${tone}"><title>${title}</title><rect class="reach" x="${n(index * step)}" y="0" width="${n(step)}" height="${String(FLOOR)}"/><rect class="bar" x="${n(x)}" y="${n(FLOOR - height)}" width="${n(width)}" height="${n(height)}" rx="2"/>${cross}</g>`;
  });
  const days = entries.flatMap(({ at }, index) =>
    index > 0 && entries[index - 1]?.at.slice(0, 10) === at.slice(0, 10) ? [] : [{ day: at.slice(0, 10), index }],
  );
  let free = -1;
  const marks = days.map(({ day, index }) => {
    const x = index * step;
    // Labels that would lie on one another are left out; their mark stays.
    const label = x >= free ? `<text x="${n(x + 4)}" y="${String(FLOOR + 18)}">${day}</text>` : '';
    if (label !== '') free = x + 84;
    return `<path class="day" d="M${n(x)} ${String(FLOOR)}v8"/>${label}`;
  });
  return `<figure class="timeline">${renderScroll('Timeline', `<svg viewBox="0 0 ${String(WIDTH)} ${String(FLOOR + 24)}" role="img" aria-label="${escapeHtml(summaryOf(entries))}"><path class="floor" d="M0 ${String(FLOOR)}H${String(WIDTH)}"/>${marks.join('')}${bars.join('')}</svg>`, 'reel')}<figcaption>One bar for each, oldest first; the higher, the longer it took (logarithmic). ${renderLegend(entries)}</figcaption></figure>`;
}

const NAMES: Readonly<Record<Tone, string>> = {
  good: 'succeeded',
  bad: 'failed',
  warning: 'interrupted',
  neutral: 'under way',
};

function renderLegend(entries: Timeline['entries']): string {
  const seen = (['good', 'bad', 'warning', 'neutral'] as const).filter((tone) =>
    entries.some((entry) => entry.tone === tone),
  );
  return seen.map((tone) => `<span class="key ${tone}">${NAMES[tone]}</span>`).join(' ');
}

function summaryOf(entries: Timeline['entries']): string {
  const number = (tone: Tone): number => entries.filter((entry) => entry.tone === tone).length;
  const told = (['good', 'bad', 'warning', 'neutral'] as const)
    .filter((tone) => number(tone) > 0)
    .map((tone) => `${String(number(tone))} ${NAMES[tone]}`);
  return `Timeline of ${String(entries.length)}, ${entries[0]?.at.slice(0, 10) ?? ''} to ${entries.at(-1)?.at.slice(0, 10) ?? ''}: ${told.join(', ')}`;
}

function logOf(ms: number): number {
  return Math.log10(1 + ms);
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
