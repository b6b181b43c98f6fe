import { join } from 'node:path';
import { diffSnapshots, renderSnapshot, snapshotOfSet } from '../../domain/schema/index.ts';
import type { CiOptions, CiResult, ContributedFinding, Contribution } from '../../model/contribution.ts';
import { readKeptSnapshot } from '../parts/kept-snapshot-file.ts';
import { loadSet, runParts, type CommandTarget } from '../parts/target.ts';
import { counts } from './counts.ts';

/** The snapshot that is kept beside the verify scripts, against what the migrations make. */
export async function keptSnapshotCapability(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    checks: [
      {
        id: 'snapshot',
        title: 'The kept snapshot is what the migrations make',
        group: 'snapshot',
        run: async (options) => compare(target, options),
      },
    ],
  });
}

/** Where a snapshot is kept, when one is. */
export function keptSnapshotFile(target: CommandTarget): string {
  return join(target.folders.verify, 'snapshot.json');
}

async function compare(target: CommandTarget, { keepSnapshot }: CiOptions): Promise<CiResult> {
  const { database, files, folders, schemaScope, shadow, signal } = target;
  const file = keptSnapshotFile(target);
  const shown = file.slice(join(folders.root, '/').length);
  if (!keepSnapshot && !files.exists(file))
    return {
      outcome: 'absent',
      detail: `none is kept in ${shown}; surefoot ci ${database.name} --keep-snapshot writes it`,
    };
  const set = loadSet(target);
  const made = await snapshotOfSet(
    { run: runParts(target, set, 'ci'), shadow, options: { ignoreSchemas: schemaScope.schemas, signal } },
    set,
  );
  if (keepSnapshot) {
    files.write(file, renderSnapshot(made));
    return { outcome: 'passed', detail: `${shown} was written: ${counts(made.objects.length, 'object')}` };
  }
  const { differences } = await diffSnapshots(readKeptSnapshot(files, file, shown), made, {
    names: [shown, 'the migrations'],
  });
  const findings = differences.map(({ object, kind }): ContributedFinding => ({
    severity: 'error',
    rule: 'snapshot-differs',
    message: `${object} was ${kind}`,
    file: shown,
    line: null,
  }));
  const last = set.migrations.at(-1)?.version.text ?? '0';
  return {
    outcome: findings.length === 0 ? 'passed' : 'failed',
    detail:
      findings.length === 0
        ? `${counts(made.objects.length, 'object')} as kept in ${shown}`
        : `${counts(findings.length, 'difference')}: surefoot diff ${shown} ${database.name}@${last} shows them`,
    findings,
  };
}
