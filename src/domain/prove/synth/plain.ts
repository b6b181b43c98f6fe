const DAY_MS = 86_400_000;
/** Days that are past, and so fit in most columns. */
const PAST_DAYS = 2_000;

/** One of the days since the beginning of 2020, as `2024-02-29`, another one for each of many numbers in a row. */
export function dateOf(n: number): string {
  return dayAfter(((n % PAST_DAYS) + PAST_DAYS) % PAST_DAYS);
}

/** The n-th day since the beginning of 2020. */
export function dayAfter(n: number): string {
  return new Date(Date.UTC(2020, 0, 1) + n * DAY_MS).toISOString().slice(0, 10);
}

export function uuidOf(n: number): string {
  return `5f00f007-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** As many bits as the type has. */
export function bitsOf(type: string, n: number): string {
  const length = Number(/\((\d+)\)/u.exec(type)?.[1] ?? 1);
  return n.toString(2).padStart(length, '0').slice(-length);
}
