import { expect } from 'vitest';
import { status } from '../../src/index.ts';
import { commandsIn, filled, hintOf } from './hinted.ts';
import { connectTo } from './postgres.ts';
import { withProject, type Finished, type Project } from './project.ts';

/**
 * One message that names what to do next, and the proof that it helps: how the state comes about, what is typed in it,
 * and what must hold when somebody has done what the message says. The command itself is taken out of what was printed.
 */
export interface HintRow {
  readonly title: string;
  readonly arrange: (project: Project) => void | Promise<void>;
  readonly typed: readonly string[];
  /** Null for what is no error, such as a finding. */
  readonly code: string | null;
  /** What is read: the hint, or what stands elsewhere in the error. */
  readonly from?: (error: Finished) => string;
  /** Which of the commands named there, from 0; null where it names an edit only. */
  readonly nth: number | null;
  /** For what is written as `<…>`. */
  readonly fill?: Readonly<Record<string, string>>;
  /** The edit that the message names, ahead of its command. */
  readonly edit?: (project: Project, hint: string) => void | Promise<void>;
  /** Options added to what was typed first, taken out of the hint. */
  readonly options?: (hint: string) => readonly string[];
  /** With what the named command ends; 0 when left out. */
  readonly ends?: number;
  /** With what ends what was typed first, typed again; null where it is not. 0 when left out. */
  readonly again?: number | null;
  readonly holds?: (project: Project, finished: Finished) => void | Promise<void>;
}

/** Two databases, so that a command that forgets to name one fails. The first has its folders where projects have them. */
export function twoDatabases(
  project: Project,
  more: Readonly<Record<string, unknown>> = {},
  own: { readonly main?: object } = {},
): void {
  const main = { url: project.url, migrations: 'migrations', rollbacks: 'rollbacks', verify: 'verify' };
  const databases = { main: { ...main, ...own.main }, other: { url: 'sqlite:other.db' } };
  project.write('surefoot.config.ts', `export default ${JSON.stringify({ ...more, databases })};\n`);
}

/** These ask at a terminal, where somebody says yes. */
const ASKING: ReadonlySet<string> = new Set(['rollback', 'redo', 'restore']);

async function type(project: Project, words: readonly string[]): Promise<Finished> {
  return project.run(...words, ...(ASKING.has(words[0] ?? '') && !words.includes('--yes') ? ['--yes'] : []));
}

/** What somebody does in the database by hand. */
export async function byHand(project: Project, text: string): Promise<void> {
  if (project.engine === 'sqlite') {
    const { default: Sqlite } = await import('better-sqlite3');
    const connection = new Sqlite(project.url.replace('sqlite:', ''));
    connection.exec(text);
    connection.close();
    return;
  }
  const sql = connectTo(project.url);
  await sql.unsafe(text);
  await sql.end();
}

/** Does what the row says, on a fresh database. */
export async function followHint(engine: Project['engine'], row: HintRow): Promise<void> {
  await withProject(engine, async (project) => {
    twoDatabases(project);
    await row.arrange(project);
    const failed = await type(project, row.typed);
    if (row.code !== null) expect(failed.err).toContain(`error ${row.code}: `);
    const hint = row.from === undefined ? hintOf(failed.err) : row.from(failed);
    await row.edit?.(project, hint);
    let last = failed;
    if (row.nth !== null) {
      const command = commandsIn(hint)[row.nth];
      if (command === undefined) throw new Error(`command ${String(row.nth)} is not in: ${hint}`);
      last = await type(project, filled(command, row.fill));
      expect({ hint, code: last.code, err: last.err }).toEqual({
        hint,
        code: row.ends ?? 0,
        err: row.ends === undefined ? expect.not.stringContaining('error ') : expect.any(String),
      });
    }
    if (row.again !== null) {
      const again = await type(project, [...row.typed, ...(row.options?.(hint) ?? [])]);
      expect({ hint, code: again.code, err: again.err }).toEqual({
        hint,
        code: row.again ?? 0,
        err: expect.any(String),
      });
      if (row.nth === null) last = again;
    }
    await row.holds?.(project, last);
  });
}

/** Versions of `main` that are applied, as `status` tells. */
export async function appliedVersions(project: Project): Promise<readonly string[]> {
  const { databases } = await status(project.config, project.options);
  return (databases[0]?.migrations ?? []).filter(({ state }) => state === 'applied').map(({ version }) => version);
}
