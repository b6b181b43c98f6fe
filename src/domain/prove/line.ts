import type { Database } from '../../ports/database.ts';
import type { ShadowStage } from '../../ports/shadow.ts';
import { firstFailure } from '../journal/index.ts';
import type { PreparedStep } from '../plan/index.ts';
import type { RunParts } from '../run/index.ts';
import type { BoundScript } from '../verification/index.ts';
import { openRunner, runStep, type Runner } from './runner.ts';

/** One thing that brought the true state forward. */
export type LineEntry =
  | { readonly kind: 'up'; readonly step: PreparedStep }
  | { readonly kind: 'rows'; readonly statements: readonly string[] }
  /** Rows from elsewhere: a sample, or another database. */
  | { readonly kind: 'load'; readonly load: (runner: Runner) => Promise<void> };

/**
 * The true state: only ups, each once, and the rows between them. A shadow that went astray is replaced by one made
 * from here. Earlier states are not made anew each time: one shadow follows the line and is copied.
 */
export interface Line {
  readonly entries: LineEntry[];
  /** Made of the first `at` entries, with nobody connected to it. */
  base: { readonly shadow: Database; readonly at: number } | null;
  /** What shadows share, at the beginning. */
  readonly shared: string;
}

export interface LineParts {
  readonly run: RunParts;
  readonly stage: ShadowStage;
  readonly standing: readonly BoundScript[];
}

export async function createLine(stage: ShadowStage): Promise<Line> {
  return { entries: [], base: null, shared: await stage.sharedState() };
}

/**
 * A fresh shadow in the state after the first `count` entries. Shadows share roles, and one that refers to a role keeps
 * another from dropping it: so where roles were made, nothing is kept and all is made anew.
 */
export async function shadowAt(parts: LineParts, line: Line, count: number): Promise<Database> {
  const { stage } = parts;
  if ((await stage.sharedState()) !== line.shared) {
    if (line.base !== null) await stage.drop(line.base.shadow);
    line.base = null;
    await stage.resetShared();
    const shadow = await stage.make();
    await replay(parts, shadow, line.entries.slice(0, count));
    return shadow;
  }
  if (line.base !== null && line.base.at > count) {
    await stage.drop(line.base.shadow);
    line.base = null;
  }
  const base = line.base ?? { shadow: await stage.make(), at: 0 };
  if (base.at < count || line.base === null) await replay(parts, base.shadow, line.entries.slice(base.at, count));
  if ((await stage.sharedState()) !== line.shared) {
    line.base = null;
    return base.shadow;
  }
  line.base = { shadow: base.shadow, at: count };
  return stage.make(base.shadow);
}

async function replay({ run, standing }: LineParts, shadow: Database, entries: readonly LineEntry[]): Promise<void> {
  const runner = await openRunner(run, shadow);
  try {
    for (const entry of entries) {
      if (entry.kind === 'up') await runStep(runner, entry.step, { standing, applied: [] });
      else if (entry.kind === 'load') await entry.load(runner);
      else await writeRows(runner, entry.statements);
    }
  } finally {
    await runner.close();
  }
}

/** A row that is refused in the second making was made from what differs each time; it is not needed. */
export async function writeRows({ shadow, session }: Runner, statements: readonly string[]): Promise<void> {
  const { dialect } = shadow;
  const begin = dialect.begin({ lockMs: null, statementMs: null }).map((text) => ({ text }));
  const write = async (texts: readonly string[]): Promise<boolean> => {
    const outcomes = await session.batch([...begin, ...texts.map((text) => ({ text })), { text: dialect.commit }]);
    if (firstFailure(outcomes) === null) return true;
    await session.batch([{ text: dialect.abort, tolerate: true }]);
    return false;
  };
  if (statements.length === 0 || (await write(statements))) return;
  for (const text of statements) await write([text]);
}
