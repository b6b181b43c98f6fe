import type { Snapshot } from '../../model/snapshot.ts';
import { erModel, type ErChange, type ErLink, type ErModel, type ErTable } from './er-model.ts';

const LETTER = 6.7;
const LINE = 18;
const GAP = 60;
const PADDING = 10;

interface Box {
  readonly table: ErTable;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const STYLE =
  'text{font:12px ui-monospace,monospace;fill:#1f2328}.er-name{font-weight:bold}.er-key{fill:#57606a}rect{fill:#fff;stroke:#8c959f}.er-head{fill:#eaeef2}.er-row{stroke:none;fill:none}path{fill:none;stroke:#57606a}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.er-key{fill:#9198a1}rect{fill:#0d1117;stroke:#656c76}.er-head{fill:#21262d}path{stroke:#9198a1}}';

/**
 * The tables and foreign keys as one SVG drawing with nothing outside it: columns of boxes, a table to the right of
 * those it points at. Colours follow the reader's light or dark setting.
 */
export function renderErSvg(snapshot: Snapshot): string {
  return drawEr(erModel(snapshot), { label: 'Entity relationship diagram', style: STYLE });
}

export interface DrawOptions {
  readonly label: string;
  /** Null where the page around it has the style: classes `er-…`, and `added`, `removed` or `changed`. */
  readonly style: string | null;
}

export function drawEr({ tables, links }: ErModel, { label, style }: DrawOptions): string {
  const boxes = placed(tables, links);
  const byName = new Map(boxes.map((box) => [box.table.name, box]));
  const width = Math.max(200, ...boxes.map((box) => box.x + box.width + GAP / 2));
  const height = Math.max(60, ...boxes.map((box) => box.y + box.height + GAP / 2));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" role="img" aria-label="${escapeXml(label)}">`,
    ...(style === null ? [] : [`<style>${style}</style>`]),
    ...links.map((link) => renderLink(link, byName)),
    ...boxes.map(renderBox),
    '</svg>',
    '',
  ].join('\n');
}

/** Columns of boxes by how far a table is from one that points at nothing. */
function placed(tables: readonly ErTable[], links: readonly ErLink[]): readonly Box[] {
  const depth = depths(tables, links);
  const most = Math.max(4, Math.ceil(Math.sqrt(tables.length * 2)));
  const columns: ErTable[][] = [];
  let level: number | null = null;
  for (const table of tables.toSorted(
    (a, b) => (depth.get(a.name) ?? 0) - (depth.get(b.name) ?? 0) || (a.name < b.name ? -1 : 1),
  )) {
    const own = depth.get(table.name) ?? 0;
    if (own !== level || (columns.at(-1)?.length ?? 0) >= most) columns.push([]);
    level = own;
    columns.at(-1)?.push(table);
  }
  const boxes: Box[] = [];
  let x = GAP / 2;
  for (const column of columns) {
    let y = GAP / 2;
    const width = Math.max(...column.map(widthOf));
    for (const table of column) {
      const height = (table.columns.length + 1) * LINE + PADDING;
      boxes.push({ table, x, y, width, height });
      y += height + GAP / 2;
    }
    x += width + GAP;
  }
  return boxes;
}

function depths(tables: readonly ErTable[], links: readonly ErLink[]): ReadonlyMap<string, number> {
  const to = new Map<string, string[]>();
  for (const link of links) if (link.from !== link.to) to.set(link.from, [...(to.get(link.from) ?? []), link.to]);
  const found = new Map<string, number>();
  const visit = (name: string, trail: ReadonlySet<string>): number => {
    const known = found.get(name);
    if (known !== undefined) return known;
    if (trail.has(name)) return 0;
    const next = new Set(trail).add(name);
    const depth = Math.max(0, ...(to.get(name) ?? []).map((each) => visit(each, next) + 1));
    found.set(name, depth);
    return depth;
  };
  for (const { name } of tables) visit(name, new Set());
  return found;
}

function labelOf(column: ErTable['columns'][number]): string {
  const type = `${column.name} ${column.type}${column.nullable ? '?' : ''}`;
  return column.was === undefined ? type : `${type} (was ${column.was})`;
}

function widthOf(table: ErTable): number {
  const longest = Math.max(table.name.length, ...table.columns.map((column) => labelOf(column).length + 6));
  return Math.ceil(longest * LETTER * 1.12 + PADDING * 2);
}

function renderBox({ table, x, y, width, height }: Box): string {
  const lines = table.columns.map((column, at) => {
    const top = y + LINE * (at + 1) + 5;
    const line = y + LINE * (at + 2) - 2;
    const row =
      column.change === undefined
        ? ''
        : `<rect class="er-row" x="${String(x + 1)}" y="${String(top)}" width="${String(width - 2)}" height="${String(LINE)}"/>`;
    const texts = `<text x="${String(x + PADDING)}" y="${String(line)}">${escapeXml(labelOf(column))}</text><text class="er-key" x="${String(x + width - PADDING)}" y="${String(line)}" text-anchor="end">${column.marks.join(' ')}</text>`;
    return column.change === undefined ? texts : `<g class="${column.change}">${row}${texts}</g>`;
  });
  return `<g${classOf('er-table', table.change)}><rect x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}" rx="4"/><rect class="er-head" x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(LINE + 4)}" rx="4"/><text class="er-name" x="${String(x + PADDING)}" y="${String(y + LINE - 2)}">${escapeXml(table.name)}</text>${lines.join('')}</g>`;
}

function classOf(name: string, change: ErChange | undefined): string {
  return ` class="${name}${change === undefined ? '' : ` ${change}`}"`;
}

function renderLink(link: ErLink, boxes: ReadonlyMap<string, Box>): string {
  const from = boxes.get(link.from);
  const to = boxes.get(link.to);
  if (from === undefined || to === undefined) return '';
  const row = from.table.columns.findIndex(({ name }) => name === link.columns[0]);
  const startY = from.y + LINE * (row + 2) - 6;
  const endY = to.y + LINE / 2 + 2;
  const side = to.x < from.x ? -1 : 1;
  const startX = side < 0 ? from.x : from.x + from.width;
  const endX = to.x <= from.x ? to.x + to.width : to.x;
  const endBend = to.x <= from.x ? GAP / 2 : -GAP / 2;
  const dash = link.required ? '' : ' stroke-dasharray="4 3"';
  const x = String(startX);
  const many = link.single
    ? ''
    : `<path d="M${x} ${String(startY - 5)}L${String(startX + side * 9)} ${String(startY)}L${x} ${String(startY + 5)}"/>`;
  return `<g${classOf('er-link', link.change)}><title>${escapeXml(`${link.from} (${link.columns.join(', ')}) to ${link.to}`)}</title><path d="M${x} ${String(startY)}C${String(startX + (side * GAP) / 2)} ${String(startY)} ${String(endX + endBend)} ${String(endY)} ${String(endX)} ${String(endY)}"${dash}/>${many}</g>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
