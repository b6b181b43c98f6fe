import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));
const MOST_LINES = 300;

/** Which rooms a room may import from. `self` is always allowed. Order of the domain: left before right. */
const BASE: Readonly<Record<string, readonly string[]>> = {
  model: [],
  ports: ['model'],
  sql: ['model'],
  config: ['model'],
  commands: ['domain', 'ports', 'model'],
  connect: ['adapters', 'ports', 'model'],
  compose: ['connect', 'commands', 'config', 'domain', 'adapters', 'ports', 'sql', 'model'],
  cli: ['compose', 'commands', 'config', 'domain', 'ports', 'model'],
  bin: ['cli'],
  define: ['config', 'model'],
  index: ['define', 'library', 'commands', 'compose', 'config', 'domain', 'ports', 'model'],
  library: ['commands', 'compose', 'config', 'ports', 'model'],
};
const DOMAIN: Readonly<Record<string, readonly string[]>> = {
  migrations: [],
  journal: [],
  plan: ['migrations', 'journal'],
  metrics: ['journal', 'plan'],
  verification: ['migrations', 'journal'],
  run: ['migrations', 'journal', 'plan', 'verification'],
  schema: ['migrations', 'journal', 'plan', 'verification', 'run'],
  preflight: ['migrations', 'journal', 'plan', 'verification', 'run', 'schema'],
  samples: ['migrations', 'journal', 'run', 'schema'],
  prove: ['migrations', 'journal', 'plan', 'verification', 'run', 'schema', 'samples'],
  backup: ['migrations', 'journal', 'plan', 'verification', 'run', 'schema', 'prove'],
  release: ['migrations', 'journal', 'plan', 'verification', 'run', 'schema', 'preflight', 'prove', 'backup'],
  report: ['migrations', 'journal', 'plan', 'verification', 'run', 'schema', 'preflight', 'prove', 'backup', 'release'],
};
const ADAPTERS: Readonly<Record<string, readonly string[]>> = {
  postgres: ['ports', 'model', 'sql'],
  sqlite: ['ports', 'model', 'sql'],
  'embedded-postgres': ['ports', 'model', 'adapters/postgres'],
  node: ['ports', 'model'],
  umzug: ['ports', 'model'],
  otel: ['ports', 'model'],
  html: ['ports', 'model'],
};
/** Rooms within a room, each with those it may import from; the files beside them may import from all. */
const INNER: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'domain/run': {
    session: [],
    errors: ['session'],
    locks: ['session', 'errors'],
    tools: ['session', 'errors'],
    commit: ['session', 'errors'],
    step: ['session', 'errors', 'tools', 'commit'],
    apart: ['session', 'errors', 'locks', 'tools', 'commit', 'step'],
    checks: ['session', 'errors', 'commit', 'step'],
  },
};
/** Packages and the only rooms that may name them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  postgres: ['adapters/postgres'],
  'better-sqlite3': ['adapters/sqlite'],
  umzug: ['adapters/umzug'],
  jiti: ['adapters/node'],
  'libpg-query': ['sql'],
  zod: ['config'],
  yargs: ['cli'],
  'string-width': ['cli', 'sql'],
  diff: ['domain/verification'],
  'csv-parse': ['domain/run'],
  '@opentelemetry/api': ['adapters/otel'],
  '@opentelemetry/sdk-trace-base': ['adapters/otel'],
  '@opentelemetry/resources': ['adapters/otel'],
  '@opentelemetry/exporter-trace-otlp-http': ['adapters/otel'],
  // Only in the text of the files that `new` and `init` write.
  surefoot: ['commands'],
};
const PROCESS_ROOMS = ['bin', 'cli', 'config', 'adapters/node', 'adapters/embedded-postgres'];

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly { readonly specifier: string; readonly target: string | null }[];
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name): SourceFile => {
    const path = name.replaceAll('\\', '/');
    const text = readFileSync(join(SOURCE, path), 'utf8');
    const imports = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([^']+)'/gmu)].map(
      ([, specifier = '']) => ({
        specifier,
        target: specifier.startsWith('.')
          ? relative(SOURCE, join(SOURCE, dirname(path), specifier)).replaceAll('\\', '/')
          : null,
      }),
    );
    return { path, room: roomOf(path), text, imports };
  });

function roomOf(path: string): string {
  const parts = path.split('/');
  if (parts.length === 1) return path.replace(/\.ts$/u, '');
  return parts[0] === 'domain' || parts[0] === 'adapters' ? `${parts[0]}/${parts[1] ?? ''}` : (parts[0] ?? '');
}

/** The inner room of a file, and '' for the files beside such rooms. */
function innerRoomOf(path: string): string {
  const [, , name = '', ...rest] = path.split('/');
  return rest.length === 0 ? '' : name;
}

