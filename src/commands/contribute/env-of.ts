import type { CommandTarget } from '../parts/target.ts';

/** ` --env <name>` for a command that is to hold the same policies; empty where no environment was chosen. */
export function envOf({ releases }: Pick<CommandTarget, 'releases'>): string {
  return releases.environment === null ? '' : ` --env ${releases.environment}`;
}
