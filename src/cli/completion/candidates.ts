import { describeVerb, type DescribedOption, type DescribedVerb, type Verb } from '../describe-verb.ts';

/** One word that may stand where the cursor is. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/** What only the project can tell. Each answers with nothing where it can not be told. */
export interface ProjectNames {
  databases(): Promise<readonly string[]>;
  environments(): Promise<readonly string[]>;
  /** Versions of the named databases, of all without a name; with what they are called. */
  versions(databases: readonly string[]): Promise<readonly Candidate[]>;
}

/** Options whose value is a version of a migration. */
const OF_VERSIONS: ReadonlySet<string> = new Set(['to', 'from', 'only', 'version']);
const NEVER: AbortSignal = new AbortController().signal;

/**
 * The candidates for the last of the words, those that begin as it does. Empty where the shell's own completion of files
 * is the better answer.
 */
export async function candidatesFor(
  verbs: Readonly<Record<string, Verb>>,
  typed: readonly string[],
  names: ProjectNames,
): Promise<readonly Candidate[]> {
  // bash makes words of their own of = signs.
  const words = typed.slice(0, -1).filter((word) => word !== '=');
  const last = typed.at(-1) ?? '';
  const current = last === '=' ? '' : last;
  const candidates = await choose(describeAll(verbs), words, current, names);
  return candidates.filter(({ word }) => word.startsWith(current));
}

function describeAll(verbs: Readonly<Record<string, Verb>>): ReadonlyMap<string, DescribedVerb> {
  const cli = { signal: NEVER, exitCode: 0 } as const;
  return new Map(
    Object.entries(verbs).flatMap(([name, verb]) => {
      const described = describeVerb(verb, cli);
      return described === null ? [] : [[name, described]];
    }),
  );
}

async function choose(
  verbs: ReadonlyMap<string, DescribedVerb>,
  words: readonly string[],
  current: string,
  names: ProjectNames,
): Promise<readonly Candidate[]> {
  const [name, ...rest] = words;
  if (name === undefined) return [...verbs].map(([word, { about }]) => ({ word, about }));
  const outer = verbs.get(name);
  if (outer === undefined) return [];
  const action = outer.actions.find(({ usage }) => usage.split(' ')[0] === rest[0]);
  const verb = action ?? outer;
  const options = new Map([...outer.options, ...verb.options]);
  const line = readWords(options, action === undefined ? rest : rest.slice(1));
  if (line.open !== null) return valuesOf(line.open, options.get(line.open), line.words, names);
  if (current.startsWith('-')) return optionsOf(options, line.given);
  const place = verb.usage.split(' ').slice(1);
  const at = place[line.words.length] ?? (place.at(-1)?.includes('..') === true ? place.at(-1) : undefined);
  const actions = action === undefined && line.words.length === 0 ? actionsOf(outer) : [];
  if (at === undefined) return actions;
  const positional = at.replaceAll(/[<>[\].]/gu, '');
  const choices = verb.positionals.get(positional)?.choices;
  if (choices !== undefined) return choices.map((choice) => ({ word: String(choice), about: '' }));
  if (positional !== 'database') return actions;
  const known = (await names.databases()).filter((each) => !line.words.includes(each));
  return [...actions, ...known.map((word) => ({ word, about: 'database' }))];
}

function actionsOf(verb: DescribedVerb): readonly Candidate[] {
  return verb.actions.map(({ usage, about }) => ({ word: usage.split(' ')[0] ?? '', about }));
}

function optionsOf(options: DescribedVerb['options'], given: ReadonlySet<string>): readonly Candidate[] {
  return [...options].flatMap(([name, { describe = '', array, hidden }]) =>
    hidden === true || (given.has(name) && array !== true)
      ? []
      : [{ word: name === 'color' ? '--no-color' : `--${name}`, about: describe }],
  );
}

async function valuesOf(
  name: string,
  option: DescribedOption | undefined,
  words: readonly string[],
  names: ProjectNames,
): Promise<readonly Candidate[]> {
  if (option?.choices !== undefined) return option.choices.map((choice) => ({ word: String(choice), about: '' }));
  if (OF_VERSIONS.has(name)) return names.versions(words);
  if (name === 'env') return (await names.environments()).map((word) => ({ word, about: 'environment' }));
  return [];
}

interface Line {
  /** The words that are neither options nor their values. */
  readonly words: readonly string[];
  readonly given: ReadonlySet<string>;
  /** The option whose value comes next. */
  readonly open: string | null;
}

function readWords(options: DescribedVerb['options'], typed: readonly string[]): Line {
  const words: string[] = [];
  const given = new Set<string>();
  let open: string | null = null;
  for (const word of typed) {
    if (open !== null) {
      open = null;
      continue;
    }
    const name = /^--(?:no-)?([a-z][a-z-]*)/u.exec(word)?.[1];
    if (name === undefined) {
      if (!word.startsWith('-')) words.push(word);
      continue;
    }
    given.add(name);
    if (options.get(name)?.type !== 'boolean' && !word.includes('=')) open = name;
  }
  return { words, given, open };
}
