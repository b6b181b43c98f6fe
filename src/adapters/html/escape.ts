/** Text as text of an element or value of a quoted attribute, never markup. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u;

/** A value in a figure or cell: times and numbers for people, everything else as it is. */
export function escapeValue(value: string | number): string {
  if (typeof value === 'number') return escapeHtml(value.toLocaleString('en'));
  if (!MOMENT.test(value)) return escapeHtml(value);
  return `<time datetime="${escapeHtml(value)}">${value.slice(0, 10)} ${value.slice(11, 19)} UTC</time>`;
}
