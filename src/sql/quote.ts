import type { Engine, Value } from '../model/engine.ts';

/** An identifier in double quotes, right for both engines whatever it holds. Throws a RangeError for '' and for NUL. */
export function quoteIdentifier(name: string): string {
  if (name === '') throw new RangeError('An identifier can not be empty');
  refuseNul(name);
  return `"${name.replaceAll('"', '""')}"`;
}

const PART = String.raw`(?:"(?:[^"]|"")+"|[^".]+)`;
const PATH = new RegExp(String.raw`^${PART}(?:\.${PART})*$`);

/** Quotes each part of a dotted path (`app.users` gives `"app"."users"`); a part in double quotes may hold dots itself. */
export function quotePath(path: string): string {
  if (!PATH.test(path)) throw new RangeError(`Not a path of identifiers: ${path}`);
  const parts = path.match(new RegExp(PART, 'g')) ?? [];
  return parts
    .map((part) => quoteIdentifier(part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
    .join('.');
}

/**
 * A value as an SQL literal. For PostgreSQL it is right whether standard_conforming_strings is on or off.
 * Throws a RangeError for text with NUL, an invalid date, and a number SQLite has no literal for (NaN).
 */
export function quoteLiteral(engine: Engine, value: Value | Date): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoteText(engine, value);
  if (typeof value === 'bigint') return quoteInteger(value);
  if (typeof value === 'number') return quoteNumber(engine, value);
  if (typeof value === 'boolean') return engine === 'postgres' ? String(value).toUpperCase() : value ? '1' : '0';
  if (value instanceof Date) return quoteText(engine, value.toISOString());
  const hex = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
  return engine === 'postgres' ? `E'\\\\x${hex}'::bytea` : `x'${hex}'`;
}

function quoteText(engine: Engine, text: string): string {
  refuseNul(text);
  const doubled = text.replaceAll("'", "''");
  if (engine === 'sqlite' || !text.includes('\\')) return `'${doubled}'`;
  return `E'${doubled.replaceAll('\\', '\\\\')}'`;
}

/** Negative numbers are parenthesised: `-1` behind a minus would open a comment, and `::` binds tighter than a sign. */
function quoteInteger(value: bigint): string {
  return value < 0n ? `(${value})` : String(value);
}

function quoteNumber(engine: Engine, value: number): string {
  if (Object.is(value, -0)) return '(-0.0)';
  if (Number.isFinite(value)) return value < 0 ? `(${value})` : String(value);
  if (engine === 'postgres') return `'${value}'::float8`;
  if (Number.isNaN(value)) throw new RangeError('SQLite has no NaN');
  return value > 0 ? '9e999' : '(-9e999)';
}

function refuseNul(text: string): void {
  if (text.includes('\0')) throw new RangeError('Neither engine can hold the character NUL in SQL text');
}
