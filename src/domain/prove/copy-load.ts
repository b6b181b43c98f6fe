import { messageOf, SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { SchemaObject } from '../../model/snapshot.ts';
import type { Database } from '../../ports/database.ts';
import type { DigestTable } from '../../ports/digest.ts';
import type { Session } from '../../ports/session.ts';
import { firstFailure, readHistory } from '../journal/index.ts';
import { withSession, type RunParts } from '../run/index.ts';
import type { Runner } from './runner.ts';
import { tableName } from './stand.ts';
import type { Load } from './walk-state.ts';

const SAVEPOINT = 'surefoot_copy';

/** The rows of another database, right after the version it is at. It is only read. Throws `unknown-version`. */
export async function copyLoad(parts: RunParts, source: Database): Promise<Load> {
  const there = { ...parts, database: source };
  if (source.capabilities.engine !== parts.database.capabilities.engine)
    throw new SurefootError({
      code: 'engines-differ',
      message: `${source.displayUrl} is ${source.capabilities.engine}, and ${parts.database.name} is ${parts.database.capabilities.engine}`,
      hint: 'Name a copy of one engine with --from-copy.',
    });
  const { applied } = await withSession(there, false, async (session) => readHistory(source, session));
  const top = applied.at(-1)?.version;
  if (top === undefined || !parts.set.migrations.some(({ version }) => version.order === top.order))
    throw new SurefootError({
      code: 'unknown-version',
      message:
        top === undefined
          ? `${source.displayUrl} has no history, so nobody can say which version its rows belong to`
          : `${source.displayUrl} is at version ${top.text}, of which there is no file`,
      hint: `Name a copy of ${parts.database.name} that surefoot has migrated with --from-copy.`,
    });
  return {
    at: top.order,
    load: async (runner) =>
      withSession(there, false, async (from) => {
        const refused = await copyAll(parts, source, from, runner);
        for (const { table, reason } of refused)
          parts.progress.report({
            type: 'message',
            database: parts.database.name,
            level: 'warn',
            text: `${table}: its rows could not be copied, so they are made up: ${reason}`,
          });
      }),
  };
}

interface Refused {
  readonly table: string;
  readonly reason: string;
}

async function copyAll(
  parts: RunParts,
  source: Database,
  from: Session,
  { shadow, session }: Runner,
): Promise<readonly Refused[]> {
  const { dialect } = shadow;
  const refused: Refused[] = [];
  const wanted = await pairsOf(source, from, shadow, session);
  const positions = await source.introspector.positions(from, null);
  await must(session, dialect.begin({ lockMs: null, statementMs: null, foreignKeys: false }));
  await must(from, [dialect.beginProbe]);
  try {
    await shadow.rowCopy.withoutReactions(session, async () => {
      for (const table of wanted) {
        if (parts.signal.aborted) break;
        const reason = await copyOne(source, from, shadow, session, table);
        if (reason !== null) refused.push({ table: table.table, reason });
      }
      await shadow.rowCopy.setPositions(session, positions);
    });
    await must(session, [dialect.commit]);
  } catch (error) {
    await session.batch([{ text: dialect.abort, tolerate: true }]);
    throw error;
  } finally {
    await from.batch([{ text: dialect.abort, tolerate: true }]);
    await session.batch(dialect.resetSession.map((text) => ({ text })));
  }
  return refused;
}

/** Why the rows of a table could not be taken over; null where they could. */
async function copyOne(
  source: Database,
  from: Session,
  shadow: Database,
  session: Session,
  table: DigestTable,
): Promise<string | null> {
  const { dialect } = shadow;
  try {
    await must(session, [dialect.savepoint(SAVEPOINT)]);
    await shadow.rowCopy.replace(session, table, source.rowCopy.read(from, table));
    return null;
  } catch (error) {
    await session.batch([{ text: dialect.rollbackTo(SAVEPOINT) }]);
    await from.batch([{ text: dialect.abort, tolerate: true }, { text: dialect.beginProbe }]);
    return (messageOf(error).split('\n')[0] ?? '').trim();
  }
}

/** Tables that both have, with the columns that both have; partitions are copied with the table they are parts of. */
async function pairsOf(
  source: Database,
  from: Session,
  shadow: Database,
  session: Session,
): Promise<readonly DigestTable[]> {
  const columnsOf = (object: SchemaObject): readonly string[] =>
    object.detail?.type === 'table' && object.detail.partitionOf === null && object.kind === 'table'
      ? object.detail.columns.filter(({ generated }) => generated === null).map(({ name }) => name)
      : [];
  const there = await source.introspector.snapshot(from);
  const theirs = new Map(there.objects.map((object) => [object.id, new Set(columnsOf(object))]));
  const here = await shadow.introspector.snapshot(session);
  return here.objects.flatMap((object): DigestTable[] => {
    const columns = columnsOf(object).filter((name) => theirs.get(object.id)?.has(name) === true);
    return columns.length === 0 ? [] : [{ table: tableName(object), columns }];
  });
}

async function must(session: Session, texts: readonly string[]): Promise<void> {
  const failure = firstFailure(await session.batch(texts.map((text) => ({ text }))));
  if (failure !== null) throw errorOfFailure(failure, 'copying rows');
}
