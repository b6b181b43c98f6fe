import type { Version } from '../../model/migration.ts';

const STEM = /^(\d{4}_\d{2}_\d{2}_\d{6}|\d+)_(.+)$/u;
/** What a 64-bit column can hold. */
const LARGEST = 9_223_372_036_854_775_807n;

/** Splits a stem into version and slug; null when it has no version. */
export function parseStem(stem: string): { readonly version: Version; readonly slug: string } | null {
  const match = STEM.exec(stem);
  const text = match?.[1];
  const slug = match?.[2];
  if (text === undefined || slug === undefined) return null;
  const version = parseVersion(text);
  return version === null ? null : { version, slug };
}

/** Reads a version as a person writes it: `4`, `004`, `20251109123456` or `2025_11_09_123456`. */
export function parseVersion(text: string): Version | null {
  if (!/^(?:\d+|\d{4}_\d{2}_\d{2}_\d{6})$/u.test(text)) return null;
  const order = BigInt(text.replaceAll('_', ''));
  return order > LARGEST ? null : { text, order };
}

export function compareVersions(a: Version, b: Version): number {
  return a.order < b.order ? -1 : a.order > b.order ? 1 : 0;
}
