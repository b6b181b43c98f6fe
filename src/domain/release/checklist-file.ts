import { closest } from '../../model/closest.ts';
import { STAGES, type Stage } from '../../model/contribution.ts';
import type { Problem } from '../../model/problem.ts';

/** What proves an item of `checklist.md`; without one a person signs it. */
export type Proof =
  /** A surefoot command line without its first word. */
  | { readonly kind: 'surefoot'; readonly words: readonly string[] }
  | { readonly kind: 'shell'; readonly text: string }
  /** `version` null: an invariant. */
  | { readonly kind: 'check'; readonly version: string | null; readonly name: string }
  | { readonly kind: 'applied'; readonly version: string };

/** One task of `checklist.md`. */
export interface WrittenItem {
  readonly id: string;
  readonly title: string;
  readonly stage: Stage;
  /** The nearest heading. */
  readonly group: string | null;
  readonly owner: string | null;
  /** Left open or failed, it does not stop the release. */
  readonly optional: boolean;
  /** Indented lines below the item. */
  readonly help: string | null;
  readonly proof: Proof | null;
  readonly file: string;
  readonly line: number;
}

const TASK = /^(\s*)[-*+] \[([ xX])\]\s+(.*)$/u;
const HEADING = /^#{2,6}\s+(.+?)\s*#*$/u;
const STAGE = /^<!--\s*@stage\s+(\S+)\s*-->$/u;
const MARK = /\s@([A-Za-z][\w-]*)(?:\(([^)]*)\))?$/u;
const SPAN = /\s*\(?`([^`]+)`\)?$/u;
/** Stages that surefoot fills itself can be named too: a written item then comes after the built-in ones. */
const MARKS = ['owner', 'optional'] as const;

/** Reads `checklist.md`: a Markdown task list, see docs/formats.md. Every problem with its line. */
export function parseChecklist(
  text: string,
  file: string,
): { readonly items: readonly WrittenItem[]; readonly problems: readonly Problem[] } {
  const items: WrittenItem[] = [];
  const problems: Problem[] = [];
  const ids = new Map<string, number>();
  let stage: Stage = 'before';
  let group: string | null = null;
  let fenced = false;
  const problem = (line: number, message: string, hint: string): void => {
    problems.push({ code: 'checklist-invalid', file, line, column: 1, message, hint });
  };
  for (const [index, row] of text.split('\n').entries()) {
    const line = index + 1;
    if (/^\s*(?:```|~~~)/u.test(row)) fenced = !fenced;
    if (fenced) continue;
    const heading = HEADING.exec(row)?.[1];
    if (heading !== undefined) {
      group = heading;
      continue;
    }
    const named = STAGE.exec(row.trim())?.[1];
    if (named !== undefined) {
      const known = STAGES.find((each) => each === named);
      if (known === undefined) problem(line, `there is no stage ${named}`, suggestion(named, STAGES, 'The stages are'));
      else stage = known;
      continue;
    }
    const [, , box, body] = TASK.exec(row) ?? [];
    if (box === undefined || body === undefined) {
      const last = items.at(-1);
      if (last !== undefined && /^\s{2,}\S/u.test(row))
        items.splice(-1, 1, { ...last, help: last.help === null ? row.trim() : `${last.help}\n${row.trim()}` });
      continue;
    }
    if (box !== ' ') {
      problem(line, 'the box of a checklist is filled already', 'Leave it empty: a release fills it, in the journal.');
    }
    const marks = readMarks(body);
    for (const name of marks.unknown)
      problem(
        line,
        `there is no mark @${name}`,
        suggestion(name, MARKS, 'The marks are').replaceAll(/\b(?=owner|optional)/gu, '@'),
      );
    if (marks.owner === '') problem(line, '@owner names nobody', 'Write it like @owner(operations).');
    const { title, proof } = readProof(marks.rest);
    const id = `list/${slug(title)}`;
    const before = ids.get(id);
    if (title === '') problem(line, 'the item has no text', 'Say what is to be done.');
    else if (before !== undefined)
      problem(line, `the item says the same as the one in line ${String(before)}`, 'Word one of them differently.');
    ids.set(id, line);
    items.push({
      id,
      title,
      stage,
      group,
      owner: marks.owner ?? null,
      optional: marks.optional,
      help: null,
      proof,
      file,
      line,
    });
  }
  return { items, problems };
}

function readMarks(body: string): {
  readonly rest: string;
  readonly owner: string | undefined;
  readonly optional: boolean;
  readonly unknown: readonly string[];
} {
  let rest = body.trim();
  let owner: string | undefined;
  let optional = false;
  const unknown: string[] = [];
  for (let match = MARK.exec(rest); match !== null; match = MARK.exec(rest)) {
    const [whole, name = '', value = ''] = match;
    if (name === 'owner') owner = value.trim();
    else if (name === 'optional') optional = true;
    else unknown.push(name);
    rest = rest.slice(0, -whole.length).trimEnd();
  }
  return { rest, owner, optional, unknown };
}

function readProof(text: string): { readonly title: string; readonly proof: Proof | null } {
  const match = SPAN.exec(text);
  const proof = proofOf(match?.[1]?.trim() ?? '');
  if (match === null || proof === null) return { title: text, proof: null };
  return { title: text.slice(0, match.index).replace(/[:\s]+$/u, ''), proof };
}

/** Null for a code span that is only text, such as the name of a table. */
function proofOf(span: string): Proof | null {
  if (span.startsWith('surefoot ')) return { kind: 'surefoot', words: wordsOf(span.slice('surefoot '.length)) };
  if (span.startsWith('$ ')) return { kind: 'shell', text: span.slice(2).trim() };
  const applied = /^applied ([\d_]+)$/u.exec(span)?.[1];
  if (applied !== undefined) return { kind: 'applied', version: applied };
  const [, version, name] = /^(invariants|\d[\d_]*): (.+)$/u.exec(span) ?? [];
  if (version === undefined || name === undefined) return null;
  return { kind: 'check', version: version === 'invariants' ? null : version, name };
}

/** Words of a command line; quotes hold one together. */
export function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}

function suggestion(word: string, known: readonly string[], intro: string): string {
  const near = closest(word, known);
  return near === null ? `${intro} ${known.join(', ')}.` : `Did you mean ${near}?`;
}
