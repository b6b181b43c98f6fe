export { env, loadEnvFile, processEnvironment, workingDirectory } from './env.ts';
export { loadConfig, type ConfigSource } from './load.ts';
