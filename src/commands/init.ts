import { join } from 'node:path';
import { SurefootError } from '../model/errors.ts';
import type { Files } from '../ports/files.ts';
import { configTemplate } from './parts/templates.ts';

export interface InitInput {
  readonly root: string;
  /** Name of the first database. */
  readonly name?: string | undefined;
  readonly engine?: 'sqlite' | 'postgres' | 'embedded' | undefined;
}

export interface InitResult {
  readonly root: string;
  /** Paths from `root`. */
  readonly files: readonly string[];
}

/** Writes a configuration, the three folders, and a line in .gitignore. Never overwrites a file. */
export async function init(files: Files, input: InitInput): Promise<InitResult> {
  const name = input.name ?? 'main';
  if (!/^[A-Za-z][\w-]*$/u.test(name)) {
    throw new SurefootError({
      code: 'usage',
      message: `${name} can not name a database`,
      hint: 'Begin with a letter; use letters, digits, _ and -.',
    });
  }
  const config = join(input.root, 'surefoot.config.ts');
  if (files.exists(config))
    throw new SurefootError({
      code: 'file-exists',
      message: `${config} exists already; nothing was written`,
      hint: 'Edit it, or run surefoot new <slug> for the first migration.',
    });
  const url =
    input.engine === 'postgres'
      ? `postgres://localhost:5432/${name}`
      : input.engine === 'embedded'
        ? `embedded:${name}`
        : `sqlite:.surefoot/${name}.db`;
  const variable = name === 'main' ? 'DATABASE_URL' : `${name.replaceAll('-', '_').toUpperCase()}_DATABASE_URL`;
  files.write(config, configTemplate({ name, url, variable }));
  const written = ['surefoot.config.ts'];
  for (const folder of ['migrations', 'rollbacks', 'verify']) {
    const keep = join(input.root, folder, '.gitkeep');
    if (files.exists(join(input.root, folder))) continue;
    files.write(keep, '');
    written.push(`${folder}/`);
  }
  const ignore = join(input.root, '.gitignore');
  const ignored = files.exists(ignore) ? new TextDecoder().decode(files.read(ignore)) : '';
  if (!ignored.split(/\r?\n/u).some((line) => line.trim().replace(/\/$/u, '') === '.surefoot')) {
    files.write(ignore, `${ignored}${ignored === '' || ignored.endsWith('\n') ? '' : '\n'}.surefoot/\n`);
    written.push('.gitignore');
  }
  return Promise.resolve({ root: input.root, files: written });
}
