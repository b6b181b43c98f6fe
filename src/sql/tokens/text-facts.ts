import type { Engine } from '../../model/engine.ts';
import { TOKEN } from './token.ts';
import { TokenReader } from './token-reader.ts';

/** What plain tokens tell where there is no parse tree: of SQLite, of DO bodies, of text the parser can not read. */
export interface TextFacts {
  readonly dropsData: readonly string[];
  readonly locksTables: readonly string[];
  /** A COMMIT or ROLLBACK stands where a statement of a body begins. */
  readonly endsTransaction: boolean;
}

/** Stands for a name that the text does not hold, as in `EXECUTE 'DROP TABLE ' || name`. */
export const COMPUTED_NAME = '(computed name)';

/** Strings within strings are followed this deep. */
const DEEPEST = 3;

/** Words behind which a statement of a PL/pgSQL body begins. */
const OPENERS: readonly string[] = ['begin', 'then', 'else', 'loop'];

/** Reads the text of a statement. */
export function readText(engine: Engine, text: string): TextFacts {
  return readAt(engine, text, DEEPEST);
}

/** Reads the body of a DO. Strings in it that begin like a statement are read too, since EXECUTE runs them. */
export function readBody(text: string): TextFacts {
  return readAt('postgres', text, 0);
}

function readAt(engine: Engine, text: string, depth: number): TextFacts {
  const reader = new TokenReader(engine, text);
  const drops = new Set<string>();
  const locks = new Set<string>();
  let endsTransaction = false;
  let atStart = true;
  let altered: string | null = null;

  while (reader.kind !== TOKEN.end) {
    const opens = atStart;
    atStart = reader.kind === TOKEN.semicolon || OPENERS.some((word) => reader.isWord(word));
    if (reader.kind === TOKEN.semicolon) altered = null;
    if (reader.take('delete', 'from')) {
      reader.take('only');
      drops.add(reader.name() ?? COMPUTED_NAME);
    } else if (opens && reader.take('truncate')) {
      reader.take('table');
      reader.take('only');
      addNames(reader, drops, locks);
    } else if (reader.take('drop', 'table') || reader.take('drop', 'materialized', 'view')) {
      reader.take('if', 'exists');
      addNames(reader, drops, locks);
    } else if (reader.take('alter', 'table')) {
      reader.take('if', 'exists');
      reader.take('only');
      altered = reader.name() ?? COMPUTED_NAME;
      locks.add(altered);
      const column = droppedColumn(reader);
      if (column !== null) drops.add(`${altered}.${column}`);
    } else if (altered !== null && reader.isSymbol(',')) {
      reader.advance();
      const column = droppedColumn(reader);
      if (column !== null) drops.add(`${altered}.${column}`);
    } else if (opens && (reader.take('commit') || reader.take('rollback'))) {
      endsTransaction ||= !reader.isWord('to');
    } else {
      const inner = reader.kind === TOKEN.string && depth < DEEPEST ? statementIn(reader.token) : null;
      if (inner !== null) {
        const found = readAt(engine, inner, depth + 1);
        for (const name of found.dropsData) drops.add(name);
        for (const name of found.locksTables) locks.add(name);
      }
      reader.advance();
    }
  }
  return { dropsData: [...drops], locksTables: [...locks], endsTransaction };
}

function addNames(reader: TokenReader, drops: Set<string>, locks: Set<string>): void {
  for (;;) {
    const name = reader.name() ?? COMPUTED_NAME;
    drops.add(name);
    locks.add(name);
    if (!reader.isSymbol(',')) return;
    reader.advance();
  }
}

/** Behind `DROP`, words that begin something other than a column's name. */
const NOT_COLUMNS: readonly string[] = ['constraint', 'not', 'default', 'expression', 'identity'];

function droppedColumn(reader: TokenReader): string | null {
  if (!reader.take('drop')) return null;
  if (NOT_COLUMNS.some((word) => reader.isWord(word))) return null;
  reader.take('column');
  reader.take('if', 'exists');
  return reader.name() ?? COMPUTED_NAME;
}

const BEGINS_LIKE_A_STATEMENT = /^\s*(?:drop|delete|truncate|alter)\s/i;

/** The content of a string literal when it looks like a statement of interest. */
function statementIn(token: string): string | null {
  const dollar = /^\$[^$]*\$/.exec(token)?.[0];
  const quote = token.indexOf("'");
  const inner =
    dollar === undefined
      ? token.slice(quote + 1, -1).replaceAll("''", "'")
      : token.slice(dollar.length, -dollar.length);
  return BEGINS_LIKE_A_STATEMENT.test(inner) ? inner : null;
}
