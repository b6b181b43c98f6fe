import { createRandom } from '../samples/index.ts';
import { shadowAt, type Line, type LineParts } from './line.ts';
import { openStand, tableName } from './stand.ts';
import { fillTables } from './synth/fill.ts';

/** Rows for every table that is empty at the end of the line, so that what is run from there on has data to work on. */
export async function addRows(parts: LineParts, line: Line): Promise<void> {
  const shadow = await shadowAt(parts, line, line.entries.length);
  const stand = await openStand(parts.run, shadow);
  try {
    const { dialect } = shadow;
    const empty = [...stand.tracker.objects.values()].filter(
      ({ id, kind }) => kind === 'table' && (stand.digests.get(id)?.rows ?? 0) === 0,
    );
    const { statements } = await fillTables(
      {
        database: shadow,
        session: stand.runner.session,
        index: stand.index,
        random: createRandom(line.entries.length),
        // No two fills of one line give the same row.
        serial: { next: line.entries.length * 10_000 },
        tableName: (id) => {
          const object = stand.index.get(id);
          if (object === undefined) return id;
          return object.schema === null ? dialect.identifier(object.name) : tableName(object);
        },
      },
      empty.map(({ id }) => id),
    );
    if (statements.length > 0) line.entries.push({ kind: 'rows', statements });
  } finally {
    await stand.close();
    await parts.stage.drop(shadow);
  }
}

/** Back to what the migrations wrote themselves, and what was loaded. */
export async function withoutRows(parts: LineParts, line: Line): Promise<void> {
  if (line.base !== null) await parts.stage.drop(line.base.shadow);
  line.base = null;
  const kept = line.entries.filter(({ kind }) => kind !== 'rows');
  line.entries.splice(0, line.entries.length, ...kept);
}
