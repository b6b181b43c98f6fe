import type { Executor } from '../../ports/executor.ts';

/**
 * Runs an explicit list through umzug. Its storage is empty and stays empty: history is written inside each step's own
 * transaction, and what to run was decided before.
 */
export function createExecutor(): Executor {
  return {
    execute: async (list) => {
      if (list.length === 0) return;
      const { Umzug } = await import('umzug');
      const failure: { error: unknown } = { error: null };
      const umzug = new Umzug({
        migrations: list.map(({ name, run }) => ({
          name,
          up: async () => {
            try {
              await run();
            } catch (error) {
              failure.error = error;
              throw error;
            }
          },
        })),
        storage: {
          executed: async () => Promise.resolve([]),
          logMigration: async () => Promise.resolve(),
          unlogMigration: async () => Promise.resolve(),
        },
        logger: undefined,
      });
      try {
        await umzug.up();
      } catch (error) {
        // umzug wraps what a step threw in an error of its own that also carries its context.
        throw failure.error ?? error;
      }
    },
  };
}
