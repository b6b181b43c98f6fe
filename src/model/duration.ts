const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

const PART = /(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)\s*/y;

/**
 * Milliseconds of `500ms`, `2s`, `10min`, `1h`, `1d`, `1.5s`, `1min 30s` or `0`; null for anything else.
 * A number without a unit is refused (except 0): it would be read as seconds by one and as milliseconds by another.
 */
export function parseDuration(text: string): number | null {
  const source = text.trim();
  if (source === '0') return 0;
  if (source === '') return null;
  let total = 0;
  let smallest = Number.POSITIVE_INFINITY;
  PART.lastIndex = 0;
  let end = 0;
  while (end < source.length) {
    const match = PART.exec(source);
    const unit = UNIT_MS[match?.[2] ?? ''];
    if (match === null || unit === undefined || unit >= smallest) return null;
    total += Number(match[1]) * unit;
    smallest = unit;
    end = PART.lastIndex;
  }
  const rounded = Math.round(total * 1_000) / 1_000;
  return Number.isSafeInteger(Math.ceil(rounded)) ? rounded : null;
}

/** A duration for people: the two largest units, so long ones are rounded (`340ms`, `12.3s`, `2min 5s`, `1h 3min`, `0`). */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms <= 0) return '0';
  if (ms < 9.95) return `${trimmed(ms, 1)}ms`;
  if (ms < 999.5) return `${Math.round(ms)}ms`;
  if (ms < 59_950) return `${trimmed(ms / 1_000, 1)}s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return pair(seconds, 60, 'min', 's');
  const minutes = Math.round(ms / 60_000);
  return minutes < 1_440 ? pair(minutes, 60, 'h', 'min') : pair(Math.round(ms / 3_600_000), 24, 'd', 'h');
}

function pair(count: number, size: number, large: string, small: string): string {
  const rest = count % size;
  const head = `${Math.floor(count / size)}${large}`;
  return rest === 0 ? head : `${head} ${rest}${small}`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
