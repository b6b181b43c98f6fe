import { snapshotOfScript, snapshotOfSet, diffSnapshots, parseSnapshot } from '../domain/schema/index.ts';
import { withSession } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import { messageOf, SurefootError } from '../model/errors.ts';
import type { LayoutKind, SchemaDifference, Snapshot } from '../model/snapshot.ts';
import type { Files } from '../ports/files.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';
import { versionOf } from './parts/version-of.ts';

/** Where the sides of a comparison come from. Nothing is connected to before a side is read. */
export interface DiffSources {
  /** Configured databases. */
  readonly names: readonly string[];
  readonly files: Files;
  readonly target: (name: string) => Promise<CommandTarget>;
  /** A database that is not configured. */
  readonly at: (url: string) => Promise<CommandTarget>;
  readonly resolve: (path: string) => string;
}

export interface DiffInput {
  readonly left: string;
  readonly right: string;
  /** Layout that is no difference. */
  readonly ignore?: readonly LayoutKind[] | undefined;
}

export interface DiffResult {
  readonly left: string;
  readonly right: string;
  readonly engine: Engine;
  readonly differences: readonly SchemaDifference[];
  readonly ignored: readonly SchemaDifference[];
}

/** Compares two schemas: databases, URLs, `name@version`, snapshot files (.json) and SQL files (.sql). Reads only. */
export async function diff(sources: DiffSources, { left, right, ignore }: DiffInput): Promise<DiffResult> {
  const sides = [sideOf(sources, left), sideOf(sources, right)] as const;
  // An SQL file runs on a shadow of the other side's engine.
  const known = sides.map((side) => (side.kind === 'script' ? null : side));
  const hint = known.find((side) => side !== null) ?? null;
  const first = hint === sides[1] ? await readSide(sources, sides[1], null) : await readSide(sources, sides[0], null);
  const second = await readSide(sources, hint === sides[1] ? sides[0] : sides[1], first);
  const [a, b] = hint === sides[1] ? [second, first] : [first, second];
  if (a.engine !== b.engine)
    throw new SurefootError({
      code: 'engines-differ',
      message: `${left} is ${a.engine}, and ${right} is ${b.engine}`,
      hint: 'Compare two sides of one engine.',
    });
  const found = await diffSnapshots(a, b, { ignore, names: [left, right] });
  return { left, right, engine: a.engine, ...found };
}

type Side =
  | { readonly kind: 'database'; readonly name: string; readonly version: string | null }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'snapshot'; readonly path: string; readonly shown: string }
  | { readonly kind: 'script'; readonly path: string; readonly shown: string };

function sideOf({ names, files, resolve }: DiffSources, text: string): Side {
  const at = text.lastIndexOf('@');
  if (names.includes(text)) return { kind: 'database', name: text, version: null };
  if (at > 0 && names.includes(text.slice(0, at)))
    return { kind: 'database', name: text.slice(0, at), version: text.slice(at + 1) };
  if (/^(?:postgres(?:ql)?:\/\/|sqlite:|embedded:)/u.test(text)) return { kind: 'url', url: text };
  const path = resolve(text);
  const kind = text.endsWith('.json') ? 'snapshot' : text.endsWith('.sql') ? 'script' : null;
  if (kind === 'snapshot' && files.exists(path)) return { kind, path, shown: text };
  if (kind === 'script' && files.exists(path)) return { kind, path, shown: text };
  throw new SurefootError({
    code: 'side-unknown',
    message: kind === null ? `${text} is no side of a comparison` : `there is no file ${text}`,
    hint: `Name a database (${names.join(', ')}), one at a version (${names[0] ?? 'name'}@004), a URL, or a .json or .sql file.`,
  });
}

async function readSide(sources: DiffSources, side: Side, other: Snapshot | null): Promise<Snapshot> {
  if (side.kind === 'snapshot') return readFile(sources.files, side.path, side.shown);
  if (side.kind === 'script') return readScript(sources, side, other?.engine ?? null);
  const target = await (side.kind === 'url' ? sources.at(side.url) : sources.target(side.name));
  const { database, schemaScope, signal, shadow } = target;
  const options = { ignoreSchemas: schemaScope.schemas, signal };
  if (side.kind === 'url' || side.version === null)
    return withSession(target, false, async (session) => database.introspector.snapshot(session, options));
  const set = loadSet(target);
  const last = side.version === '0' ? -1n : versionOf(database.name, side.version, set).order;
  const migrations = set.migrations.filter(({ version }) => version.order <= last);
  return snapshotOfSet({ run: runParts(target, set, 'diff'), shadow, options }, { migrations, invariants: null });
}

function readFile(files: Files, path: string, shown: string): Snapshot {
  try {
    return parseSnapshot(JSON.parse(Buffer.from(files.read(path)).toString('utf8')), shown);
  } catch (error) {
    if (error instanceof SurefootError) throw error;
    throw new SurefootError({
      code: 'snapshot-invalid',
      message: `${shown} is not JSON: ${messageOf(error)}`,
      hint: `Make it anew with: surefoot snapshot <database> --out ${shown}`,
      cause: error,
    });
  }
}

async function readScript(
  sources: DiffSources,
  side: { readonly path: string; readonly shown: string },
  engine: Engine | null,
): Promise<Snapshot> {
  const target = await someTarget(sources, engine);
  const { shadow, schemaScope, signal, files } = target;
  const text = Buffer.from(files.read(side.path)).toString('utf8');
  return snapshotOfScript(
    {
      run: runParts(target, { migrations: [], invariants: null }, 'diff'),
      shadow,
      options: { ignoreSchemas: schemaScope.schemas, signal },
    },
    text,
    { path: side.path, shown: side.shown, kind: 'sql' },
  );
}

/** A configured database of the engine, for its shadow; the first one where no engine is asked for. */
async function someTarget({ names, target, at }: DiffSources, engine: Engine | null): Promise<CommandTarget> {
  for (const name of names) {
    const found = await target(name);
    if (engine === null || found.database.capabilities.engine === engine) return found;
  }
  return at(engine === 'sqlite' ? 'sqlite::memory:' : 'embedded:shadow');
}
