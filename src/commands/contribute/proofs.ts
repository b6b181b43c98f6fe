import { openProofBook } from '../../domain/migrations/index.ts';
import { unprovenReason, withSession } from '../../domain/run/index.ts';
import type { ContributedFinding, Contribution, ItemContext, ItemResult } from '../../model/contribution.ts';
import { isFinding } from '../../model/proof.ts';
import { loadSet, type CommandTarget } from '../parts/target.ts';
import { counts } from './counts.ts';

/** Whether the rollbacks of what is to be applied are proven. */
export async function proofsCapability(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    items: [
      {
        id: 'proofs',
        title: 'The rollbacks are proven',
        stage: 'proofs',
        owner: null,
        stops: target.settings.requireProof ? ['failed', 'blocked', 'absent'] : ['failed', 'blocked'],
        run: async (context) => proven(target, context),
      },
    ],
  });
}

async function proven(target: CommandTarget, context: ItemContext): Promise<ItemResult> {
  const { database } = target;
  const set = loadSet(target);
  const book = openProofBook(target.files, set, target.folders.verify, target.database.name);
  const names = new Set((await context.plan()).steps.map(({ version }) => version));
  const pending = set.migrations.filter(({ version }) => names.has(version.text));
  if (pending.length === 0) return { state: 'passed', detail: 'nothing is pending' };
  const server = context.exists ? await majorOf(target) : null;
  const { settings } = target;
  const policy = settings.requireProof ? settings : { acceptEquivalent: true, requireRows: false };
  const wrong: ContributedFinding[] = [];
  let broken = 0;
  for (const migration of pending) {
    const state = book.of(migration);
    const asked = server ?? Object.keys(state.proof?.servers ?? {})[0] ?? '';
    const reason = unprovenReason(state, asked, policy);
    if (reason === null) continue;
    const result = state.state === 'valid' ? state.proof?.servers[asked] : undefined;
    if (result !== undefined && isFinding(result)) broken += 1;
    wrong.push({
      severity: broken > 0 ? 'error' : 'warning',
      rule: 'proof',
      message: reason,
      file: migration.up.shown,
      line: null,
    });
  }
  const figures = [
    { name: 'migrations', value: pending.length, unit: null },
    { name: 'proven', value: pending.length - wrong.length, unit: null },
  ];
  if (wrong.length === 0) return { state: 'passed', detail: `${counts(pending.length, 'migration')} proven`, figures };
  return {
    state: broken > 0 ? 'failed' : 'absent',
    detail: `${String(wrong.length)} of ${counts(pending.length, 'migration')} not proven: surefoot prove ${database.name}`,
    figures,
    findings: wrong,
  };
}

async function majorOf(target: CommandTarget): Promise<string> {
  return withSession(target, false, async (session) => {
    const [row] = await session.query(target.database.dialect.serverMajor);
    return String(row?.['major'] ?? '');
  });
}
