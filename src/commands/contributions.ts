import type { Contribution } from '../model/contribution.ts';
import type { CommandTarget } from './parts/target.ts';

/** What one capability offers for a database. It connects to nothing before something it offers is called. */
export type Capability = (target: CommandTarget) => Promise<Contribution>;

/** The capabilities of surefoot, in the order of what they offer. Each is loaded when it is asked. */
export const CAPABILITIES: readonly Capability[] = [
  async (target) => (await import('./contribute/preflight.ts')).preflightCapability(target),
  async (target) => (await import('./contribute/run.ts')).runCapability(target),
  async (target) => (await import('./contribute/backup.ts')).backupCapability(target),
  async (target) => (await import('./contribute/proofs.ts')).proofsCapability(target),
  async (target) => (await import('./contribute/verification.ts')).verificationCapability(target),
  async (target) => (await import('./contribute/written.ts')).writtenCapability(target),
  async (target) => (await import('./contribute/rehearsal.ts')).rehearsalCapability(target),
  async (target) => (await import('./contribute/recorded-proofs.ts')).recordedProofsCapability(target),
  async (target) => (await import('./contribute/kept-snapshot.ts')).keptSnapshotCapability(target),
  async (target) => (await import('./contribute/sections/scripts.ts')).scriptsSection(target),
  async (target) => (await import('./contribute/sections/runs.ts')).runsSection(target),
  async (target) => (await import('./contribute/sections/releases.ts')).releasesSection(target),
  async (target) => (await import('./contribute/sections/checks.ts')).checksSections(target),
  async (target) => (await import('./contribute/sections/proofs.ts')).proofsSection(target),
  async (target) => (await import('./contribute/sections/drift.ts')).driftSection(target),
  async (target) => (await import('./contribute/sections/preflight.ts')).preflightSection(target),
  async (target) => (await import('./contribute/sections/schema.ts')).schemaSection(target),
  async (target) => (await import('./contribute/sections/rows.ts')).rowsSection(target),
  async (target) => (await import('./contribute/sections/backups.ts')).backupsSection(target),
];

/** Everything the capabilities offer for one database. */
export async function contributionsOf(
  target: CommandTarget,
  capabilities: readonly Capability[] = CAPABILITIES,
): Promise<Required<Contribution>> {
  const offers = await Promise.all(capabilities.map(async (capability) => capability(target)));
  return {
    items: offers.flatMap((offer) => offer.items ?? []),
    waysBack: offers.flatMap((offer) => offer.waysBack ?? []),
    checks: offers.flatMap((offer) => offer.checks ?? []),
    sections: offers.flatMap((offer) => offer.sections ?? []),
  };
}
