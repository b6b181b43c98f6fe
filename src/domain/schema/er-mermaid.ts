import type { Snapshot } from '../../model/snapshot.ts';
import { erModel, type ErModel } from './er-model.ts';

/** The tables and foreign keys as a Mermaid `erDiagram`. */
export function renderErMermaid(snapshot: Snapshot): string {
  return mermaidOf(erModel(snapshot));
}

export function mermaidOf({ tables, links }: ErModel): string {
  return [
    'erDiagram',
    ...tables.flatMap((table) => [
      `  ${quoted(table.name)} {`,
      ...table.columns.map(
        ({ name, type, marks }) =>
          `    ${word(type === '' ? 'any' : type)} ${word(name)}${marks.length === 0 ? '' : ` ${marks.join(',')}`}`,
      ),
      '  }',
    ]),
    ...links.map(
      ({ from, to, columns, required, single }) =>
        `  ${quoted(to)} ${required ? '||' : '|o'}--${single ? 'o|' : 'o{'} ${quoted(from)} : ${quoted(columns.join(', '))}`,
    ),
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}

/** Types and attributes are single words in Mermaid. */
function word(text: string): string {
  const safe = text.replaceAll(/[^\p{L}\p{N}_()[\]-]+/gu, '_').replaceAll(/^_+|_+$/gu, '');
  return /^[\p{L}]/u.test(safe) ? safe : `_${safe}`;
}
