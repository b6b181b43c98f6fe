import type { Engine } from '../../model/engine.ts';
import { scannerFor } from './scanner.ts';
import { isComment, TOKEN, type Scanner } from './token.ts';

/** Words between CREATE, ALTER or DROP and the kind of object. */
const MODIFIERS: ReadonlySet<string> = new Set([
  'OR',
  'REPLACE',
  'GLOBAL',
  'LOCAL',
  'TEMP',
  'TEMPORARY',
  'UNLOGGED',
  'UNIQUE',
  'RECURSIVE',
  'TRUSTED',
  'PROCEDURAL',
  'CONSTRAINT',
  'VIRTUAL',
]);

/** First words that are told only together with the next one. */
const TWO_WORDS: ReadonlySet<string> = new Set([
  'MATERIALIZED VIEW',
  'FOREIGN TABLE',
  'FOREIGN DATA',
  'EVENT TRIGGER',
  'ACCESS METHOD',
  'OPERATOR CLASS',
  'OPERATOR FAMILY',
  'USER MAPPING',
  'TEXT SEARCH',
  'LARGE OBJECT',
  'DEFAULT PRIVILEGES',
  'DEFAULT CONVERSION',
]);

const PAIRS: ReadonlySet<string> = new Set([
  'START TRANSACTION',
  'PREPARE TRANSACTION',
  'COMMIT PREPARED',
  'ROLLBACK PREPARED',
  'SET LOCAL',
  'SET TRANSACTION',
  'SET CONSTRAINTS',
  'REASSIGN OWNED',
  'SECURITY LABEL',
  'IMPORT FOREIGN',
  'EXPLAIN ANALYZE',
]);

const MAIN_VERBS: ReadonlySet<string> = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'VALUES', 'REPLACE']);

/** A word for people: `CREATE TABLE`, `ALTER TABLE`, `UPDATE`; told from the first words, so it needs no parser. */
export function statementKind(engine: Engine, text: string): string {
  const scanner = scannerFor(engine, text);
  let first = nextWord(scanner);
  while (first === '(') first = nextWord(scanner);
  switch (first) {
    case 'CREATE':
    case 'ALTER':
    case 'DROP':
      return `${first} ${objectKind(scanner)}`.trim();
    case 'WITH':
      return mainVerb(scanner);
    case 'REFRESH':
      return 'REFRESH MATERIALIZED VIEW';
    case 'LOCK':
      return 'LOCK TABLE';
    case 'COPY':
    case 'INSERT':
    case 'SELECT':
    case 'UPDATE':
    case 'DELETE':
      return first;
    default: {
      const pair = `${first} ${nextWord(scanner)}`;
      return PAIRS.has(pair) ? pair : first;
    }
  }
}

function objectKind(scanner: Scanner): string {
  let word = nextWord(scanner);
  while (MODIFIERS.has(word)) word = nextWord(scanner);
  const pair = `${word} ${nextWord(scanner)}`;
  if (!TWO_WORDS.has(pair)) return word;
  return pair === 'FOREIGN DATA' ? 'FOREIGN DATA WRAPPER' : pair;
}

/** The verb behind the common table expressions. */
function mainVerb(scanner: Scanner): string {
  let depth = 0;
  for (let kind = scanner.next(); kind !== TOKEN.end; kind = scanner.next()) {
    if (kind === TOKEN.open) depth++;
    else if (kind === TOKEN.close) depth--;
    else if (kind === TOKEN.word && depth === 0) {
      const word = upper(scanner);
      if (MAIN_VERBS.has(word)) return word;
    }
  }
  return 'WITH';
}

/** The next token in capitals when it is a word, `(` for a parenthesis, '' for anything else. */
function nextWord(scanner: Scanner): string {
  let kind = scanner.next();
  while (isComment(kind)) kind = scanner.next();
  return kind === TOKEN.word ? upper(scanner) : kind === TOKEN.open ? '(' : '';
}

const LONGEST_KEYWORD = 30;

function upper(scanner: Scanner): string {
  return scanner.text.slice(scanner.start, Math.min(scanner.end, scanner.start + LONGEST_KEYWORD)).toUpperCase();
}
