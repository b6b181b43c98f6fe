import type { Argv } from 'yargs';
import type { CliContext } from './context.ts';

/** Adds a verb to a program: see verbs/. */
export type Verb = (program: Argv, cli: CliContext) => Argv;

export interface DescribedOption {
  readonly type?: string;
  readonly array?: boolean;
  readonly choices?: readonly unknown[];
  readonly default?: unknown;
  readonly demandOption?: unknown;
  readonly alias?: string;
  readonly describe?: string;
  readonly hidden?: boolean;
}

/** What a verb says of itself to the one who builds the program. */
export interface DescribedVerb {
  /** `status [database..]` */
  readonly usage: string;
  readonly about: string;
  readonly options: ReadonlyMap<string, DescribedOption>;
  readonly positionals: ReadonlyMap<string, DescribedOption>;
  readonly conflicts: readonly (readonly [string, string])[];
  /** Commands within it by their first words, such as `log note`. */
  readonly actions: readonly DescribedVerb[];
  /** A command line, with `$0` for the program, and what it is for. */
  readonly examples: readonly (readonly [string, string])[];
  readonly handler: (flags: Readonly<Record<string, unknown>>) => unknown;
  /** Nothing was said that is not in here: the command line can be read without yargs. */
  readonly plain: boolean;
}

/** Has the verb describe itself to a program that only takes notes; null when it names no command. */
export function describeVerb(verb: Verb, cli: CliContext): DescribedVerb | null {
  const options = new Map<string, DescribedOption>();
  const positionals = new Map<string, DescribedOption>();
  const conflicts: (readonly [string, string])[] = [];
  const actions: DescribedVerb[] = [];
  const examples: (readonly [string, string])[] = [];
  const noted: { command: Pick<DescribedVerb, 'usage' | 'about' | 'handler'> | null; unknown: boolean } = {
    command: null,
    unknown: false,
  };
  const notes: Record<string, (...said: never[]) => unknown> = {
    command: (
      usage: string,
      about: string,
      build: (program: unknown) => unknown,
      handler: DescribedVerb['handler'],
    ) => {
      if (noted.command === null) {
        noted.command = { usage, about, handler };
        build(program);
        return program;
      }
      const action = describeVerb((inner) => inner.command(usage, about, build as never, handler as never), cli);
      if (action !== null) actions.push(action);
      return program;
    },
    option: (name: string, option: DescribedOption) => {
      options.set(name, option);
      return program;
    },
    positional: (name: string, option: DescribedOption) => {
      positionals.set(name, option);
      if (option.choices !== undefined || option.default !== undefined) noted.unknown = true;
      return program;
    },
    conflicts: (name: string, other: string) => {
      conflicts.push([name, other]);
      return program;
    },
    example: (line: string, about: string) => {
      examples.push([line, about]);
      return program;
    },
    group: () => program,
  };
  const program: unknown = new Proxy(notes, {
    get: (known, name) => {
      if (typeof name === 'string' && Object.hasOwn(known, name)) return known[name];
      noted.unknown = true;
      return () => program;
    },
  });
  // A verb only ever calls what is noted above, or it is left to yargs.
  verb(program as Argv, cli);
  if (noted.command === null) return null;
  return { ...noted.command, options, positionals, conflicts, actions, examples, plain: !noted.unknown };
}
