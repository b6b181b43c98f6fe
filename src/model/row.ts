import { SurefootError } from './errors.ts';

const HINT = 'Give texts, numbers, bigints, booleans, Uint8Arrays or null: date.toISOString(), JSON.stringify(value).';

/** Throws `value-invalid` for what a program gave as a value for SQL and is none; `place` says which it is. */
export function refuseUnfitValue(value: unknown, place: () => string): void {
  const fault = faultOf(value);
  if (fault !== null) throw new SurefootError({ code: 'value-invalid', message: `${place()} is ${fault}`, hint: HINT });
}

/** Throws where a row to be copied has more or fewer values than there are columns, or something that is no value. */
export function refuseUnfitRow(
  table: string,
  columns: readonly string[],
  row: readonly unknown[],
  number: number,
): void {
  if (row.length !== columns.length)
    throw new SurefootError({
      code: 'sql-failed',
      message: `copying into ${table}: row ${String(number)} has ${String(row.length)} values for ${String(columns.length)} columns`,
    });
  for (let index = 0; index < row.length; index++)
    refuseUnfitValue(
      row[index],
      () => `copying into ${table}: the value for ${columns[index] ?? ''} in row ${String(number)}`,
    );
}

/** A driver takes undefined for NULL, and makes texts of the rest that nobody wants. */
function faultOf(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return null;
    case 'undefined':
      return 'undefined';
    case 'object':
      if (value === null || value instanceof Uint8Array) return null;
      if (Array.isArray(value)) return 'an array';
      return value instanceof Date ? 'a Date' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}
