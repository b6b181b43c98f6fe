import { describe, expect, it } from 'vitest';
import {
  foldReleases,
  optionsAt,
  parseAnswers,
  parseChecklist,
  stillHolds,
  windowAt,
} from '../../../src/domain/release/index.ts';
import type { ChecklistItem, WayBack } from '../../../src/model/contribution.ts';
import { EMPTY_NOTE, type JournalEntry, type ReleaseNote } from '../../../src/model/journal-entry.ts';
import { journalEntry } from '../../support/journal-entry.ts';

describe('checklist.md', () => {
  it('reads items, what proves them, marks, stages, groups and help', () => {
    const { items, problems } = parseChecklist(
      [
        '# Anything',
        '- [ ] The backend is stopped @owner(operations)',
        '      docker-compose stop backend',
        '## Environment',
        '- [ ] Rows fit: `003: no existing row breaks a new rule`',
        '- [ ] References are whole (`invariants: every reference`) @optional',
        '<!-- @stage after -->',
        '* [ ] The column `tenant_id` is there: `applied 2025_11_09_123456`',
        '- [ ] It can be read: `surefoot verify "my db" --only 003`',
        '- [ ] The page answers: `$ curl -fsS localhost | grep ok`',
        '- [ ] Mail to `ana@example.com` went out @optional @owner(Ana Lima)',
        '```',
        '- [ ] not an item',
        '```',
      ].join('\n'),
      'verify/checklist.md',
    );
    expect(problems).toEqual([]);
    expect(
      items.map(({ title, stage, group, owner, optional, proof }) => [title, stage, group, owner, optional, proof]),
    ).toEqual([
      ['The backend is stopped', 'before', null, 'operations', false, null],
      [
        'Rows fit',
        'before',
        'Environment',
        null,
        false,
        { kind: 'check', version: '003', name: 'no existing row breaks a new rule' },
      ],
      [
        'References are whole',
        'before',
        'Environment',
        null,
        true,
        { kind: 'check', version: null, name: 'every reference' },
      ],
      [
        'The column `tenant_id` is there',
        'after',
        'Environment',
        null,
        false,
        { kind: 'applied', version: '2025_11_09_123456' },
      ],
      [
        'It can be read',
        'after',
        'Environment',
        null,
        false,
        { kind: 'surefoot', words: ['verify', 'my db', '--only', '003'] },
      ],
      [
        'The page answers',
        'after',
        'Environment',
        null,
        false,
        { kind: 'shell', text: 'curl -fsS localhost | grep ok' },
      ],
      ['Mail to `ana@example.com` went out', 'after', 'Environment', 'Ana Lima', true, null],
    ]);
    expect(items[0]?.help).toBe('docker-compose stop backend');
    expect(items[0]?.id).toBe('list/the-backend-is-stopped');
  });

  it('names each problem with its line', () => {
    const { problems } = parseChecklist(
      [
        '- [x] Done already',
        '<!-- @stage befor -->',
        '- [ ] Twice',
        '- [ ] twice!',
        '- [ ] Marked @ownr(Ana)',
        '- [ ] Nobody @owner()',
      ].join('\n'),
      'verify/checklist.md',
    );
    expect(problems.map(({ line, message, hint }) => `${String(line)}: ${message} ${hint ?? ''}`)).toEqual([
      '1: the box of a checklist is filled already Leave it empty: a release fills it, in the journal.',
      '2: there is no stage befor Did you mean before?',
      '4: the item says the same as the one in line 3 Word one of them differently.',
      '5: there is no mark @ownr Did you mean @owner?',
      '6: @owner names nobody Write it like @owner(operations).',
    ]);
  });
});

