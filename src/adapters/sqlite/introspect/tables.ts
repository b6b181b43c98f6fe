import type {
  ColumnDetail,
  ConstraintDetail,
  ForeignKeyAction,
  ObjectId,
  SchemaObject,
} from '../../../model/snapshot.ts';
import type { TokenText } from '../../../sql/index.ts';
import type { ColumnInfo, Facts, ForeignKeyInfo, IndexInfo } from './facts.ts';
import { idOf, quoted, type SchemaRow } from './rows.ts';
import { bracketAfter, nameOf, normaliseTable } from './text.ts';

const CONSTRAINTS = new Set(['constraint', 'primary', 'unique', 'check', 'foreign']);

/** The object of a table, and one for each constraint in its text. */
export function tableObjects(
  row: SchemaRow,
  facts: Facts,
  known: ReadonlyMap<string, ObjectId>,
): readonly SchemaObject[] {
  const id = idOf(row);
  const { definition, clauses, options } = normaliseTable(row.sql);
  const infos = facts.columns.get(row.name) ?? [];
  const clauseOf = new Map(
    clauses.filter((clause) => !isConstraint(clause)).map((clause) => [nameOf(clause[0]).toLowerCase(), clause]),
  );
  const columns = infos
    .filter(({ hidden }) => hidden !== 1)
    .map((info, at) => columnOf(info, at + 1, clauseOf.get(info.name.toLowerCase()) ?? [], options));
  const module = /^create\s+virtual\s+table/iu.test(definition)
    ? (/\busing\s+(\w+)/iu.exec(definition)?.[1] ?? '')
    : null;
  const table: SchemaObject = {
    id,
    kind: 'table',
    schema: null,
    name: row.name,
    parent: null,
    definition,
    dependencies: [],
    systemNamed: false,
    detail: {
      type: 'table',
      columns,
      partitioning: null,
      partitionOf: null,
      inherits: [],
      unlogged: false,
      module,
      strict: options.has('strict'),
      withoutRowid: options.has('without'),
    },
  };
  return [table, ...constraintsOf(row, id, facts, clauses, known)];
}

function isConstraint(clause: readonly TokenText[]): boolean {
  return CONSTRAINTS.has(clause[0]?.text.toLowerCase() ?? '');
}

function columnOf(
  info: ColumnInfo,
  position: number,
  clause: readonly TokenText[],
  options: ReadonlySet<string>,
): ColumnDetail {
  const words = clause.map(({ text }) => text.toLowerCase());
  const collate = words.indexOf('collate');
  const generated = info.hidden === 2 || info.hidden === 3;
  // Only a rowid's own column, and keys of strict tables and those without rowid, refuse NULL without saying so.
  const keyRefuses =
    info.key > 0 && (info.type.toUpperCase() === 'INTEGER' || options.has('without') || options.has('strict'));
  return {
    position,
    name: info.name,
    type: info.type,
    typeObject: null,
    nullable: !(info.notNull || keyRefuses),
    notNullName: null,
    default: generated ? null : info.default,
    generated: generated
      ? {
          kind: info.hidden === 3 ? 'stored' : 'virtual',
          expression: bracketAfter(clause, (all, at) => all[at] === 'as')?.text ?? '',
        }
      : null,
    identity: null,
    collation: collate === -1 ? null : nameOf(clause[collate + 1]),
    autoincrement: words.includes('autoincrement'),
  };
}

type Told = Pick<ConstraintDetail, 'constraint' | 'columns'> &
  Partial<Pick<ConstraintDetail, 'references' | 'expression' | 'deferrable' | 'initiallyDeferred'>>;

function constraintsOf(
  row: SchemaRow,
  table: ObjectId,
  facts: Facts,
  clauses: readonly (readonly TokenText[])[],
  known: ReadonlyMap<string, ObjectId>,
): readonly SchemaObject[] {
  const made: SchemaObject[] = [];
  const seen = new Map<string, number>();
  const add = (label: string, definition: string, told: Told): void => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    const name = count === 1 ? label : `${label} ${String(count)}`;
    made.push({
      id: `constraint ${name} on ${quoted(row.name)}`,
      kind: 'constraint',
      schema: null,
      name,
      parent: table,
      definition,
      dependencies: [table],
      systemNamed: true,
      detail: {
        type: 'constraint',
        references: null,
        expression: null,
        deferrable: false,
        initiallyDeferred: false,
        validated: true,
        enforced: true,
        inline: true,
        ...told,
      },
    });
  };
  const key = (facts.columns.get(row.name) ?? [])
    .filter((column) => column.key > 0)
    .toSorted((a, b) => a.key - b.key)
    .map(({ name }) => name);
  if (key.length > 0) add('primary key', `PRIMARY KEY (${key.join(', ')})`, { constraint: 'primary', columns: key });
  for (const columns of uniqueColumns(facts.indexes.get(row.name) ?? []))
    add(`unique (${columns.join(', ')})`, `UNIQUE (${columns.join(', ')})`, { constraint: 'unique', columns });
  for (const parts of byId(facts.foreignKeys.get(row.name) ?? [])) addForeignKey(add, parts, known);
  for (const clause of clauses) {
    for (let from = 0; ;) {
      const check = bracketAfter(clause, (words, at) => words[at] === 'check', from);
      if (check === null) break;
      const columns = isConstraint(clause) ? [] : [nameOf(clause[0])];
      add('check', `CHECK (${check.text})`, { constraint: 'check', columns, expression: check.text });
      from = check.at + 1;
    }
  }
  return made;
}

function uniqueColumns(indexes: readonly IndexInfo[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { name, origin, column, key } of indexes) {
    if (origin !== 'u' || !key) continue;
    const group = groups.get(name) ?? [];
    group.push(column ?? '');
    groups.set(name, group);
  }
  return [...groups.values()].toSorted((a, b) => (a.join() < b.join() ? -1 : 1));
}

function byId(keys: readonly ForeignKeyInfo[]): readonly (readonly ForeignKeyInfo[])[] {
  const groups = new Map<number, ForeignKeyInfo[]>();
  for (const part of keys) groups.set(part.id, [...(groups.get(part.id) ?? []), part]);
  return [...groups.values()].toReversed();
}

function addForeignKey(
  add: (label: string, definition: string, told: Told) => void,
  parts: readonly ForeignKeyInfo[],
  known: ReadonlyMap<string, ObjectId>,
): void {
  const [first] = parts;
  if (first === undefined) return;
  const columns = parts.map(({ column }) => column);
  const to = parts.every((part) => part.to === null) ? [] : parts.map((part) => part.to ?? '');
  add(
    `foreign key (${columns.join(', ')})`,
    `FOREIGN KEY (${columns.join(', ')}) REFERENCES ${first.table} (${to.join(', ')}) ON UPDATE ${first.onUpdate} ON DELETE ${first.onDelete}`,
    {
      constraint: 'foreign',
      columns,
      references: {
        table: known.get(first.table.toLowerCase()) ?? `table ${quoted(first.table)}`,
        columns: to,
        onUpdate: actionOf(first.onUpdate),
        onDelete: actionOf(first.onDelete),
        match: 'simple',
      },
    },
  );
}

const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = {
  RESTRICT: 'restrict',
  CASCADE: 'cascade',
  'SET NULL': 'set null',
  'SET DEFAULT': 'set default',
};

function actionOf(text: string): ForeignKeyAction {
  return ACTIONS[text] ?? 'no action';
}
