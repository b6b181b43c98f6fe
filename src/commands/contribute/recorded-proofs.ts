import { proofsFile } from '../../domain/migrations/index.ts';
import type { CiOptions, CiResult, ContributedFinding, Contribution } from '../../model/contribution.ts';
import { checkProofs } from '../check-proofs.ts';
import { prove } from '../prove.ts';
import type { CommandTarget } from '../parts/target.ts';
import { counts } from './counts.ts';

/** The proofs beside the verify scripts: compared with the files as they are, or made where `ci` is asked to prove. */
export async function recordedProofsCapability(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    checks: [
      {
        id: 'proofs',
        title: 'Every rollback is proven',
        group: 'proofs',
        run: async (options) => proven(target, options),
      },
    ],
  });
}

async function proven(target: CommandTarget, options: CiOptions): Promise<CiResult> {
  const { name } = target.database;
  const file = proofsFile(target.folders.verify);
  if (!options.prove && !target.files.exists(file))
    return { outcome: 'absent', detail: `there are no proofs yet; make them with surefoot prove ${name}` };
  const made = options.prove ? await prove(target, {}) : null;
  const { versions } = checkProofs(target, {});
  const all = Object.values(versions);
  const findings = all
    .filter(({ reason }) => reason !== null)
    .map((each): ContributedFinding => ({
      severity: 'error',
      rule: each.state === 'valid' ? 'not-restored' : `proof-${each.state}`,
      message: `${each.name}: ${each.reason ?? ''}`,
      file: null,
      line: null,
    }));
  const now = made === null ? 0 : Object.keys(made.versions).length;
  return {
    outcome: findings.length === 0 ? 'passed' : 'failed',
    detail: `${String(all.length - findings.length)} of ${counts(all.length, 'migration')} proven${now === 0 ? '' : `, ${String(now)} of them now`}${findings.length === 0 || options.prove ? '' : `; prove the others with surefoot prove ${name}`}`,
    findings,
  };
}
