import { SurefootError } from '../../model/errors.ts';

/** Answers to manual items given ahead, by the id of the item. */
export type Answers = ReadonlyMap<string, Answer>;

/** A filled list, and the release it was printed from; null for a blank list. */
export interface FilledList {
  readonly answers: Answers;
  readonly release: string | null;
}

export interface Answer {
  /** Null where the box is ticked and no name given: `--sign` names the one who signs. */
  readonly by: string | null;
  readonly note: string;
  readonly signed: boolean;
  readonly line: number | null;
}

const TASK = /^\s*[-*+] \[([ xX])\]\s+.*<!--\s*(\S+)\s*-->\s*$/u;
const FIELD = /^\s+[-*+]\s+(signed by|note):\s*(.*)$/u;
const RELEASE = /^<!--\s*release (\S+)\s*-->$/u;
const TITLE = /^# Release checklist: (.+)$/u;

/**
 * Reads a filled list: Markdown as `surefoot checklist` prints it, or the document of `checklist --json`. A ticked box or
 * a name signs. Throws `answers-invalid` with file and line.
 */
export function parseAnswers(text: string, file: string, database: string): FilledList {
  return text.trimStart().startsWith('{') ? parseJson(text, file, database) : parseMarkdown(text, file, database);
}

function parseMarkdown(text: string, file: string, database: string): FilledList {
  const answers = new Map<string, Answer>();
  let current: string | null = null;
  let named = false;
  let release: string | null = null;
  for (const [index, row] of text.split(/\r?\n/u).entries()) {
    const line = index + 1;
    const title = TITLE.exec(row)?.[1]?.trim();
    if (title !== undefined) {
      if (title !== database)
        throw invalid(database, `${file}:${String(line)}: it is the list of ${title}, not of ${database}`);
      named = true;
      continue;
    }
    release = RELEASE.exec(row.trim())?.[1] ?? release;
    const [, box, id] = TASK.exec(row) ?? [];
    if (id !== undefined) {
      current = id;
      if (answers.has(id)) throw invalid(database, `${file}:${String(line)}: the item ${id} is there twice`);
      answers.set(id, { by: null, note: '', signed: box !== ' ', line });
      continue;
    }
    const [, field, value = ''] = FIELD.exec(row) ?? [];
    const answer = current === null ? undefined : answers.get(current);
    if (field === undefined || current === null || answer === undefined) {
      if (/^\S/u.test(row)) current = null;
      continue;
    }
    const said = value.trim();
    if (field === 'note') answers.set(current, { ...answer, note: said });
    else if (said !== '') answers.set(current, { ...answer, by: said, signed: true });
  }
  if (!named) throw invalid(database, `${file}:1: it does not begin with "# Release checklist: ${database}"`);
  return { answers, release };
}

function parseJson(text: string, file: string, database: string): FilledList {
  const document = readJson(text, file, database);
  const lists = listOf(document, 'databases') ?? [document];
  const own = lists.find((each) => fieldOf(each, 'name') === database) ?? null;
  if (own === null) throw invalid(database, `${file}: it has no list of ${database}`);
  const answers = new Map<string, Answer>();
  const items = listOf(own, 'items');
  if (items === null) throw invalid(database, `${file}: the list of ${database} has no items`);
  for (const [index, item] of items.entries()) {
    const id = fieldOf(item, 'id');
    if (typeof id !== 'string') throw invalid(database, `${file}: item ${String(index + 1)} of ${database} has no id`);
    if (answers.has(id)) throw invalid(database, `${file}: the item ${id} is there twice`);
    const by = fieldOf(item, 'signedBy') ?? null;
    const note = fieldOf(item, 'note') ?? null;
    for (const [name, value] of [['signedBy', by] as const, ['note', note] as const])
      if (value !== null && typeof value !== 'string')
        throw invalid(database, `${file}: ${name} of the item ${id} is neither a text nor null`);
    const name = typeof by === 'string' && by.trim() !== '' ? by.trim() : null;
    answers.set(id, { by: name, note: typeof note === 'string' ? note : '', signed: name !== null, line: null });
  }
  const release = fieldOf(fieldOf(own, 'release'), 'id');
  return { answers, release: typeof release === 'string' ? release : null };
}

function readJson(text: string, file: string, database: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(database, `${file}: it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] | null {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? (list as readonly unknown[]) : null;
}

/** A list that was printed from a release that has ended is a record, and signs nothing. */
export function refuseOtherRelease(database: string, { release }: FilledList, open: string | null, file: string): void {
  if (release === null || release === open) return;
  throw new SurefootError({
    code: 'answers-invalid',
    message: `${file}: it was printed from release ${release}, which is not the open one`,
    hint: `Print an empty list with surefoot checklist ${database} --blank, and fill that in.`,
  });
}

/** Answers to items that the list does not have are a mistake, not a surplus. */
export function refuseUnknownAnswers(
  database: string,
  answers: Answers,
  known: ReadonlySet<string>,
  file: string,
): void {
  for (const [id, answer] of answers) {
    if (known.has(id)) continue;
    const place = answer.line === null ? file : `${file}:${String(answer.line)}`;
    throw invalid(database, `${place}: the checklist has no item ${id} any more`);
  }
}

function invalid(database: string, message: string): SurefootError {
  return new SurefootError({
    code: 'answers-invalid',
    message,
    hint: `Print the list anew with surefoot checklist ${database}, and fill that in.`,
  });
}
