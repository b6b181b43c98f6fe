import type { Capabilities } from '../../ports/dialect.ts';

export const POSTGRES_CAPABILITIES: Capabilities = {
  engine: 'postgres',
  creates: false,
  roles: true,
  settings: true,
  statementTimeout: true,
  lockTimeout: true,
  typeAffinity: false,
  cancel: true,
  deferredConstraints: true,
  statementProgress: true,
  foreignKeySwitch: false,
  lockQueue: true,
  concurrentOperations: true,
  remote: true,
};
