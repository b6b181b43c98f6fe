import type {
  ColumnDetail,
  ConstraintDetail,
  ObjectChange,
  ObjectDetail,
  SchemaObject,
  TableDetail,
} from '../../model/snapshot.ts';

/** One line for people on what a change is. */
export function describeChange({ before, after }: Omit<ObjectChange, 'id'>): string {
  if (before === null) return after === null ? '' : `new ${named(after)}`;
  if (after === null) return `${named(before)} is gone`;
  const parts = [
    ...(before.id === after.id ? [] : [`named ${after.name}, was ${before.name}`]),
    ...changedParts(before.detail, after.detail),
  ];
  return parts.length === 0 ? 'another definition' : parts.join('; ');
}

function named(object: SchemaObject): string {
  return object.kind.replaceAll('-', ' ');
}

type Of<T extends ObjectDetail['type']> = Extract<ObjectDetail, { type: T }>;

function changedParts(before: ObjectDetail | null, after: ObjectDetail | null): readonly string[] {
  if (before === null || after === null || before.type !== after.type) return [];
  switch (before.type) {
    case 'table':
      return tableParts(before, after as TableDetail);
    case 'constraint':
      return constraintParts(before, after as ConstraintDetail);
    case 'default':
      return was('default', before.expression, (after as Of<'default'>).expression);
    case 'enum':
      return listParts('value', before.labels, (after as Of<'enum'>).labels);
    case 'grant':
      return listParts('privilege', before.privileges, (after as Of<'grant'>).privileges);
    case 'owner':
      return was('owner', before.owner, (after as Of<'owner'>).owner);
    case 'comment':
      return was('comment', before.text, (after as Of<'comment'>).text);
    case 'trigger':
      return was('enabled', before.enabled, (after as Of<'trigger'>).enabled);
    case 'policy': {
      const next = after as Of<'policy'>;
      return [
        ...was('command', before.command, next.command),
        ...was('roles', before.roles.join(', '), next.roles.join(', ')),
        ...was('USING', before.using, next.using),
        ...was('WITH CHECK', before.check, next.check),
      ];
    }
    case 'row security': {
      const next = after as Of<'row security'>;
      return [...was('row security', before.enabled, next.enabled), ...was('forced', before.forced, next.forced)];
    }
    case 'routine':
      return before.body === (after as Of<'routine'>).body ? [] : ['another body'];
    case 'view':
      return before.query === (after as Of<'view'>).query ? [] : ['another query'];
    case 'index': {
      const next = after as Of<'index'>;
      return [
        ...was('columns', before.columns.join(', '), next.columns.join(', ')),
        ...was('unique', before.unique, next.unique),
        ...was('predicate', before.predicate, next.predicate),
        ...was('valid', before.valid, next.valid),
      ];
    }
    case 'partition':
      return was('bound', before.bound, (after as Of<'partition'>).bound);
    default:
      return [];
  }
}

function tableParts(before: TableDetail, after: TableDetail): readonly string[] {
  const old = new Map(before.columns.map((column) => [column.name, column]));
  const names = new Set(after.columns.map(({ name }) => name));
  const kept = before.columns.filter(({ name }) => names.has(name)).map(({ name }) => name);
  const now = after.columns.filter(({ name }) => old.has(name)).map(({ name }) => name);
  return [
    ...before.columns.filter(({ name }) => !names.has(name)).map(({ name }) => `column ${name} is gone`),
    ...after.columns.flatMap((column) => {
      const was = old.get(column.name);
      return was === undefined ? [`new column ${column.name}`] : columnParts(was, column);
    }),
    ...(kept.join('\0') === now.join('\0') ? [] : ['the columns stand in another order']),
    ...was('partitioned by', before.partitioning?.key ?? null, after.partitioning?.key ?? null),
    ...was('unlogged', before.unlogged, after.unlogged),
    ...was('STRICT', before.strict, after.strict),
    ...was('WITHOUT ROWID', before.withoutRowid, after.withoutRowid),
  ];
}

function columnParts(before: ColumnDetail, after: ColumnDetail): readonly string[] {
  const parts = [
    ...was('type', before.type, after.type),
    ...was('nullable', before.nullable, after.nullable),
    ...was('default', before.default, after.default),
    ...was('generated', before.generated?.expression ?? null, after.generated?.expression ?? null),
    ...was('identity', before.identity, after.identity),
    ...was('collation', before.collation, after.collation),
    ...was('name of NOT NULL', before.notNullName, after.notNullName),
    ...was('AUTOINCREMENT', before.autoincrement, after.autoincrement),
  ];
  return parts.length === 0 ? [] : [`column ${after.name}: ${parts.join(', ')}`];
}

function constraintParts(before: ConstraintDetail, after: ConstraintDetail): readonly string[] {
  return [
    ...was('columns', before.columns.join(', '), after.columns.join(', ')),
    ...was('references', referenced(before), referenced(after)),
    ...was('ON UPDATE', before.references?.onUpdate ?? null, after.references?.onUpdate ?? null),
    ...was('ON DELETE', before.references?.onDelete ?? null, after.references?.onDelete ?? null),
    ...was('expression', before.expression, after.expression),
    ...was('deferrable', before.deferrable, after.deferrable),
    ...was('initially deferred', before.initiallyDeferred, after.initiallyDeferred),
    ...was('validated', before.validated, after.validated),
    ...was('enforced', before.enforced, after.enforced),
  ];
}

function referenced({ references }: ConstraintDetail): string | null {
  return references === null ? null : `${references.table} (${references.columns.join(', ')})`;
}

function listParts(what: string, before: readonly string[], after: readonly string[]): readonly string[] {
  const gone = before.filter((each) => !after.includes(each));
  const added = after.filter((each) => !before.includes(each));
  const moved = gone.length === 0 && added.length === 0 && before.join('\0') !== after.join('\0');
  return [
    ...gone.map((each) => `${what} ${each} is gone`),
    ...added.map((each) => `new ${what} ${each}`),
    ...(moved ? [`the ${what}s stand in another order`] : []),
  ];
}

function was(what: string, before: string | boolean | null, after: string | boolean | null): readonly string[] {
  if (before === after) return [];
  const say = (value: string | boolean | null): string =>
    value === null ? 'none' : typeof value === 'string' ? value : value ? 'yes' : 'no';
  return [`${what} ${say(after)}, was ${say(before)}`];
}
