import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SurefootError } from '../../model/errors.ts';
import type { Loader } from '../../ports/loader.ts';
import { loadPlainModule } from './plain-module.ts';

/** Loads TypeScript through jiti, where that is needed. `library` is the URL of the running surefoot, which `import 'surefoot'` means in user files. */
export function createLoader(library: URL): Loader {
  const alias = { surefoot: fileURLToPath(library) };
  const jiti = async (): Promise<ReturnType<typeof import('jiti').createJiti>> => {
    const { createJiti } = await import('jiti');
    return createJiti(import.meta.url, { alias, moduleCache: false, interopDefault: true, tsconfigPaths: false });
  };
  return {
    load: async (path) => {
      try {
        const plain = await loadPlainModule(path, library);
        return defaultOf(plain === null ? await (await jiti()).import(path) : plain.module);
      } catch (error) {
        throw loadError(path, error);
      }
    },
    evaluate: async (source, name) => {
      try {
        return defaultOf(await (await jiti()).evalModule(source, { filename: resolve(name), ext: '.ts', async: true }));
      } catch (error) {
        throw loadError(name, error);
      }
    },
  };
}

function defaultOf(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : module;
}

function loadError(path: string, error: unknown): SurefootError {
  const text = error instanceof Error ? error.message : String(error);
  const place = placeOf(path, error);
  const message = (text.split('\n')[0] ?? '')
    .replace(/^ParseError:\s*/u, '')
    .replaceAll(path, '')
    .replace(/\s*\(\d+:\d+\)$/u, '')
    .trim();
  const line = place === null ? null : sourceLine(path, place.line);
  const where = place === null ? path : `${path}:${String(place.line)}:${String(place.column)}`;
  const excerpt =
    line === null || place === null
      ? ''
      : `\n  ${String(place.line)} | ${line}\n  ${' '.repeat(String(place.line).length)} | ${' '.repeat(Math.max(0, place.column - 1))}^`;
  return new SurefootError({
    code: 'typescript-failed',
    message: `${where}: ${message}${excerpt}`,
    hint: 'Correct the file at the shown line.',
    context: { file: path, line: place?.line ?? null },
    cause: error,
  });
}

function placeOf(path: string, error: unknown): { readonly line: number; readonly column: number } | null {
  if (!(error instanceof Error)) return null;
  const stack = error.stack ?? '';
  const own = stack.split('\n').find((each) => each.includes(path));
  const match = (own === undefined ? null : /:(\d+):(\d+)\)?$/u.exec(own)) ?? /\((\d+):(\d+)\)/u.exec(error.message);
  return match === null ? null : { line: Number(match[1]), column: Number(match[2]) };
}

function sourceLine(path: string, line: number): string | null {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/u)[line - 1] ?? null;
  } catch {
    return null;
  }
}
