import type { CheckResult } from '../../model/check-result.ts';
import type { Engine } from '../../model/engine.ts';
import type { JournalEntry, ReleaseNote } from '../../model/journal-entry.ts';
import { maskLiterals } from '../../sql/index.ts';

type Locks = NonNullable<JournalEntry['locks']>;

const STARS = '***';
/** What of an `actual` tells of counts, names and times, and never of a row's content. */
const HARMLESS =
  /^(?:rows = \d+|value = (?:-?\d+(?:\.\d+)?|true|false|null)|all \d+ rows|\d+ of \d+ rows differ|\d+ rows where one value was expected|no (?:column|error|index|sequential scan|timing)\b.*|indexes .*|sequential scan on .*|median .*|the statement was not run|\[\])$/su;

/** A check result without values of rows and without literals of its statement. Numbers a check counted stay. */
export function maskCheck(engine: Engine, check: CheckResult): CheckResult {
  return {
    ...check,
    sql: maskLiterals(engine, check.sql),
    actual: maskActual(check.actual),
    detail: check.detail === null ? null : maskDetail(check.detail),
  };
}

/** Who was in the way, without the literals of what those sessions ran. */
export function maskLocks(engine: Engine, locks: Locks): Locks {
  const blockers = locks.blockers.map((blocker) => ({
    ...blocker,
    query: blocker.query === null ? null : maskLiterals(engine, blocker.query),
  }));
  return { ...locks, blockers };
}

/** A note that tells who was in the way, in the same manner. */
export function maskNote(engine: Engine, note: string, locks: Locks | undefined): string {
  return (locks?.blockers ?? []).reduce(
    (text, { query }) => (query === null || query === '' ? text : text.replaceAll(query, maskLiterals(engine, query))),
    note,
  );
}

/** What was found by an item, without the values an error quotes. What a person wrote when signing stays. */
export function maskRelease(note: ReleaseNote): ReleaseNote {
  const { detail, signedBy } = note;
  return { ...note, detail: detail === null ? null : hidePasswords(signedBy === null ? maskMessage(detail) : detail) };
}

function maskActual(actual: string): string {
  if (HARMLESS.test(actual)) return actual;
  if (actual.startsWith('error ')) return maskMessage(actual);
  if (actual.startsWith('[')) return maskJson(actual);
  return actual.startsWith('value = ') ? `value = ${STARS}` : STARS;
}

/** A table keeps its columns, a diff its numbers, a plan all of it. */
function maskDetail(detail: string): string {
  const lines = detail.split('\n');
  const [head = '', rule = '', ...rows] = lines;
  if (/^-[- ]*$/u.test(rule)) return [head, rule, `(${String(rows.length)} lines, values masked)`].join('\n');
  return /"(?:[^"\\]|\\.)*":/u.test(detail) ? lines.map(maskJson).join('\n') : detail;
}

/** Text values of JSON, also of one line of a diff; names of columns stay. */
function maskJson(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gu, (token, colon: string | undefined) =>
    colon === undefined ? `"${STARS}"` : token,
  );
}

/** The engine's words without the values it quotes: `Key (email)=(***)`, `type integer: "***"`. */
export function maskMessage(message: string): string {
  return message
    .replaceAll(/(\([^()\n]*\)=)\([^\n]*?\)(?=[\s.;]|$)/gu, `$1(${STARS})`)
    .replaceAll(/((?:row contains|Partition key of the failing row contains) )\([^\n]*\)/gu, `$1(${STARS})`)
    .replaceAll(/(: |\bvalue )"[^\n]*"/gu, `$1"${STARS}"`)
    .replaceAll(/(?<![\p{L}\p{N}])'(?:[^'\n]|'')*'(?![\p{L}\p{N}])/gu, `'${STARS}'`);
}

/** Whatever the policy says: no password of a URL, a connection string or an ALTER ROLE. */
export function hidePasswords(text: string): string {
  return text
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s]*@/giu, `$1:${STARS}@`)
    .replaceAll(/\b(password=)(?:'[^']*'|[^\s&]+)/giu, `$1${STARS}`)
    .replaceAll(/\b(PASSWORD\s+)'(?:[^']|'')*'/giu, `$1'${STARS}'`);
}
