import { hashSnapshot, renderErMermaid, renderErSvg, renderSnapshot, renderSql } from '../domain/schema/index.ts';
import { withSession } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { CommandTarget } from './parts/target.ts';

/** How a snapshot is written down: its model, SQL that makes it, or a diagram of its tables. */
export const SNAPSHOT_FORMATS = ['json', 'sql', 'mermaid', 'svg'] as const;
export type SnapshotFormat = (typeof SNAPSHOT_FORMATS)[number];

export interface SnapshotInput {
  readonly format?: SnapshotFormat | undefined;
  /** File to write; its ending says the format where none is given. */
  readonly out?: string | undefined;
}

export interface SnapshotResult {
  readonly name: string;
  readonly engine: Engine;
  /** SHA-256 over all objects: equal schemas have equal hashes. */
  readonly hash: string;
  /** Number of objects by kind. */
  readonly counts: Readonly<Record<string, number>>;
  /** Where it was written; null without `out`. */
  readonly file: string | null;
  /** The text asked for with `format`; null without, and where it was written to a file. */
  readonly text: string | null;
  readonly snapshot: Snapshot;
}

/** The whole schema as one ordered value. Reads only. */
export async function snapshot(target: CommandTarget, input: SnapshotInput): Promise<SnapshotResult> {
  const { database, signal, schemaScope } = target;
  const found = await withSession(target, false, async (session) =>
    database.introspector.snapshot(session, { ignoreSchemas: schemaScope.schemas, signal }),
  );
  const format = input.format ?? (input.out === undefined ? null : formatOf(input.out));
  const text = format === null ? null : renderAs(found, format);
  if (input.out !== undefined && text !== null) target.files.write(input.out, text);
  const counts: Record<string, number> = {};
  for (const { kind } of found.objects) counts[kind] = (counts[kind] ?? 0) + 1;
  return {
    name: database.name,
    engine: database.capabilities.engine,
    hash: hashSnapshot(found),
    counts,
    file: input.out ?? null,
    text: input.out === undefined ? text : null,
    snapshot: found,
  };
}

function formatOf(file: string): SnapshotFormat {
  const ending = /\.(\w+)$/u.exec(file)?.[1] ?? '';
  return ending === 'sql' || ending === 'svg' ? ending : ending === 'mmd' || ending === 'md' ? 'mermaid' : 'json';
}

function renderAs(snapshot: Snapshot, format: SnapshotFormat): string {
  return { json: renderSnapshot, sql: renderSql, mermaid: renderErMermaid, svg: renderErSvg }[format](snapshot);
}
