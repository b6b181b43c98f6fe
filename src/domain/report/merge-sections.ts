import type { MigrationPart, SectionValue } from '../../model/contribution.ts';
import type { DatabaseReport, ReportedMigration } from '../../model/report.ts';

/** What was offered, in its order: headlines together, and all that is known of a version with that version. */
export function mergeSections(
  values: readonly { readonly id: string; readonly title: string; readonly value: SectionValue }[],
  names: ReadonlyMap<string, string>,
): Pick<DatabaseReport, 'headlines' | 'sections' | 'migrations'> {
  return {
    headlines: values.flatMap(({ value }) => value.headlines),
    sections: values.flatMap(({ id, title, value }) =>
      value.blocks.length === 0 ? [] : [{ id, title, blocks: value.blocks }],
    ),
    migrations: migrationsOf(
      values.flatMap(({ value }) => value.migrations ?? []),
      names,
    ),
  };
}

/** Ascending; a version is one however it is written. */
function migrationsOf(
  parts: readonly MigrationPart[],
  names: ReadonlyMap<string, string>,
): readonly ReportedMigration[] {
  const known = new Map<bigint, MigrationPart[]>();
  for (const part of parts) {
    const order = orderOf(part.version);
    const group = known.get(order);
    if (group === undefined) known.set(order, [part]);
    else group.push(part);
  }
  return [...known]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const version = group[0]?.version ?? '';
      return {
        version,
        name: names.get(version) ?? version,
        badges: group.flatMap(({ badges }) => badges ?? []),
        parts: group.map(({ title, blocks }) => ({ title, blocks })),
      };
    });
}

function orderOf(version: string): bigint {
  return BigInt(version.replaceAll('_', ''));
}
