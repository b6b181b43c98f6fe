import { parseDuration } from './duration.ts';

/** `2026-11-21`, optionally with a time to the minute or finer and a zone; UTC where no zone is written. */
const WRITTEN = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?(Z|[+-]\d{2}:?\d{2})?$/u;

/** A moment as ISO 8601 UTC with milliseconds: a date, a time, or a duration before `now` (`2h`, `7d`). Null for anything else. */
export function parseMoment(text: string, now: Date): string | null {
  const written = WRITTEN.exec(text.trim());
  if (written !== null) {
    const iso = text.trim().replace(' ', 'T');
    const date = new Date(iso.length === 10 || written[1] !== undefined ? iso : `${iso}Z`);
    return Number.isNaN(date.getTime()) ? null : date.toISOString();
  }
  const ago = parseDuration(text);
  return ago === null ? null : new Date(now.getTime() - ago).toISOString();
}
