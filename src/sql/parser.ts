import type { Node, ParseResult } from 'libpg-query';
import { charOffsetToIndex } from './position.ts';

export type * from 'libpg-query';

/** The tree of a text, or why it is not SQL of PostgreSQL 18; `index` is the UTF-16 offset of the error in the text. */
export type ParsedPostgres =
  | { readonly tree: ParseResult }
  | { readonly error: { readonly message: string; readonly index: number } };

type Parser = Pick<typeof import('libpg-query'), 'parseSync' | 'hasSqlDetails'>;

let loading: Promise<Parser> | null = null;
let tune = (): void => undefined;

/** `work` is called right before the parser's WASM is loaded: a process that is all surefoot's own may be tuned for it. */
export function beforeParserLoads(work: () => void): void {
  tune = work;
}

/** PostgreSQL's own parser. Its WASM is loaded by the first call and kept. */
async function loadParser(): Promise<Parser> {
  loading ??= import('libpg-query').then(async (module) => {
    tune();
    await module.loadModule();
    return module;
  });
  return loading;
}

/** Parses a text of any number of statements. Rejects only when the parser itself can not be loaded. */
export async function parsePostgres(text: string): Promise<ParsedPostgres> {
  return (await postgresParser())(text);
}

/** {@link parsePostgres} as a function to be called many times without waiting in between. */
export async function postgresParser(): Promise<(text: string) => ParsedPostgres> {
  const parser = await loadParser();
  return (text) => parseWith(parser, text);
}

/**
 * A tree too deep overflows the stack of the WASM, which loses a piece of its memory each time and is beyond repair
 * after some dozens; long before that it is no longer asked.
 */
const MOST_OVERFLOWS = 8;
let overflows = 0;

function parseWith(parser: Parser, text: string): ParsedPostgres {
  if (overflows >= MOST_OVERFLOWS)
    return { error: { message: 'too many statements were too deep to parse', index: 0 } };
  // The parser ends at a NUL, and would pass what stands before it.
  const nul = text.indexOf('\0');
  if (nul !== -1) return { error: { message: 'the character NUL is not allowed in SQL', index: nul } };
  if (text === '') return { tree: { version: 0, stmts: [] } };
  try {
    return { tree: parser.parseSync(text) };
  } catch (thrown) {
    if (parser.hasSqlDetails(thrown)) {
      const index = charOffsetToIndex(text, (thrown.sqlDetails?.cursorPosition ?? 0) + 1);
      return { error: { message: thrown.message, index } };
    }
    overflows++;
    return { error: { message: 'the statement is too deep to parse', index: 0 } };
  }
}

/** The only statement of a tree; undefined for none or several. */
export function onlyStatement(tree: ParseResult): Node | undefined {
  return tree.stmts?.length === 1 ? tree.stmts[0]?.stmt : undefined;
}
