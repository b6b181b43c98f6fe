// npm run record: plays the first section of the README in an empty folder on a terminal of 88 columns, and draws what
// the terminal showed from its second migration on as docs/images/session.svg.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const COLUMNS = 88;
/** Lines of longer output that are shown. */
const MOST_LINES = 14;
const ESCAPE = String.fromCodePoint(27);
const COLOURS = new RegExp(`${ESCAPE}\\[([\\d;]*)m`);
const COLOURS_WHOLE = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`);
/** Everything a terminal is told that is no colour. */
const MOVES = new RegExp(`${ESCAPE}\\[[?\\d;]*[A-Za-ln-z]`, 'g');
const CLASSES = { 1: 'b', 2: 'd', 31: 'r', 32: 'g', 33: 'y', 36: 'c' };

const blocks = [...readFileSync(join(PROJECT, 'README.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gmu)];
const commands = blocks.flatMap(([, text]) => splitCommands(text)).filter((text) => !text.startsWith('npm install'));
const first = commands.findIndex((command) => command.includes('surefoot new add_names'));
const folder = mkdtempSync(join(tmpdir(), 'surefoot-session-'));
const shown = [];
try {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(PROJECT, join(folder, 'node_modules/surefoot'));
  symlinkSync(join(PROJECT, 'dist/bin.js'), join(folder, 'node_modules/.bin/surefoot'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  for (const command of commands) shown.push({ command, lines: play(command) });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
mkdirSync(join(PROJECT, 'docs/images'), { recursive: true });
writeFileSync(join(PROJECT, 'docs/images/session.svg'), draw(shown.slice(first)));

function splitCommands(text) {
  const found = [];
  let heredoc = null;
  for (const line of text.trimEnd().split('\n')) {
    if (heredoc === null) found.push(line);
    else found[found.length - 1] += `\n${line}`;
    if (heredoc === null) heredoc = /<<'(\w+)'$/.exec(line)?.[1] ?? null;
    else if (line === heredoc) heredoc = null;
  }
  return found;
}

function play(command) {
  const file = join(folder, 'command.sh');
  writeFileSync(file, `stty cols ${COLUMNS} rows 40\n${command}\n`);
  const { CI: _, NO_COLOR: __, ...env } = process.env;
  const out = execFileSync('script', ['-qec', `bash ${file}`, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, TERM: 'xterm-256color', USER: 'ana', SUREFOOT_OPERATOR: 'ana' },
  });
  rmSync(file);
  const lines = out
    .replaceAll('\r\n', '\n')
    .split('\n')
    // What was redrawn in place is gone at the end.
    .map((line) => line.replaceAll(`${ESCAPE}[1G`, '\r').split('\r').at(-1))
    .map((line) => line.replaceAll(MOVES, ''))
    .flatMap(wrap);
  while (lines.at(-1) === '') lines.pop();
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), '…'];
}

/** A line as a terminal breaks it; a colour does not go over the break. */
function wrap(line) {
  const rows = [''];
  let used = 0;
  for (const part of line.split(COLOURS_WHOLE)) {
    if (part.startsWith(ESCAPE)) {
      rows[rows.length - 1] += part;
      continue;
    }
    for (const character of part) {
      if (used === COLUMNS) {
        rows.push('');
        used = 0;
      }
      rows[rows.length - 1] += character;
      used += 1;
    }
  }
  return rows;
}

function draw(session) {
  const rows = session.flatMap(({ command, lines }) => [
    ...command.split('\n').map((text, index) => ({ typed: true, first: index === 0, text })),
    ...lines.map((text) => ({ typed: false, text })),
    { typed: false, text: '' },
  ]);
  rows.pop();
  const width = COLUMNS * 8.43 + 40;
  const height = rows.length * 19 + 62;
  let delay = 0;
  const body = rows.map((row, index) => {
    delay += row.typed && row.first ? 0.7 : 0.05;
    const y = 58 + index * 19;
    const text = row.typed
      ? `<tspan class="p">${row.first ? '$ ' : '&gt; '}</tspan><tspan class="t">${escape(row.text)}</tspan>`
      : spans(row.text);
    return `<text x="20" y="${y}" style="animation-delay:${delay.toFixed(2)}s">${text}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width.toFixed(0)}" height="${height}" viewBox="0 0 ${width.toFixed(0)} ${height}" role="img" aria-label="A terminal session: a first migration with surefoot">
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d7dae0;white-space:pre;animation:show .01s both}
.p{fill:#7f848e}.t{fill:#fff;font-weight:600}.b{font-weight:700;fill:#fff}.d{fill:#8b919c}.g{fill:#98c379}.r{fill:#e06c75}.y{fill:#e5c07b}.c{fill:#56b6c2}
@keyframes show{from{opacity:0}to{opacity:1}}
@media (prefers-reduced-motion:reduce){text{animation:none}}
</style>
<rect width="100%" height="100%" rx="10" fill="#1e2127"/>
<circle cx="22" cy="20" r="6" fill="#e06c75"/><circle cx="42" cy="20" r="6" fill="#e5c07b"/><circle cx="62" cy="20" r="6" fill="#98c379"/>
${body.join('\n')}
</svg>
`;
}

/** A line with colours as spans. */
function spans(line) {
  const parts = line.split(COLOURS);
  let current = null;
  return parts
    .map((part, index) => {
      if (index % 2 === 1) {
        current = CLASSES[part] ?? null;
        return '';
      }
      if (part === '') return '';
      return current === null ? escape(part) : `<tspan class="${current}">${escape(part)}</tspan>`;
    })
    .join('');
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00A0');
}
