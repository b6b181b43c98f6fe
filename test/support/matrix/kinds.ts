import type { Project } from '../project.ts';

export type Engine = Project['engine'];
export type Direction = 'up' | 'down';

/** How the step under test is written. Its effects are the same for all kinds. */
export interface Kind {
  readonly name: string;
  readonly language: 'sql' | 'ts';
  /** Outside a transaction. */
  readonly apart: boolean;
  /** Directives of an SQL file, or properties of a TypeScript definition. */
  readonly head: string;
  readonly engines: readonly Engine[];
  /** Runs with others in one transaction, and on a dry run. */
  readonly shares: boolean;
  /** More statements ahead of the fault, which change nothing. */
  readonly more: readonly string[];
  /** A check ahead of it, which passes. */
  readonly checkBefore: boolean;
  readonly irreversible: boolean;
}

const BOTH: readonly Engine[] = ['sqlite', 'postgres'];
const kind = (name: string, change: Partial<Kind>): Kind => ({
  name,
  language: 'sql',
  apart: false,
  head: '',
  engines: BOTH,
  shares: true,
  more: [],
  checkBefore: false,
  irreversible: false,
  ...change,
});
const NOTHING = 'DELETE FROM parents WHERE id < 0';

export const KINDS: readonly Kind[] = [
  kind('SQL', {}),
  kind('SQL outside', { apart: true, shares: false, head: '-- @transaction none' }),
  kind('TypeScript', { language: 'ts' }),
  kind('TypeScript outside', { language: 'ts', apart: true, shares: false, head: "transaction: 'none'," }),
  kind('SQL behind a check', { checkBefore: true }),
  kind('SQL outside behind a check', {
    apart: true,
    shares: false,
    head: '-- @transaction none',
    checkBefore: true,
  }),
  kind('SQL that deletes', { more: [NOTHING] }),
  kind('TypeScript outside that deletes', {
    language: 'ts',
    apart: true,
    shares: false,
    head: "transaction: 'none',",
    more: [NOTHING],
  }),
  kind('SQL under a lock time-out', { head: '-- @lock-timeout 2s' }),
  kind('irreversible SQL', { head: '-- @irreversible nobody wants it back', irreversible: true }),
  kind('SQL without foreign keys', { engines: ['sqlite'], shares: false, head: '-- @foreign-keys off' }),
  kind('TypeScript without foreign keys', {
    engines: ['sqlite'],
    shares: false,
    language: 'ts',
    head: "foreignKeys: 'off',",
  }),
];

/** What stands in the middle of the step: statements, and code where only a function can do it. */
export interface Middle {
  readonly sql: readonly string[];
  readonly code: string;
}

/** The statements of the step in a direction, on both sides of its middle. Run twice they fail, unless it may run again. */
export function sidesOf(kind: Kind, direction: Direction): { ahead: readonly string[]; behind: readonly string[] } {
  const again = kind.apart && kind.language === 'ts';
  const mark = (text: string): string => `INSERT INTO ran VALUES ('${text}')${again ? ' ON CONFLICT DO NOTHING' : ''}`;
  return direction === 'up'
    ? {
        ahead: [`CREATE TABLE ${again ? 'IF NOT EXISTS ' : ''}made (id integer PRIMARY KEY)`, mark('a'), ...kind.more],
        behind: [mark('b')],
      }
    : {
        ahead: ["DELETE FROM ran WHERE mark = 'b'", `DROP TABLE ${again ? 'IF EXISTS ' : ''}made`, ...kind.more],
        behind: ["DELETE FROM ran WHERE mark = 'a'"],
      };
}

/** The text of a file, and the line its middle stands on. */
export function render(kind: Kind, direction: Direction, middle: Middle): { text: string; line: number } {
  const { ahead, behind } = sidesOf(kind, direction);
  if (kind.language === 'sql') {
    const head = direction === 'down' && kind.head.includes('irreversible') ? '' : kind.head;
    const lines = [...(head === '' ? [] : [head]), ...ahead.map((each) => `${each};`)];
    const text = [...lines, ...middle.sql.map((each) => `${each};`), ...behind.map((each) => `${each};`), ''];
    return { text: text.join('\n'), line: lines.length + 1 };
  }
  const define = direction === 'up' ? 'defineMigration' : 'defineRollback';
  const script = (each: string): string => `  await sql.script(${JSON.stringify(each)});`;
  const lines = [
    `import { ${define} } from 'surefoot';`,
    `export default ${define}({ ${kind.head}`,
    '  async run({ sql, copyRows, copyFromCsv, progress, signal }) {',
    ...ahead.map(script),
  ];
  const inner = middle.code === '' ? middle.sql.map(script) : [`  ${middle.code}`];
  return { text: [...lines, ...inner, ...behind.map(script), '} });', ''].join('\n'), line: lines.length + 1 };
}
