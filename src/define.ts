import { env as readEnv } from './config/env.ts';
import type { Config } from './model/config.ts';
import type { SampleDefinition, StepDefinition, UserSample, UserScript } from './model/user-script.ts';

/** Types a configuration; returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}

/** The value of an environment variable, or `fallback`; without either, loading the configuration fails with `env-missing`. */
export const env: (name: string, fallback?: string) => string = readEnv;

/** A forward change in TypeScript; export it by default. */
export function defineMigration(definition: StepDefinition): UserScript {
  return { ...definition, surefoot: 'migration' };
}

/** The rollback of a migration in TypeScript; export it by default. */
export function defineRollback(definition: StepDefinition): UserScript {
  return { ...definition, surefoot: 'rollback' };
}

/** Sample data for one version of a schema; export it by default from `samples/<database>.ts`. */
export function defineSample(definition: SampleDefinition): UserSample {
  return { ...definition, surefoot: 'sample' };
}
