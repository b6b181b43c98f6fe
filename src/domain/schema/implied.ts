import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import type { AppliedMigration, StoredScripts } from '../../model/history.ts';
import type { Migration, MigrationSet, SourceRef } from '../../model/migration.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { TOOL_VERSION } from '../../model/tool-version.ts';
import type { Database } from '../../ports/database.ts';
import type { Files } from '../../ports/files.ts';
import type { SnapshotOptions } from '../../ports/introspector.ts';
import type { ProgressEvent } from '../../ports/progress.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { execute, forShadow, withSession, type RunParts } from '../run/index.ts';
import { parseSnapshot } from './snapshot-file.ts';

/** What `applied` implies, and where it came from. */
export interface Implied {
  readonly snapshot: Snapshot;
  readonly source: 'shadow' | 'cache';
}

export interface ImpliedParts {
  readonly run: RunParts;
  readonly shadow: Shadow;
  readonly options: SnapshotOptions;
  /** `server` of the live snapshot: catalogs of other versions write otherwise. */
  readonly server: string;
  /** Scripts kept with an applied version, for files that are missing or edited. */
  readonly stored: (applied: AppliedMigration) => Promise<StoredScripts | null>;
}

/**
 * The schema that applied versions make: run on a shadow, or read from the cache under `.surefoot/implied` where the
 * same checksums ran before. Checks are not run. Throws `shadow-unavailable` where neither a file nor a stored script
 * is there for an applied version.
 */
export async function impliedSnapshot(parts: ImpliedParts, applied: readonly AppliedMigration[]): Promise<Implied> {
  const { run } = parts;
  const key = keyOf(parts, applied);
  const file = join(run.stateFolder, 'implied', `${run.database.name}.json`);
  const cached = readCache(run.files, file, key);
  if (cached !== null) return { snapshot: cached, source: 'cache' };
  const set = await impliedSet(parts, applied);
  const snapshot = await snapshotOfSet(parts, set);
  run.files.keep(file, `${JSON.stringify({ key, snapshot })}\n`);
  return { snapshot, source: 'shadow' };
}

/** Runs migrations on a shadow, without their checks, and reads what they made. */
export async function snapshotOfSet(
  parts: Pick<ImpliedParts, 'run' | 'shadow' | 'options'>,
  set: MigrationSet,
): Promise<Snapshot> {
  const { run, shadow, options } = parts;
  return shadow.withShadow(async (database) => {
    const there = { ...onShadow(run, database, set), progress: { report: countSteps(run, set) } };
    if (set.migrations.length > 0) await execute(there, { direction: 'up' }, { scope: 'each' });
    return withSession(there, true, async (session) => database.introspector.snapshot(session, options));
  });
}

/** The steps of a shadow told as progress, not as steps: nothing of the database is changed. */
function countSteps({ progress, database }: RunParts, { migrations }: MigrationSet): (event: ProgressEvent) => void {
  let done = 0;
  return ({ type }) => {
    if (type !== 'step-finished') return;
    done += 1;
    progress.report({
      type: 'progress',
      database: database.name,
      name: 'shadow',
      what: 'Shadow',
      done,
      total: migrations.length,
      unit: 'migrations',
    });
  };
}

/** Parts for running migrations on a shadow without their checks. */
export function onShadow(run: RunParts, database: Database, set: MigrationSet): RunParts {
  const there = forShadow(run);
  return {
    ...there,
    database,
    set: { migrations: set.migrations.map((migration) => ({ ...migration, verify: null })), invariants: null },
    settings: { ...there.settings, requireVerification: false },
  };
}

function keyOf({ server, options }: ImpliedParts, applied: readonly AppliedMigration[]): string {
  const facts = applied.map(({ version, checksum }) => `${version.text} ${checksum}`);
  return createHash('sha256')
    .update(JSON.stringify([TOOL_VERSION, server, options.ignoreSchemas ?? [], facts]))
    .digest('hex');
}

function readCache(files: Files, file: string, key: string): Snapshot | null {
  if (!files.exists(file)) return null;
  try {
    const cached: unknown = JSON.parse(Buffer.from(files.read(file)).toString('utf8'));
    if (typeof cached !== 'object' || cached === null || !('key' in cached) || !('snapshot' in cached)) return null;
    return cached.key === key ? parseSnapshot(cached.snapshot, file) : null;
  } catch {
    // What can not be read is made anew.
    return null;
  }
}

/** The files of the applied versions; the stored script where a file is missing or another than was applied. */
async function impliedSet(parts: ImpliedParts, applied: readonly AppliedMigration[]): Promise<MigrationSet> {
  const files = new Map(parts.run.set.migrations.map((migration) => [migration.version.order, migration]));
  const migrations: Migration[] = [];
  for (const each of applied) {
    const file = files.get(each.version.order);
    const found =
      file !== undefined && (file.checksum === each.checksum || each.kind === 'baseline')
        ? file
        : await fromStore(parts, each);
    // Only the way up is gone; that a rollback is missing is no matter of drift.
    migrations.push({ ...found, rollback: found.rollback ?? (each.irreversible === null ? unused(parts.run) : null) });
  }
  return { migrations, invariants: null };
}

function unused({ files, stateFolder }: RunParts): SourceRef {
  const path = join(stateFolder, 'shadow', 'unused.sql');
  if (!files.exists(path)) files.write(path, 'SELECT 1;\n');
  return { path, shown: 'unused.sql', kind: 'sql' };
}

async function fromStore(parts: ImpliedParts, applied: AppliedMigration): Promise<Migration> {
  const { run } = parts;
  const script = (await parts.stored(applied))?.migration ?? null;
  if (script === null || (script.kind === 'ts' && applied.needsFile))
    throw new SurefootError({
      code: 'implied-unknown',
      message: `version ${applied.version.text} (${applied.name}) of ${run.database.name} has neither the file that was applied nor a stored script; nothing was changed`,
      hint: 'Check out the release that has the file, and run the command again.',
      context: { version: applied.version.text },
    });
  const path = join(run.stateFolder, 'shadow', 'stored', run.database.name, `${applied.name}.${script.kind}`);
  run.files.write(path, script.text);
  const up: SourceRef = { path, shown: script.file, kind: script.kind };
  return {
    version: applied.version,
    name: applied.name,
    slug: applied.name.slice(applied.version.text.length + 1),
    up,
    rollback: null,
    verify: null,
    checksum: applied.checksum,
  };
}
