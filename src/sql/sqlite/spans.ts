import { unterminated, unterminatedToken, type Fault, type Span, type Spans } from '../span.ts';
import { SqliteScanner } from './tokens.ts';
import { isComment, TOKEN, wordIs } from '../tokens/token.ts';

/** How much of `CREATE [TEMP|TEMPORARY] TRIGGER … BEGIN … ; END` has been seen. */
const STATE = {
  fresh: 0,
  create: 1,
  temporary: 2,
  trigger: 3,
  body: 4,
  bodySemicolon: 5,
  bodyEnd: 6,
  other: 7,
} as const;
type State = (typeof STATE)[keyof typeof STATE];

/**
 * Splits an SQLite script in one pass. A trigger ends at the semicolon behind an END that itself follows a semicolon,
 * the rule of SQLite's own `sqlite3_complete`; the END of a CASE never follows one.
 */
export function sqliteSpans(text: string): Spans {
  const scanner = new SqliteScanner(text);
  const spans: Span[] = [];
  const faults: Fault[] = [];
  let first = -1;
  let last = -1;
  let bodyStart = -1;
  let state: State = STATE.fresh;
  let cutOff = false;

  const finish = (): void => {
    if (first !== -1) spans.push({ kind: 'statement', start: first, end: last });
    first = -1;
    state = STATE.fresh;
  };

  for (;;) {
    const kind = scanner.next();
    if (scanner.unterminated) {
      faults.push(unterminatedToken(text, scanner.start));
      cutOff = true;
    }
    if (kind === TOKEN.end) break;
    if (isComment(kind)) {
      if (first === -1) spans.push({ kind: 'comment', start: scanner.start, end: scanner.end });
      continue;
    }
    const inBody = state === STATE.body || state === STATE.bodySemicolon;
    if (kind === TOKEN.semicolon && !inBody) {
      finish();
      continue;
    }
    if (first === -1) first = scanner.start;
    last = scanner.end;
    if (kind === TOKEN.semicolon) {
      state = STATE.bodySemicolon;
    } else if (state !== STATE.other) {
      state = kind === TOKEN.word ? afterWord(state, text, scanner.start, scanner.end) : afterOther(state);
      if (state === STATE.body && !inBody && bodyStart < first) bodyStart = scanner.start;
    }
  }
  if (!cutOff && (state === STATE.body || state === STATE.bodySemicolon)) {
    faults.push(unterminated(bodyStart, 'The trigger body', '`; END`'));
  }
  finish();
  return { spans, faults };
}

function afterWord(state: State, text: string, start: number, end: number): State {
  const is = (word: string): boolean => wordIs(text, start, end, word);
  switch (state) {
    case STATE.fresh:
      if (is('explain') || is('query') || is('plan')) return STATE.fresh;
      return is('create') ? STATE.create : STATE.other;
    case STATE.create:
      if (is('trigger')) return STATE.trigger;
      return is('temp') || is('temporary') ? STATE.temporary : STATE.other;
    case STATE.temporary:
      return is('trigger') ? STATE.trigger : STATE.other;
    case STATE.trigger:
      return is('begin') ? STATE.body : STATE.trigger;
    case STATE.bodySemicolon:
      return is('end') ? STATE.bodyEnd : STATE.body;
    default:
      return STATE.body;
  }
}

function afterOther(state: State): State {
  if (state === STATE.trigger) return STATE.trigger;
  return state >= STATE.body ? STATE.body : STATE.other;
}
