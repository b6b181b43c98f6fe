import { PostgresScanner } from './tokens.ts';
import { unterminated, unterminatedToken, type Fault, type Span, type Spans } from '../span.ts';
import { isComment, isSpace, TOKEN, wordIs, type TokenKind } from '../tokens/token.ts';

/** How much of `CREATE [OR REPLACE] FUNCTION|PROCEDURE` or `COPY` the statement has begun with. */
const HEAD = { fresh: 0, create: 1, createOr: 2, createOrReplace: 3, routine: 4, copy: 5, other: 6 } as const;
type Head = (typeof HEAD)[keyof typeof HEAD];

/** Splits a PostgreSQL script in one pass, as psql does it. */
export function postgresSpans(text: string): Spans {
  return new PostgresSplitter(text).split();
}

class PostgresSplitter {
  readonly #text: string;
  readonly #scanner: PostgresScanner;
  readonly #spans: Span[] = [];
  readonly #faults: Fault[] = [];

  /** First token of the statement at hand, -1 between statements; end of its last token. */
  #first = -1;
  #last = -1;
  #head: Head = HEAD.fresh;
  #parentheses = 0;
  #outermost = -1;
  /** Nesting of `BEGIN ATOMIC` and CASE, both closed by END. */
  #body = 0;
  #bodyStart = -1;
  #copyStdin = false;
  /** The token before, for `BEGIN ATOMIC`, `FROM STDIN`, `AS end` and `x.end`. */
  #before = { start: 0, end: 0, word: false };

  constructor(text: string) {
    this.#text = text;
    this.#scanner = new PostgresScanner(text);
  }

