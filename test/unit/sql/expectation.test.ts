import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpectation } from '../../../src/sql/index.ts';

describe('parseExpectation', () => {
  it.each([
    ['rows = 0', { kind: 'rows', comparison: '=', count: 0 }],
    ['rows >= 30', { kind: 'rows', comparison: '>=', count: 30 }],
    ['Rows<5', { kind: 'rows', comparison: '<', count: 5 }],
    ['rows <> 0', { kind: 'rows', comparison: '<>', count: 0 }],
    ['value = 4', { kind: 'value', comparison: '=', value: 4 }],
    ['value != -1.5e3', { kind: 'value', comparison: '<>', value: -1500 }],
    ['value > 0.25', { kind: 'value', comparison: '>', value: 0.25 }],
    ['value = true', { kind: 'value', comparison: '=', value: true }],
    ['value = FALSE', { kind: 'value', comparison: '=', value: false }],
    ['value = null', { kind: 'value', comparison: '=', value: null }],
    ['value <> null', { kind: 'value', comparison: '<>', value: null }],
    ['value = caps-automotive', { kind: 'value', comparison: '=', value: 'caps-automotive' }],
    ['value = two words', { kind: 'value', comparison: '=', value: 'two words' }],
    ["value = 'it''s 4'", { kind: 'value', comparison: '=', value: "it's 4" }],
    ["value = ''", { kind: 'value', comparison: '=', value: '' }],
    ["value = '4'", { kind: 'value', comparison: '=', value: '4' }],
    ['value = 007', { kind: 'value', comparison: '=', value: '007' }],
    ['value = 9007199254740993', { kind: 'value', comparison: '=', value: '9007199254740993' }],
    ['every null_count = 0', { kind: 'every', column: 'null_count', comparison: '=', value: 0 }],
    ['every "Null count" >= 1', { kind: 'every', column: 'Null count', comparison: '>=', value: 1 }],
    ['every state=done', { kind: 'every', column: 'state', comparison: '=', value: 'done' }],
    ['result = []', { kind: 'result', rows: [] }],
    [
      'result = [{"tenant_id":"caps-automotive","count":3}]',
      { kind: 'result', rows: [{ tenant_id: 'caps-automotive', count: 3 }] },
    ],
    ['error 42501', { kind: 'error', code: '42501' }],
    ['error SQLITE_CONSTRAINT_CHECK', { kind: 'error', code: 'SQLITE_CONSTRAINT_CHECK' }],
    ['plan uses index users_email_key', { kind: 'plan-index', index: 'users_email_key' }],
    ['plan uses index "My index"', { kind: 'plan-index', index: 'My index' }],
    ['plan has no seq scan on orders', { kind: 'plan-no-seq-scan', table: 'orders' }],
    ['median < 200 ms', { kind: 'median', comparison: '<', ms: 200 }],
    ['median <= 1.5s', { kind: 'median', comparison: '<=', ms: 1500 }],
    ['within 10% of before', { kind: 'within', percent: 10 }],
    ['within 2.5 % of before', { kind: 'within', percent: 2.5 }],
  ])('reads %j', (text, expectation) => {
    expect(parseExpectation(text)).toEqual({ expectation });
  });

  it.each([
    ['', 'one of'],
    ['rows', 'one of'],
    ['rows = -1', 'whole number'],
    ['rows = 1.5', 'whole number'],
    ['rows == 1', 'whole number'],
    ['row = 1', 'one of'],
    ['value =', 'missing'],
    ['value > true', 'only be compared'],
    ['value >= null', 'only be compared'],
    ['value = "x"', 'quoted with'],
    ["value = 'a'b'", 'do not match'],
    ["value = 'a", 'do not match'],
    ['every = 0', 'one of'],
    ['result = {"a":1}', 'array of row objects'],
    ['result = [1]', 'array of row objects'],
    ['result = [{]', 'not JSON'],
    ['error permission denied', 'one of'],
    ['error 4250', 'neither'],
    ['error 42501x', 'neither'],
    ['plan uses index', 'one of'],
    ['median < 200', 'no duration'],
    ['median < 0', 'no duration'],
    ['median > 200ms', 'one of'],
    ['within 10 of before', 'one of'],
  ])('refuses %j', (text, reason) => {
    expect(parseExpectation(text)).toEqual({ error: expect.stringContaining(reason) });
  });

  it('never throws', () => {
    const part = fc.constantFrom(
      'rows',
      'value',
      'every',
      'result',
      'error',
      'median',
      'plan',
      '=',
      '<',
      "'",
      '"',
      '[',
      '{',
      '1',
      ' ',
      'x',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part).map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => void parseExpectation(text),
      ),
    );
  });
});
