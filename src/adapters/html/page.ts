import { createHash } from 'node:crypto';
import type { Headline } from '../../model/contribution.ts';
import type { DatabaseReport, Report, ReportedMigration, ReportedSection } from '../../model/report.ts';
import type { ReportRenderer } from '../../ports/report-renderer.ts';
import { renderBlock } from './blocks.ts';
import { escapeHtml, escapeValue } from './escape.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { renderBadge, renderSign } from './tone.ts';

/** Reports as one HTML file that loads nothing: its only style and script are inside it and named by their hashes. */
export function createReportRenderer(): ReportRenderer {
  return { render: renderPage };
}

function renderPage({ at, toolVersion, databases }: Report): string {
  const names = databases.map(({ name }) => name).join(', ');
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>Report of ${escapeHtml(names)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#main">To the content</a>',
    `<header class="top"><p><strong>surefoot</strong> report <span class="made">made ${escapeValue(at)} by surefoot ${escapeHtml(toolVersion)}</span></p><button type="button" id="theme" hidden>Dark</button></header>`,
    '<div class="columns">',
    `<nav aria-label="Contents">${databases.map(renderContents).join('')}</nav>`,
    '<main id="main" tabindex="-1">',
    ...databases.map(renderDatabase),
    '</main>',
    '</div>',
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function renderContents({ name, sections, migrations }: DatabaseReport, index: number): string {
  const link = (id: string, title: string): string =>
    `<li><a href="#${escapeHtml(idOf(index, id))}">${escapeHtml(title)}</a></li>`;
  return `<h2>${escapeHtml(name)}</h2><ul>${link('summary', 'Summary')}${sections.map(({ id, title }) => link(id, title)).join('')}${migrations.length === 0 ? '' : link('migrations', `Migrations (${String(migrations.length)})`)}</ul>`;
}

function renderDatabase(database: DatabaseReport, index: number): string {
  const { name, engine, url, headlines, sections, migrations } = database;
  return [
    `<article aria-labelledby="${idOf(index, 'summary')}">`,
    `<h1 id="${idOf(index, 'summary')}">${escapeHtml(name)}</h1>`,
    `<p class="facts">${escapeHtml(engine)} <code>${escapeHtml(url)}</code></p>`,
    renderVerdict(headlines),
    `<dl class="headlines">${headlines.map(renderHeadline).join('')}</dl>`,
    ...sections.map((section) => renderSection(section, index)),
    migrations.length === 0 ? '' : renderMigrations(migrations, index),
    '</article>',
  ].join('\n');
}

function renderVerdict(headlines: readonly Headline[]): string {
  const number = (tone: Headline['tone']): number => headlines.filter((each) => each.tone === tone).length;
  const [bad, warnings] = [number('bad'), number('warning')];
  const tone = bad > 0 ? 'bad' : warnings > 0 ? 'warning' : 'good';
  const parts = [
    ...(bad === 0 ? [] : [bad === 1 ? '1 problem' : `${String(bad)} problems`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? '1 thing to look at' : `${String(warnings)} things to look at`]),
  ];
  return `<p class="verdict ${tone}">${renderSign(tone)}${parts.length === 0 ? 'Nothing known is wrong' : parts.join(', ')}</p>`;
}

function renderHeadline({ label, text, tone }: Headline): string {
  const word = { good: 'good: ', bad: 'problem: ', warning: 'look at it: ', neutral: '' }[tone];
  return `<div class="${tone}"><dt>${renderSign(tone)}${escapeHtml(label)}</dt><dd><span class="spoken">${word}</span>${escapeHtml(text)}</dd></div>`;
}

function renderSection({ id, title, blocks }: ReportedSection, index: number): string {
  const own = idOf(index, id);
  return `<section aria-labelledby="${own}"><h2 id="${own}">${escapeHtml(title)}</h2>${blocks.map((block, at) => renderBlock(block, `${own}-${String(at)}`)).join('\n')}</section>`;
}

function renderMigrations(migrations: readonly ReportedMigration[], index: number): string {
  const id = idOf(index, 'migrations');
  const many = migrations.length > MANY;
  return [
    `<section aria-labelledby="${id}" class="migrations"><h2 id="${id}">Migrations</h2>`,
    `<div class="tools" hidden><label>Find <input type="search" autocomplete="off" spellcheck="false" placeholder="name, state or text"></label><button type="button" data-do="open">Open all</button><button type="button" data-do="close">Close all</button><output>${String(migrations.length)} of ${String(migrations.length)}</output></div>`,
    ...(many ? ['<noscript><p>What is inside a migration needs scripts to be shown.</p></noscript>'] : []),
    ...migrations.map((migration) => renderMigration(migration, index, many)),
    '</section>',
  ].join('\n');
}

/** From here on what is inside a closed migration is text that becomes elements when it is opened. */
const MANY = 200;

/** Closed, what is inside is neither laid out nor painted; among many it is not even parsed. */
function renderMigration({ version, name, badges, parts }: ReportedMigration, index: number, many: boolean): string {
  const id = idOf(index, `m-${version}`);
  const slug = name.startsWith(version) ? name.slice(version.length).replace(/^_/u, '') : name;
  const inside = parts.map(
    ({ title, blocks }, part) =>
      `<h3>${escapeHtml(title)}</h3>${blocks.map((block, at) => renderBlock(block, `${id}-${String(part)}-${String(at)}`)).join('\n')}`,
  );
  return `<details class="migration" id="${escapeHtml(id)}"><summary><span class="version">${escapeHtml(version)}</span> <span class="name">${escapeHtml(slug.replaceAll('_', ' '))}</span> <span class="badges">${badges.map(renderBadge).join(' ')}</span></summary>${many ? `<script type="application/json">${asData(inside.join('\n'))}</script>` : `<div class="inside">${inside.join('\n')}</div>`}</details>`;
}

/** JSON that no end of a script can come out of. */
function asData(text: string): string {
  return JSON.stringify(text).replaceAll('<', String.raw`\u003c`);
}

function idOf(index: number, id: string): string {
  return `d${String(index)}-${id.replaceAll(/[^\w-]/gu, '-')}`;
}
