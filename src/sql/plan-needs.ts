import type { Engine } from '../model/engine.ts';
import type { Statement } from '../model/statement.ts';
import type { Need, PlanNeeds } from '../model/target-facts.ts';
import { onlyStatement, postgresParser } from './parser.ts';
import { postgresNeeds, type StatementNeeds } from './postgres/needs.ts';
import { TokenReader } from './tokens/token-reader.ts';
import { TOKEN } from './tokens/token.ts';

/** Longer statements hold rows, and ask for nothing that a shorter one of their file does not. */
const LONGEST = 64 * 1024;

/** What the statements of a plan, in their order, ask of the target. What one makes, later ones need not find. */
export async function planNeeds(engine: Engine, statements: readonly Statement[]): Promise<PlanNeeds> {
  if (engine === 'sqlite') return sqliteNeeds(statements);
  const parse = await postgresParser();
  const made = new Set<string>();
  const all: StatementNeeds[] = [];
  let assumed = false;
  for (const statement of statements) {
    if (statement.text.length > LONGEST) continue;
    const parsed = parse(statement.text);
    const node = 'tree' in parsed ? onlyStatement(parsed.tree) : undefined;
    if (node === undefined) continue;
    const found = postgresNeeds(node, `${statement.file}:${String(statement.start.line)}`);
    all.push({
      ...found,
      // Behind SET ROLE another role's privileges count, which are not looked at here.
      needs: assumed ? [] : found.needs.filter((need) => !isMade(need, made)),
      rewrites: found.rewrites.filter((table) => !made.has(table)),
      indexed: found.indexed.filter((table) => !made.has(table)),
    });
    for (const name of found.makes) made.add(name);
    if (found.assumesRole !== null) assumed = found.assumesRole;
  }
  return {
    needs: unique(all.flatMap((each) => each.needs)),
    extensions: [...new Set(all.flatMap((each) => each.extensions))],
    rewrites: [...new Set(all.flatMap((each) => each.rewrites))],
    indexed: [...new Set(all.flatMap((each) => each.indexed))],
  };
}

function isMade(need: Need, made: ReadonlySet<string>): boolean {
  switch (need.kind) {
    case 'own-table':
    case 'use-table':
      return made.has(need.table);
    case 'create-in-schema':
      return need.schema !== null && made.has(`schema ${need.schema}`);
    case 'member-of':
      return made.has(`role ${need.role}`);
    default:
      return false;
  }
}

/** One of each kind, the first. */
function unique(needs: readonly Need[]): readonly Need[] {
  const seen = new Set<string>();
  return needs.filter((need) => {
    const { why: _, ...rest } = need;
    const key = JSON.stringify(rest);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const REWRITING: ReadonlySet<string> = new Set(['create', 'insert', 'update', 'vacuum', 'reindex']);

/** SQLite tells no size of a table: what fills pages is told apart from what does not. */
function sqliteNeeds(statements: readonly Statement[]): PlanNeeds {
  const writes = statements.some(({ text }) => {
    const reader = new TokenReader('sqlite', text);
    if (!REWRITING.has(reader.token.toLowerCase())) return false;
    if (reader.token.toLowerCase() !== 'create') return true;
    for (; reader.kind !== TOKEN.end; reader.advance())
      if (reader.isWord('index') || reader.isWord('select')) return true;
    return false;
  });
  return { needs: [], extensions: [], rewrites: writes ? ['main'] : [], indexed: [] };
}
