import type { ObjectId } from '../../model/snapshot.ts';
import { createRandom } from '../samples/index.ts';
import { hasRows } from './coverage.ts';
import type { Line } from './line.ts';
import { tableName, type Stand } from './stand.ts';
import { fillTables } from './synth/fill.ts';
import type { FilledTable } from './synth/fill-parts.ts';
import type { WalkState } from './walk-state.ts';

/** Writes rows into what is new since the last time. */
export async function fillNew(line: Line, state: WalkState): Promise<void> {
  if (state.toFill.size === 0) return;
  const { stand } = state;
  const ids = [...state.toFill];
  state.toFill = new Set();
  const { tables, statements } = await fillTables(
    {
      database: stand.runner.shadow,
      session: stand.runner.session,
      index: stand.index,
      random: createRandom(state.serial.next + 1),
      serial: state.serial,
      tableName: (id) => nameOf(stand, id),
    },
    ids,
  );
  line.entries.push({ kind: 'rows', statements });
  // Rows that were refused may have moved counters.
  await stand.observe(ids);
  for (const { table, rows, reason } of tables) noteFilled(state, table, rows, reason);
  state.applied.at(-1)?.filled.push(...tables.filter(({ rows }) => rows > 0).map(({ table }) => table));
}

function noteFilled(state: WalkState, table: ObjectId, rows: number, reason: FilledTable['reason']): void {
  const has = rows > 0 || hasRows(state.stand, table);
  if (has || reason === null) state.unfilled.delete(table);
  else state.unfilled.set(table, reason);
}

function nameOf(stand: Stand, id: ObjectId): string {
  const object = stand.index.get(id);
  const { dialect } = stand.runner.shadow;
  if (object === undefined) return id;
  return object.schema === null ? dialect.identifier(object.name) : tableName(object);
}
