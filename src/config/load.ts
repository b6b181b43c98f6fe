import { dirname, join, resolve } from 'node:path';
import type { LoadedConfig } from '../model/config.ts';
import { isSurefootError, messageOf, SurefootError } from '../model/errors.ts';

const NAMES = ['surefoot.config.ts', 'surefoot.config.mts', 'surefoot.config.js', 'surefoot.config.mjs'] as const;

export interface ConfigSource {
  readonly workingDirectory: string;
  /** `--config`. */
  readonly file?: string | undefined;
  /** `--url`: no file is read. */
  readonly url?: string | undefined;
  /** Name of the database made from `--url`. */
  readonly name?: string | undefined;
  readonly exists: (path: string) => boolean;
  readonly load: (path: string) => Promise<unknown>;
}

/** Finds the configuration file upwards from the working directory, runs it, and checks it. */
export async function loadConfig(source: ConfigSource): Promise<LoadedConfig> {
  if (source.url !== undefined) {
    return {
      config: { databases: { [source.name ?? 'main']: { url: source.url } } },
      root: resolve(source.workingDirectory),
      file: null,
    };
  }
  const file = source.file === undefined ? find(source) : resolve(source.workingDirectory, source.file);
  if (file === null || !source.exists(file)) {
    throw new SurefootError({
      code: 'config-not-found',
      message:
        source.file === undefined
          ? `there is no surefoot.config.ts in ${source.workingDirectory} or above it`
          : `there is no file ${source.file}`,
      hint:
        source.file === undefined
          ? 'Run surefoot init, or pass --url <database url>.'
          : 'Name a file that is there with --config, or leave it out.',
    });
  }
  const { parseConfig } = await import('./schema.ts');
  return { config: parseConfig(await run(source, file), file), root: dirname(file), file };
}

async function run(source: ConfigSource, file: string): Promise<unknown> {
  try {
    return await source.load(file);
  } catch (error) {
    const inner = isSurefootError(error) && isSurefootError(error.cause) ? error.cause : error;
    if (isSurefootError(inner) && inner.code === 'env-missing')
      throw inner.with({ message: `${file}: ${inner.message}` });
    throw new SurefootError({
      code: 'config-failed',
      message: messageOf(error),
      hint: 'Correct the configuration file at the shown line.',
      context: { file },
      cause: error,
    });
  }
}

function find(source: ConfigSource): string | null {
  let folder = resolve(source.workingDirectory);
  for (;;) {
    for (const name of NAMES) {
      const file = join(folder, name);
      if (source.exists(file)) return file;
    }
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
}
