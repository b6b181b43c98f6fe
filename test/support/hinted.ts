import { describeVerb, type DescribedVerb } from '../../src/cli/describe-verb.ts';
import { VERB_NAMES, type VerbName } from '../../src/cli/verb-names.ts';
import { VERBS } from '../../src/cli/verbs/index.ts';

/** A command that a text names: its words behind `surefoot`, as a shell would pass them on. */
export type NamedCommand = readonly string[];

const COMMAND = new RegExp(String.raw`\bsurefoot (${VERB_NAMES.join('|')})(?![\w-])`, 'gu');
const WORD = /^ +('(?:[^']|'\\'')*'|"[^"]*"|<[^>]*>|[^\s'"]+)/u;
const PUNCTUATION = /[.,;:?!)]+$/u;

/**
 * The commands in a text written for people. A command ends where the text goes on with a word that is neither an option
 * of its verb, nor the value of one, nor the name of a database or something in `<…>`. Throws for an option that the verb
 * does not have: whoever types that gets an error.
 */
export function commandsIn(text: string, databases: readonly string[] = ['main', 'other']): readonly NamedCommand[] {
  return [...text.matchAll(COMMAND)].map((found) =>
    readCommand(text.slice(found.index + 'surefoot '.length), found[1] as VerbName, databases),
  );
}

function readCommand(text: string, name: VerbName, databases: readonly string[]): NamedCommand {
  const verb = describe(name);
  const words: string[] = [name];
  let known = verb;
  let rest = text.slice(name.length);
  let free = requiredBy(verb);
  for (;;) {
    const next = takeWord(rest);
    if (next === null) return words;
    const { plain, ended } = next;
    const action = words.length === 1 ? verb.actions.find(({ usage }) => usage.split(' ')[0] === plain) : undefined;
    if (action !== undefined) {
      known = action;
      free = requiredBy(action);
      words.push(plain);
    } else if (/^--?[a-z]/u.test(plain)) {
      const option = optionOf(known, verb, plain);
      words.push(plain);
      if (option !== 'boolean' && !ended) {
        const value = takeWord(next.rest);
        if (value === null) throw new Error(`${plain} has no value in: surefoot ${text}`);
        words.push(value.plain);
        rest = value.rest;
        if (value.ended) return words;
        continue;
      }
    } else if (free > 0) {
      free -= 1;
      words.push(plain);
    } else if (databases.includes(plain) || /^<.+>$/u.test(plain)) {
      words.push(plain);
    } else return words;
    rest = next.rest;
    if (ended) return words;
  }
}

/** Words that must stand behind the verb, whatever they are: `new <slug> [database]`. */
function requiredBy({ usage }: DescribedVerb): number {
  return usage.split(' ').filter((word) => word.startsWith('<')).length;
}

interface Word {
  readonly plain: string;
  readonly rest: string;
  /** A full stop, comma or the like was behind it. */
  readonly ended: boolean;
}

function takeWord(text: string): Word | null {
  const word = WORD.exec(text)?.[1];
  if (word === undefined) return null;
  const rest = text.slice(text.indexOf(word) + word.length);
  if (/^['"]/u.test(word))
    return { plain: word.slice(1, -1).replaceAll(String.raw`'\''`, "'"), rest, ended: /^[.,;:)]/u.test(rest) };
  const plain = word.replace(PUNCTUATION, '');
  return { plain, rest, ended: plain !== word };
}

function optionOf(verb: DescribedVerb, outer: DescribedVerb, written: string): string {
  const name = written.replace(/^-+/u, '');
  if (name === 'help') return 'boolean';
  const option = verb.options.get(name) ?? outer.options.get(name);
  if (option === undefined) throw new Error(`surefoot ${verb.usage} has no option ${written}`);
  return option.type ?? 'string';
}

function describe(name: VerbName): DescribedVerb {
  const described = describeVerb(VERBS[name], { signal: new AbortController().signal, exitCode: 0 });
  if (described === null) throw new Error(`surefoot ${name} says nothing of itself`);
  return described;
}

/** What is printed behind `next:`, at the end of an error. Fails where there is nothing. */
export function hintOf(err: string): string {
  const hint = /^ {2}next: (.+)$/mu.exec(err)?.[1];
  if (hint === undefined) throw new Error(`no next command in:\n${err}`);
  return hint;
}

/** The words with something in the place of `<…>` and `…`. Fails for one that `fill` does not have. */
export function filled(command: NamedCommand, fill: Readonly<Record<string, string>> = {}): NamedCommand {
  const all: Readonly<Record<string, string>> = { '…': 'the test says so', ...fill };
  return command.map((word) => {
    if (!/^<.+>$|^…$/u.test(word)) return word;
    const value = all[word];
    if (value === undefined) throw new Error(`${word} stands for something, and nobody said for what`);
    return value;
  });
}

/** The options in a text, as they are typed behind the verb they are meant for: the first of them, or the one asked for. */
export function optionsIn(text: string, verb: VerbName, nth = 0): readonly string[] {
  const at = [...text.matchAll(/--[a-z][a-z-]*/gu)][nth]?.index;
  if (at === undefined) throw new Error(`there is no option ${String(nth)} in: ${text}`);
  return commandsIn(`surefoot ${verb} ${text.slice(at)}`)[0]?.slice(1) ?? [];
}

/** The directives in a text, as they are written in a file. */
export function directivesIn(text: string): readonly string[] {
  return [...text.matchAll(/-- (@[a-z-]+(?: (?!at |and |if )[\w"<>-]+)*)/gu)].map((found) => `-- ${found[1] ?? ''}`);
}