describe('maintenance window', () => {
  const at = (iso: string): Date => new Date(iso);

  it('over midnight belongs to the day it begins on', () => {
    const window = { days: ['sat'], hours: '22:00-04:00' } as const;
    expect(windowAt(window, at('2026-11-28T22:00:00Z'))).toEqual({
      open: true,
      detail: 'open until Sun 29 Nov 04:00 UTC',
    });
    expect(windowAt(window, at('2026-11-29T03:59:00Z')).open).toBe(true);
    expect(windowAt(window, at('2026-11-29T04:00:00Z'))).toEqual({
      open: false,
      detail: 'closed; it opens Sat 05 Dec 22:00 UTC',
    });
    expect(windowAt(window, at('2026-11-28T03:00:00Z')).open).toBe(false);
  });

  it('is that of the time zone, also when clocks change', () => {
    const window = { hours: '02:00-03:00', timeZone: 'Europe/Berlin' } as const;
    expect(windowAt(window, at('2026-07-01T00:30:00Z')).open).toBe(true);
    expect(windowAt(window, at('2026-12-01T00:30:00Z')).open).toBe(false);
    // On 29 March 2026 Berlin has no hour from two to three.
    expect(windowAt(window, at('2026-03-28T23:30:00Z')).detail).toBe('closed; it opens Mon 30 Mar 02:00 Europe/Berlin');
  });

  it('of days alone and the whole day never ends in between', () => {
    expect(windowAt({ days: ['mon', 'tue'] }, at('2026-11-30T23:59:00Z')).detail).toBe(
      'open until Wed 02 Dec 00:00 UTC',
    );
    expect(windowAt({ hours: '00:00-24:00' }, at('2026-11-30T23:59:00Z')).detail).toBe('always open');
  });
});

describe('what is open where a release stops', () => {
  const way = (id: string): WayBack => ({
    id,
    title: id,
    look: async () => Promise.resolve({ open: true, why: '', command: '' }),
    run: async () => Promise.resolve({ state: 'passed', detail: '' }),
  });
  const ways = [
    { way: way('roll-back'), open: true, why: 'two rollbacks', command: 'surefoot rollback main --to 1' },
    { way: way('restore'), open: true, why: 'a backup', command: 'surefoot restore main' },
  ];
  const facts = {
    database: 'main',
    env: '',
    stage: 'migrate',
    code: null,
    changed: true,
    givingUp: false,
    ways,
  } as const;
  const recommended = (more: Partial<Parameters<typeof optionsAt>[0]>): string | undefined =>
    optionsAt({ ...facts, ...more }).find((option) => option.recommended)?.id;

  it('recommends by what happened', () => {
    expect(recommended({})).toBe('roll-back');
    expect(recommended({ code: 'lock-timeout' })).toBe('retry');
    expect(recommended({ code: 'lock-timeout', givingUp: true })).toBe('roll-back');
    expect(recommended({ ways: ways.map((each) => ({ ...each, open: each.way.id === 'restore' })) })).toBe('restore');
    expect(recommended({ ways: ways.map((each) => ({ ...each, open: false })) })).toBe('quit');
    expect(recommended({ changed: false })).toBe('quit');
    expect(recommended({ changed: false, givingUp: true })).toBe('leave');
    expect(recommended({ stage: 'log' })).toBe('retry');
  });

  it('offers no way back where nothing was changed, and says why one is closed', () => {
    expect(optionsAt({ ...facts, changed: false }).map(({ id }) => id)).toEqual(['retry', 'leave', 'quit']);
    const closed = optionsAt({
      ...facts,
      ways: [{ ...ways[0], open: false, why: 'irreversible' } as (typeof ways)[number]],
    });
    expect(closed.map(({ id }) => id)).toEqual(['retry', 'leave', 'quit']);
    expect(closed[1]?.why).toContain('irreversible');
  });
});

