import { describe, expect, it } from 'vitest';
import { drawEr, erChanges, type ErModel, type ErTable } from '../../../src/domain/schema/index.ts';
import { mergeSections } from '../../../src/domain/report/index.ts';

const column = (name: string, type = 'text', nullable = false): ErTable['columns'][number] => ({
  name,
  type,
  nullable,
  marks: [],
});
const link = (from: string, to: string): ErModel['links'][number] => ({
  from,
  to,
  columns: ['x'],
  required: true,
  single: false,
});

const before: ErModel = {
  tables: [
    { name: 'gone', columns: [column('id')] },
    { name: 'kept', columns: [column('id'), column('old'), column('x')] },
    { name: 'same', columns: [column('id')] },
  ],
  links: [link('kept', 'gone'), link('same', 'kept')],
};
const after: ErModel = {
  tables: [
    { name: 'kept', columns: [column('id', 'bigint'), column('x'), column('new')] },
    { name: 'new', columns: [column('id')] },
    { name: 'same', columns: [column('id')] },
  ],
  links: [link('same', 'kept'), link('new', 'kept')],
};

describe('two diagrams as one', () => {
  const both = erChanges(before, after);

  it('has everything of either, and what became of it', () => {
    expect(both.tables.map(({ name, change }) => [name, change])).toEqual([
      ['gone', 'removed'],
      ['kept', 'changed'],
      ['new', 'added'],
      ['same', undefined],
    ]);
    expect(both.tables[1]?.columns.map(({ name, change, was }) => [name, change, was])).toEqual([
      ['id', 'changed', 'text'],
      ['old', 'removed', undefined],
      ['x', undefined, undefined],
      ['new', 'added', undefined],
    ]);
    expect(both.links.map(({ from, to, change }) => [from, to, change])).toEqual([
      ['kept', 'gone', 'removed'],
      ['same', 'kept', undefined],
      ['new', 'kept', 'added'],
    ]);
  });

  it('is drawn with a class for each change, and without where nothing changed', () => {
    const svg = drawEr(both, { label: 'a "label" <b>', style: null });
    expect(svg).toContain('aria-label="a &quot;label&quot; &lt;b&gt;"');
    for (const name of ['er-table removed', 'er-table changed', 'er-table added', 'er-link removed', 'er-link added'])
      expect(svg).toContain(`class="${name}"`);
    expect(svg).toContain('id bigint (was text)');
    expect(drawEr(erChanges(after, after), { label: '', style: null })).not.toMatch(/added|removed|changed/u);
  });
});

describe('sections of a report', () => {
  it('tell together what is known of a version, however it is written, and in the order of versions', () => {
    const part = (version: string, title: string) => ({ version, title, blocks: [] });
    const { migrations, sections } = mergeSections(
      [
        { id: 'a', title: 'A', value: { headlines: [], blocks: [], migrations: [part('10', 'x'), part('2', 'x')] } },
        { id: 'b', title: 'B', value: { headlines: [], blocks: [], migrations: [part('002', 'y'), part('10', 'y')] } },
      ],
      new Map([['2', '2_two']]),
    );
    expect(migrations.map(({ name, parts }) => [name, parts.map(({ title }) => title)])).toEqual([
      ['2_two', ['x', 'y']],
      ['10', ['x', 'y']],
    ]);
    expect(sections).toEqual([]);
  });
});
