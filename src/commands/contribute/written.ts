import { join } from 'node:path';
import { loadVerify, normaliseFile, parseVersion, problemsError } from '../../domain/migrations/index.ts';
import { checkNow, parseChecklist, type Proof, type WrittenItem } from '../../domain/release/index.ts';
import { withSession } from '../../domain/run/index.ts';
import { closest } from '../../model/closest.ts';
import type { ChecklistItem, Contribution, ItemContext, ItemResult } from '../../model/contribution.ts';
import type { MigrationSet, SourceRef } from '../../model/migration.ts';
import type { Problem } from '../../model/problem.ts';
import { loadSet, type CommandTarget } from '../parts/target.ts';
import { status } from '../status.ts';

/** The items of `verify/<database>/checklist.md`. Throws every problem of that file at once. */
export async function writtenCapability(target: CommandTarget): Promise<Contribution> {
  const path = join(target.folders.verify, 'checklist.md');
  if (!target.files.exists(path)) return {};
  const shown = path.startsWith(target.folders.root)
    ? path.slice(target.folders.root.length + 1).replaceAll('\\', '/')
    : path;
  const set = loadSet(target);
  const { items, problems } = parseChecklist(normaliseFile(target.files, path), shown);
  const wrong = [...problems, ...items.flatMap((item) => referenceProblems(target, set, item))];
  if (wrong.length > 0) throw problemsError(wrong);
  return Promise.resolve({ items: items.map((item) => itemOf(target, set, item)) });
}

function itemOf(target: CommandTarget, set: MigrationSet, written: WrittenItem): ChecklistItem {
  const { id, title, stage, group, owner, optional, help, proof } = written;
  return {
    id,
    title,
    stage,
    ...(group === null ? {} : { group }),
    ...(help === null ? {} : { help }),
    owner,
    stops: optional ? [] : proof === null ? ['failed', 'blocked', 'open', 'absent'] : ['failed', 'blocked'],
    run: proof === null ? null : async (context) => prove(target, set, proof, context),
  };
}

async function prove(
  target: CommandTarget,
  set: MigrationSet,
  proof: Proof,
  context: ItemContext,
): Promise<ItemResult> {
  switch (proof.kind) {
    case 'surefoot':
    case 'shell': {
      const options = { folder: target.folders.root, signal: context.signal };
      const { code, output } =
        proof.kind === 'shell'
          ? await target.shell.run(proof.text, options)
          : await target.shell.surefoot(proof.words, options);
      const last = output.trim().split('\n').at(-1)?.trim() ?? '';
      if (code === 0) return { state: 'passed', detail: last === '' ? 'exit code 0' : last };
      return { state: 'failed', detail: `exit code ${String(code)}${last === '' ? '' : `: ${last}`}` };
    }
    case 'applied': {
      const { migrations } = await status(target);
      const order = parseVersion(proof.version)?.order;
      const found = migrations.find((each) => parseVersion(each.version)?.order === order);
      return found?.state === 'applied'
        ? { state: 'passed', detail: `applied ${found.appliedAt ?? ''}`.trim() }
        : { state: 'failed', detail: `${proof.version} is ${found?.state ?? 'unknown'}` };
    }
    case 'check': {
      if (!context.exists) return { state: 'absent', detail: 'the database does not exist yet' };
      return withSession(target, false, async (session) =>
        checkNow({ database: target.database, files: target.files, set, session }, proof.version, proof.name),
      );
    }
  }
}

/** What an item names must exist: the mistake is found before the release, not at the item. */
function referenceProblems(
  target: CommandTarget,
  set: MigrationSet,
  { proof, file, line }: WrittenItem,
): readonly Problem[] {
  if (proof === null || proof.kind === 'surefoot' || proof.kind === 'shell') return [];
  const at = (message: string, hint: string): Problem => ({
    code: 'checklist-invalid',
    file,
    line,
    column: 1,
    message,
    hint,
  });
  const order = proof.version === null ? null : (parseVersion(proof.version)?.order ?? -1n);
  const migration = set.migrations.find((each) => each.version.order === order);
  if (order !== null && migration === undefined)
    return [
      at(
        `there is no version ${proof.version ?? ''} of ${target.database.name}`,
        `Choose one that surefoot status ${target.database.name} lists.`,
      ),
    ];
  if (proof.kind === 'applied') return [];
  const source: SourceRef | null = order === null ? set.invariants : (migration?.verify ?? null);
  if (source === null)
    return [
      at(
        `${order === null ? 'there is no invariants.sql' : `${migration?.name ?? ''} has no verify script`}`,
        'Write it, or leave the check out.',
      ),
    ];
  const names =
    loadVerify({ files: target.files, engine: target.database.capabilities.engine }, source).value?.checks.map(
      (check) => check.name,
    ) ?? [];
  if (names.includes(proof.name)) return [];
  const near = closest(proof.name, names);
  return [
    at(
      `${source.shown} has no check "${proof.name}"`,
      near === null ? 'Name one of its checks.' : `Did you mean "${near}"?`,
    ),
  ];
}
