import type { Engine } from '../../model/engine.ts';
import { scannerFor } from './scanner.ts';
import { TOKEN } from './token.ts';

const DOLLAR = /^\$[^$]*\$/u;

/**
 * The text with every literal overwritten by stars, so that places in it stay where they are. The quotes stay too, and
 * so does the code inside a dollar quote, whose own literals are overwritten. Comments are left out: what somebody
 * wrote there is no part of the statement.
 */
export function maskLiterals(engine: Engine, text: string): string {
  const scanner = scannerFor(engine, text);
  const pieces: string[] = [];
  let done = 0;
  for (let kind = scanner.next(); kind !== TOKEN.end; kind = scanner.next()) {
    const { start, end } = scanner;
    if (kind !== TOKEN.string && kind !== TOKEN.number && kind !== TOKEN.lineComment && kind !== TOKEN.blockComment)
      continue;
    pieces.push(text.slice(done, start), maskToken(engine, kind, text.slice(start, end)));
    done = end;
    scanner.end = end;
  }
  return pieces.join('') + text.slice(done);
}

function maskToken(engine: Engine, kind: number, token: string): string {
  if (kind === TOKEN.number) return '*'.repeat(token.length);
  if (kind !== TOKEN.string) return blank(token, ' ');
  const quote = DOLLAR.exec(token)?.[0];
  if (quote !== undefined && token.length >= quote.length * 2)
    return quote + maskLiterals(engine, token.slice(quote.length, -quote.length)) + quote;
  const open = token.indexOf("'");
  if (open < 0) return blank(token, '*');
  const close = token.endsWith("'") && token.length > open + 1 ? token.length - 1 : token.length;
  return token.slice(0, open + 1) + blank(token.slice(open + 1, close), '*') + token.slice(close);
}

/** Line ends stay, so that line numbers do. */
function blank(text: string, by: string): string {
  return text.replaceAll(/[^\n]/gu, (character) => by.repeat(character.length));
}
