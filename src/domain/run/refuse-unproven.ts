import { SurefootError } from '../../model/errors.ts';
import {
  describeWithoutRows,
  isFinding,
  type ProofResult,
  type ProofState,
  type RecordedProof,
} from '../../model/proof.ts';
import type { Session } from '../../ports/session.ts';
import type { Prepared } from '../plan/index.ts';
import type { RunParts } from './session/locked-run.ts';

/** Refuses to apply what has no proof that holds on the target's server version, where the environment demands one. */
export async function refuseUnproven(
  parts: Pick<RunParts, 'database' | 'proofs' | 'settings' | 'progress'>,
  session: Session,
  steps: Prepared['steps'],
): Promise<void> {
  const { database, settings, proofs, progress } = parts;
  if (!settings.requireProof || steps.length === 0) return;
  const [row] = await session.query(database.dialect.serverMajor);
  const server = String(row?.['major'] ?? '');
  const refused: string[] = [];
  for (const { plan, target } of steps) {
    const proof: ProofState =
      target.migration === null ? { state: 'missing', proof: null, reason: null } : proofs.of(target.migration);
    const reason = unprovenReason(proof, server, settings);
    if (reason !== null) refused.push(`${plan.name}: ${reason}`);
    else
      for (const text of doubtsOf(proof.proof, server))
        progress.report({ type: 'message', database: database.name, level: 'warn', text: `${plan.name}: ${text}` });
  }
  if (refused.length === 0) return;
  throw new SurefootError({
    code: 'proof-missing',
    message: `this environment demands a proof for every migration; for ${database.name} these are not proven:\n${refused.map((line) => `  ${line}`).join('\n')}\nNothing was changed.`,
    hint: `Run surefoot prove ${database.name} and commit its proofs.json.`,
    context: { refused },
  });
}

/** What is less than a proof, and let pass. */
function doubtsOf(proof: RecordedProof | null, server: string): readonly string[] {
  if (proof === null) return [];
  const layout = proof.differences.map((each) => `${each.object} (${each.kind})`).join(', ');
  return [
    ...(proof.servers[server] === 'equivalent' ? [`its rollback restores everything but layout: ${layout}`] : []),
    ...(proof.withoutRows === undefined ? [] : [`its rollback was proven ${describeWithoutRows(proof.withoutRows)}`]),
  ];
}

/** What an environment takes for a proof. */
export type ProofPolicy = Pick<RunParts['settings'], 'acceptEquivalent' | 'requireRows'>;

/** Why a proof is not good enough on a server; null where it is. */
export function unprovenReason(
  { state, proof, reason }: ProofState,
  server: string,
  { acceptEquivalent, requireRows }: ProofPolicy,
): string | null {
  if (state === 'missing' || proof === null) return 'there is no proof of it';
  if (state === 'stale') return reason;
  const result: ProofResult | undefined = proof.servers[server];
  if (result === undefined)
    return `it was proven on version ${Object.keys(proof.servers).join(' and ')}, and this server has version ${server}`;
  if (isFinding(result)) return `its rollback does not restore what was there (${result})`;
  if (result === 'equivalent' && !acceptEquivalent) return 'its rollback restores everything but layout (equivalent)';
  return requireRows && proof.withoutRows !== undefined
    ? `its rollback was proven ${describeWithoutRows(proof.withoutRows)}`
    : null;
}
