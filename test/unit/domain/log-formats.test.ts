import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { chooseRuns, formatRuns } from '../../../src/domain/journal/index.ts';
import { parseMoment } from '../../../src/model/moment.ts';
import { journalEntry as entryOf, runsOf } from '../../support/journal-entry.ts';

const HOSTILE = '=HYPERLINK("x"), "a"\n| b | <script>alert(1)</script> `c` ▲';

const runs = runsOf([
  entryOf({}),
  entryOf({ event: 'step', version: '007', name: '007_users', outcome: 'succeeded', durationMs: 4.2 }),
  entryOf({ event: 'run-finished', outcome: 'succeeded', durationMs: 9, at: '2026-11-21T10:00:01.000Z' }),
  entryOf({ event: 'note', outcome: 'succeeded', operator: HOSTILE, notes: [HOSTILE] }),
  entryOf({ runId: 'bbbb', at: '2026-11-22T10:00:00.000Z', operator: 'bo' }),
  entryOf({
    runId: 'bbbb',
    event: 'run-finished',
    outcome: 'failed',
    operator: 'bo',
    error: { code: 'sql-failed', sqlState: '23505', message: `first\n${HOSTILE}`, file: null, line: null },
  }),
]);

describe('formats of the log', () => {
  it('gives CSV that reads back as what went in, and no formula to a spreadsheet', () => {
    const text = formatRuns('csv', runs, 'crm', { head: true });
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(6);
    expect(rows.map((row) => row['event'])).toEqual(runs.flatMap((run) => run.entries.map((entry) => entry.event)));
    expect(rows[3]).toMatchObject({ operator: `'${HOSTILE}`, notes: `'${HOSTILE}`, durationMs: '' });
    expect(rows[5]).toMatchObject({ errorCode: 'sql-failed', sqlState: '23505', error: `first\n${HOSTILE}` });
    expect(formatRuns('csv', runs, 'crm', { head: false }).split('\n')[0]).toContain('run-started');
  });

  it('gives JSON lines that are the entries', () => {
    const lines = formatRuns('jsonl', runs, 'crm', { head: true }).split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(runs.flatMap((run) => run.entries));
    expect(formatRuns('jsonl', [], 'crm', { head: true })).toBe('');
  });

  it('gives Markdown in which no text is markup', () => {
    const text = formatRuns('markdown', runs, 'crm', { head: true });
    expect(text).toContain('| 2026-11-21 10:00:00 | 007\\_users | up | succeeded | 4 |  |');
    const outsideCode = text.split('\n').filter((line) => !line.startsWith('    '));
    expect(outsideCode.some((line) => /(?<!\\)<script/u.test(line))).toBe(false);
    for (const line of outsideCode.filter((each) => each.startsWith('| Executed')))
      expect(line.match(/(?<!\\)\|/gu)).toHaveLength(3);
  });

  it('fills in the form of the requirement document, notes included', () => {
    const [form = ''] = formatRuns('template', runs, 'crm', { head: true }).split('\n\n');
    expect(form).toContain('Migration Date: 2026-11-21');
    expect(form).toContain('Migration End Time: 10:00:01 UTC');
    expect(form).toContain('Executed By: ana on db1');
    expect(form).toContain('Rollback Required: [ ] YES [x] NO');
    expect(form).toContain('Notes: crm: migrate of 007; run aaaa');
    expect(form).toContain('=HYPERLINK');
  });

  it('chooses runs by what is asked', () => {
    const ids = (filter: Parameters<typeof chooseRuns>[1]) => chooseRuns(runs, filter).map((run) => run.runId);
    expect(ids({ version: '7' })).toEqual(['aaaa']);
    expect(ids({ outcome: 'failed' })).toEqual(['bbbb']);
    expect(ids({ operator: 'bo' })).toEqual(['bbbb']);
    expect(ids({ since: '2026-11-22T00:00:00.000Z' })).toEqual(['bbbb']);
    expect(ids({ until: '2026-11-22T00:00:00.000Z' })).toEqual(['aaaa']);
    expect(ids({ limit: 1 })).toEqual(['bbbb']);
    expect(ids({ outcome: 'failed', operator: 'ana' })).toEqual([]);
  });

  it('reads moments as people write them', () => {
    const now = new Date('2026-11-30T12:00:00.000Z');
    const moments: readonly (readonly [string, string | null])[] = [
      ['2026-11-21', '2026-11-21T00:00:00.000Z'],
      ['2026-11-21T10:15', '2026-11-21T10:15:00.000Z'],
      ['2026-11-21 10:15:30', '2026-11-21T10:15:30.000Z'],
      ['2026-11-21T10:15+02:00', '2026-11-21T08:15:00.000Z'],
      ['2h', '2026-11-30T10:00:00.000Z'],
      ['7d', '2026-11-23T12:00:00.000Z'],
      ['2026-13-01', null],
      ['2026-11-21+02:00', null],
      ['yesterday', null],
      ['7', null],
    ];
    for (const [text, iso] of moments) expect([text, parseMoment(text, now)]).toEqual([text, iso]);
  });
});