  split(): Spans {
    const scanner = this.#scanner;
    let cutOff = false;
    for (;;) {
      const kind = scanner.next();
      if (scanner.unterminated) {
        this.#faults.push(unterminatedToken(this.#text, scanner.start));
        cutOff = true;
      }
      if (kind === TOKEN.end) break;
      if (isComment(kind)) {
        if (this.#first === -1) this.#spans.push({ kind: 'comment', start: scanner.start, end: scanner.end });
      } else if (kind === TOKEN.backslash) {
        this.#psqlCommand();
      } else if (kind === TOKEN.semicolon && this.#parentheses === 0 && this.#body === 0) {
        const copy = this.#copyStdin;
        this.#finish();
        if (copy) this.#copyData();
      } else {
        this.#token(kind);
      }
    }
    this.#atEnd(cutOff);
    return { spans: this.#spans, faults: this.#faults };
  }

  #token(kind: TokenKind): void {
    const { start, end } = this.#scanner;
    if (this.#first === -1) this.#first = start;
    this.#last = end;
    if (kind === TOKEN.open) {
      if (this.#parentheses === 0) this.#outermost = start;
      this.#parentheses++;
    } else if (kind === TOKEN.close) {
      if (this.#parentheses > 0) this.#parentheses--;
    } else if (kind === TOKEN.word && this.#head !== HEAD.other) {
      this.#word(start, end);
    } else if (this.#head < HEAD.routine) {
      this.#head = HEAD.other;
    }
    this.#before.start = start;
    this.#before.end = end;
    this.#before.word = kind === TOKEN.word;
  }

  #word(start: number, end: number): void {
    if (this.#head < HEAD.routine) this.#head = this.#nextHead(start, end);
    else if (this.#parentheses > 0) return;
    else if (this.#head === HEAD.routine) this.#routineWord(start, end);
    else if (this.#wordBefore('from') && wordIs(this.#text, start, end, 'stdin')) this.#copyStdin = true;
  }

  #nextHead(start: number, end: number): Head {
    const is = (word: string): boolean => wordIs(this.#text, start, end, word);
    switch (this.#head) {
      case HEAD.fresh:
        return is('create') ? HEAD.create : is('copy') ? HEAD.copy : HEAD.other;
      case HEAD.createOr:
        return is('replace') ? HEAD.createOrReplace : HEAD.other;
      default:
        if (is('function') || is('procedure')) return HEAD.routine;
        return is('or') && this.#head === HEAD.create ? HEAD.createOr : HEAD.other;
    }
  }

  #routineWord(start: number, end: number): void {
    const text = this.#text;
    if (this.#body === 0) {
      if (!wordIs(text, start, end, 'atomic') || !this.#wordBefore('begin')) return;
      this.#body = 1;
      this.#bodyStart = this.#before.start;
    } else if (wordIs(text, start, end, 'case')) {
      if (!this.#isLabel()) this.#body++;
    } else if (wordIs(text, start, end, 'end') && !this.#isLabel()) {
      this.#body--;
    }
  }

  /** Behind AS or a dot, key words are names. */
  #isLabel(): boolean {
    return this.#wordBefore('as') || this.#text.charCodeAt(this.#before.start) === 46;
  }

  #wordBefore(word: string): boolean {
    return this.#before.word && wordIs(this.#text, this.#before.start, this.#before.end, word);
  }

  #finish(): void {
    if (this.#first !== -1) this.#spans.push({ kind: 'statement', start: this.#first, end: this.#last });
    this.#first = -1;
    this.#head = HEAD.fresh;
    this.#parentheses = 0;
    this.#body = 0;
    this.#copyStdin = false;
    this.#before.start = 0;
    this.#before.end = 0;
    this.#before.word = false;
  }

  #psqlCommand(): void {
    const { start, end } = this.#scanner;
    const name = /^\\[^\s\\]*/.exec(this.#text.slice(start, Math.min(end, start + 40)))?.[0] ?? '\\';
    this.#faults.push({
      code: 'psql-command',
      offset: start,
      message:
        name === '\\.'
          ? '`\\.` closes the data of COPY … FROM STDIN, but no such statement is open'
          : `\`${name}\` is a psql command; the server does not know it`,
      hint: PG_DUMP_COMMANDS.has(name)
        ? 'pg_dump wrote this line for psql: remove it.'
        : 'Remove the line, or write what it does in SQL.',
    });
    this.#finish();
    this.#spans.push({ kind: 'psql', start, end });
  }

  /** The lines below `COPY … FROM STDIN;` up to the line `\.`. */
  #copyData(): void {
    const text = this.#text;
    const statement = this.#spans.at(-1)?.start ?? 0;
    const newline = text.indexOf('\n', this.#scanner.end);
    const lineEnd = newline === -1 ? text.length : newline;
    if (!isBlankOrComment(text, this.#scanner.end, lineEnd)) {
      const message = 'The data of COPY … FROM STDIN must begin on the line below it';
      const hint = 'Begin a new line after the semicolon.';
      this.#faults.push({ code: 'sql-unterminated', offset: statement, message, hint });
      return;
    }
    const from = Math.min(lineEnd + 1, text.length);
    const close = closingLine(text, from);
    if (close === -1) this.#faults.push(unterminated(statement, 'The data of COPY … FROM STDIN', 'a line `\\.`'));
    this.#spans.push({ kind: 'copy-data', start: from, end: close === -1 ? text.length : close });
    this.#scanner.end = close === -1 ? text.length : close + 2;
  }

  #atEnd(cutOff: boolean): void {
    // An open quote swallows what would have closed these.
    if (cutOff) return this.#finish();
    if (this.#body > 0) this.#faults.push(unterminated(this.#bodyStart, 'The body BEGIN ATOMIC', 'END'));
    else if (this.#parentheses > 0) this.#faults.push(unterminated(this.#outermost, 'The parenthesis', '`)`'));
    if (this.#copyStdin) {
      this.#faults.push(unterminated(this.#first, 'COPY … FROM STDIN', '`;`, its data and a line `\\.`'));
    }
    this.#finish();
  }
}

/** What pg_dump writes into a plain dump; `\restrict` and `\unrestrict` since the minor releases of August 2025. */
const PG_DUMP_COMMANDS: ReadonlySet<string> = new Set(['\\restrict', '\\unrestrict', '\\connect']);

function isBlankOrComment(text: string, from: number, to: number): boolean {
  let index = from;
  while (index < to && isSpace(text.charCodeAt(index))) index++;
  return index === to || text.startsWith('--', index);
}

/** Offset of the line that is nothing but `\.`, or -1. */
function closingLine(text: string, from: number): number {
  for (let at = text.indexOf('\\.', from); at !== -1; at = text.indexOf('\\.', at + 2)) {
    const opens = at === from || text.charCodeAt(at - 1) === 10;
    const behind = text.charCodeAt(at + 2);
    const closes = behind === 10 || (behind === 13 && text.charCodeAt(at + 3) === 10) || at + 2 === text.length;
    if (opens && closes) return at;
  }
  return -1;
}
