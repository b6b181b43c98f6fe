import { join } from 'node:path';
import { isSurefootError, messageOf, SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Database } from '../../ports/database.ts';
import type { Session } from '../../ports/session.ts';
import { splitStatements } from '../../sql/index.ts';
import { firstFailure, readHistory } from '../journal/index.ts';
import { normaliseFile } from '../migrations/index.ts';
import { createTools, type RunParts } from '../run/index.ts';
import { findSamples, isSample, orderOf, versionInSql } from './find.ts';
import { createRandom } from './random.ts';

export interface FillOptions {
  /** The project's `samples` folder. */
  readonly folder: string;
  readonly rows: number;
  readonly seed: number;
}

export interface Filled {
  /** Rows loaded through `copyRows`. */
  readonly rows: number;
  readonly file: string;
}

/**
 * Loads `samples/<database>.ts` or `.sql` in one transaction, on the schema version the sample is made for. A database
 * at the version of a `<database>@<version>.sql` gets that one.
 */
export async function fillSample(parts: RunParts, session: Session, options: FillOptions): Promise<Filled> {
  const { database, folder } = { ...parts, ...options };
  const samples = await findSamples(parts, folder);
  const top = (await readHistory(database, session)).applied.at(-1)?.version.order;
  const sample = samples.find(({ at }) => at !== null && orderOf(at) === top) ?? samples[0];
  if (sample === undefined)
    throw new SurefootError({
      code: 'file-unreadable',
      message: `there is no sample data for ${database.name}: neither ${join(folder, `${database.name}.ts`)} nor ${join(folder, `${database.name}.sql`)} exists`,
      hint: 'Write one with defineSample.',
    });
  return loadSample(parts, session, sample.file, options);
}

/** Loads one file of sample data in one transaction. */
export async function loadSample(
  parts: RunParts,
  session: Session,
  file: string,
  options: Omit<FillOptions, 'folder'>,
): Promise<Filled> {
  const { dialect } = parts.database;
  await must(session, dialect.begin({ lockMs: null, statementMs: null }), 'opening a transaction');
  try {
    const rows = file.endsWith('.ts')
      ? await fillTypeScript(parts, session, options, file)
      : await fillSql(parts, session, file);
    await must(session, [dialect.commit], 'committing the sample data');
    return { rows, file };
  } catch (error) {
    await session.batch([{ text: dialect.abort, tolerate: true }]);
    if (isSurefootError(error)) throw error.with({ message: `${file}: ${error.message}; nothing was loaded` });
    throw new SurefootError({
      code: 'step-failed',
      message: `${file}: ${messageOf(error)}; nothing was loaded`,
      hint: 'Correct the file.',
      cause: error,
    });
  }
}

async function fillTypeScript(
  parts: RunParts,
  session: Session,
  options: Omit<FillOptions, 'folder'>,
  file: string,
): Promise<number> {
  const { database } = parts;
  const sample: unknown = await parts.loader.load(file);
  if (!isSample(sample))
    throw new SurefootError({
      code: 'typescript-shape',
      message: 'the default export is not made by defineSample',
      hint: 'Write: export default defineSample({ at: …, fill: … });',
    });
  await refuseOtherVersion(database, session, sample.at);
  const tools = createTools({
    session,
    dialect: database.dialect,
    engine: database.capabilities.engine,
    database: database.name,
    name: 'sample',
    file,
    progress: parts.progress,
    signal: parts.signal,
    notes: [],
    rebuild: database.rebuildTable,
  });
  let total = 0;
  await sample.fill({
    sql: tools.sql,
    random: createRandom(options.seed),
    rows: options.rows,
    progress: tools.progress,
    copyRows: async (table, columns, rows) => {
      const count = await tools.copyRows(table, columns, rows);
      total += count;
      tools.progress({ done: total, total: options.rows, unit: 'rows' });
      return count;
    },
  });
  return total;
}

async function refuseOtherVersion(database: Database, session: Session, at: string): Promise<void> {
  const history = await readHistory(database, session);
  const top = history.applied.at(-1)?.version;
  if (top !== undefined && top.order === orderOf(at)) return;
  throw new SurefootError({
    code: 'unknown-version',
    message: `it is made for the schema at version ${at}, and ${database.name} is at ${top?.text ?? 'no version'}`,
    hint: `Run surefoot migrate ${database.name} --to ${at} on a database without data.`,
  });
}

async function fillSql(parts: RunParts, session: Session, file: string): Promise<number> {
  const text = normaliseFile(parts.files, file);
  const at = versionInSql(parts, file, text);
  if (at !== null) await refuseOtherVersion(parts.database, session, at);
  const { statements, problems } = splitStatements(parts.database.capabilities.engine, text, file);
  const [problem] = problems;
  if (problem !== undefined)
    throw new SurefootError({ code: problem.code, message: problem.message, hint: problem.hint ?? undefined });
  const outcomes = await session.batch(
    statements.map((statement) => ({ text: statement.text, copyData: statement.copyData })),
  );
  const failure = firstFailure(outcomes);
  if (failure !== null) throw errorOfFailure(failure, 'loading the sample');
  return outcomes.reduce((sum, outcome) => sum + (outcome.status === 'done' ? outcome.rowCount : 0), 0);
}

async function must(session: Session, texts: readonly string[], doing: string): Promise<void> {
  const failure = firstFailure(await session.batch(texts.map((text) => ({ text }))));
  if (failure !== null) throw errorOfFailure(failure, doing);
}
