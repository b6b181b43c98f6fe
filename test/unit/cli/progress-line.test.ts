import { describe, expect, it } from 'vitest';
import { renderProgressLine } from '../../../src/cli/render/progress-line.ts';

const counted = {
  label: 'CREATE INDEX on readings: building index: scanning table',
  done: 250_000,
  total: 1_000_000,
  unit: 'blocks',
  elapsedMs: 5_000,
  from: 0,
};

describe('a line of progress', () => {
  it('has a bar where there is room, and fits where there is none', () => {
    const wide = renderProgressLine(counted, 200);
    expect(wide).toBe(
      '  CREATE INDEX on readings: building index: scanning table  [======                  ] 25%, 250,000 of 1,000,000 blocks, 50,000 blocks/s, 15.0 s left',
    );
    const narrow = renderProgressLine(counted, 79);
    expect(narrow.length).toBeLessThanOrEqual(79);
    expect(narrow).toContain('25%, 250,000 of 1,000,000 blocks, 50,000 blocks/s, 15.0 s left');
    expect(narrow).toContain('…');
  });

  it('counts the rate from where it was first seen, and promises nothing without one', () => {
    expect(renderProgressLine({ ...counted, from: 200_000 }, 200)).toContain('10,000 blocks/s, 1 min 15 s left');
    expect(renderProgressLine({ ...counted, elapsedMs: 0 }, 200)).toMatch(/250,000 of 1,000,000 blocks$/u);
    expect(renderProgressLine({ ...counted, total: null }, 200)).toMatch(/ {2}250,000 blocks, 50,000 blocks\/s$/u);
    expect(renderProgressLine({ ...counted, done: 5_000_000, total: 4_000_000, unit: 'bytes' }, 200)).toContain(
      '100%, 5.0 MB of 4.0 MB, 1.0 MB/s',
    );
  });
});
