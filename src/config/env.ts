import { SurefootError } from '../model/errors.ts';

/** The value of an environment variable, or `fallback`; SurefootError `env-missing` without either. Empty counts as absent. */
export function env(name: string, fallback?: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  if (fallback !== undefined) return fallback;
  throw new SurefootError({
    code: 'env-missing',
    message: `the environment variable ${name} is not set`,
    hint: `Set ${name}, or name a file that does with --env-file.`,
    context: { variable: name },
  });
}

/** The environment of this process, for those who are handed it instead of reading it. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/** The folder relative paths of a person start from. */
export function workingDirectory(): string {
  return process.cwd();
}

/** Reads a `.env` file into the environment; variables that are set already win. Only ever called when asked for. */
export function loadEnvFile(path: string): void {
  try {
    process.loadEnvFile(path);
  } catch (error) {
    throw new SurefootError({
      code: 'file-unreadable',
      message: `the file named by --env-file can not be read: ${path}`,
      hint: 'Check the path.',
      cause: error,
    });
  }
}
