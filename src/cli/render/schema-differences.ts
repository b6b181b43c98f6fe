import type { LayoutKind, SchemaDifference } from '../../model/snapshot.ts';
import type { Terminal } from '../terminal.ts';
import { hang, plural } from './table.ts';

const WORDS: Readonly<Record<LayoutKind, string>> = {
  'column-order': 'order of columns',
  'system-names': 'names the system gave',
  whitespace: 'white space',
};
const MARKS = { added: ['green', '+'], removed: ['red', '-'], changed: ['yellow', '~'] } as const;

/** Each difference with its unified diff. What went or came with its table is one line of that table. */
export function renderDifferences(differences: readonly SchemaDifference[], terminal: Terminal): readonly string[] {
  const whole = new Set(differences.filter(isWhole).map(({ object }) => nameOf(object)));
  const parts = new Map<string, SchemaDifference[]>();
  const shown: SchemaDifference[] = [];
  for (const each of differences) {
    const owner = isWhole(each) || each.kind === 'changed' ? undefined : ownerAmong(each, whole);
    if (owner === undefined) shown.push(each);
    else parts.set(owner, [...(parts.get(owner) ?? []), each]);
  }
  return shown.flatMap((each) => {
    const [colour, mark] = MARKS[each.kind];
    const layout = each.layout.length === 0 ? '' : ` (only ${each.layout.map((kind) => WORDS[kind]).join(', ')})`;
    const detail = each.kind === 'changed' ? `: ${each.detail}` : '';
    const lines = each.diff.split('\n').slice(3);
    const own = isWhole(each) ? (parts.get(nameOf(each.object)) ?? []) : [];
    return [
      `  ${terminal.paint(colour, `${mark} ${each.object}`)}${detail}${layout}`,
      ...lines.flatMap((line) =>
        verbatim(line, 6, terminal).map((part) => ' '.repeat(6) + paintAs(line, part, terminal)),
      ),
      ...(own.length === 0 ? [] : [`      with ${plural(own.length, 'object')} of its own: ${countKinds(own)}`]),
    ];
  });
}

/** What was not counted, and why: it is said, never hidden. */
export function renderIgnored(ignored: readonly SchemaDifference[]): readonly string[] {
  if (ignored.length === 0) return [];
  const byKind = new Map<LayoutKind, number>();
  for (const { layout } of ignored) for (const kind of layout) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  const counts = [...byKind].map(([kind, count]) => `${WORDS[kind]} (${String(count)})`).join(', ');
  return [`  ignored: ${counts}`];
}

export function summaryOf(differences: readonly SchemaDifference[]): string {
  const count = (kind: SchemaDifference['kind']): number => differences.filter((each) => each.kind === kind).length;
  return `${plural(differences.length, 'difference')}: ${String(count('added'))} added, ${String(count('removed'))} removed, ${String(count('changed'))} changed`;
}

/** A line of a definition: on a terminal broken so that what follows stands below its text. */
export function verbatim(line: string, indent: number, { breaks, width }: Terminal): readonly string[] {
  const lead = /^[-+ ]?\s*/u.exec(line)?.[0] ?? '';
  return breaks ? hang(lead, line.slice(lead.length), width - indent, `${' '.repeat(lead.length)}  `) : [line];
}

/** Colours a part of a line of a unified diff as the whole line. */
export function paintAs(line: string, part: string, terminal: Terminal): string {
  if (line.startsWith('+')) return terminal.paint('green', part);
  if (line.startsWith('-')) return terminal.paint('red', part);
  return terminal.paint('dim', part);
}

function isWhole({ objectKind, kind }: SchemaDifference): boolean {
  return kind !== 'changed' && (objectKind === 'table' || objectKind === 'view' || objectKind === 'materialized-view');
}

function nameOf(object: string): string {
  return object.slice(object.indexOf(' ') + 1);
}

/** The table or view that a part is named after: `constraint x on public.t`, `default public.t.c`, `comment on table public.t`. */
function ownerAmong({ object, diff }: SchemaDifference, whole: ReadonlySet<string>): string | undefined {
  const words = object.split(' ');
  const candidates = [words.at(-1) ?? '', (words.at(-1) ?? '').replace(/\.[^.]*$/u, '')];
  const named = / ON (?:ONLY )?([^\s(]+)/iu.exec(diff)?.[1] ?? '';
  return [...candidates, named].find((each) => whole.has(each));
}

function countKinds(parts: readonly SchemaDifference[]): string {
  const counts = new Map<string, number>();
  for (const { objectKind } of parts) counts.set(objectKind, (counts.get(objectKind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${String(count)} ${kind}`).join(', ');
}
