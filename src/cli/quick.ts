import type { CliContext } from './context.ts';
import { describeVerb, type DescribedOption, type DescribedVerb, type Verb } from './describe-verb.ts';

/**
 * Reads a plain command line: names of databases, and options of the verb written out in full. What it returns runs
 * the verb. Null for anything else, such as help, a misspelt option or a missing value: yargs, which takes longer to
 * load than a status of a thousand migrations takes to make, then decides and explains. Both read the same definitions.
 */
export function readQuickly(verb: Verb, args: readonly string[], cli: CliContext): (() => Promise<void>) | null {
  const recorded = describeVerb(verb, cli);
  const flags = recorded === null || !recorded.plain ? null : readFlags(recorded, args);
  if (recorded === null || flags === null) return null;
  return async () => {
    await recorded.handler(flags);
  };
}

function readFlags(verb: DescribedVerb, args: readonly string[]): Readonly<Record<string, unknown>> | null {
  const given = new Map<string, unknown>();
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (!arg.startsWith('-')) {
      if (arg === '' || /^['"]/u.test(arg)) return null;
      words.push(arg);
      continue;
    }
    const [, name = '', inline] = /^--([a-z][a-z-]*)(?:=(.*))?$/su.exec(longForm(verb, arg)) ?? [];
    const option = verb.options.get(name);
    if (option === undefined) {
      // The only negation people write.
      if (arg !== '--no-color' || !verb.options.has('color') || given.has('color')) return null;
      given.set('color', false);
      continue;
    }
    if (given.has(name) || option.array === true) return null;
    if (option.type === 'boolean') {
      if (inline !== undefined) return null;
      given.set(name, true);
      continue;
    }
    if (inline === undefined) index += 1;
    const value = readValue(option, inline ?? args[index]);
    if (value === null) return null;
    given.set(name, value);
  }
  if (verb.actions.some(({ usage }) => usage.split(' ')[0] === words[0])) return null;
  const positionals = placeWords(verb.usage, words);
  if (positionals === null || verb.conflicts.some(([one, other]) => given.has(one) && given.has(other))) return null;
  const flags: Record<string, unknown> = { ...positionals };
  for (const [name, option] of verb.options) {
    const value = given.get(name) ?? option.default;
    if (value === undefined && option.demandOption !== undefined) return null;
    if (value !== undefined) flags[camelCase(name)] = value;
  }
  return flags;
}

function longForm(verb: DescribedVerb, arg: string): string {
  if (!/^-[a-z]$/u.test(arg)) return arg;
  for (const [name, { alias }] of verb.options) if (alias === arg.slice(1)) return `--${name}`;
  return arg;
}

/** Null leaves it to yargs to say what is wrong, or to understand it after all. */
function readValue(option: DescribedOption, text: string | undefined): unknown {
  // yargs takes quotes off a value that still has some.
  if (text === undefined || text === '' || /^[-'"]/u.test(text)) return null;
  if (option.choices !== undefined) return option.choices.includes(text) ? text : null;
  if (option.type === 'number') return /^\d{1,9}$/u.test(text) ? Number(text) : null;
  return option.type === 'string' ? text : null;
}

/** The words behind the verb, by the names in its usage text: `new <slug> [database]`, `status [database..]`. */
function placeWords(usage: string, words: readonly string[]): Record<string, unknown> | null {
  const places = usage.split(' ').slice(1);
  const placed: Record<string, unknown> = {};
  let used = 0;
  for (const place of places) {
    const name = place.replaceAll(/[<>[\].]/gu, '');
    if (place.includes('..')) {
      placed[name] = words.slice(used);
      used = words.length;
    } else {
      const word = words[used];
      if (word === undefined && place.startsWith('<')) return null;
      if (word !== undefined) placed[name] = word;
      used += 1;
    }
  }
  return used < words.length ? null : placed;
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}
