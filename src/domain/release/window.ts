import type { MaintenanceWindow } from '../../model/config.ts';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const MINUTE_MS = 60_000;
const WEEK_MINUTES = 8 * 24 * 60;

/** Whether a maintenance window is open at a moment, and in words when it opens or closes. */
export function windowAt(window: MaintenanceWindow, now: Date): { readonly open: boolean; readonly detail: string } {
  const zone = window.timeZone ?? 'UTC';
  const isOpen = openIn(window, zone);
  const open = isOpen(now);
  for (let minute = 1; minute <= WEEK_MINUTES; minute += 1) {
    const at = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS + minute * MINUTE_MS);
    if (isOpen(at) === open) continue;
    const when = `${moment(at, zone)} ${zone}`;
    return { open, detail: open ? `open until ${when}` : `closed; it opens ${when}` };
  }
  return { open, detail: open ? 'always open' : 'closed; it never opens' };
}

/** A window over midnight belongs to the day it begins on. */
function openIn(window: MaintenanceWindow, zone: string): (at: Date) => boolean {
  const [from = 0, to = 0] = (window.hours ?? '00:00-24:00').split('-').map(minutesOf);
  const days = new Set<string>(window.days ?? DAYS);
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const { weekday, minutes } = local(parts, at);
    const yesterday = DAYS[(DAYS.findIndex((day) => day === weekday) + 6) % 7] ?? '';
    if (from < to) return days.has(weekday) && minutes >= from && minutes < to;
    return (days.has(weekday) && minutes >= from) || (days.has(yesterday) && minutes < to);
  };
}

function local(format: Intl.DateTimeFormat, at: Date): { readonly weekday: string; readonly minutes: number } {
  const found = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: (found.get('weekday') ?? '').slice(0, 3).toLowerCase(),
    minutes: Number(found.get('hour')) * 60 + Number(found.get('minute')),
  };
}

function moment(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .replaceAll(',', '');
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}
