import type { Value } from '../../model/engine.ts';

/** The driver binds every number as REAL and knows no booleans. */
export function toSqlite(value: Value): string | number | bigint | Uint8Array | null {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) return BigInt(value);
  return value;
}
