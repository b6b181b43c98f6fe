import type { Badge, Tone } from '../../model/contribution.ts';
import { escapeHtml } from './escape.ts';

/** A sign beside each colour: who does not see colours reads the sign. */
const SIGNS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', warning: '!', neutral: '–' };

export function renderSign(tone: Tone): string {
  return `<span class="sign ${tone}" aria-hidden="true">${SIGNS[tone]}</span>`;
}

export function renderBadge({ text, tone }: Badge): string {
  return `<span class="badge ${tone}">${renderSign(tone)}${escapeHtml(text)}</span>`;
}
