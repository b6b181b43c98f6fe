import {
  drawEr,
  erChanges,
  erModel,
  mermaidOf,
  walkSchema,
  type ErModel,
  type SchemaStep,
  type SchemaWalk,
} from '../../../domain/schema/index.ts';
import { isAbsentDatabase, withSession } from '../../../domain/run/index.ts';
import type { Contribution, MigrationPart, ReportBlock, SectionValue } from '../../../model/contribution.ts';
import { OBJECT_KINDS, type SchemaDifference } from '../../../model/snapshot.ts';
import { loadSet, runParts, type CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';
import { journalOf, type Told } from './journal-of.ts';
import { measuredVersions } from './rows.ts';

const NOTHING: ErModel = { tables: [], links: [] };

/** What each migration makes of the schema, as a shadow shows it, and the tables before and after the last change. */
export async function schemaSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [
      {
        id: 'schema',
        title: 'Tables before and after',
        value: async ({ shadow }) => {
          const set = loadSet(target);
          if (set.migrations.length === 0) return { headlines: [], blocks: [] };
          if (!shadow) return liveOnly(target, 'no shadow was wanted');
          const told = await journalOf(target);
          const span = spanOf(
            told,
            set.migrations.map(({ version }) => version.text),
          );
          const { database, progress, schemaScope, signal } = target;
          const walk = await walkSchema(
            {
              run: runParts(target, set, 'report'),
              shadow: target.shadow,
              options: { ignoreSchemas: schemaScope.schemas, signal },
              server: await serverOf(target),
              onProgress: (done) =>
                progress.report({
                  type: 'progress',
                  database: database.name,
                  name: 'report',
                  what: 'Shadow',
                  done,
                  total: set.migrations.length,
                  unit: 'migrations',
                }),
            },
            set,
            new Set([span.from, span.to].filter((version) => version !== null)),
          );
          const measured = measuredVersions(told.entries);
          return {
            headlines: [],
            blocks: blocksOf(span, walk),
            migrations: [
              ...walk.steps.map((step) => partOf(step, measured.has(step.version))),
              ...set.migrations
                .slice(walk.steps.length)
                .map(({ version }) => absentPart(version.text, walk.stopped ?? 'an earlier one failed')),
            ],
          };
        },
      },
    ],
  });
}

/** Null where the database is not there to be asked. */
async function serverOf(target: CommandTarget): Promise<string | null> {
  const { database } = target;
  try {
    return await withSession(target, false, async (session) => {
      const [outcome] = await session.batch([{ text: database.dialect.serverVersion }]);
      return outcome?.status === 'done' ? String(outcome.rows[0]?.[0]) : null;
    });
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
    return null;
  }
}

interface Span {
  readonly what: string;
  /** Null for an empty database. */
  readonly from: string | null;
  readonly to: string;
}

/** What is compared: what the last run up applied, or all that is pending where nothing is applied. */
function spanOf({ entries, history }: Told, versions: readonly string[]): Span {
  const applied = history.applied.map(({ version }) => version.text).filter((version) => versions.includes(version));
  const to = applied.at(-1);
  if (to === undefined) return { what: 'What the pending migrations make', from: null, to: versions.at(-1) ?? '' };
  const runId = history.applied.at(-1)?.runId;
  const first = entries.find((entry) => entry.runId === runId && entry.event === 'step')?.version ?? to;
  const at = applied.indexOf(first);
  return {
    what: `What the last run changed: ${first === to ? to : `${first} to ${to}`}`,
    from: applied[at - 1] ?? null,
    to,
  };
}

function blocksOf({ what, from, to }: Span, { models, stopped }: SchemaWalk): readonly ReportBlock[] {
  const before = from === null ? NOTHING : models.get(from);
  const after = models.get(to);
  if (before === undefined || after === undefined)
    return [{ kind: 'text', text: `Absent: a migration failed on the shadow: ${stopped ?? ''}` }];
  return [diagramOf(what, before, after)];
}

function diagramOf(label: string, before: ErModel, after: ErModel): ReportBlock {
  return {
    kind: 'diagram',
    label,
    svg: drawEr(erChanges(before, after), { label, style: null }),
    before: before.tables.length === 0 ? null : mermaidOf(before),
    after: after.tables.length === 0 ? null : mermaidOf(after),
  };
}

/** `measured`: what it did to rows where it ran is known, and told elsewhere. */
function partOf({ version, differences, before, after, rows }: SchemaStep, measured: boolean): MigrationPart {
  const drawn = erChanges(before, after);
  const changed = drawn.tables.some(({ change }) => change !== undefined);
  const number = (kind: 'added' | 'removed' | 'changed'): number =>
    differences.filter((difference) => difference.kind === kind).length;
  const summary = (['added', 'changed', 'removed'] as const)
    .filter((kind) => number(kind) > 0)
    .map((kind) => `${String(number(kind))} ${kind}`);
  return {
    version,
    title: 'What it changes',
    blocks: [
      {
        kind: 'text',
        text:
          differences.length === 0
            ? 'The schema is the same before and after.'
            : `${counts(differences.length, 'object')} of the schema: ${summary.join(', ')}; seen on an empty shadow.`,
      },
      ...(changed ? [diagramOf(`Tables of ${version}`, before, after)] : []),
      ...(measured || rows.length === 0
        ? []
        : [
            {
              kind: 'table',
              columns: [
                { title: 'Rows it writes by itself', align: 'left' },
                { title: 'Before', align: 'right' },
                { title: 'After', align: 'right' },
              ],
              rows: rows.map((each) => [each.table, each.before, each.after]),
            } as const,
          ]),
      ...(differences.length === 0
        ? []
        : [
            {
              kind: 'diff',
              text: inOrder(differences)
                .map(({ object, diff }) => titled(object, diff))
                .join('\n'),
            } as const,
          ]),
    ],
  };
}

/** Tables ahead of what hangs on them, comments and grants last. */
function inOrder(differences: readonly SchemaDifference[]): readonly SchemaDifference[] {
  return differences.toSorted((a, b) => OBJECT_KINDS.indexOf(a.objectKind) - OBJECT_KINDS.indexOf(b.objectKind));
}

/** A diff headed by its object, without the names of the sides. */
function titled(object: string, diff: string): string {
  const lines = diff.split('\n').filter((line) => !/^(?:---|\+\+\+|===+|Index:) ?/u.test(line));
  return [`@@ ${object}`, ...lines.filter((line) => !line.startsWith('@@') && !line.startsWith('\\'))].join('\n');
}

function absentPart(version: string, why: string): MigrationPart {
  return { version, title: 'What it changes', blocks: [{ kind: 'text', text: `Absent: ${why}` }] };
}

/** Without a shadow only the tables as they are now can be drawn. */
async function liveOnly(target: CommandTarget, why: string): Promise<SectionValue> {
  const { database, schemaScope, signal } = target;
  const note = { kind: 'text', text: `What each migration changes is absent: ${why}.` } as const;
  try {
    const snapshot = await withSession(target, false, async (session) =>
      database.introspector.snapshot(session, { ignoreSchemas: schemaScope.schemas, signal }),
    );
    const model = erModel(snapshot);
    return {
      headlines: [],
      blocks: [note, ...(model.tables.length === 0 ? [] : [diagramOf('The tables as they are', model, model)])],
    };
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
    return { headlines: [], blocks: [note] };
  }
}
