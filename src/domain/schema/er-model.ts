import type { ConstraintDetail, SchemaObject, Snapshot, TableDetail } from '../../model/snapshot.ts';

/** What became of a part of a diagram between two schemas. */
export type ErChange = 'added' | 'removed' | 'changed';

/** One table of a diagram. */
export interface ErTable {
  readonly name: string;
  readonly change?: ErChange | undefined;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly nullable: boolean;
    /** Part of the primary key, of a foreign key, of a unique constraint. */
    readonly marks: readonly ('PK' | 'FK' | 'UK')[];
    readonly change?: ErChange | undefined;
    /** Of a changed one: its type before. */
    readonly was?: string | undefined;
  }[];
}

/** One foreign key: many rows of `from` point at one of `to`. */
export interface ErLink {
  readonly from: string;
  readonly to: string;
  readonly columns: readonly string[];
  /** Every row of `from` points somewhere. */
  readonly required: boolean;
  /** At most one row of `from` points at each of `to`. */
  readonly single: boolean;
  readonly change?: ErChange | undefined;
}

export interface ErModel {
  readonly tables: readonly ErTable[];
  readonly links: readonly ErLink[];
}

/** Tables and their foreign keys; partitions are their parent. Names without the schema `public`. */
export function erModel(snapshot: Pick<Snapshot, 'objects'>): ErModel {
  const constraints = new Map<string, ConstraintDetail[]>();
  for (const { parent, detail } of snapshot.objects)
    if (parent !== null && detail?.type === 'constraint')
      constraints.set(parent, [...(constraints.get(parent) ?? []), detail]);
  const tables = snapshot.objects.flatMap((object) =>
    object.detail?.type === 'table' && object.detail.partitionOf === null ? [{ object, detail: object.detail }] : [],
  );
  const known = new Set(tables.map(({ object }) => object.id));
  return {
    tables: tables.map(({ object, detail }) => ({
      name: shown(object.id),
      columns: columnsOf(detail, constraints.get(object.id) ?? []),
    })),
    links: tables.flatMap(({ object, detail }) => linksOf(object, detail, constraints.get(object.id) ?? [], known)),
  };
}

function columnsOf(table: TableDetail, constraints: readonly ConstraintDetail[]): ErTable['columns'] {
  const inKind = (kind: ConstraintDetail['constraint'], column: string): boolean =>
    constraints.some(({ constraint, columns }) => constraint === kind && columns.includes(column));
  return table.columns.map(({ name, type, nullable }) => ({
    name,
    type,
    nullable,
    marks: [
      ...(inKind('primary', name) ? (['PK'] as const) : []),
      ...(inKind('foreign', name) ? (['FK'] as const) : []),
      ...(inKind('unique', name) ? (['UK'] as const) : []),
    ],
  }));
}

function linksOf(
  object: SchemaObject,
  table: TableDetail,
  constraints: readonly ConstraintDetail[],
  known: ReadonlySet<string>,
): readonly ErLink[] {
  return constraints.flatMap((key): readonly ErLink[] => {
    if (key.references === null || !known.has(key.references.table)) return [];
    return [
      {
        from: shown(object.id),
        to: shown(key.references.table),
        columns: key.columns,
        required: key.columns.every((name) => table.columns.find((column) => column.name === name)?.nullable === false),
        single: constraints.some(
          ({ constraint, columns }) =>
            (constraint === 'primary' || constraint === 'unique') &&
            columns.every((name) => key.columns.includes(name)),
        ),
      },
    ];
  });
}

function shown(id: string): string {
  return id.replace(/^(?:foreign-)?table /u, '').replace(/^public\./u, '');
}
