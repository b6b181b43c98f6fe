import type { Capabilities } from '../../ports/dialect.ts';

export const SQLITE_CAPABILITIES: Capabilities = {
  engine: 'sqlite',
  creates: true,
  roles: false,
  settings: false,
  statementTimeout: false,
  lockTimeout: true,
  typeAffinity: true,
  cancel: false,
  deferredConstraints: false,
  statementProgress: false,
  foreignKeySwitch: true,
  lockQueue: false,
  concurrentOperations: false,
  remote: false,
};
