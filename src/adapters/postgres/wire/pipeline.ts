import type { Command } from '../../../ports/session.ts';
import type { TransactionStatus } from './watch.ts';

/** Most that travels unanswered at once: bounds the memory of a batch of any length. */
const MOST_COMMANDS = 64;
const MOST_CHARACTERS = 1_000_000;

/**
 * How many commands from `from` on may be sent before the first answer. An answer must be awaited wherever a command
 * already sent could take effect for good although one before it failed:
 * outside a transaction after each command but one that begins the next; before an end when another end was sent, or
 * when a savepoint in between could have brought a failed transaction back to life.
 */
export function sendable(commands: readonly Command[], from: number, status: TransactionStatus): number {
  let open = status !== 'none';
  let ended = false;
  let revivable = false;
  let characters = 0;
  let count = 0;
  for (let index = from; index < commands.length && count < MOST_COMMANDS; index++) {
    const command = commands[index];
    if (command === undefined) break;
    const begins = !open && beginsTransaction(command.text);
    if (ended && !open && !begins) break;
    const copies = typeof command.copyData === 'string';
    characters += command.text.length;
    if (count > 0 && (copies || lacksCopyData(command) || characters > MOST_CHARACTERS)) break;
    const ends = open && endsTransaction(command.text);
    if (ends && count > 0 && (revivable || ended)) break;
    count++;
    if (copies || !(open || begins)) break;
    ended ||= ends;
    open = !ends;
    revivable ||= !begins && REVIVES.test(command.text);
  }
  return Math.max(1, count);
}

/** Whether the text opens a transaction and can not fail to. */
export function beginsTransaction(text: string): boolean {
  return BEGINS.test(text);
}

/** Whether this is a `COPY … FROM STDIN` without the data it needs. */
export function lacksCopyData(command: Command | undefined): boolean {
  if (command === undefined || typeof command.copyData === 'string' || !STDIN.test(command.text)) return false;
  return COPY_FROM.test(command.text.replace(LEADING_COMMENTS, ''));
}

// Without the flag u, with which ignoring case is ten times slower: these search long texts from end to end.
const STDIN = /\bSTDIN\b/i;
const COPY_FROM = /^COPY\s+(?:BINARY\s+)?(?:"[^"]*"|[^\s"(])+\s*(?:\([^)]*\)\s*)?FROM\s+STDIN\b/iu;

/** Only forms that can not fail: were BEGIN refused, what follows would run outside a transaction. */
const BEGINS =
  /^\s*(?:BEGIN|START\s+TRANSACTION)(?:\s+(?:ISOLATION\s+LEVEL\s+(?:SERIALIZABLE|REPEATABLE\s+READ|READ\s+COMMITTED)|READ\s+ONLY))?\s*;?\s*$/iu;
const REVIVES = /\bROLLBACK\b[\s\S]*?\bTO\b/i;
const ENDING_WORD = /\b(?:COMMIT|ROLLBACK|ABORT|END|PREPARE)\b/i;
const ENDING_STATEMENT = /^\s*(?:COMMIT|END|ABORT|PREPARE|ROLLBACK(?!\s+(?:(?:WORK|TRANSACTION)\s+)?TO\b))\b/iu;
const LEADING_COMMENTS = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/u;

/** Whether the text may end the transaction. Said too often it costs a round trip, said too seldom the atomicity. */
function endsTransaction(text: string): boolean {
  if (!ENDING_WORD.test(text)) return false;
  if (ENDING_STATEMENT.test(text.replace(LEADING_COMMENTS, ''))) return true;
  // Of several statements in one text any may end it; a body in dollar quotes can not.
  const outside = text.includes('$') ? text.replaceAll(/\$([\p{L}_][\p{L}\p{N}_]*)?\$[\s\S]*?\$\1\$/gu, '') : text;
  const semicolon = outside.indexOf(';');
  return semicolon !== -1 && ENDING_WORD.test(outside.slice(semicolon));
}
