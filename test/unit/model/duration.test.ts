import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest } from '../../../src/model/closest.ts';
import { formatDuration, parseDuration } from '../../../src/model/duration.ts';

describe('durations', () => {
  it.each([
    ['0', 0],
    ['500ms', 500],
    ['2s', 2_000],
    ['1.5s', 1_500],
    ['0.1ms', 0.1],
    ['10min', 600_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    [' 200 ms ', 200],
    ['1min 30s', 90_000],
    ['1h30min', 5_400_000],
  ])('reads %j', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    '5',
    '-1s',
    '1m',
    '1 sec',
    's',
    '1s 2',
    '1s 1min',
    '1s1s',
    '1e3s',
    '0x1s',
    '99999999999999d',
    'NaN',
    '1_000ms',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it.each([
    [0, '0'],
    [-1, '0'],
    [0.42, '0.4ms'],
    [340, '340ms'],
    [999.6, '1s'],
    [12_345, '12.3s'],
    [59_960, '1min'],
    [90_000, '1min 30s'],
    [900_000, '15min'],
    [3_599_600, '1h'],
    [3_780_000, '1h 3min'],
    [90_000_000, '1d 1h'],
  ])('shows %d as %j', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('shows what it can read back, to half a millisecond or one part in twenty', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e10, noNaN: true }), (ms) => {
        const back = parseDuration(formatDuration(ms));
        expect(back).not.toBeNull();
        expect(Math.abs((back ?? 0) - ms)).toBeLessThanOrEqual(Math.max(0.51, ms / 20));
      }),
    );
  });
});

describe('closest', () => {
  const names = ['description', 'transaction', 'lock-timeout', 'allow', 'check', 'set', 'as'];

  it.each([
    ['descripton', 'description'],
    ['Transaction', 'transaction'],
    ['lock_timeout', 'lock-timeout'],
    ['chekc', 'check'],
    ['sets', 'set'],
  ])('takes %j for %j', (word, meant) => {
    expect(closest(word, names)).toBe(meant);
  });

  it.each(['author', 'x', '', 'param'])('takes %j for none', (word) => {
    expect(closest(word, names)).toBeNull();
  });
});
