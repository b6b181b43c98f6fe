import type { Engine } from '../../model/engine.ts';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { Script, SourceRef, VerifyScript } from '../../model/migration.ts';
import type { ScriptDirectives } from '../../model/directives.ts';
import { parseDuration } from '../../model/duration.ts';
import type { Problem } from '../../model/problem.ts';
import type { StepDefinition, UserScript } from '../../model/user-script.ts';
import type { Files } from '../../ports/files.ts';
import type { Loader } from '../../ports/loader.ts';
import { parseChecks, parseScriptDirectives, splitStatements } from '../../sql/index.ts';
import { checksumOf, checksumOfMany } from './checksum.ts';
import { localImports } from './local-imports.ts';
import { problemAt, readSource } from './source.ts';

export interface Reading {
  readonly files: Files;
  readonly loader: Loader;
  readonly engine: Engine;
}

type Loaded<T> = { readonly value: T | null; readonly problems: readonly Problem[] };

/** Reads and parses a migration or rollback file. `value` is null only when `problems` say why. */
export async function loadScript(
  reading: Reading,
  source: SourceRef,
  role: 'migration' | 'rollback',
): Promise<Loaded<Script>> {
  const read = readSource(reading.files, source);
  if ('problem' in read) return { value: null, problems: [read.problem] };
  if (source.kind === 'sql') return parseSqlScript(reading.engine, source, read.text);
  const imports = localImports(reading.files, source.path, read.text);
  const module = await attempt(source, async () => reading.loader.load(source.path));
  if ('problem' in module) return { value: null, problems: [module.problem] };
  return userScript(source, read.text, checksumOfMany(read.text, imports.files), module.value, role, imports.needsFile);
}

/** Parses a stored script whose file is not on disk any more. */
export async function parseStoredScript(
  reading: Reading,
  source: SourceRef,
  text: string,
  role: 'migration' | 'rollback',
): Promise<Loaded<Script>> {
  if (source.kind === 'sql') return parseSqlScript(reading.engine, source, text);
  const module = await attempt(source, async () => reading.loader.evaluate(text, source.shown));
  if ('problem' in module) return { value: null, problems: [module.problem] };
  return userScript(source, text, checksumOf(text), module.value, role, false);
}

/** Reads and parses a verify script. */
export function loadVerify(reading: Pick<Reading, 'files' | 'engine'>, source: SourceRef): Loaded<VerifyScript> {
  const read = readSource(reading.files, source);
  if ('problem' in read) return { value: null, problems: [read.problem] };
  return parseVerify(reading.engine, source, read.text);
}

export function parseVerify(engine: Engine, source: SourceRef, text: string): Loaded<VerifyScript> {
  const { checks, problems } = parseChecks(engine, text, source.shown);
  if (problems.length === 0 && checks.length === 0) {
    return {
      value: null,
      problems: [
        problemAt(
          'file-empty',
          source.shown,
          'the verify script has no check',
          'Write a block that begins with -- @check <name>.',
        ),
      ],
    };
  }
  return { value: { source, text, checks }, problems };
}

function parseSqlScript(engine: Engine, source: SourceRef, text: string): Loaded<Script> {
  const head = parseScriptDirectives(text, source.shown, engine);
  const split = splitStatements(engine, text, source.shown);
  const problems = [...head.problems, ...split.problems];
  if (problems.length === 0 && split.statements.length === 0) {
    problems.push(
      problemAt('file-empty', source.shown, 'the file holds comments but no statement', 'Write it, or remove it.'),
    );
  }
  return {
    value: {
      source,
      text,
      checksum: checksumOf(text),
      directives: head.directives,
      statements: split.statements,
      module: null,
      needsFile: false,
    },
    problems,
  };
}

function userScript(
  source: SourceRef,
  text: string,
  checksum: string,
  exported: unknown,
  role: 'migration' | 'rollback',
  needsFile: boolean,
): Loaded<Script> {
  if (!isUserScript(exported) || exported.surefoot !== role) {
    const maker = role === 'migration' ? 'defineMigration' : 'defineRollback';
    return {
      value: null,
      problems: [
        problemAt(
          'typescript-shape',
          source.shown,
          `the default export is not made by ${maker}`,
          `Write: export default ${maker}({ run: async ({ sql }) => { … } });`,
        ),
      ],
    };
  }
  const problems: Problem[] = [];
  const directives = directivesOf(exported, source, problems);
  return { value: { source, text, checksum, directives, statements: [], module: exported, needsFile }, problems };
}

function isUserScript(value: unknown): value is UserScript {
  return (
    typeof value === 'object' &&
    value !== null &&
    'surefoot' in value &&
    'run' in value &&
    typeof value.run === 'function'
  );
}

function directivesOf(definition: StepDefinition, source: SourceRef, problems: Problem[]): ScriptDirectives {
  const duration = (value: string | number | undefined, name: string): number | null => {
    if (value === undefined) return null;
    const ms = typeof value === 'number' ? value : parseDuration(value);
    if (ms === null || !Number.isFinite(ms) || ms < 0) {
      problems.push(
        problemAt(
          'directive-invalid',
          source.shown,
          `${name} is not a duration: ${String(value)}`,
          'Write it like 30s, 500ms or 10min.',
        ),
      );
      return null;
    }
    return ms;
  };
  return {
    description: definition.description ?? null,
    transaction: definition.transaction ?? 'each',
    lockTimeoutMs: duration(definition.lockTimeout, 'lockTimeout'),
    statementTimeoutMs: duration(definition.statementTimeout, 'statementTimeout'),
    irreversible: definition.irreversible ?? null,
    allow: [],
    deletes: [...(definition.deletes ?? [])],
    foreignKeys: definition.foreignKeys !== 'off',
  };
}

async function attempt(
  source: SourceRef,
  load: () => Promise<unknown>,
): Promise<{ readonly value: unknown } | { readonly problem: Problem }> {
  try {
    return { value: await load() };
  } catch (error) {
    if (!isSurefootError(error)) throw error;
    return {
      problem: {
        code: error.code,
        file: source.shown,
        line: null,
        column: null,
        message: error.message,
        hint: error.hint ?? null,
      },
    };
  }
}

/** One error for all problems, with the code of the only kind there is or `files-invalid`. */
export function problemsError(problems: readonly Problem[]): SurefootError {
  const codes = new Set(problems.map((each) => each.code));
  const [first] = problems;
  const code = codes.size === 1 && first !== undefined ? first.code : 'files-invalid';
  const hints = new Set(problems.map((each) => each.hint));
  const lines = problems.map((each) => {
    const place = each.line === null ? each.file : `${each.file}:${String(each.line)}:${String(each.column ?? 1)}`;
    return `${place}: ${each.message}`;
  });
  return new SurefootError({
    code,
    message:
      problems.length === 1
        ? (lines[0] ?? '')
        : `${String(problems.length)} problems in the files:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    hint:
      (hints.size === 1 ? first?.hint : null) ??
      (problems.length === 1 ? undefined : 'Correct the listed files, then run the command again.'),
    context: { problems },
  });
}
