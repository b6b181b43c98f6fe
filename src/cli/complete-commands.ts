import { shellWord } from '../model/shell-word.ts';
import type { SharedFlags } from './flags.ts';
import type { Terminal } from './terminal.ts';
import { VERB_NAMES } from './verb-names.ts';

/** What of a command line says which database and whose rules are meant, so that the next command needs it too. */
export type Carried = Partial<Pick<SharedFlags, 'config' | 'url' | 'directUrl' | 'env' | 'envFile'>>;

const OPTIONS = [
  ['config', 'config'],
  ['url', 'url'],
  ['direct-url', 'directUrl'],
  ['env', 'env'],
  ['env-file', 'envFile'],
] as const;
/** These need no database. */
const APART: ReadonlySet<string> = new Set(['init', 'completion', 'log keygen']);
const COMMAND = new RegExp(
  String.raw`\bsurefoot ((?:${VERB_NAMES.join('|')})(?: (?:note|export|sign|keygen))?)(?![\w-])(?!\?| --help)`,
  'gu',
);
/** A line of a file that a message shows, with its number or the caret below it. */
const EXCERPT = /^ *\d* \|/u;

/** The commands that a text names, each with what the command line of now carries: typed as shown, they do what is said. */
export function completeCommands(text: string, carried: Carried): string {
  const given = OPTIONS.flatMap(([option, flag]) => {
    const value = carried[flag];
    return value === undefined ? [] : [{ option, words: `--${option} ${shellWord(withoutPassword(value))}` }];
  });
  if (given.length === 0) return text;
  return text
    .split('\n')
    .map((line) => (EXCERPT.test(line) ? line : completeLine(line, given)))
    .join('\n');
}

/** A renderer whose text names its commands completely. */
export function completing<T>(
  render: (result: T, terminal: Terminal) => string,
  carried: Carried,
): (result: T, terminal: Terminal) => string {
  return (result, terminal) => completeCommands(render(result, terminal), carried);
}

/** The same terminal for text that names commands, on both streams. */
export function completingTerminal(terminal: Terminal, carried: Carried): Terminal {
  return {
    ...terminal,
    out: (text) => terminal.out(completeCommands(text, carried)),
    err: (text) => terminal.err(completeCommands(text, carried)),
  };
}

/** The carried options as they were written, whether or not the rest of the line is understood. */
export function carriedBy(args: readonly string[]): Carried {
  const carried: { -readonly [key in keyof Carried]: Carried[key] } = {};
  for (const [option, flag] of OPTIONS) {
    const at = args.findIndex((arg) => arg === `--${option}` || arg.startsWith(`--${option}=`));
    const arg = args[at];
    if (arg === undefined) continue;
    const value = arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : args[at + 1];
    if (value !== undefined && value !== '') carried[flag] = value;
  }
  return carried;
}

function completeLine(line: string, given: readonly { readonly option: string; readonly words: string }[]): string {
  return line.replaceAll(COMMAND, (command, verb: string, at: number) => {
    if (APART.has(verb)) return command;
    const [rest = ''] = line.slice(at + command.length).split(/\bsurefoot /u);
    const missing = given.filter(({ option }) => !new RegExp(`--${option}(?![\\w-])`, 'u').test(rest));
    return [command, ...missing.map(({ words }) => words)].join(' ');
  });
}

/** A password is never shown: whoever types the command puts it back for the `…`, or has it in PGPASSWORD or ~/.pgpass. */
function withoutPassword(value: string): string {
  return value
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s]*@/iu, '$1:…@')
    .replaceAll(/([?&](?:ssl)?password=)[^\s&]*/giu, '$1…');
}