describe('the state of a release', () => {
  const entry = (
    event: JournalEntry['event'],
    release: Partial<ReleaseNote>,
    more: Partial<JournalEntry> = {},
  ): JournalEntry =>
    journalEntry({
      runId: 'r',
      event,
      command: 'release',
      outcome: 'succeeded',
      release: { ...EMPTY_NOTE, ...release },
      ...more,
    });
  const item = (id: string, stage: ChecklistItem['stage'], manual: boolean): ChecklistItem => ({
    id,
    title: id,
    stage,
    owner: null,
    stops: ['failed'],
    run: manual ? null : async () => Promise.resolve({ state: 'passed', detail: '' }),
  });
  const signed = entry('release-item', { item: 'stop', stage: 'before', state: 'passed', signedBy: 'ben' });
  const plan = entry('release-item', { item: 'plan', stage: 'plan', state: 'passed' });

  it('says who walks it: the first of two, until he leaves it or another takes it over', () => {
    const walk = (id: string): Partial<ReleaseNote> => ({ walk: { id, space: '00000000' } });
    const walker = (...entries: readonly JournalEntry[]): string | undefined => foldReleases(entries)[0]?.walker?.walk;
    const [one, two] = [entry('release-started', walk('one')), entry('release-started', walk('two'))];
    expect(walker(one)).toBe('one');
    expect(walker(one, two)).toBe('one');
    expect(walker(one, two, entry('release-left', walk('two')))).toBe('one');
    expect(walker(one, entry('release-left', walk('one')))).toBeUndefined();
    expect(walker(one, entry('release-left', walk('one')), two)).toBe('two');
    expect(walker(one, entry('release-started', { ...walk('two'), takeOver: true }))).toBe('two');
    expect(walker(one, entry('release-finished', {}))).toBeUndefined();
    const [state] = foldReleases([one, { ...two, operator: 'ben' }]);
    expect(state?.operators).toEqual(['ana']);
  });

  it('keeps signatures, and asks automatic items ahead of the migration again', () => {
    const [state] = foldReleases([entry('release-started', { set: 'a' }), plan, signed]);
    if (state === undefined) throw new Error('no release');
    expect(stillHolds(item('stop', 'before', true), state)).toBe(true);
    expect(stillHolds(item('plan', 'plan', false), state)).toBe(false);
    const [after] = foldReleases([
      entry('release-started', { set: 'a' }),
      plan,
      entry('release-item', { item: 'migrate', stage: 'migrate', state: 'passed' }),
    ]);
    if (after === undefined) throw new Error('no release');
    expect(stillHolds(item('plan', 'plan', false), after)).toBe(true);
  });

  it('voids signatures of before the migration when the migrations were edited', () => {
    const later = entry('release-item', { item: 'users', stage: 'after', state: 'passed', signedBy: 'ben' });
    const again = entry('release-started', { set: 'b' }, { operator: 'cy' });
    const [state] = foldReleases([entry('release-started', { set: 'a' }), signed, later, again]);
    expect([...(state?.items.keys() ?? [])]).toEqual(['users']);
    expect(state?.operators).toEqual(['ana', 'cy']);
  });
});

describe('answers', () => {
  it('are read from the printed Markdown and from JSON', () => {
    const text =
      '# Release checklist: main\n<!-- release abc -->\n\n- [x] One <!-- list/one -->\n  - signed by:\n  - note: at ten\n- [ ] Two <!-- list/two -->\n  - signed by: Ben\n- [ ] Three <!-- list/three -->\n';
    const { answers, release } = parseAnswers(text, 'answers.md', 'main');
    expect(release).toBe('abc');
    expect([...answers].map(([id, { by, note, signed }]) => [id, by, note, signed])).toEqual([
      ['list/one', null, 'at ten', true],
      ['list/two', 'Ben', '', true],
      ['list/three', null, '', false],
    ]);
    const json = JSON.stringify({
      databases: [{ name: 'main', release: null, items: [{ id: 'list/two', signedBy: 'Ben', note: 'x' }] }],
    });
    expect(parseAnswers(json, 'answers.json', 'main').answers.get('list/two')).toMatchObject({
      by: 'Ben',
      note: 'x',
      signed: true,
    });
  });

  it('are refused with file and line', () => {
    expect(() => parseAnswers('# Release checklist: other\n', 'a.md', 'main')).toThrow(
      'a.md:1: it is the list of other, not of main',
    );
    expect(() => parseAnswers('nothing', 'a.md', 'main')).toThrow('a.md:1');
    const twice = '# Release checklist: main\n- [ ] One <!-- a -->\n- [x] One <!-- a -->\n';
    expect(() => parseAnswers(twice, 'a.md', 'main')).toThrow('a.md:3: the item a is there twice');
    const json = (items: unknown): string => JSON.stringify({ name: 'main', items });
    const item = { id: 'a', signedBy: 'Ana', note: null };
    expect(() => parseAnswers(json('none'), 'a.json', 'main')).toThrow('a.json: the list of main has no items');
    expect(() => parseAnswers(json([item, item]), 'a.json', 'main')).toThrow('a.json: the item a is there twice');
    expect(() => parseAnswers(json([{ ...item, signedBy: true }]), 'a.json', 'main')).toThrow(
      'a.json: signedBy of the item a is neither a text nor null',
    );
  });
});