function allowed(room: string): readonly string[] {
  const [top = '', name = ''] = room.split('/');
  if (top === 'domain') return ['model', 'sql', 'ports', ...(DOMAIN[name] ?? []).map((each) => `domain/${each}`)];
  if (top === 'adapters') return ADAPTERS[name] ?? [];
  return BASE[top] ?? [];
}

function mayEnter(from: string, to: string): boolean {
  return from === to || allowed(from).some((room) => to === room || to.startsWith(`${room}/`));
}

/** Code without comments and string contents, for looking for names. */
function codeOf(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, '').replaceAll(/'(?:\\.|[^'\\\n])*'/gu, "''");
}

describe('architecture', () => {
  it('has a rule for every room', () => {
    const rooms = [...new Set(files.map((file) => file.room))];
    const unknown = rooms.filter(
      (room) =>
        !(room in BASE) && !(room.replace('domain/', '') in DOMAIN) && !(room.replace('adapters/', '') in ADAPTERS),
    );
    expect(unknown).toEqual([]);
  });

  it('imports only in the allowed direction', () => {
    const wrong = files.flatMap((file) =>
      file.imports.flatMap(({ target }) =>
        target === null || mayEnter(file.room, roomOf(target)) ? [] : [`${file.path} -> ${target}`],
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('imports only in the allowed direction within a room that has rooms', () => {
    const wrong = files.flatMap((file) => {
      const rules = INNER[file.room];
      const own = innerRoomOf(file.path);
      if (rules === undefined || own === '') return [];
      return file.imports.flatMap(({ target }) => {
        if (target === null || roomOf(target) !== file.room) return [];
        const inner = innerRoomOf(target);
        return inner === own || rules[own]?.includes(inner) === true ? [] : [`${file.path} -> ${target}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('enters a domain folder through its index', () => {
    const wrong = files.flatMap((file) =>
      file.imports.flatMap(({ target }) =>
        target?.startsWith('domain/') === true && roomOf(target) !== file.room && !target.endsWith('/index.ts')
          ? [`${file.path} -> ${target}`]
          : [],
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('has no import cycle, type imports included', () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
        return;
      }
      if (done.has(path)) return;
      for (const { target } of byPath.get(path)?.imports ?? []) if (target !== null) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const { path } of files) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('names a package only where it belongs', () => {
    const wrong = files.flatMap((file) =>
      file.imports.flatMap(({ specifier, target }) => {
        if (target !== null || specifier.startsWith('node:')) return [];
        const name = specifier.startsWith('@')
          ? specifier.split('/').slice(0, 2).join('/')
          : (specifier.split('/')[0] ?? '');
        return (PACKAGES[name] ?? []).includes(file.room) ? [] : [`${file.path} imports ${specifier}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('reads process only at the edges, and prints only in the command line', () => {
    const wrong = files.flatMap((file) => {
      const code = codeOf(file.text);
      return [
        // What version runs is no state of the process.
        ...(/from 'node:process'/u.test(file.text.replaceAll(/import \{ versions \} from 'node:process'/gu, '')) &&
        !PROCESS_ROOMS.includes(file.room)
          ? [`${file.path} imports the process`]
          : []),
        ...(/\bprocess\./u.test(code) && !PROCESS_ROOMS.includes(file.room) ? [`${file.path} uses process`] : []),
        ...(/\bconsole\./u.test(code) && file.room !== 'cli' ? [`${file.path} uses console`] : []),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('keeps files short, exports named, errors ours and types closed', () => {
    const wrong = files.flatMap((file) => {
      const code = codeOf(file.text);
      const lines = file.text.trimEnd().split('\n').length;
      return [
        ...(lines > MOST_LINES ? [`${file.path} has ${String(lines)} lines`] : []),
        ...(/^export default/mu.test(code) ? [`${file.path} has a default export`] : []),
        // An adapter may end a stream or socket with a bare Error that it turns into ours itself.
        ...(/\bnew Error\(/u.test(code.replaceAll(/`[^`]*`/gu, '``')) && !file.room.startsWith('adapters/')
          ? [`${file.path} makes a bare Error`]
          : []),
        ...(/(?::\s*|\bas\s+|<)any\b/u.test(code) || /@ts-(?:ignore|nocheck|expect-error)/u.test(file.text)
          ? [`${file.path} has a type hole`]
          : []),
      ];
    });
    expect(wrong).toEqual([]);
  });
});
