import { TokenReader } from './token-reader.ts';
import { TOKEN } from './token.ts';

const MADE = ['role', 'user', 'group', 'tablespace', 'database', 'subscription'] as const;
const OPENERS = ['begin', 'then', 'else', 'loop'] as const;
/** Bodies and strings within bodies are followed this deep: `EXECUTE` runs what they hold. */
const DEEPEST = 3;
/** Nothing else can be it, and most statements are done with here. */
const PERHAPS = /\b(?:role|user|group|tablespace|database|subscription|system|reassign|grant|revoke)\b/iu;

/** What a PostgreSQL text changes that all databases of a server share, in words as written; null where it does not. */
export function clusterWide(text: string): string | null {
  return PERHAPS.test(text) ? read(text, DEEPEST) : null;
}

function read(text: string, depth: number): string | null {
  const reader = new TokenReader('postgres', text);
  let opens = true;
  while (reader.kind !== TOKEN.end) {
    const found = opens ? statement(reader) : null;
    if (found !== null) return found;
    opens = reader.kind === TOKEN.semicolon || OPENERS.some((word) => reader.isWord(word));
    const inner = reader.kind === TOKEN.string && depth > 0 ? read(contentOf(reader.token), depth - 1) : null;
    if (inner !== null) return inner;
    reader.advance();
  }
  return null;
}

/** The statement that begins here. */
function statement(reader: TokenReader): string | null {
  for (const verb of ['create', 'alter', 'drop'] as const)
    for (const what of MADE)
      if (reader.take(verb, what)) return reader.isWord('mapping') ? null : `${verb} ${what}`.toUpperCase();
  if (reader.take('alter', 'system')) return 'ALTER SYSTEM';
  if (reader.take('reassign', 'owned')) return 'REASSIGN OWNED';
  if (reader.take('comment', 'on'))
    return MADE.some((what) => reader.isWord(what)) ? `COMMENT ON ${reader.token.toUpperCase()}` : null;
  const verb = reader.take('grant') ? 'GRANT' : reader.take('revoke') ? 'REVOKE' : null;
  if (verb === null) return null;
  while (reader.kind !== TOKEN.end && reader.kind !== TOKEN.semicolon && !reader.isWord('on')) {
    if (reader.isWord('to') || reader.isWord('from')) return `${verb} of a role`;
    reader.advance();
  }
  return null;
}

function contentOf(token: string): string {
  const dollar = /^\$[^$]*\$/u.exec(token)?.[0];
  return dollar === undefined
    ? token.slice(token.indexOf("'") + 1, -1).replaceAll("''", "'")
    : token.slice(dollar.length, -dollar.length);
}
