import { parseDuration } from '../../model/duration.ts';
import type { Comparison, Expectation, ExpectedValue } from '../../model/directives.ts';

/** An expectation, or one sentence that tells why the text is none. */
export type ParsedExpectation = { readonly expectation: Expectation } | { readonly error: string };

const COMPARISON = String.raw`(=|>=|<=|<>|!=|>|<)`;
const NAME = String.raw`((?:"(?:[^"]|"")+"|[^\s"]+))`;

const ROWS = new RegExp(String.raw`^rows\s*${COMPARISON}\s*(.*)$`, 'is');
const VALUE = new RegExp(String.raw`^value\s*${COMPARISON}\s*(.*)$`, 'is');
const EVERY = new RegExp(String.raw`^every\s+("(?:[^"]|"")+"|[^\s"=<>!]+)\s*${COMPARISON}\s*(.*)$`, 'is');
const RESULT = /^result\s*=\s*(.*)$/is;
const ERROR = /^error\s+(\S+)$/i;
const PLAN_INDEX = new RegExp(String.raw`^plan\s+uses\s+index\s+${NAME}$`, 'i');
const PLAN_NO_SEQ_SCAN = new RegExp(String.raw`^plan\s+has\s+no\s+seq\s+scan\s+on\s+${NAME}$`, 'i');
const MEDIAN = /^median\s*(<=?)\s*(.+)$/i;
const WITHIN = /^within\s+(\d+(?:\.\d+)?)\s*%\s+of\s+before$/i;
const NUMBER = /^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

const FORMS =
  'An expectation is one of: rows = 0, value = 4, every <column> = 0, result = [{…}], error <code>, ' +
  'plan uses index <name>, plan has no seq scan on <table>, median < 200 ms, within 10% of before';

/** Parses what stands behind `@expect`. */
export function parseExpectation(text: string): ParsedExpectation {
  const source = text.trim();
  let match = ROWS.exec(source);
  if (match !== null) return parseRows(comparisonOf(match[1]), match[2] ?? '');
  match = VALUE.exec(source);
  if (match !== null) {
    const comparison = comparisonOf(match[1]);
    return withValue(comparison, match[2] ?? '', (value) => ({ kind: 'value', comparison, value }));
  }
  match = EVERY.exec(source);
  if (match !== null) {
    const column = unquoted(match[1] ?? '');
    const comparison = comparisonOf(match[2]);
    return withValue(comparison, match[3] ?? '', (value) => ({ kind: 'every', column, comparison, value }));
  }
  match = RESULT.exec(source);
  if (match !== null) return parseResult(match[1] ?? '');
  match = ERROR.exec(source);
  if (match !== null) return parseCode(match[1] ?? '');
  match = PLAN_INDEX.exec(source);
  if (match !== null) return { expectation: { kind: 'plan-index', index: unquoted(match[1] ?? '') } };
  match = PLAN_NO_SEQ_SCAN.exec(source);
  if (match !== null) return { expectation: { kind: 'plan-no-seq-scan', table: unquoted(match[1] ?? '') } };
  match = MEDIAN.exec(source);
  if (match !== null) return parseMedian(match[1] === '<=' ? '<=' : '<', match[2] ?? '');
  match = WITHIN.exec(source);
  if (match !== null) return { expectation: { kind: 'within', percent: Number(match[1]) } };
  return { error: FORMS };
}

function comparisonOf(text: string | undefined): Comparison {
  return text === '!=' ? '<>' : ((text ?? '=') as Comparison);
}

function parseRows(comparison: Comparison, text: string): ParsedExpectation {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count))
    return { error: `rows is compared with a whole number, not with '${text}'` };
  return { expectation: { kind: 'rows', comparison, count } };
}

function withValue(
  comparison: Comparison,
  text: string,
  make: (value: ExpectedValue) => Expectation,
): ParsedExpectation {
  const parsed = parseValue(text.trim());
  if ('error' in parsed) return parsed;
  const ordered = comparison !== '=' && comparison !== '<>';
  if (ordered && (parsed.value === null || typeof parsed.value === 'boolean')) {
    return { error: `${String(parsed.value)} can only be compared with = or <>` };
  }
  return { expectation: make(parsed.value) };
}

function parseValue(text: string): { readonly value: ExpectedValue } | { readonly error: string } {
  if (text === '') return { error: "a value is missing; the empty text is written ''" };
  if (NUMBER.test(text)) return { value: numberOf(text) };
  if (/^(?:true|false)$/i.test(text)) return { value: text.toLowerCase() === 'true' };
  if (/^null$/i.test(text)) return { value: null };
  if (text.startsWith('"')) return { error: 'text is quoted with \' and not with "' };
  if (!text.startsWith("'")) return { value: text };
  if (!/^'(?:[^']|'')*'$/.test(text)) return { error: `the quotes of ${text} do not match` };
  return { value: text.slice(1, -1).replaceAll("''", "'") };
}

/** Integers beyond what a number holds exactly stay text, as in the rows they are compared with. */
function numberOf(text: string): number | string {
  const number = Number(text);
  return /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number) ? text : number;
}

function parseResult(text: string): ParsedExpectation {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { error: `result is not JSON: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
  if (!Array.isArray(value) || !value.every(isObject))
    return { error: 'result is compared with a JSON array of row objects' };
  return { expectation: { kind: 'result', rows: value } };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseCode(code: string): ParsedExpectation {
  if (/^[0-9A-Z]{5}$/.test(code) || /^SQLITE_[A-Z_]+$/.test(code)) return { expectation: { kind: 'error', code } };
  return {
    error: `'${code}' is neither an SQLSTATE (five digits or capitals) nor an SQLite code such as SQLITE_CONSTRAINT_CHECK`,
  };
}

function parseMedian(comparison: '<' | '<=', text: string): ParsedExpectation {
  const ms = parseDuration(text);
  if (ms === null || ms === 0) return { error: `'${text}' is no duration such as 200 ms` };
  return { expectation: { kind: 'median', comparison, ms } };
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
