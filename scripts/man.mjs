// The manual page, from what the commands say of themselves.
import { createJiti } from 'jiti';

const jiti = createJiti(import.meta.url);
const { VERBS } = await jiti.import('../src/cli/verbs/index.ts');
const { describeVerb } = await jiti.import('../src/cli/describe-verb.ts');
const { TOOL_VERSION } = await jiti.import('../src/model/tool-version.ts');
const { EXIT } = await jiti.import('../src/model/exit.ts');

const cli = { signal: new AbortController().signal, exitCode: 0 };

/** The page in mdoc, which man and mandoc read. */
export function manualPage() {
  const verbs = Object.values(VERBS).map((verb) => describeVerb(verb, cli));
  const shared = sharedOptions(verbs);
  return `${[
    '.\\" Generated from the command line itself.',
    '.Dd $Mdocdate$',
    '.Dt SUREFOOT 1',
    '.Os',
    '.Sh NAME',
    '.Nm surefoot',
    '.Nd database migrations, verified before they commit',
    '.Sh SYNOPSIS',
    '.Nm surefoot',
    '.Ar command',
    '.Op Ar database ...',
    '.Op Ar options',
    '.Sh DESCRIPTION',
    '.Nm',
    'applies versioned SQL and TypeScript migrations to PostgreSQL and SQLite.',
    'Each has a rollback and a script of checks, which run inside its own transaction: a check that fails aborts it.',
    `This page is of version ${escape(TOOL_VERSION)}.`,
    'The commands are:',
    '.Bl -tag -width Ds',
    ...verbs.flatMap((verb) => item(verb, shared)),
    '.El',
    '.Pp',
    'Options that every command has:',
    '.Bl -tag -width Ds',
    ...[...shared].flatMap(([name, option]) => optionItem(name, option)),
    '.El',
    '.Sh FILES',
    '.Bl -tag -width Ds',
    '.It Pa surefoot.config.ts',
    'The configuration, looked for in the working directory and above it.',
    '.It Pa migrations , rollbacks , verify',
    'The three files of each migration, paired by their stem.',
    '.It Pa .surefoot',
    'Databases of its own, the log as JSON lines, and what is kept between commands.',
    '.El',
    '.Sh EXIT STATUS',
    '.Bl -tag -width Ds',
    ...Object.entries(EXIT).flatMap(([name, code]) => [`.It ${code}`, escape(MEANINGS[name] ?? name)]),
    '.El',
    '.Sh EXAMPLES',
    '.Bd -literal',
    ...verbs.flatMap(({ examples }) =>
      examples.slice(0, 1).flatMap(([line, about]) => [escape(`# ${about}`), escape(line.replace('$0', 'surefoot'))]),
    ),
    '.Ed',
  ].join('\n')}\n`;
}

const MEANINGS = {
  done: 'Done.',
  finding: 'A finding: a failed check, pending under --check, drift.',
  usage: 'The command line or the configuration is wrong.',
  failed: 'The operation failed.',
  refused: 'Refused for safety.',
  interrupted: 'Interrupted by SIGINT.',
  terminated: 'Ended by SIGTERM.',
};

/** Options that are the same in every command that looks at databases. */
function sharedOptions(verbs) {
  const [first, ...others] = verbs.filter(({ options }) => options.has('json'));
  return new Map([...first.options].filter(([name]) => others.every(({ options }) => options.has(name))));
}

function item(verb, shared) {
  const own = [...verb.options].filter(([name]) => !shared.has(name));
  return [
    `.It Cm ${escape(verb.usage)}`,
    `${escape(verb.about)}.`,
    ...list(own.flatMap(([name, option]) => optionItem(name, option))),
    ...list(
      verb.actions.flatMap((action) => [
        `.It Cm ${escape(`${verb.usage.split(' ')[0]} ${action.usage}`)}`,
        `${escape(action.about)}.`,
      ]),
    ),
  ];
}

function list(items) {
  return items.length === 0 ? [] : ['.Bl -tag -width Ds -compact', ...items, '.El'];
}

function optionItem(name, option) {
  const flag = name === 'color' ? 'no-color' : name;
  const value =
    option.type === 'boolean' ? '' : ` Ar ${option.choices === undefined ? 'value' : escape(option.choices.join('|'))}`;
  return [`.It Fl \\-${escape(flag)}${value}`, escape(option.describe ?? '') || '\\&'];
}

/** Text in which nothing is a request or an escape. */
function escape(text) {
  const plain = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('\n', ' ');
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
