import { splitSpans } from '../../sql/split.ts';
import { TOKEN } from '../../sql/tokens/token.ts';
import { TokenReader } from '../../sql/tokens/token-reader.ts';
import { SQLITE_DIALECT } from './dialect.ts';

/** What one text may do to the rows of `sqlite_schema`, and to those of tables. */
export interface SchemaWrite {
  /**
   * `new`: adds rows behind the last one; `named`: changes or removes rows of objects called so, and of what belongs to
   * them; `any`: nobody can tell.
   */
  readonly schema: 'none' | 'new' | 'named' | 'any';
  /** Of what is made, changed or removed; in lower case, without the schema. */
  readonly name?: string;
  /** `program`: SQLite can be asked. What is made, dropped, or has other columns need not be among them. */
  readonly rows: 'none' | 'program' | 'any';
  /** Whether the name is that of a table which it makes, and which is not there before, or else drops. */
  readonly table?: boolean;
  /** The only table it writes to, as long as that has no triggers; in lower case, null where a schema is named. */
  readonly into?: string | null;
  /** The name that a table has from here on, in lower case. */
  readonly to?: string;
  readonly trigger?: boolean;
  readonly temporary?: boolean;
  /** Whether it may set a number in the head of the file. */
  readonly numbers?: boolean;
}

const NONE: SchemaWrite = { schema: 'none', rows: 'none' };
const ROWS: SchemaWrite = { schema: 'none', rows: 'program' };
const NEW: SchemaWrite = { schema: 'new', rows: 'none' };
const TRIGGER: SchemaWrite = { ...NEW, trigger: true };
const TEMPORARY: SchemaWrite = { ...NEW, temporary: true };
const ANY: SchemaWrite = { schema: 'any', rows: 'none' };
const PRAGMA: SchemaWrite = { ...NONE, numbers: true };
const UNKNOWN: SchemaWrite = { schema: 'any', rows: 'any', numbers: true };

const QUIET: ReadonlySet<string> = new Set(
  'select values explain begin commit end rollback savepoint release attach detach'.split(' '),
);
const WRITING: ReadonlySet<string> = new Set('update delete replace with'.split(' '));
const WHOLE: ReadonlySet<string> = new Set('vacuum analyze reindex'.split(' '));
const OWN_ROWS = /^(?:INSERT INTO|UPDATE|DELETE FROM) surefoot_/u;
const OWN_PRAGMAS: ReadonlySet<string> = new Set(SQLITE_DIALECT.resetSession);
const BUSY = 'PRAGMA busy_timeout = ';

/**
 * Told from the first words. RENAME is `any`: it changes the texts of whatever mentions the old name. Nobody writes
 * `sqlite_schema` by hand: the driver has SQLite refuse it.
 */
export function schemaWriteOf(text: string): SchemaWrite {
  if (OWN_ROWS.test(text) || OWN_PRAGMAS.has(text) || text.startsWith(BUSY)) return NONE;
  const reader = new TokenReader('sqlite', text);
  if (reader.kind === TOKEN.end) return NONE;
  if (isSeveral(text)) return UNKNOWN;
  const word = reader.token.toLowerCase();
  if (QUIET.has(word)) return NONE;
  if (word === 'insert') return inserted(reader);
  if (WRITING.has(word)) return ROWS;
  if (word === 'pragma') return PRAGMA;
  reader.advance();
  if (word === 'create') return created(reader);
  if (word === 'drop') return dropped(reader);
  if (word === 'alter') return altered(reader);
  return WHOLE.has(word) ? ANY : UNKNOWN;
}

function inserted(reader: TokenReader): SchemaWrite {
  reader.advance();
  return reader.take('into') ? { ...ROWS, into: plainName(reader) } : ROWS;
}

function created(reader: TokenReader): SchemaWrite {
  if (reader.isWord('temp') || reader.isWord('temporary')) return TEMPORARY;
  if (reader.take('table')) {
    const name = reader.isWord('if') ? null : plainName(reader);
    return name === null ? NEW : { ...NEW, name, table: true };
  }
  if (reader.isWord('unique')) reader.advance();
  if (reader.isWord('trigger')) return TRIGGER;
  return reader.isWord('index') || reader.isWord('view') ? NEW : ANY;
}

/** A name without a schema; null where none stands here. */
function plainName(reader: TokenReader): string | null {
  if (!isName(reader)) return null;
  const name = unquoted(reader.token).toLowerCase();
  reader.advance();
  return reader.isSymbol('.') ? null : name;
}

function dropped(reader: TokenReader): SchemaWrite {
  const table = reader.isWord('table');
  if (!table && !['index', 'view', 'trigger'].some((kind) => reader.isWord(kind))) return UNKNOWN;
  reader.advance();
  reader.take('if', 'exists');
  const name = lastName(reader);
  return name === null ? UNKNOWN : { schema: 'named', name, rows: 'none', table };
}

function altered(reader: TokenReader): SchemaWrite {
  if (!reader.take('table')) return UNKNOWN;
  const name = lastName(reader);
  if (name !== null && (reader.isWord('add') || reader.isWord('drop'))) return { schema: 'named', name, rows: 'none' };
  const to = reader.take('rename', 'to') ? lastName(reader) : null;
  return to === null ? ANY : { ...ANY, to };
}

function lastName(reader: TokenReader): string | null {
  for (;;) {
    if (!isName(reader)) return null;
    const name = unquoted(reader.token);
    reader.advance();
    if (!reader.isSymbol('.')) return name.toLowerCase();
    reader.advance();
  }
}

function isName({ kind }: TokenReader): boolean {
  return kind === TOKEN.word || kind === TOKEN.quotedIdentifier || kind === TOKEN.string;
}

function unquoted(token: string): string {
  const quote = token.charAt(0);
  if (quote === '[') return token.slice(1, -1);
  return /["`']/u.test(quote) ? token.slice(1, -1).replaceAll(quote + quote, quote) : token;
}

function isSeveral(text: string): boolean {
  const first = text.indexOf(';');
  if (first === -1 || text.slice(first + 1).trim() === '') return false;
  return splitSpans('sqlite', text).spans.filter(({ kind }) => kind === 'statement').length > 1;
}
