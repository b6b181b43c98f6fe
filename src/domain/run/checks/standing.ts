import type { AppliedMigration, History, StoredScripts } from '../../../model/history.ts';
import type { Migration, MigrationSet, SourceRef, VerifyScript } from '../../../model/migration.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Files } from '../../../ports/files.ts';
import type { Engine } from '../../../model/engine.ts';
import { loadVerify, parseVerify, problemsError } from '../../migrations/index.ts';
import type { BoundScript } from '../../verification/index.ts';

export interface StandingParts {
  readonly files: Files;
  readonly engine: Engine;
  readonly set: MigrationSet;
  readonly history: History;
  readonly stored: (applied: AppliedMigration) => Promise<StoredScripts | null>;
  /** Scripts that are read already, by the order of their version. */
  readonly known?: ReadonlyMap<bigint, VerifyScript>;
}

/** The verify scripts of all applied versions (`every`), or only those that can hold a standing check, and the invariants. */
export async function loadStanding(parts: StandingParts, every: boolean): Promise<readonly BoundScript[]> {
  const byOrder = new Map<bigint, Migration>(
    parts.set.migrations.map((migration) => [migration.version.order, migration]),
  );
  const problems: Problem[] = [];
  const scripts: BoundScript[] = [];
  const add = (version: string | null, order: bigint, loaded: ReturnType<typeof loadVerify>): void => {
    problems.push(...loaded.problems);
    if (loaded.value !== null) scripts.push({ version, order, script: loaded.value });
  };
  for (const applied of parts.history.applied) {
    const { version } = applied;
    const migration = byOrder.get(version.order);
    const known = parts.known?.get(version.order);
    if (known !== undefined) {
      scripts.push({ version: version.text, order: version.order, script: known });
    } else if (migration === undefined) {
      const stored = (await parts.stored(applied))?.verify ?? null;
      if (stored !== null)
        add(
          version.text,
          version.order,
          parseVerify(parts.engine, { path: stored.file, shown: stored.file, kind: stored.kind }, stored.text),
        );
    } else if (migration.verify !== null && (every || mentionsAlways(parts.files, migration.verify))) {
      add(version.text, version.order, loadVerify(parts, migration.verify));
    }
  }
  if (parts.set.invariants !== null) add(null, -1n, loadVerify(parts, parts.set.invariants));
  if (problems.length > 0) throw problemsError(problems);
  return scripts;
}

function mentionsAlways(files: Files, source: SourceRef): boolean {
  const bytes = files.read(source.path);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('always');
}
