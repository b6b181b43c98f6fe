import { joinTokens, tokenTexts, type TokenText } from '../../../sql/index.ts';

const OPEN = '(';
const CLOSE = ')';
const SIMPLE = /^[A-Za-z_][A-Za-z0-9_]*$/u;

/**
 * A CREATE statement as it is kept by SQLite, brought into one form: no comments, one space, names without quotes
 * where they need none, for SQLite puts quotes around what was renamed.
 */
export function tokensOf(sql: string): readonly TokenText[] {
  return tokenTexts('sqlite', sql).map((token) => {
    const bare = unquoted(token.text);
    return bare !== null && SIMPLE.test(bare) && !KEYWORDS.has(bare.toLowerCase()) ? { ...token, text: bare } : token;
  });
}

/** Text of any statement but CREATE TABLE. */
export function normalise(sql: string): string {
  return `${joinTokens(tokensOf(sql))};`;
}

export interface TableText {
  /** With one line for each column and constraint. */
  readonly definition: string;
  /** Tokens of each column and constraint. */
  readonly clauses: readonly (readonly TokenText[])[];
  /** Words behind the columns, in lower case: `strict`, `without`, `rowid`. */
  readonly options: ReadonlySet<string>;
}

/** CREATE TABLE, taken apart at its commas. */
export function normaliseTable(sql: string): TableText {
  const tokens = tokensOf(sql);
  const open = tokens.findIndex((token) => token.text === OPEN);
  const virtual = tokens[1]?.text.toLowerCase() === 'virtual';
  if (open === -1 || virtual) return { definition: `${joinTokens(tokens)};`, clauses: [], options: new Set() };
  const clauses: TokenText[][] = [[]];
  let depth = 0;
  let close = open;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.text === OPEN && ++depth === 1) continue;
    if (token.text === CLOSE && --depth === 0) {
      close = at;
      break;
    }
    if (token.text === ',' && depth === 1) clauses.push([]);
    else clauses.at(-1)?.push(token);
  }
  const behind = tokens.slice(close + 1);
  const tail = joinTokens(behind);
  const lines = clauses.map((clause) => `  ${joinTokens(clause)}`).join(',\n');
  return {
    definition: `${joinTokens(tokens.slice(0, open))} (\n${lines}\n)${tail === '' ? '' : ` ${tail}`};`,
    clauses,
    options: new Set(behind.map(({ text }) => text.toLowerCase())),
  };
}

/** The name in a token, without its quotes. */
export function nameOf(token: TokenText | undefined): string {
  return token === undefined ? '' : (unquoted(token.text) ?? token.text);
}

function unquoted(text: string): string | null {
  const quote = text.charAt(0);
  if (quote === '[') return text.slice(1, -1);
  if (quote !== '"' && quote !== '`') return null;
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

/** What stands in brackets behind the tokens that `find` recognises, without the brackets; null where it does not occur. */
export function bracketAfter(
  clause: readonly TokenText[],
  find: (words: readonly string[], at: number) => boolean,
  from = 0,
): { readonly text: string; readonly at: number } | null {
  const words = clause.map((token) => token.text.toLowerCase());
  let depth = 0;
  for (let at = from; at < clause.length; at++) {
    if (depth === 0 && words[at + 1] === OPEN && find(words, at)) {
      let inner = 0;
      let end = at + 1;
      for (; end < clause.length; end++) {
        if (words[end] === OPEN) inner++;
        if (words[end] === CLOSE && --inner === 0) break;
      }
      return { text: joinTokens(clause.slice(at + 2, end)), at };
    }
    if (words[at] === OPEN) depth++;
    if (words[at] === CLOSE) depth--;
  }
  return null;
}

/** Words that mean something else without quotes. */
const KEYWORDS = new Set(
  'true false abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case cast check collate column commit conflict constraint create cross current current_date current_time current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists explain fail filter first following for foreign from full generated glob group groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join key last left like limit match materialized natural no not nothing notnull null nulls of offset on or order others outer over partition plan pragma preceding primary query raise range recursive references regexp reindex release rename replace restrict returning right rollback row rows savepoint select set table temp temporary then ties to transaction trigger unbounded union unique update using vacuum values view virtual when where window with without'.split(
    ' ',
  ),
);
