import { escapeHtml } from './escape.ts';

/** What may be wider than the page scrolls by itself, with the keyboard too. */
export function renderScroll(label: string, html: string, name = 'scroll'): string {
  return `<div class="${name}" role="group" aria-label="${escapeHtml(label)}" tabindex="0">${html}</div>`;
}
