import type { Comparison, ExpectedValue } from '../../model/directives.ts';

/** Compares what a database returned with what a person wrote: `4`, `'4'` and `4.00` are the same number, 1 is true on SQLite. */
export function compareValue(actual: unknown, comparison: Comparison, expected: ExpectedValue): boolean {
  if (comparison === '=' || comparison === '<>') return sameValue(actual, expected) === (comparison === '=');
  const left = typeof expected === 'number' ? asNumber(actual) : String(actual);
  const right = typeof expected === 'number' ? expected : String(expected);
  if (left === null || actual === null || actual === undefined) return false;
  switch (comparison) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

export function sameValue(actual: unknown, expected: unknown): boolean {
  if (expected === null || actual === null || actual === undefined)
    return expected === null && (actual === null || actual === undefined);
  if (typeof expected === 'boolean') return actual === expected || actual === Number(expected);
  if (typeof expected === 'number') return asNumber(actual) === expected;
  if (typeof expected === 'object') return sameStructure(actual, expected);
  return String(actual) === String(expected);
}

function sameStructure(actual: unknown, expected: object): boolean {
  const value: unknown = typeof actual === 'string' ? parseJson(actual) : actual;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(value) &&
      value.length === expected.length &&
      expected.every((each: unknown, index) => sameValue(value[index], each))
    );
  }
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(value).length &&
    keys.every((key) => key in value && sameValue(Reflect.get(value, key), Reflect.get(expected, key)))
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

/** A database value for people. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
