import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Argv } from 'yargs';
import { createProgram } from '../../../src/cli/program.ts';
import { VERBS } from '../../../src/cli/verbs/index.ts';
import type { Verb } from '../../../src/cli/describe-verb.ts';
import { readQuickly } from '../../../src/cli/quick.ts';
import type { CliContext } from '../../../src/cli/context.ts';

type Flags = Readonly<Record<string, unknown>>;
const cli: CliContext = { signal: new AbortController().signal, exitCode: 0 };

/** The verb with a handler that only tells what it was called with. */
function told(verb: Verb, tell: (flags: Flags) => void): Verb {
  return (program) => {
    const spy = new Proxy(program, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (name !== 'command') return member.bind(target) as unknown;
        return (usage: string, about: string, build: (builder: Argv) => Argv) =>
          target.command(usage, about, build, (flags) => tell(flags));
      },
    });
    return verb(spy, cli);
  };
}

async function byYargs(name: keyof typeof VERBS, args: readonly string[]): Promise<Flags | null> {
  const seen: { flags: Flags | null } = { flags: null };
  const verb = told(VERBS[name], (flags) => {
    seen.flags = flags;
  });
  try {
    await createProgram([name, ...args], cli, 80, { [name]: verb }).parseAsync();
  } catch {
    return null;
  }
  return seen.flags;
}

async function quickly(name: keyof typeof VERBS, args: readonly string[]): Promise<Flags | null> {
  const seen: { flags: Flags | null } = { flags: null };
  const run = readQuickly(
    told(VERBS[name], (flags) => {
      seen.flags = flags;
    }),
    args,
    cli,
  );
  await run?.();
  return seen.flags;
}

const NAMES = [
  'status',
  'plan',
  'migrate',
  'rollback',
  'verify',
  'log',
  'redo',
  'baseline',
  'repair',
  'new',
  'init',
] as const;
const WORDS = [
  ...['crm', 'caps', '004', '7', '-1', '1.5', 'x y', "'quoted'", '', 'pending', 'template', 'ünï', 'a=b', 'drops-data'],
  ...['--to', '--to=004', '--to=', '--step', '--step=2', '--step=two', '--json', '--json=false', '--no-json', '--all'],
  ...['--no-color', '--color', '--dry-run', '--dryRun', '--single-transaction', '--allow', '--allow=drops-data', '-y'],
  ...[
    '-yes',
    '--yes',
    '--lock-wait',
    '--lock-wait=5s',
    '--check',
    '--format',
    '--format=xml',
    '--run',
    '--limit',
    '--',
  ],
  ...[
    '--reason',
    '--as',
    '--config',
    '--url',
    '--env',
    '--env-file',
    '--verbose',
    '--down',
    '--only',
    '--ts',
    '--engine',
  ],
];

describe('a command line read without yargs', () => {
  it('means what yargs reads in it', async () => {
    const lines = fc.tuple(fc.constantFrom(...NAMES), fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(lines, async ([name, args]) => {
        const quick = await quickly(name, args);
        if (quick === null) return;
        const whole = await byYargs(name, args);
        expect(whole, 'yargs refuses it').not.toBeNull();
        for (const [key, value] of Object.entries(quick)) expect(whole?.[key]).toEqual(value);
        for (const [key, value] of Object.entries(whole ?? {})) {
          // The same under another spelling, and what yargs adds of its own.
          if (key in quick || key === '_' || key === '$0' || key.includes('-') || key === 'y') continue;
          expect([key, value]).toEqual([key, undefined]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['status', []],
    ['status', ['crm', '--check', '--json']],
    ['migrate', ['--to', '004', '--url', 'sqlite:x.db', '--no-color']],
    ['rollback', ['caps', '--to', '0', '--yes']],
    ['log', ['--run', 'last', '--format=template']],
  ] as const)('needs no yargs: %s %j', async (name, args) => {
    expect(await quickly(name, args)).not.toBeNull();
  });

  it.each([
    ['status', ['--help']],
    ['migrate', ['--too', '004']],
    ['migrate', ['--to']],
    ['migrate', ['--dry-run', '--single-transaction']],
    ['log', ['--format', 'xml']],
    ['repair', ['--to', '1']],
  ] as const)('leaves to yargs: %s %j', async (name, args) => {
    expect(await quickly(name, args)).toBeNull();
  });
});
