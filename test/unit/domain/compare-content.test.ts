import { describe, expect, it } from 'vitest';
import { refuseDifferences } from '../../../src/domain/backup/compare-content.ts';
import { isSurefootError } from '../../../src/model/errors.ts';

const digest = (table: string, rows = 1, hash = 'a') => ({ table, rows, hash });

function told(expected: readonly ReturnType<typeof digest>[], found: readonly ReturnType<typeof digest>[]): string {
  try {
    refuseDifferences(expected, found, 'the backup');
  } catch (error) {
    if (isSurefootError(error)) return `${error.code}: ${error.message}`;
  }
  return 'the same';
}

describe('refuseDifferences', () => {
  it('names tables that are missing, too many, or hold something else', () => {
    expect(told([digest('a'), digest('b')], [digest('b'), digest('a')])).toBe('the same');
    expect(told([digest('a')], [digest('a', 2)])).toMatch(/^backup-differs: .*a has 2 rows, not 1$/su);
    expect(told([digest('a')], [digest('a', 1, 'b')])).toContain('a has other values');
    expect(told([digest('a'), digest('b')], [digest('a')])).toContain('b is missing');
    expect(told([], [digest('a')])).toContain('a is one too many');
    expect(
      told(
        Array.from({ length: 9 }, (_, index) => digest(`t${String(index)}`)),
        [],
      ),
    ).toContain('and 4 more');
  });
});
