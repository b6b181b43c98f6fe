import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byteOffsetToIndex,
  charOffsetToIndex,
  positionAt,
  renderExcerpt,
  splitStatements,
} from '../../../src/sql/index.ts';
import { PositionCursor } from '../../../src/sql/position.ts';

const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '\t', 'é', '中', '😀', '\u0301'), maxLength: 60 });

describe('positionAt', () => {
  it('counts lines from 1 and characters from 1', () => {
    const sql = 'ab\n\té😀x\r\ny';
    expect(positionAt(sql, 0)).toEqual({ line: 1, column: 1, offset: 0 });
    expect(positionAt(sql, 2)).toEqual({ line: 1, column: 3, offset: 2 });
    expect(positionAt(sql, sql.indexOf('x'))).toEqual({ line: 2, column: 4, offset: 7 });
    expect(positionAt(sql, sql.indexOf('y'))).toEqual({ line: 3, column: 1, offset: 10 });
  });

  it('keeps to the text, whatever the offset', () => {
    expect(positionAt('ab', 99)).toEqual({ line: 1, column: 3, offset: 2 });
    expect(positionAt('ab', -1)).toEqual({ line: 1, column: 1, offset: 0 });
  });

  it('gives a byte order mark no column', () => {
    expect(positionAt('\uFEFFab', 1)).toEqual({ line: 1, column: 1, offset: 1 });
  });

  it('goes on from the base of a part of a file', () => {
    fc.assert(
      fc.property(text, text, fc.nat(200), (head, tail, offset) => {
        const base = positionAt(head + tail, head.length);
        expect(positionAt(tail, offset, base)).toEqual(
          positionAt(head + tail, head.length + Math.min(offset, tail.length)),
        );
      }),
    );
  });

  it('is the same with a cursor, in any order of offsets', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(70)), (sql, offsets) => {
        const cursor = new PositionCursor(sql);
        for (const offset of offsets) expect(cursor.at(offset)).toEqual(positionAt(sql, offset));
      }),
    );
  });
});

describe('offsets of other counts', () => {
  it('turns bytes of UTF-8 into UTF-16 units', () => {
    fc.assert(
      fc.property(text, text, (head, tail) => {
        expect(byteOffsetToIndex(head + tail, Buffer.byteLength(head))).toBe(head.length);
      }),
    );
    expect(byteOffsetToIndex('a😀b', 3)).toBe(1);
    expect(byteOffsetToIndex('a😀b', 99)).toBe(4);
  });

  it('turns the 1-based characters of the server into UTF-16 units', () => {
    fc.assert(
      fc.property(text, text, (head, tail) => {
        expect(charOffsetToIndex(head + tail, Array.from(head).length + 1)).toBe(head.length);
      }),
    );
    expect(charOffsetToIndex('ab', 0)).toBe(0);
    expect(charOffsetToIndex('ab', 99)).toBe(2);
  });
});

describe('renderExcerpt', () => {
  const lines = (...parts: readonly string[]): string => parts.join('\n');
  const at = (source: string, mark: string): string => renderExcerpt(source, positionAt(source, source.indexOf(mark)));

  it('shows up to three lines above and a caret below', () => {
    expect(at('a\nb\nc\nd\nSELECT frm x;\ny', 'frm')).toBe(
      lines('2 | b', '3 | c', '4 | d', '5 | SELECT frm x;', '  |        ^'),
    );
  });

  it('pads the numbers to one width', () => {
    const source = `${'x\n'.repeat(9)}bad`;
    expect(at(source, 'bad')).toBe(lines(' 7 | x', ' 8 | x', ' 9 | x', '10 | bad', '   | ^'));
  });

  it('keeps tabs and counts wide and combining characters', () => {
    expect(at('\tSELECT\t中文 e\u0301 x!', '!')).toBe(
      lines('1 | \tSELECT\t中文 e\u0301 x!', '  | \t      \t        ^'),
    );
    expect(at("'😀' x!", '!')).toBe(lines("1 | '😀' x!", '  |       ^'));
  });

  it('shows a statement with the line numbers of its file', () => {
    const file = '-- head\n\n  SELECT 1;  SELECT\n  bad';
    const statement = splitStatements('postgres', file, 'f.sql').statements[1];
    if (statement === undefined) throw new Error('no statement');
    expect(renderExcerpt(statement, positionAt(file, file.indexOf('bad')))).toBe(
      lines('3 | SELECT', '4 |   bad', '  |   ^'),
    );
  });

  it('cuts long lines around the caret', () => {
    const source = `${'a'.repeat(5_000_000)}HERE${'b'.repeat(5_000_000)}`;
    const [line = '', caret = ''] = at(source, 'HERE').split('\n');
    expect(line.length).toBeLessThan(110);
    expect(line).toMatch(/^1 \| …a+HEREb+…$/);
    expect(line.indexOf('H')).toBe(caret.indexOf('^'));
  });

  it('replaces control characters, and drops a carriage return', () => {
    expect(at('a\u001B[31m!\r\nb', '!')).toBe(lines('1 | a·[31m!', '  |       ^'));
  });

  it('points behind the end of the text', () => {
    expect(renderExcerpt('SELECT', positionAt('SELECT', 6))).toBe(lines('1 | SELECT', '  |       ^'));
    expect(renderExcerpt('', positionAt('', 0))).toBe(lines('1 |', '  | ^'));
  });

  it('puts the caret under its character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 400 }), text, (head, tail) => {
        const source = `${head}!${tail}`;
        const rendered = renderExcerpt(source, positionAt(source, head.length)).split('\n');
        const [line = '', caret = ''] = rendered.slice(-2);
        expect(line[caret.indexOf('^')]).toBe('!');
      }),
    );
  });
});
