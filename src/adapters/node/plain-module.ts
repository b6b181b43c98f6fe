import { readFileSync } from 'node:fs';

/** Any of these depends on where the file lies, or on how TypeScript is compiled. */
const NEEDS_A_LOADER =
  /\bimport\s*[.(]|\brequire\b|__(?:dir|file)name\b|\bmodule\b|\bexports\b|[\w$]<[^<>=;()]*(?:<[^<>=;()]*>)?>\s*\(/u;
const SPECIFIER = /(?:\bfrom|\bimport)\s*(['"])([^'"\n]*)\1/gu;
const SUREFOOT = /^(import\b[^'"`;()]*)(['"])surefoot\2/gmu;

let loads = 0;

/**
 * Evaluates a file that is JavaScript as it stands and imports nothing but surefoot and what Node brings along, which
 * most configurations do: the TypeScript loader alone takes longer than a status of a thousand migrations. Null where
 * it is for that loader to decide. `library` is the URL of the running surefoot. Throws what the file throws, with the
 * file's own lines in the stack.
 */
export async function loadPlainModule(path: string, library: URL): Promise<{ readonly module: unknown } | null> {
  // A loader that runs surefoot itself from its sources would give a second copy of it.
  if (!library.href.endsWith('.js') || /[\s'"]/u.test(path)) return null;
  const text = readFileSync(path, 'utf8');
  if (NEEDS_A_LOADER.test(text)) return null;
  let bare = 0;
  for (const [, , specifier = ''] of text.matchAll(SPECIFIER)) {
    if (specifier === 'surefoot') bare += 1;
    else if (!specifier.startsWith('node:')) return null;
  }
  const resolved = text.replace(SUREFOOT, (_, head: string) => {
    bare -= 1;
    return `${head}${JSON.stringify(library.href)}`;
  });
  if (bare !== 0) return null;
  loads += 1;
  // The number keeps modules of the same text apart: each load runs the file anew.
  const source = `${resolved}\n// ${String(loads)}\n//# sourceURL=${path}`;
  try {
    return { module: await import(`data:text/javascript,${encodeURIComponent(source)}`) };
  } catch (error) {
    // Types, or a name that only a type has.
    if (error instanceof SyntaxError || error instanceof ReferenceError) return null;
    throw error;
  }
}
