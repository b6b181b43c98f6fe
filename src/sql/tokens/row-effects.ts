import type { Engine } from '../../model/engine.ts';
import { TokenReader } from './token-reader.ts';
import { TOKEN } from './token.ts';

/** `ALTER TABLE from RENAME TO to`, names as written; null for any other statement. */
export function tableRename(engine: Engine, text: string): { readonly from: string; readonly to: string } | null {
  const reader = new TokenReader(engine, text);
  if (!reader.take('alter', 'table')) return null;
  reader.take('if', 'exists');
  reader.take('only');
  const from = reader.name();
  if (from === null || !reader.take('rename', 'to')) return null;
  const to = reader.name();
  if (to === null) return null;
  const dot = from.lastIndexOf('.');
  // The new name stays in the schema of the old one.
  return { from, to: dot === -1 || from.endsWith('"') ? to : `${from.slice(0, dot + 1)}${to}` };
}

/** Tables whose rows an SQLite statement deletes where new ones take their place: `REPLACE INTO`, `INSERT OR REPLACE`. */
export function replacedTables(text: string): readonly string[] {
  const reader = new TokenReader('sqlite', text);
  const found = new Set<string>();
  while (reader.kind !== TOKEN.end) {
    const replaces =
      reader.take('replace', 'into') ||
      reader.take('insert', 'or', 'replace', 'into') ||
      reader.take('update', 'or', 'replace');
    if (!replaces) reader.advance();
    else found.add(reader.name() ?? '');
  }
  found.delete('');
  return [...found];
}

/** The index, trigger, rule or policy that a statement drops by name; null for any other statement. */
export function droppedObject(engine: Engine, text: string): string | null {
  const reader = new TokenReader(engine, text);
  if (!['index', 'trigger', 'rule', 'policy'].some((kind) => reader.take('drop', kind))) return null;
  reader.take('concurrently');
  reader.take('if', 'exists');
  return reader.name()?.split('.').at(-1) ?? null;
}

/** The table whose rows a plain `INSERT`, `REPLACE`, `UPDATE`, `DELETE`, `MERGE` or `COPY … FROM` changes; null for anything else. */
export function changedTable(engine: Engine, text: string): string | null {
  const reader = new TokenReader(engine, text);
  const into = reader.take('replace', 'into') || reader.take('merge', 'into') || reader.take('delete', 'from');
  if (!into && !reader.take('copy')) {
    const updates = reader.take('update');
    if (!updates && !reader.take('insert')) return null;
    if (reader.take('or')) reader.advance();
    if (!updates && !reader.take('into')) return null;
  }
  reader.take('only');
  return reader.name();
}

/** The table that a plain `INSERT INTO`, `UPDATE` or `COPY` writes into; null for anything else. */
export function writtenTable(engine: Engine, text: string): string | null {
  const reader = new TokenReader(engine, text);
  if (!reader.take('insert', 'into') && !reader.take('update') && !reader.take('copy')) return null;
  reader.take('only');
  return reader.isWord('or') ? null : reader.name();
}
