import { defineConfig } from 'vitest/config';

const SERVERS = './test/support/global-setup.ts';

/** One project per kind of test; those that talk to databases share one PostgreSQL server per major version. */
const project = (name: string, globalSetup: readonly string[]) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], globalSetup: [...globalSetup] },
});

export default defineConfig({
  test: {
    pool: 'forks',
    // It imports JSON in a way that Node 20 refuses.
    server: { deps: { inline: ['@actions/workflow-parser'] } },
    // Machines of CI are shared: what fails once and holds the second time was time, not truth.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    projects: [
      project('unit', []),
      project('contract', [SERVERS]),
      project('acceptance', [SERVERS]),
      project('cli', [SERVERS]),
      project('faults', [SERVERS]),
      project('docs', [SERVERS]),
    ],
  },
});
