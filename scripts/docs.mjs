// npm run docs: writes the generated pages. `--check` writes nothing and fails when one is out of date.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createJiti } from 'jiti';
import { manualPage } from './man.mjs';
import { jsonSchemaText, SCHEMAS } from './schemas.mjs';

const check = process.argv.includes('--check');
const { ERROR_CATALOGUE } = await createJiti(import.meta.url).import('../src/model/error-catalogue.ts');
const { EXIT } = await createJiti(import.meta.url).import('../src/model/exit.ts');

const pages = new Map([
  ['docs/commands.md', commandsPage()],
  ['docs/errors/README.md', errorIndex()],
  ['man/surefoot.1', manualPage()],
]);
for (const name of Object.keys(SCHEMAS)) pages.set(`schemas/${name}.json`, jsonSchemaText(name));
for (const [code, entry] of Object.entries(ERROR_CATALOGUE))
  pages.set(`docs/errors/${code}.md`, errorPage(code, entry));

const stale = [...pages]
  .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
  .map(([path]) => path);
const orphans = readdirSync('docs/errors')
  .map((name) => `docs/errors/${name}`)
  .filter((path) => !pages.has(path));
if (check) {
  for (const path of [...stale, ...orphans]) console.error(`out of date: ${path}; run npm run docs`);
  process.exitCode = stale.length + orphans.length > 0 ? 1 : 0;
} else {
  for (const folder of ['docs/errors', 'schemas', 'man']) mkdirSync(folder, { recursive: true });
  for (const path of stale) writeFileSync(path, pages.get(path));
  console.log(`${stale.length} of ${pages.size} pages written`);
}

function errorPage(code, { exit, title, meaning, remedy }) {
  return `# ${code}\n\n${title}.\n\n- **Meaning:** ${meaning}\n- **What to do:** ${remedy}\n- **Exit code:** ${EXIT[exit]} (${exit})\n`;
}

function errorIndex() {
  const rows = Object.entries(ERROR_CATALOGUE).map(
    ([code, { exit, title }]) => `| [${code}](${code}.md) | ${EXIT[exit]} | ${title} |`,
  );
  return `# Error codes\n\nGenerated from the catalogue in the source. Codes are stable: new ones may come, none is renamed.\n\n| code | exit | what it means |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function commandsPage() {
  const help = (...args) =>
    execFileSync(process.execPath, ['dist/bin.js', ...args, '--help'], {
      encoding: 'utf8',
      env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' },
    }).trimEnd();
  const verbs = [...help().matchAll(/^ {2}surefoot (\w+)/gmu)].map(([, verb]) => verb);
  const section = (level, words) => `${level} ${words.join(' ')}\n\n\`\`\`\n${help(...words)}\n\`\`\``;
  const parts = verbs.flatMap((verb) => {
    const listed = /\nCommands:\n(.*?)\n\n/su.exec(help(verb))?.[1] ?? '';
    const own = [...listed.matchAll(/^ {2}surefoot \w+ (\w+)/gmu)].map(([, action]) => action);
    return [section('##', [verb]), ...own.map((action) => section('###', [verb, action]))];
  });
  return `# Commands\n\nGenerated from the command line itself.\n\n\`\`\`\n${help()}\n\`\`\`\n\n${parts.join('\n\n')}\n`;
}
