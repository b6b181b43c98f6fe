/**
 * What the page does by itself: the theme, finding migrations, opening what an address points at, colours of code when
 * it is first seen, and everything open on paper. Without it a report that is not of very many migrations can still be read whole.
 */
export const SCRIPT = `
'use strict';
(() => {
  const root = document.documentElement;
  const button = document.getElementById('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const keep = (theme) => { try { localStorage.setItem('surefoot-theme', theme); } catch {} };
  const kept = () => { try { return localStorage.getItem('surefoot-theme'); } catch { return null; } };
  const label = () => { button.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
  const known = kept();
  if (known === 'light' || known === 'dark') root.dataset.theme = known;
  button.hidden = false;
  label();
  dark.addEventListener('change', label);
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; keep(root.dataset.theme); label(); });

  const WORDS = new Set(('add after all alter and any as asc before begin between by cascade case cast check column commit comment constraint create cross cube current_date current_timestamp default deferrable deferred delete desc distinct do domain drop each else enable end enum exception execute exists extension false for force foreign from full function grant group having if immutable in index inner insert instead into is join key language lateral left like limit loop materialized no not null of on only or order outer over partition policy primary procedure raise references replace restrict return returns returning revoke right role rollback row rows schema security select sequence set stable table temporary then to trigger true truncate type union unique update using values view volatile when where with without ' +
    'async await const let export import default function return if else for of new class extends throw try catch finally typeof null undefined true false').split(' '));
  const TOKEN = /(--[^\\n]*|\\/\\/[^\\n]*|\\/\\*[^]*?\\*\\/)|('(?:[^']|'')*'|"(?:[^"\\n])*")|([A-Za-z_][A-Za-z0-9_]*)/g;
  const LONGEST = 60000;
  const colour = (code) => {
    const text = code.textContent;
    delete code.dataset.language;
    if (text.length > LONGEST) return;
    const parts = document.createDocumentFragment();
    let at = 0;
    for (const match of text.matchAll(TOKEN)) {
      const name = match[1] ? 'c' : match[2] ? 's' : WORDS.has(match[3].toLowerCase()) ? 'k' : null;
      if (name === null) continue;
      parts.append(text.slice(at, match.index));
      const span = document.createElement('span');
      span.className = name;
      span.textContent = match[0];
      parts.append(span);
      at = match.index + match[0].length;
    }
    parts.append(text.slice(at));
    code.replaceChildren(parts);
  };
  const fill = (details) => {
    const data = details.querySelector(':scope > script');
    if (data === null) return;
    const inside = document.createElement('div');
    inside.className = 'inside';
    inside.innerHTML = JSON.parse(data.textContent);
    data.replaceWith(inside);
  };
  const open = (details) => { fill(details); details.open = true; };
  document.addEventListener('toggle', (event) => {
    if (!event.target.open) return;
    fill(event.target);
    for (const code of event.target.querySelectorAll('code[data-language=sql],code[data-language=typescript]'))
      if (code.closest('details') === event.target) colour(code);
  }, true);

  for (const list of document.querySelectorAll('.migrations')) {
    const tools = list.querySelector('.tools');
    const all = [...list.querySelectorAll('.migration')];
    const texts = new Map();
    const textOf = (each) => texts.get(each) ?? (texts.set(each, each.textContent.toLowerCase()), texts.get(each));
    const field = tools.querySelector('input');
    const count = tools.querySelector('output');
    const shown = () => all.filter((each) => !each.hidden);
    let waiting = 0;
    const find = () => {
      const words = field.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
      for (const each of all) each.hidden = !words.every((word) => textOf(each).includes(word));
      count.textContent = shown().length + ' of ' + all.length;
    };
    field.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(find, all.length > 200 ? 150 : 0); });
    tools.addEventListener('click', (event) => {
      const what = event.target.dataset.do;
      if (what === 'close') for (const each of shown()) each.open = false;
      if (what === 'open') some(shown());
    });
    // Some at a time: the page answers while a thousand are opened.
    const some = (rest) => {
      for (const each of rest.slice(0, 50)) open(each);
      if (rest.length > 50) setTimeout(some, 0, rest.slice(50));
    };
    tools.hidden = false;
  }

  const follow = () => {
    const target = location.hash === '' ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) { target.hidden = false; open(target); target.scrollIntoView(); }
  };
  addEventListener('hashchange', follow);
  follow();

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('.migration:not([open]):not([hidden])')];
    for (const each of opened) open(each);
  });
  addEventListener('afterprint', () => { for (const each of opened) each.open = false; opened = []; });
})();
`;
