import { dirname } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import type { Migration } from '../../model/migration.ts';
import { isFinding } from '../../model/proof.ts';
import { readHistory } from '../../domain/journal/index.ts';
import { isAbsentDatabase, withSession, type RunParts } from '../../domain/run/index.ts';
import type { CommandTarget } from './target.ts';
import { versionOf } from './version-of.ts';

export interface ProofSelection {
  /** First and last version, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Also what has a valid proof. */
  readonly every?: boolean | undefined;
  /** What is not applied on the database. */
  readonly pending?: boolean | undefined;
  /** What has a file that differs from this git reference, and all that come after. */
  readonly changedSince?: string | undefined;
}

/**
 * The migrations to prove: those in the range without a valid proof on the given server versions that says all is well,
 * unless something else is asked for.
 */
export async function chooseMigrations(
  target: CommandTarget,
  parts: RunParts,
  selection: ProofSelection,
  majors: readonly string[],
): Promise<readonly Migration[]> {
  const { set } = parts;
  const from = selection.from === undefined ? null : versionOf(target.database.name, selection.from, set);
  const to = selection.to === undefined ? null : versionOf(target.database.name, selection.to, set);
  if (from !== null && to !== null && from.order > to.order)
    throw new SurefootError({
      code: 'usage',
      message: `--from ${from.text} comes after --to ${to.text}`,
      hint: 'Name the lower version with --from.',
    });
  const within = set.migrations.filter(
    ({ version }) => (from === null || version.order >= from.order) && (to === null || version.order <= to.order),
  );
  if (selection.pending === true) {
    const applied = await appliedOrders(target);
    return within.filter(({ version }) => !applied.has(version.order));
  }
  if (selection.changedSince !== undefined) return changed(target, within, selection.changedSince);
  if (selection.every === true || selection.from !== undefined || selection.to !== undefined) return within;
  return within.filter((migration) => {
    const { state, proof } = parts.proofs.of(migration);
    return (
      state !== 'valid' ||
      proof === null ||
      isFinding(proof.result) ||
      majors.some((major) => proof.servers[major] === undefined)
    );
  });
}

async function appliedOrders(target: CommandTarget): Promise<ReadonlySet<bigint>> {
  try {
    const history = await withSession(target, false, async (session) => readHistory(target.database, session));
    return new Set(history.applied.map(({ version }) => version.order));
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
    return new Set();
  }
}

/** A changed migration makes the proofs of all later ones stale; a changed rollback or verify script only its own. */
async function changed(
  target: CommandTarget,
  migrations: readonly Migration[],
  reference: string,
): Promise<readonly Migration[]> {
  const folders = new Set(
    migrations.flatMap(({ up, rollback, verify }) =>
      [up, rollback, verify].flatMap((each) => (each === null ? [] : [dirname(each.path)])),
    ),
  );
  const files = new Set<string>();
  for (const folder of folders) for (const file of await target.host.changedSince(folder, reference)) files.add(file);
  const first = migrations.findIndex(({ up }) => files.has(up.path));
  return migrations.filter(
    ({ rollback, verify }, at) =>
      (first !== -1 && at >= first) ||
      (rollback !== null && files.has(rollback.path)) ||
      (verify !== null && files.has(verify.path)),
  );
}
